"""Answers in the form they are kept in."""

import pytest

from surveys.record.answers import check_answers
from surveys.types import RECORD_TYPES


@pytest.mark.parametrize(
    ("field", "kept", "why"),
    [
        ("about", "日かげが多い ベンチ二つ", "a text is one line"),
        ("note", "日かげが多い\nベンチ二つ", "a note keeps its lines"),
    ],
)
def test_lines_are_kept_where_lines_are_asked_for(field, kept, why):
    clean, faults = check_answers(RECORD_TYPES["park"], {field: "日かげが多い\r\nベンチ二つ"})
    assert (clean, faults) == ({field: kept}, []), why
