"""Questions in plain texts: what is read, and what is refused and why."""

from dataclasses import replace

import pytest
from toy_town import toy_town

from geo.base.problems import InputError
from geo.coverage.asking import REST, TOILET, TRIPS, parse_question, parse_stretch
from geo.town import ages_of, ask
from geo.walk.trip_words import TRIP_WORDS

ASKED = {"division": "町丁目", "people": "65", "walker": "elderly", "within": "500m"}


@pytest.mark.parametrize(
    ("text", "stretch", "metres"),
    [
        ("50", REST, 50.0),  # the shortest
        ("500m", REST, 500.0),  # the longest
        ("１５０ｍ", REST, 150.0),  # full-width, as an input method leaves it
        (" 75.5 メートル", REST, 75.5),
        ("2000", TOILET, 2000.0),
    ],
)
def test_a_stretch_is_read_as_it_is_written(text, stretch, metres):
    assert parse_stretch(text, stretch) == metres


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("rest", "49", "50〜500"),  # a step too short for any street
        ("rest", "500.1", "50〜500"),  # longer than anyone goes without sitting
        ("rest", "-150", "50〜500"),
        ("rest", "たまに", "50〜500"),  # no number
        ("rest", "nan", "50〜500"),
        ("rest", "1e2", "50〜500"),  # not how a length is written
        ("toilet", "99", "100〜2,000"),
        ("toilet", "2001", "100〜2,000"),
        ("trip", "home", "there・back・worse・round"),
        ("people", "若者", "all"),
        ("people", "065", "all"),
        ("people", "121", "all"),
        ("walker", "custom:fly=yes", "fly=yes"),
        ("within", "0m", "500m または 10min"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_can(part, value, said):
    with pytest.raises(InputError) as caught:
        parse_question(**ASKED | {part: value})
    assert said in caught.value.words.ja and caught.value.words.en


def test_ages_the_towns_table_tells_are_asked_and_no_others():
    town = replace(toy_town(), facts={"ages": ["55", "85"], "ages_missing": ["75"]})
    town.cells["people_55"] = town.cells["people_all"]
    assert ages_of(town) == ("55", "65", "85", "all")
    assert (
        ask(town, parse_question(**ASKED | {"division": "町", "people": "55"})).totals["people"]
        == 40
    )
    for people in ("75", "67"):
        with pytest.raises(InputError) as caught:
            ask(town, parse_question(**ASKED | {"division": "町", "people": people}))
        assert f"{people}歳以上は数えられません" in caught.value.words.ja
        assert "55歳以上・65歳以上・85歳以上・すべての年齢" in caught.value.words.ja


def test_nothing_said_is_no_rule():
    question = parse_question(**ASKED)
    assert (question.rest_m, question.toilet_m, question.heights) == (None, None, False)
    assert question.trip == "there"


def test_every_way_has_its_words():
    assert set(TRIP_WORDS) == set(TRIPS)
