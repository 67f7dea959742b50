"""What the rules for real files make of a reading, and which columns they read (決まりで読む)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from surveys.formats.parts.columns import match_headers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.base.problems import Problem
    from geo.base.words import Words
    from surveys.declaration.record_type import RecordType
    from surveys.formats.parts.reading import Reading
    from surveys.formats.raw.table import RawFile, RawSheet
    from surveys.record.portable import Incoming
    from surveys.rules.rule import Rule

_LOOKED: Final = 200  # rows that tell whether a rule reads a column


def improve(
    raw: RawFile,
    type_: RecordType,
    reading: Reading,
    rules: Iterable[Rule],
    chosen: Mapping[str, Mapping[str, str | None]],
) -> tuple[Reading, tuple[Words, ...]]:
    """Return a reading bettered by the rules that fit, and what they understood (決まりで読む).

    Parameters
    ----------
    chosen
        By sheet and header what a person chose: a rule does not see a column that was given
        another meaning.
    """
    said: dict[str, Words] = {}
    rows: list[Incoming] = []
    problems: list[Problem] = []
    wanted = tuple(rules)
    by_sheet: dict[str, list[Incoming]] = {}
    for one in reading.rows:
        by_sheet.setdefault(one.sheet, []).append(one)
    ruled: dict[str, tuple[str, ...]] = {}
    for sheet in (one for one in raw.sheets if one.name in by_sheet):
        better = by_sheet[sheet.name]
        seen = _left_to_rules(type_, sheet, chosen.get(sheet.name, {}))
        fitting = [rule for rule in wanted if rule.fits(seen)]
        free = [one for one in reading.ignored.get(sheet.name, ()) if one in seen.columns]
        ruled[sheet.name] = tuple(_seen_by(fitting, seen, better, free))
        for rule in fitting:
            better, told = rule.improve(seen, better)
            said[rule.id] = rule.words
            where = f"{raw.name} {sheet.name}" if raw.kind in ("xlsx", "gpkg") else raw.name
            problems += [replace(one, file=where) for one in told]
        rows += better
    return (
        replace(reading, rows=tuple(rows), problems=(*reading.problems, *problems), ruled=ruled),
        tuple(said.values()),
    )


def _seen_by(
    rules: Sequence[Rule], sheet: RawSheet, rows: Sequence[Incoming], headers: Sequence[str]
) -> list[str]:
    """Return the columns without which a rule would read the first rows otherwise."""
    if not rules or not headers:
        return []
    some = replace(sheet, rows=sheet.rows[:_LOOKED])
    first = rows[: len(some.rows)]
    whole = [rule.improve(some, first) for rule in rules]
    out: list[str] = []
    for header in headers:
        hidden = tuple("\0" if one == header else one for one in sheet.columns)
        less = replace(some, columns=hidden)
        if any(
            not rule.fits(less) or rule.improve(less, first) != before
            for rule, before in zip(rules, whole, strict=True)
        ):
            out.append(header)
    return out


def _left_to_rules(
    type_: RecordType, sheet: RawSheet, chosen: Mapping[str, str | None]
) -> RawSheet:
    """Return a table without the names of columns a person gave another meaning."""
    if not chosen:
        return sheet
    usual = match_headers(type_, sheet.columns)
    other = {one for one in sheet.columns if one in chosen and chosen[one] != usual[one]}
    names = tuple(f"\0{at}" if one in other else one for at, one in enumerate(sheet.columns))
    return replace(sheet, columns=names)
