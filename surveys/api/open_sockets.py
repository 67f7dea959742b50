"""Every open connection by its session: none outlives it (開いているつながり).

A session may end in another process: by ``kayoi user``, or a second server on the same register.
So the register is asked again and again, for all connections at once.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from surveys.api.socket_guard import SocketGuard

    FindStanding = Callable[[Collection[str]], Collection[str]]

# Within a second, with room for the look itself and for a busy machine.
EVERY_S: Final = 0.4
_LOG: Final = logging.getLogger(__name__)


class OpenSockets:
    """The connections of one process, and the thread that looks after them (つながりの表).

    The thread is there while a connection is. It waits for nothing the app does: neither a loop
    that is busy drawing nor a pool whose threads all compute keeps it from looking.

    Parameters
    ----------
    find_standing
        Says which of some sessions stand now; costs one read.
    """

    def __init__(self, find_standing: FindStanding, *, every_s: float = EVERY_S) -> None:
        self._find_standing = find_standing
        self._every_s = every_s
        self._lock = threading.Lock()
        self._open: dict[str, set[SocketGuard]] = {}
        self._watching = False
        self._soon = threading.Event()

    def join(self, session_id: str, guard: SocketGuard) -> None:
        """Look after a connection from now on (くわえる)."""
        with self._lock:
            self._open.setdefault(session_id, set()).add(guard)
            if self._watching:
                return
            self._watching = True
        threading.Thread(target=self._watch, name="kayoi-sockets", daemon=True).start()

    def leave(self, session_id: str, guard: SocketGuard) -> None:
        """Forget a connection that is closed (はずす)."""
        with self._lock:
            guards = self._open.get(session_id, set())
            guards.discard(guard)
            if not guards:
                self._open.pop(session_id, None)
            if not self._open:
                self._soon.set()  # nothing to wait for

    def look_soon(self) -> None:
        """Look at once: a session may just have ended here (すぐに見る)."""
        self._soon.set()

    def look(self) -> int:
        """End the connections of sessions that ended; return of how many (見る).

        A register that cannot be read ends nobody's session: it lets nobody save either.
        """
        with self._lock:
            asked = list(self._open)
        try:
            over = set(asked).difference(self._find_standing(asked) if asked else ())
        except InputError:
            return 0
        with self._lock:
            ending = [guard for id_ in over for guard in self._open.get(id_, ())]
        for guard in ending:
            guard.end()
        return len(over)

    def _watch(self) -> None:
        while True:
            self._soon.wait(self._every_s)
            self._soon.clear()
            with self._lock:
                if not self._open:
                    self._watching = False
                    return
            try:
                self.look()
            except Exception:  # noqa: BLE001 - the watch must outlive whatever went wrong
                _LOG.exception("open connections could not be looked at")
