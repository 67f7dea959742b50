"""One area on paper: its people, its map, what is there, what nobody has looked at (地区シート)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from geo.base.dates import say_date
from geo.base.words import Words
from geo.say.assumptions import say_assumptions
from geo.say.masked import MASKED_LINE, mask_text
from geo.say.sentence import say_salon, say_walk
from geo.say.why import WHY_TITLE, say_why_sentences
from geo.tables.tables import each_row
from layers.areas.figures import row_of_town, sentence_of
from layers.areas.now import shared_of
from layers.areas.place import find_areas, place_of
from layers.areas.run import AUDIENCES
from layers.asked import check_asked, read_asked
from layers.maps.icons import sign_of
from layers.sheets.parts.area_asked import (
    MAP_MM,
    SHOWN,
    read_audience,
    read_compare,
    read_shown,
    read_size,
)
from layers.sheets.parts.area_rows import (
    ages_table,
    counted_lines,
    parts_table,
    say_same_time,
    straddling_lines,
    walkers_table,
)
from layers.sheets.parts.area_things import (
    concerns_table,
    counts_here,
    kind_table,
    salon_row,
    say_salons_count,
    unseen_lines,
)
from layers.sheets.parts.declare import NotHereError, Sheet
from layers.sheets.parts.frame import draw_icon, markup, render
from layers.sheets.parts.site_map import DrawnMap, LegendItem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from layers.areas.map import AreaDrawn
    from layers.areas.moved import Moves
    from layers.areas.place import Place
    from layers.areas.run import Run
    from layers.areas.sheets import Shared
    from layers.sheets.parts.area_asked import Size
    from layers.sheets.parts.frame import Frame

_NO_AREA: Final = Words("この番号の地区は、この街にありません", "this town has no area of that id")
_TABLES: Final = ("park", "bus_stop", "shop", "resource", "slope")


def draw_area(
    frame: Frame,
    shared: Shared,
    place: Place,
    *,
    size: Size = "A4",
    show: Collection[str] = tuple(SHOWN),
) -> str:
    """Return an area's sheet as one HTML page (地区シートを組む).

    Everything of an area on one day for one audience: the same figures as every page and file tells;
    for a council without counts from which few people follow, and without what is the office's.

    Parameters
    ----------
    shared
        The answers and places behind it, made once for many sheets.
    show
        Which of `SHOWN` stand on it; the sentence, the map and what is assumed always do.
    """
    run, lang = shared.run, frame.lang
    inside = shared.things.inside(place)
    width, height = MAP_MM[size]
    drawn = shared.maps.draw(place, inside, width_mm=width, height_mm=height, lang=lang)
    straight, office = run.question.straight, run.audience == "office"
    walk, salon = say_walk(run.question).say(lang), say_salon(run.question).say(lang)
    head = frame.say(
        "{name}では、歩いて通えるか" if not straight else "{name}では、通いの場が近いか",
        "Can people of {name} walk to a salon?" if not straight else "Is a salon near in {name}?",
        name=place.name,
    )
    return render(
        "area.html", frame,
        sheet="　".join([frame.say("地区シート", "Area sheet"), *(one.name for one in place.around)]),
        title=head,
        size=size,
        show=frozenset(show),
        mark=AUDIENCES[run.audience].say(lang),
        facts=_head(frame, run),
        said=sentence_of(run, place, lang),
        under=_under(frame, run, place),
        drawn=_legend(drawn, frame),
        walk=frame.say("{walk}の{salon}に", "{salon} {walk}", walk=walk, salon=salon),
        ages=ages_table(frame, run, place),
        walkers=walkers_table(frame, run, place), same_time=say_same_time(frame, run),
        parts_table=parts_table(frame, run, place), parts_name=run.finer,
        parts_notes=straddling_lines(frame, run, place),
        counted=counted_lines(frame, run, place),
        why=_why(frame, run, place) if office else (), why_title=WHY_TITLE.say(lang),
        salons_count=say_salons_count(frame, inside),
        here=counts_here(frame, inside), salons=[salon_row(frame, n, one) for n, one in
                                           enumerate(inside.salons, 1)],
        groups=[one for kind in _TABLES if (one := kind_table(frame, kind, inside.of(kind), office=office))],
        concerns=concerns_table(frame, inside.concerns, office=office),
        unseen=unseen_lines(frame, run, inside),
        assumed=_assumed(frame, run),
    )  # fmt: skip


def _head(frame: Frame, run: Run) -> list[dict[str, Any]]:
    on = say_date(date.fromisoformat(run.day.when.on), frame.lang)
    day = frame.say("{on}の通いの場", "salons of {on}", on=on)
    lines = [AUDIENCES[run.audience].say(frame.lang), day]
    return [{"text": line, "due": False} for line in lines]


def _under(frame: Frame, run: Run, place: Place) -> list[str]:
    """Return what stands under the sentence: what changed since a day, and that counts are masked."""
    lines = []
    moved = run.moved(place)
    if moved is not None and run.before is not None:
        on = say_date(date.fromisoformat(run.before.on), frame.lang)
        lines.append(_say_moved(frame, run, on, moved))
    if run.audience == "council":
        lines.append(MASKED_LINE.say(frame.lang))
    return lines


def _say_moved(frame: Frame, run: Run, on: str, moved: Moves) -> str:
    between = frame.say("、", ", ")
    by, without = (
        frame.say("（{names}）", " ({names})", names=between.join(names)) if names else ""
        for names in (moved.by, moved.without)
    )
    if not moved.gained and not moved.lost:
        return frame.say("{on}から、届く人は変わっていない", "No change since {on}", on=on)
    if run.audience == "office":
        return frame.say(
            "{on}から、新しく届く {gained}人{by}、届かなくなる {lost}人{without}",
            "Since {on}: {gained} gained{by}, {lost} lost{without}",
            on=on, gained=f"{moved.gained:,}", lost=f"{moved.lost:,}", by=by, without=without,
        )  # fmt: skip
    # Two days' counts of every area would have to be hidden together: a council is told who alone.
    said = [
        frame.say("新しく届く人がいる{by}", "some gained{by}", by=by) if moved.gained else "",
        frame.say("届かなくなる人がいる{without}", "some lost{without}", without=without)
        if moved.lost else "",
    ]  # fmt: skip
    return frame.say("{on}から、", "Since {on}: ", on=on) + between.join(filter(None, said))


def _why(frame: Frame, run: Run, place: Place) -> tuple[str, ...]:
    why = run.why
    if why is None:
        return ()
    rows = [one for one in each_row(why.areas) if one.area_id == place.area_id and one.outside > 0]
    return tuple(
        line.say(frame.lang) for one in rows for line in say_why_sentences(why, one, run.question)
    )


def _assumed(frame: Frame, run: Run) -> list[str]:
    coverage, day = run.coverage(), run.day
    question = run.question
    rests = day.count_rests(question) if question.rest_m or question.toilet_m else None
    lines = say_assumptions(
        day.town_for(question), coverage, salons=day.say_salons(), rests=rests,
        measured=day.say_slopes(question),
    )  # fmt: skip
    told = [line.say(frame.lang) for line in lines]
    if run.audience == "office":
        return told
    row = row_of_town(run)
    hidden = {row.counts[one] for one in row.hidden if one != "share"}
    return [mask_text(one, hidden, frame.lang, shares="share" in row.hidden) for one in told]


def _legend(drawn: AreaDrawn, frame: Frame) -> DrawnMap:
    items = []
    for words, art, width in drawn.legend:
        sign = sign_of(art)
        picture = (
            draw_icon(sign[0], 16)
            if sign is not None
            else markup(
                f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='16'>{art}</svg>"
            )
        )
        items.append(LegendItem(icon=picture, text=words.say(frame.lang)))
    return DrawnMap(svg=markup(drawn.svg), legend=items)


def _draw(frame: Frame, path: Mapping[str, str], params: Mapping[str, str]) -> str:
    ground = frame.ground
    asked = check_asked(read_asked(params), ground.town, frame.today)
    audience, size = read_audience(params.get("for", "")), read_size(params.get("size", ""))
    compare = read_compare(params.get("compare", ""), frame.today)
    division = asked.division or ground.town.divisions[0]
    ids = find_areas(ground.town, division, [])
    if path["id"] not in ids:
        raise NotHereError(_NO_AREA)
    shared = shared_of(
        ground, frame.town_folder, asked, audience=audience, compare=compare,
        beside=params.get("beside", ""), today=frame.today,
    )  # fmt: skip
    show = read_shown(params.get("without", ""))
    place = place_of(ground.town, division, path["id"])
    return draw_area(frame, shared, place, size=size, show=show)


SHEET: Final = Sheet(
    id="area", words=Words("地区シート", "Area sheet"), address="area/{id:path}",
    asked_with=Words("地区の番号（id）と、徒歩圏カバーの問い", "an area's id, and the question of coverage"),
    draw=_draw, kinds=("site",), own_command=True,
)  # fmt: skip
