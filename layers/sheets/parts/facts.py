"""A site's answers laid out for a sheet: tiles, facts, tables of things (答えの並べ方)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.base.words import Words
from layers.cards.say_answer import NO_TITLES, AnswerRow, answer_rows, make_row
from layers.sheets.parts.frame import draw_icon
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.words import Lang
    from surveys.declaration.field import Field
    from surveys.record.site import Site

# Fields that have a place of their own on every sheet.
APART: Final = frozenset({"name", "note", "photos"})
# Height of a line of the table beside the map, and letters in a line of its answers.
_LINE_MM, _LETTERS = 8.6, 13.0
_MOST_COLUMNS, _ITEMS_ABREAST = 7, 4
_LONG, _LONGER = 6.0, 12.0
_MOST_FACTS: Final = 4  # of a row of a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A question, its answer, and where the answer is from (一行の事実)."""

    label: str
    text: str
    state: str
    first: bool
    mark: str


def split_facts(
    site: Site,
    marks: Mapping[str, str],
    lang: Lang,
    titles: Mapping[str, str] = NO_TITLES,
    map_mm: float = 0.0,
) -> tuple[list[Fact], list[Fact]]:
    """Return the facts that stand beside the map, and those below (事実を分ける).

    What is asked first always, the rest where it was answered; things that are listed have
    tables of their own. The first part is as many as a map of `map_mm` is high; all without one.
    """
    facts = [
        _fact(row, marks.get(row.field.id, ""))
        for row in _rows(site, lang, titles)
        if row.field.first or row.state != "not_asked"
    ]
    facts.sort(key=lambda one: not one.first)
    if not map_mm:
        return facts, []
    left, count = map_mm / _LINE_MM, 0
    for fact in facts:
        left -= _lines(fact)
        if left < 0:
            break
        count += 1
    return facts[:count], facts[count:]


def unasked_line(site: Site, lang: Lang) -> str:
    """Return how many of the later questions nobody answered, "" for none (未確認の数)."""
    answers = site.answers
    count = sum(
        not field.first and field.id not in APART and answers.get(field.id) is None
        for field in site.type.fields
    )
    if not count:
        return ""
    return Words("ほか {n}項目は未確認", "{n} more questions not asked").fill(n=count).say(lang)


def key_facts(site: Site, lang: Lang) -> str:
    """Return the first answers in one line, and how many of them nobody gave (おもな答え)."""
    rows = answer_rows(site.type, site.answers, lang, first_only=True)
    rows = [row for row in rows if row.field.id not in APART]
    told = [f"{row.label}: {row.text}" for row in rows if row.state != "not_asked"][:_MOST_FACTS]
    unasked = sum(row.state == "not_asked" for row in rows)
    if unasked:
        told.append(Words("未確認 {n}項目", "{n} not asked").fill(n=unasked).say(lang))
    return Words("・", " · ").say(lang).join(told)


def top_tiles(site: Site, lang: Lang, *, most: int) -> list[dict[str, Any]]:
    """Return the tiles: counts of things, then choices asked first; answered ones first (札)."""
    answers = site.answers
    rows = [
        make_row(field, answers.get(field.id), lang)
        for field in site.type.fields
        if field.first and field.id not in APART and field.kind in ("items", "choice", "number")
    ]
    order = {"items": 0, "choice": 1, "number": 2}
    rows.sort(key=lambda row: (row.state == "not_asked", order[row.field.kind]))
    return [_tile(row, site) for row in rows[:most]]


def item_groups(site: Site, marks: Mapping[str, str], lang: Lang) -> list[dict[str, Any]]:
    """Return a group of tables for every list of things a site has (物の表).

    A thing is a row; with many questions it is a column, four abreast.
    """
    answers = site.answers
    groups = []
    for field in site.type.fields:
        value = answers.get(field.id)
        if field.item is None or not isinstance(value, list) or not value:
            continue
        columns = [
            one
            for one in field.item.fields
            if one.kind not in ("photos", "point")
            and ((one.first and one.id not in APART) or any(one.id in item for item in value))
        ]
        cells = [
            [
                _fact(make_row(one, item.get(one.id), lang), marks.get(_path(field, item, one), ""))
                for one in columns
            ]
            for item in value
        ]
        row = make_row(field, value, lang)
        tables = _tables(field, columns, cells, lang)
        short = len(value) <= _MOST_COLUMNS and len(tables) == 1
        groups.append({"label": row.label, "count": row.text, "tables": tables, "short": short})
    return groups


def _tables(
    field: Field, columns: Sequence[Field], cells: list[list[Fact]], lang: Lang
) -> list[dict[str, Any]]:
    labels = [one.words.say(lang) for one in columns]
    numbered = list(enumerate(cells, start=1))
    if len(columns) <= _MOST_COLUMNS:
        head = [Words("番号", "No.").say(lang), *labels]
        rows = [{"label": str(number), "cells": row} for number, row in numbered]
        return [{"head": head, "rows": rows, "wide": False}]
    name = (field.item.words if field.item else field.words).say(lang)
    tables = []
    for at_item in range(0, len(numbered), _ITEMS_ABREAST):
        part = numbered[at_item : at_item + _ITEMS_ABREAST]
        told = [
            at
            for at in range(len(columns))
            if columns[at].first or any(row[at].state != "not_asked" for _, row in part)
        ]
        rows = [{"label": labels[at], "cells": [row[at] for _, row in part]} for at in told]
        head = [name, *(str(number) for number, _ in part)]
        tables.append({"head": head, "rows": rows, "wide": True})
    return tables


def _rows(site: Site, lang: Lang, titles: Mapping[str, str]) -> list[AnswerRow]:
    answers = site.answers
    return [
        make_row(field, answers.get(field.id), lang, titles=titles)
        for field in site.type.fields
        if field.id not in APART
        and field.kind != "photos"
        and not (
            field.kind == "items" and isinstance(answers.get(field.id), list) and answers[field.id]
        )
    ]


def _fact(row: AnswerRow, mark: str) -> Fact:
    return Fact(label=row.label, text=row.text, state=row.state, first=row.field.first, mark=mark)


def _path(field: Field, item: Mapping[str, Any], inner: Field) -> str:
    return f"{field.id}/{item['_id']}/{inner.id}"


def _lines(fact: Fact) -> float:
    said = sum(-(-_width(line) // _LETTERS) or 1 for line in fact.text.split("\n"))
    return max(said, -(-_width(fact.label) // 6.0))


def _tile(row: AnswerRow, site: Site) -> dict[str, Any]:
    item = row.field.item
    # A question about a kind that has a sign, such as a toilet, wears it.
    kind = item.marker if item else row.field.id
    icon = draw_icon(kind) if kind in RECORD_TYPES and kind != site.type.id else ""
    width = _width(row.text) + (2 if icon else 0)
    size = "longer" if width > _LONGER else "long" if width > _LONG else ""
    return {
        "icon": icon, "label": row.label, "text": row.text, "size": size,
        "open": row.state == "not_asked",
    }  # fmt: skip


def _width(text: str) -> float:
    return sum(0.55 if sign.isascii() else 1.0 for sign in text)
