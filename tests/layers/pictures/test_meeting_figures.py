"""A meeting's own screens: why of one area on a map around it, and what is to be done by whom."""

from dataclasses import replace

import numpy as np
import shapely
from toy_town import toy_town
from unknown_towns import unknown_town
from wished_groups import two_areas

from geo.base.words import Words
from geo.coverage.asking import parse_question
from geo.say.sentence import read_line
from geo.tables.tables import each_row
from geo.toy import toy_sites
from layers.day.day import Day
from layers.day.gaps import day_gaps
from layers.day.plan_effect import find_effect
from layers.day.salons import When
from layers.day.told import Told
from layers.day.why import why_outside
from layers.pictures.area_map import whole_town
from layers.pictures.gaps import gaps_figure, places_figure
from layers.pictures.look import NUMBERED
from layers.pictures.meeting import next_figure, undecided_figure, why_figure, worst_area
from layers.pictures.slide import draw_slide
from surveys.record.plan import Change, Plan

ASKED = parse_question(division="町", people="65", walker="elderly", within="300m")


def town_day():
    town = two_areas(unknown_town(np.random.default_rng(0)))
    return Day(
        told=Told(town=replace(town, sites=toy_sites([(100.0, 100.0)]))), when=When(on="2026-11-21")
    )


def test_why_is_told_of_the_worst_area_on_a_map_within_the_town():
    day = town_day()
    coverage = day.ask(ASKED)
    area = worst_area(coverage)
    row = coverage.areas.set_index("area_id").loc[area]
    assert row["outside"] == coverage.areas["outside"].max() > 0
    figure = why_figure(day, coverage, why_outside(day, ASKED, coverage), area, "ja")
    assert str(row["area_name"]) in figure.title.ja
    assert f"{int(row['outside']):,}人" in read_line(figure.lines[0]) and len(figure.lines) == 3
    ((_, drawn),) = figure.maps
    assert any("通うことは同じではありません" in one.ja for one in figure.notes)
    assert [one.hatch for one in drawn.looks].count("gap") == 1
    assert not any(one.plate for one in drawn.looks)
    shown, town = shapely.box(*figure.window_m), shapely.box(*whole_town(drawn.border))
    at = coverage.areas["area_id"].tolist().index(area)
    assert shown.contains(drawn.shapes[at].centroid) and shown.intersects(town)


def test_what_we_do_lists_each_change_its_recorder_and_what_it_brings():
    town = toy_town(toy_sites([(0.0, 0.0), (400.0, 400.0)]))
    day = Day(told=Told(town=town), when=When(on="2026-11-21"))
    changes = (Change(do="close", site_id="s0"),)
    plan = Plan(id="p", number=1, parent=0, title="閉じる案", changes=changes, by="地区の係",
                made_at="2026-12-01T00:00:00.000Z")  # fmt: skip
    effect = find_effect(day, changes, ASKED)
    figure = next_figure(day, plan, effect, ASKED, "ja")
    assert [(mark, who) for mark, _, who in figure.rows] == [("1", "地区の係")]
    ((_, drawn),) = figure.maps
    assert [one.badge for one in drawn.signs if one.number] == ["closed"]
    assert any("閉じる所" in words.ja for words, _, _ in figure.legend)
    assert "kz-sign-salon-closed" in draw_slide(figure, "ja")
    lost = effect.known.of("65")["lost"]
    assert lost == 10 and f"{lost:,}人" in read_line(figure.lines[1])
    assert any("閉じた日に" in one.ja for one in figure.notes)
    title = Words("どの案か", "Which?")
    add = Change(do="add", at=day.built.plane.to_lonlat(200.0, 200.0))
    both = replace(plan, id="q", changes=(*changes, add))
    told = [("A", plan, effect.known), ("B", both, find_effect(day, both.changes, ASKED).known)]
    open_ = undecided_figure(day, day.ask(ASKED), title, "ja", told)
    assert open_.rows[0] == ("A", "閉じる案", f"−{lost:,}") and not open_.lines
    ((_, drawn),) = open_.maps
    assert [one.number for one in drawn.signs if one.number] == ["A", "B1", "B2"]
    assert not any("番号" in words.ja for words, _, _ in open_.legend)


def test_the_first_screen_shows_the_places_of_the_list_with_their_numbers_and_figures():
    day = town_day()
    coverage = day.ask(ASKED)
    gaps = day_gaps(day, ASKED, coverage)
    figure = places_figure(day, gaps, Words("何人か", "How many?"), "ja")
    assert [(mark, told) for mark, _, told in figure.rows] == [
        (str(row.rank), f"{row.people:,}人") for row in each_row(gaps.table.head(NUMBERED))
    ]
    ((_, drawn),) = figure.maps
    areas = len(coverage.areas)
    assert not any(one.hatch or one.plate for one in drawn.looks[:areas])
    numbered = [one.plate for one in drawn.looks[areas:] if one.plate]
    assert numbered == [mark for mark, _, _ in figure.rows]
    assert len(drawn.shapes) == len(drawn.looks) > areas
    worst = coverage.areas.set_index("area_id").loc[worst_area(coverage, gaps)]
    assert worst["area_name"] == gaps.table["division_area"].iloc[0]
    said = gaps_figure(day, gaps, ASKED, "ja")
    assert figure.rows == said.rows and f"{gaps.table['people'].iloc[0]:,}人" in read_line(
        said.lines[0]
    )
    assert draw_slide(said, "ja").count("<svg") >= 2
