"""How many files, and so connections, the process may open (開けるファイルの数)."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

WANTED: Final = 4096


def raise_file_limit(wanted: int = WANTED) -> int | None:
    """Raise the limit as far as the machine lets, and return it; ``None`` where there is none (上げる).

    Most machines begin with 1,024 and let a process have more when it asks.
    """
    try:
        import resource  # noqa: PLC0415 - Windows has none, and no such limit
    except ImportError:
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
            soft = most
    return wanted if soft == resource.RLIM_INFINITY else soft
