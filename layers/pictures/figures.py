"""The figures of the pages as pictures: coverage, week, two days, a plan, one more 通いの場 (画面ごとの絵の中身)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from geo.analysis.week import ANY, DAYS, UNKNOWN
from geo.base.square import centre_of_square
from geo.base.words import Words
from geo.say.in_short import say_in_short
from geo.say.ledger import say_ledger
from geo.say.plan import say_plan
from geo.say.sentence import lines_of, say_share
from geo.say.siting import ALONE, REACH_IS_NOT_GOING, say_gain
from geo.say.week import NOT_ADDED, say_unknown_days, say_week_aloud
from geo.tables.tables import each_row
from layers.cards.credit_line import credit_line
from layers.cards.plan_words import named, say_change
from layers.day.candidate_kinds import KIND_SIGNS, KIND_WORDS
from layers.day.week import WEEK_WORDS
from layers.maps.area_answer import gap_ranks
from layers.maps.legend import share_items, step_items
from layers.maps.moved_legend import (
    CHANGE_BADGES,
    CHANGE_KINDS,
    change_items,
    plan_items,
    siting_items,
)
from layers.paper.signs import Sign
from layers.pictures.area_map import AreaMap
from layers.pictures.figure import Figure, legend_of, salon_signs
from layers.pictures.look import NUMBERED, coverage_looks, moved_looks, week_looks
from layers.pictures.text import line_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.band import Band
    from geo.analysis.ledger import Ledger
    from geo.analysis.siting import Gains
    from geo.analysis.week import Week
    from geo.base.words import Lang
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from layers.day.day import Day
    from layers.day.plan_effect import Effect
    from layers.pictures.figure import Item
    from layers.pictures.look import Look
    from surveys.record.plan import Plan

COVERAGE_TITLE: Final = Words(
    "通いの場まで、歩いて通えるのは何人か", "How many can walk to a salon?"
)
WEEK_TITLE: Final = Words("どの曜日なら、歩いて通えるか", "On which weekday can they walk to one?")
SITING_TITLE: Final = Words(
    "一つ増やすなら、どこがいちばん届くか", "Where would one more salon reach most?"
)
LEDGER_TITLE: Final = Words(
    "だれに届くようになり、だれに届かなくなったか", "Who was gained, and who was lost?"
)
SALONS: Final[Item] = (Words("通いの場", "salons"), "salon", 22)
# The same two of a town without streets.
COVERAGE_STRAIGHT: Final = Words(
    "通いの場が直線で近くにあるのは何人か", "How many have a salon near, in a straight line?"
)
WEEK_STRAIGHT: Final = Words(
    "どの曜日なら、直線で近くに開くか", "On which weekday is one near, in a straight line?"
)
_MOST_ROWS: Final = 6
_CANDIDATES: Final = 9
_SIGN_PX: Final = 34.0


def coverage_title(*, straight: bool) -> Words:
    """Return what the figure of who is within reach is called (届く人の絵の題)."""
    return COVERAGE_STRAIGHT if straight else COVERAGE_TITLE


def week_title(*, straight: bool) -> Words:
    """Return what the figure of a week is called (一週間の絵の題)."""
    return WEEK_STRAIGHT if straight else WEEK_TITLE


def coverage_figure(
    day: Day, coverage: Coverage, title: Words, lang: Lang, band: Band | None = None
) -> Figure:
    """Return who can walk to a 通いの場, gaps numbered as in the table (徒歩圏カバーの絵)."""
    ranks = gap_ranks(coverage)
    ranked = sorted(
        ((int(rank), row) for rank, row in zip(ranks, each_row(coverage.areas), strict=True)),
        key=lambda one: one[0],
    )
    rows = [
        (str(rank), str(row.area_name), _people(row.outside, lang)) for rank, row in ranked if rank
    ]
    return Figure(
        title=title, lines=lines_of(coverage, lang, band),
        maps=(("", _map(day, coverage.question, coverage_looks(day.built, coverage))),),
        legend=legend_of(day, [*share_items(straight=coverage.question.straight), SALONS]),
        heads=(Words("届かない人が多い地区", "Most people out of reach"), Words("届かない人", "Out")),
        rows=tuple(rows[:NUMBERED]), notes=(end_sentence(REACH_IS_NOT_GOING),),
        assumed=_assumed(day, coverage.question), credits=credit_line(day.built, lang),
    )  # fmt: skip


def week_figure(
    day: Day, week: Week, question: Question, at_least: str, title: Words, lang: Lang
) -> Figure:
    """Return whom each weekday reaches, a small map a day at one extent (どの曜日かの絵)."""
    days = [one for one in DAYS if one != UNKNOWN]
    found = {one: week.row(weekday=one, at_least=at_least) for one in days}
    called = {one: WEEK_WORDS["weekday"][one].say(lang).capitalize() for one in days}
    told = {
        one: f"{_people(row['within'], lang)}（{say_share(float(row['share']), lang)}）"
        if lang == "ja" else f"{int(row['within']):,} ({say_share(float(row['share']), lang)})"
        for one, row in found.items()
    }  # fmt: skip
    shapes = day.built.division(question.division).geometry.to_numpy()
    maps = [
        (
            f"{called[one]}　{told[one]}" if lang == "ja" else f"{called[one]}: {told[one]}",
            AreaMap(
                border=day.built.border, shapes=shapes,
                looks=week_looks(day.built, week, one, ANY, at_least),
            ),
        )
        for one in days
    ]  # fmt: skip
    how = WEEK_WORDS["at_least"][at_least]
    kinds = Words(f"通いの場：{how.ja}開くもの", f"salons that meet {how.en}")
    return Figure(
        title=title,
        lines=tuple(line_of(end_sentence(one), lang) for one in say_week_aloud(week, question, WEEK_WORDS)),
        maps=tuple(maps), legend=step_items(),
        notes=tuple(
            end_sentence(one)
            for one in (kinds, *say_unknown_days(week), NOT_ADDED, REACH_IS_NOT_GOING)
        ),
        assumed=_assumed(day, question), credits=credit_line(day.built, lang),
    )  # fmt: skip


def ledger_figure(
    day: Day, ledger: Ledger, coverage: Coverage, days: tuple[str, str], title: Words, lang: Lang
) -> Figure:
    """Return whom two days gained and lost (前と後の絵)."""
    question = coverage.question
    said = say_ledger(ledger, question, days)[:2]
    return Figure(
        title=title, lines=tuple(line_of(end_sentence(one), lang) for one in said),
        maps=(("", _map(day, question, moved_looks(ledger.areas))),),
        legend=legend_of(day, change_items()), assumed=_assumed(day, question),
        notes=(end_sentence(REACH_IS_NOT_GOING),), credits=credit_line(day.built, lang),
        heads=(Words("変わった地区", "Areas that changed"), Words("ふえる人・へる人", "Gained, lost")),
        rows=_moved_rows(ledger.areas),
    )  # fmt: skip


def plan_figure(day: Day, plan: Plan, effect: Effect, question: Question, lang: Lang) -> Figure:
    """Return who gains and who loses by a plan, its changes numbered (検討案の絵)."""
    said = say_plan(effect.known, question, effect.ends)
    names = named(day, plan.changes)
    rows = [
        (str(at), say_change(day, one, names, question.division, lang), "")
        for at, one in enumerate(plan.changes, 1)
    ]
    return Figure(
        title=Words(plan.title, plan.title),
        lines=tuple(line_of(end_sentence(one), lang) for one in said),
        maps=(("", plan_map_of(day, plan, effect, question)),),
        legend=legend_of(day, plan_items(does={one.do for one in plan.changes})),
        heads=(Words("この案で変えること", "What the plan changes"), Words("", "")),
        rows=tuple(rows[:_MOST_ROWS]), notes=(end_sentence(REACH_IS_NOT_GOING),),
        assumed=_assumed(day, question), credits=credit_line(day.built, lang),
    )  # fmt: skip


def plan_map_of(day: Day, plan: Plan, effect: Effect, question: Question) -> AreaMap:
    """Return the map of a plan: gained and lost hatched, its changes by number (検討案の地図の絵)."""
    drawn = _map(day, question, moved_looks(effect.known.areas))
    return replace(drawn, signs=with_signs(drawn.signs, plan_signs(day, plan)))


def plan_signs(day: Day, plan: Plan) -> list[Sign]:
    """Return the signs of a plan's changes, each with its number (検討案のしるし)."""
    return [
        Sign(x_m=at[0], y_m=at[1], kind=CHANGE_KINDS.get(one.do, "salon"), number=str(number),
             px=_SIGN_PX, badge=CHANGE_BADGES.get(one.do, ""))
        for number, one in enumerate(plan.changes, 1)
        if (at := _place_of(day, one)) is not None
    ]  # fmt: skip


def with_signs(signs: Sequence[Sign], numbered: Sequence[Sign]) -> list[Sign]:
    """Return signs with numbered ones in place of those at the same point (番号のしるしを重ねる)."""
    taken = {(one.x_m, one.y_m) for one in numbered}
    return [*(one for one in signs if (one.x_m, one.y_m) not in taken), *numbered]


def siting_figure(day: Day, gains: Gains, question: Question, title: Words, lang: Lang) -> Figure:
    """Return the places where one more 通いの場 would reach most (どこに増やすかの絵)."""
    looks = [replace(one, hatch="", plate="") for one in coverage_looks(day.built, gains.before)]
    drawn = _map(day, question, looks)
    table = gains.table.head(_CANDIDATES)
    found = [row for row in each_row(table) if row.on_network]
    signs = [
        Sign(x_m=float(row.x_m), y_m=float(row.y_m), kind=KIND_SIGNS.get(row.kind, "salon"),
             number=str(row.rank), px=_SIGN_PX)
        for row in found
    ]  # fmt: skip
    rows = [
        (str(row.rank), str(row.name), ("＋" if row.gained else "") + _people(row.gained, lang))
        for row in found
    ]
    kinds = [
        (KIND_WORDS[one], KIND_SIGNS[one], 22)
        for one in dict.fromkeys(str(row.kind) for row in found)
        if one in KIND_SIGNS and KIND_SIGNS[one] != "salon"
    ]
    first = say_gain(gains, found[0], question, KIND_WORDS) if found else Words("", "")
    return Figure(
        title=title, lines=(line_of(end_sentence(first), lang),) if found else (),
        maps=(("", replace(drawn, signs=[*drawn.signs, *signs])),),
        legend=legend_of(day, [*step_items(), *siting_items(), *kinds]),
        heads=(Words("一つだけ増やすなら", "One place more"), Words("新しく届く人", "Gained")),
        rows=tuple(rows[:_MOST_ROWS]), notes=(end_sentence(ALONE), end_sentence(REACH_IS_NOT_GOING)),
        assumed=_assumed(day, question), credits=credit_line(day.built, lang),
    )  # fmt: skip


def _map(day: Day, question: Question, looks: Sequence[Look]) -> AreaMap:
    signs, squares = salon_signs(day)
    areas = day.built.division(question.division)
    return AreaMap(
        border=day.built.border, shapes=areas.geometry.to_numpy(), looks=looks, signs=signs,
        squares=squares,
    )  # fmt: skip


def _assumed(day: Day, question: Question) -> Words:
    return say_in_short(day.built, question, salons=len(day.salons), on=day.when.on)


def _moved_rows(areas: Any) -> tuple[tuple[str, str, str], ...]:  # noqa: ANN401 - a table
    moved = areas.assign(moved=areas["gained"] + areas["lost"])
    moved = moved[moved["moved"] > 0].sort_values("moved", ascending=False, kind="stable")
    return tuple(
        ("", str(row.area_name), "　".join(
            f"{sign}{int(count):,}" for sign, count in (("＋", row.gained), ("−", row.lost)) if count
        ))
        for row in each_row(moved.head(_MOST_ROWS))
    )  # fmt: skip


def _place_of(day: Day, one: Any) -> tuple[float, float] | None:  # noqa: ANN401 - a change
    """Return where a change's number stands, metres; a private home's in its square's middle."""
    plane = day.built.plane
    if one.at is not None:
        x_m, y_m = plane.to_m(*one.at)
        return float(x_m), float(y_m)
    sites = day.town.sites[day.town.sites["site_id"] == one.site_id]
    if sites.empty:
        return None
    at = float(sites["x_m"].iloc[0]), float(sites["y_m"].iloc[0])
    if one.site_id in day.homes:
        lon, lat = (float(value) for value in plane.to_lonlat(*at))
        x_m, y_m = plane.to_m(*centre_of_square(lon, lat))
        at = float(x_m), float(y_m)
    return at


def _people(count: float, lang: Lang) -> str:
    return Words(f"{int(count):,}人", f"{int(count):,}").say(lang)


def end_sentence(words: Words) -> Words:
    """Return words as a sentence of their own, with its full stop (文を終える)."""
    en = words.en.removesuffix(".") + "."
    return Words(words.ja.removesuffix("。") + "。", en[:1].upper() + en[1:])
