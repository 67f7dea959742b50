"""The hand-drawn plan the demo town grows from (デモの街の下絵).

Everything here is invented: 汐見野市 is no real town. Lengths are metres on the demo's own
plane, x east and y north from the town's south-west corner. Numbers that only give a place
its shape need no source; the ones that follow a rule say so beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from shapely.geometry import LineString, Polygon
from shapely.ops import substring

from geo.demo.lines import smooth

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

TOWN_NAME: Final = "汐見野市"
# Half widths from the middle of the road to the edge of the lots, by 道路構造令's usual lane
# and shoulder widths (trunk 4 lanes with sidewalks, secondary 2 lanes with sidewalks, ...).
HALF_WIDTH_M: Final = {
    "motorway": 14.0,
    "trunk": 10.0,
    "secondary": 6.5,
    "tertiary": 5.0,
    "unclassified": 3.2,
    "residential": 2.8,
    "living_street": 2.6,
    "service": 2.4,
    "track": 1.8,
    "footway": 1.3,
    "path": 1.0,
    "steps": 1.2,
}
RAIL_HALF_M: Final = 9.0
BANK_PATH_M: Final = 20.0  # from the water's edge to the path on the levee


@dataclass(frozen=True, slots=True, kw_only=True)
class Street:
    """One street as drawn, before it is joined to the others (道).

    Attributes
    ----------
    line
        Its middle line, metres.
    highway
        The OSM kind.
    name
        Its name, or "".
    tags
        Further OSM tags.
    lots
        The kind of houses along it (see `geo.demo.buildings.HOUSES`), or "".
    over_river, over_rail
        Whether it crosses the water by a bridge, the railway by a level crossing; a street
        that may not is cut there.
    loose
        A tiny path that is meant to hang in the air.
    """

    line: LineString
    highway: str
    name: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    lots: str = ""
    over_river: bool = False
    over_rail: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One tagged point or polygon of the map (地物)."""

    shape: BaseGeometry
    tags: tuple[tuple[str, str], ...]


BORDER: Final = [
    (30, 40), (420, -10), (1000, 40), (1500, 10), (2100, 60), (2750, 0), (3200, 40), (3470, 30),
    (3520, 380), (3470, 800), (3500, 1250), (3455, 1600), (3500, 2050), (3430, 2450), (3390, 2930),
    (3000, 2990), (2620, 2950), (2250, 3010), (1800, 2960), (1300, 3010), (900, 2940), (500, 3000),
    (110, 2910), (60, 2450), (-20, 2050), (40, 1650), (0, 1250), (50, 800), (-10, 400),
]  # fmt: skip
RIVER: Final = [
    (1180, 3200), (1250, 2920), (1420, 2640), (1560, 2400), (1500, 2130), (1395, 1880),
    (1410, 1610), (1560, 1380), (1690, 1160), (1700, 930), (1610, 720), (1600, 520), (1760, 260),
    (1850, 30), (1840, -180),
]  # fmt: skip
RAIL: Final = [(-180, 1110), (300, 1160), (900, 1205), (1400, 1205), (1900, 1235), (2500, 1330),
               (3100, 1400), (3680, 1420)]  # fmt: skip
HIGHWAY: Final = [(3330, -180), (3350, 500), (3400, 1200), (3400, 1900), (3375, 2500), (3350, 3180)]
BYPASS: Final = [
    (-180, 440),
    (300, 520),
    (900, 570),
    (1600, 560),
    (2200, 590),
    (2900, 640),
    (3680, 610),
]
COUNTY: Final = [  # 本町通り in the old centre, 県道 outside it
    (-180, 1690), (200, 1640), (450, 1612), (900, 1600), (1320, 1592), (1500, 1600), (1760, 1680),
    (2050, 1830), (2400, 1905), (2800, 1925), (3150, 1985), (3680, 2040),
]  # fmt: skip
WEST_STREET: Final = [
    (470, 535),
    (455, 850),
    (462, 1170),
    (455, 1612),
    (440, 2080),
    (350, 2330),
    (300, 2560),
]
EAST_STREET: Final = [(2190, 590), (2215, 900), (2205, 1280), (2170, 1560), (2110, 1855)]
HILL_APEX: Final = (2560.0, 3110.0)  # the estate's contour streets bend round this point
STATION: Final = (905.0, 1205.0)

RIVER_LINE: Final = smooth(RIVER)
RAIL_LINE: Final = smooth(RAIL)
RIVER_AREA: Final[Polygon] = RIVER_LINE.buffer(27.0, cap_style="flat")
# A bar of gravel in the stream, 90 m long.
ISLAND: Final[Polygon] = substring(RIVER_LINE, 2310.0, 2390.0).buffer(8.0)
RAIL_STRIP: Final[Polygon] = RAIL_LINE.buffer(RAIL_HALF_M, cap_style="flat")
BORDER_AREA: Final = Polygon(smooth([*BORDER, BORDER[0]], step=60.0).coords)
