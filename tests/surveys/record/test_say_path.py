"""What a value of a record is called, also one of a list and one no longer asked."""

import pytest

from surveys.declaration.paths import flatten
from surveys.record.history import PLACE, STATUS
from surveys.record.say_path import say_path
from surveys.types import RECORD_TYPES

PARK = RECORD_TYPES["park"]
FLAT = flatten(PARK, {"benches": [{"_id": "b"}, {"_id": "a"}]})


@pytest.mark.parametrize(
    ("path", "ja", "en"),
    [
        (PLACE, "場所", "Place"),
        (STATUS, "いまの状態", "Status"),
        ("gone", "前の調査票の項目（gone）", "an earlier question (gone)"),
    ],
)
def test_a_path_outside_the_questions_has_its_own_words(path, ja, en):
    said = say_path(PARK, path, {})
    assert (said.ja, said.en) == (ja, en)


def test_a_question_is_called_as_it_is_asked():
    for field in PARK.fields:
        if field.item is None:
            assert say_path(PARK, field.id, {}) == field.words


def test_a_thing_of_a_list_is_called_by_its_number_in_it():
    assert say_path(PARK, "benches/a", FLAT).ja == "ベンチ2"
    assert say_path(PARK, "benches/b", FLAT).en == "bench 1"
    inner = PARK.field("benches").item.fields[0]
    said = say_path(PARK, f"benches/a/{inner.id}", FLAT)
    assert (said.ja, said.en) == (f"ベンチ2：{inner.words.ja}", f"bench 2: {inner.words.en}")
    assert say_path(PARK, "benches/gone", FLAT).ja == "ベンチ"
