"""The page of walks: plan, keep, save, walk, and plan the rest."""

import json
import shutil
from datetime import date, timedelta

import pytest
import shapely
from register_fixtures import READ, new_version
from streamlit.testing.v1 import AppTest
from town_fixtures import WEST, at
from where import ROOT

from geo.base.place import Plane
from layers.maps.popup import entity
from layers.served.register import register_now
from layers.served.town import VARIABLE
from layers.served.walking import day_now
from layers.walks.layers import choice_layer
from layers.walks.places import Place
from surveys.record.compose import KEEP
from surveys.record.history import NOTHING
from surveys.record.walk import WALK, places_seen
from surveys.store.drafts import list_drafts
from surveys.store.listing import list_walks

PAGE = ROOT / "pages" / "walks.py"
CORNERS = {"a": (1, 1), "b": (3, 3), "c": (3, 1), "d": (1, 3)}


@pytest.fixture
def register(small_town, tmp_path, monkeypatch):
    """The register of a town with four benches on the corners of a block, and nothing tapped."""
    town = tmp_path / "town"
    shutil.copytree(small_town, town, ignore=shutil.ignore_patterns("register"))
    monkeypatch.setenv(VARIABLE, str(town))
    tap(monkeypatch, None)
    made = register_now()
    for id_, corner in CORNERS.items():
        made.save(new_version(id_, {}, type="bench", place=shapely.Point(*at(*corner))))
    yield made
    made.engine.dispose()


def tap(monkeypatch, spot):
    """Have the map say that a (column, row) of the grid was tapped."""
    said = None
    if spot:
        lon, lat = at(*spot)
        said = {"lat": lat, "lng": lon}
    monkeypatch.setattr("pages.parts.frame.show_map._mount", lambda *_args: said)


def visit(**params):
    page = AppTest.from_file(str(PAGE), default_timeout=30)
    for key, value in params.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


def again(page):
    page.run()
    assert not page.exception, page.exception
    return page


def press(page, key):
    page.button(key=key).click()
    return again(page)


def shown(page):
    bodies = [one.body for one in page.get("html")]
    return " ".join(body for body in bodies if not body.startswith("<style>"))


def param(page, key):
    value = page.query_params.get(key)
    return value[0] if isinstance(value, list) else value


def planning(register, *ids):
    """A visit in which a walk is being planned, with places ticked."""
    page = press(visit(), "new_walk")
    draft = param(page, "draft")
    page.radio(key=f"c:{draft}:state").set_value("all")
    again(page)
    for id_ in ids:
        page.checkbox(key=f"c:{draft}:{id_}").check()
        again(page)
    return page, draft


def saved_walk(register, places, **more):
    answers = {"name": "東町を歩く", "places": list(places), **more}
    register.save(new_version("w1", answers, type="walk", place=None))
    return register.site("w1")


def test_a_town_without_walks_says_how_to_begin(register):
    page = visit()
    assert page.title[0].value == "次に、どこを歩くか"
    assert "踏査がまだありません" in shown(page)


def test_planned_walks_stand_first_and_then_the_newest(register):
    for number, days in enumerate((-400, 30, -3, 7), start=1):
        on = (date.today() + timedelta(days=days)).isoformat()  # noqa: DTZ011 - as far off as a day
        walk = {"name": f"踏査{days}", "on": on, "places": ["a", "b"]}
        register.save(new_version(f"w{number}", walk, type="walk", place=None))
    register.save(
        new_version(
            "a", type="bench", kind="confirm", before=register.site("a").state, walk_id="w3"
        )
    )
    told = shown(visit())
    order = sorted(
        ("踏査7", "踏査30", "踏査-3", "踏査-400"), key=lambda name: told.index(f">{name}<")
    )
    assert order == ["踏査7", "踏査30", "踏査-3", "踏査-400"]
    assert (
        "令和" in told
        and told.count(">まだ<") == 3
        and told.count(">途中<") == 1
        and ">1か所</td>" in told
    )


def test_ticked_places_are_walked_round_by_the_shortest_way(register):
    page, _ = planning(register, "a", "b", "c")
    assert "<b>3</b>か所を" in shown(page) and "<b>400m</b>" in shown(page)
    page, _ = planning(register, "a", "b", "c", "d")
    assert "<b>600m</b>" in shown(page)


def test_every_change_is_kept_and_a_reload_finds_it(register):
    page, draft = planning(register, "a", "b")
    page.text_input(key=f"f:{draft}:name").set_value("川べを歩く")
    again(page)
    other = visit(draft=draft)
    assert other.text_input(key=f"f:{draft}:name").value == "川べを歩く"
    assert "<b>2</b>か所を" in shown(other)
    other.radio(key=f"c:{draft}:state").set_value("all")
    again(other)
    assert other.checkbox(key=f"c:{draft}:a").value and not other.checkbox(key=f"c:{draft}:d").value


def test_a_page_that_was_only_opened_leaves_no_draft(register):
    planning(register)
    assert list_drafts(register) == []


def test_saving_keeps_the_order_and_the_line_and_the_draft_goes(register):
    page, draft = planning(register, "a", "b", "c")
    page.text_input(key=f"f:{draft}:name").set_value("川べを歩く")
    again(page)
    press(page, f"save:{draft}")
    walk = list_walks(register)[0]
    assert param(page, "walk") == walk.id and param(page, "draft") is None
    assert walk.title == "川べを歩く" and walk.answer("places") in (
        ["a", "c", "b"],
        ["b", "c", "a"],
    )
    assert walk.place.geom_type == "LineString" and list_drafts(register) == []
    # About 400 m: a degree of latitude is 111 km.
    assert walk.place.length * 111_000 == pytest.approx(400, rel=0.2)
    assert "保存済み" in shown(page)
    assert param(visit(draft=draft), "walk") == walk.id, "an old address leads to the walk"


def test_a_walk_is_not_saved_without_the_day_that_was_typed_and_not_understood(register):
    page, draft = planning(register, "a", "b")
    page.text_input(key=f"f:{draft}:on:text").set_value("あした")
    again(page)
    press(page, f"save:{draft}")
    assert list_walks(register) == [] and "「あした」は日付として読めません" in shown(page)
    page.text_input(key=f"f:{draft}:on:text").set_value("2026-12-05")
    again(page)
    press(page, f"save:{draft}")
    assert list_walks(register)[0].answer("on") == "2026-12-05"


def test_a_place_moved_by_hand_stays_where_it_is_and_the_longer_way_is_told(register):
    page, draft = planning(register, "a", "b", "c")
    press(page, f"w:{draft}:down:0")
    assert "より 200m 長く" in shown(page) and "<b>600m</b>" in shown(page)
    assert "より 200m 長く" in shown(visit(draft=draft))
    press(page, f"w:{draft}:short")
    assert "<b>400m</b>" in shown(page)
    press(page, f"w:{draft}:off:b")
    assert "<b>200m</b>" in shown(page)


def test_a_tap_on_the_map_ticks_a_place_and_a_second_unticks_it(register, monkeypatch):
    page, _ = planning(register, "a")
    tap(monkeypatch, (3, 1))
    assert "<b>2</b>か所を" in shown(again(page))
    assert "<b>2</b>か所を" in shown(again(page)), "the map says the same tap again: it counts once"
    tap(monkeypatch, (3.05, 1.0))
    assert "<b>1</b>か所です" in shown(again(page))
    tap(monkeypatch, (7, 7))
    assert "<b>1</b>か所です" in shown(again(page)), "nothing is there"


def test_a_tapped_start_is_walked_from_and_back_to(register, monkeypatch):
    page, draft = planning(register, "a")
    page.segmented_control(key=f"w:{draft}:start").set_value("tap")
    again(page)
    tap(monkeypatch, (1, 4))
    again(page)
    assert "<b>300m</b>" in shown(page)
    tap(monkeypatch, None)
    page.segmented_control(key=f"w:{draft}:end").set_value("back")
    assert "<b>600m</b>" in shown(again(page))
    press(page, f"save:{draft}")
    told = shown(page)
    assert "・300m" in told and "・600m" in told, (
        "the walk's own page knows its start from the line"
    )


def test_a_named_place_to_start_from_orders_what_is_offered(register):
    page, draft = planning(register)
    page.segmented_control(key=f"w:{draft}:start").set_value("site")
    again(page)
    page.selectbox(key=f"w:{draft}:start_site").set_value("t0")
    again(page)
    ticks = [one.label for one in page.checkbox]
    assert ticks[0].startswith("サロン0") and ticks[-1].startswith("サロン1")
    benches = [one for one in ticks if "サロン" not in one]
    assert benches[0].endswith("0m") and benches[-1].endswith("400m")


def test_the_towns_own_places_get_a_record_only_when_the_walk_is_saved(register):
    page, draft = planning(register)
    page.radio(key=f"c:{draft}:state").set_value("town")
    again(page)
    assert all(not one.key.endswith(":t0") for one in page.checkbox), "its list is in the register"
    bench = next(one.key for one in page.checkbox if "osm" in one.key)
    page.checkbox(key=bench).check()
    again(page)
    id_ = bench.rpartition(":")[2]
    assert register.site(id_) is None
    press(page, f"save:{draft}")
    osm = register.site(id_)
    assert osm.type.id == "bench" and osm.title == "" and osm.state.seen_on == ""
    assert osm.place is not None and register.versions(id_)[0].origin.source == "osm"
    assert {one.kind for one in register.versions(id_)} == {"import"}
    other, fresh = planning(register)
    other.radio(key=f"c:{fresh}:state").set_value("town")
    again(other)
    assert all(not one.key.endswith(f":{id_}") for one in other.checkbox)


def test_places_that_are_due_or_never_seen_are_offered_apart(register):
    there = shapely.Point(*at(4, 4))
    register.save(new_version("new", {}, type="bench", kind="import", origin=READ, place=there))
    page, draft = planning(register)
    page.radio(key=f"c:{draft}:state").set_value("never")
    again(page)
    offered = {one.key for one in page.checkbox}
    assert offered == {f"c:{draft}:{id_}" for id_ in ("new", "t0", "t1")}


def test_a_place_off_the_streets_is_named_and_in_no_total(register):
    far = shapely.Point(*at(8.4, 30))
    register.save(new_version("far", {"name": "山の上"}, type="bench", place=far))
    page, _ = planning(register, "a", "c", "far")
    assert "<b>2</b>か所を" in shown(page) and "<b>200m</b>" in shown(page)
    assert "「山の上」へは歩いて行けません" in shown(page)


def test_what_was_seen_on_a_walk_belongs_to_it_and_the_rest_makes_the_next(register):
    saved_walk(register, ["a", "b", "c"])
    page = visit(walk="w1")
    assert (
        "/print/walk/w1" in shown(page)
        and "as=pdf" in shown(page)
        and "/record?site=a&#38;walk=w1" in shown(page)
    )
    press(page, "ok_a")
    press(page, "absent_b")
    assert places_seen(["a", "b", "c"], register.versions_of_walk("w1")) == {
        "a": "seen", "b": "absent", "c": "missed",
    }  # fmt: skip
    assert register.site("b").state.status["is"] == "not_found"
    assert "見た所 <b>1</b>か所" in shown(page) and "left=w1" in shown(page)
    press(page, "ok_b")
    assert register.site("b").state.status["is"] == "active", "it was there after all"
    rest = visit(left="w1")
    draft = param(rest, "draft")
    assert rest.text_input(key=f"f:{draft}:name").value == "東町を歩くのつづき"
    assert "<b>1</b>か所です" in shown(rest)
    assert "<b>1</b>か所です" in shown(visit(draft=draft)), "kept before anything was changed"


def found(register, site_id, kind, status=None):
    """Something written on the walk w1 about a site."""
    site = register.site(site_id)
    before, place = (site.state, KEEP) if site else (NOTHING, shapely.Point(*at(2, 2)))
    more = {"place": place, "walk_id": "w1"} | ({"status": status} if status else {})
    register.save(new_version(site_id, {}, type="bench", kind=kind, before=before, **more))


def test_what_was_added_and_what_was_found_closed_stand_apart_and_each_is_counted_once(register):
    saved_walk(register, ["a", "b", "c"])
    found(register, "a", "confirm")
    found(register, "b", "retire", {"is": "closed", "on": "2026-11-21"})
    found(register, "new", "visit")
    found(register, "d", "absent", {"is": "not_found", "on": "2026-11-21"})
    told = shown(visit(walk="w1"))
    assert "予定した<b>3</b>か所のうち、" in told and "見た所 <b>1</b>か所" in told
    assert "閉まった・見つからない所 <b class='gap'>1</b>か所" in told
    assert "途中でたした所 <b>1</b>か所、予定の外で閉まった所 <b>1</b>か所" in told
    heads = [
        told.index(f">{head}<")
        for head in (
            "予定した所　2か所",
            "途中でたした所　1か所",
            "閉まった・見つからない所　2か所",
        )
    ]
    assert heads == sorted(heads) and ">途中<" in told


def test_a_walk_is_done_only_when_every_place_was_seen_or_told_why_not(register):
    saved_walk(register, ["a", "b"])
    page = visit(walk="w1")
    assert ">まだ<" in shown(page)
    press(page, "ok_a")
    assert ">途中<" in shown(page) and ">おわった<" not in shown(page)
    page.segmented_control(key="why_b").set_value("no_way")
    page.text_input(key="why_b:note").set_value("工事で<通行止>")
    press(page, "unseen_b")
    assert ">おわった<" in shown(page) and "通れなかった：工事で&#60;通行止&#62;" in shown(page)
    assert "見られなかった所 <b>1</b>か所" in shown(page) and ">おわった<" in shown(visit())
    press(page, "see_b")
    assert ">途中<" in shown(page)


def test_a_walk_ended_by_hand_names_what_is_left_and_is_never_plain_finished(register):
    saved_walk(register, ["a", "b", "c"])
    page = visit(walk="w1")
    press(page, "ok_a")
    press(page, "end_walk")
    assert ">見ていない所が2か所<" in shown(page) and ">おわった<" not in shown(page)
    assert ">見ていない所が2か所<" in shown(visit())
    press(page, "go_on")
    assert ">途中<" in shown(page)
    for key in ("ok_b", "ok_c"):
        press(page, key)
    assert ">おわった<" in shown(page)


def test_an_area_begins_a_walk_with_what_is_due_there(register):
    there = shapely.Point(*at(1, 2))
    register.save(new_version("old", {}, type="bench", kind="import", origin=READ, place=there))
    page = visit(area="町丁目/99001", kind="bench")
    draft = param(page, "draft")
    assert "確認の時期がきた所" in shown(page) and param(page, "area") is None
    (kept,) = list_drafts(register)
    assert kept.id == draft and kept.answers["area"] == WEST
    assert kept.answers["places"][0] == "old" and len(kept.answers["places"]) == 2
    assert "この街にありません" in visit(area="町丁目/nowhere").warning[0].value


def test_a_place_is_put_on_the_walk_being_planned_once(register):
    page = visit(add="a")
    draft = param(page, "draft")
    assert "を、この踏査に加えました" in shown(page) and "<b>1</b>か所です" in shown(page)
    again_there = visit(add="b")
    assert param(again_there, "draft") == draft and "<b>2</b>か所を" in shown(again_there)
    assert "もうこの踏査にあります" in shown(visit(add="a"))
    osm = next(
        row.site_id for row in day_now().town.sites.itertuples() if row.site_id.startswith("osm")
    )
    assert "<b>3</b>か所を" in shown(visit(add_place=osm))
    assert "ありません" in visit(add="nobody").warning[0].value
    assert len(list_drafts(register)) == 1


def test_weather_and_findings_are_kept_as_a_draft_and_then_saved(register):
    saved_walk(register, ["a"])
    page = visit(walk="w1")
    draft = page.session_state["notes:w1"]
    page.segmented_control(key=f"f:{draft}:weather").set_value("rain")
    again(page)
    assert param(page, "draft") == draft
    other = visit(walk="w1", draft=draft)
    assert other.segmented_control(key=f"f:{draft}:weather").value == "rain"
    other.text_area(key=f"f:{draft}:note").set_value("雨で早く終えた。")
    again(other)
    press(other, "save_notes")
    walk = register.site("w1")
    assert walk.answer("weather") == "rain" and walk.answer("note") == "雨で早く終えた。"
    assert walk.answer("places") == ["a"] and list_drafts(register) == []


def test_two_people_who_change_one_walk_are_both_told_and_one_chooses(register):
    saved_walk(register, ["a", "c"], surveyors="民生委員")
    pages = [visit(edit="w1"), visit(edit="w1")]
    for page, who in zip(pages, ("保健師", "社協職員"), strict=True):
        draft = param(page, "draft")
        page.text_input(key=f"f:{draft}:surveyors").set_value(who)
        again(page)
    for page in pages:
        press(page, f"save:{param(page, 'draft')}")
    walk = register.site("w1")
    assert walk.answer("surveyors") == "保健師" and list(walk.state.conflicts) == ["surveyors"]
    page = visit(walk="w1")
    assert "社協職員" in shown(page) and "保健師" in shown(page)
    last = max(walk.state.conflicts["surveyors"])
    press(page, f"take_surveyors_{last}")
    walk = register.site("w1")
    assert walk.answer("surveyors") == "社協職員" and not walk.state.conflicts


def test_a_kept_order_is_not_changed_by_opening_the_plan(register):
    saved_walk(register, ["a", "b", "c"])
    page = visit(edit="w1")
    press(page, f"save:{param(page, 'draft')}")
    assert register.site("w1").answer("places") == ["a", "b", "c"]


@pytest.mark.parametrize("name", ["{{7*7}} <b>", "$x$ [a](http://b)", ":red[x] `y`"])
def test_a_hostile_name_is_shown_sign_for_sign(register, name):
    register.save(new_version("bad", {"name": name}, type="bench", place=shapely.Point(*at(2, 2))))
    saved_walk(register, ["bad", "a"])
    register.save(
        new_version("w1", {"name": name, "places": ["bad", "a"]}, type="walk", kind="correct",
            before=register.site("w1").state, place=None)
    )  # fmt: skip
    assert entity(name) in shown(visit()) and name not in shown(visit())
    page = visit(walk="w1")
    assert entity(name) in shown(page) and name not in shown(page)
    assert page.title[0].value.replace("\\", "").replace("\u2060", "") == name
    page, draft = planning(register)
    label = page.checkbox(key=f"c:{draft}:bad").label
    assert label.replace("\\", "").replace("\u2060", "").startswith(name) and "\\" in label


def test_streets_that_narrow_the_band_stand_on_the_planning_map(register):
    page, _ = planning(register)
    assert "茶色" not in shown(page)
    page.session_state["q_resting"], page.session_state["q_band"] = True, True
    drawn = shown(again(page))
    assert "茶色の太い線" in drawn and "まわる順" in drawn


def test_no_name_can_end_the_maps_script():
    name = "</script>{{7*7}}${x}'\"`"
    place = Place(id="p", kind="bench", title=name, number=1, x_m=0.0, y_m=0.0)
    written = choice_layer([place], Plane(lon=139.9, lat=35.6), "2026-11-21").options_json
    assert "</script" not in written and "{{" not in written and "${" not in written
    told = json.loads(written)["url"]["features"][0]["properties"]
    assert told["title"] == name and told["due"] == "never"


def test_an_unknown_walk_or_draft_says_so(register):
    assert "その踏査は" in visit(walk="none").warning[0].value
    assert "その下書きは" in visit(draft="none").warning[0].value


def test_english_says_the_same(register):
    page = visit(lang="en")
    assert page.title[0].value == "Where to walk next?"
    saved_walk(register, ["a", "c"])
    assert "<b>2</b> places in 4 min, 200 m" in shown(visit(walk="w1", lang="en"))


def test_the_walks_own_fields_are_all_asked_somewhere():
    asked = {"name", "on", "surveyors", "area", "places", "weather", "note"}
    ended = {"unseen", "ended_on"}
    assert {field.id for field in WALK.fields} == asked | ended
