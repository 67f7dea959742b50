"""Text in a workbook's XML, where ``_x0041_`` stands for a sign (ブックの中の文字).

ECMA-376 part 1, 22.9.2.19 (ST_Xstring): Excel shows ``_x0041_`` as A, and ``_x005F_`` keeps a
text that only looks so.
"""

from __future__ import annotations

import re
from typing import Final

_SIGN: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_NEEDED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f]")
# The errors a spreadsheet shows: as a text they would be taken for one.
_ERRORS: Final = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}
)


def escape_text(text: str) -> str:
    r"""Return text as a workbook holds it (ブックに書く文字).

    Examples
    --------
    >>> escape_text("坂_x0041_"), escape_text("#N/A")
    ('坂_x005F_x0041_', '_x0023_N/A')
    """
    if text in _ERRORS:
        return f"_x0023_{text[1:]}"
    return _NEEDED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescape_text(text: str) -> str:
    """Return the text a workbook's cell shows (ブックから読む文字).

    Examples
    --------
    >>> unescape_text("坂_x005F_x0041_"), unescape_text("_x0023_N/A")
    ('坂_x0041_', '#N/A')
    """
    # Our reader has made a line end of every _x000D_, of one that only looks so as well.
    whole = text.replace("_x005F\r", "_x005F_x000D_")
    return _SIGN.sub(lambda found: chr(int(found[1], 16)), whole)
