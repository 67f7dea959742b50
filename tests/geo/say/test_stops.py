"""A rule of rests and toilets, as it stands in a sentence."""

import pytest

from geo.coverage.asking import parse_question
from geo.say.stops import say_stops

SAID = [
    ("", "", (), "no rule"),
    ("150", "", ("150mごとに座れる道で、",), "seats"),
    ("", "800", ("800mごとにトイレに寄れる道で、",), "toilets"),
    ("150", "800", ("150mごとに座れて、", "800mごとにトイレに寄れる道で、"), "both"),
]


@pytest.mark.parametrize(("rest", "toilet", "phrases", "reason"), SAID, ids=[c[3] for c in SAID])
def test_what_must_be_along_the_way_is_said_phrase_by_phrase(rest, toilet, phrases, reason):
    asked = parse_question(
        division="町", people="65", walker="elderly", within="500m", rest=rest, toilet=toilet
    )
    found = say_stops(asked)
    assert tuple(one.ja for one in found) == phrases, reason
    assert all("every" in one.en for one in found)
