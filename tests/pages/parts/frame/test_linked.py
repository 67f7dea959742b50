"""A widget whose value lives in the address: which of the two is taken, and what is written."""

import pytest
from streamlit.testing.v1 import AppTest

from geo.base.problems import InputError
from geo.base.words import Words
from pages.parts.frame.linked import Seen, take_from


def read(text):
    if text not in ("a", "b", "c"):
        raise InputError(Words(f"{text}は分かりません", f"{text!r} is not known"))
    return text


LAST = Seen(visit=1, raw="b", value="b")


@pytest.mark.parametrize(
    ("raw", "seen", "visit", "back", "value", "unsaid", "why"),
    [
        (None, None, 1, False, "a", False, "nothing asked, nothing shown: the first"),
        ("c", None, 1, False, "c", False, "a shared link, a reload, another tab"),
        ("b", LAST, 1, False, "b", False, "the next run"),
        ("c", LAST, 1, True, "c", False, "Back to another value"),
        (None, LAST, 1, True, "a", False, "Back to the address without it"),
        (None, LAST, 1, False, "a", False, "the part was taken out by hand"),
        (None, LAST, 2, False, "b", True, "opened by the navigation: shown last, and said anew"),
        (None, LAST, 2, True, "a", False, "Back to another page's address without it"),
        ("c", LAST, 2, False, "c", False, "a link that asks is stronger than what was shown"),
        (None, Seen(visit=1, raw=None, value="a"), 2, False, "a", False, "the first needs no word"),
    ],
)
def test_the_address_is_stronger_but_where_the_navigation_dropped_it(
    raw, seen, visit, back, value, unsaid, why
):
    found, say = take_from(raw, seen, visit=visit, back=back, first="a", read=read)
    assert (found.value, say) == (value, unsaid), why
    assert found.raw == raw and found.visit == visit and found.why is None


def test_what_cannot_be_read_shows_the_first_and_is_told_until_it_changes():
    found, unsaid = take_from("x", None, visit=1, back=False, first="a", read=read)
    assert found.value == "a" and not unsaid and "xは分かりません" in found.why.ja
    again, _ = take_from("x", found, visit=1, back=False, first="a", read=read)
    assert again.why == found.why
    mended, _ = take_from("b", again, visit=1, back=False, first="a", read=read)
    assert mended.why is None and mended.value == "b"


def page():
    import streamlit as st

    from geo.base.problems import InputError
    from geo.base.words import Words
    from pages.parts.frame.linked import linked
    from pages.parts.question.visit import begin_visit

    def read(text):
        if text not in ("a", "b", "c"):
            raise InputError(Words(f"{text}は分かりません", f"{text!r} is not known"))
        return text

    begin_visit()
    st.selectbox("k", ["a", "b", "c"], **linked("k", "kind", first="a", read=read, say=str))


def asked(at):
    return {
        name: text[-1] if isinstance(text, list) else text for name, text in at.query_params.items()
    }


@pytest.fixture
def opened():
    def open_(**said):
        made = AppTest.from_function(page, default_timeout=30)
        for name, text in said.items():
            made.query_params[name] = text
        made.run()
        assert not made.exception
        return made

    return open_


def test_a_change_is_written_and_the_first_value_is_left_out(opened):
    at = opened(other="stays")
    at.selectbox(key="k").select("c").run()
    assert asked(at) == {"other": "stays", "kind": "c"}
    at.selectbox(key="k").select("a").run()
    assert asked(at) == {"other": "stays"}


def test_an_address_is_shown_and_so_is_the_one_gone_back_to(opened):
    at = opened(kind="b")
    assert at.selectbox(key="k").value == "b"
    at.selectbox(key="k").select("c").run()
    at.query_params["kind"] = "b"
    at.run()
    assert at.selectbox(key="k").value == "b" and asked(at)["kind"] == "b"


def test_a_bad_value_stays_in_the_address_and_is_said(opened):
    at = opened(kind="<x>")
    (said,) = [one.proto.body for one in at.get("html")]
    assert "アドレスの一部を使っていません" in said and "<x>" not in said
    assert at.selectbox(key="k").value == "a" and asked(at)["kind"] == "<x>"
    at.selectbox(key="k").select("b").run()
    assert asked(at)["kind"] == "b" and not at.get("html")


def test_what_the_session_holds_is_kept_and_said_by_a_page_opened_without_it():
    at = AppTest.from_function(page, default_timeout=30)
    at.session_state["k"] = "b"
    at.run()
    assert at.selectbox(key="k").value == "b" and asked(at)["kind"] == "b"
