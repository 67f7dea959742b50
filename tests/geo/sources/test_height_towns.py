"""Towns built with heights: a small one, the demo, and real places."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from height_files import asc, hgt
from relief_grades import edge_grades
from town_fixtures import LAT, LON, write_town

from geo.base.place import Plane, choose_plane
from geo.base.problems import InputError
from geo.cli import main
from geo.demo.estates import COLLECTORS_DEG, RINGS_M, _collector_angle, hill_polar
from geo.demo.place import to_plan
from geo.network.lay import build_network
from geo.network.network import BRIDGE, TUNNEL
from geo.relief.grid import sample_heights
from geo.relief.relief import measure_relief
from geo.sources.heights.heights import load_heights
from geo.sources.recipe import load_recipe
from geo.sources.streets.streets import load_streets
from geo.sources.town_folder import load_town


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small town on a slope of 5 % to the north, from two files; its folder and arguments."""
    folder = tmp_path_factory.mktemp("small")
    arguments = ["build", *write_town(folder / "files")]
    lat = LAT - 0.0021 + (np.arange(200)[::-1] + 0.5) * 0.0001
    rows = np.repeat(((lat - LAT) / 0.0009014 * 5 + 100)[:, None], 150, axis=1).round(3).tolist()
    for name, west in (("west", LON - 0.002), ("east", LON - 0.002 + 150 * 0.0001)):
        head = f"xllcorner {west:.4f}\nyllcorner {LAT - 0.0021:.4f}\ncellsize 0.0001\n"
        (folder / f"{name}.asc").write_text(asc(rows, head))
    return folder, arguments


def test_a_town_is_built_with_heights_and_keeps_them(small, tmp_path, capsys):
    folder, arguments = small
    heights = ["--heights", str(folder / "west.asc"), "--heights", str(folder / "east.asc")]
    assert main([*arguments, *heights, "--out", str(tmp_path / "town")]) == 0
    said = capsys.readouterr().err
    assert "道の長さの100.0％に高さがあります" in said
    assert "west.asc" in said
    town = load_town(tmp_path / "town")
    assert town.facts["heights"]["share_known"] == 1.0
    assert [one["used"] for one in town.facts["heights"]["files"]] == [True, False]
    assert [one.role for one in load_recipe(tmp_path / "town" / "town.toml").sources][-2:] == [
        "heights"
    ] * 2
    assert "heights" in [credit.role for credit in town.credits]
    grade = edge_grades(town.relief)
    north = (
        np.abs(np.diff(town.network.node_y_m[[town.network.edge_u, town.network.edge_v]], axis=0))[
            0
        ]
        > 50
    )
    assert np.abs(grade.grade[north[grade.edge]]) == pytest.approx(0.05, abs=1e-3)
    assert np.abs(grade.grade[~north[grade.edge]]) == pytest.approx(0, abs=1e-3)
    again = measure_relief(
        town.network, load_heights(folder / "west.asc", (138, 34, 140, 36)), town.plane
    )
    assert np.array_equal(again.start, town.relief.start)
    assert np.array_equal(again.along_m, town.relief.along_m)
    assert np.array_equal(again.kind, town.relief.kind)
    assert np.allclose(again.height_m, town.relief.height_m)


def test_the_same_recipe_gives_the_same_bytes_of_heights(small, tmp_path):
    folder, arguments = small
    out = tmp_path / "town"
    assert main([*arguments, "--heights", str(folder / "west.asc"), "--out", str(out)]) == 0
    first = (out / "data" / "relief.parquet").read_bytes()
    assert main(["build", "--recipe", str(out / "town.toml")]) == 0
    assert (out / "data" / "relief.parquet").read_bytes() == first


def test_a_town_without_heights_or_built_before_there_were_any_has_none(small, tmp_path):
    _, arguments = small
    assert main([*arguments, "--out", str(tmp_path / "town")]) == 0
    assert not (tmp_path / "town" / "data" / "relief.parquet").exists()
    town = load_town(tmp_path / "town")
    assert town.relief is None
    assert "heights" not in town.facts


def test_heights_of_another_place_are_refused_and_the_old_town_stays(small, tmp_path, capsys):
    _, arguments = small
    out = tmp_path / "town"
    assert main([*arguments, "--out", str(out)]) == 0
    before = (out / "town.toml").read_bytes()
    (tmp_path / "N43E007.hgt").write_bytes(hgt().tobytes())
    assert main([*arguments, "--heights", str(tmp_path / "N43E007.hgt"), "--out", str(out)]) != 0
    assert "この街の道の高さがありません" in capsys.readouterr().err
    assert (out / "town.toml").read_bytes() == before


def test_a_relief_that_does_not_fit_its_town_is_said(small, tmp_path):
    folder, arguments = small
    out = tmp_path / "town"
    assert main([*arguments, "--heights", str(folder / "west.asc"), "--out", str(out)]) == 0
    path = out / "data" / "relief.parquet"
    pd.read_parquet(path).iloc[:-40].to_parquet(path)
    with pytest.raises(InputError):
        load_town(out)


@pytest.fixture(scope="module")
def demo(demo_town):
    return load_town(demo_town), demo_town


def plan_of(town):
    net = town.network
    return to_plan(np.column_stack(town.plane.to_lonlat(net.node_x_m, net.node_y_m)))


def test_the_demo_town_has_heights_everywhere(demo):
    town, _ = demo
    assert town.facts["heights"]["share_known"] == 1.0
    assert town.facts["heights"]["span_m"] > 100
    assert 0 < np.nanmin(town.relief.height_m) < 3
    assert 80 < np.nanmax(town.relief.height_m) < 120


def test_the_estates_collectors_climb_at_eight_to_fifteen_per_cent(demo):
    town, _ = demo
    net, relief = town.network, town.relief
    radius, angle = hill_polar(*plan_of(town).T)
    grade = edge_grades(relief)
    inside = (radius > RINGS_M[0] - 10) & (radius < RINGS_M[-1] + 10)
    for which in range(len(COLLECTORS_DEG)):
        own = np.array([_collector_angle(which, one) for one in radius])
        on = inside & (np.abs(angle - own) < 0.4)
        street = on[net.edge_u] & on[net.edge_v] & ((net.edge_flags & 1) == 0)
        street &= np.abs(radius[net.edge_u] - radius[net.edge_v]) > 20  # no ring beside it
        assert street.sum() >= 9
        steep = np.abs(grade.grade[street[grade.edge]])
        assert steep.min() > 0.08
        assert steep.max() < 0.15


def test_the_flights_of_the_estate_rise_as_their_steps_say(demo):
    town, _ = demo
    relief, net = town.relief, town.network
    flights = np.flatnonzero(net.edge_flags & 1)
    rise = np.abs(
        relief.height_m[relief.start[flights + 1] - 1] - relief.height_m[relief.start[flights]]
    )
    assert np.sort(rise)[:-1] == pytest.approx(6.0, abs=0.2)
    assert rise.max() == pytest.approx(10.0, abs=0.7)


def test_the_old_centre_is_flat_and_the_bridges_are(demo):
    town, _ = demo
    net, relief = town.network, town.relief
    plan = plan_of(town)
    x, y = (plan[net.edge_u] + plan[net.edge_v]).T / 2
    grade = edge_grades(relief)
    old = (x > 500) & (x < 1310) & (y > 1250) & (y < 2000)
    assert old.sum() > 100
    assert np.abs(grade.grade[old[grade.edge]]).max() < 0.02
    height = relief.height_m[np.repeat(old, np.diff(relief.start))]
    assert 2 <= height.min() < height.max() <= 7
    bridge = (net.edge_flags & BRIDGE) > 0
    assert bridge.any()
    assert np.abs(grade.grade[bridge[grade.edge]]).max() < 0.015


def test_the_recipe_of_the_demo_names_its_heights(demo):
    _, folder = demo
    recipe = load_recipe(folder / "town.toml")
    assert [source.file for source in recipe.of("heights")] == ["sources/demo_heights.asc"]
    assert (folder / "sources" / "demo_heights.asc").stat().st_size < 1 << 20
    facts = json.loads((folder / "data" / "town.json").read_text(encoding="utf-8"))
    assert facts["facts"]["heights"]["files"][0]["used"]
    copy = Path(shutil.copytree(folder, folder.with_name("old")))
    (copy / "data" / "relief.parquet").unlink()
    assert load_town(copy).relief is None


@pytest.fixture(scope="module")
def monaco(data):
    extract = load_streets(data / "osm" / "monaco.osm.gz")
    plane = choose_plane(7.42, 43.74)
    network, _ = build_network(extract.streets, plane)
    return (
        network,
        load_heights(data / "osm" / "N43E007.hgt.zip", (7.39, 43.71, 7.46, 43.77)),
        plane,
    )


@pytest.mark.data
def test_monaco_is_steep_and_its_tunnels_are_not(monaco):
    network, grids, plane = monaco
    relief = measure_relief(network, grids, plane)
    assert relief.share_known(network) > 0.95
    grade = edge_grades(relief)
    steep = np.abs(grade.grade[network.edge_flags[grade.edge] == 0])
    assert np.nanquantile(steep, 0.9) > 0.1
    assert np.nanmax(steep) < 0.6
    assert relief.span_m(network) > 1000
    spans = (network.edge_flags & (BRIDGE | TUNNEL)) > 0
    ends = network.edge_m > 30
    over = np.abs(grade.grade[(spans & ends)[grade.edge]])
    assert np.nanquantile(over, 0.9) < 0.15
    assert np.nanmax(relief.height_m) < 260  # no street is as high as the mountain behind


@pytest.mark.data
def test_no_street_by_the_sea_of_monaco_is_given_a_height_the_file_has_not(monaco):
    network, (grid,), plane = monaco
    dry = replace(grid, height_m=np.where(grid.height_m <= 0, np.nan, grid.height_m))
    relief = measure_relief(network, dry, plane)
    assert 0.7 < relief.share_known(network) < 0.999
    lon, lat = plane.to_lonlat(network.node_x_m, network.node_y_m)
    column, row = (lon - grid.x0) / grid.dx, (lat - grid.y0) / grid.dy
    on_line = np.abs(np.stack([column, row]) - np.rint([column, row])).min(axis=0) < 0.02
    column, row = np.floor(column).astype(int), np.floor(row).astype(int)
    wet = np.isnan([dry.height_m[row + i, column + j] for i in (0, 1) for j in (0, 1)]).any(axis=0)
    first, u = relief.height_m[relief.start[:-1]], network.edge_u
    plain = (network.edge_flags == 0) & ~on_line[u]  # where two pixels do, or none, may be argued
    assert np.array_equal(np.isnan(first[plain]), wet[u[plain]])
    assert wet[u[plain]].sum() > 20


@pytest.mark.data
def test_the_geotiff_of_osaka_is_read_from_its_zip(data):
    grids = load_heights(data / "elevation" / "gisoer_osaka_s.zip", (135.45, 34.6, 135.7, 34.75))
    plane = Plane(lon=135.5, lat=34.7)
    x, y = plane.to_m([135.526, 135.667], [34.687, 34.678])  # 大阪城, 生駒山
    castle, hill = sample_heights(grids, x, y, plane)
    assert 10 < castle < 60
    assert hill > 400
    whole = load_heights(data / "elevation" / "gisoer_osaka_s.zip", (135.0, 34.0, 136.0, 35.0))
    assert np.nanmin(whole[0].height_m) > -500  # -32767 is nothing
