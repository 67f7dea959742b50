"""Places where people are left out, and areas by a target, as tables (空白の表)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.base.marks import shown
from geo.base.words import Words
from geo.say.gap_why import say_place
from geo.say.near import say_minutes_walked
from geo.say.sentence import NO_DATA
from geo.tables.tables import each_row, people_words
from layers.cards.scrolled import scrolled
from layers.maps.popup import entity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.analysis.gap_areas import AreaGaps
    from geo.analysis.gaps import Gaps
    from geo.base.words import Lang

    Tell = Callable[[Any], str]

_NAME: Final = Words("空白の所の表", "table of the places")
_AREAS: Final = Words("地区ごとの表", "table of areas")
_AGES: Final = ("65", "75")
# A zero-width space is where a heading may break.
_CAUSES: Final = {
    "why_no_rest": Words("休む所が\u200bあれば\u200b届く人", "With rests"),
    "why_slope": Words("坂や階段が\u200bなければ\u200b届く人", "But for slopes"),
    "why_not_open": Words(
        "数えない\u200b通いの場が\u200b開けば\u200b届く人", "If closed ones opened"
    ),
    "why_together": Words("二つ以上\u200bそろえば\u200b届く人", "Two together"),
    "why_far": Words("範囲に\u200bない人", "None in range"),
    "unknown": Words("分からない\u200b通いの場も\u200b数えれば", "If unknown counted"),
}
_STOPS: Final = {
    "stop_near": Words("停留所まで\u200b歩ける人", "Stop in reach"),
    "stop_can_come": Words("停留所で\u200b来られる人", "By two stops"),
}
_DAYS: Final = {
    "open_any": Words("ほかの日\u200bなら届く", "On other days"),
    "open_monthly": Words("月1回\u200b以上で", "Monthly"),
    "open_twice": Words("月2回\u200b以上で", "Twice a month"),
    "open_weekly": Words("週1回\u200b以上で", "Every week"),
}
_OFF: Final = Words("道に\u200bつながら\u200bない人", "Off the network")
# Short, so that two tables fit beside each other; the files say it in full.
_STATES: Final = {"meets": Words("届いた", "met"), "misses": Words("まだ", "not yet")}


def gap_table(gaps: Gaps, lang: Lang, *, most: int | None) -> str:
    """Return the places with each cause in a column of its own, as HTML (空白の表).

    Parameters
    ----------
    most
        How many rows, or None for all.
    """
    columns = [*_people(gaps), *_walks(gaps, lang), *_counts(gaps)]
    heads = [Words("番号", "No."), Words("どこ", "Where"), *(words for words, _ in columns)]
    head = "".join(
        f"<th scope='col'{' class=n' if at > 1 else ''}>{words.say(lang)}</th>"
        for at, words in enumerate(heads)
    )
    body = "".join(
        f"<tr class=gap><td><b>{row.rank}</b></td><td class='where'>{entity(shown(say_place(row).say(lang)))}</td>"
        + "".join(f"<td class='n'>{entity(tell(row))}</td>" for _, tell in columns)
        + "</tr>"
        for row in each_row(gaps.table.head(len(gaps.table) if most is None else most))
    )
    table = f"<table class='kz-table'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return scrolled(_NAME, table, lang, wide=True)


def _people(gaps: Gaps) -> list[tuple[Words, Tell]]:
    own = gaps.coverage.question.people
    ages = [own, *(one for one in _AGES if one in gaps.ages and one != own)]
    return [
        (
            Words(f"届かない\u200b{people_words(one).ja}", f"Out of reach, {people_words(one).en}"),
            _count(f"people_{one}"),
        )
        for one in ages
    ]


def _walks(gaps: Gaps, lang: Lang) -> list[tuple[Words, Tell]]:
    def minutes(row: Any) -> str:  # noqa: ANN401 - a row of the table
        return _minutes((row.minutes_half,), lang)

    def span(row: Any) -> str:  # noqa: ANN401
        return _minutes((row.minutes_least, row.minutes_most), lang)

    def metres(name: str) -> Tell:
        return lambda row: _metres(getattr(row, name), lang)

    if gaps.coverage.question.straight:  # of no way is known what is on it
        half = Words("直線で\u200b半分の人\u200bまでの分", "Straight line: half within")
        return [
            (half, minutes),
            (Words("いちばん近い人\u200b〜遠い人", "Nearest to farthest"), span),
        ]
    told: list[tuple[Words, Tell]] = [
        (Words("半分の人\u200bまでの分", "Half within"), minutes),
        (Words("いちばん近い人\u200b〜遠い人", "Nearest to farthest"), span),
        (Words("道すじの\u200b階段", "Steps on the way"), _count("way_steps")),
    ]
    if gaps.heights:
        told += [
            (Words("道すじの\u200b上り", "Up on the way"), metres("way_rise_m")),
            (Words("いちばん\u200b急な所", "Steepest"), lambda row: _grade(row.way_steepest, lang)),
        ]
    if gaps.coverage.question.heights:
        told.append(
            (
                Words("坂で\u200bふえる分", "Slopes add"),
                lambda row: _minutes((row.slope_minutes,), lang, least=0),
            )
        )
    return [*told, (Words("座れる所の\u200bない区間", "No seat for"), metres("way_seatless_m"))]


def _counts(gaps: Gaps) -> list[tuple[Words, Tell]]:
    """Return the columns of people, those left out that say nothing here."""
    heads = _CAUSES | (_STOPS if gaps.stops else {}) | (_DAYS if gaps.often else {})
    told = {name: words for name, words in heads.items() if name in _STOPS or name in _DAYS
            or gaps.table[name].any()}  # fmt: skip
    if gaps.table["no_way"].any():
        told["no_way"] = Words("歩いて行く\u200b道のない人", "No way on foot")
    if gaps.table["off_network"].any():
        told["off_network"] = _OFF
    return [(words, _count(name)) for name, words in told.items()]


def _count(name: str) -> Tell:
    return lambda row: f"{int(getattr(row, name)):,}"


def _minutes(minutes: Sequence[float], lang: Lang, *, least: int = 1) -> str:
    if not all(map(np.isfinite, minutes)):
        return NO_DATA.say(lang)
    each = [say_minutes_walked(one) if least else round(one) for one in minutes]
    text = "〜".join(str(one) for one in each)
    return Words(f"{text}分", f"{text.replace('〜', '–')} min").say(lang)


def _metres(metres: float, lang: Lang) -> str:
    return f"{metres:,.0f}m" if np.isfinite(metres) else NO_DATA.say(lang)


def _grade(grade: float, lang: Lang) -> str:
    if not np.isfinite(grade):
        return NO_DATA.say(lang)
    return f"{grade:.0%}".replace("%", "％" if lang == "ja" else "%")


def target_table(found: AreaGaps, lang: Lang, *, most: int | None) -> str:
    """Return the areas of a division, those with most people missing first, as HTML (目標の表).

    Parameters
    ----------
    most
        How many rows, or None for all.
    """
    by = "missing" if found.target else "outside"
    table = found.table.sort_values([by, "area_id"], ascending=[False, True], kind="stable")
    name = entity(shown(found.division))
    heads = [Words(name, name), Words("届かない\u200b人", "Out of reach")]
    if found.target:
        near = found.target.words
        heads += [
            Words(f"{near.ja}に\u200bない人", f"None within {near.en}"),
            Words("目標", "Target"),
        ]
    head = "".join(
        f"<th scope='col'{' class=n' if at in (1, 2) else ''}>{words.say(lang)}</th>"
        for at, words in enumerate(heads)
    )
    rows = table.head(len(table) if most is None else most)
    body = "".join(_area_row(row, lang, target=found.target is not None) for row in each_row(rows))
    html = f"<table class='kz-table'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return scrolled(_AREAS, html, lang)


def _area_row(row: Any, lang: Lang, *, target: bool) -> str:  # noqa: ANN401 - a row of the areas
    cells = f"<td>{entity(shown(str(row.area_name)))}</td><td class='n'>{row.outside:,}</td>"
    if target:
        silent = not row.state
        missing = NO_DATA.say(lang) if silent else f"{row.missing:,}"
        said = NO_DATA.say(lang) if silent else _STATES[row.state].say(lang)
        mark = "kz-gone" if row.state == "misses" else ""
        cells += f"<td class='n'>{entity(missing)}</td><td><span class='{mark}'>{entity(said)}</span></td>"
    return f"<tr>{cells}</tr>"
