"""What was used for a large upload goes back to the machine (使い終わったメモリ)."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from typing import Final

# glibc's names for them (malloc.h), and what is asked for, in bytes or pieces.
_BOUNDS: Final = (
    (-3, 8 << 20),  # M_MMAP_THRESHOLD: a block as large as a photo's pixels is the system's own
    (-1, 32 << 20),  # M_TRIM_THRESHOLD: so much may stay at the end of the heap for the next page
    (-8, 4),  # M_ARENA_MAX: heaps that threads share, each with its own left-overs
)


def bound_memory() -> bool:
    """Have large freed blocks go back at once; say whether the machine can (メモリを返す).

    By itself glibc learns from the first large block that is freed to keep the next ones, in a heap
    for each thread: twenty photos sent at once then leave what they took with the process. Other
    machines' allocators are left as they are.
    """
    if not sys.platform.startswith("linux"):
        return False
    with suppress(AttributeError, OSError):  # musl has no such call
        mallopt = ctypes.CDLL(None).mallopt
        return all(mallopt(name, value) == 1 for name, value in _BOUNDS)
    return False
