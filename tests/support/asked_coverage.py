"""A question put to streets, cells and sites made by hand, and areas to sum it by."""

import geopandas as gpd
import numpy as np
import shapely

from geo.coverage.coverage import measure_coverage
from geo.coverage.question import Question
from geo.network.straight import snapper_of
from geo.walk.ground import make_ground
from geo.walk.ranges import WalkingRange, parse_range
from geo.walk.walkers import WALKERS


def areas_of(*boxes):
    return gpd.GeoDataFrame(
        {
            "area_id": [str(i) for i in range(len(boxes))],
            "area_name": [f"{i}丁目" for i in range(len(boxes))],
            "division": "町丁目",
            "tier": "",
        },
        geometry=[shapely.box(*b) for b in boxes],
    )


def ask(
    network,
    cells,
    sites,
    *,
    within="500m",
    walker="elderly",
    areas=None,
    cell_area=None,
    limit=100.0,
):
    straight = None if network.edge_count else snapper_of(network)
    ground = make_ground(network, walker=WALKERS[walker], snapper=straight)
    snapper = ground.snapper
    areas = areas_of((-200, -200, 1200, 1200)) if areas is None else areas
    question = Question(
        division="町丁目",
        people="65",
        walker=WALKERS[walker],
        within=within if isinstance(within, WalkingRange) else parse_range(within),
        straight=straight is not None,
    )
    return measure_coverage(
        question,
        ground=ground,
        cells=cells,
        sites=sites,
        areas=areas,
        cell_snaps=snapper.snap(cells["x_m"].to_numpy(), cells["y_m"].to_numpy(), limit_m=limit),
        site_snaps=snapper.snap(sites["x_m"].to_numpy(), sites["y_m"].to_numpy(), limit_m=limit),
        cell_area=np.zeros(len(cells), dtype=np.int64) if cell_area is None else cell_area,
    )
