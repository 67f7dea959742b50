"""浦安市 as a planner would do it: streets, border, 町丁目, made-up ages, shelters as 通いの場."""

import csv
import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from geojson_rules import faults
from oracle import nearest_by_brute_force

from geo.analysis.siting import site_gains, with_candidate
from geo.cli import main
from geo.coverage.question import Question
from geo.sources.town_folder import load_town
from geo.town import ask, ordered_sites
from geo.walk.ranges import parse_range
from geo.walk.walkers import WALKERS

pytestmark = pytest.mark.data
NO_STREET = "日の出八丁目"


@pytest.fixture(scope="module")
def built(data, tmp_path_factory):
    """The town's folder, and the synthetic table: (all, 65+, 75+) by KEY_CODE."""
    folder = tmp_path_factory.mktemp("urayasu")
    areas = gpd.read_file(data / "urayasu" / "町丁・字等_2020.gpkg")
    rng = np.random.default_rng(65)
    people = rng.integers(200, 3500, len(areas))
    older = (people * rng.uniform(0.08, 0.35, len(areas))).astype(int)
    oldest = (older * rng.uniform(0.35, 0.6, len(areas))).astype(int)
    table = list(
        zip(areas["KEY_CODE"], people.tolist(), older.tolist(), oldest.tolist(), strict=True)
    )
    with (folder / "synthetic.csv").open("w", encoding="cp932", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["KEY_CODE", "総人口", "65歳以上", "75歳以上"])
        rows.writerows(table)
    real = data / "urayasu"
    arguments = [
        "build", "--out", str(folder / "town"), "--name", "浦安市",
        "--streets", str(real / "urayasu_osm2023_derived.gpkg"), "--border", str(real / "行政区域_2023.gpkg"),
        "--division", f"町丁目={real / '町丁・字等_2020.gpkg'}:S_NAME", "--people", str(folder / "synthetic.csv"),
        "--sites", str(data / "shelters" / "122271_evacuation.json"),
        "--sites", str(data / "shelters" / "122271_emergency.json"),
    ]  # fmt: skip
    assert main(arguments) == 0
    return folder / "town", {key: rest for key, *rest in table}


@pytest.fixture(scope="module")
def town(built):
    return load_town(built[0])


def test_eighty_three_rows_hold_every_person_of_the_table(built, tmp_path):
    folder, table = built
    for number, group in enumerate(("all", "65", "75")):
        out = tmp_path / f"{group}.geojson"
        arguments = [
            "coverage",
            "--town",
            str(folder),
            "--division",
            "町丁目",
            "--people",
            group,
            "--out",
            str(out),
        ]
        assert main(arguments) == 0
        found = json.loads(out.read_text(encoding="utf-8"))
        assert faults(found) == []
        rows = [feature["properties"] for feature in found["features"]]
        assert len(rows) == 83
        assert {row["area_id"]: row["people"] for row in rows} == {
            key: each[number] for key, each in table.items()
        }
        assert all(
            row["within"] + row["outside"] + row["off_network"] == row["people"] for row in rows
        )
        assert found["kayoi"]["totals"]["people"] == sum(each[number] for each in table.values())


def test_the_area_without_a_street_is_named_and_its_people_are_off_the_network(
    built, town, tmp_path, capsys
):
    out = tmp_path / "o.geojson"
    assert (
        main(["coverage", "--town", str(built[0]), "--division", "町丁目", "--out", str(out)]) == 0
    )
    assert NO_STREET in capsys.readouterr().out
    found = json.loads(out.read_text(encoding="utf-8"))["features"]
    rows = {f["properties"]["area_name"]: f["properties"] for f in found}
    assert rows[NO_STREET]["off_network"] == rows[NO_STREET]["people"] > 0
    assert (
        rows[NO_STREET]["share"] is None
        and rows[NO_STREET]["within"] == rows[NO_STREET]["outside"] == 0
    )
    assert sum(row["off_network"] for row in rows.values()) == rows[NO_STREET]["off_network"]


def test_three_hundred_homes_agree_with_the_oracle_to_a_centimetre(town):
    question = Question(
        division="町丁目", people="65", walker=WALKERS["elderly"], within=parse_range("500m")
    )
    coverage = ask(town, question)
    sites = ordered_sites(town.salons)
    used = sites[town.site_snaps(sites).edge >= 0]
    on = np.flatnonzero(coverage.cells["status"] != "off_network")
    some = np.random.default_rng(300).choice(on, 300, replace=False)
    expected = nearest_by_brute_force(
        town.network,
        town.cells.loc[some, ["x_m", "y_m"]].to_numpy(),
        used[["x_m", "y_m"]].to_numpy(),
    )
    found = coverage.cells["metres"].to_numpy()[some]
    np.testing.assert_allclose(found, expected, atol=0.01)
    assert np.isfinite(expected).sum() > 250


def test_no_walk_uses_a_motorway_or_a_street_of_unknown_kind(town):
    assert not [
        kind
        for kind in town.network.kinds
        if "motorway" in kind or kind in {"", "unknown", "nan", "None"}
    ]
    assert town.facts["streets"]["left_out"] == {"motorway": 4, "unknown_kind": 376}


def test_the_straight_line_flatters_and_stands_beside(town):
    question = Question(
        division="町丁目", people="65", walker=WALKERS["elderly"], within=parse_range("500m")
    )
    areas = ask(town, question).areas
    both = areas[["share", "share_straight"]].dropna()
    assert (both["share_straight"] >= both["share"]).all() and (
        both["share_straight"] > both["share"]
    ).sum() > 20


def test_each_of_ninety_three_places_gains_what_a_fresh_answer_says(town):
    every = ordered_sites(town.salons)
    some = every.iloc[::12].reset_index(drop=True)
    places = every.rename(columns={"site_id": "candidate_id"}).assign(kind="hall")
    places["candidate_id"] = "k" + places["candidate_id"]
    question = Question(
        division="町丁目", people="65", walker=WALKERS["elderly"], within=parse_range("500m")
    )
    before = ask(town, question, some).totals["within"]
    found = site_gains(town, question, places, some)
    assert len(found.table) == 93 and found.table["gained"].iloc[0] > 0
    for row in found.table.itertuples():
        sites, _ = with_candidate(town, some, None, pd.Series(row._asdict()))
        assert ask(town, question, sites).totals["within"] - before == row.gained, row.name
