"""A page's connection ends when its session does (つながったままの画面)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import Message, Receive, Send

_ASKED_EVERY_S: Final = 5.0
# The page itself says in words that the session has ended, at its next whole run.
_GRACE_S: Final = 20.0


class SocketGuard:
    """Looks at the session again as messages come (見はり).

    Parts of a page run without the whole of it: what the page checks would not stop those.

    Parameters
    ----------
    is_known
        Whether the session still stands.
    """

    def __init__(
        self,
        is_known: Callable[[], Awaitable[bool]],
        receive: Receive,
        send: Send,
        *,
        code: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.is_known = is_known
        self._receive = receive
        self._send = send
        self._code = code
        self._clock = clock
        self._asked_at = clock()
        self._ended_at: float | None = None

    async def receive(self) -> Message:
        """Return the next message, or the end of the connection (次の知らせ)."""
        message = await self._receive()
        if message["type"] != "websocket.receive" or await self._may_go_on():
            return message
        await self._send({"type": "websocket.close", "code": self._code})
        return {"type": "websocket.disconnect", "code": self._code}

    async def _may_go_on(self) -> bool:
        now = self._clock()
        if self._ended_at is None and now - self._asked_at >= _ASKED_EVERY_S:
            self._asked_at = now
            if not await self.is_known():
                self._ended_at = now
        return self._ended_at is None or now - self._ended_at < _GRACE_S
