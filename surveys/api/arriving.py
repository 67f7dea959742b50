"""Bodies that go to disk as they come (届く途中の本文).

Of twenty photos at once, twenty files and no more than some blocks are in memory.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Self

from anyio import to_thread

from geo.base.words import Words
from surveys.api.bodies import TooLargeError, told_size
from surveys.record.cannot_keep import CannotKeepError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import BinaryIO

    from starlette.requests import Request

_IN_MEMORY: Final = 1 << 16
_BLOCK: Final = 1 << 18
# What a disk must have left besides: the database grows, and a full one stops everybody.
_SPARE: Final = 500_000_000
_NO_ROOM: Final = Words(
    "サーバーのディスクの空きが足りません。書いたものは端末に残り、あとでまた送ります。事務所に知らせてください",
    "the server's disk is nearly full: everything stays on the device and is sent again later;"
    " please tell the office",
)


class Arriving:
    """One body on its way: a large one into a file of its own, gone when it was not taken (届く途中).

    Parameters
    ----------
    folder
        Where the file would be; made when it is not there.
    most
        Bytes.

    Attributes
    ----------
    sha256, size
        Of what came.
    """

    def __init__(self, folder: Path, most: int) -> None:
        self._path = folder / f"{secrets.token_hex(16)}.part"
        self.most = most
        self.size = 0
        self.sha256 = ""
        self._digest = hashlib.sha256()
        self._held = bytearray()
        self._file: BinaryIO | None = None

    async def __aenter__(self) -> Self:
        """Begin (はじめる)."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Leave nothing behind, however it ended (片づける)."""
        if self._file is not None:
            self._file.close()
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    @property
    def data(self) -> bytes | Path:
        """What came: itself when it is small, else the file it is in (届いたもの)."""
        return bytes(self._held) if self._file is None else self._path

    async def take(self, request: Request) -> None:
        """Receive a request's body, counted before it is held (受け取る).

        Raises
        ------
        TooLargeError
            When there are more bytes than it may have; one that says so is not read at all.
        CannotKeepError
            When the disk has no room, or may not be written.
        """
        told = told_size(request)
        if told is not None and told > self.most:
            raise TooLargeError
        async for part in request.stream():
            self.size += len(part)
            if self.size > self.most:
                raise TooLargeError
            self._digest.update(part)
            self._held += part
            if len(self._held) >= (_IN_MEMORY if self._file is None else _BLOCK):
                block, self._held = self._held, bytearray()
                await to_thread.run_sync(self._write, block)
        if self._file is not None:
            await to_thread.run_sync(self._end)
        self.sha256 = self._digest.hexdigest()

    def _write(self, block: bytearray) -> None:
        try:
            if self._file is None:
                self._file = self._open()
            self._file.write(block)
        except OSError as error:
            raise CannotKeepError(_NO_ROOM, full=True) from error

    def _open(self) -> BinaryIO:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self._path.parent).free < self.most + _SPARE:
            raise CannotKeepError(_NO_ROOM, full=True)
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        return os.fdopen(handle, "wb")

    def _end(self) -> None:
        self._write(self._held)
        try:
            if self._file is not None:
                self._file.close()
        except OSError as error:
            raise CannotKeepError(_NO_ROOM, full=True) from error
