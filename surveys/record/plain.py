"""Values that every database and program keeps the same (どこでも同じに残る値)."""

from __future__ import annotations

import math
from typing import Any, Final

from surveys.record.answers import NOT_TEXT

# Beyond it a program that reads numbers as 64-bit floats, a browser say, reads another.
_LARGEST_WHOLE: Final = 2**53


def has_plain_numbers(value: object) -> bool:
    """Say whether every number inside a value is one all programs read the same (数として正しいか).

    Examples
    --------
    >>> has_plain_numbers([1, 2.5]), has_plain_numbers({"a": [2**53 + 1]})
    (True, False)
    >>> has_plain_numbers(1e20), has_plain_numbers(-0.0)
    (False, False)
    """
    if isinstance(value, dict):
        return all(map(has_plain_numbers, value.values()))
    if isinstance(value, list | tuple):
        return all(map(has_plain_numbers, value))
    if isinstance(value, float):
        # PostgreSQL keeps no sign of zero, and reads a large float as a whole number.
        return abs(value) <= _LARGEST_WHOLE and not (value == 0 and math.copysign(1, value) < 0)
    return not isinstance(value, int) or abs(value) <= _LARGEST_WHOLE


def keepable(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    r"""Return a value as every database can hold it: no control signs, no NaN (残せる形にする).

    For what is not checked yet, so that it is kept at all; line ends and blanks stay.

    Examples
    --------
    >>> keepable({"name": "公\x00園", "area_m2": float("nan")})
    {'name': '公園', 'area_m2': None}
    """
    if isinstance(value, dict):
        return {key: keepable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [keepable(one) for one in value]
    if isinstance(value, str):
        return NOT_TEXT.sub("", value)
    return None if isinstance(value, float) and not math.isfinite(value) else value
