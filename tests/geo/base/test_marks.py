"""What nobody sees is shown, what runs the other way is kept apart; the field app does the same."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from where import TESTS

from geo.base.marks import shown
from geo.base.text import visible
from layers.maps.popup import entity
from pages.parts.question.picking import no_markdown

VECTORS = json.loads((TESTS / "vectors" / "marks.json").read_text(encoding="utf-8"))
TURNING = [chr(code) for code in (*range(0x202A, 0x202F), 0x2066, 0x2067, 0x200E, 0x200F, 0x61C)]


@pytest.mark.parametrize("one", VECTORS, ids=[one["why"] for one in VECTORS])
def test_a_text_is_shown_as_the_vectors_say_and_twice_is_once(one):
    assert shown(one["text"]) == one["shown"] == shown(one["shown"])


@given(st.text())
def test_nothing_that_turns_a_line_is_left_but_isolates_that_close(text):
    out = shown(text)
    assert not set(out) & set(TURNING) and shown(out) == out
    depth = 0
    for sign in out:
        depth += {"\u2068": 1, "\u2069": -1}.get(sign, 0)
        assert depth in (0, 1)
        # What is written from the right stands in an isolate, so that no neighbour moves.
        assert depth or unicodedata.bidirectional(sign) not in ("R", "AL", "AN")
    assert depth == 0


@pytest.mark.parametrize("sign", TURNING)
def test_every_way_out_shows_the_mark_and_not_its_doing(sign):
    for told in (entity, no_markdown, visible):
        out = told(f"サロン{sign}06:51")
        assert sign not in out
        assert f"{ord(sign):04x}" in out.casefold()
