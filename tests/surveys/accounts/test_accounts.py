"""Accounts: passwords, tries, sessions, and the command that makes them; on both databases."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from geo.base.problems import InputError
from surveys.accounts import passwords
from surveys.accounts.passwords import hash_password, is_password
from surveys.accounts.user import User, check_name, is_needed
from surveys.commands import user as command
from surveys.signing_in import sessions
from surveys.signing_in.sessions import Asked, current_user, fingerprint, sign_in, sign_out
from surveys.signing_in.tries import TRIES_OF_ADDRESS, TRIES_OF_NAME, WINDOW, Wait
from surveys.store import accounts as store
from surveys.store.copying import copy_rows, differing_tables, save_copy
from surveys.store.engine import open_engine, reading, writing
from surveys.store.register import open_register

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
GOOD = "桜の木の下で会いましょう"
TANAKA = User(id="u1", name="tanaka", title="生活支援係")
WRONG = "ちがう合いことば"
DAY = timedelta(days=1)
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    monkeypatch.setattr(passwords, "_HASHER", CHEAP)
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


@pytest.fixture
def people(register):
    account = store.Account(user=TANAKA, password=hash_password(GOOD))
    store.add_account(register, account, "2026-11-01T00:00:00.000Z")
    return register


def ask(name="tanaka", password=GOOD, *, address="192.0.2.1", number=1):
    return Asked(name=name, password=password, address=address, token=f"{number:043d}")


def cookie(number=1):
    return {"kayoi_session": f"{number:043d}"}


def test_whoever_signs_in_is_known_by_the_cookie_until_they_sign_out(people):
    assert current_user(cookie(), people, now=NOW) is None
    assert sign_in(people, ask(), now=NOW) == TANAKA
    assert current_user(cookie(), people, now=NOW) == TANAKA
    assert current_user(cookie(2), people, now=NOW) is None
    sign_out(cookie(), people, now=NOW)
    assert current_user(cookie(), people, now=NOW) is None


@pytest.mark.parametrize("typed", ["Tanaka", "ＴＡＮＡＫＡ", " tanaka "])
def test_a_name_and_a_password_are_the_same_from_any_keyboard(people, typed):
    assert sign_in(people, ask(typed), now=NOW) == TANAKA


@pytest.mark.parametrize(
    ("name", "password"),
    [("tanaka", "wrong"), ("nobody", GOOD), ("tanaka", ""), ("tanaka", "x" * 100_000), ("", "")],
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(people, name, password):
    assert sign_in(people, ask(name, password), now=NOW) is None


@pytest.mark.parametrize(("name", "password"), [("tanaka", "wrong"), ("nobody", GOOD)])
def test_known_and_unknown_names_cost_one_comparison_each(people, monkeypatch, name, password):
    calls = []

    class Counting:
        def verify(self, *given):
            calls.append(given)
            return CHEAP.verify(*given)

        def __getattr__(self, name):
            return getattr(CHEAP, name)

    monkeypatch.setattr(passwords, "_HASHER", Counting())
    sign_in(people, ask(name, password), now=NOW)
    assert len(calls) == 1


def test_a_disabled_account_costs_the_same_and_is_told_the_same(people, monkeypatch):
    sign_in(people, ask(), now=NOW)
    store.disable_account(people, "u1", "2026-11-21T09:00:00.000Z")
    assert current_user(cookie(), people, now=NOW) is None
    assert sign_in(people, ask(number=2), now=NOW) is None
    store.enable_account(people, "u1")
    assert current_user(cookie(), people, now=NOW) is None  # ended stays ended
    assert sign_in(people, ask(number=3), now=NOW) == TANAKA


def test_a_new_password_ends_every_session_and_forgets_the_tries(people):
    sign_in(people, ask(), now=NOW)
    for _ in range(TRIES_OF_NAME + 1):
        sign_in(people, ask(password=WRONG), now=NOW)
    new = "梅の木の下で会いましょう"
    at = "2026-11-21T09:00:00.000Z"
    keys = [command.name_key("tanaka")]
    store.change_password(people, "u1", hash_password(new), at=at, try_keys=keys)
    assert current_user(cookie(), people, now=NOW) is None
    assert sign_in(people, ask(password=new, number=4), now=NOW) == TANAKA
    assert sign_in(people, ask(), now=NOW) is None


def test_a_session_unused_for_thirty_days_ends_and_a_used_one_after_ninety(people):
    sign_in(people, ask(), now=NOW)
    sign_in(people, ask(number=2), now=NOW)
    for day in range(1, 90):
        assert current_user(cookie(), people, now=NOW + day * DAY) == TANAKA, day
        assert (current_user(cookie(2), people, now=NOW + 30 * DAY)) is None
    assert current_user(cookie(), people, now=NOW + 90 * DAY) is None


def test_a_session_is_written_to_once_an_hour_at_most(people, monkeypatch):
    sign_in(people, ask(), now=NOW)
    written = []
    monkeypatch.setattr(sessions.store, "touch_session", lambda *_, **more: written.append(more))
    for minutes in (1, 30, 59, 61):
        current_user(cookie(), people, now=NOW + timedelta(minutes=minutes))
    assert len(written) == 1


def test_a_full_disk_sends_nobody_away(people, monkeypatch):
    sign_in(people, ask(), now=NOW)

    def fail(*_, **__):
        raise InputError(command.WORDS)

    monkeypatch.setattr(sessions.store, "touch_session", fail)
    assert current_user(cookie(), people, now=NOW + DAY) == TANAKA


def test_ten_wrong_passwords_make_a_name_wait_and_the_right_one_waits_too(people):
    for number in range(TRIES_OF_NAME):
        assert sign_in(people, ask(password=WRONG, address=f"192.0.2.{number}"), now=NOW) is None
    later = NOW + timedelta(minutes=5)
    waiting = sign_in(people, ask(), now=later)
    assert waiting == Wait(seconds=600)
    assert sign_in(people, ask(), now=NOW + WINDOW) == TANAKA


def test_names_nobody_has_wait_alike(people):
    for _ in range(TRIES_OF_NAME):
        assert sign_in(people, ask("nobody"), now=NOW) is None
    assert isinstance(sign_in(people, ask("nobody"), now=NOW), Wait)


def test_one_address_trying_many_names_waits_and_others_do_not(people):
    for number in range(TRIES_OF_ADDRESS):
        assert sign_in(people, ask(f"n{number}"), now=NOW) is None
    assert isinstance(sign_in(people, ask(), now=NOW), Wait)
    assert sign_in(people, ask(address="192.0.2.2"), now=NOW) == TANAKA


def test_signing_in_forgets_the_names_tries_and_costs_the_address_none(people):
    for round_ in range(2 * TRIES_OF_ADDRESS):
        sign_in(people, ask(number=round_), now=NOW)
    for _ in range(TRIES_OF_NAME - 1):
        assert sign_in(people, ask(password=WRONG), now=NOW) is None
    assert sign_in(people, ask(number=998), now=NOW) == TANAKA
    assert sign_in(people, ask(password=WRONG), now=NOW) is None


def everything_kept(register):
    with reading(register.engine) as connection:
        tables = ("account", "session", "sign_in_try")
        return repr([connection.execute(text(f"SELECT * FROM {t}")).all() for t in tables])  # noqa: S608


def test_no_secret_is_in_the_database_or_the_log(people, caplog):
    caplog.set_level(logging.DEBUG)
    sign_in(people, ask(number=7), now=NOW)
    sign_in(people, ask("my secret typed as a name", "my-secret"), now=NOW)
    kept = everything_kept(people) + caplog.text
    assert fingerprint(f"{7:043d}") in kept and "argon2" in kept
    for secret in (f"{7:043d}", GOOD, "my-secret", "my secret"):
        assert secret not in kept


def test_a_weaker_form_is_replaced_when_its_owner_signs_in(people, monkeypatch):
    before = store.find_account(people, "tanaka").password
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(2, 16, 1))
    assert sign_in(people, ask(), now=NOW) == TANAKA
    after = store.find_account(people, "tanaka").password
    assert before != after and is_password(after, GOOD)
    assert current_user(cookie(), people, now=NOW) == TANAKA


@pytest.mark.parametrize(
    "cookies",
    [
        {}, {"kayoi_session": ""}, {"kayoi_session": "' OR 1=1 --"}, {"kayoi_session": "0" * 42},
        {"kayoi_session": fingerprint(f"{1:043d}")}, {"other": f"{1:043d}"},
        {"__Host-kayoi_session": "x", "kayoi_session": f"{1:043d}"},
    ],
)  # fmt: skip
def test_a_cookie_that_is_none_of_ours_is_nobody(people, cookies):
    sign_in(people, ask(), now=NOW)
    assert current_user(cookies, people, now=NOW) is None


def test_over_https_the_cookie_of_http_is_nobody(people):
    sign_in(people, ask(), now=NOW)
    assert current_user(cookie(), people, now=NOW, secure=True) is None
    secure = {"__Host-kayoi_session": f"{1:043d}"}
    assert current_user(secure, people, now=NOW, secure=True) == TANAKA
    assert current_user(secure, people, now=NOW, secure=False) is None
    assert current_user(secure, people, now=NOW) == TANAKA


@pytest.mark.parametrize("name", ["", "  ", "あ" * 41, "a\u202eb", "a\u200bb", "a\x1b[31m"])
def test_a_name_nobody_could_type_is_turned_away(name):
    with pytest.raises(InputError):
        check_name(name)


def test_a_name_is_taken_once(people):
    with pytest.raises(InputError, match="already"):
        store.add_account(people, store.Account(user=TANAKA, password=WRONG), "now")


@pytest.mark.parametrize(
    ("said", "needed"), [({}, True), ("needed", True), ("", True), ("OFF", True), ("off", False)]
)
def test_sign_in_is_needed_unless_told_otherwise_in_so_many_words(said, needed):
    assert is_needed({"KAYOI_SIGN_IN": said} if isinstance(said, str) else said) is needed


# ---- backups -------------------------------------------------------------------------------


def test_a_copy_holds_the_accounts_and_nobodys_session(people, tmp_path):
    sign_in(people, ask(), now=NOW)
    sign_in(people, ask("nobody"), now=NOW)
    path = tmp_path / "copy.db"
    save_copy(people.engine, path)
    assert fingerprint(f"{1:043d}").encode() not in path.read_bytes()
    copy = open_register(tmp_path / "other", f"sqlite:///{path}")
    assert [user.name for user in store.list_users(copy)] == ["tanaka"]
    with reading(copy.engine) as one, reading(people.engine) as other:
        assert one.scalar(text("SELECT count(*) FROM session")) == 0
        assert one.scalar(text("SELECT count(*) FROM sign_in_try")) == 0
        assert differing_tables(one, other) == []
    copy.engine.dispose()
    assert current_user(cookie(), people, now=NOW) == TANAKA


def test_a_session_in_the_target_does_not_stop_a_restore(people, tmp_path):
    other = open_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    with writing(other) as target:
        target.execute(text("INSERT INTO sign_in_try VALUES ('name:x', 1, 'now', '')"))
    with reading(people.engine) as source, writing(other) as target:
        copy_rows(source, target)
    with reading(people.engine) as source, reading(other) as target:
        assert differing_tables(source, target) == []
    other.dispose()
