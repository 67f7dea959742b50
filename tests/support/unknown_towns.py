"""Random towns of which not all is known: heights, seats, toilets."""

from dataclasses import replace

import pandas as pd
from random_towns import people_of, random_relief, random_town
from shapely.geometry import box
from toy_town import toy_town

from geo.network.snap import Snapper
from geo.network.straight import no_streets, snapper_of
from geo.tables.rests import check_rests
from geo.town import snap_cells
from geo.toy import toy_cells, toy_sites


def rests_at(rng, count, span=1000.0):
    """Places to rest of which some are known, some not, some known to be of no use."""
    says = ["yes", "no", "unknown"]
    return check_rests(
        pd.DataFrame(
            {
                "rest_id": [f"r{i}" for i in range(count)],
                "kind": rng.choice(["bench", "toilet", "park"], count),
                "name": [""] * count,
                "x_m": rng.uniform(0, span, count),
                "y_m": rng.uniform(0, span, count),
                "seat": rng.choice(says, count),
                "toilet": rng.choice(says, count),
                "source": ["台帳"] * count,
                "as_of": [""] * count,
            }
        )
    )


def unknown_town(rng):
    """A random town of which some streets have no height, and people and salons in it."""
    network = random_town(rng, nodes=int(rng.integers(6, 20)))
    snapper = Snapper(network)
    cells = toy_cells([tuple(at) for at in rng.uniform(0, 1000, (30, 2))])
    cells["people_all"] = cells["people_65"] = cells["people_75"] = people_of(rng, len(cells))
    town = toy_town()
    return replace(
        town,
        network=network,
        areas=town.areas.set_geometry([box(-200, -200, 1200, 1200)], crs=town.plane.crs),
        cells=cells,
        sites=toy_sites([tuple(at) for at in rng.uniform(0, 1000, (3, 2))]),
        snapper=snapper,
        cell_snaps=snap_cells(snapper, cells, limit_m=100.0),
        relief=random_relief(rng, network, told=0.5, rough=0.3),
    )


def straight_town(rng):
    """The same without its streets: every distance is a straight line."""
    town, network = unknown_town(rng), no_streets()
    snapper = snapper_of(network)
    snaps = snap_cells(snapper, town.cells, limit_m=100.0)
    return replace(town, network=network, snapper=snapper, cell_snaps=snaps, relief=None)
