"""What the office wrote into a report, ready for its sheets (報告に書いたことを読む)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.reports.parts.declare import Counted
from surveys.reports.parts.made import Word
from surveys.store.report_words import list_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from geo.base.words import Words
    from surveys.reports.parts.declare import Axis, Line, Report, Source
    from surveys.store.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Everything that holds of a report by one division (報告に書いてあること).

    Attributes
    ----------
    by_span
        By the days of a sheet and the key in it.
    mapped
        Values by line, by the key of what the office mapped.
    newest
        The number of the newest version, what took back too, by days and key.
    """

    by_span: Mapping[str, Mapping[str, Word]]
    mapped: Mapping[str, Mapping[str, tuple[str, ...]]]
    newest: Mapping[tuple[str, str], int]

    def seen(self, span: str, key: str) -> int:
        """Return the version a writer sees, 0 for none (見ている版)."""
        return self.newest.get((span, key), 0)

    def of(self, first: date, last: date) -> Mapping[str, Word]:
        """Return what is written into the sheet of two days, by its key (一枚に書いてあること)."""
        return self.by_span.get(span_of(first, last), {})


def span_of(first: date, last: date) -> str:
    """Return two days as they are kept (期間の書き方)."""
    return f"{first}/{last}"


def read_written(register: Register, report: Report, division: str) -> Written:
    """Return what the office wrote into a report (書いてあることを読む).

    Parameters
    ----------
    division
        By whose areas the report counts; "" for those entries name.
    """
    spans: dict[str, dict[str, Word]] = {}
    mapped: dict[str, dict[str, tuple[str, ...]]] = {}
    newest: dict[tuple[str, str], int] = {}
    for one in list_words(register, report.id, division):
        if one.ground == division or isinstance(one.value, dict) or not one.span:
            newest[one.span, one.key] = one.seq
        if one.value is None:
            continue
        if isinstance(one.value, dict):
            mapped[one.key] = {line: tuple(map(str, some)) for line, some in one.value.items()}
        elif one.ground == division:
            word = Word(value=one.value, why=one.why, by=one.by, at=one.made_at, seq=one.seq)
            spans.setdefault(one.span, {})[one.key] = word
    return Written(by_span=spans, mapped=mapped, newest=newest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """Something of a report the office maps: lines, and the values each may gather (決められること).

    Attributes
    ----------
    key
        Under which the office's own is kept.
    by, source
        The mark whose values are gathered, and of what.
    """

    key: str
    title: Words
    by: str
    source: Source
    lines: tuple[Line, ...]


def mapped_of(report: Report) -> Iterator[Mapped]:
    """Yield what the office may map of a report (決められることの一覧)."""
    for part in report.parts:
        if not isinstance(part, Counted):
            continue
        axes: list[tuple[str, Axis | None]] = [("rows", part.rows), ("columns", part.columns)]
        for name, axis in axes:
            if axis is not None and axis.mapped:
                lines = tuple(one for one in axis.lines if one.where is None)
                yield Mapped(
                    key=f"{part.id}/{name}", title=part.words, by=axis.by, source=part.source,
                    lines=lines,
                )  # fmt: skip
        if part.only is not None:
            yield Mapped(
                key=f"{part.id}/only", title=part.words, by=part.only_by, source=part.source,
                lines=(part.only,),
            )  # fmt: skip
