"""Sign in, be known by a cookie, sign out (サインインとサインアウト)."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from surveys.accounts.moments import read_time, say_time
from surveys.accounts.passwords import hash_password, is_kept_weaker, is_password
from surveys.accounts.user import User, tidy_name
from surveys.signing_in.tries import Wait, begin_try, end_tries
from surveys.store import accounts as store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from surveys.store.register import Register

COOKIE: Final = "kayoi_session"
# Browsers take this name only from the very host, over https, for the whole of it.
SECURE_COOKIE: Final = "__Host-kayoi_session"
UNUSED: Final = timedelta(days=30)
LONGEST: Final = timedelta(days=90)
# A clock put right by a day sends nobody away; what claims to be of later never was.
AHEAD: Final = timedelta(days=1)
# A clock that is a year ahead for a minute must not sweep away everybody's session.
_SWEPT: Final = timedelta(days=800)
# A write at every request would make readers wait for writers.
_NOTED_EVERY: Final = timedelta(hours=1)
LONGEST_FIELD: Final = 1000
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody gave to sign in (サインインの申し出).

    Attributes
    ----------
    address
        Of the machine it came from.
    token
        A new secret of 256 bits for the cookie, should it succeed.
    """

    name: str
    password: str
    address: str
    token: str


def current_user(
    cookies: Mapping[str, str], register: Register, *, now: datetime, secure: bool | None = None
) -> User | None:
    """Return who is signed in by these cookies, if anybody (いまの利用者).

    The one reader for pages, routes and the gate. Costs one read of the register, and a write
    once an hour.

    Parameters
    ----------
    secure
        Whether the cookies came over https, where only the cookie of https counts; ``None``
        where that is not known, and the gate has looked already.
    """
    for id_ in session_ids(cookies, secure=secure):
        found = store.find_session(register, id_)
        if found is not None and is_within(found[0], now):
            break
    else:
        return None
    session, user = found
    # Either way: what a clock that was ahead wrote is brought back to now.
    if abs(now - read_time(session.seen_at)) >= _NOTED_EVERY:
        ends = min(now + UNUSED, read_time(session.made_at) + LONGEST)
        # A disk that is full must not send away who is signed in.
        with suppress(InputError):
            store.touch_session(register, session.id, seen_at=say_time(now), ends_at=say_time(ends))
    return user


def is_within(session: store.Session, now: datetime) -> bool:
    """Say whether a session's time has come and is not over (期間のうちか).

    Bounded on both sides by when it was made, whatever the clock was when it was used: one of
    a clock that was a year ahead is no session once the clock is right.
    """
    made, ends = read_time(session.made_at), read_time(session.ends_at)
    return made - AHEAD <= now < min(ends, made + LONGEST)


def find_standing(register: Register, ids: Iterable[str], *, now: datetime) -> frozenset[str]:
    """Return those of some sessions that stand now (続いているサインイン).

    Costs one read for 500.
    """
    found = store.list_sessions(register, ids)
    return frozenset(session.id for session, _ in found if is_within(session, now))


def sign_in(register: Register, asked: Asked, *, now: datetime) -> User | Wait | None:
    """Sign somebody in: their session is kept under the token's fingerprint (サインインする).

    Returns ``None`` for an unknown name, a wrong password and a disabled account alike, after
    the same work; `Wait` after too many tries.
    """
    name = tidy_name(asked.name[:LONGEST_FIELD])
    waiting = begin_try(register, name, asked.address, now=now)
    if waiting is not None:
        return waiting
    account = store.find_account(register, name)
    fits = is_password(account.password if account else None, asked.password)
    if account is None or not fits or account.user.disabled:
        return None
    end_tries(register, name, asked.address)
    if is_kept_weaker(account.password):
        store.keep_password(register, account.user.id, hash_password(asked.password))
    made = say_time(now)
    store.keep_session(
        register,
        store.Session(
            id=fingerprint(asked.token), account_id=account.user.id, made_at=made, seen_at=made,
            ends_at=say_time(now + UNUSED),
        ),
        swept_before=say_time(now - _SWEPT),
    )  # fmt: skip
    return account.user


def sign_out(cookies: Mapping[str, str], register: Register, *, now: datetime) -> None:
    """End the session these cookies stand for, if any (サインアウトする)."""
    for name in (SECURE_COOKIE, COOKIE):
        token = cookies.get(name, "")
        if _TOKEN.fullmatch(token):
            store.end_session(register, fingerprint(token), say_time(now))


def find_tokens(cookies: Mapping[str, str], *, secure: bool | None) -> list[str]:
    """Return the secrets among cookies, that of https first (合い札を探す).

    On ``localhost`` a browser sends the cookie of https over http too, long after it ended.

    Examples
    --------
    >>> find_tokens({"kayoi_session": "a" * 43}, secure=True)
    []
    """
    names = {True: (SECURE_COOKIE,), False: (COOKIE,), None: (SECURE_COOKIE, COOKIE)}[secure]
    tokens = [cookies[name] for name in names if name in cookies]
    return tokens if all(_TOKEN.fullmatch(one) for one in tokens) else []


def session_ids(cookies: Mapping[str, str], *, secure: bool | None = None) -> list[str]:
    """Return the ids of the sessions these cookies may stand for (クッキーのサインイン)."""
    return [fingerprint(token) for token in find_tokens(cookies, secure=secure)]


def fingerprint(token: str) -> str:
    """Return what the register keeps of a secret (合い札の指紋)."""
    return hashlib.sha256(token.encode()).hexdigest()
