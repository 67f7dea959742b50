"""The way between two presses on the map is told and drawn, and the presses are in no address."""

import json
import re
import shutil

import pytest
from streamlit.testing.v1 import AppTest
from town_fixtures import at
from where import ROOT

from geo.say.sentence import say_coverage
from layers.layered.all import MAP_LAYERS
from layers.layered.parts.declare import Shown
from layers.served.answers import answer, answer_key
from layers.served.register import register_now
from layers.served.town import VARIABLE
from pages.parts.frame.frame import asked_before
from pages.parts.map.choice import Choice
from pages.parts.map.measure import Measured, add_end
from pages.parts.map.tools import is_inner, map_tools

from sheet_fixtures import point, put  # isort: skip


@pytest.fixture
def town(small_town, tmp_path, monkeypatch):
    folder = tmp_path / "town"
    shutil.copytree(small_town, folder, ignore=shutil.ignore_patterns("register"))
    monkeypatch.setenv(VARIABLE, str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    register = register_now()
    yield register
    register.engine.dispose()


@pytest.fixture
def drawn(monkeypatch):
    """What each map shown was told."""
    given = []
    monkeypatch.setattr(
        "pages.parts.frame.show_map._mount", lambda _key, data, _told: given.append(data)
    )
    return given


def visit(*ends, lang="ja", **params):
    page = AppTest.from_file(str(ROOT / "pages" / "map.py"), default_timeout=120)
    page.query_params["lang"] = lang
    for name, value in params.items():
        page.query_params[name] = value
    page.session_state["m_measure"] = True
    page.session_state["map:ends"] = tuple((lat, lon) for lon, lat in ends)
    page.run()
    assert not page.exception, page.exception
    return page


def told(page):
    return next(one for one in page.get("html") if "kz-read" in one.proto.body).proto.body


def names(data):
    return [one["function"] for one in data["layers"]]


def test_it_asks_for_one_end_then_the_other(town, drawn):
    assert "はじめの所を押して" in told(visit()) and "lines" not in names(drawn[-1])
    assert "行き先を押して" in told(visit(at(2, 2))) and "sketch" in names(drawn[-1])
    assert drawn[-1]["tools"]["measuring"]


def test_two_presses_give_the_way_along_the_streets_and_no_address_has_them(town, drawn):
    page = visit(at(2, 2), at(5, 2))
    assert re.sub(r"<[^>]+>", "", told(page)).startswith("道のり 300m、徒歩")
    assert names(drawn[-1])[-3:] == ["lines", "lines", "sketch"]
    assert "道のり 300m" in " ".join(drawn[-1]["tools"]["lines"])
    digits = f"{at(2, 2)[0]:.5f}"
    assert digits[:-1] in json.dumps(drawn[-1]["layers"])  # the browser draws it, so it is told
    assert not [one for values in page.query_params.values() for one in values if digits in one]


def test_off_the_network_or_outside_no_number_is_told(town, drawn):
    page = visit(at(2, 2), at(12, 2))
    assert "2の所は" in told(page) and "道につながらない" in told(page)
    assert "lines" not in names(drawn[-1])
    assert "この街の外" in told(visit(at(2, 2), (2.0, 48.0)))


def test_done_forgets_what_was_pressed(town, drawn):
    page = visit(at(2, 2), at(5, 2))
    page.button(key="m_measure_end").click().run()
    assert not page.exception
    assert "map:ends" not in page.session_state and not page.session_state["m_measure"]
    assert not drawn[-1]["tools"]["measuring"] and drawn[-1]["tools"]["told"] == []


def test_a_third_press_begins_anew(monkeypatch):
    kept = {}
    monkeypatch.setattr("pages.parts.map.measure.st.session_state", kept)
    for press in ((35.0, 138.0), (35.1, 138.1), (35.2, 138.2)):
        add_end(*press)
    assert kept == {"map:ends": ((35.2, 138.2),)}


def test_a_sheet_says_that_it_is_for_the_office_where_homes_people_or_tracks_are_on(town):
    from layers.served.town import town_now

    built = town_now()
    asked = asked_before(built)
    shown = Shown(asked=asked, version=answer_key(asked), signs="", lang="ja")
    only = {id_: is_inner(Choice(on=(id_,), divisions=()), shown) for id_ in MAP_LAYERS}
    assert {id_ for id_, inner in only.items() if inner} <= {"people"} and not only["salon"]
    put(town, "salon", "h", {"name": "田中さん宅", "private_home": "yes"}, place=point(3, 2))
    assert is_inner(Choice(on=("borders", "salon"), divisions=()), shown)
    assert not is_inner(Choice(on=("borders", "park"), divisions=()), shown)


def test_what_a_picture_cannot_hold_is_not_offered(town):
    from layers.served.town import town_now

    built = town_now()
    asked = asked_before(built)
    shown = Shown(asked=asked, version="", signs="", lang="en")
    own, other = (
        map_tools(built, Choice(on=(), divisions=(), ground=ground), shown, Measured(), "en")
        for ground in ("town", "gsi_pale")
    )
    assert own["png"].startswith("/assets/html-to-image/") and other["png"] == ""
    assert own["title"].startswith("Map of ") and own["foot"][-1].startswith("Sources: ")


def test_a_sheet_of_shares_says_the_sentence_and_whose_the_numbers_are(town):
    from layers.served.town import town_now

    put(town, "salon", "s", {"name": "西集会所"}, place=point(3, 2))
    built = town_now()
    asked = asked_before(built)
    coverage = answer(asked)
    for lang, word in (
        ("ja", "斜線の地区（届かない人の多い順）："),
        ("en", "Hatched, most people out of reach first: "),
    ):
        shown = Shown(asked=asked, version=answer_key(asked), signs="", lang=lang)
        told, none = (
            map_tools(built, Choice(on=on, divisions=()), shown, Measured(), lang)["lines"]
            for on in (("borders", "coverage"), ("borders",))
        )
        (named,) = [one for one in told if one.startswith(word)]
        worst = coverage.areas.sort_values("outside", ascending=False, kind="stable")["area_name"]
        assert named.startswith(f"{word}1 {worst.iloc[0]}")
        (sentence,) = [one for one in told if f"{coverage.totals['outside']:,}" in one]
        assert say_coverage(coverage)[0].say(lang).rstrip("。.") in sentence
        assert not [one for one in none if word in one or one == sentence]
