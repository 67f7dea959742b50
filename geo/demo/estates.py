"""Hillside estate, new estate, flats and hamlets (団地・新しい住宅地・集落の道)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from shapely.geometry import LineString

from geo.demo import plan
from geo.demo.lines import smooth
from geo.demo.plan import Street

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.arrays import Floats

# One ring street every 55 m: two lots 22 m deep with walls between them, and the street.
RINGS_M = tuple(float(radius) for radius in range(525, 1100, 55))
RISE_M = 6.0  # from one ring street up to the next; about 38 steps of 16 cm
STEP_M = 0.16
COLLECTORS_DEG = (237.0, 271.0, 305.0)  # west, middle, east, seen from the apex
STEPS_DEG = (249.0, 259.0, 284.0, 295.0)
HAMLETS = {
    "奥谷": (330, 2600),
    "上野": (1820, 2560),
    "西原": (260, 230),
    "下新田": (2560, 270),
    "東山": (3030, 1680),
}


_WIDER = 1.04  # the hill's waves lie a little longer to the east


def hill_point(radius: float, angle_deg: float) -> tuple[float, float]:
    """Return the place on the hill, with the contour's waves (斜面の位置)."""
    angle = math.radians(angle_deg)
    waved = (
        radius + 26 * math.sin(3 * angle + radius / 260) + 13 * math.sin(8 * angle - radius / 330)
    )
    x = plan.HILL_APEX[0] + waved * math.cos(angle) * _WIDER
    return round(x, 3), round(plan.HILL_APEX[1] + waved * math.sin(angle), 3)


def hill_polar(x_m: Floats, y_m: Floats) -> tuple[Floats, Floats]:
    """Return radius and angle (0 to 360°) of places: `hill_point` the other way round (逆算).

    Examples
    --------
    >>> x, y = hill_point(690.0, 259.0)
    >>> radius, angle = hill_polar(np.array([x]), np.array([y]))
    >>> radius.round(1).tolist(), angle.round(1).tolist()
    ([690.0], [259.0])
    """
    east, north = (x_m - plan.HILL_APEX[0]) / _WIDER, y_m - plan.HILL_APEX[1]
    angle, waved = np.arctan2(north, east), np.hypot(east, north)
    radius = waved
    for _ in range(8):  # each time the error becomes a seventh: 26/260 + 13/330
        waves = 26 * np.sin(3 * angle + radius / 260) + 13 * np.sin(8 * angle - radius / 330)
        radius = waved - waves
    return radius, np.degrees(angle) % 360


def _collector_angle(which: int, radius: float) -> float:
    sway = (2.0, 5.0, -1.5)[which] * math.sin((radius - 525) / 150)
    return COLLECTORS_DEG[which] + sway


def lay_hillside(rng: np.random.Generator) -> list[Street]:
    """Return the 1970s estate: contour streets, blind ends, flights of steps (緑ヶ丘の道)."""
    streets: list[Street] = []
    for which, (low, name) in enumerate(
        ((1175, "緑ヶ丘西通り"), (1190, "緑ヶ丘通り"), (1075, "緑ヶ丘東通り"))
    ):
        climb = [hill_point(r, _collector_angle(which, r)) for r in range(low, 510, -40)]
        kind = "tertiary" if which == 1 else "residential"
        streets.append(Street(line=smooth(climb), highway=kind, name=name, lots="estate"))
    for number, radius in enumerate(RINGS_M):
        for sector in (0, 1):
            start, end = _collector_angle(sector, radius), _collector_angle(sector + 1, radius)
            streets += _ring(rng, radius, start, end, number, sector)
        streets += _outer_ends(rng, number)
    streets += [flight for number in range(len(RINGS_M) - 1) for flight in _flights(number)]
    foot = hill_point(RINGS_M[-1], 295.0)
    streets.append(
        _steps(
            [foot, hill_point(RINGS_M[-1] + 28, 294.8), hill_point(RINGS_M[-1] + 62, 294.5)], 10.0
        )
    )
    below = hill_point(RINGS_M[-1] + 62, 294.5)
    streets.append(Street(line=LineString([below, (below[0] - 5, 1958)]), highway="footway"))
    return streets


def _ring(
    rng: np.random.Generator, radius: float, start: float, end: float, number: int, sector: int
) -> list[Street]:
    kind = int(rng.integers(0, 3)) if 0 < number < len(RINGS_M) - 1 else 0
    blind = math.degrees(26 / radius)  # a blind end stops 26 m short of the next street
    if kind == 1:
        end -= blind if sector == 0 else 0.0
        start += 0.0 if sector == 0 else blind
    elif kind == 2:  # noqa: PLR2004 - broken in the middle: two blind ends that face each other
        middle = (start + end) / 2 + float(rng.uniform(-3, 3))
        return [_arc(radius, start, middle - blind / 2), _arc(radius, middle + blind / 2, end)]
    return [_arc(radius, start, end)]


def _arc(radius: float, start: float, end: float) -> Street:
    count = max(3, int(radius * math.radians(end - start) / 40) + 1)
    drawn = [hill_point(radius, angle) for angle in np.linspace(start, end, count)]
    return Street(line=smooth(drawn, step=18), highway="residential", lots="estate")


def _outer_ends(rng: np.random.Generator, number: int) -> list[Street]:
    """Streets outside the two outer collectors: every second pair meets in a loop."""
    radius, streets = RINGS_M[number], []
    for which, sign in ((0, -1), (2, 1)):
        base = _collector_angle(which, radius)
        tip = base + sign * math.degrees(float(rng.uniform(55, 120)) / radius)
        streets.append(_arc(radius, min(base, tip), max(base, tip)))
        if (number + which) % 4 in {0, 1} and number + 1 < len(RINGS_M):
            outer = RINGS_M[number + 1]
            back = _collector_angle(which, outer) + sign * math.degrees(50 / outer)
            bow = [
                hill_point(radius, tip),
                hill_point((radius + outer) / 2, tip + sign),
                hill_point(outer, back),
            ]
            streets.append(Street(line=smooth(bow, step=12), highway="residential", lots="estate"))
    return streets


def _flights(number: int) -> list[Street]:
    """Flights between two rings; each line of steps skips some, as land sales left them."""
    upper, lower = RINGS_M[number], RINGS_M[number + 1]
    flights = []
    for line, angle in enumerate(STEPS_DEG):
        if (number + line) % 3 == 0:
            continue
        flights.append(_steps([hill_point(upper, angle), hill_point((upper + lower) / 2, angle + 0.15),
                               hill_point(lower, angle)], RISE_M))  # fmt: skip
    return flights


def _steps(points: Sequence[tuple[float, float]], rise_m: float) -> Street:
    count = round(rise_m / STEP_M)
    return Street(
        line=LineString(points),
        highway="steps",
        tags=(
            ("handrail", "yes" if count % 2 else "no"),
            ("incline", "down"),
            ("step_count", str(count)),
        ),
    )


def lay_new_estate() -> list[Street]:
    """Return the 2000s estate: pairs of streets that end in a loop, joined by a green way (新町の道)."""
    west = [
        (2206, 1222),
        (2252, 1212),
        (2284, 1160),
        (2290, 1060),
        (2280, 880),
        (2290, 720),
        (2285, 595),
    ]
    east = [(2252, 1212), (2330, 1248), (2500, 1270), (2800, 1318), (2960, 1300), (2990, 1100),
            (2970, 900), (2935, 750), (2900, 640)]  # fmt: skip
    middle = [(2625, 1282), (2640, 1100), (2622, 900), (2630, 615)]
    streets = [
        Street(line=smooth(west), highway="residential", name="新町西通り", lots="new"),
        Street(line=smooth(east), highway="residential", name="新町けやき通り", lots="new"),
        Street(
            line=smooth(middle),
            highway="tertiary",
            name="新町中央通り",
            tags=(("sidewalk", "both"),),
            lots="new",
        ),
    ]
    ways = []
    for number, y in enumerate(range(680, 1200, 104)):
        for x, sign in ((2632, -1), (2632, 1)):
            out = 318 if sign < 0 else 278
            reach = [(0, 0), (120, 2), (220, 1), (out - 34, 3), (out - 6, 9), (out, 26), (out - 6, 43), (out - 34, 49),
                     (220, 51), (120, 50), (0, 52)]  # fmt: skip
            # both streets lean alike, so that no two loops run quite along the map's grid
            loop = [(x + sign * dx, y + dy + sign * dx * 0.05) for dx, dy in reach]
            tip = loop[5]
            streets.append(Street(line=smooth(loop, step=12), highway="residential", lots="new"))
            ray = LineString([tip, (tip[0] + sign * 110, tip[1])])
            met = ray.intersection(streets[0 if sign < 0 else 1].line)
            if not met.is_empty:
                ways.append(Street(line=LineString([tip, met.coords[0]]), highway="footway"))
        if number % 2 == 0:
            ways += [
                Street(line=LineString([(x, y + 50), (x, y + 106)]), highway="footway")
                for x in (2460, 2800)
            ]
    return streets + ways


def lay_flats() -> list[Street]:
    """Return the ways among the blocks of flats (汐見団地の道)."""
    ring = [
        (2255, 1500),
        (2450, 1530),
        (2640, 1560),
        (2610, 1800),
        (2420, 1775),
        (2225, 1745),
        (2255, 1500),
    ]
    return [
        Street(line=LineString(ring), highway="residential", name="団地通り"),
        Street(line=smooth([(2160, 1600), (2240, 1610)]), highway="residential"),
        Street(line=smooth([(2420, 1775), (2410, 1905)]), highway="residential"),
        Street(line=LineString([(2448, 1529), (2435, 1650), (2420, 1776)]), highway="footway"),
        Street(line=LineString([(2238, 1640), (2436, 1668), (2628, 1690)]), highway="service"),
    ]


def lay_hamlet(rng: np.random.Generator, middle: tuple[float, float]) -> list[Street]:
    """Return a hamlet's few winding lanes (集落の道)."""
    streets = []
    for turn, reach, east in ((0.15, 230, 0), (1.75, 170, -95), (1.35, 150, 80)):
        x, y = middle[0] + east, middle[1] + 0.15 * east
        angle = turn + float(rng.uniform(-0.25, 0.25))
        along = np.array([math.cos(angle), math.sin(angle)])
        side = np.array([-along[1], along[0]])
        knots = [
            np.array([x, y]) + along * t * reach + side * float(rng.uniform(-16, 16))
            for t in (-1, -0.5, 0, 0.5, 1)
        ]
        streets.append(Street(line=smooth(knots), highway="residential", lots="farm"))
    return streets


def lay_fields(rng: np.random.Generator) -> list[Street]:
    """Return lanes that join the hamlets, and the tracks between the fields (農道).

    Two tiny paths hang in the air on purpose, as in every real extract.
    """
    lanes = [
        [(455, 535), (380, 380), (260, 230), (60, 150), (-120, 90)],
        [(380, 250), (700, 300), (1050, 330), (1330, 280), (1560, 380), (1570, 560)],
        [(1900, 570), (1950, 400), (2200, 300), (2560, 270), (2950, 240), (3150, 420), (3180, 630)],
        [(2560, 270), (2600, 420), (2632, 615)],
        [(300, 2560), (180, 2750), (150, 3050)],
        [(1850, 2350), (1830, 2560), (1790, 2800), (1850, 3060)],
        [(2990, 1560), (3180, 1560), (3560, 1600)],
        [(440, 2080), (600, 2110), (905, 2075)],
    ]
    streets = [Street(line=smooth(lane), highway="unclassified", lots="farm") for lane in lanes]
    for x0, y0, columns, rows in (
        (560, 60, 6, 4),
        (1960, 60, 9, 4),
        (540, 2160, 6, 3),
        (2720, 1470, 3, 3),
    ):
        streets += _tracks(rng, (x0, y0), columns, rows)
    air = ([(2960, 2420), (3000, 2450)], [(640, 2700), (670, 2735)])
    return [*streets, *(Street(line=LineString(line), highway="path", loose=True) for line in air)]


def _tracks(
    rng: np.random.Generator, corner: tuple[float, float], columns: int, rows: int
) -> list[Street]:
    wide, high = 130.0, 95.0  # the usual 圃場整備 block is 30 a, about 100 m by 30 m, in threes
    tracks = []
    for j in range(rows + 1):
        y = corner[1] + j * high + float(rng.uniform(-8, 8))
        tracks.append(LineString([(corner[0] - 15, y), (corner[0] + columns * wide + 15, y + 18)]))
    for i in range(columns + 1):
        if rng.random() < 0.75:  # noqa: PLR2004 - a quarter of the cross tracks were never made
            x = corner[0] + i * wide
            tracks.append(LineString([(x, corner[1] - 12), (x - 10, corner[1] + rows * high + 15)]))
    return [Street(line=line, highway="track") for line in tracks]
