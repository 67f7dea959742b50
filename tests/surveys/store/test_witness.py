"""Nobody who left saves anything: every write of every kind stands before one witness."""

import threading

import pytest
from kept_samples import SAMPLES
from register_fixtures import new_version
from sqlalchemy import func, select
from sync_device import photo

from surveys.accounts.user import User
from surveys.signing_in.asking import asked_by, sessions_asking
from surveys.store import accounts
from surveys.store.engine import is_witnessed, reading, writing
from surveys.store.kept import KINDS
from surveys.store.tables import METADATA
from surveys.store.witness import SignedOutError, make_witness

AT = "2026-11-21T09:00:00.000Z"
MINE = "6d" * 32


@pytest.fixture
def watched(register):
    """The register as it is served, with one account and its session."""
    user = User(id="u1", name="tanaka")
    account = accounts.Account(user=user, password="x")  # noqa: S106 - nobody signs in with it
    accounts.add_account(register, account, AT)
    session = accounts.Session(id=MINE, account_id="u1", made_at=AT, seen_at=AT, ends_at="2027")
    accounts.keep_session(register, session)
    return register.witnessed_by(make_witness(sessions_asking, lambda one: one.ends_at == "2027"))


def counts(register):
    with reading(register.engine) as connection:
        rows = {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in METADATA.sorted_tables
        }
    return rows, list(register.photos.ids())


@pytest.mark.parametrize("kind", KINDS)
def test_of_no_kind_is_anything_kept_for_somebody_who_left(watched, kind):
    before = counts(watched)
    # Over an address, the answer is another than the sample's own check wants.
    with asked_by([MINE + "0"]), pytest.raises((SignedOutError, LookupError, AssertionError)):
        SAMPLES[kind].write(watched)
    assert counts(watched) == before
    with asked_by([MINE]):
        SAMPLES[kind].write(watched)
    assert counts(watched) != before


def test_whoever_asks_with_no_session_at_all_saves_nothing_and_a_command_does(watched):
    with asked_by([]), pytest.raises(SignedOutError):
        watched.save(new_version())
    assert watched.save(new_version()).seq == 1


@pytest.mark.parametrize("end", ["disabled", "signed out", "over"])
def test_however_a_session_ended_it_saves_nothing(watched, end):
    if end == "disabled":
        accounts.disable_account(watched, "u1", AT)
    elif end == "signed out":
        accounts.end_session(watched, MINE, AT)
    else:
        accounts.touch_session(watched, MINE, seen_at=AT, ends_at="2026")
    with asked_by([MINE]):
        with pytest.raises(SignedOutError):
            watched.save(new_version())
        with pytest.raises(SignedOutError):
            watched.photos.take(photo(1))
    assert counts(watched)[1] == [] and watched.all_versions() == []


def test_an_account_disabled_while_a_save_waits_in_line_saves_nothing(watched):
    """The witness is asked after the writer before has done its work, not when the wait began."""
    waits, told = threading.Event(), []

    def save():
        with asked_by([MINE]):
            waits.set()
            try:
                watched.save(new_version())
            except SignedOutError:
                told.append("signed out")

    thread = threading.Thread(target=save)
    with writing(watched.engine) as connection:
        thread.start()
        waits.wait()
        connection.execute(
            accounts.ACCOUNT.update().where(accounts.ACCOUNT.c.id == "u1").values(disabled_at=AT)
        )
    thread.join()
    assert told == ["signed out"] and watched.all_versions() == []


def test_only_the_served_register_has_a_witness(register, watched):
    assert is_witnessed(watched.engine) and not is_witnessed(register.engine)
