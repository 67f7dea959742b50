"""What a schedule comes to: how often, and the next days (開催回数と次の開催日)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.base.words import Words
from geo.schedule import say_reading, say_sessions, sessions_per_month

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geo.base.words import Lang

_NOT_OPEN: Final = Words("準備中（まだ開いていません）", "being prepared (not open yet)")


def say_meetings(rules: Sequence[dict[str, Any]], today: date, lang: Lang) -> list[str]:
    """Return lines about kept rules: the month's count, the next five days, what is unknown (次の開催日).

    Examples
    --------
    >>> from datetime import date
    >>> for line in say_meetings([{"freq": "monthly", "days": [31]}], date(2026, 12, 1), "ja"):
    ...     print(line)
    月およそ0.6回
    次は 12月31日（木）、1月31日（日）、3月31日（水）、5月31日（月）、7月31日（土）
    """
    if not rules:
        return []
    read = any(rule["freq"] != "text" for rule in rules)
    # The first sentence repeats the schedule, which stands above.
    said = say_reading(rules, today)[1:] if read else []
    return [one.say(lang) for one in [say_sessions(sessions_per_month(rules)), *said]]


def say_meetings_of(
    thing: Mapping[str, Any], rules: Sequence[dict[str, Any]], today: date, lang: Lang
) -> list[str]:
    """Return `say_meetings` of a group; of one being prepared that it is not open yet (グループの次の開催日).

    Parameters
    ----------
    thing
        The group's answers.

    Examples
    --------
    >>> from datetime import date
    >>> rules = [{"freq": "monthly", "days": [31]}]
    >>> say_meetings_of({"state": "planned"}, rules, date(2026, 12, 1), "ja")
    ['準備中（まだ開いていません）']
    """
    if rules and thing.get("state") == "planned":
        return [_NOT_OPEN.say(lang)]
    return say_meetings(rules, today, lang)
