"""Takes connections in, one by one, before anything of them is read (入口).

The sockets are counted, not the protocols: one in the midst of a handshake and one that a page
holds open are files as well, and a socket is closed just once.
"""

from __future__ import annotations

import asyncio
import os
import socket
from asyncio.sslproto import SSLProtocol
from typing import TYPE_CHECKING, Final

from layers.door.full import Full
from layers.door.seldom import LOG

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Coroutine, Sequence

    from layers.door.visits import Visit, Visits

_BACKLOG: Final = 1024
# As many are taken in before those are looked at that are in: a request goes round some ten times.
_IN_A_ROW: Final = 8
# As many are told that there is no place; the others are only ended.
_MOST_TOLD: Final = 32
_NO_FILE_S: Final = 0.2
# A record of TLS (RFC 8446, 5.1): its kind, its version, its length.
_HANDSHAKE: Final = 0x16
_RECORD_HEAD: Final = 5
_LONGEST_RECORD: Final = 16_389
_PEEK_S: Final = 0.1
# asyncio has 256 kB for each connection to read into, and keeps what ended until its next round of
# collection: two records are enough at once.
SSLProtocol.max_size = 32_768


class Door:
    """The sockets that are listened on, and what comes of them (入口).

    Parameters
    ----------
    make
        The protocol of a new connection.
    """

    def __init__(
        self,
        listeners: Sequence[socket.socket],
        visits: Visits,
        make: Callable[[Visit], asyncio.Protocol],
        secure: ssl.SSLContext | None,
    ) -> None:
        self.listeners = listeners
        self.visits = visits
        self._make = make
        self._secure = secure
        self._tasks: set[asyncio.Task[None]] = set()
        self._told = 0

    def open(self) -> None:
        """Begin to take connections in (開く)."""
        for listener in self.listeners:
            self._begin(self._take_in(listener))
        self._begin(self._look_round())

    def close(self) -> None:
        """Take no more in (閉じる)."""
        for task in self._tasks:
            task.cancel()
        for listener in self.listeners:
            listener.close()

    async def wait_closed(self) -> None:
        """Wait until nothing is under way (閉じるのを待つ)."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _take_in(self, listener: socket.socket) -> None:
        loop, count = asyncio.get_running_loop(), 0
        while True:
            try:
                came, address = await loop.sock_accept(listener)
            except OSError as error:
                LOG.warning("a connection could not be taken in: %s", error.strerror)
                await asyncio.sleep(_NO_FILE_S)
                continue
            self._admit(came, str(address[0]))
            count += 1
            if count % _IN_A_ROW == 0:
                await asyncio.sleep(0)

    async def _look_round(self) -> None:
        while True:
            await asyncio.sleep(self.visits.bounds.sweep_s)
            late = self.visits.sweep()
            if late:
                LOG.warning("connections that kept the server waiting were ended")

    def _admit(self, came: socket.socket, address: str) -> None:
        visit = self.visits.admit(address)
        if visit is None:
            self._refuse(came)
            return
        held = Held(came, lambda: self.visits.leave(visit))
        task = self._begin(self._connect(held, lambda: self._make(visit)))
        visit.cut = task.cancel
        # One that is ended before it began has closed nothing.
        task.add_done_callback(lambda done: held.close() if done.cancelled() else None)

    def _refuse(self, came: socket.socket) -> None:
        LOG.warning("the door was full: a connection was refused")
        if self._told >= _MOST_TOLD:
            came.close()
            return
        self._told += 1
        held = Held(came, self._told_one)
        task = self._begin(self._connect(held, Full))
        task.add_done_callback(lambda done: held.close() if done.cancelled() else None)

    def _told_one(self) -> None:
        self._told -= 1

    async def _connect(self, held: Held, make: Callable[[], asyncio.Protocol]) -> None:
        loop, limit = asyncio.get_running_loop(), self.visits.bounds.greeting_s
        try:
            if self._secure is None:
                await loop.connect_accepted_socket(make, held)
            else:
                await _wait_for_hello(held)
                await loop.connect_accepted_socket(
                    make, held, ssl=self._secure,
                    ssl_handshake_timeout=limit, ssl_shutdown_timeout=limit,
                )  # fmt: skip
        except OSError:  # of TLS too: whoever asked is gone, or speaks something else
            held.close()


class Held(socket.socket):
    """A connection's socket that says when it is closed (数えられたソケット)."""

    def __init__(self, came: socket.socket, closed: Callable[[], None]) -> None:
        super().__init__(came.family, came.type, came.proto, fileno=came.detach())
        self.settimeout(0)
        self._closed_now: Callable[[], None] | None = closed

    def close(self) -> None:
        """Close, and say so once (閉じる)."""
        super().close()
        told, self._closed_now = self._closed_now, None
        if told is not None:
            told()


async def _wait_for_hello(held: Held) -> None:
    """Wait until the first record of a handshake is here, and take nothing of it.

    A handshake that was begun has memory of its own, which a stranger's silence is not worth.
    """
    loop = asyncio.get_running_loop()
    seen = False
    while not _is_hello_here(held):
        if seen:
            await asyncio.sleep(_PEEK_S)
            continue
        came: asyncio.Future[None] = loop.create_future()
        try:
            loop.add_reader(held, _tell, came)
        except NotImplementedError:  # Windows
            return
        try:
            await came
        finally:
            loop.remove_reader(held)
        seen = True


def _tell(came: asyncio.Future[None]) -> None:
    if not came.done():
        came.set_result(None)


def _is_hello_here(held: Held) -> bool:
    try:
        head = held.recv(_LONGEST_RECORD, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    # Ended, or something else: it is TLS's to say so.
    if not head or head[0] != _HANDSHAKE:
        return True
    length = int.from_bytes(head[3:5])
    return len(head) >= _RECORD_HEAD + min(length, _LONGEST_RECORD - _RECORD_HEAD)


def open_listeners(host: str, port: int) -> list[socket.socket]:
    """Return sockets that listen on a host's addresses (待ち受ける).

    Raises
    ------
    OSError
        When none of them can be had.
    """
    found: list[socket.socket] = []
    fault: OSError | None = None
    asked = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    for family, kind, proto, _, address in dict.fromkeys(asked):
        one = socket.socket(family, kind, proto)
        try:
            if os.name == "posix":
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            one.bind(address)
            one.listen(_BACKLOG)
            one.settimeout(0)
        except OSError as error:
            one.close()
            fault = error
        else:
            found.append(one)
    if not found:
        raise fault or OSError(f"no address of {host}")
    return found
