"""Maps on sheets: a site among its neighbours, a walk, a list (紙の上の地図)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.square import centre_of_square
from geo.base.words import Words
from layers.cards.on_foot import middle_m
from layers.maps.legend import MAPPED_WORDS
from layers.paper.groups import group_signs
from layers.paper.map import Line, draw_static_map
from layers.paper.paper import lay_paper, window_around
from layers.paper.signs import Sign
from layers.sheets.parts.frame import draw_icon, markup
from layers.sheets.parts.homes import ASKING, home_doors, homes_among, stands_at
from layers.surveyed.known import known_ids
from surveys.store.listing import SiteQuery, list_pins
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from geo.base.arrays import Floats
    from geo.base.place import Plane
    from geo.base.words import Lang
    from layers.paper.paper import Box, Paper
    from layers.sheets.parts.frame import Frame
    from surveys.record.site import Site

_LEAST_M: Final = 460.0  # a street or two around a site: the next corner is on the map
_MOST_NEIGHBOURS: Final = 30
_MOST_NUMBERS: Final = 60
# Signs become smaller as on pictures (docs/look.md): from so many on, pixels.
_SIZES: Final = ((121, 15.0), (61, 22.0))
_MOST_SIGNS: Final = 300
_SHARED: Final = Words(
    "数のあるしるし: 近くにあるその種類の数", "a sign with a number: so many of its kind near there"
)
_RIM_MM: Final = 4.0  # half an icon


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendItem:
    """One line of a map's legend (凡例の一つ)."""

    icon: Markup
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMap:
    """A map and what its signs mean (地図と凡例)."""

    svg: Markup
    legend: list[LegendItem]


def draw_site_map(
    frame: Frame, site: Site, *, width_mm: float, height_mm: float
) -> DrawnMap | None:
    """Return the map of a site with what is near it, ``None`` without a place (まわりの地図).

    Neighbours are sites in use of the register, then the town's own that it does not have, the
    nearest first as far as they can be read.
    """
    plane, here = frame.town.plane, middle_m(frame.town.plane, site)
    if here is None or site.place is None:
        return None
    shape = on_plane(plane, site.place)
    inner = _inner_signs(plane, site)
    points = [*shapely.get_coordinates(shape), *((one.x_m, one.y_m) for one in inner)]
    window = window_around(points, width_mm=width_mm, height_mm=height_mm, least_m=_LEAST_M)
    paper = lay_paper(window, width_mm=width_mm, height_mm=height_mm)
    near = [
        one for one in _neighbours(frame, site, paper.bounds_m(), here) if _is_clear(one, paper)
    ]
    signs = [*near[:_MOST_NEIGHBOURS], *inner]
    if site.type.id in RECORD_TYPES:
        signs.append(_sign(frame, here, site, selected=True))
    svg = draw_static_map(
        frame.town_folder, plane=plane, window_m=window, width_mm=width_mm, height_mm=height_mm,
        signs=signs, lines=lines_of([shape]), areas=_areas_of([shape]), lang=frame.lang,
    )  # fmt: skip
    return DrawnMap(svg=markup(svg), legend=make_legend(signs, frame.lang))


def draw_sites_map(
    frame: Frame,
    sites: Sequence[tuple[Site, str]],
    *,
    ways: Sequence[Floats] = (),
    track: shapely.Geometry | None = None,
    width_mm: float,
    height_mm: float,
) -> DrawnMap | None:
    """Return the map of several sites, each with its number, ``None`` without places (一覧の地図).

    Parameters
    ----------
    sites
        Each with what stands on its plate; with more than 60 the plates are left out and the signs
        are smaller, with more than 300 near ones of a kind share one that tells how many.
    ways
        Lines to walk, metres on the town's plane.
    track
        The line that was walked, in degrees.
    """
    plane = frame.town.plane
    numbered = len(sites) <= _MOST_NUMBERS
    px = next((size for least, size in _SIZES if len(sites) >= least), 0.0)
    signs, shapes = [], []
    for site, number in sites:
        here = middle_m(plane, site)
        if here is not None and site.place is not None and site.type.id in RECORD_TYPES:
            sign = _sign(frame, here, site, number=number if numbered else None)
            signs.append(replace(sign, px=px))
            shapes.append(on_plane(plane, site.place))
    lines = [Line(points_m=way, style="walk") for way in ways if len(way) > 1]
    if track is not None and not track.is_empty:
        gone = lines_of([on_plane(plane, track)])
        lines += [Line(points_m=one.points_m, style="track") for one in gone]
    parts = [*(shapely.get_coordinates(one) for one in shapes), *(one.points_m for one in lines)]
    if not parts:
        return None
    window = window_around(
        np.vstack(parts), width_mm=width_mm, height_mm=height_mm, least_m=_LEAST_M, margin=0.08
    )
    paper = lay_paper(window, width_mm=width_mm, height_mm=height_mm)
    signs, near_mm = group_signs(signs, paper, most=_MOST_SIGNS)
    svg = draw_static_map(
        frame.town_folder, plane=plane, window_m=window, width_mm=width_mm, height_mm=height_mm,
        signs=signs, lines=[*lines_of(shapes), *lines], areas=_areas_of(shapes), lang=frame.lang,
    )  # fmt: skip
    legend = make_legend(signs, frame.lang)
    if near_mm:
        icon = draw_icon(next(one.kind for one in signs if one.number), 16)
        legend.append(LegendItem(icon=icon, text=_SHARED.say(frame.lang)))
    return DrawnMap(svg=markup(svg), legend=legend)


def make_legend(signs: Iterable[Sign], lang: Lang) -> list[LegendItem]:
    """Return a map's legend, kinds in their usual order (凡例にする)."""
    drawn = list(signs)
    kinds = {one.kind for one in drawn}
    items = [
        LegendItem(icon=draw_icon(kind, 16), text=type_.words.say(lang))
        for kind, type_ in RECORD_TYPES.items()
        if kind in kinds
    ]
    hollow = next((one.kind for one in drawn if one.hollow), None)
    if hollow:
        words = Words("白ぬき: 確認の時期", "hollow: to be confirmed")
        items.append(LegendItem(icon=draw_icon(hollow, 16, hollow=True), text=words.say(lang)))
    mapped = next((one.kind for one in drawn if one.mapped), None)
    if mapped:
        icon = draw_icon(mapped, 16, mapped=True)
        items.append(LegendItem(icon=icon, text=MAPPED_WORDS.say(lang)))
    return items


def on_plane(plane: Plane, shape: shapely.Geometry) -> shapely.Geometry:
    """Return a shape in degrees on the town's plane (平面にうつす)."""
    return shapely.transform(shape, plane.to_m, interleaved=False)


def lines_of(shapes: Iterable[shapely.Geometry]) -> list[Line]:
    """Return the lines among shapes as lines that are hard to walk (線をとり出す)."""
    parts = shapely.get_parts(np.array(list(shapes), dtype=object))
    return [
        Line(points_m=shapely.get_coordinates(one), style="slope")
        for one in parts
        if one.geom_type == "LineString"
    ]


def _areas_of(shapes: Iterable[shapely.Geometry]) -> list[shapely.Geometry]:
    return [one for one in shapes if one.geom_type in ("Polygon", "MultiPolygon")]


def _sign(
    frame: Frame, here: Floats, site: Site, *, number: str | None = None, selected: bool = False
) -> Sign:
    return Sign(
        x_m=float(here[0]), y_m=float(here[1]), kind=site.type.id, number=number,
        hollow=site.due_on <= frame.today, selected=selected, label=site.title,
    )  # fmt: skip


def _inner_signs(plane: Plane, site: Site) -> list[Sign]:
    """Signs of items that have a place of their own, numbered as in their table."""
    out = []
    answers = site.answers
    for field in site.type.fields:
        value = answers.get(field.id)
        if field.item is None or not isinstance(value, list):
            continue
        keys = [one.id for one in field.item.fields if one.kind == "point"]
        for number, item in enumerate(value, start=1):
            for lon, lat in (item[key] for key in keys if key in item):
                x_m, y_m = plane.to_m([lon], [lat])
                marker = field.item.marker
                own = marker if marker != site.type.id else ""
                if own in RECORD_TYPES:
                    out.append(
                        Sign(x_m=float(x_m[0]), y_m=float(y_m[0]), kind=own, number=str(number))
                    )
    return out


def _neighbours(frame: Frame, site: Site, box: Box, here: Floats) -> list[Sign]:
    plane, town = frame.town.plane, frame.town
    window = plane.to_degrees(shapely.box(*box))
    pins = list_pins(frame.register, SiteQuery(statuses=("active",), within=window))
    homes = homes_among(frame, [one.id for one in pins if one.type in ASKING])
    doors = home_doors(frame, window)
    at = [
        centre_of_square(one.lon, one.lat) if one.id in homes else (one.lon, one.lat)
        for one in pins
    ]
    x_m, y_m = plane.to_m([lon for lon, _ in at], [lat for _, lat in at])
    signs = [
        Sign(
            x_m=float(x),
            y_m=float(y),
            kind=pin.type,
            hollow=pin.due_on <= frame.today,
            label=pin.title,
        )
        for pin, x, y in zip(pins, np.atleast_1d(x_m), np.atleast_1d(y_m), strict=True)
        if pin.id != site.id
    ]
    table = town.sites
    west, south, east, north = box
    near = table[table["x_m"].between(west, east) & table["y_m"].between(south, north)]
    known = known_ids(frame.register, near["site_id"])
    columns = (near[name] for name in ("site_id", "kind", "name", "x_m", "y_m"))
    signs += [
        Sign(x_m=float(x), y_m=float(y), kind=kind, label=name, mapped=kind != "salon")
        for id_, kind, name, x, y in zip(*columns, strict=True)
        if kind in RECORD_TYPES
        and id_ not in known
        and not (kind in ASKING and stands_at(x, y, doors))
    ]
    signs.sort(
        key=lambda one: (np.hypot(one.x_m - here[0], one.y_m - here[1]), one.kind, one.label)
    )
    return signs


def _is_clear(sign: Sign, paper: Paper) -> bool:
    """Say whether a neighbour's sign is whole and off the scale bar and the north arrow."""
    x, y = paper.to_mm([(sign.x_m, sign.y_m)])[0].tolist()
    inside = _RIM_MM <= x <= paper.width_mm - _RIM_MM and _RIM_MM <= y <= paper.height_mm - _RIM_MM
    on_bar = y > paper.height_mm - 11.0 and x < 52.0  # noqa: PLR2004 - said by its name
    on_arrow = y < 16.0 and x > paper.width_mm - 12.0  # noqa: PLR2004 - said by its name
    return inside and not on_bar and not on_arrow
