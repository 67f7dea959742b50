"""Parks, schools, shops, halls and stops: what is not a house (公共の場所と店).

All names are invented; no person, firm or telephone number is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from shapely.geometry import Point, Polygon

from geo.demo import plan
from geo.demo.buildings import is_free, stand_beside
from geo.demo.lines import direction, rectangle
from geo.demo.plan import Feature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.demo.plan import Street

Tags = tuple[tuple[str, str], ...]

# Kept blocks of the grids: the ground's tags, and (front, depth, tags) of the main building.
GROUNDS: Final[dict[str, tuple[Tags, tuple[float, float, Tags] | None]]] = {
    "市役所": (
        (),
        (38, 22, (("building", "public"), ("amenity", "townhall"), ("name", "汐見野市役所"))),
    ),
    "小学校": (
        (("amenity", "school"), ("name", "汐見小学校")),
        (72, 14, (("building", "school"),)),
    ),
    "中学校": (
        (("amenity", "school"), ("name", "汐見中学校")),
        (82, 15, (("building", "school"),)),
    ),
    "神社": (
        (("amenity", "place_of_worship"), ("religion", "shinto"), ("name", "汐見神社")),
        (13, 11, (("building", "shrine"),)),
    ),
    "寺": (
        (("amenity", "place_of_worship"), ("religion", "buddhist"), ("name", "潮音院")),
        (16, 14, (("building", "temple"),)),
    ),
    "病院": (
        (("amenity", "hospital"), ("name", "汐見野病院")),
        (44, 20, (("building", "hospital"),)),
    ),
    "図書館": (
        (),
        (28, 18, (("building", "public"), ("amenity", "library"), ("name", "汐見野図書館"))),
    ),
    "公民館": (
        (),
        (30, 17, (("building", "public"), ("amenity", "community_centre"), ("name", "中央公民館"))),
    ),
    "駅南集会所": (
        (),
        (20, 12, (("building", "public"), ("amenity", "community_centre"), ("name", "駅南集会所"))),
    ),
    "工場": (
        (("landuse", "industrial"), ("name", "汐見製作所")),
        (120, 52, (("building", "industrial"),)),
    ),
}
OTHER_PARKS: Final = {  # drawn by hand; the grids' kept blocks named ○○公園 are parks as well
    "緑ヶ丘西公園": (2190, 1958, 46, 34),
    "団地中央公園": (2520, 1725, 56, 34),
    "新町けやき公園": (2465, 1229, 70, 30),
    "下新田農村公園": (2415, 402, 44, 26),
}
HALLS: Final = {
    "西町公会堂": (290, 1500),
    "川向集会所": (1800, 1420),
    "東町公会堂": (1900, 1010),
    "新町コミュニティセンター": (2650, 960),
    "緑ヶ丘自治会館": (2560, 2110),
    "奥谷公会堂": (350, 2580),
    "西原公会堂": (280, 250),
    "下新田公会堂": (2600, 300),
    "東山公会堂": (3050, 1660),
    "仲町会館": (700, 1450),
    "団地集会所": (2160, 1640),
}
SHOPS: Final = (  # (kind, name, wish, front, depth)
    ("supermarket", "スーパーしおみ バイパス店", (1250, 600), 58, 38),
    ("supermarket", "フレッシュ新町", (2560, 650), 52, 34),
    ("convenience", "まちかどストア駅前店", (940, 1262), 15, 12),
    ("convenience", "まちかどストア東通店", (2215, 1100), 16, 12),
    ("greengrocer", "八百屋ひなた", (780, 1500), 9, 9),
    ("general", "よろずや奥谷", (320, 2570), 10, 9),
    ("bakery", "こむぎ堂", (1010, 1500), 9, 9),
    ("chemist", "しおみ薬店", (900, 1680), 14, 12),
    ("general", "緑ヶ丘ストアー", (2450, 1935), 16, 12),
    ("seafood", "魚しげ", (690, 1500), 8, 10),
)
CAFE: Final = ("喫茶みなと", (1130, 1560), 9, 9)
TOILETS: Final = (
    (1000, 1470, "中央公園"),
    (915, 1248, "駅前"),
    (612, 1412, "仲町"),
    (2520, 1720, "団地"),
    (2462, 1228, "新町"),
    (1470, 1560, "汐見橋たもと"),
    (972, 1712, "市役所前"),
)
BUS_STOPS: Final = (
    ("汐見野駅前", 905, 1250),
    ("本町", 890, 1606),
    ("市役所前", 898, 1800),
    ("汐見橋西", 1310, 1598),
    ("川向", 1760, 1680),
    ("団地入口", 2160, 1860),
    ("新町中央", 2636, 960),
)
DEMAND_STOPS: Final = {
    "駅前": (880, 1240),
    "市役所": (900, 1770),
    "病院": (1100, 1400),
    "緑ヶ丘下": (2440, 1912),
    "団地": (2430, 1530),
    "奥谷": (320, 2560),
    "上野": (1830, 2555),
    "西原": (265, 235),
    "下新田": (2560, 275),
    "東山": (3040, 1640),
    "新町": (2640, 780),
    "西町": (455, 1640),
    "スーパーしおみ": (1250, 565),
}
PLACES: Final = (
    ("quarter", "旧市街", 820, 1720),
    ("quarter", "緑ヶ丘", 2560, 2350),
    ("quarter", "新町", 2640, 1010),
    ("neighbourhood", "駅南", 900, 860),
    ("neighbourhood", "東町", 1960, 930),
    ("neighbourhood", "川向", 1870, 1480),
    ("neighbourhood", "汐見団地", 2430, 1640),
    ("neighbourhood", "西町", 230, 1430),
    ("hamlet", "奥谷", 330, 2600),
    ("hamlet", "上野", 1820, 2560),
    ("hamlet", "西原", 260, 230),
    ("hamlet", "下新田", 2560, 270),
    ("hamlet", "東山", 3030, 1680),
)
FLATS: Final = tuple((x, y) for x in (2300, 2375, 2500, 2575) for y in (1562, 1608, 1712))[:11]
STATION_HOUSE: Final = Feature(
    shape=rectangle((905, 1219.5), (1.0, 0.0), 42.0, 9.0),
    tags=(("building", "train_station"), ("name", "汐見野駅")),
)
BENCHES: Final = 35
_WITH_BACK: Final = 0.6  # share of benches with a backrest
# Places to try about a wish, nearest first.
_AROUND: Final = sorted(
    ((dx, dy) for dx in range(-90, 91, 10) for dy in range(-90, 91, 10)),
    key=lambda d: (d[0] ** 2 + d[1] ** 2, d),
)


def place_grounds(blocks: dict[str, Polygon], streets: Sequence[Street]) -> list[Feature]:
    """Return parks, school grounds and the buildings on them (敷地と公園)."""
    found: list[Feature] = []
    for name, block in blocks.items():
        if name.endswith("公園"):
            found.append(Feature(shape=block, tags=(("leisure", "park"), ("name", name))))
            continue
        ground, building = GROUNDS[name]
        if ground:
            found.append(Feature(shape=block, tags=ground))
        if building:
            corners = shapely.get_coordinates(block.minimum_rotated_rectangle)
            edge = corners[1] - corners[0]
            along = edge / np.hypot(*edge)
            along = along if abs(along[0]) > abs(along[1]) else np.array([-along[1], along[0]])
            middle = shapely.get_coordinates(block.centroid)[0]
            found.append(Feature(shape=rectangle(middle, along, *building[:2]), tags=building[2]))
    tree = shapely.STRtree([street.line for street in streets])
    for name, (x, y, wide, high) in OTHER_PARKS.items():
        wishes = (rectangle((x + dx, y + dy), (0.998, 0.06), wide, high) for dx, dy in _AROUND)
        park = next(wish for wish in wishes if is_free(wish, streets, tree))
        found.append(Feature(shape=park, tags=(("leisure", "park"), ("name", name))))
    return found


def place_public(streets: Sequence[Street], taken: Sequence[Polygon]) -> list[Feature]:
    """Return halls, shops, the café and the blocks of flats (集会所・店・団地)."""
    tree = shapely.STRtree([street.line for street in streets])
    wishes = [(xy, (19.0, 11.0), (("building", "public"), ("amenity", "community_centre"), ("name", name)))
              for name, xy in HALLS.items()]  # fmt: skip
    wishes += [(xy, (float(w), float(d)), (("building", "retail"), ("shop", kind), ("name", name)))
               for kind, name, xy, w, d in SHOPS]  # fmt: skip
    name, xy, width, depth = CAFE
    wishes.append(
        (
            xy,
            (float(width), float(depth)),
            (("building", "retail"), ("amenity", "cafe"), ("name", name)),
        )
    )
    found = [STATION_HOUSE]
    for number, xy in enumerate(FLATS):
        block = rectangle(xy, (0.99, 0.14), 54.0, 11.0)
        if is_free(block, streets, tree) and not any(block.dwithin(one, 4.0) for one in taken):
            found.append(
                Feature(
                    shape=block,
                    tags=(
                        ("building", "apartments"),
                        ("building:levels", "5"),
                        ("name", f"汐見団地{number + 1}号棟"),
                    ),
                )
            )
    for xy, size, tags in wishes:
        shape = stand_beside(streets, tree, xy, size, [*taken, *(one.shape for one in found)])
        found.append(Feature(shape=shape, tags=tags))
    return found


def place_points(
    rng: np.random.Generator, streets: Sequence[Street], parks: Sequence[Polygon]
) -> list[Feature]:
    """Return benches, toilets, bus stops and place names (ベンチ・トイレ・停留所・地名)."""
    found = [
        Feature(
            shape=Point(x, y),
            tags=(
                ("amenity", "toilets"),
                ("name", f"{name}公衆トイレ"),
                ("wheelchair", "yes" if i % 2 == 0 else "no"),
            ),
        )
        for i, (x, y, name) in enumerate(TOILETS)
    ]
    roads = [street for street in streets if street.lots or street.highway in {"service", "trunk"}]
    for name, x, y in BUS_STOPS:
        tags = (
            ("highway", "bus_stop"),
            ("public_transport", "platform"),
            ("bus", "yes"),
            ("name", name),
        )
        found.append(Feature(shape=_kerb(roads, x, y), tags=tags))
    for name, (x, y) in DEMAND_STOPS.items():
        words = (("name", f"デマンド{name}"), ("description", "予約制乗合タクシーの乗り場"))
        place = _kerb(roads, x, y)
        found.append(Feature(shape=place, tags=(("highway", "bus_stop"), *words)))
    found += [
        Feature(shape=Point(x, y), tags=(("place", kind), ("name", name)))
        for kind, name, x, y in PLACES
    ]
    return found + _benches(rng, streets, parks)


def _benches(
    rng: np.random.Generator, streets: Sequence[Street], parks: Sequence[Polygon]
) -> list[Feature]:
    """Two in every park, one at each bus stop of the centre, the rest on the levee."""
    spots = [Point(park.centroid.x + dx, park.centroid.y - 6) for park in parks for dx in (-16, -4)]
    spots += [_kerb(streets, x + 3, y + 2) for _, x, y in BUS_STOPS[:4]]
    levee = next(street.line for street in streets if street.name == "汐見川遊歩道")
    spots += [
        levee.interpolate(float(at))
        for at in np.linspace(500, levee.length - 300, max(0, BENCHES - len(spots)))
    ]
    has_back = rng.random(len(spots))
    return [
        Feature(
            shape=spot,
            tags=(("amenity", "bench"), ("backrest", "yes" if back < _WITH_BACK else "no")),
        )
        for spot, back in zip(spots, has_back, strict=True)
    ]


def _kerb(streets: Sequence[Street], x: float, y: float) -> Point:
    """Return the edge of the nearest street, on the side of the wish."""
    wish = Point(x, y)
    street = min(streets, key=lambda one: round(one.line.distance(wish), 3))
    at = street.line.project(wish)
    along = direction(street.line, at)
    foot = shapely.get_coordinates(street.line.interpolate(at))[0]
    side = np.array([-along[1], along[0]])
    sign = 1.0 if float(side @ (np.array([x, y]) - foot)) >= 0 else -1.0
    return Point(np.round(foot + sign * side * (plan.HALF_WIDTH_M[street.highway] - 0.6), 3))
