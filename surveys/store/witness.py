"""Whoever saves stands at the door of every write: nobody who left does (保存する人を見とどける)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.store.accounts import find_sessions

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from sqlalchemy import Connection

    from surveys.store.accounts import Session
    from surveys.store.engine import Witness

SIGNED_OUT: Final = Words(
    "サインインが終わっているので、保存していません。もう一度サインインしてから保存してください",
    "you are signed out: nothing was saved; sign in again, then save",
)


class SignedOutError(InputError):
    """Who saves is not signed in any more (サインインが終わった人の保存)."""

    def __init__(self) -> None:
        super().__init__(SIGNED_OUT)


def make_witness(
    asking: Callable[[], Collection[str] | None], stands: Callable[[Session], bool]
) -> Witness:
    """Return a witness that lets only a session that stands write (見とどけ役をつくる).

    Parameters
    ----------
    asking
        Gives the ids of the sessions of whoever asks now; empty for somebody with none, ``None``
        where nobody asks: a command, or the server on its own.
    stands
        Says whether a session that nobody ended is within its time.
    """

    def witness(connection: Connection) -> None:
        ids = asking()
        if ids is None:
            return
        if not any(stands(session) for session, _ in find_sessions(connection, ids)):
            raise SignedOutError

    return witness
