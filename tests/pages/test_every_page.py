"""Every page opens, each new one without being told: without a town, on one, on a filled one."""

import html
import re
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
COMMAND = re.compile(r"\bkayoi [a-z]+|(?<![\w-])--[a-z]|town\.toml")
# What no page may say of a straight line.
WALKED = re.compile(r"(?:徒歩|歩いて|道のり)[^ぁ-ん、。]{0,3}\d")


@pytest.fixture
def stand(tmp_path, monkeypatch):
    """Serve a copy of a built town to the pages."""

    def serve(built):
        folder = tmp_path / "town"
        shutil.copytree(built, folder, ignore=shutil.ignore_patterns("register"))
        monkeypatch.setenv(VARIABLE, str(folder))
        monkeypatch.delenv("DATABASE_URL", raising=False)
        return folder

    yield serve
    register_now().engine.dispose()


@pytest.fixture
def town(small_town, stand):
    return stand(small_town)


def opened(id_, lang):
    page = AppTest.from_file(str(ROOT / "pages" / f"{id_}.py"), default_timeout=120)
    page.query_params["lang"] = lang
    page.run()
    assert not page.exception, page.exception
    assert [one.value for one in page.title if one.value.strip()], id_
    return page


def said(page):
    """All that stands on a page, as a person reads it."""
    blocks = [page.main, page.sidebar]
    texts, done = [], []
    while blocks:
        for one in blocks.pop().children.values():
            blocks += [one] if getattr(one, "children", None) else []
            done.append(one)
    for one in done:
        for name in ("body", "label", "help", "value"):
            text = getattr(getattr(one, "proto", None), name, "")
            texts += [text] if isinstance(text, str) else []
    return html.unescape(re.sub(r"<[^>]+>", "", "\n".join(texts)))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("id_", PAGES)
def test_every_page_opens_on_a_town_with_an_empty_register(town, id_, lang):
    opened(id_, lang)


def fill(register):
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


@pytest.mark.parametrize("id_", PAGES)
def test_every_page_opens_on_a_town_with_something_of_each_kind(town, id_):
    fill(register_now())
    opened(id_, "ja")


@pytest.mark.parametrize("id_", PAGES)
def test_every_page_opens_without_streets_and_calls_no_straight_line_a_walk(
    built_towns, stand, id_
):
    stand(built_towns.straight())
    fill(register_now())
    text = said(opened(id_, "ja"))
    assert not COMMAND.search(text) and WALKED.findall(text) == [], text


@pytest.mark.parametrize("id_", PAGES)
def test_every_page_opens_on_a_border_alone_and_names_no_command(built_towns, stand, id_):
    stand(built_towns.bare())
    text = said(opened(id_, "ja"))
    assert text.strip() and COMMAND.findall(text) == [], text


@pytest.mark.parametrize("id_", PAGES)
def test_every_page_says_in_words_that_there_is_no_town(monkeypatch, tmp_path, id_):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none"))
    opened(id_, "ja")


def test_the_pages_stand_in_groups_and_the_first_is_today():
    assert {one.group for one in PAGES.values()} <= set(GROUPS)
    assert next(iter(PAGES)) == "today" and not PAGES["today"].listed  # the logo opens it
