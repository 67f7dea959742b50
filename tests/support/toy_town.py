"""The toy town as a whole town, with an answer made by hand."""

import geopandas as gpd
import pandas as pd
from shapely.geometry import box

from geo.base.place import choose_plane
from geo.coverage.asking import parse_question
from geo.coverage.coverage import Coverage
from geo.network.snap import Snapper
from geo.town import Town, snap_cells
from geo.toy import toy_cells, toy_network, toy_sites

HOMES = [(0.0, 100.0), (400.0, 0.0), (400.0, 400.0), (0.0, 400.0)]


def toy_town(sites=None, homes=None):
    """One area, ten people of 75 and over at each home, a salon at the lower left corner."""
    network, plane = toy_network(), choose_plane(138.0, 35.0)
    snapper, cells = Snapper(network), toy_cells(HOMES if homes is None else homes)
    areas = gpd.GeoDataFrame(
        {"area_id": ["a"], "area_name": ["町"], "division": ["町"], "tier": [""]},
        geometry=[box(-50, -50, 450, 450)],
        crs=plane.crs,
    )
    return Town(
        name="おもちゃ",
        plane=plane,
        network=network,
        border=areas.geometry.iloc[0],
        areas=areas,
        cells=cells,
        sites=toy_sites([(0.0, 0.0)]) if sites is None else sites,
        credits=(),
        people_division="",
        snap_limit_m=100.0,
        facts={},
        snapper=snapper,
        cell_snaps=snap_cells(snapper, cells, limit_m=100.0),
    )


COVERED = Coverage(
    question=parse_question(division="町", people="65", walker="elderly", within="500m"),
    cells=pd.DataFrame(),
    areas=pd.DataFrame({"area_name": ["町"], "off_network": [0]}),
    totals={"people": 40, "within": 10, "outside": 30, "off_network": 0, "no_rest": 0},
    left_out={"outside_division": 0, "no_path": 0, "sites_off_network": 0},
)
