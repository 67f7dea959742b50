"""Main roads, the old grids and the river banks (幹線・旧市街・川べりの道)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from shapely.geometry import LineString, Polygon

from geo.demo import plan
from geo.demo.lines import smooth
from geo.demo.plan import Street

if TYPE_CHECKING:
    from geo.base.arrays import Flags, Floats

SIDEWALKS = (("sidewalk", "both"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A slightly bent grid of streets (少しゆがんだ碁盤の目).

    Attributes
    ----------
    name
        Which part of the town.
    middle, turn_deg
        Where its origin lies and how far it is turned.
    us, vs
        Where its columns and rows lie, metres from the origin.
    lots
        The kind of houses.
    jitter_m
        How far a corner strays: old towns were laid by rope and eye.
    missing
        Share of the stretches left out, so that blocks differ and some lanes end blind.
    blocks
        Blocks ``(column, row, columns, rows)`` kept free of streets, by the name of their use.
    kinds
        Rows that are not residential: row number to (highway, name).
    """

    name: str
    middle: tuple[float, float]
    turn_deg: float
    us: tuple[float, ...]
    vs: tuple[float, ...]
    lots: str
    jitter_m: float
    missing: float
    blocks: dict[str, tuple[int, int, int, int]]
    kinds: dict[int, tuple[str, str]]


GRIDS = (
    Grid(
        name="旧市街", middle=(900, 1600), turn_deg=-1.5, lots="machiya", jitter_m=3.5, missing=0.1,
        us=(-390, -318, -228, -150, -72, 5, 88, 170, 246, 330, 412),
        vs=(-345, -300, -252, -206, -158, -108, -56, 0, 49, 100, 148, 198, 246, 296, 347, 398),
        blocks={
            "市役所": (5, 9, 1, 2), "小学校": (2, 11, 2, 3), "神社": (8, 12, 1, 2), "寺": (1, 8, 1, 1),
            "中央公園": (6, 4, 1, 2), "公民館": (3, 9, 1, 1), "病院": (7, 2, 1, 1), "図書館": (5, 12, 1, 1),
            "寺町公園": (0, 9, 1, 1), "仲町公園": (1, 3, 1, 1),
        },
        kinds={5: ("living_street", "中央商店街"), 8: ("residential", "寺町通り"), 2: ("residential", "駅前通り")},
    ),
    Grid(
        name="駅南", middle=(930, 870), turn_deg=2.0, lots="plain", jitter_m=2.0, missing=0.08,
        us=(-470, -375, -270, -160, -50, 60, 165, 275, 385, 500, 610),
        vs=(-250, -196, -141, -86, -32, 24, 79, 134, 188, 242, 296),
        blocks={"中学校": (1, 1, 2, 2), "駅南河畔公園": (9, 5, 1, 1), "工場": (8, 0, 2, 2), "駅南集会所": (3, 7, 1, 1)},
        kinds={5: ("residential", "駅南中通り")},
    ),
    Grid(
        name="東町", middle=(1985, 900), turn_deg=-4.0, lots="plain", jitter_m=3.0, missing=0.1,
        us=(-260, -150, -45, 60, 150), vs=(-262, -204, -148, -92, -36, 20, 76, 132, 190, 248),
        blocks={"東町公園": (2, 4, 1, 1)}, kinds={},
    ),
    Grid(
        name="川向", middle=(1870, 1470), turn_deg=14.0, lots="plain", jitter_m=4.0, missing=0.12,
        us=(-260, -165, -70, 30, 125, 215), vs=(-190, -138, -84, -30, 24, 78, 132, 188),
        blocks={"川向公園": (3, 3, 1, 1)}, kinds={},
    ),
    Grid(
        name="西町", middle=(250, 1420), turn_deg=-3.0, lots="plain", jitter_m=4.0, missing=0.15,
        us=(-150, -50, 50, 130), vs=(-210, -155, -100, -45, 10, 64, 118, 172, 250, 305),
        blocks={"西町公園": (1, 2, 1, 1)}, kinds={},
    ),
)  # fmt: skip


def lay_grid(rng: np.random.Generator, grid: Grid) -> tuple[list[Street], dict[str, Polygon]]:
    """Return a grid's streets, and the polygons of its kept blocks by name (碁盤の目を敷く)."""
    corner = _corners(rng, grid)
    open_row, open_column = _open_stretches(rng, grid)
    streets: list[Street] = []
    for j in range(len(grid.vs)):
        highway, name = grid.kinds.get(j, ("residential", ""))
        streets += [
            Street(line=LineString(corner[run, j]), highway=highway, name=name, lots=grid.lots)
            for run in _runs(open_row[:, j])
        ]
    for i in range(len(grid.us)):
        streets += [
            Street(line=LineString(corner[i, run]), highway="residential", lots=grid.lots)
            for run in _runs(open_column[i])
        ]
    blocks = {
        name: Polygon(
            [corner[i, j], corner[i + wide, j], corner[i + wide, j + high], corner[i, j + high]]
        ).buffer(-plan.HALF_WIDTH_M["residential"] - 1.0, join_style="mitre")
        for name, (i, j, wide, high) in grid.blocks.items()
    }
    return streets, blocks


def _corners(rng: np.random.Generator, grid: Grid) -> Floats:
    u, v = np.meshgrid(grid.us, grid.vs, indexing="ij")
    turn = math.radians(grid.turn_deg)
    bent_u, bent_v = u + 9 * np.sin(v / 150), v + 7 * np.sin(u / 170)
    x = grid.middle[0] + bent_u * math.cos(turn) - bent_v * math.sin(turn)
    y = grid.middle[1] + bent_u * math.sin(turn) + bent_v * math.cos(turn)
    stray = rng.uniform(-grid.jitter_m, grid.jitter_m, (*u.shape, 2))
    return np.round(np.stack([x, y], axis=-1) + stray, 3)


def _open_stretches(rng: np.random.Generator, grid: Grid) -> tuple[Flags, Flags]:
    columns, rows = len(grid.us), len(grid.vs)
    open_row = rng.random((columns - 1, rows)) >= grid.missing
    open_column = rng.random((columns, rows - 1)) >= grid.missing
    for j in grid.kinds:
        open_row[:, j] = True
    for i, j, wide, high in grid.blocks.values():
        open_row[i : i + wide, j + 1 : j + high] = False
        open_column[i + 1 : i + wide, j : j + high] = False
        open_row[i : i + wide, [j, j + high]] = True
        open_column[[i, i + wide], j : j + high] = True
    return open_row, open_column


def _runs(opened: Flags) -> list[slice]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], opened, [False]]).astype(np.int8)))
    return [slice(int(a), int(b) + 1) for a, b in edges.reshape(-1, 2)]


def lay_main_roads() -> list[Street]:
    """Return the roads that hold the town together (幹線道路)."""
    station = [(905, 1240), (902, 1420), (900, 1600), (893, 1800), (905, 2010), (960, 2140), (1010, 2330),
               (1050, 2480)]  # fmt: skip
    return [
        Street(line=smooth(plan.BYPASS), highway="trunk", name="汐見野バイパス", tags=(*SIDEWALKS, ("ref", "999")),
               over_river=True),
        Street(line=smooth(plan.COUNTY), highway="secondary", name="本町通り", tags=SIDEWALKS, over_river=True,
               lots="machiya"),
        Street(line=smooth(plan.WEST_STREET), highway="tertiary", name="西通り", over_rail=True, lots="plain"),
        Street(line=smooth(plan.EAST_STREET), highway="tertiary", name="東通り", tags=SIDEWALKS, over_rail=True,
               lots="plain"),
        Street(line=smooth(station), highway="tertiary", name="駅通り", tags=SIDEWALKS, lots="machiya"),
        Street(line=smooth([(1215, 1100), (1210, 1150), (1208, 1206), (1205, 1270)]), highway="residential",
               name="踏切道", over_rail=True),
        Street(line=smooth([(2930, 640), (3030, 900), (3060, 1200), (3060, 1400), (3040, 1640), (3010, 1950)]),
               highway="unclassified", over_rail=True, lots="farm"),
        Street(line=smooth([(300, 2560), (620, 2500), (1050, 2480), (1380, 2500), (1650, 2470), (1850, 2350),
                            (1930, 2150), (1960, 1800)]), highway="unclassified", name="上の橋通り", over_river=True,
               lots="farm"),
        Street(line=smooth([(840, 1092), (835, 1150), (880, 1178), (960, 1172), (975, 1120)]), highway="service"),
        Street(line=smooth([(850, 1258), (870, 1232), (905, 1228), (945, 1235), (955, 1262)]), highway="service"),
    ]  # fmt: skip


def lay_bank_paths() -> list[Street]:
    """Return the paths on both levees (川べりの道).

    They pass under the railway bridge, so the railway does not cut them.
    """
    streets = []
    for side in (1, -1):
        bank = plan.RIVER_LINE.offset_curve(side * (27.0 + plan.BANK_PATH_M))
        line = LineString(np.round(bank.simplify(0.3).coords, 3))
        name = "汐見川遊歩道" if side < 0 else ""
        streets.append(
            Street(line=line, highway="footway" if side < 0 else "path", name=name, over_rail=True)
        )
    return streets


def lay_motorway() -> Street:
    """Return the motorway at the edge, which nobody may walk (高速道路)."""
    return Street(
        line=smooth(plan.HIGHWAY),
        highway="motorway",
        name="汐見自動車道",
        tags=(("foot", "no"), ("oneway", "no")),
    )
