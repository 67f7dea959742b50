"""Commands refuse to write over a town's own files, and never print a number nobody told."""

import csv
import json

import pytest
from osm_towns import at, build, osm, rows

from geo.base.problems import InputError
from geo.cli import main
from geo.sources.build import build_new
from geo.sources.recipe import Options, Recipe, SourceFile
from layers.commands.outputs import check_apart

NODES = {1: (-500, 0), 2: (0, 0), 3: (500, 0)}
WAYS = {10: ([1, 2], "highway=residential"), 11: ([2, 3], "highway=residential")}
SALON = [(-400, 5)]


def square(west, south, east, north):
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return {"type": "Polygon", "coordinates": [[at(x, y)[::-1] for x, y in corners]]}


def areas():
    halves = {"西町": (-600, -200, 0, 200), "東町": (0, -200, 600, 200)}
    features = [
        {"type": "Feature", "properties": {"S_NAME": name}, "geometry": square(*box)}
        for name, box in halves.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def town_of(folder, east="400,100,50"):
    people = f"町丁目名,総人口,65歳以上,75歳以上\n西町,400,100,50\n東町,{east}\n"
    build(
        folder, osm(NODES, WAYS), [], SALON, people=("people.csv", people, {}),
        division=("areas.geojson", areas(), {"division": "町丁目", "column": "S_NAME"}),
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return town_of(tmp_path_factory.mktemp("town"))


def asked(town, *more):
    return ["coverage", "--town", str(town), "--division", "町丁目", *map(str, more)]


def table_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["area_name"]: row for row in csv.DictReader(file)}


WRONG = {
    "coverage": ("--division", "町丁目"),
    "reach": (),
    "scenario": ("--division", "町丁目", "--add", "136.0,35.0"),
    "ledger": ("--division", "町丁目", "--from", "2026-04-01", "--to", "2026-05-01"),
}


@pytest.mark.parametrize("command", WRONG)
def test_a_map_is_not_written_under_the_name_of_a_table(town, tmp_path, capsys, command):
    out = tmp_path / "people.csv"
    out.write_text("町丁目名,総人口")
    assert main([command, "--town", str(town), *WRONG[command], "--out", str(out)]) == 2
    assert ".geojson" in capsys.readouterr().err
    assert out.read_text() == "町丁目名,総人口"


@pytest.mark.parametrize("command", WRONG)
def test_nothing_is_written_into_a_towns_data(town, capsys, command):
    out = town / "data" / "new.geojson"
    assert main([command, "--town", str(town), *WRONG[command], "--out", str(out)]) == 2
    assert "上書きしないように" in capsys.readouterr().err and not out.exists()


def test_a_table_is_not_written_over_the_list_of_salons_it_counts(town, tmp_path, capsys):
    sites = tmp_path / "sites.csv"
    sites.write_text(rows("緯度,経度,名称", SALON, "サロン"), encoding="utf-8")
    before = sites.read_bytes()
    more = ("--sites", sites, "--out", tmp_path / "a.geojson", "--table", sites)
    assert main(asked(town, *more)) == 2
    assert "元のファイル" in capsys.readouterr().err and sites.read_bytes() == before


def test_a_register_is_not_written_out_over_a_towns_data(town, tmp_path, capsys):
    for out, told in ((town / "town.toml", ".csv"), (town / "data" / "a.csv", "上書き")):
        command = ["records", "export", "--town", str(town), "--type", "salon", "--format", "csv"]
        assert main([*command, "--out", str(out)]) == 2
        assert told in capsys.readouterr().err


def test_a_town_without_heights_tells_no_cost_of_slopes(town, tmp_path):
    table = tmp_path / "a.csv"
    assert main(asked(town, "--out", tmp_path / "a.geojson", "--table", table)) == 0
    for row in table_of(table).values():
        assert row["slope_cost_minutes"] == "" and row["minutes_flat_p50"] == ""
        assert row["minutes_p50"] != ""


@pytest.mark.parametrize("count", ["X", "inf", "nan", ""])
def test_an_area_whose_people_cannot_be_read_is_no_data_and_not_nobody(tmp_path, capsys, count):
    town, table = town_of(tmp_path / "town", f"{count},100,50"), tmp_path / "a.csv"
    assert main(asked(town, "--out", tmp_path / "a.geojson", "--table", table)) == 0
    assert "人口のデータがない地区（0人ではありません）: 東町" in capsys.readouterr().out
    found = table_of(table)
    assert [found["東町"][name] for name in ("people", "within", "outside", "share")] == [""] * 4
    assert found["西町"]["people"] == "100"
    shapes = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))["features"]
    told = {one["properties"]["area_name"]: one["properties"]["people"] for one in shapes}
    assert told == {"西町": 100, "東町": None}


def test_an_area_of_nobody_is_nobody(tmp_path):
    town, table = town_of(tmp_path / "town", "0,0,0"), tmp_path / "a.csv"
    assert main(asked(town, "--out", tmp_path / "a.geojson", "--table", table)) == 0
    assert table_of(table)["東町"]["people"] == "0"


def test_a_negative_range_is_said_to_be_one(town, tmp_path, capsys):
    assert main(asked(town, "--within", "-5m", "--out", tmp_path / "a.geojson")) == 2
    told = capsys.readouterr().err
    assert "-5m" in told and "0より大きい" in told


def test_what_a_town_without_people_lacks_first_is_people(tmp_path, capsys):
    folder = tmp_path / "town"
    folder.mkdir()
    streets = folder / "streets.osm"
    streets.write_text(osm(NODES, WAYS), encoding="utf-8")
    recipe = Recipe(
        name="試験町",
        options=Options(),
        sources=(SourceFile(role="streets", file=streets.name),),
    )
    build_new(folder, recipe, lambda _: None)
    more = ("--division", "全域", "--out", str(tmp_path / "a.geojson"))
    assert main(["coverage", "--town", str(folder), *more]) == 2
    assert "人口が入っていません" in capsys.readouterr().err


def test_two_outputs_are_two_files(tmp_path):
    check_apart(tmp_path / "a.csv", None, tmp_path / "b.csv")
    with pytest.raises(InputError):
        check_apart(tmp_path / "a.csv", tmp_path / "x" / ".." / "a.csv")
