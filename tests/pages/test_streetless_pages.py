"""Every page of a town without streets opens, and none of its figures is called a walk."""

import re

import pytest
from streamlit.testing.v1 import AppTest
from town_fixtures import write_town
from where import ROOT

from geo.cli import main
from layers.served.register import register_now
from layers.served.town import VARIABLE
from pages.parts.frame.declared import find_pages

PAGES = find_pages()
# What is said of distances there: as a walk by name, or that ways are longer, or not in the data.
WALKED = re.compile(
    "歩いて(?!調べる|まわる)|徒歩(?!圏（直線)|道のり(?!はこれより|で(?:は|届くのは、これより)|をはかる|は出せ)|道につなが"
)


def build(folder, *left_out):
    arguments = write_town(folder / "files")
    pairs = list(zip(arguments[::2], arguments[1::2], strict=True))
    given = [one for pair in pairs if pair[0] not in ("--streets", *left_out) for one in pair]
    assert main(["build", "--out", str(folder / "town"), *given]) == 0
    return folder / "town"


@pytest.fixture(scope="module")
def towns(tmp_path_factory):
    """A town with all but streets, and one of a border alone."""
    folder = tmp_path_factory.mktemp("streetless")
    (folder / "whole").mkdir(), (folder / "bare").mkdir()
    bare = build(folder / "bare", "--division", "--people", "--sites")
    return {"whole": build(folder / "whole"), "bare": bare}


def opened(id_, folder, monkeypatch, **query):
    monkeypatch.setenv(VARIABLE, str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    page = AppTest.from_file(str(ROOT / "pages" / f"{id_}.py"), default_timeout=120)
    page.query_params["lang"] = "ja"
    for name, text in query.items():
        page.query_params[name] = text
    page.run()
    register_now().engine.dispose()
    assert not page.exception, page.exception
    return page


def said(page):
    """All texts of a page."""
    kinds = ("title", "subheader", "markdown", "html", "toggle", "button", "selectbox", "caption")
    found = [one for kind in kinds for one in page.get(kind)]
    texts = [getattr(one.proto, name, "") for one in found for name in ("body", "label", "html")]
    return "\n".join(re.sub("<[^>]*>", "", str(text)) for text in texts if text)


@pytest.mark.parametrize("which", ["whole", "bare"])
@pytest.mark.parametrize("id_", PAGES)
def test_every_page_opens_and_calls_no_straight_line_a_walk(towns, monkeypatch, id_, which):
    page = opened(id_, towns[which], monkeypatch)
    assert [one.value for one in page.title if one.value.strip()], id_
    if id_ not in ("walks", "make", "record", "where", "imports"):  # these speak of what people do
        assert not WALKED.search(said(page)), WALKED.findall(said(page))


def test_the_figure_says_that_a_straight_line_flatters(towns, monkeypatch):
    text = said(opened("coverage", towns["whole"], monkeypatch))
    assert "直線で500m以内に" in text and "届く人はこれより少なくなります" in text
    assert "直線の円を出す" in text and "休む所が要る" not in text


def test_what_needs_streets_in_an_address_is_said_not_to_be_there(towns, monkeypatch):
    page = opened("coverage", towns["whole"], monkeypatch, rest="150")
    assert "道のデータがない" in said(page)


def test_without_people_the_page_says_what_to_add(towns, monkeypatch):
    text = said(opened("coverage", towns["bare"], monkeypatch))
    assert "通いの場が、まだ入っていません" in text


def test_plans_offer_what_needs_no_street(towns, monkeypatch):
    page = opened("plans", towns["whole"], monkeypatch)
    (tools,) = [one for one in page.get("button_group") if "ふやす" in str(one.proto)]
    assert "うつす" in str(tools.proto) and "坂をなおす" not in str(tools.proto)


def test_a_walk_is_planned_in_straight_lines_and_called_so(towns, monkeypatch):
    assert "まわる順と直線でつないだ長さが出ます" in said(
        opened("walks", towns["whole"], monkeypatch)
    )
    page = opened("walks", towns["whole"], monkeypatch, add_place="t0")
    text = said(page)
    assert "測り方 直線" in text, text
    assert "道のり" not in text.replace("道のりはこれより長い", "")
