"""Registries: what is found, and what stops where it is declared."""

from dataclasses import dataclass

import pytest

from geo.base.registry import by_id, find_entries, in_order, read_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    id: str
    order: int


ONE, TWO = Thing(id="one", order=2), Thing(id="two", order=1)


def test_entries_of_a_table_are_known_by_their_ids_in_the_order_written():
    assert by_id([ONE, TWO]) == {"one": ONE, "two": TWO}
    assert list(by_id([ONE, TWO])) == ["one", "two"]


def test_the_last_of_two_with_one_id_does_not_win_unseen():
    with pytest.raises(ValueError, match="two of Thing have the id 'one'; give one of them"):
        by_id([ONE, TWO, Thing(id="one", order=9)])


def test_entries_stand_in_the_order_they_declare():
    assert list(in_order({"one": ONE, "two": TWO})) == ["two", "one"]


def test_two_at_one_place_are_told_with_the_places_that_are_taken():
    with pytest.raises(ValueError, match=r"one and three both declare order=2.*taken: 1, 2, 2"):
        in_order({"one": ONE, "two": TWO, "three": Thing(id="three", order=2)})


FAULTS = [
    ("", "sample.py declares no THING; write one", "nothing declared"),
    ('THING = Thing(id="other", order=1)', "declares the id 'other', not its own", "another id"),
    ('THING = Thing(id="sample", order=1 + 1)', r"line 1: only texts.*Thing", "a sum"),
]


@pytest.mark.parametrize(("text", "says", "why"), FAULTS)
def test_a_script_that_declares_wrongly_is_told_by_its_file(tmp_path, text, says, why):
    (tmp_path / "sample.py").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=says):
        read_entries(tmp_path, "THING", {"Thing": Thing})
    assert why


def test_a_module_that_declares_nothing_is_told_by_its_name():
    with pytest.raises(
        ValueError, match=r"surveys\.rules\.group_words declares no RULE; write one"
    ):
        find_entries("surveys.rules", "RULE")
