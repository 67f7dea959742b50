"""People no figure counts are said first when they are many, and the figure is not the town's."""

from dataclasses import replace

import numpy as np
import pytest
from toy_town import COVERED, toy_town

from geo.coverage.asking import parse_question
from geo.export.files import export_table
from geo.say.sentence import lines_of, say_coverage, say_missed
from geo.say.sentences import say_left_out, say_people
from geo.town import ask


def missing(off=0, lost=0, between=0, counted=40):
    totals = COVERED.totals | {"within": counted - 30, "off_network": off}
    left = COVERED.left_out | {"not_placed": lost, "between_areas": between}
    return replace(COVERED, totals=totals, left_out=left)


@pytest.mark.parametrize(
    ("coverage", "lines", "why"),
    [
        (missing(), 0, "nobody"),
        (missing(off=1, counted=99), 0, "one per cent exactly"),
        (missing(off=2, counted=99), 1, "above one per cent"),
        (missing(lost=2, counted=99), 1, "without a place"),
        (missing(between=2, counted=99), 1, "in no area of the division"),
        (missing(off=3, lost=3, between=3, counted=41), 1, "18 %: together"),
        (missing(off=10, counted=40), 2, "20 % exactly: not the town's figure"),
        (missing(lost=24_142, counted=25_079), 2, "half the city"),
    ],
)
def test_who_is_missed_is_said_before_any_figure(coverage, lines, why):
    said = say_missed(coverage)
    assert len(said) == lines, why
    whole = say_coverage(coverage)
    assert whole[:lines] == said and len(whole) == lines + 2, why
    if lines:
        assert f"{coverage.missed:,}人" in whole[0].ja and f"{coverage.missed:,}" in whole[0].en
        assert whole[0].ja.startswith("65歳以上の"), why
    if lines > 1:
        assert "街ぜんたいの数字として使わないで" in whole[1].ja
        assert "the town as a whole" in whole[1].en


def test_the_count_is_marked_for_the_page():
    first = lines_of(missing(lost=50), "ja")[0]
    assert [(part.text, part.unit) for part in first if part.mark == "missed"] == [("50", "人")]


def asked(people="65"):
    return parse_question(division="町", people=people, walker="elderly", within="500m")


def test_a_town_tells_its_lost_people_by_the_age_asked_for():
    told = {"people_left_out": 90, "people_not_placed": {"all": 90, "65": 30, "75": 10}}
    town = replace(toy_town(), facts=told)
    for people, lost in (("all", 90), ("65", 30), ("75", 10)):
        found = ask(town, asked(people))
        assert found.left_out["not_placed"] == lost
        assert f"{lost}人" in say_coverage(found)[0].ja
        assert any(
            f"{lost}人" in words.ja for words in say_left_out(found) if "置けなかった" in words.ja
        )
    old = replace(town, facts={"people_left_out": 90})  # built before ages were told
    assert ask(old, asked("65")).left_out["not_placed"] == 0
    assert ask(old, asked("all")).left_out["not_placed"] == 90


def test_people_within_the_border_but_in_no_area_are_missed_and_those_beyond_are_not():
    homes = [(0.0, 0.0), (400.0, 400.0), (480.0, 0.0)]
    town = toy_town(homes=homes)
    small = town.areas.set_geometry(town.areas.buffer(-60))  # leaves out the first corners
    found = ask(replace(town, areas=small), asked())
    assert found.left_out["between_areas"] == 20 and found.left_out["outside_division"] == 30
    assert "20人" in say_coverage(found)[0].ja or found.missed == 20


def test_numbers_of_all_ages_say_so():
    facts = {"people_left_out": 9, "one_point_a_place": True}
    cells = toy_town().cells.assign(people_unknown=1)
    said = [words.ja for words in say_people(replace(toy_town(), facts=facts, cells=cells))]
    assert all("全年齢" in one for one in said) and len(said) == 3
    assert "ごとの1点" in said[0]


def test_the_table_ends_with_all_areas_together():
    town = toy_town()
    found = ask(town, asked())
    rows = [line.split(",") for line in export_table(found, keys="ja").splitlines()]
    total = dict(zip(rows[0], rows[-1], strict=True))
    only = dict(zip(rows[0], rows[1], strict=True))
    assert total["地区名"] == "合計" and len(rows) == 3
    assert total.pop("道のデータ不足") == ""
    for head in [one for one in rows[0][3:] if one in total]:  # of one area: its own figures
        assert total[head] == only[head], head
    assert export_table(found, keys="en").splitlines()[-1].split(",")[1] == "total"
    assert found.whole["people"] == found.totals["people"] and np.isfinite(found.whole["share"])


def without_way(people, counted=100):
    totals = COVERED.totals | {"within": counted - 30, "outside": 30}
    return replace(COVERED, totals=totals, left_out=COVERED.left_out | {"no_path": people})


@pytest.mark.parametrize(
    ("people", "lines", "why"),
    [(0, 0, "nobody"), (1, 0, "one per cent exactly"), (2, 1, "above it"), (19, 1, "below a fifth"),
     (20, 2, "a fifth: not the town's figure")],
)  # fmt: skip
def test_who_has_no_way_to_any_salon_is_said_before_any_figure(people, lines, why):
    found = without_way(people)
    told = say_missed(found)
    assert len(told) == lines, why
    assert say_coverage(found)[:lines] == told, why
    if lines:
        assert f"{people}人（{people}.0％）は、歩ける道がとぎれていて" in told[0].ja
        assert f"{people} ({people}.0%)" in told[0].en and "no salon at all" in told[0].en
    if lines > 1:
        assert "街ぜんたいの数字として使わないで" in told[1].ja


def test_people_off_the_network_and_people_without_a_way_are_told_apart():
    found = without_way(30)
    found = replace(found, totals=found.totals | {"off_network": 50})
    first, second, third = say_missed(found)
    assert "50人" in first.ja and "30人" in second.ja and "使わないで" in third.ja
