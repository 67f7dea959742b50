"""Pictures for a slide: one SVG that needs nothing else, says what the page says, and no private door."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
import shapely
from toy_town import toy_town

from geo.base.words import Words
from geo.coverage.asking import parse_question
from geo.say.in_short import say_in_short
from geo.say.sentence import say_coverage
from geo.say.week import days_known, say_week_aloud
from geo.toy import toy_sites
from layers.day.day import Day
from layers.day.salons import When, list_given
from layers.day.told import Told
from layers.day.week import WEEK_WORDS, day_week
from layers.paper.paper import lay_paper
from layers.paper.signs import Sign
from layers.pictures.area_map import AreaMap, draw_area_map
from layers.pictures.figure import salon_signs
from layers.pictures.figures import coverage_figure, week_figure
from layers.pictures.hatch import draw_dots, draw_hatch
from layers.pictures.look import Look, coverage_looks, moved_looks
from layers.pictures.rows import lay_rows
from layers.pictures.slide import draw_slide
from layers.pictures.text import groups_of_text, lay
from surveys.record.wanted import Wanted

SVG = "{http://www.w3.org/2000/svg}"
NEAR = parse_question(division="町", people="65", walker="elderly", within="300m")
TITLE = Words("だれが歩いて通えるか", "Who can walk to a salon?")
HOSTILE = "</text><script>alert(1)</script>{{7*7}}${x}`\"'&\x00\ufffe"
SQUARE = shapely.box(0, 0, 1000, 1000)
PAPER = lay_paper((0, 0, 1000, 1000), width_mm=100, height_mm=100)


def toy_day(*schedules):
    table = toy_sites([(0.0, 0.0), (400.0, 400.0), (400.0, 0.0)]).assign(schedule=list(schedules))
    town, wanted = toy_town(table), Wanted()
    return Day(
        told=Told(town=town), when=When(on="2026-11-21"), wanted=wanted,
        given=list_given(table, wanted),
    )  # fmt: skip


DAY = toy_day("毎週火曜 10:00", "第2火曜 10:00", "不定期")


def parsed(svg):
    root = ET.fromstring(svg)  # noqa: S314 - our own
    assert root.tag == f"{SVG}svg"
    assert not {one.tag for one in root.iter()} & {f"{SVG}script", f"{SVG}image", f"{SVG}style"}
    assert not any(key.lower().startswith("on") for one in root.iter() for key in one.attrib)
    assert "http" not in svg.replace("xmlns='http://www.w3.org/2000/svg'", "")
    return root


def said(svg):
    return "".join("".join(one.itertext()) for one in parsed(svg).iter(f"{SVG}text"))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_slide_says_the_pages_sentence_and_needs_nothing_else(lang):
    coverage = DAY.ask(NEAR)
    svg = draw_slide(coverage_figure(DAY, coverage, TITLE, lang), lang)
    root, text = parsed(svg), said(svg).replace(" ", "")
    assert (root.get("width"), root.get("height")) == ("1920", "1080")
    for line in (TITLE, *say_coverage(coverage)):
        assert line.say(lang).replace(" ", "") in text
    assert (
        say_in_short(DAY.built, NEAR, salons=3, on="2026-11-21").say(lang).replace(" ", "") in text
    )
    assert draw_slide(coverage_figure(DAY, coverage, TITLE, lang), lang) == svg


def test_a_hostile_name_is_only_text():
    figure = coverage_figure(DAY, DAY.ask(NEAR), Words(HOSTILE, HOSTILE), "ja")
    svg = draw_slide(replace(figure, rows=(("1", HOSTILE, "5人"),), credits=HOSTILE), "ja")
    parsed(svg)
    assert "<script" not in svg and "{{" not in svg and "${" not in svg
    assert "alert(1)" in said(svg)


def test_a_long_row_takes_the_lines_it_needs_and_is_cut_only_where_there_is_no_room():
    long = "通いの場をふやす：南町会館の新しい集まり、毎週火曜 10:00〜11:30、南町・中央公民館から北へ120m"
    base = coverage_figure(DAY, DAY.ask(NEAR), TITLE, "ja")
    few = draw_slide(replace(base, rows=(("1", long, ""), ("2", long, "12,345人"))), "ja")
    assert said(few).count(long) == 2 and "…" not in said(few)
    many = draw_slide(replace(base, rows=tuple((str(at), long * 3, "") for at in range(6))), "ja")
    assert "…" in said(many)
    rows = lay_rows(
        replace(base, rows=(("1", long, "5人"),)), "ja", size=1, rows=1, lines=2, wide=640
    )
    assert [len(one.lines) for one in rows] == [1, 2] and rows[1].high > rows[0].high


def test_a_week_has_a_small_map_a_day_at_one_extent():
    week = day_week(DAY, NEAR)
    figure = week_figure(DAY, week, NEAR, "any", TITLE, "ja")
    names = [name for name, _ in figure.maps]
    assert (
        len(names) == 8 and names[1] == "火曜　20人（50.0％）" and names[0].startswith("月曜　0人")
    )
    steps = [one.looks[0].step for _, one in figure.maps]
    assert steps[1] == 2 and steps[0] == 0  # half of them; nobody
    boxes = {one.get("viewBox") for one in parsed(draw_slide(figure, "ja")).iter(f"{SVG}svg")}
    assert len(boxes - {"0 0 1920 1080"}) == 1 + len(
        {width for _, art, width in figure.legend if art}
    )


def test_a_week_aloud_by_hand():
    week = day_week(DAY, NEAR)
    first, second = say_week_aloud(week, NEAR, WEEK_WORDS)
    assert first.ja == (
        "65歳以上 40人のうち、その時間に開く通いの場が徒歩300m以内にある人は、"
        "火曜の午前がいちばん多く、20人（50.0％）です"
    )
    assert second.ja.endswith("0人です") and "日曜の午前・午後" in second.ja
    assert days_known(week) and not days_known(day_week(toy_day("不定期", "", ""), NEAR))


def test_a_private_home_is_a_square_and_never_a_sign(monkeypatch):
    home = str(DAY.salons["site_id"].iloc[0])
    day = replace(DAY)
    monkeypatch.setitem(day.__dict__, "homes", frozenset({home}))
    signs, squares = salon_signs(day)
    door = shapely.Point(*DAY.salons[["x_m", "y_m"]].iloc[0])
    assert len(signs) == 2 and len(squares) == 1
    assert all((one.x_m, one.y_m) != (door.x, door.y) for one in signs)
    assert squares[0].buffer(0.01).contains(door) and 30_000 < squares[0].area < 90_000
    assert squares[0].centroid.distance(door) > 1
    figure = coverage_figure(day, day.ask(NEAR), TITLE, "ja")
    assert "個人の家" in said(draw_slide(figure, "ja"))


def lines_of(art):
    """The strokes of a hatch, (dx, dy) on the paper, y down."""
    path = re.findall(r"<path d='([^']*)' fill='none' stroke='#\w+' stroke-width='\d+'/>", art)[0]
    return [tuple(map(int, one)) for one in re.findall(r"M-?\d+ ?-?\d+l(-?\d+) ?(-?\d+)", path)]


@pytest.mark.parametrize(
    ("hatch", "side", "why"),
    [("gap", -1, "up to the right"), ("lost", -1, "as a gap"), ("gained", 1, "down to the right")],
)
def test_gained_and_lost_lean_to_different_sides(hatch, side, why):
    strokes = lines_of(draw_hatch(np.array([SQUARE]), hatch, PAPER))
    assert len(strokes) > 10
    assert all(np.sign(dx) * np.sign(dy) == side for dx, dy in strokes), why


def test_a_hatch_stays_within_its_area():
    ring = SQUARE.difference(shapely.box(300, 300, 700, 700))
    art = draw_hatch(np.array([ring]), "gap", PAPER)
    path = re.findall(r"<path d='([^']*)' fill='none' stroke='#\w+' stroke-width='51'/>", art)[0]
    hole = shapely.box(3001, 3001, 6999, 6999)
    for x, y, dx, dy in re.findall(r"M(-?\d+) ?(-?\d+)l(-?\d+) ?(-?\d+)", path):
        stroke = shapely.LineString([(int(x), int(y)), (int(x) + int(dx), int(y) + int(dy))])
        assert not stroke.crosses(hole) and not stroke.within(hole)


def test_what_is_not_known_never_looks_like_nobody():
    def colours(state):
        area = AreaMap(border=SQUARE, shapes=np.array([SQUARE]), looks=[Look(state=state)])
        return draw_area_map(area, width_px=300, height_px=300, lang="ja")

    assert "#E4E1DA" in colours("none") and "h0" in colours("none")
    assert "#F1ECDD" in colours("share") and "#E4E1DA" not in colours("share")
    assert "h0" not in colours("empty") and draw_dots(np.array([SQUARE])[:0], PAPER) == ""


def test_gaps_are_numbered_as_the_table_is_and_changes_say_how_many():
    coverage = DAY.ask(NEAR)
    (look,) = coverage_looks(DAY.built, coverage)
    assert (look.hatch, look.plate, look.step) == ("gap", "1", 3)
    moved = coverage.areas.assign(gained=[3], lost=[1200])
    (look,) = moved_looks(moved)
    assert look.hatch == "lost" and [text for text, _ in look.figures] == ["＋3", "−1,200"]


def test_no_number_lies_under_a_sign():
    signs = [Sign(x_m=500.0, y_m=500.0, kind="salon")]
    drawn = AreaMap(
        border=SQUARE,
        shapes=np.array([SQUARE]),
        looks=[Look(state="share", plate="1")],
        signs=signs,
    )
    svg = draw_area_map(drawn, width_px=600, height_px=600, lang="ja")
    x, y = map(float, re.search(r"rx='1\.38'[^>]*/><text x='([\d.]+)' y='([\d.]+)'", svg).groups())
    assert abs(x - 69) + abs(y - 69) > 5  # the middle, in millimetres of a map of 138


def test_lines_are_no_wider_than_there_is_room_and_begin_with_no_comma():
    text = "徒歩8分の中に、通いの場がある人は、12,345人（34.6％）です。" * 4
    lines = lay(groups_of_text(text, 20.0), 130.0)
    whole = ["".join(run.text for run in line) for line in lines]
    assert "".join(whole) == text
    assert all(one[0] not in "、。）％" for one in whole)
    assert all(sum(run.width for run in line) <= 130.0 + 40 for line in lines)
