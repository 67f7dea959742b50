"""Of the same trouble one line a minute, with how often it was (同じ知らせはたまに)."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

LOG: Final = logging.getLogger("kayoi.door")
# Who speaks of connections, and may be made to do so by anybody.
LOGGERS: Final = (
    "kayoi.door", "uvicorn", "uvicorn.access", "uvicorn.error", "asyncio", "websockets.server",
)  # fmt: skip
_EVERY_S: Final = 60.0
_MOST_KINDS: Final = 500


class Seldom(logging.Filter):
    """Lets the first of a kind through, then one a minute (たまに通す).

    Two are of a kind that say the same in the same logger, or whose exception comes from the same
    line.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, every_s: float = _EVERY_S
    ) -> None:
        super().__init__()
        self._clock = clock
        self._every_s = every_s
        self._seen: dict[object, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a line is written; what was held back is counted in it (通すか)."""
        if record.levelno < logging.WARNING:
            return False
        now, kind = self._clock(), _kind(record)
        last, held = self._seen.get(kind, (None, 0))
        if last is not None and now - last < self._every_s:
            self._seen[kind] = (last, held + 1)
            return False
        if len(self._seen) >= _MOST_KINDS:
            self._seen.clear()
        self._seen[kind] = (now, 0)
        if held:
            record.msg = f"{record.getMessage()} (+{held})"
            record.args = None
        return True


def quieten() -> None:
    """Put the filter where connections are spoken of (静かにする)."""
    for name in LOGGERS:
        logging.getLogger(name).addFilter(Seldom())


def _kind(record: logging.LogRecord) -> object:
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return record.name, str(record.msg)
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else None
    return record.name, type(error), where
