"""What is near from here, as a person uses it: a point, two choices, the cards, the way."""

import re
import shutil
from functools import partial

import pytest
from sheet_fixtures import point, put
from streamlit.testing.v1 import AppTest
from town_fixtures import EAST, WEST, at
from where import ROOT

from geo.schedule import parse_schedule
from layers.served.register import register_now
from layers.served.town import VARIABLE
from pages.parts.frame import show_map as near_page_map
from pages.parts.frame.show_map import Tap
from pages.parts.near.point import Point

HOSTILE = "<b>{{7*7}}</b> [x](y) \u202e"
TUESDAY = {"schedule": parse_schedule("毎週火曜 10:00～11:30"), "content": ["exercise"]}


@pytest.fixture
def town(small_town, tmp_path, monkeypatch):
    folder = tmp_path / "town"
    shutil.copytree(small_town, folder, ignore=shutil.ignore_patterns("register"))
    monkeypatch.setenv(VARIABLE, str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    register = register_now()
    save = partial(put, register, "salon")
    group = {"_id": "g1", "state": "active"}
    save(
        "a", {"name": HOSTILE, "activities": [group | TUESDAY | {"fee_yen": 0}]}, place=point(3, 2)
    )
    save(
        "b", {"name": "東の会", "activities": [group | TUESDAY | {"area": [EAST]}], "lendable": "anyone"},
        place=point(5, 2),
    )  # fmt: skip
    save("c", {"name": "木曜の会", "activities": [group | {"schedule": parse_schedule("毎週木曜")}]},
         place=point(2, 4))  # fmt: skip
    save("d", {"name": "聞いていない会"}, place=point(2, 5))
    put(register, "toilet", "w", {"name": "駅前"}, place=point(4, 4))
    yield register
    register.engine.dispose()


@pytest.fixture
def presses(monkeypatch):
    """What the map says was pressed, once."""
    waiting = []
    show = near_page_map.show_map

    def told(*given, on_tap, **more):
        if waiting:
            on_tap(waiting.pop())
        return show(*given, **more)

    monkeypatch.setattr(near_page_map, "show_map", told)
    return waiting


@pytest.fixture
def drawn(monkeypatch):
    """The layers of each map shown."""
    groups = []

    def draw(_key, data, _told):
        groups.append([one for one in data["layers"] if one["function"] != "base"])

    monkeypatch.setattr("pages.parts.frame.show_map._mount", draw)
    return groups


def visit(column=None, row=None, lang="ja", **params):
    page = AppTest.from_file(str(ROOT / "pages" / "near.py"), default_timeout=120)
    page.query_params["lang"] = lang
    for name, value in params.items():
        page.query_params[name] = value
    if column is not None:
        lon, lat = at(column, row)
        page.session_state["near_point"] = Point(lon=lon, lat=lat, name="", turn=1)
    return again(page)


def again(page):
    page.run()
    assert not page.exception, page.exception
    return page


def texts(page):
    raw = [re.sub(r"<[^>]+>", "", one.proto.body) for one in page.get("html")]
    return [re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), one) for one in raw]


def sentence(page):
    return next(one for one in page.get("html") if "kz-read" in one.proto.body).proto.body


def cards(page):
    return [one for one in texts(page) if "徒歩" in one and "確認した日" in one]


def test_without_a_point_it_asks_for_one(town, drawn):
    page = visit()
    assert "地図を押すか" in sentence(page) and cards(page) == []
    assert "どこにも残しません" in "".join(texts(page))


def test_one_press_and_two_choices_give_what_is_near_that_morning(town, drawn):
    page = visit(2, 2)
    assert len(cards(page)) >= 3
    page.selectbox(key="n_when").set_value("tue-am")
    again(page)
    page.selectbox(key="n_content").set_value("exercise")
    again(page)
    assert page.query_params["when"] == "tue-am"
    assert page.query_params["doing"] == "exercise"
    said = re.sub(r"<[^>]+>", "", sentence(page))
    assert "火曜の午前に体操のある通いの場が2か所" in said
    first, second, *maybe = cards(page)
    assert "徒歩2分・100m" in first and "無料" in first and "だれでも" in first
    assert "・300m" in second and f"ここの人は使えない（{EAST}の人）" in second
    assert ["聞いていない会" in one for one in maybe] == [True]
    assert "集まりを聞いていない" in maybe[0]
    assert [one["function"] for one in drawn[-1]] == ["lines", "numbered"]


def test_a_press_on_a_numbered_sign_opens_its_card_and_leaves_the_point(town, drawn, presses):
    page = visit(2, 2)
    here, before = page.session_state["near_point"], len(cards(page))
    (signs,) = (one["options"]["signs"] for one in drawn[-1] if one["function"] == "numbered")
    last = signs[-1]
    presses.append(Tap(lat=last["at"][0], lng=last["at"][1], layer="near", id=last["id"]))
    again(page)
    again(page)
    assert page.session_state["near_point"] == here
    assert (
        len(cards(page)) == before + 1 and page.button(key="n_way_opened").label == "道を大きく見る"
    )
    (chosen,) = (one["options"]["id"] for one in drawn[-1] if one["function"] == "chosen")
    assert chosen == f"near:{last['id']}:{last['number']}"
    page.button(key="m_close").click()
    again(page)
    assert len(cards(page)) == before
    lon, lat = at(5, 2)
    presses.append(Tap(lat=lat, lng=lon))
    again(page)
    assert page.session_state["near_point"].lon == lon


def test_an_address_brings_the_choices_and_a_reload_asks_for_the_point_again(town, drawn):
    page = visit(when="tue-am", doing="exercise", mine="on", lent="nonsense")
    assert page.selectbox(key="n_when").value == "tue-am"
    assert page.toggle(key="n_eligible").value and not page.toggle(key="n_lent").value
    assert "地図を押すか" in sentence(page) and "lent" in "".join(texts(page))


def test_what_is_looked_for_here_is_no_part_of_the_question_of_other_pages(town, drawn):
    page = visit(2, 2, when="tue", doing="exercise", weekday="thu")
    said = re.sub(r"<[^>]+>", "", sentence(page))
    assert "火曜に体操のある" in said and "木曜" not in said
    assert page.query_params["weekday"] == "thu"
    assert "木曜に開く通いの場だけ" in "".join(texts(page))


def test_only_what_people_from_here_may_use_or_what_lends_its_room(town, drawn):
    page = visit(2, 2, when="tue", mine="on")
    assert not [one for one in cards(page) if "東の会" in one]
    assert "ほかの地区の人だけの通いの場 1か所" in "".join(texts(page))
    east = visit(6, 2, when="tue", mine="on")
    assert [one for one in cards(east) if f"ここの人が使える（{EAST}）" in one]
    lent = visit(2, 2, lent="on")
    told = [one for one in cards(lent) if "貸し出しの分からない" not in one]
    assert len(told) == 1 and "東の会" in told[0]
    assert WEST not in "".join(told)


def test_off_the_network_no_number_is_told(town, drawn):
    page = visit(12, 2)
    assert "道につながらないので" in sentence(page) and cards(page) == []
    far = visit(2000, 2)
    assert "この街の外" in sentence(far) or "道につながらない" in sentence(far)


def test_other_places_come_with_what_is_known_of_them(town, drawn):
    page = visit(2, 2, kind="toilet")
    (card,) = cards(page)
    assert (
        "駅前" in card
        and "徒歩7分・400m" in card
        and "トイレ ある" in card
        and "未確認：開いている時間" in card
    )
    bench = visit(2, 2, kind="bench")
    assert any("地図だけにある所" in one for one in texts(bench))


def test_a_hostile_name_is_text_and_nothing_of_it_runs(town, drawn):
    page = visit(3, 2)
    raw = "".join(one.proto.body for one in page.get("html"))
    assert "{{" not in raw and "<b>{" not in raw and "\u202e" not in raw
    page.text_input(key="n_search").set_value("{{7*7}}")
    again(page)
    (found,) = [one for one in page.button if one.key.startswith("n_found_")]
    assert "\u202e" not in found.label and "\\[x\\]" in found.label
    found.click()
    again(page)
    assert page.session_state["near_point"].name == HOSTILE


def test_the_point_stands_in_no_address_and_can_be_forgotten(town, drawn):
    page = visit(2.0137, 2.0291)
    lon, lat = at(2.0137, 2.0291)
    told = " ".join(f"{name}={value}" for name, value in dict(page.query_params).items())
    assert str(lon)[-5:] not in told and str(lat)[-5:] not in told
    page.button(key="n_forget").click()
    again(page)
    assert "near_point" not in page.session_state and "地図を押すか" in sentence(page)


def test_names_of_areas_are_found_whatever_their_width_and_english_is_whole(town, drawn):
    page = visit(lang="en")
    page.text_input(key="n_search").set_value("西町")
    again(page)
    (found,) = [one for one in page.button if one.key.startswith("n_found_")]
    assert WEST in found.label and "about the middle" in found.label
    found.click()
    again(page)
    assert "on foot" in sentence(page) and "Assumed: " in "".join(texts(page))
    page.text_input(key="n_search").set_value("どこにもない町")
    again(page)
    assert "press the map instead" in "".join(texts(page))
