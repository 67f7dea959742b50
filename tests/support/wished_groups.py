"""Groups of 通いの場 drawn at random, of which some are as wished, and a town of two areas for them."""

from dataclasses import replace

import geopandas as gpd
from shapely.geometry import box

from geo.schedule import parse_schedule

EVERY = range(7)
# Text, and worked out by hand: its weekdays, half of the day, whether weekly and monthly on
# such a day (None: not told), and sessions a month on a Tuesday.
TIMES = [
    ("毎週火曜 10:00～11:30", {1}, "am", True, True, 4.348),
    ("毎週木曜 13:30", {3}, "pm", True, True, 0),
    ("第2・4火曜 13:00", {1}, "pm", False, True, 2),
    ("毎週火曜", {1}, None, True, True, 4.348),
    ("毎日 6:30", EVERY, "am", True, True, 4.348),
    ("毎月20日 10:00", None, "am", False, True, 0),
    ("不定期", None, None, None, None, 0),
    ("第1・2・3・4火曜 9:00", {1}, "am", False, True, 4),
]
CONTENTS = [("exercise",), ("tea",), ("tea", "exercise"), ()]


def two_areas(town):
    shapes = [box(-200, -200, 500, 1200), box(500, -200, 1200, 1200)]
    areas = gpd.GeoDataFrame(
        {
            "area_id": ["w", "e"], "area_name": ["西町", "東町"], "division": ["町", "町"],
            "tier": ["", ""],
        },
        geometry=shapes, crs=town.plane.crs,
    )  # fmt: skip
    return replace(town, areas=areas)


def random_groups(rng):
    """Groups of a venue, with what is known of each by hand."""
    told = []
    for number in range(int(rng.integers(1, 4))):
        row = TIMES[int(rng.integers(len(TIMES)))]
        told.append(
            {
                "id": f"g{number}",
                "times": row,
                "content": CONTENTS[int(rng.integers(len(CONTENTS)))],
                "state": str(rng.choice(["active", "active", "unknown", "paused"])),
                "area": [None, None, ["西町"], ["東町", "西町"], ["どこか"]][int(rng.integers(5))],
            }
        )
    return told


def answers_of(groups):
    rows = []
    for one in groups:
        row = {"_id": one["id"], "state": one["state"], "schedule": parse_schedule(one["times"][0])}
        row |= {"content": list(one["content"])} if one["content"] else {}
        rows.append(row | ({"area": one["area"]} if one["area"] else {}))
    return {"name": "集い", "activities": rows}
