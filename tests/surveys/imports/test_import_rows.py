"""Which site a row of a file meets, and rows that cannot be taken as they are."""

from dataclasses import replace

import pytest
from import_fixtures import PARKS, counts, export, row_of, site_named
from register_fixtures import LATER, new_version

from surveys.declaration.paths import changes
from surveys.imports.merge import merge_answers
from surveys.record.history import fold
from surveys.record.portable import Incoming, Portable
from surveys.types import RECORD_TYPES


def test_two_rows_of_one_site_are_named_and_the_first_is_taken(plan):
    made = plan(PARKS + "西町公園,焼津市西町1,34.86,138.31,999,あり,\n")
    assert counts(made) == {"new": 2, "problem": 1}
    of_rows = [one for one in made.problems if one.row]
    assert [(one.row, "2行目と同じ地点" in one.reason.ja) for one in of_rows] == [(4, True)]
    assert made.rows[2].version is None


def test_two_things_in_one_building_are_told_apart_by_where_they_are(take):
    text = "名称,設置位置,緯度,経度\n市役所,1階,34.86,138.31\n市役所,4階,34.86,138.31\n"
    assert counts(take(text, type_id="toilet")) == {"new": 2}
    assert counts(take(text, type_id="toilet", now=LATER)) == {"same": 2}


NEAR = [
    ("34.86004,138.31", "same name 4 m on", {"change": 1}),
    ("34.861,138.31", "same name 111 m on is another place", {"new": 1}),
    ("34.86,138.3104", "same name 37 m east", {"change": 1}),
]


@pytest.mark.parametrize(("at", "why", "expected"), NEAR)
def test_a_row_meets_the_site_of_its_name_within_50_m(take, plan, at, why, expected):
    take("名称,緯度,経度\n西町公園,34.86,138.31\n")
    assert counts(plan(f"名称,緯度,経度\n　西町 公園,{at}\n".replace(" ", ""))) == expected, why


def test_poles_of_one_name_keep_to_themselves_when_the_list_moves_a_little(take, plan):
    text = "名称,緯度,経度\n駅前,34.8600,138.31\n駅前,34.8603,138.31\n"
    take(text, type_id="bus_stop")
    made = plan(
        text.replace("34.8600", "34.86001").replace("34.8603", "34.86031"), type_id="bus_stop"
    )
    assert counts(made) == {"change": 2}
    assert len({row.site_id for row in made.rows}) == 2
    assert all(abs(c.after.y - c.before.y) < 0.00002 for row in made.rows for c in row.changes)


WHERE = [
    ("138.31,34.86", "入れかわって", "axes swapped"),
    ("0,0", "0です", "no fix of the receiver"),
    ("51.5,-0.1", "日本の外", "London"),
    ("999,999", "範囲", "a sentinel"),
    ("34.86,", "片方", "half a place"),
    ("北,東", "数として", "words"),
    (",", "場所がありません", "blank"),
]


@pytest.mark.parametrize(("at", "says", "why"), WHERE)
def test_a_place_that_cannot_be_is_named_and_the_row_kept(book, take, at, says, why):
    made = take(f"名称,緯度,経度,面積\n西町公園,{at},100\n")
    assert counts(made) == {"new": 1}, why
    assert any(says in one.reason.ja and one.row == 2 for one in made.problems), made.problems
    assert all(one.column for one in made.problems)
    assert site_named(book, "西町公園").place is None


@pytest.mark.parametrize(("at", "says", "why"), WHERE)
def test_a_row_with_neither_name_nor_place_is_not_taken(book, take, at, says, why):
    made = take(f"名称,緯度,経度,面積\n,{at},100\n")
    assert counts(made) == {"problem": 1}, why
    assert book.site_ids() == []


def test_a_bad_place_does_not_take_a_good_one_away(take, plan):
    take(PARKS)
    made = plan(PARKS.replace("34.86,138.31", "138.31,34.86"))
    assert row_of(made, "西町公園").action == "same"
    assert any("入れかわって" in one.reason.ja for one in made.problems)


def test_a_value_out_of_bounds_is_named_and_the_rest_of_the_row_taken(book, take):
    made = take(PARKS.replace("1200", "-5"))
    assert counts(made) == {"new": 2}
    assert [(one.row, one.column) for one in made.problems if one.row] == [(2, "面積")]
    assert "area_m2" not in site_named(book, "西町公園").answers


def test_an_id_of_another_record_type_is_refused_for_its_row_only(book, take, plan):
    take(PARKS)
    data = export(book, "park").decode("utf-8-sig")
    made = plan(data.encode("utf-8-sig"), type_id="toilet")
    assert counts(made) == {"problem": 2}
    assert all("別の調査票" in row.problems[-1].reason.ja for row in made.rows)


def test_anothers_ids_are_not_taken_for_ours(book, take):
    made = take("ID,site_id,名称,緯度,経度\n1,77,西町公園,34.86,138.31\n")
    assert counts(made) == {"new": 1}
    assert made.rows[0].site_id != "77"


def benches(*ids):
    return [{"_id": id_, "back": "yes"} for id_ in ids]


ORDERS = [
    (("b", "c"), {"benches/a": None}, "one went: the others only move up"),
    (("a", "b", "c"), {}, "nothing changed"),
    (("b", "a", "c"), {"benches/a": 2, "benches/b": 1}, "two changed places"),
    (("a", "b", "c", "d"), {"benches/d": 4, "benches/d/back": "yes"}, "one more at the end"),
]


@pytest.mark.parametrize(("ids", "expected", "why"), ORDERS)
def test_an_export_with_other_benches_changes_no_more_than_that(ids, expected, why):
    type_ = RECORD_TYPES["park"]
    before = fold([replace(new_version("s1", {"benches": benches("a", "b", "c")}), seq=1)])
    site = Portable(type="park", id="s1", answers={"benches": benches(*ids)})
    row = Incoming(sheet="", row=2, site=site, given=frozenset({"benches"}))
    merged = merge_answers(type_, row, before, own=True, kept=lambda _: False)
    assert changes(before.answers, merged.flat) == expected, why
