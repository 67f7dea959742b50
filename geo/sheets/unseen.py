"""Signs nobody sees that copying left in cells, taken out (見えない文字を取る)."""

from __future__ import annotations

import re
from typing import Final

# Blanks without width, marks and overrides of direction, soft hyphens: never a part of a word.
# Joiners stay, which spell emoji and some scripts.
_UNSEEN: Final = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)


def drop_unseen(text: str) -> str:
    r"""Return text without signs that nobody sees (見えない文字を取る).

    Examples
    --------
    >>> drop_unseen("名\u200b称\ufeff")
    '名称'
    """
    return text if text.isascii() else _UNSEEN.sub("", text)
