"""One connection as the server speaks with it, telling the door what it waits for (見はられた接続).

What this stands on is not promised by uvicorn: `cycle` with `more_body` and `response_complete`,
`flow` with `read_paused`, `conn`, `handle_websocket_upgrade` and `on_response_complete`. The tests
of this file hold them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio

    from layers.door.visits import Stage, Visit, Visits


class Guarded(H11Protocol):
    """uvicorn's own connection, that says at what it is (見はられた接続).

    Parameters
    ----------
    visit, visits
        Its place, and all of them.
    given
        What uvicorn gives a connection.
    """

    def __init__(self, visit: Visit, visits: Visits, **given: Any) -> None:  # noqa: ANN401 - uvicorn's
        super().__init__(**given)
        self.visit = visit
        self.visits = visits

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin: a request is waited for (つながった)."""
        super().connection_made(transport)
        self.visit.cut, self.visit.look = transport.abort, self._tell
        self._tell()

    def data_received(self, data: bytes) -> None:
        """Take bytes, and see how far the request is (届いた)."""
        self.visit.took += len(data)
        super().data_received(data)
        self._tell()

    def on_response_complete(self) -> None:
        """Answered: the next request is waited for, or the rest of this one (答えた)."""
        super().on_response_complete()
        self._tell()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Hand over to a page's own connection, which has its own signs of life (画面とつなぐ)."""
        self.visit.enter("socket", self.visits.clock())
        super().handle_websocket_upgrade(event)

    def pause_writing(self) -> None:
        """Note that the reader takes nothing (読み手が止まった)."""
        super().pause_writing()
        self.visit.stuck_at = self.visits.clock()

    def resume_writing(self) -> None:
        """Note that the reader goes on (読み手が動いた)."""
        super().resume_writing()
        self.visit.stuck_at = None

    def _tell(self) -> None:
        if self.visit.stage != "socket":
            self.visit.enter(self._stage(), self.visits.clock())

    def _stage(self) -> Stage:
        cycle = self.cycle
        if cycle is None or (cycle.response_complete and self.conn.their_state is h11.IDLE):
            return "head"
        if cycle.response_complete:
            return "rest" if self.conn.their_state is h11.SEND_BODY else "head"
        # While we do not read, nothing can come.
        return "body" if cycle.more_body and not self.flow.read_paused else "busy"
