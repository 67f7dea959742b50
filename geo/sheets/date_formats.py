"""Which formats of numbers mean a day or a time (日付の書式)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# Of the formats Excel has no text for: days, times, and the East Asian ones (ECMA-376 18.8.30).
_BUILT_IN: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DAY: Final = re.compile(r"[ymdhs]|g+e|e+", re.IGNORECASE)


@lru_cache(maxsize=256)
def is_day_format(key: int, text: str) -> bool:
    """Say whether numbers in a format are days or times (日付の書式か).

    Parameters
    ----------
    text
        The format where the file tells it, "" for one that is built in.

    Examples
    --------
    >>> is_day_format(14, ""), is_day_format(164, 'ggge"年"m"月"d"日"'), is_day_format(165, '#,##0"日"')
    (True, True, False)
    >>> is_day_format(166, "[Red]0.00"), is_day_format(167, "General"), is_day_format(168, "0.00E+00")
    (False, False, False)
    """
    if not text:
        return key in _BUILT_IN
    first = _QUOTED.sub("", text.partition(";")[0])
    if first.casefold() in ("general", "標準", "g/標準") or re.search(r"[0#?]", first):
        return bool(re.search(r"[hs]", first, re.IGNORECASE)) and "e+" not in first.casefold()
    return _DAY.search(first) is not None
