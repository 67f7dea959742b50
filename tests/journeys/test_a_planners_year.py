"""A planner: figures into a GIS, areas edited there and back in, the same on another machine."""

import csv
import json
import os
import shutil
import subprocess
import sys

import geopandas as gpd
import pytest
from where import ROOT

from geo.cli import main

AREAS = "日常生活圏域"
EDITED = "見直した圏域"
NEW, JOINED = "中央圏域", "合わせた圏域"
FIGURES = ("people", "within", "outside", "off_network")


@pytest.fixture
def town(built_towns, tmp_path):
    """The planner's town, on this machine."""
    return shutil.copytree(built_towns.demo(), tmp_path / "office" / "town")


def cover(town, division, out):
    asked = ["--division", division, "--walker", "elderly", "--within", "500m", "--slope"]
    assert main(["coverage", "--town", str(town), *asked, "--out", str(out)]) == 0
    return json.loads(out.read_text(encoding="utf-8"))


def by_area(document):
    rows = [one["properties"] for one in document["features"]]
    return {row["area_name"]: {key: row[key] for key in FIGURES} for row in rows}


def edit_areas(file, out):
    """What a planner does in QGIS: rename one area, join the two last, save as GeoPackage."""
    areas = gpd.read_file(file)[["area_name", "geometry"]].rename(columns={"area_name": "圏域"})
    kept, first, second = areas["圏域"].tolist()[0], *areas["圏域"].tolist()[-2:]
    names = {kept: NEW, first: JOINED, second: JOINED}
    areas["圏域"] = areas["圏域"].map(lambda name: names.get(name, name))
    areas = areas.dissolve("圏域", as_index=False).to_crs("EPSG:6676")  # the metres of the office
    areas.to_file(out, driver="GPKG", layer="圏域")
    return kept, first, second


def build_with(town, areas, out):
    """Build the town again from its own sources, with the edited areas as a division of their own."""
    own = town / "sources"
    arguments = [
        "--streets", own / "demo_streets.osm", "--border", own / "demo_border.geojson",
        "--people", own / "demo_people.csv", "--sites", own / "demo_sites.csv",
        "--heights", own / "demo_heights.asc", "--division", f"町丁目={own / 'demo_chocho.geojson'}:S_NAME",
        "--division", f"{AREAS}={own / 'demo_care_areas.geojson'}:圏域名:第2層",
        "--division", f"{EDITED}={areas}:圏域:第2層", "--name", "汐見野市",
    ]  # fmt: skip
    assert main(["build", "--out", str(out), *map(str, arguments)]) == 0
    return out


def test_areas_edited_in_a_gis_come_back_and_nobody_is_lost(town, tmp_path):
    given = tmp_path / "coverage.geojson"
    before = cover(town, AREAS, given)
    edited = tmp_path / "圏域.gpkg"
    kept, *joined = edit_areas(given, edited)
    new = build_with(town, edited, tmp_path / "new")
    after = cover(new, EDITED, tmp_path / "after.geojson")
    assert after["kayoi"]["totals"] == before["kayoi"]["totals"]
    old, found = by_area(before), by_area(after)
    assert found.pop(NEW) == old.pop(kept)
    together = found.pop(JOINED)
    parts = [old.pop(name) for name in joined]
    assert together == {key: sum(part[key] for part in parts) for key in FIGURES}
    assert found == old
    assert by_area(cover(new, AREAS, tmp_path / "same.geojson")) == by_area(before)


def test_a_copied_folder_gives_the_same_figures_on_another_machine(town, tmp_path):
    here = cover(town, AREAS, tmp_path / "here.geojson")
    there = tmp_path / "another machine" / "汐見野市"
    shutil.copytree(town, there)
    shutil.rmtree(town)  # nothing may be asked of where the folder came from
    ask = ["--division", AREAS, "--walker", "elderly", "--within", "500m", "--slope"]
    for again in (False, True):
        if again:
            command(there.parent, "build", "--recipe", str(there / "town.toml"))
        out = there.parent / "there.geojson"
        command(there.parent, "coverage", "--town", str(there), *ask, "--out", str(out))
        told = json.loads(out.read_text(encoding="utf-8"))
        for document in (here, told):
            document["kayoi"].pop("made_at", None)
        assert told == here


def command(folder, *words):
    """Run our command in a process of its own, from another folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "KAYOI_LANG": "ja"}
    subprocess.run(
        [sys.executable, "-m", "geo.cli", *words], cwd=folder, env=environment,
        check=True, capture_output=True,
    )  # fmt: skip


def test_the_people_of_a_new_year_are_counted_and_said_to_be_new(town, tmp_path, capsys):
    before = cover(town, AREAS, tmp_path / "before.geojson")["kayoi"]["totals"]
    table = town / "sources" / "demo_people.csv"
    with table.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    age = head.index("65歳以上")
    lived_in = [row for row in rows if int(row[age])]
    for row in lived_in:
        row[2], row[age] = str(int(row[2]) + 1), str(int(row[age]) + 1)
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    assert main(["build", "--recipe", str(town / "town.toml")]) == 0
    assert "demo_people.csv" in capsys.readouterr().err
    after = cover(town, AREAS, tmp_path / "after.geojson")["kayoi"]["totals"]
    assert after["people"] == before["people"] + len(lived_in)
    assert after["within"] + after["outside"] + after["off_network"] == after["people"]
