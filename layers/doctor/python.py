"""Which Python runs (Python)."""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from layers.doctor.parts.declare import Check, Finding, good, mend

if TYPE_CHECKING:
    from layers.doctor.parts.declare import Subject

LEAST: Final = (3, 11)
_SIXTY_FOUR: Final = 2**32


def look(_subject: Subject) -> list[Finding]:
    """Say whether this Python can run the app (Pythonを見る)."""
    told = platform.python_version()
    if tuple(sys.version_info[:2]) < LEAST:
        return [mend(
            f"{told} は古すぎます。3.11 以上の Python に入れなおしてください",
            f"{told} is too old: install into Python 3.11 or later",
        )]  # fmt: skip
    if sys.maxsize < _SIXTY_FOUR:
        return [mend(
            f"{told} は32ビットです。64ビットの Python に入れなおしてください",
            f"{told} is of 32 bits: install into one of 64 bits",
        )]  # fmt: skip
    return [good(f"{told}（{sys.executable}）", f"{told} ({sys.executable})")]


CHECK = Check(id="python", order=10, words=Words("Python", "Python"), look=look)
