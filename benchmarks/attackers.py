"""Strangers who hold connections: run as a process of their own by ``attack.py``.

``python attackers.py KIND COUNT SECONDS PORT FIRST LAST`` opens so many connections from the
addresses 127.0.0.FIRST to 127.0.0.LAST in turn, keeps each as long as the server lets it, and opens
another in its place when it is cut.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import time
from collections import Counter
from typing import Final

_FORM: Final = (
    b"POST /auth/login HTTP/1.1\r\nhost: 127.0.0.1:%d\r\norigin: http://127.0.0.1:%d\r\n"
    b"content-type: application/x-www-form-urlencoded\r\ncontent-length: %d\r\n\r\nname="
)
_HEAD: Final = b"GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nx-a: "
# At once: a kernel's queue of connections nobody has taken in yet is finite.
_AT_ONCE: Final = 100
_SOONEST_S: Final = 0.5
_NO_ANSWER_S: Final = 3.0


def first_words(kind: str, port: int) -> bytes:
    """Return what a stranger says at once."""
    match kind:
        case "half sign-in":
            return _FORM % (port, port, 200)
        case "slow body":
            return _FORM % (port, port, 2_000)
        case "slow head":
            return _HEAD
        case "silent":
            return b""
        case "half handshake":
            return b"\x16\x03\x01\x02\x00"
    raise ValueError(kind)


async def hold(
    kind: str, port: int, address: str, until: float, opening: asyncio.Semaphore, seen: Counter[str]
) -> None:
    """Keep one connection open, and another when it is cut."""
    while time.monotonic() < until:
        try:
            async with opening, asyncio.timeout(_NO_ANSWER_S):
                reader, writer = await asyncio.open_connection(
                    "127.0.0.1", port, local_addr=(address, 0)
                )
        except (OSError, TimeoutError):
            seen["not let in"] += 1
            await asyncio.sleep(_SOONEST_S)
            continue
        seen["opened"] += 1
        began = time.monotonic()
        try:
            writer.write(first_words(kind, port))
            await _stay(kind, reader, writer, until)
        except OSError:
            seen["reset"] += 1
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
        seen["held s"] += round(time.monotonic() - began)
        await asyncio.sleep(_SOONEST_S)


async def _stay(
    kind: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, until: float
) -> None:
    while (left := until - time.monotonic()) > 0:
        try:
            async with asyncio.timeout(min(1.0, left) if kind.startswith("slow") else left):
                if not await reader.read(1_000):
                    return
        except TimeoutError:
            if kind.startswith("slow"):
                writer.write(b"x")


async def main() -> None:
    """Hold them all, and say how it went as a line of JSON."""
    kind, count, seconds, port, first, last = sys.argv[1], *map(int, sys.argv[2:7])
    until, seen, opening = time.monotonic() + seconds, Counter[str](), asyncio.Semaphore(_AT_ONCE)
    addresses = [f"127.0.0.{number}" for number in range(first, last + 1)]
    async with asyncio.TaskGroup() as group:
        for number in range(count):
            address = addresses[number % len(addresses)]
            group.create_task(hold(kind, port, address, until, opening, seen))
    print(json.dumps(seen))


if __name__ == "__main__":
    asyncio.run(main())
