"""Passwords: what is good enough, and how one is kept and compared (合いことば)."""

from __future__ import annotations

import threading
import unicodedata
from functools import lru_cache
from typing import Final

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from geo.base.problems import InputError
from geo.base.words import Words

SHORTEST: Final = 10
LONGEST: Final = 200
_FEWEST_SIGNS: Final = 4
_HASHER: Final = PasswordHasher()
_TIMES: Final = 4  # what a kept form from elsewhere may cost beside ours
# One comparison takes 64 MB: many at once would take the machine's memory.
_AT_ONCE: Final = threading.BoundedSemaphore(2)
# The commonest of leaked lists that are long enough to pass otherwise, and what comes to mind here.
_COMMON: Final = (
    "0123456789 1234567890 12345678910 0987654321 9876543210 1234554321 123456789a a123456789"
    " 123456789q 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc qazwsxedcrfv zaq12wsxcde3 q1w2e3r4t5 q1w2e3r4t5y6"
    " qwertyuiop qwertyuiop123 qwerty1234 qwerty12345 qwerty123456 asdfghjkl1 asdfghjkl123 1234qwerasdf"
    " asdfasdfasdf qwerasdfzxcv zxcvbnm123 abcdefghij abcdefghijk abcd123456 abcdef123456 abc1234567"
    " password01 password11 password12 password123 password1234 password12345 passwordpassword p@ssword123"
    " p@ssw0rd123 passw0rd123 passw0rd1234 mypassword mypassword1 iloveyou12 iloveyou123 iloveyou1234"
    " welcome123 welcome1234 letmein123 letmein1234 changeme123 changeme1234 admin12345 admin123456"
    " administrator adminadmin administrator1 superman123 football123 baseball123 basketball sunshine123"
    " princess123 dragon12345 monkey12345 samsung123 michael123 test123456 testtest123 secret1234"
    " 1234567891 1234512345 1123581321 3141592653 1029384756 147258369a 0000000001 1111122222"
    " sakura1234 sakurasakura kayoi12345 kayoimap123 kayoimap1234 kayoimap2026 japan12345 nihon12345"
    " tokyo12345 doraemon123 pokemon1234 nintendo123 arigatou123 konnichiwa ohayougozaimasu"
    " hogehogehoge hogehoge123"
)
_COMMONEST: Final = frozenset(_COMMON.split())


def hash_password(password: str) -> str:
    """Return what is kept of a password; nobody gets it back from that (しまう形).

    Costs 64 MB and some 50 ms on purpose.
    """
    with _AT_ONCE:
        return _HASHER.hash(_same(password))


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
            fits = _HASHER.verify(found, "" if long else _same(password))
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


def check_new_password(name: str, password: str) -> None:
    """Turn away a password that would be guessed (新しい合いことばを確かめる).

    Raises
    ------
    InputError
        When it is too short or long, the name itself, or among the first to be tried.
    """
    text = _same(password)
    if not SHORTEST <= len(text) <= LONGEST or len(password) > LONGEST:
        raise InputError(
            Words(
                f"パスワードは{SHORTEST}〜{LONGEST}文字にしてください。短い文を一つ使うと、覚えやすく破られにくくなります",
                f"a password has {SHORTEST} to {LONGEST} signs; a short sentence is easy to keep in mind",
            )
        )
    plain = text.casefold()
    if plain == name.casefold():
        raise InputError(
            Words("名前と同じパスワードは使えません", "the password must not be the name")
        )
    if plain in _COMMONEST or len(set(plain)) < _FEWEST_SIGNS:
        raise InputError(
            Words(
                "このパスワードは、よく使われていて、すぐに当てられます。ほかのものにしてください",
                "this password is among the first to be guessed; choose another",
            )
        )


def _same(password: str) -> str:
    """Keyboards write the same signs in different ways."""
    return unicodedata.normalize("NFKC", password)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    with _AT_ONCE:
        return _HASHER.hash("nobody's password")
