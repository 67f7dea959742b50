"""What stands under a table of numbers: what is counted twice, not told, or nowhere (数の表の注)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from surveys.reports.parts.lines import lines_of, of_line
from surveys.reports.parts.marks import NOT_TOLD, NOT_TOLD_WORDS, choices_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.base.words import Lang
    from surveys.reports.parts.declare import Axis, Counted, Line, Source
    from surveys.reports.parts.lines import Facts, Sheet
    from surveys.reports.parts.made import Job

_TWICE: Final = Words(
    "2つ以上の行に当てはまるものは、それぞれの行に数え、計では1つと数えています",
    "what belongs to several rows is counted in each, and once in the total",
)
_ACROSS: Final = Words(
    "2つ以上の列に当てはまるものは、それぞれの列に数え、右の計では1つと数えています",
    "what belongs to several columns is counted in each, and once in the total at the right",
)


def notes_of(part: Counted, sheet: Sheet, rows: Sequence[Line], facts: Facts) -> Iterator[str]:
    """Yield what a table of numbers counts twice, does not know or leaves out (数の表の注)."""
    lang = sheet.job.lang
    if sum(len(of_line(one, part.rows.by, facts)) for one in rows) > len(
        {id(fact) for one in rows for fact in of_line(one, part.rows.by, facts)}
    ):
        yield _TWICE.say(lang)
    if (
        part.across
        and part.columns is not None
        and any(len(one.marks.get(part.columns.by, ())) > 1 for one in facts)
    ):
        yield _ACROSS.say(lang)
    if part.source == "group":
        yield from _group_notes(facts, lang)
    if any(one.measure == "people" for one in part.numbers):
        yield from _people_notes(facts, lang)
    axes = [(part.rows, rows)]
    if part.columns is not None and part.columns.mapped:
        axes.append(
            (
                part.columns,
                lines_of(part.columns, part.source, sheet, facts, key=f"{part.id}/columns"),
            )
        )
    for axis, lines in axes:
        if axis.mapped:
            yield from _left_out(axis, lines, facts, part.source, sheet.job)


def _group_notes(facts: Facts, lang: Lang) -> Iterator[str]:
    venues = len({one.site.id for one in facts})
    early = sum(1 for one in facts if one.early)
    if facts:
        yield Words(f"{len(facts):,}団体が、{venues:,}か所の会場に集まっています",
                    f"{len(facts):,} groups meet at {venues:,} venues").say(lang)  # fmt: skip
    if early:
        yield Words(
            f"うち {early:,}団体は、期間の終わりより後にはじめて記録されたもので、そのときあったかは分かりません",
            f"{early:,} of them were first recorded after the period; whether they met then is not known",
        ).say(lang)


def _people_notes(facts: Facts, lang: Lang) -> Iterator[str]:
    untold = sum(1 for one in facts if "people" not in one.sums)
    about = sum(1 for one in facts if one.about)
    if untold:
        yield Words(f"人数のない {untold}件は、人数に入っていません",
                    f"{untold} without a number of people add none").say(lang)  # fmt: skip
    if about:
        yield Words(f"「約20名」のような、およその数 {about}件を含みます",
                    f"{about} of the numbers were not counted, as in about 20").say(lang)  # fmt: skip


def _left_out(
    axis: Axis, lines: Sequence[Line], facts: Facts, source: Source, job: Job
) -> Iterator[str]:
    """Say what is counted in no line, so that nothing is left out unsaid."""
    used = {value for one in lines for value in one.values}
    words = choices_of(source, axis.by, job.log) or {}
    none: dict[str, int] = {}
    for fact in facts:
        if used.isdisjoint(fact.marks.get(axis.by, ())):
            for value in fact.marks.get(axis.by, ()) or (NOT_TOLD,):
                none[value] = none.get(value, 0) + 1
    if none:
        said = [
            f"{(NOT_TOLD_WORDS[axis.by] if one == NOT_TOLD else words.get(one, Words(one, one))).say(job.lang)} {count}"
            for one, count in none.items()
        ]
        yield Words(
            f"どの欄にも数えていないもの：{'、'.join(said)}", f"Counted nowhere: {', '.join(said)}"
        ).say(job.lang)
