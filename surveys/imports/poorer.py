"""Values a file would make poorer than what is kept, told before they are taken (貧しくなる値)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

_HOURS: Final = ("start", "end")
_NO_HOURS: Final = Words(
    "いま分かっている時刻がなくなります。時刻の列が使われているか、確かめてください",
    "the hours known now would be lost: look whether the column of hours is used",
)
_FEWER: Final = Words(
    "いま分かっているもののうち、いくつかがなくなります。使わなかった列がないか、確かめてください",
    "some of what is known now would be lost: look whether columns were left unused",
)


def say_poorer(before: object, after: object) -> Words | None:
    """Return what a value would lose and gain nothing for, ``None`` where that is not so (失うもの).

    Examples
    --------
    >>> tuesday = {"freq": "weekly", "weekdays": [1]}
    >>> say_poorer([{**tuesday, "start": "10:00", "end": "11:30"}], [tuesday]).ja[:13]
    'いま分かっている時刻がなく'
    >>> say_poorer([tuesday], [{"freq": "daily"}]), say_poorer(["exercise"], ["tea"])
    (None, None)
    """
    if not isinstance(before, list) or not isinstance(after, list) or not after:
        return None
    if before == after:
        return None
    if all(isinstance(one, dict) for one in (*before, *after)):
        bare = [_without_hours(one) for one in before]
        return _NO_HOURS if bare != before and after == bare else None
    fewer = len(after) < len(before) and all(one in before for one in after)
    return _FEWER if fewer else None


def _without_hours(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in rule.items() if key not in _HOURS}
