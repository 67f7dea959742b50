"""A card's way into the address and back, and names of records as they were written."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.map.card import read_group, say_group


@pytest.mark.parametrize("count", [1, 2, 12, 13, 4000])
def test_a_group_says_how_many_it_has_and_names_the_first(count):
    ids = [f"site:{number}" for number in range(count)]
    told, kept = read_group(say_group(ids))
    assert told == count and kept == ids[:12]


@pytest.mark.parametrize("at", ["group:", "group::", "group:x:", "group:" + "9" * 9999 + ":site:a"])
def test_whatever_an_address_says_of_a_group_is_read(at):
    told, kept = read_group(at)
    assert told >= 0 and len(kept) <= 12


def _group():
    import streamlit as st

    from pages.parts.map import card
    from pages.parts.map.choice import Choice

    choice = Choice(on=(), divisions=(), at="group:2:site:a,site:b")
    with st.container():
        card._show_group(st.session_state["town"], choice, "ja")


def test_a_record_named_in_markdown_is_a_name_on_the_button_of_a_group(monkeypatch):
    hostile = "![x](http://evil.invalid/a.png) **太字**"
    sign = SimpleNamespace(id="site:a", name=hostile, state="fresh", lat=34.7, lon=138.1, number=1)
    monkeypatch.setattr("pages.parts.map.card.find_sign", lambda _id: ("park", sign))
    page = AppTest.from_function(_group)
    page.session_state["town"] = None
    page.run()
    assert not page.exception
    labels = [one.label for one in page.button]
    assert len(labels) == 2 and all("](" not in one and "**" not in one for one in labels)
