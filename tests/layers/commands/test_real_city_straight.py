"""高松市 of published files alone, without streets: every figure a straight line, and called so."""

import csv
import json

import geopandas as gpd
import numpy as np
import pytest

from geo.cli import main
from geo.sources.town_folder import load_town

pytestmark = pytest.mark.data
PEOPLE, OLDER = 418_129, 120_999


@pytest.fixture(scope="module")
def built(data, tmp_path_factory):
    """The folder of the town, and the 65+ people and salons it was built of, found by hand."""
    folder = tmp_path_factory.mktemp("takamatsu") / "town"
    points = str(data / "addresses" / "高松市.json")
    arguments = [
        "build", "--out", str(folder), "--name", "高松市",
        "--border", str(data / "boundaries" / "n03_37201.json"),
        "--people", str(data / "takamatsu" / "takamatsu_0066_202602.xlsx"), "--people", points,
        "--sites", str(data / "takamatsu" / "facilities" / "community_center" / "data.xlsx"),
        "--addresses", points,
    ]  # fmt: skip
    assert main(arguments) == 0
    return folder


def by_hand(folder, limit_m):
    town = load_town(folder)
    homes, salons = (one[["x_m", "y_m"]].to_numpy() for one in (town.cells, town.salons))
    metres = np.sqrt(((homes[:, None] - salons) ** 2).sum(axis=2)).min(axis=1)
    return int(town.cells["people_65"].to_numpy()[metres <= limit_m].sum()), len(salons)


@pytest.mark.parametrize("limit", [500, 800])
def test_every_person_is_placed_and_the_figure_is_that_of_all_distances_tried(
    built, tmp_path, capsys, limit
):
    out, table = tmp_path / "o.geojson", tmp_path / "o.csv"
    arguments = ["coverage", "--town", str(built), "--division", "全域", "--within", f"{limit}m"]
    assert main([*arguments, "--out", str(out), "--table", str(table), "--keys", "ja"]) == 0
    within, salons = by_hand(built, limit)
    found = json.loads(out.read_text("utf-8"))["kayoi"]
    assert salons == 52 and int(load_town(built).cells["people_all"].sum()) == PEOPLE
    totals = found["totals"]
    assert (totals["people"], totals["within"], totals["outside"], totals["off_network"]) == (
        OLDER, within, OLDER - within, 0,
    )  # fmt: skip
    assert (
        found["basis"] == "straight_line" and "道のりはこれより長い" in found["basis_means"]["ja"]
    )
    said = capsys.readouterr().out
    assert (
        f"直線で{limit}m以内" in said and "徒歩" not in said and "町（丁目など）ごとの1点" in said
    )
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["測り方"] for row in rows} == {"直線（道のりはこれより長い）"}
    assert rows[0]["届く割合"] == rows[0]["直線で測った割合"]


def test_circles_and_the_package_name_straight_lines_too(built, tmp_path, capsys):
    circles, package = tmp_path / "r.geojson", tmp_path / "p庁内用.gpkg"
    assert main(["reach", "--town", str(built), "--out", str(circles)]) == 0
    assert "直線の円です" in capsys.readouterr().out
    assert "straight_line" in circles.read_text("utf-8")
    arguments = ["export", "--town", str(built), "--division", "全域", "--out", str(package)]
    assert main(arguments) == 0
    assert set(gpd.read_file(package, layer="地区")["basis"]) == {"直線（道のりはこれより長い）"}
    assert "直線の円" in gpd.list_layers(package)["name"].tolist()
