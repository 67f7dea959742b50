"""What a visitor is told for whom there is no place (満員の返事)."""

from __future__ import annotations

import asyncio
from typing import Final

from geo.base.words import Words

AGAIN_S: Final = 5
FULL: Final = Words(
    "いま、つながっている人が多すぎます。書いたものは消えません。少し待って、もう一度開いてください",
    "too many are connected just now; nothing you wrote is lost: wait a little and open it again",
)
_LINGER_S: Final = 1.0


def dump_full() -> bytes:
    """Return the whole answer, as it goes over the wire (満員の返事)."""
    body = f"{FULL.ja}\n{FULL.en}\n".encode()
    head = (
        "HTTP/1.1 503 Service Unavailable\r\n"
        "content-type: text/plain; charset=utf-8\r\n"
        f"content-length: {len(body)}\r\n"
        f"retry-after: {AGAIN_S}\r\n"
        "cache-control: no-store\r\n"
        "connection: close\r\n\r\n"
    )
    return head.encode() + body


class Full(asyncio.Protocol):
    """A connection that is told so, and ended (満員)."""

    def __init__(self) -> None:
        self._end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Answer before anything is asked; ended at once, the answer could be lost (つながった)."""
        if isinstance(transport, asyncio.Transport):
            transport.write(dump_full())
            if transport.can_write_eof():
                transport.write_eof()
            loop = asyncio.get_running_loop()
            self._end = loop.call_later(_LINGER_S, transport.abort)

    def connection_lost(self, _error: Exception | None) -> None:
        """Forget the timer (切れた)."""
        if self._end is not None:
            self._end.cancel()
