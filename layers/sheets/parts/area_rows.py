"""The tables of people on an area's sheet (地区シートの数字の表)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.base.words import Words
from geo.say.roll_up import say_straddling
from geo.tables.tables import people_words
from layers.areas.figures import COUNTED, row_around, row_of, row_of_town, rows_of_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.areas.figures import Row
    from layers.areas.place import Place
    from layers.areas.run import Run
    from layers.sheets.parts.frame import Frame

_HEADS: Final = {
    "people": Words("人数", "People"),
    "within": Words("届く人", "Within reach"),
    "outside": Words("届かない人", "Out of reach"),
    "off_network": Words("道につながらない人", "Off the network"),
    "share": Words("届く割合", "Share"),
}
_SAME_TIME: Final = Words(
    "{own}が{range}を歩くあいだに行ける所までを、それぞれの速さで",
    "each as far as they get in the time {range} takes ({own})",
)
_IN_TIME: Final = Words("それぞれの速さで、{range}のうちに", "each within {range}")


def _cells(row: Row, columns: Sequence[str], frame: Frame) -> list[dict[str, Any]]:
    return [{"text": row.say(one, frame.lang), "gap": one == "outside"} for one in columns]


def _columns(run: Run) -> tuple[str, ...]:
    return tuple(one for one in (*COUNTED, "share")
                 if one != "off_network" or not run.question.straight)  # fmt: skip


def ages_table(frame: Frame, run: Run, place: Place) -> dict[str, Any]:
    """Return an area's people by age line, the line asked about strong (年齢ごとの表)."""
    columns = _columns(run)
    rows = []
    for age in run.ages:
        name = people_words(age).say(frame.lang)
        cells = _cells(row_of(run, place, age), columns, frame)
        rows.append(
            {"strong": age == run.question.people, "cells": [{"text": name, "gap": False}, *cells]}
        )
    head = [frame.say("年齢", "Age"), *(_HEADS[one].say(frame.lang) for one in columns)]
    return {"head": head, "rows": rows}


def walkers_table(frame: Frame, run: Run, place: Place) -> dict[str, Any]:
    """Return the shares of three walkers: of this area, of those around it, of the town (歩く人ごとの割合)."""
    beside = run.set_beside(place)
    head = [
        frame.say("歩く人", "Walker"), frame.say("歩く長さ", "Range"),
        _HEADS["outside"].say(frame.lang), frame.say("この地区", "This area"), *(one.name for one in beside),
        frame.say("{town}ぜんたい", "All of {town}", town=run.town.name),
    ]  # fmt: skip
    rows = []
    for number, question in enumerate(run.walkers):
        own = row_of(run, place, walker=number)
        others = [row_around(run, one, number) for one in beside] + [row_of_town(run, number)]
        texts = [
            question.walker.words.say(frame.lang), _say_metres(question.limit_m, frame),
            own.say("outside", frame.lang),
            *(one.say("share", frame.lang) for one in (own, *others)),
        ]  # fmt: skip
        cells = [{"text": text, "gap": at == 2} for at, text in enumerate(texts)]  # noqa: PLR2004 - the column of those out of reach
        rows.append({"strong": not number, "cells": cells})
    return {"head": head, "rows": rows}


def _say_metres(metres: float, frame: Frame) -> str:
    return frame.say("{m}m", "{m} m", m=f"{metres:,.0f}")


def say_same_time(frame: Frame, run: Run) -> str:
    """Return how far each walker goes: in the same time (歩く人ごとの長さ)."""
    words = _SAME_TIME if run.question.within.unit == "m" else _IN_TIME
    own, range_ = run.question.walker.words, run.question.within.words
    return Words(
        words.ja.format(own=own.ja, range=range_.ja), words.en.format(own=own.en, range=range_.en)
    ).say(frame.lang)


def parts_table(frame: Frame, run: Run, place: Place) -> dict[str, Any] | None:
    """Return the table of an area's parts, None without a finer division (内訳の表)."""
    rows = rows_of_parts(run, place)
    if not rows:
        return None
    columns, told = _columns(run), []
    rest = frame.say("どれにも入らない人", "people in none")
    for one in rows:
        name = (one.name or rest) + (frame.say("（一部）", " (in part)") if one.elsewhere else "")
        cells = _cells(one.row, columns, frame)
        told.append({"strong": False, "cells": [{"text": name, "gap": False}, *cells]})
    total = {"text": frame.say("計", "All"), "gap": False}
    told.append({"strong": True, "cells": [total, *_cells(row_of(run, place), columns, frame)]})
    return {"head": [run.finer, *(_HEADS[one].say(frame.lang) for one in columns)], "rows": told}


def straddling_lines(frame: Frame, run: Run, place: Place) -> list[str]:
    """Return in which other areas its parts lie, too (またがる地区の文)."""
    if run.parts is None:
        return []
    rows = [one for one in rows_of_parts(run, place) if one.elsewhere]
    if run.audience == "council":
        note = frame.say(
            "「一部」の地区は、ほかの{division}にもまたがる", "parts marked straddle another {division}",
            division=run.division,
        )  # fmt: skip
        return [note] if rows else []
    said = [say_straddling(run.parts, one.part_id) for one in rows if one.part_id]
    return [one.say(frame.lang) for one in said if one is not None]


def counted_lines(frame: Frame, run: Run, place: Place) -> list[dict[str, str]]:
    """Return of how many of the finest areas what holds, and of which (N地区のうちn地区)."""
    if run.counted is None or place.drawn:
        return []
    table = run.counted.table(place.area_id)
    told, between = [], frame.say("、", ", ")
    lines = iter(table.lines)
    for counted in table.counted:
        line = next(lines)
        some = counted.yes if 0 < len(counted.yes) < counted.of else ()
        told.append({"text": line.say(frame.lang), "names": between.join(some)})
        if counted.no_figure and counted.tenths is not None:
            told.append({"text": next(lines).say(frame.lang), "names": ""})
    return told
