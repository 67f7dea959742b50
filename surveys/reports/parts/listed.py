"""A table of entries, a row each, and nobody's name in it (記録の表をつくる)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.dates import parse_date, say_date
from geo.base.words import Words
from surveys.declaration.field import UNKNOWN
from surveys.formats.parts.cells import dump_cell
from surveys.record.privacy import without_private
from surveys.record.risen import answer_of, say_step, steps_of
from surveys.reports.parts.facts import lies_in
from surveys.reports.parts.lines import having
from surveys.reports.parts.made import Cell, MadeTable
from surveys.reports.parts.marks import NOT_TOLD, NOT_TOLD_WORDS, choices_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from geo.base.words import Lang
    from surveys.reports.parts.declare import Column, Listed
    from surveys.reports.parts.facts import Fact
    from surveys.reports.parts.lines import Sheet


def make_listed(part: Listed, sheet: Sheet) -> MadeTable:
    """Return a table of the entries of a sheet's days (記録の表をつくる)."""
    lang = sheet.job.lang
    facts = having(sheet.facts_of(part.source), part.where or {})
    if part.source == "log":
        facts = [one for one in facts if lies_in(one, sheet.first, sheet.last)]
        facts = [one for one in facts if one.answers.get("stage") not in part.without]
    rows = tuple(
        tuple(_cell(one, each, part, sheet) for each in part.columns)
        for one in _ordered(part, facts, sheet)
    )
    return MadeTable(
        id=part.id,
        title=part.words.say(lang),
        heads=tuple(one.head.say(lang) for one in part.columns),
        widths=tuple(one.width for one in part.columns),
        rows=rows,
    )


def _ordered(part: Listed, facts: Iterable[Fact], sheet: Sheet) -> list[Fact]:
    """Return entries in the order of their days, grouped by a mark where the table says so."""
    order = [*(choices_of(part.source, part.by, sheet.job.log) or {}), NOT_TOLD] if part.by else []

    def place(one: Fact) -> int:
        mark = (one.marks.get(part.by) or (NOT_TOLD,))[0] if part.by else NOT_TOLD
        return order.index(mark) if mark in order else len(order)

    return sorted(facts, key=lambda one: (place(one), one.day, one.site.number))


def _cell(fact: Fact, column: Column, part: Listed, sheet: Sheet) -> Cell:
    found = [_say(fact, id_, part, sheet) for id_ in column.fields]
    told = [one for one in found if one not in (None, "")]
    if len(told) == 1 and isinstance(told[0], int):
        return Cell(text=f"{told[0]:,}", number=told[0], counted=told[0])
    return Cell(text="\n".join(map(str, told)), behind=(fact.site.id,))


def _say(fact: Fact, id_: str, part: Listed, sheet: Sheet) -> str | int | float | None:
    lang = sheet.job.lang
    if id_ == "on":
        return say_days(fact.answers, lang, with_year=part.with_year)
    if id_ == "people_count":
        return _say_people(fact.answers, lang)
    if id_ in _RISEN:
        return without_private(_RISEN[id_](fact.answers, lang))
    if id_ in fact.marks and id_ in NOT_TOLD_WORDS:
        words = choices_of(part.source, id_, sheet.job.log) or {}
        named = [words[one].say(lang) if one in words else one for one in fact.marks[id_]]
        return without_private("、".join(named))
    said = dump_cell(fact.site.type.field(id_), fact.answers.get(id_), lang)
    if said is None or isinstance(said, int | float):
        return said
    return without_private(str(said))


def _say_way(answers: Mapping[str, Any], lang: Lang) -> str:
    """Return what happened to a concern, a line a step."""
    lines = []
    for one in steps_of(answers):
        lines.append(say_step(one).say(lang))
        if one.said and one.what != "answered":
            lines.append(f"　{one.said}")
    return "\n".join(lines)


# What is told of a concern beside its own questions.
_RISEN: Final[Mapping[str, Callable[[Mapping[str, Any], Lang], str]]] = {
    "way": _say_way, "answer": lambda answers, _: answer_of(answers),
}  # fmt: skip


def _say_people(answers: Mapping[str, Any], lang: Lang) -> str | int | None:
    """Return how many people there were, as it was said: 約20名, 延べ30名."""
    written, number = answers.get("people_text"), answers.get("people_count")
    if written and written != UNKNOWN:
        return without_private(str(written))
    if not isinstance(number, int):
        return None
    about, total = (answers.get(key) == "yes" for key in ("about", "total"))
    if not about and not total:
        return number
    ja = f"{'延べ' if total else ''}{'約' if about else ''}{number:,}人"
    en = f"{'about ' if about else ''}{number:,}{' in all' if total else ''}"
    return Words(ja, en).say(lang)


def say_days(answers: Mapping[str, Any], lang: Lang, *, with_year: bool) -> str:
    """Return an entry's days: 12月1日, a span, whether it is planned (日を言う).

    Parameters
    ----------
    with_year
        Without, the title says the year; a span into another year says it all the same.
    """
    first = parse_date(answers["on"])
    until = answers.get("until")
    last = parse_date(until) if until and until != UNKNOWN else None
    years = with_year or (last is not None and last.year != first.year)
    ja = say_date(first, "ja") if years else f"{first.month}月{first.day}日"
    en = say_date(first, "en") if years else f"{first:%d %b}"
    if last is not None:
        there = "" if last.month == first.month and last.year == first.year else f"{last.month}月"
        if last.year != first.year:
            there = say_date(last, "ja").removesuffix(f"{last.day}日")
        ja = f"{ja}～{there}{last.day}日"
        en = f"{en} to {say_date(last, 'en') if years else format(last, '%d %b')}"
    planned = answers.get("stage") == "planned"
    return Words(
        f"{ja}{'（予定）' if planned else ''}", f"{en}{' (planned)' if planned else ''}"
    ).say(lang)
