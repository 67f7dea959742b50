"""What a planners' file says of itself: question, figures, sources, whom it is for (この資料について)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.square import OFFICE_MARK, say_homes_told
from geo.base.words import Words
from geo.export.facts import WHY_MEANS
from geo.say.assumptions import say_assumptions
from geo.say.sentence import say_coverage
from geo.say.sentences import say_notes
from geo.say.why import say_why
from layers.planners.columns import fill_layer, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.analysis.why import Why
    from geo.base.words import Lang
    from geo.coverage.coverage import Coverage
    from geo.export.facts import Stamp
    from geo.export.homes import Homes
    from layers.day.day import Day
    from surveys.formats.gpkg import Filled

ABOUT: Final = Words("この資料について", "about this file")
_COLUMNS: Final = (text("item", Words("項目", "item")), text("told", Words("内容", "what is told")))
_FIGURES, _WHY = Words("数字", "figures"), Words("届かないわけ", "why out of reach")
_BASIS: Final = Words("前提", "assumptions")
_SOURCE, _WHOM = Words("出典", "source"), Words("取り扱い", "handling")
_OFFICE: Final = Words(
    f"台帳のレイヤなど、名前に「{OFFICE_MARK}」とあるレイヤが入ったファイルは、{OFFICE_MARK}です",
    f"layers whose name says {OFFICE_MARK}, as the register's do, are for the office alone, and so "
    f"is a file that holds them",
)


def about_layer(
    day: Day, coverage: Coverage, why: Why, homes: Homes, stamp: Stamp, lang: Lang
) -> Filled:
    """Return the table that says what the file is made from, a line a row (この資料についての表)."""
    rows = [
        {"item": head.say(lang), "told": told.say(lang)}
        for head, told in _lines(day, coverage, why, homes, stamp)
    ]
    about = Words(
        "問い・数字・前提・出典・取り扱い", "question, figures, assumptions, sources, handling"
    )
    return fill_layer((ABOUT, about), _COLUMNS, rows, lang=lang, made_at=stamp.made_at)


def _lines(
    day: Day, coverage: Coverage, why: Why, homes: Homes, stamp: Stamp
) -> Iterator[tuple[Words, Words]]:
    town, question = day.town_for(coverage.question), coverage.question
    yield Words("街", "town"), _same(town.name)
    yield Words("作成", "made"), _same(f"かよいマップ {stamp.version}　{stamp.made_at}")
    when = Words(f"{day.when.on}（{_by(day).ja}）", f"{day.when.on} ({_by(day).en})")
    yield Words("いつの時点", "as of"), when
    yield Words("地区の分け方", "division"), _same(question.division)
    for line in say_coverage(coverage):
        yield _FIGURES, line
    for line in say_why(why, question, first=None):
        yield _WHY, line
    yield _WHY, WHY_MEANS
    ruled = question.rest_m is not None or question.toilet_m is not None
    assumed = say_assumptions(
        town, coverage, salons=day.say_salons(), measured=day.say_slopes(question),
        rests=day.count_rests(question) if ruled else None, band=False,
    )  # fmt: skip
    for line in (*assumed, *say_notes(coverage)):
        yield _BASIS, line
    parts = [(one.name, one.date, one.licence, one.credit) for one in town.credits]
    for told in dict.fromkeys("　".join(filter(None, one)) for one in parts):
        yield _SOURCE, _same(told)
    count = len(homes.ids)
    if count:
        yield _WHOM, say_homes_told(count, exact=homes.exact)
    yield _WHOM, _OFFICE


def _by(day: Day) -> Words:
    if day.when.known:
        return Words("この日に記録されていたこと", "by what the register knew then")
    return Words("いま分かっているかぎり", "by what is known now")


def _same(text_: str) -> Words:
    return Words(text_, text_)
