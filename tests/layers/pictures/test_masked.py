"""On a meeting's screens no count below 10 stands, nor follows from what stands there."""

import re
from dataclasses import replace

import numpy as np
import pytest
from unknown_towns import unknown_town
from wished_groups import two_areas

from geo.base.words import Words
from geo.coverage.asking import parse_question
from geo.say.sentence import read_line
from geo.toy import toy_sites
from layers.day.day import Day
from layers.day.gaps import day_gaps
from layers.day.plan_effect import find_effect
from layers.day.salons import When
from layers.day.told import Told
from layers.day.why import why_outside
from layers.pictures.figures import plan_figure
from layers.pictures.gaps import places_figure
from layers.pictures.masked import hide_of_meeting, masked_figure
from layers.pictures.meeting import undecided_figure, why_figure
from surveys.record.plan import Change, Plan

COUNTS = {
    "ja": re.compile(r"([0-9][0-9,]*)人"),
    "en": re.compile(
        r"(?<![0-9.,-])([0-9][0-9,]*)(?= (?:more|people|of|gain|lose|come|are|have)\b)"
    ),
}


ASKED = parse_question(division="町", people="65", walker="elderly", within="300m")


def town_day():
    town = two_areas(unknown_town(np.random.default_rng(0)))
    return Day(
        told=Told(town=replace(town, sites=toy_sites([(100.0, 100.0)]))), when=When(on="2026-11-21")
    )


def few_day(seed):
    """A town of two areas: seven people of 65 and over in one, as many as there are in the other."""
    day = town_day()
    cells = day.built.cells.copy()
    rng = np.random.default_rng(seed)
    west = (cells["x_m"] < 500).to_numpy()
    people = np.where(west, 0, rng.integers(0, 30, len(cells)))
    people[np.flatnonzero(west)[:7]] = 1
    for name in ("people_all", "people_65", "people_75"):
        cells[name] = people
    return replace(day, told=replace(day.told, town=replace(day.built, cells=cells)))


def screens(day, lang):
    coverage = day.ask(ASKED)
    gaps, why = day_gaps(day, ASKED, coverage), why_outside(day, ASKED, coverage)
    add = Change(do="add", at=tuple(float(one) for one in day.built.plane.to_lonlat(300.0, 300.0)))
    plan = Plan(id="p", number=1, parent=0, title="ふやす案", changes=(add,), by="係",
                made_at="2026-12-01T00:00:00.000Z")  # fmt: skip
    effect = find_effect(day, plan.changes, ASKED)
    title = Words("何人か", "How many?")
    figures = [
        places_figure(day, gaps, title, lang),
        *(why_figure(day, coverage, why, one, lang) for one in coverage.areas["area_id"]),
        plan_figure(day, plan, effect, ASKED, lang),
        undecided_figure(day, coverage, title, lang, [("A", plan, effect.known)]),
    ]
    hidden = hide_of_meeting(coverage, gaps, why, [(effect.known, ASKED.people)])
    return coverage, hidden, figures, [masked_figure(one, hidden, lang) for one in figures]


def told(figure, lang):
    """All counts of people on a screen."""
    text = " ".join(read_line(one) for one in figure.lines)
    found = [int(one.replace(",", "")) for one in COUNTS[lang].findall(text)]
    beside = [row[2] for row in figure.rows]
    beside += [text for _, one in figure.maps for look in one.looks for text, _ in look.figures]
    return found + [
        int(one.replace(",", "")) for text in beside for one in re.findall(r"[0-9][0-9,]*", text)
    ]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("seed", range(3))
def test_no_small_count_stands_on_a_meetings_screens(seed, lang):
    day = few_day(seed)
    coverage, hidden, plain, masked = screens(day, lang)
    small = coverage.areas.set_index("area_id").loc["w"]
    assert small["people"] == 7
    assert any(0 < count < 10 for one in plain for count in told(one, lang))
    for before, after in zip(plain, masked, strict=True):
        assert not any(0 < count < 10 or count in hidden.counts for count in told(after, lang))
        if told(after, lang) != told(before, lang):
            assert any("伏せる" in one.ja for one in after.notes)
    ((_, drawn),) = masked[0].maps
    if small["within"] + small["outside"]:
        assert drawn.looks[0].state == "none"
        assert any("10人未満" in words.ja for words, *_ in masked[0].legend)


def test_nothing_changes_where_none_is_small():
    day = town_day()
    cells = day.built.cells.copy()
    for name in ("people_all", "people_65", "people_75"):
        cells[name] = 40
    day = replace(day, told=replace(day.told, town=replace(day.built, cells=cells)))
    _, hidden, plain, masked = screens(day, "ja")
    assert not hidden.counts and not hidden.shares and not any(hidden.areas)
    assert [told(one, "ja") for one in plain] == [told(one, "ja") for one in masked]
    assert [one.notes for one in plain] == [one.notes for one in masked]
