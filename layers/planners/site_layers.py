"""Places of a planners' file: 通いの場 counting or not, the map's places, what is within reach (所のレイヤ)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.square import OFFICE_ONLY, TOLD_HEADS
from geo.base.words import Words
from geo.export.files import lonlat_shapes
from geo.export.homes import home_areas, shown_lonlat
from geo.tables.tables import SITE_WORDS, each_row
from geo.town import ground_of, ordered_sites, put_places
from geo.walk.reach_shapes import reach_shapes
from layers.maps.palette import CARD, INDIGO_DEEP, INDIGO_PALE
from layers.planners.columns import choice, fill_layer, number, text
from layers.planners.styles import Class, categorised, fill, icon, labelled, over, single, stroke

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.base.words import Lang
    from geo.coverage.question import Question
    from geo.export.homes import Homes
    from geo.walk.search import Way
    from layers.day.day import Day
    from surveys.formats.gpkg import Filled

_SALONS: Final = Words("通いの場", "salons")
_SALONS_ABOUT: Final = Words(
    "数える通いの場と、知っているが数えない通いの場（休止など）。ようすと月の開催回数",
    "salons that count, and those known that do not (paused and the like), with state and sessions",
)
PLACES: Final = (
    Words("地図の所", "map places"),
    Words("地図にあって、まだ記録のない公園・トイレ・ベンチ・買い物先・停留所など",
          "places of the map nobody recorded yet: parks, toilets, seats"),
)  # fmt: skip
COUNTS: Final = {
    "yes": Words("数える", "counts"),
    "unsure": Words("ようすが分からないまま数える", "counts, state not known"),
    "early": Words("この日にあったか分からず、数えない", "not known for this day: not counted"),
    "maybe": Words(
        "選んだ条件に合うか分からず、数えない", "not known to be as chosen: not counted"
    ),
    "no": Words("数えない", "does not count"),
}
_HIDDEN: Final = Words(
    "個人の家は、形から場所が分かるので、形を入れていません",
    "private homes have no shape, which would tell where they are",
)
_NAME, _ID = text("name", Words("名称", "name")), text("site_id", Words("地点ID", "site id"))
_TOLD: Final = text("place_told_by", TOLD_HEADS)
_HOME_AREA: Final = text("home_area", Words("個人の家の町丁", "area of the home"))


def mark_office(name: Words, *, office: bool) -> Words:
    """Return a layer's name, which says so where it is for the office alone (庁内用の名前)."""
    if not office:
        return name
    return Words(f"{name.ja}_{OFFICE_ONLY.ja}", f"{name.en} ({OFFICE_ONLY.en}, {OFFICE_ONLY.ja})")


def salon_layer(day: Day, homes: Homes, lang: Lang, made_at: str) -> Filled:
    """Return every 通いの場 of the day, counting or not (通いの場のレイヤ)."""
    rows, placed = list(_listed(day, lang)), day.source.sites(*COUNTS)
    lon, lat = shown_lonlat(day.built, placed, homes)
    at = {id_: shapely.Point(*xy) for id_, *xy in zip(placed["site_id"], lon, lat, strict=True)}
    areas = home_areas(day.built, placed, homes)
    for row in rows:
        site_id = str(row["site_id"])
        row |= {"place_told_by": homes.say_told(site_id, lang), "home_area": areas.get(site_id)}
    columns = [
        _ID, _NAME,
        choice("counts", Words("数えるか", "counts"), COUNTS),
        text("state", Words("ようす", "state")),
        text("schedule", Words("開催日時", "schedule")),
        number("sessions_per_month", Words("月の開催回数", "sessions a month"), 1),
        number("capacity", Words("定員", "capacity"), 1),
        text("source", Words("出典", "source")), _TOLD, _HOME_AREA,
    ]  # fmt: skip
    classes = [
        Class(
            value=id_,
            label=one.say(lang),
            symbol=icon("salon", hollow=id_ in ("early", "maybe", "no")),
        )
        for id_, one in COUNTS.items()
    ]
    shapes = [at.get(str(row["site_id"])) for row in rows]
    name = mark_office(_SALONS, office=homes.exact)
    return fill_layer(
        (name, _SALONS_ABOUT), columns, rows, shapes=shapes, lang=lang, made_at=made_at,
        drawn=categorised("counts", classes) + labelled('"name"', size_pt=8, beside=True),
    )  # fmt: skip


def _listed(day: Day, lang: Lang) -> Iterator[dict[str, object]]:
    for one in sorted(day.source.listed, key=lambda one: one.site_id):
        venue = one.venue
        yield {
            "site_id": one.site_id, "name": one.name, "counts": venue.counts,
            "state": venue.why.say(lang) or None, "schedule": one.schedule or None,
            "sessions_per_month": _known(one.sessions_per_month),
            "capacity": _known(one.capacity), "source": one.source or None,
        }  # fmt: skip


def _known(value: float) -> float | None:
    return round(float(value), 2) if np.isfinite(value) else None


def place_layer(day: Day, lang: Lang, made_at: str) -> Filled:
    """Return the map's places no record is of; the others are in the register's layers (地図の所のレイヤ)."""
    town = day.built
    sites = ordered_sites(town.sites[town.sites["site_id"].isin(day.told.joined.free)])
    lon, lat = town.plane.to_lonlat(sites["x_m"], sites["y_m"])
    rows = [
        {"site_id": one.site_id, "kind": one.kind, "name": one.name or None,
         "source": one.source or None}
        for one in each_row(sites)
    ]  # fmt: skip
    kinds = {str(id_): one for id_, one in SITE_WORDS.items() if id_ != "salon"}
    columns = [
        _ID, choice("kind", Words("種類", "kind"), kinds), _NAME,
        text("source", Words("出典", "source")),
    ]  # fmt: skip
    # Hollow: nobody has looked at them yet.
    classes = [
        Class(value=id_, label=one.say(lang), symbol=icon(id_, hollow=True, size_mm=4))
        for id_, one in kinds.items()
    ]
    return fill_layer(
        PLACES, columns, rows, shapes=list(shapely.points(lon, lat)), lang=lang, made_at=made_at,
        drawn=categorised("kind", classes),
    )  # fmt: skip


def reach_layers(
    day: Day, question: Question, homes: Homes, lang: Lang, made_at: str
) -> list[Filled]:
    """Return the ground and the streets within reach of each 通いの場 that counts (届く範囲のレイヤ).

    The rule of rests is left aside, and both ways are the way there, as in `kayoi reach`. Without
    streets it is circles alone.
    """
    town, sites = day.town_for(question), ordered_sites(day.salons)
    way: Way = "back" if question.trip == "back" else "there"
    ground = ground_of(town, walker=question.walker, heights=question.heights)
    limit_m, straight = question.limit_m, town.streetless
    parts = list(reach_shapes(ground, put_places(town, ground, sites), limit_m=limit_m, way=way))
    shown = [not homes.hides(id_) for id_ in sites["site_id"]]
    rows = [
        {
            "site_id": one.site_id, "name": one.name, "metres": round(limit_m, 1),
            **({} if straight else {"street_metres": round(long_m, 1) if seen else None}),
            "place_told_by": homes.say_told(one.site_id, lang),
        }
        for one, (_, _, long_m), seen in zip(each_row(sites), parts, shown, strict=True)
    ]  # fmt: skip
    lines, grounds = (
        [one[at] if seen else none for one, seen in zip(parts, shown, strict=True)]
        for at, none in enumerate((shapely.MultiLineString(), shapely.MultiPolygon()))
    )
    metres = Words("直線m", "straight-line m") if straight else Words("徒歩圏m", "range m")
    columns = [
        _ID, _NAME, number("metres", metres, 1),
        *([] if straight else [number("street_metres", Words("道の延長m", "metres of street"), 1)]), _TOLD,
    ]  # fmt: skip
    made = []
    ground_name = Words("届く範囲", "ground within reach")
    if straight:
        ground_name = Words("直線の円", "straight-line circles")
        grounds = [shapely.multipolygons(shapely.get_parts(one)) for one in grounds]
    for name, shapes, drawn in (
        (ground_name, grounds, single(fill(INDIGO_PALE, alpha=70, width_mm=0))),
        *([] if straight else [(
            Words("届く道", "streets within reach"), lines,
            single(over(stroke(CARD, 1.1), stroke(INDIGO_DEEP, 0.6))),
        )]),
    ):  # fmt: skip
        names = (mark_office(name, office=homes.exact), Words("", "") if homes.exact else _HIDDEN)
        made.append(
            fill_layer(
                names, columns, rows, shapes=lonlat_shapes(town, shapes), drawn=drawn, lang=lang,
                made_at=made_at,
            )
        )  # fmt: skip
    return made
