"""What the field app notices names by holds every pattern and list of the server, and is small."""

import json
import re

from surveys.record import privacy, private_text
from surveys.record.privacy_table import dump_privacy

MOST_BYTES = 30_000


def test_it_is_plain_and_small():
    said = json.dumps(dump_privacy(), ensure_ascii=False)
    assert len(said.encode()) < MOST_BYTES
    assert json.loads(said)["near"] == privacy.NEAR


def test_no_pattern_of_the_server_is_left_out():
    told = {*privacy.PATTERNS.values(), *private_text.PATTERNS.values()}
    told |= {*privacy.HEAD_OF_WORD.values()}
    for module in (privacy, private_text):
        values = list(vars(module).values())
        every = {one for one in values if isinstance(one, re.Pattern)}
        every |= {
            each
            for one in values
            if isinstance(one, tuple)
            for each in one
            if isinstance(each, re.Pattern)
        }
        assert every and every <= told, every - told


def test_the_questions_that_are_watched_are_those_of_types_that_ask_why():
    watched = dump_privacy()["watched"]
    assert "note" in watched["activity"] and privacy.REASON not in watched["activity"]
    assert "park" not in watched and "salon" not in watched


def test_each_kind_says_what_to_write_instead_in_both_languages():
    instead = dump_privacy()["instead"]
    assert set(instead) == set(privacy.INSTEAD)
    assert all(one["ja"] and one["en"] for one in instead.values())


def test_signs_are_turned_into_one_sign_each():
    table = dump_privacy()
    assert (
        table["dashes"]["ー"] == "-" and table["kanji"]["〇"] == "0" and table["kanji"]["九"] == "9"
    )
    assert all(len(to) == 1 for name in ("dashes", "kanji") for to in table[name].values())
