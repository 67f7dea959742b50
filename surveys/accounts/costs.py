"""What it may cost to compare a password with a kept form from elsewhere (照合の手間)."""

from __future__ import annotations

from typing import Final

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError

_OURS: Final = PasswordHasher()
_TIMES: Final = 4


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
        asked.memory_cost <= _TIMES * _OURS.memory_cost
        and asked.time_cost <= _TIMES * _OURS.time_cost
        and asked.parallelism <= _TIMES * _OURS.parallelism
    )
