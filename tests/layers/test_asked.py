"""A question in an address: written and read back, and what it cannot mean is refused."""

import itertools
from urllib.parse import parse_qsl

import pytest

from geo.base.problems import InputError
from geo.coverage.asking import TRIPS
from layers.asked import (
    RESTS,
    TOILETS,
    Asked,
    check_asked,
    make_question,
    read_asked,
    wanted_in,
)


class Town:
    streetless = False
    divisions = ("町丁目",)


TODAY = "2026-12-01"
FIRST = Asked(people="65", walker="elderly", within="500m")


def back(asked):
    return read_asked(dict(parse_qsl(asked.query)))


@pytest.mark.parametrize(
    ("slopes", "rest", "band"), list(itertools.product(("", "on"), ("", "150"), ("", "on")))
)
@pytest.mark.parametrize("walker", ["cane", "custom:speed=0.70,steps=bar"])
def test_a_question_comes_back_from_its_address_as_it_was(walker, slopes, rest, band):
    asked = Asked(
        people="75", walker=walker, within="10min", division="小学校区&x=1", slopes=slopes,
        trip="worse", rest=rest, toilet="500", band=band, weekday="tue", half="am",
        at_least="weekly", content="exercise,tea", eligible="on",
    )  # fmt: skip
    assert back(asked) == asked


def test_an_address_of_before_still_asks_the_same():
    old = {"people": "65", "walker": "elderly", "within": "500m", "division": ""}
    assert read_asked(old) == read_asked({}) == FIRST
    assert FIRST.query == "people=65&walker=elderly&within=500m&division="
    question = make_question(FIRST, Town)
    assert (question.heights, question.trip, question.rest_m, question.toilet_m) == (
        False, "there", None, None,
    )  # fmt: skip


def test_what_is_said_is_what_is_asked():
    asked = Asked(
        people="all", walker="cane", within="800m", slopes="on", trip="back", rest="200",
        toilet="1000",
    )  # fmt: skip
    question = make_question(asked, Town)
    assert question.heights and question.trip == "back" and question.walker.id == "cane"
    assert (question.rest_m, question.toilet_m) == (200.0, 1000.0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"slopes": "yes"}, {"slopes": "<script>"}, {"trip": "up"}, {"band": "1"}, {"rest": "49"},
        {"rest": "501"}, {"rest": "-150"}, {"rest": "1e2"}, {"rest": "１５０"}, {"rest": "nan"},
        {"rest": "150.5"}, {"rest": "0150"}, {"toilet": "99"}, {"toilet": "2001"},
        {"toilet": "10000"}, {"weekday": "holiday"}, {"half": "noon"}, {"at_least": "daily"},
        {"content": "exercise,golf"}, {"eligible": "yes"}, {"on": "9999-12-31"}, {"on": "0026-11-21"}, {"on": "soon"},
        {"people": "64歳"},
        {"walker": "bird"}, {"within": "far"},
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_in_both_languages(wrong):
    said = {"people": "65", "walker": "elderly", "within": "500m"} | wrong
    with pytest.raises(InputError) as told:
        check_asked(read_asked(said), Town, TODAY)
    assert told.value.words.ja and told.value.words.en
    assert next(iter(wrong.values())).removeprefix("exercise,") in told.value.words.ja


@pytest.mark.parametrize("trip", TRIPS)
def test_every_offered_choice_can_be_asked(trip):
    for rest, toilet in itertools.zip_longest(RESTS, TOILETS, fillvalue=""):
        asked = Asked(
            people="65", walker="slow", within="500m", slopes="on", trip=trip, rest=str(rest),
            toilet=str(toilet), band="on",
        )  # fmt: skip
        assert check_asked(asked, Town, TODAY) is asked


def test_what_has_a_rule_of_stops():
    more = [{}, {"slopes": "on"}, {"band": "on"}, {"rest": "150"}, {"toilet": "500"}]
    found = [Asked(people="65", walker="cane", within="500m", **one) for one in more]
    assert [one.with_stops for one in found] == [False, False, False, True, True]


def test_an_address_says_which_salons_and_for_whom():
    asked = Asked(
        people="65",
        walker="cane",
        within="500m",
        weekday="火",
        content="tea,exercise",
        on="2026-04-01",
    )
    assert asked.salons == {"on": "2026-04-01", "weekday": "火", "content": "tea,exercise"}
    wanted = wanted_in(asked)
    assert wanted.parts == {"weekday": "tue", "content": ["exercise", "tea"]}
    assert wanted_in(FIRST).parts == {} and FIRST.salons == {}
