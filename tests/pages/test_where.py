"""資料のありか: what the page says with a town and without (`pages.parts.where.kind`)."""

import re
import shutil

import pytest
from streamlit.testing.v1 import AppTest
from where import ROOT

from geo.sources.where.declared import FILE_KINDS
from layers.maps.popup import entity
from layers.served.register import register_now
from layers.served.town import VARIABLE, town_now


@pytest.fixture
def town(filled_town, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(shutil.copytree(filled_town, tmp_path / "town")))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield town_now()
    register_now().engine.dispose()


def opened(lang):
    page = AppTest.from_file(str(ROOT / "pages" / "where.py"), default_timeout=120)
    page.query_params["lang"] = lang
    page.run()
    assert not page.exception, page.exception
    return page, "\n".join(one.proto.body for one in page.get("html"))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_place_has_its_address_to_press_and_to_copy_and_its_credit(town, lang):
    page, text = opened(lang)
    assert [one.value for one in page.subheader] == [
        one.words.say(lang) for one in FILE_KINDS.values()
    ]
    for place in (place for kind in FILE_KINDS.values() for place in kind.places):
        assert text.count(entity(place.page)) >= 2, place.page
        assert entity(place.credit) in text and entity(place.words.say(lang)) in text
    for one in re.findall(r"<a [^>]*https[^>]*>", text):
        assert "rel='noopener'" in one and "target='_blank'" in one
    said = re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL)
    assert "kayoi " not in said and "{" not in said  # neither a command nor a mark left open


def test_what_the_town_has_and_has_not_is_said_with_its_name(town):
    _, text = opened("ja")
    assert "汐見野市には、9種類の資料のうち 7種類" in text and "汐見野市の行" in text
    for id_, has in {"streets": True, "heights": True, "stops": True, "schools": False}.items():
        row = re.search(rf"#{id_}'.*?</tr>", text)[0]
        assert ("入っている" in row) == has and ("まだない" in row) == (not has), id_
    mesh = re.search("#mesh'.*?</tr>", text)[
        0
    ]  # people by neighbourhood are there: it is not wanted
    assert "まだない" not in mesh and "入っている" not in mesh
    assert "入っている：" in text and "まだない：" in text


def test_without_a_town_it_is_whole_and_says_what_to_begin_with(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none"))
    page, text = opened("ja")
    assert (
        "街がまだありません" in text and "class='kz-has'" not in text and "自分の都道府県" in text
    )
    assert len(page.subheader) == len(FILE_KINDS)


def test_other_pages_lead_here_where_there_is_no_town(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none"))
    page = AppTest.from_file(str(ROOT / "pages" / "coverage.py"), default_timeout=120).run()
    assert [one for one in page.get("html") if "href='/where'" in one.proto.body]
