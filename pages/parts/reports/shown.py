"""A report's tables on the screen: each number opens what is behind it (報告の表を出す)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from layers.cards.scrolled import scrolled
from layers.maps.popup import entity
from pages.parts.frame.office import link
from surveys.reports.parts.workbook import NONE, hands_of, say_hand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.words import Lang
    from surveys.reports.parts.made import Cell, MadeTable


def table_html(table: MadeTable, lang: Lang, here: Mapping[str, str], *, chosen: str) -> str:
    """Return a table as HTML, its sentence and notes with it (表を組む).

    Parameters
    ----------
    here
        The page's address as it stands; a number's link adds its key.
    chosen
        The key of the number that is open; "" for none.
    """
    if not table.rows:
        return f"<p class='kz-read'>{entity(NONE.say(lang))}</p>"
    heads = "".join(
        f"<th scope='col'{' class=n' if _counts(table, at) else ''}>{entity(one)}</th>"
        for at, one in enumerate(table.heads)
    )
    last = len(table.rows) if table.total else 0
    rows = "".join(
        f"<tr{' class=total' if number == last else ''}>"
        + "".join(_cell(one, lang, here, chosen=chosen) for one in row)
        + "</tr>"
        for number, row in enumerate(table.rows, start=1)
    )
    made = f"<table class='kz-table kz-report'><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    said = f"<p class='kz-read'>{entity(table.sentence)}</p>" if table.sentence else ""
    notes = "".join(
        f"<p class='kz-note'>{entity(one)}</p>" for one in (*table.notes, *hands_of(table, lang))
    )
    name = Words(table.title, table.title)
    return said + scrolled(name, made, lang, wide=len(table.heads) > 4) + notes  # noqa: PLR2004 - as many as a tablet holds


def _counts(table: MadeTable, column: int) -> bool:
    return any(row[column].number is not None for row in table.rows)


def _cell(cell: Cell, lang: Lang, here: Mapping[str, str], *, chosen: str) -> str:
    if cell.number is None:
        return f"<td class='why'>{_text(cell.text)}</td>"
    text, more = f"{cell.text}{cell.unit if cell.number else ''}", {**here, "cell": cell.key}
    text = link("reports", text, lang, **more) if cell.key else entity(text)
    text = text if cell.number else text.replace("<a ", "<a class='zero' ", 1)
    hand = say_hand(cell, lang)
    told = f"<small>{entity(hand)}</small>" if hand else ""
    mark = " kz-chosen" if chosen and cell.key == chosen else ""
    return f"<td class='n{mark}'>{text}{told}</td>"


def _text(text: str) -> str:
    return entity(text).replace("\n", "<br>")
