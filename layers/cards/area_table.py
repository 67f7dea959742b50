"""The areas' figures as a table to read and to sort (地区の表)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.base.words import Words
from geo.measures import MEASURES
from geo.measures.unit import UNITS
from geo.say.sentence import NO_DATA, say_share
from geo.tables.tables import each_row
from layers.cards.scrolled import scrolled
from layers.maps.area_answer import gap_ranks
from layers.maps.popup import entity

if TYPE_CHECKING:
    import pandas as pd

    from geo.base.words import Lang
    from geo.coverage.coverage import Coverage
    from geo.measures.measure import Measure
    from geo.measures.unit import Unit

ORDERS: Final[dict[str, Words]] = {
    "outside": Words("届かない人が多い順", "Most out of reach"),
    "share": Words("割合が低い順", "Lowest share"),
    "more": Words("くらべる数字が悪い順", "Worst further figure"),
    "people": Words("人数が多い順", "Most people"),
    "file": Words("地区の順", "Order of areas"),
}
# Columns that every table has, and the measures that only say these again.
_TOLD: Final = ("share", "outside")
# Without slopes these say nothing new: minutes are minutes, and slopes were given no cost.
_OF_SLOPES: Final = ("minutes_flat", "slope_cost_minutes")
# In straight lines nobody is without a way, and the share is already that of straight lines.
_OF_WAYS: Final = ("no_way", "share_straight")
FIRST_MORE: Final = "minutes"
_NO_STREETS: Final = Words("（道のデータ不足）", " (streets missing)")
_NAME: Final = Words("地区ごとの表", "table of areas")
NO_WAY: Final = Words("行けない", "no way")
# A zero-width space is where a heading may break.
_HEADS: Final = {
    "rank": Words("番号", "No."),
    "area_name": Words("地区", "Area"),
    "people": Words("人数", "People"),
    "within": Words("届く人", "Within reach"),
    "outside": Words("届かない\u200b人", "Out of reach"),
    "no_rest": Words("うちベンチ\u200bなどがあれば\u200b届く人", "Of these, with rests"),
    "off_network": Words("道に\u200bつながら\u200bない人", "Off the network"),
    "share": Words("届く\u200b割合", "Share"),
}
# What a council asks first; the rest is behind 「もっと」.
_FIRST: Final = ("rank", "area_name", "outside", "share")
_COUNTS: Final = ("people", "within", "outside", "off_network", "no_rest")


def more_measures(coverage: Coverage) -> dict[str, Measure]:
    """Return the measures a table may show beside its own columns (もう一つの数字)."""
    hidden = _TOLD if coverage.question.heights else (*_TOLD, *_OF_SLOPES)
    if coverage.question.straight:
        hidden = (*hidden, *_OF_WAYS)
    return {id_: measure for id_, measure in MEASURES.items() if id_ not in hidden}


def area_table(
    coverage: Coverage, order: str, more: Measure | None, most: int | None, lang: Lang
) -> str:
    """Return the table as HTML (地区の表).

    The two figures a council asks first, people out of reach and the share; all of them where a
    further measure is asked for.

    Parameters
    ----------
    order
        A key of `ORDERS`; ties keep the order of the file, unknown figures come last.
    more
        The further measure it shows beside all columns; None for the two figures alone.
    most
        How many rows, or None for all.

    Notes
    -----
    The number in front is the map's: its place by people out of reach, or nothing.
    """
    rows = coverage.areas.assign(rank=gap_ranks(coverage))
    column, largest = _order(order, more)
    if column:
        figures = rows[column].where(~_no_way(rows, more, column), np.inf)
        place = figures.sort_values(ascending=not largest, kind="stable", na_position="last").index
        rows = rows.loc[place]
    heads = _heads(coverage, more, lang)
    head = "".join(f"<th scope='col'{_right(name)}>{text}</th>" for name, text in heads.items())
    body = "".join(_row(row, list(heads), more, lang) for row in each_row(rows.iloc[:most]))
    table = f"<table class='kz-table'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return scrolled(_NAME, table, lang, wide=more is not None)


def _heads(coverage: Coverage, more: Measure | None, lang: Lang) -> dict[str, str]:
    if more is None:
        return {name: _HEADS[name].say(lang) for name in _FIRST}
    rules = coverage.question.rest_m is not None or coverage.question.toilet_m is not None
    straight = coverage.question.straight
    hidden = {*([] if rules else ["no_rest"]), *(["off_network"] if straight else [])}
    heads = {name: words.say(lang) for name, words in _HEADS.items() if name not in hidden}
    more_heads = {name: more_head(more, name, lang) for name in more.columns}
    if straight and more.unit == "minutes":
        first = more.columns[0]
        more_heads[first] = Words("直線で、\u200b", "Straight line: ").say(lang) + more_heads[first]
    return heads | more_heads


def _order(order: str, more: Measure | None) -> tuple[str, bool]:
    """Return the column an order goes by, and whether the largest comes first."""
    if order == "more" and more is None:
        order = "outside"
    if order == "more" and more is not None:
        return more.columns[0], more.better == "less"
    return ("" if order == "file" else order), order != "share"


def _no_way(rows: pd.DataFrame, more: Measure | None, column: str) -> pd.Series:
    """Return where a quantile falls on people with no way at all: worse than any figure."""
    quantile = more is not None and more.falls_on_people and column in more.columns
    return rows[column].isna() & rows["share"].notna() & quantile


def say_more(area: Any, more: Measure, lang: Lang) -> dict[str, str]:  # noqa: ANN401 - a row of the areas
    """Return a further measure's figures of one area, by column (もう一つの数字の読み方).

    Where a quantile falls on people whom no way leads to any site, that is said: it is not
    that no figure is known.
    """
    told = {}
    for column in more.columns:
        value = float(getattr(area, column))
        no_way = more.falls_on_people and np.isnan(value) and np.isfinite(area.share)
        told[column] = NO_WAY.say(lang) if no_way else say_figure(value, more.unit, lang)
    return told


def more_head(measure: Measure, column: str, lang: Lang) -> str:
    """Return a further measure's heading, which may break (見出し).

    Of three quantiles only the first says what they are of.
    """
    text = measure.heads[column].say(lang)
    if column != measure.columns[0]:
        name = measure.words.say(lang)
        return text.removeprefix(name).strip(" （）()")
    for sign in ("の", "まで", "、"):
        text = text.replace(sign, sign + "\u200b")
    return text.replace("通いの\u200b場", "通いの場").replace("（", "\u200b（")


def say_minutes(minutes: float, lang: Lang) -> str:
    """Return minutes as people read them, or データなし (分の読み方).

    Examples
    --------
    >>> say_minutes(7.12, "ja")
    '7.1分'
    """
    if not np.isfinite(minutes):
        return NO_DATA.say(lang)
    return Words(f"{minutes:.1f}分", f"{minutes:.1f} min").say(lang)


def say_figure(value: float, unit: Unit, lang: Lang) -> str:
    """Return a measure's figure with its unit, or データなし (数字の読み方).

    Examples
    --------
    >>> say_figure(3.21, "sites", "ja"), say_figure(0.01234, "supply_per_person", "ja")
    ('3.2か所', '1人あたり0.0123')
    >>> say_figure(4.0, "sessions", "en"), say_figure(float("nan"), "people", "ja")
    ('4.0 sessions a month', 'データなし')
    >>> say_figure(1234.4, "metres", "ja")
    '1,234m'
    """
    if unit == "share" or not np.isfinite(value):
        return say_share(value, lang)
    if unit == "minutes":
        return say_minutes(value, lang)
    word, text = UNITS[unit].words, f"{value:{UNITS[unit].shown}}"
    if unit == "supply_per_person":
        return Words(f"{word.ja}{text}", f"{text} {word.en}").say(lang)
    return Words(f"{text}{word.ja}", f"{text} {word.en}").say(lang)


def _row(row: Any, names: list[str], more: Measure | None, lang: Lang) -> str:  # noqa: ANN401 - a named tuple of the areas
    cells, figures = [], say_more(row, more, lang) if more else {}
    for name in names:
        value = getattr(row, name)
        if name == "rank":
            text = f"<b>{value}</b>" if value else ""
        elif name == "area_name":
            text = entity(str(value)) + (_NO_STREETS.say(lang) if row.no_streets else "")
        elif name in _COUNTS:
            text = NO_DATA.say(lang) if row.no_people else f"{value:,}"
        elif name == "share":
            text = say_share(value, lang)
        else:
            text = figures[name]
        cells.append(f"<td{_right(name)}>{text}</td>")
    return f"<tr{' class=gap' if row.rank else ''}>{''.join(cells)}</tr>"


def _right(name: str) -> str:
    return "" if name in {"rank", "area_name"} else " class='n'"
