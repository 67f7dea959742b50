"""Whom the salons of a weekday reach: the toy town by hand."""

import numpy as np
import pytest
from toy_town import toy_town

from geo.analysis.week import Choice, reach_week
from geo.coverage.asking import parse_question
from geo.toy import toy_sites

# Homes of ten at (0,100), (400,0), (400,400), (0,400): 300 m reach one home from each salon.
SALONS = toy_sites([(0.0, 0.0), (400.0, 400.0), (400.0, 0.0)])
QUESTION = parse_question(division="町", people="65", walker="elderly", within="300m")


def choice(*ids, **key):
    return Choice(ids=frozenset(ids), **key)


def test_each_choice_is_counted_by_hand():
    choices = [
        choice("s0", "s1", "s2"),
        choice("s0", "s1", weekday="tue", half="am"),
        choice("s0", weekday="tue", half="am", at_least="weekly"),
        choice(weekday="wed"),
        choice("s2", weekday="unknown"),
        choice("s1", "s2", weekday="thu", eligible={"s1": np.zeros(4, dtype=bool)}),
    ]
    week = reach_week(toy_town(SALONS), QUESTION, choices)
    assert week.table["within"].tolist() == [30, 20, 10, 0, 10, 10]
    assert week.table["share"].tolist() == [0.75, 0.5, 0.25, 0.0, 0.25, 0.25]
    assert week.table["salons"].tolist() == [3, 2, 1, 0, 1, 2]
    assert week.coverage.totals["within"] == 30
    assert week.row(weekday="tue", half="am", at_least="weekly")["within"] == 10
    assert week.areas[["area_name", "people", "within"]].to_numpy().tolist() == [
        ["町", 40, count] for count in (30, 20, 10, 0, 10, 10)
    ]
    with pytest.raises(KeyError):
        week.row(weekday="sun")


def test_a_choice_of_a_salon_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="s9"):
        reach_week(toy_town(SALONS), QUESTION, [choice("s9")])
