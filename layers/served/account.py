"""Who is signed in to the town being served (いまの利用者)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from layers.served.register import register_now
from surveys.accounts.user import is_needed
from surveys.signing_in.sessions import current_user
from surveys.signing_in.sessions import find_standing as find_standing_in

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from surveys.accounts.user import User


def sign_in_needed() -> bool:
    """Say whether people must sign in here (サインインが要るか)."""
    return is_needed()


def find_user(cookies: Mapping[str, str], secure: bool | None = None) -> User | None:  # noqa: FBT001 - the gate's own
    """Return who these cookies stand for now (いまの利用者).

    Raises
    ------
    InputError
        When the register cannot be read.
    """
    return current_user(cookies, register_now(), now=datetime.now(UTC), secure=secure)


def find_standing(ids: Collection[str]) -> frozenset[str]:
    """Return those of some sessions that stand now (続いているサインイン).

    Raises
    ------
    InputError
        When the register cannot be read.
    """
    return find_standing_in(register_now(), ids, now=datetime.now(UTC))
