"""What the rows and columns of a report's tables are, and what belongs to each (表の行と列)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.base.words import Words
from surveys.record.privacy import without_private
from surveys.reports.parts.days import months_of, say_month
from surveys.reports.parts.declare import Line
from surveys.reports.parts.facts import is_done
from surveys.reports.parts.marks import NOT_TOLD, NOT_TOLD_WORDS, choices_of, hidden_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from surveys.reports.parts.declare import Axis, Source
    from surveys.reports.parts.facts import Fact
    from surveys.reports.parts.made import Job, Word

    Facts = Sequence[Fact]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the tables of one sheet are made from (一枚のもと).

    Attributes
    ----------
    facts_of
        Everything a source holds for the report's days, read once.
    words, before
        What the office wrote for these days, and for the period before with its name.
    """

    first: date
    last: date
    job: Job
    facts_of: Callable[[Source], Facts]
    words: Mapping[str, Word]
    before: tuple[str, Mapping[str, Word]]

    def facts(self, source: Source, *, every: bool = False) -> list[Fact]:
        """Return what is counted of a source on these days (この期間に数えるもの)."""
        found = self.facts_of(source)
        if source != "log":
            return list(found)
        done = [one for one in found if is_done(one)]
        first, last = self.first.isoformat(), self.last.isoformat()
        return done if every else [one for one in done if first <= one.day <= last]

    def own_text(self, key: str) -> str:
        """Return what the office wrote for these very days, "" for nothing (この期間の文)."""
        word = self.words.get(key)
        return without_private(str(word.value or "")) if word is not None else ""

    def text(self, key: str) -> tuple[str, str]:
        """Return a text of the office and the period it was carried over from (文)."""
        if key in self.words:
            return self.own_text(key), ""
        name, words = self.before
        old = words.get(key)
        return (without_private(str(old.value)), name) if old and old.value else ("", "")


def lines_of(axis: Axis, source: Source, sheet: Sheet, facts: Facts, *, key: str) -> list[Line]:
    """Return the lines of an axis, with what the office mapped, and one for what tells none (行・列の並び).

    Parameters
    ----------
    key
        Under which the office's mapping of this axis is kept.
    """
    if axis.lines:
        mapped = sheet.job.mapped.get(key, {}) if axis.mapped else {}
        return [replace(one, values=mapped.get(one.id, one.values)) for one in axis.lines]
    spare = {*axis.spare, *hidden_in(source, axis.by, sheet.job.log)}
    lines = [
        Line(id=id_, words=words, values=(id_,))
        for id_, words in _values_of(axis.by, source, sheet, facts).items()
        if id_ not in spare or any(id_ in one.marks.get(axis.by, ()) for one in facts)
    ]
    if any(not one.marks.get(axis.by) for one in facts):
        lines.append(Line(id=NOT_TOLD, words=NOT_TOLD_WORDS[axis.by], values=(NOT_TOLD,)))
    return lines


def _values_of(by: str, source: Source, sheet: Sheet, facts: Facts) -> Mapping[str, Words]:
    if by == "month":
        months = months_of(sheet.first, sheet.last)
        return {one: Words(say_month(one, "ja"), say_month(one, "en")) for one in months}
    if by == "area":
        said = sorted({one for fact in facts for one in fact.marks.get("area", ())})
        names = sheet.job.ground.areas or said
        return {one: Words(one, one) for one in names}
    return choices_of(source, by, sheet.job.log) or {}


def having(facts: Iterable[Fact], where: Mapping[str, tuple[str, ...]]) -> list[Fact]:
    """Return what has one of some values of each mark (しるしのあるもの)."""
    return [
        one
        for one in facts
        if all(not set(values).isdisjoint(one.marks.get(by, ())) for by, values in where.items())
    ]


def of_line(line: Line, by: str, facts: Iterable[Fact]) -> list[Fact]:
    """Return what belongs to a line, that of what tells none too (行に当てはまるもの)."""
    if line.id == NOT_TOLD:
        return [one for one in facts if not one.marks.get(by)]
    values = set(line.values)
    return [one for one in facts if not values.isdisjoint(one.marks.get(by, ()))]
