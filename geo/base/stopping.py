"""A request to stop is an exception, so that what was begun is taken back (止められたら片づける)."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

# What `kill`, a service being stopped, and a terminal being closed send.
_STOPS: Final = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
)
_SHELL_BASE: Final = 128  # a shell reports a signal as this and its number


@contextmanager
def stop_in_order() -> Iterator[None]:
    """Leave a block by `SystemExit` when the process is asked to stop (止める合図を例外にする).

    By default such a signal ends the process at once, and no ``finally`` runs. In a thread
    other than the main one nothing is changed, as signals do not come there.

    Raises
    ------
    SystemExit
        With the number a shell gives to that signal.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {one: signal.signal(one, _stop) for one in _STOPS}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _stop(number: int, _: FrameType | None) -> NoReturn:
    raise SystemExit(_SHELL_BASE + number)
