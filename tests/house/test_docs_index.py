"""Every page of the documents is reached from the index, in both languages, and no link is broken."""

import re
from urllib.parse import unquote

import pytest
from where import ROOT

from geo.base.version import VERSION

DOCS = ROOT / "docs"
_LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)\s]*)?\)")
INDEXES = (DOCS / "README.md", DOCS / "README.ja.md")
PAGES = {path for path in DOCS.rglob("*.md") if "screens" not in path.parts}


def links(page):
    """The files of this repository a page links to."""
    found = (unquote(one) for one in _LINK.findall(page.read_text(encoding="utf-8")))
    return {(page.parent / one).resolve() for one in found if "://" not in one and one[0] != "/"}


@pytest.mark.parametrize("index", INDEXES, ids=lambda path: path.name)
def test_every_page_is_reached_from_the_index(index):
    reached, todo = {index}, [index]
    while todo:
        new = {one for one in links(todo.pop()) if one.suffix == ".md" and one.is_file()} - reached
        # What only the readmes lead to is not reached from the index.
        new = {one for one in new if one.parent != ROOT}
        todo += new
        reached |= new
    other = {"README.md": "README.ja.md", "README.ja.md": "README.md"}[index.name]
    assert PAGES - reached - {DOCS / other} == set()
    mine = ".ja.md" if index.name.endswith(".ja.md") else ".md"
    for page in PAGES:
        if (
            page.name.endswith(mine)
            and (page.with_name(page.name.replace(mine, ".ja.md"))).is_file()
        ):
            assert page in links(index) | {index}, (
                f"{index.name} links the other language of {page.name}"
            )


@pytest.mark.parametrize(
    "page", sorted([*PAGES, *ROOT.glob("*.md"), ROOT / "benchmarks" / "README.md"]),
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)  # fmt: skip
def test_no_link_leads_nowhere(page):
    assert {one for one in links(page) if not one.exists()} == set()


def test_both_readmes_lead_to_the_index_and_the_index_names_this_version():
    for readme, index in zip(("README.md", "README.ja.md"), INDEXES, strict=True):
        assert index in links(ROOT / readme)
        text = index.read_text(encoding="utf-8")
        assert f"kayoi_map-{VERSION}-py3-none-any.whl" in text and len(text.splitlines()) < 80
    for name in ("upgrade.md", "upgrade.ja.md"):
        assert (
            f"to {VERSION}" in (text := (DOCS / name).read_text("utf-8")) or f"{VERSION} へ" in text
        )


def test_every_decision_is_in_their_list_by_its_own_title():
    listed = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    for path in sorted((DOCS / "decisions").glob("[0-9]*.md")):
        number, _, title = path.read_text("utf-8").splitlines()[0].removeprefix("# ").partition(" ")
        assert f"* [{number}]({path.name}) {title}\n" in listed, path.name
