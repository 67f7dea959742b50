"""Every page opens, each new one without being told: without a town, on one, on a filled one."""

import shutil

import pytest
from sheet_fixtures import point, put
from streamlit.testing.v1 import AppTest
from where import ROOT

from layers.served.register import register_now
from layers.served.town import VARIABLE
from pages.parts.frame.declared import GROUPS, find_pages
from surveys.record.walk import WALK
from surveys.types import RECORD_TYPES

PAGES = find_pages()


@pytest.fixture
def town(small_town, tmp_path, monkeypatch):
    folder = tmp_path / "town"
    shutil.copytree(small_town, folder, ignore=shutil.ignore_patterns("register"))
    monkeypatch.setenv(VARIABLE, str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield folder
    register_now().engine.dispose()


def opened(id_, lang):
    page = AppTest.from_file(str(ROOT / "pages" / f"{id_}.py"), default_timeout=120)
    page.query_params["lang"] = lang
    page.run()
    assert not page.exception, page.exception
    assert [one.value for one in page.title if one.value.strip()], id_
    return page


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("id_", PAGES)
def test_every_page_opens_on_a_town_with_an_empty_register(town, id_, lang):
    opened(id_, lang)


@pytest.mark.parametrize("id_", PAGES)
def test_every_page_opens_on_a_town_with_something_of_each_kind(town, id_):
    register = register_now()
    for number, type_ in enumerate((*RECORD_TYPES.values(), WALK)):
        bare = type_.id in ("concern", WALK.id)
        place = None if bare else point(1 + number % 7, 2)
        put(
            register,
            type_.id,
            f"s{number}",
            {"name": "名前"} if type_.asks("name") else {},
            place=place,
        )
    opened(id_, "ja")


@pytest.mark.parametrize("id_", PAGES)
def test_every_page_says_in_words_that_there_is_no_town(monkeypatch, tmp_path, id_):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none"))
    opened(id_, "ja")


def test_the_pages_stand_in_groups_and_the_first_is_today():
    assert {one.group for one in PAGES.values()} <= set(GROUPS)
    assert next(iter(PAGES)) == "today" and not PAGES["today"].listed  # the logo opens it
