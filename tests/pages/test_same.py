"""The page that asks whether two are one place: a tap each, undone by a tap, told in words."""

import pytest
from received_page import text_of, town_register  # noqa: F401 - a fixture
from register_fixtures import new_version
from shapely import Point
from streamlit.testing.v1 import AppTest
from where import ROOT

from geo.sources.town_folder import load_town
from layers.served.town import town_folder
from surveys.record.claim import Claim, fold_claims
from surveys.store.claims import keep_claims, list_claims

PLACE = "osm-n900"
AT = "2026-11-21T09:00:00.000Z"


@pytest.fixture(autouse=True)
def _no_map(monkeypatch):
    monkeypatch.setattr("streamlit_folium.st_folium", lambda *_args, **_more: {})


def visit(**params):
    page = AppTest.from_file(str(ROOT / "pages" / "same.py"), default_timeout=60)
    for key, value in params.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


def press(page, key):
    page.button(key=key).click().run()
    assert not page.exception, page.exception
    return page


def bench_near(register, id_="r1", dx=10.0, **answers):
    town = load_town(town_folder())
    own = town.sites[town.sites["site_id"] == PLACE].iloc[0]
    lon, lat = town.plane.to_lonlat([own.x_m + dx], [own.y_m])
    place = Point(float(lon[0]), float(lat[0]))
    register.save(new_version(id_, answers, type="bench", place=place))


def said(register):
    return fold_claims(list_claims(register))


def test_where_nothing_is_left_it_is_said_in_words(register):
    text = text_of(visit())
    assert "尋ねることはありません" in text and "記録あり 0・地図だけ 1" in text
    assert "Nothing to ask" in text_of(visit(lang="en"))


def test_a_tap_says_the_same_and_another_takes_it_back(register):
    bench_near(register)
    page = visit()
    text = text_of(page)
    assert "<b>1</b>組です" in text and "10m はなれている" in text and "site=r1" in text
    press(page, f"sm_same_{PLACE}")
    assert said(register) == ({PLACE: "r1"}, frozenset())
    text = text_of(page)
    assert "同じ所としました" in text and "尋ねることはありません" in text
    assert "これまでの答え" in text
    press(page, "sm_undo")
    assert said(register) == ({}, frozenset()) and "<b>1</b>組です" in text_of(page)
    (kept,) = list_claims(register)
    press(page, f"sm_turn_{kept.id}")
    assert said(register) == ({PLACE: "r1"}, frozenset())


def test_not_the_same_and_later(register):
    bench_near(register)
    bench_near(register, "r2", dx=20.0)
    page = visit()
    press(page, f"sm_later_{PLACE}")
    assert said(register) == ({}, frozenset()) and "<b>1</b>組です" in text_of(page)
    press(page, f"sm_other_{PLACE}")
    assert said(register) == ({}, {(PLACE, "r1")})
    assert "ちがう所としました" in text_of(page) and "20m はなれている" in text_of(page)
    press(page, f"sm_other_{PLACE}")
    assert "尋ねることはありません" in text_of(page)


def test_names_are_shown_as_they_are_written(register):
    bench_near(register, name="<b>{{7*7}}</b>")
    text = text_of(visit(lang="en"))
    assert "<b>{{7*7}}" not in text and "10 m apart" in text


def test_answers_of_places_that_are_gone_are_told(register):
    bench_near(register, dx=500.0)
    one = Claim(id="c", place_id="osm-gone", site_id="r1", same=True, by="係", made_at=AT)
    keep_claims(register, [one])
    assert "地図にもうない所" in text_of(visit())
