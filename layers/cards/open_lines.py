"""When a site is open and what it costs, a line a group (いつ・いくら)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.base.words import Words
from geo.schedule import dump_schedule
from layers.cards.say_fee import say_fee
from surveys.store.answered import is_over, schedule_keys, whom_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.base.words import Lang
    from surveys.declaration.field import Field
    from surveys.record.site import Site

MOST_LINES: Final = 3
OPEN_HEAD: Final = Words("日時・費用", "When, fee")
_MORE: Final = Words("ほか{n}つ", "{n} more")
_NOT_TOLD: Final = Words("日時は未確認", "times not asked")


def tells_times(types: Iterable[str]) -> bool:
    """Say whether any of some record types asks when it is open (日時をきく種類か).

    Examples
    --------
    >>> tells_times(["bench"]), tells_times(["bench", "salon"])
    (False, True)
    """
    return not schedule_keys().keys().isdisjoint(types)


def tells_whom(types: Iterable[str]) -> bool:
    """Say whether any of some record types asks which areas' people may come (利用できる地区をきく種類か).

    Examples
    --------
    >>> tells_whom(["bench"]), tells_whom(["bench", "shop"])
    (False, True)
    """
    return not whom_keys().keys().isdisjoint(types)


def open_lines(site: Site, lang: Lang, *, most: int = MOST_LINES) -> list[str]:
    """Return when a site is open, its hours and its fee, a line a group that still meets (日時・費用).

    Plain text of records, never markup. Groups that are over are left out; where none is named,
    or only one, the line begins with the days.

    Parameters
    ----------
    most
        Lines at most, the last of which counts those that are left out.
    """
    answers, lines = site.answers, []
    for key, asked in schedule_keys().get(site.type.id, {}).items():
        where, slash, _ = key.partition("/")
        if not slash:
            told = _say(asked, site.type.fields, answers, lang)
            lines += [told] if told else []
            continue
        field = site.type.field(where)
        held = answers.get(where)
        things = [one for one in held if not is_over(one)] if isinstance(held, list) else []
        fields = field.item.fields if field.item else ()
        for thing in things:
            name = str(thing.get(fields[0].id) or "") if len(things) > 1 else ""
            told = _say(asked, fields, thing, lang) or (_NOT_TOLD.say(lang) if asked.first else "")
            if not told:
                continue
            lines.append(Words(f"{name}：{told}", f"{name}: {told}").say(lang) if name else told)
    if len(lines) <= most:
        return lines
    left = len(lines) - most + 1
    return [*lines[: most - 1], _MORE.fill(n=left).say(lang)]


def _say(asked: Field, fields: Iterable[Field], held: Mapping[str, Any], lang: Lang) -> str:
    rules = held.get(asked.id)
    told = dump_schedule(rules, lang).split("\n") if isinstance(rules, list) else []
    told.append(say_fee(fields, held, lang))
    return Words("　".join(filter(None, told)), " · ".join(filter(None, told))).say(lang)
