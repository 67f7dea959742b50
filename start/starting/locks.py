"""Locks the system lets go of when their holder ends, however it ends (錠)."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(number: int) -> None:
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """A lock on a file: held as long as its holder, or who was handed it, is alive (錠)."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.number = -1

    def take(self) -> bool:
        """Return whether it is ours now (取る)."""
        number = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(number)
        except OSError:
            os.close(number)
            return False
        self.number = number
        return True

    def let_go(self) -> None:
        """Give it back; nothing happens where it was not taken (放す)."""
        if self.number >= 0:
            with suppress(OSError):
                os.close(self.number)
            self.number = -1


def is_held(file: Path) -> bool:
    """Say whether somebody holds a lock (錠がかかっているか)."""
    lock = Lock(file)
    if not file.exists():
        return False
    taken = lock.take()
    lock.let_go()
    return not taken
