"""docs/knows.md says what the code says, and an empty cell says why."""

import sys
from dataclasses import replace

import pytest
from where import ROOT

from geo.base.words import Words

sys.path.insert(0, str(ROOT / "docs"))

import read_knows
from make_knows import OUT, find_wrong, make_page, reasons_of

from layers.sheets.sheet import SHEETS
from pages.parts.frame.declared import find_pages
from surveys.store.kept import KINDS
from surveys.types import EVERY_TYPE


def test_the_page_is_what_the_code_makes():
    assert OUT.read_text(encoding="utf-8") == make_page(), "run python docs/make_knows.py"


def test_every_kind_and_every_type_has_a_row():
    text = OUT.read_text(encoding="utf-8")
    assert all(f"\n| {id_} " in text for id_ in [*KINDS, *EVERY_TYPE])


def test_every_reason_is_said_in_both_languages():
    for one in [*KINDS.values(), *EVERY_TYPE.values()]:
        assert len(dict(one.apart)) == len(one.apart), f"{one.id} gives two reasons for one column"
        assert all(words.ja and words.en for _, words in one.apart), one.id


WHY = Words("わけ", "why")


@pytest.mark.parametrize(
    ("cells", "reasons", "told"),
    [
        ({"map": ""}, {}, "nothing in the column map knows of plan"),
        ({"map": "tracks"}, {"map": WHY}, "take the reason out"),
        ({"map": "tracks"}, {"moon": WHY}, "a reason for moon, no column"),
        ({"map": ""}, {"map": WHY}, None),
        ({"map": "tracks"}, {}, None),
    ],
)
def test_an_empty_cell_has_a_reason_and_a_full_one_has_none(cells, reasons, told):
    wrong = find_wrong([("plan", WHY, cells, reasons)], "surveys/store/kept")
    assert wrong == [] if told is None else (len(wrong) == 1 and told in wrong[0])


def test_the_answers_of_a_kind_are_reasons_too():
    assert {"export", "backup", "restore"} <= set(reasons_of(KINDS["session"]))
    assert {"export", "undo", "backup"} & set(reasons_of(KINDS["plan"])) == set()


def test_a_kind_nobody_keeps_is_told(monkeypatch):
    assert read_knows.unknown_names() == []
    monkeypatch.setitem(SHEETS, "walk", replace(SHEETS["walk"], kinds=("moon",)))
    assert read_knows.unknown_names() == ["layers/sheets/walk.py names a kind 'moon' there is not"]


def test_the_page_of_reports_is_of_the_types_reports_count():
    with read_knows.open_demo() as demo:
        counted = set().union(*read_knows.types_of_reports(demo).values())
    assert set(find_pages()["reports"].types) == counted
