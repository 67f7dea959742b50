"""検討案 as a council uses it: press, see who gains and loses, undo, name, put away, compare."""

import json
import re
import shutil
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from town_fixtures import at
from where import ROOT

from layers.routes.answers import make_answer_routes
from layers.served.plans import plan_of
from layers.served.register import register_now
from layers.served.town import VARIABLE
from pages.parts.frame import show_map as plans_page_map
from pages.parts.frame.show_map import Tap
from pages.parts.plans.changes import _box_key
from pages.parts.plans.choosing import TOOLS_BOX
from pages.parts.plans.kept import names_of
from surveys.record.plan import Change, Plan
from surveys.store.plans import find_plan, list_plans, save_plan
from surveys.store.register import open_register

PLANS = ROOT / "pages" / "plans.py"
HOSTILE = "<b>{{7*7}}</b> [x](y)"


@pytest.fixture
def register(small_town, tmp_path, monkeypatch):
    folder = tmp_path / "town"
    shutil.copytree(small_town, folder, ignore=shutil.ignore_patterns("register"))
    open_register(folder).engine.dispose()
    monkeypatch.setenv(VARIABLE, str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield register_now()
    register_now().engine.dispose()


@pytest.fixture
def presses(monkeypatch):
    """What the map says was pressed, once."""
    waiting = []
    show = plans_page_map.show_map

    def told(*given, on_tap, **more):
        if waiting:
            on_tap(waiting.pop())
        return show(*given, **more)

    monkeypatch.setattr(plans_page_map, "show_map", told)
    return waiting


def opened(**query):
    page = AppTest.from_file(str(PLANS), default_timeout=120)
    page.session_state[TOOLS_BOX] = True  # somebody opened it
    for key, value in ({"lang": "ja"} | query).items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


def texts(page):
    raw = [re.sub(r"<[^>]+>", " ", one.proto.body) for one in page.get("html")]
    said = " ".join(re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), one) for one in raw)
    return re.sub(r"\s+", " ", said)


def press(page, presses, column, row, **sign):
    """A press on the map, and the page drawn anew as a browser would have it."""
    lon, lat = at(column, row)
    presses.append(Tap(lat=lat, lng=lon, **sign))
    page.run()
    page.run()
    assert not page.exception, page.exception


def newest():
    return list_plans(register_now())[0]


def test_a_press_adds_a_salon_and_says_at_once_whom_it_reaches(register, presses):
    page = opened()
    assert "まだ何も変えていません" in texts(page) and list_plans(register) == []
    press(page, presses, 4, 4)
    plan = newest()
    assert plan.title == "検討案1" and [one.do for one in plan.changes] == ["add"]
    assert page.query_params["plan"] == f"{plan.id}.1"
    said = texts(page)
    assert re.search(r"新しく届くのは *\d+人 *で、届かなくなる人はいません", said), said
    assert "届くことと、通うことは同じではありません" in said
    assert "一覧の記録を何も変えません" in said
    # Another visit of the same address shows the same.
    assert texts(opened(plan=f"{plan.id}.1")) == said
    assert all(one.state != "taken" for one in list_plans(register))


def test_a_salon_is_taken_up_and_put_down_elsewhere(register, presses):
    page = opened(tool="move")
    press(page, presses, 1, 1, layer="sites", id="t0")
    assert "の行き先を、地図で押してください" in texts(page) and list_plans(register) == []
    press(page, presses, 0, 0)
    (moved,) = newest().changes
    assert (moved.do, moved.site_id) == ("move", "t0")
    # Pressed again, it is the same move said anew.
    press(page, presses, 1, 1, layer="sites", id="t0")
    press(page, presses, 2, 2)
    assert [one.do for one in newest().changes] == ["move"]
    page = opened(tool="pause", plan=newest().id)
    press(page, presses, 9, 9)
    assert "通いの場のしるしを押してください" in " ".join(one.value for one in page.error)
    press(page, presses, 1, 1, layer="sites", id="t0")
    assert [one.do for one in newest().changes] == ["move", "pause"]


def test_undo_and_redo_are_kept_and_an_older_version_is_not_changed_unawares(register, presses):
    page = opened()
    press(page, presses, 4, 4)
    press(page, presses, 5, 5)
    assert len(newest().changes) == 2
    page.button(key="pl_undo").click().run()
    assert len(newest().changes) == 1
    page.button(key="pl_redo").click().run()
    assert len(newest().changes) == 2 and newest().number == 4
    old = opened(plan=f"{newest().id}.1")
    assert "前の版です" in texts(old)
    press(old, presses, 2, 2)
    assert newest().number == 4
    old.button(key="pl_this").click().run()
    assert len(newest().changes) == 1 and newest().number == 5


def test_what_another_tab_changed_meanwhile_stays(register, presses):
    one = opened()
    press(one, presses, 4, 4)
    other = opened(plan=newest().id)
    press(one, presses, 5, 5)
    press(other, presses, 2, 6)
    assert len(newest().changes) == 3
    assert other.query_params["plan"] == f"{newest().id}.3"
    one.button(key="pl_undo").click().run()
    assert "ほかの画面で、この案が変わりました" in " ".join(error.value for error in one.error)
    assert len(newest().changes) == 3


def test_a_press_without_a_street_changes_nothing_and_says_so(register, presses):
    page = opened()
    press(page, presses, 400, 400)
    assert list_plans(register) == []
    press(page, presses, 4, 4)
    presses.append(Tap(lat=10.0, lng=10.0))
    page.run()
    assert len(newest().changes) == 1


def test_a_plan_is_named_put_away_and_brought_back(register, presses):
    page = opened()
    press(page, presses, 4, 4)
    plan = newest()
    page.text_input(key=f"pl_title_{plan.id}_1").set_value(HOSTILE).run()
    page.button(key=f"pl_named_{plan.id}_1").click().run()
    assert newest().title == HOSTILE
    assert "<b>{{7*7}}" not in " ".join(one.proto.body for one in page.get("html"))
    page.text_input(key=f"pl_title_{plan.id}_2").set_value("案" * 81).run()
    page.button(key=f"pl_named_{plan.id}_2").click().run()
    assert newest().title == HOSTILE
    assert "80字まで" in " ".join(error.value for error in page.error)
    page.button(key="pl_away").click().run()
    assert newest().state == "put_away" and "plan" not in page.query_params
    assert "をしまいました" in texts(page)
    page.button(key=f"pl_back_{plan.id}").click().run()
    assert newest().state == "" and newest().title == HOSTILE


def test_plans_of_one_name_are_told_apart(register):
    plans = [
        Plan(id=id_, number=1, parent=0, title="案", changes=(), by="", made_at=f"2026-11-2{at}")
        for at, id_ in enumerate("abc")
    ]
    assert names_of(plans) == {"a": "案", "b": "案（2）", "c": "案（3）"}


def test_an_address_of_no_plan_says_so(register):
    page = opened(plan="nothing.3")
    assert "その検討案はありません" in " ".join(error.value for error in page.error)


def test_plans_stand_side_by_side_and_the_difference_of_two_is_told(register, presses):
    page = opened()
    press(page, presses, 4, 4)
    first = newest()
    page = opened()
    press(page, presses, 6, 2)
    second = newest()
    assert {one.title for one in list_plans(register)} == {"検討案1", "検討案2"}
    assert "検討案をならべる" in [one.value for one in page.subheader]
    assert "に替えて" not in texts(page)  # a press on the map need not wait for it
    page.toggle(key="pl_beside").set_value(True).run()
    assert "に替えて" in texts(page)
    routes = TestClient(Starlette(routes=make_answer_routes()))
    query = "people=65&walker=elderly&within=500m&division=町丁目"
    for one in (first, second):
        found = routes.get(f"/answer/plan.geojson?{query}&plan={one.id}.{one.number}")
        assert found.status_code == 200
        gained = [f["properties"]["gained"] for f in json.loads(found.content)["features"]]
        assert sum(gained) > 0
    assert routes.get(f"/answer/plan.geojson?{query}&plan=nothing").status_code == 400


def test_a_plan_that_cannot_be_carried_out_any_more_says_why(register, presses):
    page = opened()
    press(page, presses, 4, 4)
    plan = newest()
    gone = replace(plan, parent=1, changes=(*plan.changes, Change(do="pause", site_id="gone")))
    save_plan(register, gone)
    page = opened(plan=plan.id)
    assert "2番: コード「gone」の通いの場はありません" in texts(page)
    assert find_plan(register, plan.id).number == 2
    assert plan_of(f"{plan.id}.1").changes == plan.changes


def test_a_plan_is_put_into_the_list_as_being_prepared(register, presses):
    page = opened()
    press(page, presses, 4, 4)
    plan = newest()
    page.session_state[TOOLS_BOX] = False  # in sight without opening anything
    page.run()
    assert f"pl_take_{plan.id}_1" not in {one.key for one in page.button}, "it has no name"
    page.text_input(key=f"pl_called_{plan.id}_1_1").set_value("  ").run()
    assert not newest().changes[0].name
    number = newest().number
    page.text_input(key=f"pl_called_{plan.id}_{number}_1").set_value("仮の名").run()
    assert newest().changes[0].name == "仮の名"
    number = newest().number
    assert page.button(key=f"pl_take_{plan.id}_{number}").disabled
    assert "「一覧に入れる」は、上に印を付けると押せます" in texts(page)
    named = f"pl_name_{number}_1"
    assert named not in {one.key for one in page.text_input}  # made when it is opened
    page.session_state[_box_key(1, newest().changes[0])] = True
    page.run()
    page.text_input(key=named).set_value(HOSTILE).run()
    page.button(key=f"pl_keep_{number}_1").click().run()
    number = newest().number
    page.checkbox(key=f"pl_sure_{plan.id}_{number}").check().run()
    page.button(key=f"pl_take_{plan.id}_{number}").click().run()
    assert newest().state == "taken"
    said = texts(page)
    assert "一覧に入れた案です" in said and "準備中" in said and "{{7*7}}" in said
    assert "<b>{{7*7}}" not in " ".join(one.proto.body for one in page.get("html"))
    assert [
        site.type.id for site in map(register.site, register.site_ids()) if site.title == HOSTILE
    ] == ["salon"]
    # What was put in is not changed any more, and stays so however it is put away and shown again.
    press(page, presses, 5, 5)
    assert newest().state == "taken" and len(newest().changes) == 1
    page.session_state[TOOLS_BOX] = True
    page.run()
    page.button(key="pl_away").click().run()
    page.button(key=f"pl_back_{plan.id}").click().run()
    assert newest().state == "taken"
