"""一覧 as a person uses it: what is asked lives in the address, each filter goes by one press."""

from urllib.parse import parse_qsl

import pytest
from received_page import text_of, town_register  # noqa: F401 - a fixture
from register_fixtures import new_version
from shapely import Point
from shapely import box as shapely_box
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest
from where import ROOT

from geo.schedule import parse_schedule
from layers.cards.list_query import parse_query
from layers.served.town import town_now
from pages.parts.frame import show_map
from pages.parts.frame.office import Office
from pages.parts.listed.asking import Wanted
from pages.parts.listed.back import back_address
from pages.parts.listed.files import dump_list
from surveys.store.listing import SiteQuery

TABLE = "<table class='kz-table kz-list'>"
TUESDAYS = parse_schedule("毎週火曜 10:00～11:30")


@pytest.fixture(autouse=True)
def maps(monkeypatch):
    drawn = []

    def draw(_base, group, **_more):
        drawn.append(next(iter(group._children.values())).options_json)

    monkeypatch.setattr(show_map, "show_map", draw)
    return drawn


@pytest.fixture
def halls(register):
    groups = [{"_id": "a", "schedule": TUESDAYS, "content": ["exercise"], "fee_yen": 100}]
    for at in range(35):
        # Two more are the town's own list's.
        answers = {"name": f"会館{at:02}", "activities": groups if at < 32 else None}
        register.save(new_version(f"h{at}", answers, type="salon", place=Point(139.9, 35.6)))
    register.save(new_version("p", {"name": "桜公園"}, type="park"))
    return register


def visit(path="sites", **params):
    page = AppTest.from_file(str(ROOT / "pages" / f"{path}.py"), default_timeout=60)
    for key, value in params.items():
        page.query_params[key] = value
    return again(page)


def again(page):
    page.run()
    assert not page.exception, page.exception
    return page


def address(page):
    return {
        name: texts if isinstance(texts, str) else texts[0]
        for name, texts in page.query_params.items()
    }


def chips(page):
    return [
        one.label.removesuffix("　✕") for one in page.button if str(one.key).startswith("chip_")
    ]


def press(page, key):
    page.button(key=key).click()
    return again(page)


def rows(page):
    body = next(one.proto.body for one in page.get("html") if TABLE in one.proto.body)
    return body.split("<tr")[2:]


def test_the_address_asks_and_the_widgets_show_it(halls):
    page = visit(type="salon", days="tue", hours="am", **{"f.activities/content": "exercise"})
    assert chips(page) == ["通いの場", "火曜日", "午前", "体操"] and "<b>32</b>か所" in text_of(
        page
    )
    assert page.selectbox(key="l_type").value == "salon"
    assert page.multiselect(key="l_f.activities/content").value == ["exercise"]
    assert "このほか、曜日や時間がはっきりしない所が" not in text_of(page)
    assert "毎週火曜日 10:00～11:30　100円" in rows(page)[0]


def test_a_press_drops_one_filter_and_another_all(halls):
    page = visit(type="salon", days="tue,thu", q="会館", order="name", page="2")
    assert chips(page) == ["「会館」", "通いの場", "火曜日", "木曜日"]
    press(page, "chip_3")
    assert address(page) == {"type": "salon", "days": "tue", "q": "会館", "order": "name"}
    press(page, "sites_clear")
    assert address(page) == {"order": "name"} and chips(page) == []
    assert page.text_input(key="l_words").value == "" and "<b>38</b>か所" in text_of(page)


def test_what_a_person_chooses_goes_into_the_address_and_begins_the_list_anew(halls, maps):
    page = visit(page="2", row="h1")
    page.selectbox(key="l_type").set_value("salon")
    again(page)
    assert address(page) == {"type": "salon"}
    page.number_input(key="l_r.activities/fee_yen_1").set_value(50)
    again(page)
    assert address(page)["r.activities/fee_yen"] == "..50" and chips(page)[-1] == "参加費 50円まで"
    assert "<b>0</b>か所です" in text_of(page)
    assert "fee_yen=..50" in maps[-1]  # the map asks the same
    page.selectbox(key="l_type").set_value("park")
    again(page)
    assert address(page) == {"type": "park"}  # a park has no fee


def test_a_filter_of_the_state_is_one_press(halls):
    page = visit()
    page.checkbox(key="l_differing").set_value(True)
    again(page)
    assert address(page) == {"differing": "1"} and chips(page) == ["人によって答えがちがう所"]
    press(page, "sites_clear_none")
    assert not address(page) and not page.checkbox(key="l_differing").value


def test_the_order_is_said_and_the_page_and_row_one_comes_back_to_are_shown(halls):
    page = visit(type="salon", order="number", page="2", row="h33")
    assert "番号の順です。" in text_of(page) and len(rows(page)) == 7
    (here,) = [one for one in rows(page) if "kz-here" in one]
    assert "会館33" in here and "list=type%3Dsalon%26order%3Dnumber%26page%3D2" in here
    shown = text_of(page).replace("&amp;", "&#38;")
    assert "/print/list?type=salon&#38;order=number" in shown and "&#38;as=pdf" in shown


def test_what_is_not_known_is_refused_not_widened(halls):
    page = visit(**{"r.activities/fee_yen": "cheap"})
    assert "一覧を出せません" in text_of(page) and TABLE not in text_of(page)
    press(page, "sites_clear_refused")
    assert "<b>38</b>か所" in text_of(page)


def test_those_of_unclear_times_are_counted_and_shown_by_a_press(halls):
    halls.save(new_version("u", {"activities": [{"_id": "a"}], "name": "未定"}, type="salon"))
    page = visit(days="tue")
    assert "曜日や時間がはっきりしない所が 1か所あります" in text_of(page)
    press(page, "l_with_unclear")
    assert address(page) == {"days": "tue", "unclear": "1"} and "<b>33</b>か所" in text_of(page)


def test_every_division_of_the_town_may_be_asked_by(halls):
    page = visit()
    names = page.selectbox(key="l_division").options
    page.selectbox(key="l_division").set_value(names[-1])
    again(page)
    assert address(page) == {"areas": names[-1]}
    areas = page.selectbox(key="l_area").options
    page.selectbox(key="l_area").set_value(f"{names[-1]}/{area_id(names[-1])}")
    again(page)
    assert address(page)["area"].startswith(f"{names[-1]}/") and chips(page) == [areas[1]]


def area_id(division):
    return town_now().division(division)["area_id"].iloc[0]


def test_a_file_holds_what_is_shown_in_its_order(halls):
    query = parse_query({"type": "salon", "order": "changed", "days": "tue"})
    wanted = Wanted(query=query, area=None, division=town_now().divisions[0], first=True)
    office = Office(town=town_now(), register=halls, lang="ja")
    lines = dump_list(office, wanted, "csv", exact=False).decode("utf-8-sig").splitlines()
    names = [line[line.index("会館") :][:4] for line in lines if "会館" in line]
    assert names == [f"会館{at:02}" for at in range(32)]
    assert wanted.text == "type=salon&days=tue&order=changed"
    assert Wanted(query=SiteQuery(), area=None, division="学区", first=False).text.startswith(
        "areas="
    )


def test_a_site_sheet_leads_back_to_its_row(halls):
    page = visit("karte", site="h3", list="type=salon&page=2&evil=x")
    assert "一覧へもどる" in text_of(page)
    place = back_address("type=salon&page=2&evil=x", "h3", {"lang": "en", "within": "800m"})
    told = dict(parse_qsl(place.partition("?")[2]))
    assert told == {"lang": "en", "within": "800m", "type": "salon", "page": "2", "row": "h3"}


def test_what_has_no_place_is_counted_and_settled_by_a_tap(halls, monkeypatch):
    from pages.parts.record import tapping

    halls.save(
        new_version("n", {"name": "場所まだ会", "address": "西町1"}, type="salon", place=None)
    )
    page = visit(type="salon")
    assert "場所がまだの所が 1か所あります" in text_of(page)
    press(page, "l_to_placeless")
    assert (
        address(page) == {"type": "salon", "noplace": "1"} and chips(page)[-1] == "場所がまだの所"
    )
    assert "場所まだ会" in rows(page)[0] and len(rows(page)) == 1

    tap = show_map.Tap(lat=35.6001, lng=139.9001)
    monkeypatch.setattr(tapping, "show_map", lambda *_, on_tap, **__: on_tap(tap))
    karte = visit("karte", site="n")
    assert karte.button(key="tapping-n-settle").disabled, "nothing was tapped yet"
    again(karte)
    press(karte, "tapping-n-settle")
    site = halls.site("n")
    assert (site.place.y, site.place.x) == (35.6001, 139.9001)
    version = halls.versions("n")[-1]
    assert (version.kind, version.origin.source) == ("correct", "told")
    assert site.state.seen_on == "2026-11-21", "nobody was there since"


def test_one_leads_to_the_next_without_a_place_until_all_have_one(halls, monkeypatch):
    from pages.parts.record import tapping

    for id_ in ("n1", "n2", "n3"):
        halls.save(new_version(id_, {"name": f"会{id_}"}, type="salon", place=None))
    told = []
    tap = show_map.Tap(lat=35.6001, lng=139.9001)

    def press_map(drawn, *_, on_tap, **__):
        told.append(drawn)
        on_tap(tap)

    monkeypatch.setattr(tapping, "show_map", press_map)
    page = visit("karte", site="n1", list="noplace=1")
    assert "borders.geojson" in told[0].get_root().render(), "nobody knew where to press"
    press(page, "k_later_placeless")
    order = []
    for left in (2, 1, 0):
        here = address(page)["site"]
        order.append(here)
        again(page)
        press(page, f"tapping-{here}-settle")
        text = text_of(page)
        if left:
            label = page.button(key="k_next_placeless").label
            assert label == f"次の「場所がまだの所」へ（あと{left}か所）"
            press(page, "k_next_placeless")
    assert order == ["n2", "n3", "n1"], "what was left for later comes last"
    assert "場所がまだの所は、もうありません" in text and "徒歩圏カバーを見る" in text
    said = text_of(visit(noplace="1"))
    assert (
        "場所がまだの所は、もうありません" in said and "この条件に合う地点はありません" not in said
    )


def test_the_placing_map_opens_at_the_whole_of_the_named_area(halls):
    from pages.parts.record.next_placeless import next_without_place
    from pages.parts.record.tapping import rough_box

    office = Office(town=town_now(), register=halls, lang="ja")
    areas = town_now().division(town_now().divisions[0])
    name = areas["area_name"].iloc[0]
    found = rough_box(office, {"address": f"{name}3番1号"})
    assert found is not None
    hit, (west, south, east, north) = found
    shape = town_now().plane.to_degrees(areas.geometry.iloc[0])
    assert hit.town == name
    assert shape.within(shapely_box(west, south, east, north))
    assert east - west == pytest.approx(1.6 * (shape.bounds[2] - shape.bounds[0]))
    assert next_without_place(office, "h1") == (None, 0)


def test_files_of_the_list_say_that_they_are_the_offices_and_when_homes_stand_where_they_are(
    halls, monkeypatch
):
    names = []
    monkeypatch.setattr(
        DeltaGenerator, "download_button", lambda *_, **given: names.append(given["file_name"])
    )
    page = visit()
    assert names and all("_庁内用." in one for one in names)
    names.clear()
    page.checkbox(key="l_exact").check().run()
    assert names and all("_庁内用_exact." in one for one in names)
