"""Who asks for what is going on in this thread (いま頼んでいる人).

A request's session is known where the gate let it in; a page's to whoever runs pages.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    # The sessions of the page this thread draws, ``None`` where it draws none.
    FindSessions = Callable[[], Collection[str] | None]

_REQUEST: Final[ContextVar[Collection[str] | None]] = ContextVar("kayoi_asking", default=None)
_PAGES: Final[dict[str, FindSessions]] = {}


@contextmanager
def asked_by(ids: Collection[str]) -> Iterator[None]:
    """Have everything inside be asked for by a session (頼んでいる人を書きとめる)."""
    token = _REQUEST.set(ids)
    try:
        yield
    finally:
        _REQUEST.reset(token)


def ask_pages(find: FindSessions) -> None:
    """Tell how to find the session of a page that runs in this thread (画面の人の探し方)."""
    _PAGES["pages"] = find


def sessions_asking() -> Collection[str] | None:
    """Return the sessions of whoever asks in this thread, ``None`` where nobody does (頼んでいる人).

    Examples
    --------
    >>> with asked_by(["5e"]):
    ...     sessions_asking()
    ['5e']
    """
    asked = _REQUEST.get()
    if asked is not None:
        return asked
    return next((ids for ids in (find() for find in _PAGES.values()) if ids is not None), None)
