"""The ledger between two days, area by area, as a table (増減の表)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from geo.tables.tables import each_row
from layers.cards.scrolled import scrolled
from layers.maps.popup import entity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.analysis.ledger import Ledger
    from geo.base.words import Lang

_HEADS: Final = {
    "area_name": Words("地区", "Area"),
    "gained": Words("新しく届く", "Gained"),
    "lost": Words("届かなくなる", "Lost"),
    "unchanged_in": Words("変わらず届く", "Still within"),
    "unchanged_out": Words("変わらず届かない", "Still outside"),
    "off_network": Words("道につながらない", "Off the network"),
    "why": Words("わけ", "Why"),
}
_NAME: Final = Words("地区ごとの増減の表", "table of changes by area")
_ALL: Final = Words("合計", "All")
_SIGNS: Final = {"gained": "＋", "lost": "−"}


def change_table(ledger: Ledger, lang: Lang, *, every: bool, straight: bool = False) -> str:
    """Return the areas with what became of their people, as HTML (増減の表).

    The most changed first, and a last row of all together; figures of a row add up to its people.

    Parameters
    ----------
    every
        Whether areas where nothing changed are shown too.
    straight
        Whether distances are straight lines: nobody is off any street then.
    """
    heads = {name: one for name, one in _HEADS.items() if not (straight and name == "off_network")}
    areas = ledger.areas.assign(moved=ledger.areas["gained"] + ledger.areas["lost"])
    areas = areas.sort_values(["moved", "area_id"], ascending=[False, True], kind="stable")
    if not every:
        areas = areas[areas["moved"] > 0]
    rows = [
        _row(
            {name: str(getattr(row, name)) for name in ("area_name",)}
            | {name: _count(name, int(getattr(row, name))) for name in _HEADS if name in _COUNTED}
            | {"why": "、".join(one.say(lang) for one in ledger.reasons[row.area_id])},
            heads,
        )
        for row in each_row(areas)
    ]
    total = _row(
        {"area_name": _ALL.say(lang), "why": ""}
        | {name: _count(name, ledger.totals[name]) for name in _COUNTED},
        heads,
        strong=True,
    )
    head = "".join(
        f"<th scope='col'{_class(name)}>{words.say(lang)}</th>" for name, words in heads.items()
    )
    table = (
        f"<table class='kz-table'><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}{total}</tbody></table>"
    )
    return scrolled(_NAME, table, lang, wide=True)


_COUNTED: Final = tuple(name for name in _HEADS if name not in ("area_name", "why"))


def _count(name: str, count: int) -> str:
    return f"{_SIGNS[name] if count else ''}{count:,}" if name in _SIGNS else f"{count:,}"


def _row(texts: dict[str, str], heads: Mapping[str, Words], *, strong: bool = False) -> str:
    cells = "".join(f"<td{_class(name)}>{entity(texts[name])}</td>" for name in heads)
    return f"<tr{' class=total' if strong else ''}>{cells}</tr>"


def _class(name: str) -> str:
    return " class='n'" if name in _COUNTED else " class='why'" if name == "why" else ""
