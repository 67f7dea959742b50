"""A record type that cannot be used as the others are is refused, and told what to do."""

from dataclasses import replace

import pytest

from surveys.declaration.check_type import check_type
from surveys.types import LOGS, RECORD_TYPES

BENCH, PARK = RECORD_TYPES["bench"], RECORD_TYPES["park"]


def fields(keep, type_=BENCH):
    """The type with only the fields a rule keeps."""
    return replace(type_, fields=tuple(one for one in type_.fields if keep(one)))


def each(type_=BENCH, **change):
    return replace(type_, fields=tuple(replace(one, **change) for one in type_.fields))


def sign(**change):
    return replace(BENCH, marker=replace(BENCH.marker, **change))


def things(**change):
    """The park, its repeated things changed."""
    changed = tuple(
        replace(one, item=replace(one.item, **change)) if one.item else one for one in PARK.fields
    )
    return replace(PARK, fields=changed)


FAULTS = [
    (fields(lambda one: one.id in ("name", "note", "photos")), "put first=True on 6 to 10"),
    (each(first=True), "put first=True on 6 to 10"),
    (each(filtered=False), "filtered by 0 questions"),
    (each(filtered=True), "put filtered=True on 2 to 5"),
    (fields(lambda one: one.id != "name"), "take NAME of common_fields"),
    (fields(lambda one: one.id != "note"), "take FINDINGS of common_fields"),
    (fields(lambda one: one.id != "photos"), "take PHOTOS of common_fields"),
    (replace(BENCH, fields=BENCH.fields[::-1]), "begin fields with NAME"),
    (replace(BENCH, fields=()), "begin fields with NAME"),
    (replace(BENCH, fresh_months=0), "after how many months"),
    (replace(BENCH, fresh_months=37), "after how many months"),
    (replace(BENCH, walking_m=0), "or None where no figure is known"),
    (replace(BENCH, walking_m=2001), "or None where no figure is known"),
    (replace(BENCH, shapes=()), "no shapes"),
    (sign(colour="#b00020"), "six capital digits"),
    (sign(colour="red"), "six capital digits"),
    (sign(shape=""), "give both shape and glyph"),
    (sign(glyph="", strokes=""), "give both shape and glyph"),
    (sign(glyph='"/><script>'), "the marker's glyph is no path data"),
    (sign(shape=PARK.marker.shape), "the marker's shape is that of park; draw another"),
    (sign(shape="url(#a)"), "the marker's shape is no path data"),
    (replace(LOGS["activity"], fresh_months=6), "a log is no place"),
    (replace(LOGS["activity"], pin_needed=True), "a log is no place"),
    (things(marker="throne"), "drawn as 'throne', which is no record type"),
    (things(fields=PARK.field("benches").item.fields[-1:]), "0 questions are asked first"),
]


@pytest.mark.parametrize(("type_", "says"), FAULTS, ids=[says for _, says in FAULTS])
def test_what_is_wrong_with_a_type_is_told_with_what_to_do(type_, says):
    with pytest.raises(ValueError, match=says.replace("(", r"\(")) as told:
        check_type(type_, among=RECORD_TYPES)
    assert all(
        line.startswith(f"record type {type_.id}: ") for line in str(told.value).splitlines()
    )


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(ValueError, match="shapes") as told:
        check_type(replace(BENCH, fields=(), shapes=(), fresh_months=0), among=RECORD_TYPES)
    assert len(str(told.value).splitlines()) == 8
