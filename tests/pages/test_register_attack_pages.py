"""The same on the screens: what a form, two screens or a late press could lose."""

import shutil

import pytest
import shapely
from register_fixtures import new_version
from streamlit.testing.v1 import AppTest
from town_fixtures import at
from where import ROOT

from layers.served.register import register_now
from layers.served.town import VARIABLE
from surveys.record.answers import check_answers
from surveys.store.drafts import find_draft
from surveys.types import RECORD_TYPES

PAGES = ROOT / "pages"


# ---- the form ------------------------------------------------------------------------------


def whole_form(answers, type_id):
    """Show every question of a type (run inside Streamlit, so that all is imported here)."""
    import streamlit as st

    from pages.parts.form.form import Form
    from pages.parts.record.items import ask_items
    from surveys.types import RECORD_TYPES

    form = Form("d", None, "ja")
    fields = RECORD_TYPES[type_id].fields
    out = form.ask_all([one for one in fields if one.kind not in ("items", "point")], answers)
    for field in fields:
        value = ask_items(form, field, answers.get(field.id)) if field.item else None
        if value is not None:
            out[field.id] = value
    st.session_state["out"] = out


def show_form(answers, type_id):
    page = AppTest.from_function(
        whole_form, kwargs={"answers": answers, "type_id": type_id}, default_timeout=30
    )
    page.run()
    assert not page.exception, page.exception
    return page


@pytest.mark.parametrize(
    ("type_id", "answers", "why"),
    [
        ("concern", {"found_on": "unknown"}, "不明 of a day"),
        ("concern", {"found_on": "1873-02-01"}, "a day before those usually chosen"),
        ("concern", {"area": "unknown"}, "不明 of areas"),
        ("concern", {"area": ["高砂", "よその町"]}, "an area this town does not have"),
        ("resource", {"schedule": []}, "no meetings at all"),
        ("resource", {"schedule": "unknown"}, "不明 of meetings"),
        ("park", {"benches": "unknown"}, "不明 of things"),
        ("park", {"benches": []}, "no things"),
        ("park", {"area_m2": "unknown", "opened": "1980-04"}, "不明 of a number, a month"),
        ("park", {}, "nothing asked"),
    ],
)
def test_a_form_that_is_only_looked_at_changes_nothing(type_id, answers, why):
    page = show_form(answers, type_id)
    clean, faults = check_answers(RECORD_TYPES[type_id], page.session_state["out"])
    assert (clean, faults) == (answers, []), why


def test_what_was_read_of_a_schedule_stands_under_it_with_the_next_days():
    page = show_form({}, "resource")
    page.text_area(key="f:d:schedule").input(
        "第2火曜 10:00～12:00（8月を除く）\n週１回程度\n満月の夜"
    ).run()
    assert page.session_state["out"]["schedule"][1] == {"freq": "weekly", "about": "about"}
    said = "".join(one.proto.body for one in page.get("html"))
    assert "毎月第2火曜日 10:00～12:00（8月を除く）／週1回程度" in said
    assert said.count("（火） 10:00～12:00") == 5
    assert "回数は分からないものとします：満月の夜" in said
    assert "月およそ5.3回" in said and "どの日かまでは決まらない予定が1件" in said


def test_a_bench_added_by_mistake_and_removed_is_not_none(monkeypatch):
    page = show_form({"name": "公園"}, "park")
    page.button(key="i:d:benches:add").click().run()
    (added,) = page.session_state["out"]["benches"]
    page.button(key=f"i:d:benches:{added['_id']}:x").click().run()
    assert "benches" not in page.session_state["out"]
    seen = show_form({"benches": [{"_id": "a", "back": "yes"}]}, "park")
    seen.text_area(key="f:d:benches/a/note").input("板が割れている")
    seen.button(key="i:d:benches:a:x").click().run()
    assert seen.session_state["out"]["benches"] == []
    seen.button(key="i:d:benches:undo").click().run()
    assert seen.session_state["out"]["benches"] == [
        {"_id": "a", "back": "yes", "note": "板が割れている"}
    ]


@pytest.fixture
def town_register(small_town, tmp_path, monkeypatch):
    town = tmp_path / "town"
    shutil.copytree(small_town, town, ignore=shutil.ignore_patterns("register"))
    monkeypatch.setenv(VARIABLE, str(town))
    made = register_now()
    made.save(
        new_version("s1", {"name": "公園"}, place=shapely.Point(*at(1, 1)), status={"is": "paused"})
    )
    yield made
    made.engine.dispose()


def visit(page="record", **params):
    shown = AppTest.from_file(str(PAGES / f"{page}.py"), default_timeout=30)
    for key, value in params.items():
        shown.query_params[key] = value
    return again(shown)


def again(page):
    page.run()
    assert not page.exception, page.exception
    return page


def draft_in(page):
    found = page.query_params["draft"]
    return found[0] if isinstance(found, list) else found


def test_a_form_keeps_who_says_it_and_gives_a_status_no_day(town_register):
    page = visit(site="s1")
    id_ = draft_in(page)
    page.session_state[f"w:{id_}:source"] = "told"
    page.session_state[f"w:{id_}:sure"] = "likely"
    again(page)
    other = visit(draft=id_)
    other.button(key=f"save:{id_}").click()
    again(other)
    version = town_register.versions("s1")[-1]
    assert (version.origin.source, version.origin.sure) == ("told", "likely")
    assert version.patch == {}


def test_two_screens_on_one_draft_overwrite_nothing_unsaid(town_register):
    first = visit(site="s1")
    id_ = draft_in(first)
    second = visit(draft=id_)
    second.text_input(key=f"f:{id_}:name").input("第二の画面")
    again(second)
    first.text_area(key=f"f:{id_}:note").input("第一の画面")
    again(first)
    assert any("another screen" in one.value or "別の画面" in one.value for one in first.error)
    assert find_draft(town_register, id_).answers["name"] == "第二の画面"
    for page in (second, first):
        page.button(key=f"save:{id_}").click()
        again(page)
    site = town_register.site("s1")
    assert site.answers == {"name": "第二の画面", "note": "第一の画面"}
    assert site.state.status == {"is": "paused"}


def test_a_difference_is_not_settled_by_a_press_that_saw_only_two_sides(town_register):
    seen = town_register.site("s1").state
    for note in ("日かげが多い", "日かげがない"):
        town_register.save(new_version("s1", {"name": "公園", "note": note}, before=seen))
    page = visit("karte", site="s1")
    button = next(one for one in page.button if one.key.startswith("take_note"))
    town_register.save(new_version("s1", {"name": "公園", "note": "分からない"}, before=seen))
    button.click()
    again(page)
    assert len(town_register.site("s1").state.conflicts["note"]) == 3
    next(one for one in page.button if one.key.startswith("take_note")).click()
    again(page)
    assert town_register.site("s1").state.conflicts == {}
