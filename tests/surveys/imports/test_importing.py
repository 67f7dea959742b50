"""Bringing files in: what is taken, what stays, and that it can be undone."""

import pytest
import shapely
from import_fixtures import (
    PARKS,
    counts,
    diff,
    edit,
    export,
    held,
    row_of,
    site_named,
    states,
    survey,
)
from register_fixtures import LATER, new_version, open_sqlite
from register_strategies import READ_BACK

from geo.base.problems import InputError
from surveys.formats.format import FORMATS
from surveys.imports.bring_in import bring_in
from surveys.imports.importing import apply_plan, say_plan
from surveys.record.history import Origin

TOLD = Origin(source="told", sure="sure", by="職員", on="2026-11-20")


def test_the_same_file_twice_adds_no_version(book, take, plan):
    assert counts(take(PARKS)) == {"new": 2}
    before = len(book.all_versions())
    again = take(PARKS, now=LATER)
    assert counts(again) == {"same": 2}
    assert all(row.version is None for row in again.rows)
    assert len(book.all_versions()) == before
    assert len(book.batches()) == 1


def test_a_new_site_is_told_by_a_file_on_its_day(book, take):
    take(PARKS)
    version = book.versions(site_named(book, "西町公園").id)[0]
    assert (version.kind, version.origin.source, version.origin.by) == ("import", "imported", "係")
    assert version.origin.on == "2026-04-01"
    assert version.note == "公園.csv"
    assert site_named(book, "西町公園").state.seen_on == ""


@pytest.mark.parametrize("format_id", READ_BACK)
def test_an_export_untouched_is_the_same(book, take, plan, format_id):
    take(PARKS)
    survey(book, "西町公園", {"benches": [{"_id": "a"}, {"_id": "b", "back": "yes"}]})
    data = export(book, "park", format_id)
    assert counts(plan(data, file=f"台帳{FORMATS[format_id].suffix}")) == {"same": 2}


@pytest.mark.parametrize("format_id", READ_BACK)
def test_an_export_after_a_bench_went_is_the_same(book, take, plan, format_id):
    # The first bench is gone, so the order of the others no longer begins at 1.
    take(PARKS)
    survey(book, "西町公園", {"benches": [{"_id": "a"}, {"_id": "b"}, {"_id": "c"}]})
    site = site_named(book, "西町公園")
    book.save(
        new_version(
            site.id, {**site.answers, "benches": site.answers["benches"][1:]}, before=site.state
        )
    )
    data = export(book, "park", format_id)
    assert counts(plan(data, file=f"台帳{FORMATS[format_id].suffix}")) == {"same": 2}


def test_an_edited_export_changes_exactly_the_edited_cells(book, take, plan):
    take(PARKS)
    data = edit(export(book, "park"), "西町公園", 面積="1300", 気づいたこと="杉が多い")
    made = plan(data)
    assert counts(made) == {"change": 1, "same": 1}
    assert diff(row_of(made, "西町公園")) == {"area_m2": 1300, "note": "杉が多い"}


def test_a_blank_cell_of_our_export_takes_a_value_away_and_of_another_file_does_not(
    book, take, plan
):
    take(PARKS)
    ours = plan(edit(export(book, "park"), "西町公園", 面積=""))
    assert diff(row_of(ours, "西町公園")) == {"area_m2": None}
    theirs = plan(PARKS.replace("1200", ""))
    assert counts(theirs) == {"same": 2}


def test_a_cell_of_our_export_that_cannot_be_read_takes_nothing_away(book, take, plan):
    take(PARKS)
    made = plan(edit(export(book, "park"), "西町公園", 面積="ひろい", 緯度="きた"))
    assert diff(row_of(made, "西町公園")) == {}
    assert {one.column for one in made.problems} == {"面積", "緯度"}


def test_our_export_makes_the_same_sites_in_a_new_register(desk, book, take, tmp_path):
    take(PARKS)
    survey(book, "西町公園", {"water": "no"})
    other = open_sqlite(tmp_path / "other")
    data = export(book, "park")
    made, _ = bring_in(
        other, "park", data, file="台帳.csv", by="係", on="", now=LATER, new_id=desk.new_id
    )
    apply_plan(other, made)
    assert states(other).keys() == states(book).keys()
    here, there = site_named(book, "西町公園"), site_named(other, "西町公園")
    assert there.answers == here.answers
    assert there.place.equals(here.place)
    said = other.versions(there.id)[0]
    assert said.origin_of("water").source == "surveyed"
    other.engine.dispose()


def test_an_edited_value_is_no_longer_told_by_who_told_it_before(book, take):
    take(PARKS)
    survey(book, "西町公園", {"water": "no"})
    take(edit(export(book, "park"), "西町公園", 水飲み="あり"))
    site = site_named(book, "西町公園")
    version = book.versions(site.id)[-1]
    assert site.answers["water"] == "yes"
    assert version.origin_of("water").source == "imported"


def test_a_value_surveyed_after_the_export_was_written_stays(book, take, plan):
    take(PARKS)
    old = export(book, "park")
    survey(book, "西町公園", {"water": "no"})
    made = plan(edit(old, "西町公園", 面積="1300"))
    row = row_of(made, "西町公園")
    assert diff(row) == {"area_m2": 1300}
    assert held(row) == {"water": "yes"}
    assert any("書き出したあとに" in one.reason.ja for one in made.problems)


SEEN_OR_TOLD = [
    ("surveyed", Origin(source="surveyed", sure="sure", by="係", on="2026-11-20"), True),
    ("told by the operator", TOLD, True),
    ("read from an earlier file", Origin(source="imported", sure="sure", by="係", on=""), False),
    ("taken from OpenStreetMap", Origin(source="osm", sure="sure", by="係", on=""), False),
]


@pytest.mark.parametrize(("why", "origin", "stays"), SEEN_OR_TOLD)
def test_what_was_seen_or_told_stays_against_anothers_file(book, take, plan, why, origin, stays):
    take(PARKS)
    survey(book, "西町公園", {"water": "no", "area_m2": 1250}, origin=origin)
    made = plan(PARKS.replace("1200", "1260"))
    row = row_of(made, "西町公園")
    if stays:
        assert held(row) == {"water": "yes", "area_m2": 1260}, why
        assert row.action == "same"
        assert "いまの値を残します" in "".join(one.ja for one in say_plan(made))
    else:
        assert diff(row) == {"water": "yes", "area_m2": 1260}, why


def test_a_value_a_person_took_away_does_not_come_back(book, take, plan):
    take(PARKS)
    site = site_named(book, "西町公園")
    rest = {key: value for key, value in site.answers.items() if key != "water"}
    book.save(new_version(site.id, rest, before=site.state))
    made = plan(PARKS)
    assert held(row_of(made, "西町公園")) == {"water": "yes"}


def test_a_place_and_a_status_seen_on_site_stay(book, take, plan):
    text = "名称,緯度,経度,状態\n西町公園,34.86,138.31,いまもある\n"
    take(text)
    site = site_named(book, "西町公園")
    moved = shapely.Point(138.3101, 34.86)
    book.save(
        new_version(site.id, site.answers, before=site.state, place=moved, status={"is": "closed"})
    )
    made = plan(text.replace("いまもある", "休止"))
    row = row_of(made, "西町公園")
    assert row.action == "same"
    assert held(row) == {"@place": site.place, "@status": {"is": "paused"}}


LINES = (
    "路線名,バス停留所,緯度,経度,A_方面,A_平日便1,A_平日便2,A_車椅子乗降\n"
    "港線,西町,34.86,138.31,駅行き,7:00,{},\n"
)


def test_a_new_timetable_renews_a_line_while_what_a_person_saw_of_it_stays(book, take, plan):
    take(LINES.format(""), type_id="bus_stop", file="bus.csv")
    site = site_named(book, "西町")
    line = dict(site.answers["lines"][0])
    survey(book, "西町", {"lines": [{**line, "wheelchair": "no"}]})
    made = plan(
        LINES.format("8:00").replace("8:00,", "8:00,○") + "川線,西町,34.86,138.31,川行き,9:00,,\n",
        type_id="bus_stop", file="bus.csv",
    )  # fmt: skip
    row = made.rows[0]
    path = f"lines/{line['_id']}"
    assert diff(row)[f"{path}/weekday_count"] == 2
    assert diff(row)[f"{path}/last_time"] == "08:00"
    assert held(row) == {f"{path}/wheelchair": "yes"}
    assert sum(key.count("/") == 1 for key in diff(row)) == 1  # the new line comes beside it


def test_anothers_file_adds_no_bench_where_a_person_counted_them(book, take, plan):
    take(PARKS)
    survey(book, "西町公園", {"benches": [{"_id": "a"}]})
    made = plan("名称,緯度,経度,ベンチ数\n西町公園,34.86,138.31,3\n")
    row = row_of(made, "西町公園")
    assert diff(row) == {}
    assert set(held(row)) == {"benches/1", "benches/2", "benches/3"}


def test_a_smaller_number_of_benches_in_the_next_list_takes_the_rest_away(book, take, plan):
    text = "名称,緯度,経度,ベンチ数\n西町公園,34.86,138.31,{}\n"
    take(text.format(3))
    assert diff(plan(text.format(2)).rows[0]) == {"benches/3": None}
    assert set(diff(plan(text.format(4)).rows[0])) == {"benches/4"}
    assert counts(plan(text.format(3))) == {"same": 1}


def test_a_site_without_a_place_gets_it_from_the_next_list(book, take, plan):
    take("名称,所在地,緯度,経度\n西町公園,西町1,0,0\n")
    made = plan("名称,所在地,緯度,経度\n西町公園,西町1,34.86,138.31\n")
    assert counts(made) == {"change": 1}
    assert set(diff(made.rows[0])) == {"@place"}


def test_a_site_on_which_people_differ_is_not_settled_by_a_file(book, take, plan):
    take(PARKS)
    site = site_named(book, "西町公園")
    for value in ("no", "unknown"):
        book.save(new_version(site.id, {**site.answers, "water": value}, before=site.state))
    assert "water" in book.site(site.id).state.conflicts
    made = plan(
        PARKS.replace(
            "西町公園,焼津市西町1,34.86,138.31,1200,あり",
            "西町公園,焼津市西町1,34.86,138.31,1300,あり",
        )
    )
    assert diff(row_of(made, "西町公園")) == {"area_m2": 1300}


def test_an_unknown_record_type_is_refused_in_words(plan):
    with pytest.raises(InputError, match="no record type"):
        plan(PARKS, type_id="castle")
