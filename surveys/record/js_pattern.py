"""A pattern of ours as a browser's own, that finds the very same (パターンをJavaScriptに直す).

What the two languages read differently is written out; what is not known here is refused, so that
no pattern is ever served that finds something else. (ECMA-262, 22.2.1, "Patterns", with the flag u.)
"""

from __future__ import annotations

import re
from typing import Final

# What `str.isspace` says yes to.
_SPACE: Final = r"\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_LETTER: Final = r"[\p{L}\p{N}_]"
_EDGE: Final = f"(?:(?<={_LETTER})(?!{_LETTER})|(?<!{_LETTER})(?={_LETTER}))"
_PART: Final = re.compile(r"\\u[0-9a-f]{4}|\\.|\(\?P<|\(\?(?:[:=!]|<[=!])|\(\?|.", re.DOTALL)
# An escape inside a class, and outside one.
_INSIDE: Final = {"\\s": _SPACE, "\\d": r"\p{Nd}"}
_OUTSIDE: Final = {"\\s": f"[{_SPACE}]", "\\d": r"\p{Nd}", "\\b": _EDGE, "\\Z": "$"}
_OF_SYNTAX: Final = frozenset("^$\\.*+?()[]{}|/")


def write_for_browser(pattern: re.Pattern[str]) -> tuple[str, str]:
    r"""Return a pattern's source and flags for ``new RegExp`` (ブラウザのパターン).

    Raises
    ------
    ValueError
        When it holds what is not known to mean the same there.

    Examples
    --------
    >>> source, flags = write_for_browser(re.compile(r"(?P<n>\d+)[^a]様"))
    >>> print(source, flags)
    (?<n>\p{Nd}+)[^a]様 u
    """
    other = pattern.flags & ~(re.UNICODE | re.IGNORECASE)
    if other:
        raise ValueError(f"{pattern.pattern[:40]!r} has a flag that is not written for browsers")
    out: list[str] = []
    inside = False
    for part in _PART.findall(pattern.pattern):
        out.append(_one(part, inside=inside))
        inside = part != "]" if inside else part == "["
    return "".join(out), "iu" if pattern.flags & re.IGNORECASE else "u"


def _one(part: str, *, inside: bool) -> str:
    if part.startswith("\\"):
        known = _INSIDE if inside else _OUTSIDE
        if part in known:
            return known[part]
        if part[1:] in _OF_SYNTAX or part.startswith("\\u") or (inside and part == "\\-"):
            return part
        raise ValueError(f"{part!r} is not written for browsers")
    if inside:
        return part
    if part == "(?P<":
        return "(?<"
    if part in ("(?", "."):
        raise ValueError(f"{part!r} is not written for browsers")
    # Before a last line's end it matches here, too.
    return r"(?=\n?$)" if part == "$" else part
