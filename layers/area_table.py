"""The areas' figures as a table to read and to sort (区域の表)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.tables import each_row
from geo.words import Words
from layers.coverage_map import gap_ranks
from layers.popup import entity

if TYPE_CHECKING:
    from geo.coverage import Coverage
    from geo.words import Lang

# Each order: its words, the column, and whether the largest comes first.
ORDERS: Final[dict[str, tuple[Words, str, bool]]] = {
    "outside": (Words("届かない人が多い", "Most out of reach"), "outside", True),
    "share": (Words("割合が低い", "Lowest share"), "share", False),
    "minutes": (Words("最寄りが遠い", "Farthest"), "minutes_p50", True),
    "people": (Words("人数が多い", "Most people"), "people", True),
    "file": (Words("区域の順", "Order of areas"), "", False),
}
# A zero-width space is where a heading may break.
_HEADS: Final = {
    "rank": Words("番号", "No."),
    "area_name": Words("区域", "Area"),
    "people": Words("人数", "People"),
    "within": Words("届く人", "Within reach"),
    "outside": Words("届かない\u200b人", "Out of reach"),
    "off_network": Words("道に\u200bつながら\u200bない人", "Off the network"),
    "share": Words("届く\u200b割合", "Share"),
    "share_straight": Words("直線で\u200b測ると", "Straight line"),
    "minutes_p50": Words("半数が\u200b着く分", "Half arrive in"),
    "minutes_p90": Words("9割が\u200b着く分", "90 % arrive in"),
    "sites_within": Words("範囲内の\u200b通いの場", "Salons in range"),
}


def area_table(coverage: Coverage, order: str, most: int | None, lang: Lang) -> str:
    """Return the table as HTML (区域の表).

    Parameters
    ----------
    order
        A key of `ORDERS`; ties keep the order of the file, unknown figures come last.
    most
        How many rows, or None for all.

    Notes
    -----
    The number in front is the map's: its place by people out of reach, or nothing.
    """
    rows = coverage.areas.assign(rank=gap_ranks(coverage))
    _, column, largest = ORDERS[order]
    if column:
        rows = rows.sort_values(column, ascending=not largest, kind="stable", na_position="last")
    head = "".join(
        f"<th scope='col'{_right(name)}>{words.say(lang)}</th>" for name, words in _HEADS.items()
    )
    body = "".join(_row(row, lang) for row in each_row(rows.iloc[:most]))
    return (
        f"<div class='kz-scroll'><table class='kz-table'><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def say_share(share: float, lang: Lang) -> str:
    """Return a share as people read it, or データなし (割合の読み方).

    Examples
    --------
    >>> say_share(0.1823, "ja"), say_share(float("nan"), "ja")
    ('18.2％', 'データなし')
    """
    if not np.isfinite(share):
        return Words("データなし", "no data").say(lang)
    return f"{share:.1%}".replace("%", "％" if lang == "ja" else "%")


def say_minutes(minutes: float, lang: Lang) -> str:
    """Return minutes as people read them, or データなし (分の読み方).

    Examples
    --------
    >>> say_minutes(7.12, "ja")
    '7.1分'
    """
    if not np.isfinite(minutes):
        return Words("データなし", "no data").say(lang)
    return Words(f"{minutes:.1f}分", f"{minutes:.1f} min").say(lang)


def _row(row: Any, lang: Lang) -> str:  # noqa: ANN401 - a named tuple of the areas
    count = {"people", "within", "outside", "off_network"}
    cells = []
    for name in _HEADS:
        value = getattr(row, name)
        if name == "rank":
            text = f"<b>{value}</b>" if value else ""
        elif name == "area_name":
            text = entity(str(value))
        elif name in count:
            text = f"{value:,}"
        elif name.startswith("share"):
            text = say_share(value, lang)
        elif name.startswith("minutes"):
            text = say_minutes(value, lang)
        else:
            text = f"{value:.1f}" if np.isfinite(value) else say_share(value, lang)
        cells.append(f"<td{_right(name)}>{text}</td>")
    return f"<tr{' class=gap' if row.rank else ''}>{''.join(cells)}</tr>"


def _right(name: str) -> str:
    return "" if name in {"rank", "area_name"} else " class='n'"
