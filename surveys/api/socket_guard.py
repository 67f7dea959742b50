"""A page's connection ends when its session does (つながったままの画面)."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Send


class SocketGuard:
    """Stands between the app and one connection, and ends it when told to (見はり).

    Parameters
    ----------
    receive, send
        The connection's own.
    code
        What it is closed with.
    """

    def __init__(self, receive: Receive, send: Send, *, code: int) -> None:
        self._receive = receive
        self._send = send
        self._code = code
        self._loop = asyncio.get_running_loop()
        self._over = asyncio.Event()
        self._ended = False

    def end(self) -> None:
        """End the connection, from any thread: nothing goes out any more (終わらせる)."""
        self._ended = True
        with suppress(RuntimeError):  # its loop has stopped: so has the connection
            self._loop.call_soon_threadsafe(self._over.set)

    async def receive(self) -> Message:
        """Return the next message, or the end of the connection, silent as it may be (次の知らせ)."""
        taking = asyncio.ensure_future(self._receive())
        ending = asyncio.ensure_future(self._over.wait())
        try:
            await asyncio.wait({taking, ending}, return_when=asyncio.FIRST_COMPLETED)
            if not self._ended:
                return taking.result()
        finally:
            taking.cancel()
            ending.cancel()
        # What the app itself closed meanwhile is closed.
        with suppress(RuntimeError, OSError):
            await self._send({"type": "websocket.close", "code": self._code})
        return {"type": "websocket.disconnect", "code": self._code}

    async def send(self, message: Message) -> None:
        """Pass a message on while the session stands (送る).

        Raises
        ------
        OSError
            Once it has ended, as a server does whose client is gone.
        """
        if self._ended:
            raise OSError(self._code, "the session has ended")
        await self._send(message)
