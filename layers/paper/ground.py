"""The ground of a printed map: streets, water, green, rail, buildings, names (印刷地図の下絵)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.sources.town_folder import load_base
from layers.maps.palette import BUILDING, CASING, EDGE, PATH, RAIL, SEA, STREET, WOOD
from layers.paper.paper import UNITS, path_data
from layers.served.town import stamp

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from geo.base.place import Plane
    from layers.paper.paper import Paper, Shapes

# Metres on the ground and the least millimetres on paper of each road class; the figures of
# `kayoi.js` at zoom 16, where a pixel is about 2 m.
_STREETS: Final = {1: (16.0, 0.8), 2: (14.0, 0.7), 3: (11.5, 0.6), 4: (8.0, 0.4), 5: (4.5, 0.3)}
_WIDEST_MM: Final = 4.5
_CASING_MM: Final = 0.18
# Metres in a millimetre beyond which a kind would be a blur.
_BUILDINGS_TO, _PATHS_TO, _WHITE_TO = 9.0, 18.0, 24.0
_RIVER_M: Final = 6.0
_SMALLEST_MM2: Final = {"building": 0.15, "green": 0.6, "water": 0.4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What may be drawn under a map of one town, n features on its plane (下絵の材料).

    Attributes
    ----------
    kind, rank, name
        (n,) as in `geo.network.extract.Extract.base`.
    shapes
        (n,) geometry in metres.
    tree
        Of `shapes`.
    """

    kind: npt.NDArray[np.object_]
    rank: npt.NDArray[np.int64]
    name: npt.NDArray[np.object_]
    shapes: Shapes
    tree: shapely.STRtree


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name of the ground and where it belongs, metres on the plane (地名)."""

    text: str
    x_m: float
    y_m: float
    kind: str


def load_ground(town_folder: Path, plane: Plane) -> Ground:
    """Return the town's ground; read once a version of the town (下絵を読む)."""
    return _ground(town_folder, stamp(town_folder), plane)


@lru_cache(maxsize=2)
def _ground(town_folder: Path, _version: str, plane: Plane) -> Ground:
    base = load_base(town_folder)
    shapes = shapely.transform(base.geometry.to_numpy(), plane.to_m, interleaved=False)
    return Ground(
        kind=base["k"].to_numpy(dtype=object),
        rank=base["rank"].to_numpy(dtype=np.int64),
        name=base["name"].fillna("").to_numpy(dtype=object),
        shapes=shapes,
        tree=shapely.STRtree(shapes),
    )


def rows_in(ground: Ground, paper: Paper) -> npt.NDArray[np.int64]:
    """Return the rows of what the frame may show, in the town's order (枠の中のもの)."""
    found = ground.tree.query(shapely.box(*paper.bounds_m(4.0)))
    return np.sort(found).astype(np.int64)


def draw_ground(ground: Ground, rows: npt.NDArray[np.int64], paper: Paper) -> str:
    """Return the ground as SVG elements, lowest first (下絵を描く).

    Nearer than about 1:9,000 with buildings, 1:18,000 with paths; farther out small streets
    become hairlines. Nothing is narrower than print can show.
    """
    mpm, art = paper.m_per_mm, []
    for kind, colour in (("green", WOOD), ("water", SEA)):
        art.append(_area(paper, _of(ground, rows, kind), kind, colour))
    river = path_data(paper, _of(ground, rows, "river"))
    art.append(_line(river, SEA, max(_RIVER_M / mpm, 0.5)))
    if mpm <= _BUILDINGS_TO:
        art.append(_area(paper, _of(ground, rows, "building"), "building", BUILDING))
    if mpm <= _PATHS_TO:
        path = path_data(paper, _of(ground, rows, "path"))
        art.append(_line(path, PATH, 0.32))
        steps = path_data(paper, _of(ground, rows, "steps"))
        art.append(_line(steps, EDGE, 0.7, dash="35 35", cap="butt"))
    art.append(_draw_streets(ground, rows, paper))
    rail = _merged(_of(ground, rows, "rail"))
    art.append(_draw_rail(path_data(paper, rail)))
    return f"<g transform='scale({1 / UNITS})' stroke-linejoin='round'>{''.join(art)}</g>"


def draw_bones(ground: Ground, rows: npt.NDArray[np.int64], paper: Paper) -> str:
    """Return what one knows a town by, over its areas: water, streets, rail (骨組みを描く).

    Of a whole town the large streets alone; from about 1:24,000 on smaller ones, too.
    """
    mpm = paper.m_per_mm
    to_rank = 3 if mpm > _WHITE_TO else 4 if mpm > _PATHS_TO else 5
    water = _area(paper, _of(ground, rows, "water"), "water", SEA)
    river = path_data(paper, _of(ground, rows, "river"))
    art = [water, _line(river, SEA, max(_RIVER_M / mpm, 0.4))]
    art.append(_draw_streets(ground, rows, paper, to_rank=to_rank))
    art.append(_draw_rail(path_data(paper, _merged(_of(ground, rows, "rail")))))
    return f"<g transform='scale({1 / UNITS})' stroke-linejoin='round'>{''.join(art)}</g>"


def find_names(ground: Ground, rows: npt.NDArray[np.int64], paper: Paper) -> list[Name]:
    """Return names in the frame, the weightiest first (枠の中の地名).

    Places first, then green and water by their size in the frame; what is too small on paper
    to hold a name has none.
    """
    named = rows[ground.name[rows] != ""]
    places = [row for row in named if ground.kind[row] == "place"]
    names = [
        Name(
            text=ground.name[row], x_m=ground.shapes[row].x, y_m=ground.shapes[row].y, kind="place"
        )
        for row in places
        if ground.shapes[row].geom_type == "Point"
    ]
    areas = named[np.isin(ground.kind[named], ["green", "water"])]
    seen = shapely.clip_by_rect(ground.shapes[areas], *paper.bounds_m())
    size = shapely.area(seen) / paper.m_per_mm**2
    told: set[str] = {name.text for name in names}
    for i in np.argsort(-size, kind="stable"):
        text = ground.name[areas[i]]
        # A park drawn in several pieces is named once.
        if size[i] < 30 * len(text) ** 0.5 or text in told:
            continue
        told.add(text)
        at = shapely.point_on_surface(seen[i])
        names.append(Name(text=text, x_m=at.x, y_m=at.y, kind=ground.kind[areas[i]]))
    return names


def _of(ground: Ground, rows: npt.NDArray[np.int64], kind: str, rank: int | None = None) -> Shapes:
    mine = ground.kind[rows] == kind
    if rank is not None:
        mine &= np.clip(ground.rank[rows], 1, 5) == rank
    found: Shapes = ground.shapes[rows[mine]]
    return found


def _merged(lines: Shapes) -> Shapes:
    # Ways end at every crossing; joined, they are thinned as one and drawn without seams.
    parts = shapely.get_parts(lines)
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING]
    joined = shapely.line_merge(shapely.multilinestrings(parts))
    return np.array([joined], dtype=object)


def _draw_streets(
    ground: Ground, rows: npt.NDArray[np.int64], paper: Paper, *, to_rank: int = 5
) -> str:
    mpm = paper.m_per_mm
    shapes, casings, whites, hairs = [], [], [], []
    for rank in sorted((one for one in _STREETS if one <= to_rank), reverse=True):
        if rank == max(_STREETS) and mpm > _PATHS_TO:
            continue
        data = path_data(paper, _merged(_of(ground, rows, "road", rank)))
        if not data:
            continue
        real_m, least_mm = _STREETS[rank]
        width = min(max(real_m / mpm, least_mm), _WIDEST_MM)
        if mpm > _WHITE_TO and real_m / mpm < least_mm and rank > 3:  # noqa: PLR2004 - said by its name
            hairs.append(_line(data, CASING, 0.2))
            continue
        # The id is made of the content: two maps on a page share it only when it is the same.
        key = "kz-" + hashlib.sha256(data.encode()).hexdigest()[:12]
        shapes.append(f"<path id='{key}' d='{data}'/>")
        casings.append(_use(key, CASING, width + 2 * _CASING_MM))
        whites.append(_use(key, STREET, width))
    defs = f"<defs>{''.join(shapes)}</defs>" if shapes else ""
    both = f"<g fill='none' stroke-linecap='round'>{''.join(casings)}{''.join(whites)}</g>"
    return "".join(hairs) + defs + both


def _draw_rail(data: str) -> str:
    whole = _line(data, RAIL, 0.6, cap="butt")
    return whole + _line(data, STREET, 0.32, dash="160 160", cap="butt")


def _area(paper: Paper, shapes: Shapes, kind: str, colour: str) -> str:
    large = shapely.area(shapes) >= _SMALLEST_MM2[kind] * paper.m_per_mm**2
    data = path_data(paper, shapes[large])
    return f"<path d='{data}' fill='{colour}'/>" if data else ""


def _use(key: str, colour: str, width_mm: float) -> str:
    return f"<use href='#{key}' stroke='{colour}' stroke-width='{round(width_mm * UNITS)}'/>"


def _line(data: str, colour: str, width_mm: float, *, dash: str = "", cap: str = "round") -> str:
    if not data:
        return ""
    dashes = f" stroke-dasharray='{dash}'" if dash else ""
    return (
        f"<path d='{data}' fill='none' stroke='{colour}' stroke-width='{round(width_mm * UNITS)}' "
        f"stroke-linecap='{cap}'{dashes}/>"
    )
