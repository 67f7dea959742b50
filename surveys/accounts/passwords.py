"""Passwords: how one is kept and compared (合いことば)."""

from __future__ import annotations

import threading
import unicodedata
from functools import lru_cache
from typing import Final

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

LONGEST: Final = 200
_HASHER: Final = PasswordHasher()
_TIMES: Final = 4  # what a kept form from elsewhere may cost beside ours
# One comparison takes 64 MB: many at once would take the machine's memory.
_AT_ONCE: Final = threading.BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """Return what is kept of a password; nobody gets it back from that (しまう形).

    Costs 64 MB and some 50 ms on purpose.
    """
    with _AT_ONCE:
        return _HASHER.hash(same_signs(password))


def is_password(kept: str | None, password: str) -> bool:
    """Say whether a password is the one kept (合うか).

    Parameters
    ----------
    kept
        What `hash_password` returned; ``None`` where there is no such account: that takes the
        same time, so that nobody learns from it which names there are.
    """
    found = kept if kept is not None else _nobodys()
    long = len(password) > LONGEST
    with _AT_ONCE:
        try:
            fits = _HASHER.verify(found, "" if long else same_signs(password))
        except (VerificationError, InvalidHashError):
            return False
    return fits and kept is not None and not long


def is_cheap_enough(kept: str) -> bool:
    """Say whether a kept form takes at most a few times what ours take (手間が大きすぎないか).

    A form may ask for any memory and time: one planted in a backup would stop the server at the
    first try to sign in. What is no form at all fits no password and costs nothing.

    Examples
    --------
    >>> is_cheap_enough("no form"), is_cheap_enough("$argon2id$v=19$m=9999999,t=3,p=4$c2FsdHNhbHQ$aGFzaA")
    (True, False)
    """
    try:
        asked = extract_parameters(kept)
    except (InvalidHashError, ValueError):
        return True
    return (
        asked.memory_cost <= _TIMES * _HASHER.memory_cost
        and asked.time_cost <= _TIMES * _HASHER.time_cost
        and asked.parallelism <= _TIMES * _HASHER.parallelism
    )


def is_kept_weaker(kept: str) -> bool:
    """Say whether a kept form is older than today's and should be made anew (古い形か)."""
    return _HASHER.check_needs_rehash(kept)


def same_signs(password: str) -> str:
    """Return a text as every keyboard writes it (同じ文字にする).

    Examples
    --------
    >>> same_signs("ｶﾖｲ１")
    'カヨイ1'
    """
    return unicodedata.normalize("NFKC", password)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    with _AT_ONCE:
        return _HASHER.hash("nobody's password")
