"""An open page of somebody who left saves nothing, whatever is pressed on it."""

from types import SimpleNamespace

import pytest
from received_page import sending_device, text_of, town_register, visit  # noqa: F401 - fixtures
from streamlit.testing.v1 import AppTest
from sync_device import submission
from where import ROOT

from pages.parts.frame.signed_in import ENDED
from surveys.accounts.user import User
from surveys.signing_in import asking
from surveys.store import accounts
from surveys.store.devices import list_tracks
from surveys.store.field_receipts import list_received
from surveys.store.witness import SIGNED_OUT, SignedOutError

SESSION = "6d" * 32
USER = User(id="u1", name="tanaka")
AT, END = "2026-11-21T09:00:00.000Z", "9999-01-01T00:00:00.000Z"


@pytest.fixture
def signed_in(register, device, monkeypatch):
    """Somebody whose page is open, with something on it to press."""
    account = accounts.Account(user=USER, password="x")  # noqa: S106 - nobody signs in with it
    accounts.add_account(register, account, AT)
    monkeypatch.setattr("layers.served.register.is_within", lambda _session, _now: True)
    session = accounts.Session(id=SESSION, account_id="u1", made_at=AT, seen_at=AT, ends_at=END)
    accounts.keep_session(register, session)
    device.track("t1", [[139.9, 35.6, 5, AT], [139.9, 35.609, 5, AT]])
    held = submission(patch={"name": "公園", "toilet": "old_choice"})
    device.record(held)
    monkeypatch.setenv("KAYOI_SIGN_IN", "needed")
    monkeypatch.setitem(asking._PAGES, "pages", lambda: [SESSION])
    # A part of a page runs without the whole: nothing else asks who it is.
    monkeypatch.setattr("pages.parts.frame.signed_in.find_user", lambda _cookies: USER)
    return held["id"]


PRESSED = ("rc_untrack_t1", "rc_again_{held}", "rc_move_{held}")


@pytest.mark.parametrize("key", PRESSED)
def test_whoever_is_signed_in_saves(signed_in, register, key):
    before = register.stamp(), len(list_tracks(register))
    page = visit()
    page.button(key=key.format(held=signed_in)).click().run()
    assert not page.exception
    assert key.startswith("rc_again") or (register.stamp(), len(list_tracks(register))) != before


@pytest.mark.parametrize("key", PRESSED)
@pytest.mark.parametrize("leave", ["disabled", "signed out", "its connection closed"])
def test_whoever_left_saves_nothing_from_a_page_still_open(
    signed_in, register, monkeypatch, key, leave
):
    page = visit()
    if leave == "disabled":
        accounts.disable_account(register, "u1", AT)
    elif leave == "signed out":
        accounts.end_session(register, SESSION, AT)
    else:
        monkeypatch.setitem(asking._PAGES, "pages", list)
    before = register.stamp()
    page.button(key=key.format(held=signed_in)).click().run()
    # Of a page run whole the frame says it in words (below); of a part, its connection is closed.
    assert page.exception or SIGNED_OUT.ja in text_of(page)
    assert register.stamp() == before
    assert len(list_tracks(register)) == 1 and len(list_received(register, state="held")) == 1


def test_a_page_that_saves_for_somebody_who_left_says_so_in_words(small_town, monkeypatch):
    def refuse():
        raise SignedOutError

    shown = SimpleNamespace(run=refuse, title="一覧")
    monkeypatch.setenv("KAYOI_TOWN", str(small_town))
    monkeypatch.setattr("streamlit.navigation", lambda *_args, **_more: shown)
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert not page.exception, page.exception
    assert ENDED.ja in "".join(one.proto.body for one in page.get("html"))
