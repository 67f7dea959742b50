"""A week as tables: people by weekday and half of the day, by content, by whom it is for (一週間の表)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.analysis.week import ANY, DAYS, UNKNOWN, halves_of
from geo.base.words import Words
from geo.say.sentence import say_share
from layers.cards.scrolled import scrolled
from layers.day.week import WEEK_WORDS
from layers.maps.palette import share_class
from layers.maps.popup import entity

if TYPE_CHECKING:
    import pandas as pd

    from geo.analysis.week import Week
    from geo.base.words import Lang

NAME: Final = Words("曜日と時間帯ごとに届く人の表", "people reached by weekday and half of the day")
_FIT: Final = 3  # columns beside that of the days, on a phone
_DAY: Final = Words("曜日", "Day")
_EVERY_WEEK: Final = Words("毎週 {n}", "weekly {n}")


def week_table(week: Week, at_least: str, lang: Lang) -> str:
    """Return people reached by weekday and half of the day as HTML, shaded by their share (一週間の表).

    Parameters
    ----------
    at_least
        How often the 通いの場 meet that are counted, of `OFTEN`; however often, those reached by
        one that is there every week stand below.
    """
    halves = halves_of(week)
    heads = "".join(_head(WEEK_WORDS["half"][half], lang) for half in halves)
    rows = []
    for day in DAYS:
        cells = "".join(_cell(week, day, half, at_least, lang) for half in halves)
        kind = " class='total'" if day == ANY else ""
        name = entity(WEEK_WORDS["weekday"][day].say(lang).capitalize())
        rows.append(f"<tr{kind}><th scope='row'>{name}</th>{cells}</tr>")
    table = _table(f"<th scope='col'>{_DAY.say(lang)}</th>{heads}", rows)
    return scrolled(NAME, table, lang, wide=len(halves) > _FIT, few=True)


def _cell(week: Week, day: str, half: str, at_least: str, lang: Lang) -> str:
    row = week.row(weekday=day, half=half, at_least=at_least)
    if not row["salons"] and UNKNOWN in (day, half):
        return "<td class='n'></td>"
    people, share = f"{int(row['within']):,}", float(row["share"])
    below = say_share(share, lang)
    if at_least == ANY:
        weekly = week.row(weekday=day, half=half, at_least="weekly")
        below = _EVERY_WEEK.fill(n=f"{int(weekly['within']):,}").say(lang)
    step = f" w{share_class(share)}" if share == share else ""  # noqa: PLR0124 - NaN alone is not itself
    unit = Words("人", "").say(lang)
    return f"<td class='n{step}'>{people}{unit}<small>{entity(below)}</small></td>"


def parts_table(week: Week, part: str, at_least: str, lang: Lang) -> str:
    """Return people reached by content, or by whom it is for, a column a weekday, as HTML (内容・来られる人の表).

    Parameters
    ----------
    part
        ``content`` or ``whom``.
    at_least
        ``any`` or ``weekly``.

    Returns
    -------
    str
        "" where nobody told of it.
    """
    table = week.table
    mine = table[(table["part"] == part) & (table["at_least"] == at_least)]
    held = [one for one in dict.fromkeys(mine["what"]) if mine["salons"][mine["what"] == one].any()]
    if not held:
        return ""
    days = [one for one in DAYS if one != UNKNOWN]
    name = WEEK_WORDS["part"][part]
    heads = f"<th scope='col'>{entity(name.say(lang).capitalize())}</th>" + "".join(
        _head(WEEK_WORDS["weekday"][day], lang) for day in days
    )
    rows = [
        f"<tr><th scope='row'>{entity(WEEK_WORDS[part][what].say(lang).capitalize())}</th>"
        + "".join(f"<td class='n'>{_people(mine, what, day)}</td>" for day in days)
        + "</tr>"
        for what in held
    ]
    return scrolled(name, _table(heads, rows), lang, wide=True)


def _people(rows: pd.DataFrame, what: str, day: str) -> str:
    one = rows[(rows["what"] == what) & (rows["weekday"] == day)]
    return f"{int(one['within'].iloc[0]):,}"


def _head(words: Words, lang: Lang) -> str:
    return f"<th scope='col' class='n'>{entity(words.say(lang).capitalize())}</th>"


def _table(heads: str, rows: list[str]) -> str:
    return (
        f"<table class='kz-table kz-week'><thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )
