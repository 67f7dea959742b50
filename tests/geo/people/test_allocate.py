"""Sharing people out over the places they may live in."""

from fractions import Fraction

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box

from geo.base.place import choose_plane
from geo.base.problems import InputError
from geo.network.network import BRIDGE, make_network
from geo.people.allocate import (
    COUNTS,
    allocate_people,
    join_people,
    lay_shapes,
    share_whole,
)
from geo.people.living_places import sample_streets
from geo.people.mesh import mesh_bounds
from geo.people.table import PeopleTable
from geo.sources.boundaries import load_division
from geo.sources.people import load_people
from geo.tables.tables import check_cells
from geo.toy import toy_network

LEFT, RIGHT = box(-50, -50, 250, 450), box(250, -50, 450, 450)
FAR = box(5000, 5000, 5120, 5120)


def people_of(*rows):
    frame = pd.DataFrame(rows, columns=["key", *COUNTS])
    return frame.assign(name="", row=np.arange(2, len(frame) + 2))


def table_of(frame, kind="area"):
    return PeopleTable(file="人口.csv", kind=kind, frame=frame)


def areas_of(**shapes):
    return gpd.GeoDataFrame(
        {"area_id": list(shapes), "area_name": [f"{k}町" for k in shapes]},
        geometry=list(shapes.values()), crs=None,
    )  # fmt: skip


def homes(points, storeys=1, size=10.0):
    x, y = (np.array(c, dtype=float) for c in zip(*points, strict=True))
    return gpd.GeoDataFrame(
        {"building_id": [f"w{i}" for i in range(len(points))], "floor_m2_factor": storeys},
        geometry=shapely.box(x, y, x + size, y + size),
    )


def streets(kinds, flags=None):
    """One street of 100 m for each kind, 100 m apart, from west to east."""
    n = len(kinds)
    names = tuple(sorted(set(kinds)))
    xy = np.array([[x, 100.0 * i] for i in range(n) for x in (0.0, 100.0)])
    return make_network(
        node_x_m=xy[:, 0], node_y_m=xy[:, 1], edge_u=np.arange(0, 2 * n, 2),
        edge_v=np.arange(1, 2 * n, 2), edge_start=np.arange(0, 2 * n + 1, 2),
        vertex_x_m=xy[:, 0], vertex_y_m=xy[:, 1], kinds=names,
        edge_kind=np.array([names.index(k) for k in kinds]),
        edge_flags=None if flags is None else np.array(flags),
    )  # fmt: skip


def sums(cells):
    return cells.groupby("area_id")[list(COUNTS)].sum()


# --- rounding ------------------------------------------------------------------------------


def share_by_fractions(total, weight):
    """The oracle: running totals in exact fractions."""
    whole = sum(map(Fraction, weight))
    running, before, out = Fraction(0), 0, []
    for each in weight:
        running += Fraction(each)
        upto = (total * running / whole + Fraction(1, 2)).__floor__()
        out.append(upto - before)
        before = upto
    return out


weights = st.lists(st.integers(1, 1000), min_size=1, max_size=30)


@given(st.integers(0, 5000), weights)
def test_sharing_agrees_with_exact_fractions_and_no_run_is_off_by_more_than_one(total, weight):
    w = np.array(weight, dtype=float)
    got = share_whole(np.array([total]), np.zeros(w.size, dtype=np.int64), w)
    assert got.sum() == total and (got >= 0).all()
    assert np.abs(np.cumsum(got) - np.cumsum(share_by_fractions(total, weight))).max() <= 1
    drift = np.concatenate([[0.0], np.cumsum(got) - total * np.cumsum(w) / w.sum()])
    assert drift.max() - drift.min() <= 1 + 1e-9


def test_a_single_person_lives_in_the_middle():
    ones, none = np.ones(5), np.zeros(5, dtype=np.int64)
    assert share_whole(np.array([1]), none, ones).tolist() == [0, 0, 1, 0, 0]
    assert share_whole(np.array([1]), none, np.array([9.0, 1, 1, 1, 1])).tolist() == [1, 0, 0, 0, 0]


@given(st.lists(st.tuples(st.integers(0, 500), weights), min_size=1, max_size=8))
def test_groups_do_not_touch_each_other(groups):
    total = np.array([t for t, _ in groups])
    group = np.repeat(np.arange(len(groups)), [len(w) for _, w in groups])
    weight = np.concatenate([np.array(w, dtype=float) for _, w in groups])
    got = share_whole(total, group, weight)
    for at, (each, w) in enumerate(groups):
        alone = share_whole(np.array([each]), np.zeros(len(w), dtype=np.int64), np.array(w, float))
        assert got[group == at].tolist() == alone.tolist()


# --- places --------------------------------------------------------------------------------


def test_street_pieces_stand_in_their_middles_along_a_bent_street():
    net = make_network(
        node_x_m=np.array([0.0, 30]), node_y_m=np.array([0.0, 30]), edge_u=np.array([0]),
        edge_v=np.array([1]), edge_start=np.array([0, 4]),
        vertex_x_m=np.array([0.0, 30, 30, 30]), vertex_y_m=np.array([0.0, 0, 0, 30]),
    )  # fmt: skip
    x, y, length, edge = sample_streets(net)
    assert np.column_stack([x, y]).tolist() == [[10, 0], [30, 0], [30, 20]]
    assert length.tolist() == [20, 20, 20] and edge.tolist() == [0, 0, 0]


def test_people_go_to_dwellings_by_floor_area():
    buildings = homes([(0, 0), (100, 0), (200, 0)], storeys=[1, 3, 1])
    cells, report = allocate_people(
        people_of(("a", 50, 20, 10, 5)), gpd.GeoSeries([LEFT], index=["a"]),
        network=toy_network(), buildings=buildings,
    )  # fmt: skip
    assert cells["cell_id"].tolist() == ["w0", "w1", "w2"]
    assert cells[list(COUNTS)].to_numpy().tolist() == [
        [10, 4, 2, 1], [30, 12, 6, 3], [10, 4, 2, 1],
    ]  # fmt: skip
    assert cells["area_id"].tolist() == ["a"] * 3 and set(cells["placed_by"]) == {"building"}
    row = report.people.set_index("placed_by").loc["building"]
    assert row[["areas", "cells", "people_all"]].tolist() == [1, 3, 50]


def test_an_area_without_dwellings_uses_its_streets_and_then_a_grid():
    shapes = gpd.GeoSeries([LEFT, RIGHT, FAR], index=["a", "b", "c"])
    cells, report = allocate_people(
        people_of(("a", 100, 30, 10, 0), ("b", 100, 30, 10, 0), ("c", 90, 0, 0, 0)), shapes,
        network=toy_network(), buildings=homes([(0, 0)]),
    )  # fmt: skip
    by = cells.groupby("area_id")["placed_by"].unique().map(list).to_dict()
    assert by == {"a": ["building"], "b": ["street"], "c": ["grid"]}
    assert cells["cell_id"].str.fullmatch(r"w0|st-b-\d+|grid-c-\d+").all()
    grid = cells[cells["area_id"] == "c"]
    assert (len(grid), grid["people_all"].unique().tolist()) == (9, [10])  # 5000, 5050, 5100
    assert report.people["people_all"].tolist() == [100, 100, 90, 0]


@pytest.mark.parametrize(
    ("kinds", "flags", "used", "why"),
    [
        (["residential", "primary"], None, {0}, "homes stand on residential streets"),
        (["residential", "pedestrian"], None, {0}, "a pedestrian street comes last"),
        (["pedestrian", "primary"], None, {0}, "but before a main road"),
        (["primary", "steps"], None, {0, 100}, "else any street"),
        (["residential", "unclassified"], [BRIDGE, 0], {100}, "nobody lives on a bridge"),
        (["living_street", "unclassified"], None, {0, 100}, "both are homes"),
    ],
)
def test_the_streets_where_homes_stand_are_taken_first(kinds, flags, used, why):
    cells, _ = allocate_people(
        people_of(("a", 1000, 0, 0, 0)), gpd.GeoSeries([LEFT], index=["a"]),
        network=streets(kinds, flags),
    )  # fmt: skip
    assert set(cells["y_m"]) == used, why
    assert cells["people_all"].sum() == 1000


def test_a_tiny_area_has_a_place_of_its_own():
    cells, _ = allocate_people(
        people_of(("a", 3, 1, 0, 0)), gpd.GeoSeries([box(5001, 5001, 5009, 5009)], index=["a"]),
        network=toy_network(),
    )  # fmt: skip
    assert cells["cell_id"].tolist() == ["grid-a-1"] and cells["people_all"].tolist() == [3]


def test_a_dwelling_in_two_areas_counts_in_the_first_only():
    shapes = gpd.GeoSeries([LEFT, LEFT], index=["b", "a"])
    cells, _ = allocate_people(
        people_of(("b", 7, 0, 0, 0), ("a", 5, 0, 0, 0)), shapes,
        network=toy_network(), buildings=homes([(0, 0)]),
    )  # fmt: skip
    assert sums(cells)["people_all"].to_dict() == {"a": 5, "b": 7}
    assert cells.loc[cells["cell_id"] == "w0", "area_id"].tolist() == ["a"]


def test_dwellings_without_floor_are_no_places():
    cells, _ = allocate_people(
        people_of(("a", 7, 0, 0, 0)), gpd.GeoSeries([LEFT], index=["a"]),
        network=toy_network(), buildings=homes([(0, 0), (50, 0)], storeys=[0, np.nan]),
    )  # fmt: skip
    assert set(cells["placed_by"]) == {"street"}


def test_buildings_of_one_id_are_refused():
    buildings = homes([(0, 0), (50, 0)]).assign(building_id="w1")
    with pytest.raises(InputError, match="w1"):
        allocate_people(
            people_of(("a", 7, 0, 0, 0)), gpd.GeoSeries([LEFT], index=["a"]),
            network=toy_network(), buildings=buildings,
        )  # fmt: skip


def test_points_keep_their_people_and_have_no_area():
    frame = people_of(("2", 7, 3, 1, 0), ("3", 0, 0, 0, 0))
    cells, report = allocate_people(
        frame, gpd.GeoSeries([Point(1, 2), Point(3, 4)], index=["2", "3"]),
        network=toy_network(), keep_area=False,
    )  # fmt: skip
    assert cells["cell_id"].tolist() == ["pt-2"] and cells["area_id"].tolist() == [""]
    assert report.people.set_index("placed_by").loc["point", "people_65"] == 3


def test_keys_without_a_shape_and_shapes_without_people_are_told():
    cells, report = allocate_people(
        people_of(("x", 9, 1, 0, 0), ("a", 5, 0, 0, 0)),
        gpd.GeoSeries([LEFT, RIGHT], index=["a", "b"]), network=toy_network(), file="人口.csv",
    )  # fmt: skip
    assert cells["people_all"].sum() == 5 and report.left_out.all_ == 9 and report.no_data == ("b",)
    (problem,) = report.problems
    assert (problem.value, problem.row) == ("x", 2) and "9人" in problem.reason.ja


@pytest.mark.parametrize(
    "rows",
    [
        [("a", 5, 6, 0, 0)], [("a", 5, 1, 2, 0)], [("a", 5, 3, 0, 3)], [("a", 5, 1, -1, 0)],
        [("a", 5, 1, 1, 0), ("a", 5, 1, 1, 0)],
    ],
)  # fmt: skip
def test_people_that_do_not_nest_are_refused(rows):
    with pytest.raises(InputError, match="“a”"):
        allocate_people(people_of(*rows), gpd.GeoSeries([LEFT], index=["a"]), network=toy_network())


def test_no_people_give_no_cells():
    cells, report = allocate_people(
        people_of(("a", 0, 0, 0, 0)), gpd.GeoSeries([LEFT], index=["a"]), network=toy_network()
    )
    assert len(check_cells(cells)) == 0 and report.people["people_all"].sum() == 0
    none = people_of(("a", 0, 0, 0, 0)).iloc[:0]
    assert (
        len(allocate_people(none, gpd.GeoSeries([LEFT], index=["a"]), network=toy_network())[0])
        == 0
    )


@st.composite
def towns(draw):
    rows = []
    for key in ("a", "b", "c"):
        over75, older, young, unknown = (draw(st.integers(0, 300)) for _ in range(4))
        rows.append((key, over75 + older + young + unknown, over75 + older, over75, unknown))
    spots = st.tuples(st.integers(-50, 440), st.integers(-50, 440))
    points = draw(st.lists(spots, max_size=20, unique=True))
    storeys = draw(st.lists(st.integers(1, 9), min_size=len(points), max_size=len(points)))
    return rows, homes(points, storeys) if points else None, draw(st.randoms(use_true_random=False))


@settings(max_examples=60)
@given(towns())
def test_totals_are_exact_ages_nest_and_the_order_of_rows_changes_nothing(town):
    rows, buildings, random = town
    shapes = gpd.GeoSeries([LEFT, RIGHT, FAR], index=["a", "b", "c"])
    people = people_of(*rows)
    cells, report = allocate_people(people, shapes, network=toy_network(), buildings=buildings)
    want = people[people["people_all"] > 0].set_index("key")[list(COUNTS)]
    assert sums(cells).to_numpy().tolist() == want.to_numpy().tolist()
    assert (cells["people_75"] <= cells["people_65"]).all()
    assert (cells["people_65"] + cells["people_unknown"] <= cells["people_all"]).all()
    assert (cells["people_all"] > 0).all() and cells["cell_id"].is_unique
    assert report.people["people_all"].sum() == people["people_all"].sum()

    def shuffled(frame):
        return frame.iloc[random.sample(range(len(frame)), len(frame))]

    again, _ = allocate_people(
        shuffled(people), shuffled(shapes), network=toy_network(),
        buildings=None if buildings is None else shuffled(buildings),
    )  # fmt: skip
    pd.testing.assert_frame_equal(cells, again)


def test_the_inputs_are_left_as_they_were():
    people, shapes = (
        people_of(("b", 5, 1, 0, 0), ("a", 5, 1, 0, 0)),
        gpd.GeoSeries([LEFT, RIGHT], index=["a", "b"]),
    )
    buildings = homes([(0, 0)])
    copies = people.copy(), shapes.copy(), buildings.copy()
    allocate_people(people, shapes, network=toy_network(), buildings=buildings)
    pd.testing.assert_frame_equal(people, copies[0])
    assert shapes.equals(copies[1]) and buildings.equals(copies[2])


# --- joining -------------------------------------------------------------------------------


def join(keys, areas, names=None):
    frame = people_of(*((k, 10, 3, 1, 0) for k in keys))
    return join_people(table_of(frame if names is None else frame.assign(name=names)), areas)


AREAS = gpd.GeoDataFrame(
    {
        "area_id": ["01101001001", "01101001002", "01101002000", "01101003000"],
        "area_name": ["西町一丁目", "西町二丁目", "大字富士", "富士"],
    },
    geometry=[LEFT, RIGHT, FAR, FAR],
)


@pytest.mark.parametrize(
    ("key", "area", "why"),
    [
        ("01101001001", "01101001001", "the code"),
        ("1101001001", "01101001001", "its zero lost in a spreadsheet"),
        ("西町１丁目", "01101001001", "the number in digits"), ("西町 二丁目", "01101001002", "a space"),
        ("富士", None, "two areas of one name"), ("東町", None, "not on the map"),
    ],
)  # fmt: skip
def test_a_table_meets_its_areas_by_code_or_name(key, area, why):
    joined = join([key], AREAS)
    assert joined.frame["key"].tolist() == ([area] if area else []), why
    assert len(joined.problems) == (0 if area else 1), why
    assert joined.left_out.all_ == (0 if area else 10), why


def test_a_code_that_is_unknown_falls_back_on_the_name():
    assert join(["0001"], AREAS, ["西町1丁目"]).frame["key"].tolist() == ["01101001001"]


def test_two_rows_for_one_area_are_told_and_areas_without_a_row_are_listed():
    joined = join(["01101001001", "西町一丁目", "東町"], AREAS)
    assert [p.row for p in joined.problems] == [3, 4] and joined.left_out.all_ == 20
    assert "2行目と同じ地区" in joined.problems[0].reason.ja
    assert joined.no_data == ("01101001002", "01101002000", "01101003000")


def test_mesh_squares_and_points_are_laid_on_the_plane():
    plane = choose_plane(139.8, 35.7)
    frame = people_of(("5339461132", 7, 3, 1, 0))
    shape = lay_shapes(table_of(frame, "mesh"), plane)["5339461132"]
    west, south, east, north = mesh_bounds("5339461132")
    x_m, y_m = plane.to_m([west, east], [south, north])
    assert shape.bounds == pytest.approx((x_m[0], y_m[0], x_m[1], y_m[1]), abs=0.1)
    assert shape.area == pytest.approx(282 * 231, rel=0.02)
    points = lay_shapes(table_of(frame.assign(lon=139.8, lat=35.7), "point"), plane)
    assert points["5339461132"].distance(Point(0, 0)) < 1e-6
    with pytest.raises(ValueError, match="areas"):
        lay_shapes(table_of(frame), plane)


# --- a whole city --------------------------------------------------------------------------


def urayasu_network(data, plane):
    file = data / "urayasu" / "urayasu_osm2023_derived.gpkg"
    nodes = gpd.read_file(file, layer="nodes").to_crs(plane.crs)
    edges = gpd.read_file(file, layer="edges").to_crs(plane.crs)
    number = {node: at for at, node in enumerate(nodes["node"])}
    xy, owner = shapely.get_coordinates(edges.geometry.to_numpy(), return_index=True)
    kinds, kind = np.unique(edges["highway"].fillna("unknown").astype(str), return_inverse=True)
    return make_network(
        node_x_m=nodes.geometry.x.to_numpy(), node_y_m=nodes.geometry.y.to_numpy(),
        edge_u=edges["u"].map(number).to_numpy(), edge_v=edges["v"].map(number).to_numpy(),
        edge_start=np.concatenate([[0], np.cumsum(np.bincount(owner))]),
        vertex_x_m=xy[:, 0], vertex_y_m=xy[:, 1], kinds=tuple(kinds), edge_kind=kind,
    )  # fmt: skip


def synthetic_table(path, ids):
    """Invented figures: nobody publishes the ages of 浦安市 by 町丁目 here."""
    rng = np.random.default_rng(12227)
    over75, older, young = (rng.integers(0, top, len(ids)) for top in (300, 300, 2500))
    lines = [
        f"{i},{c + o + y},{c + o},{c}" for i, c, o, y in zip(ids, over75, older, young, strict=True)
    ]
    path.write_text("KEY_CODE,総人口,65歳以上,75歳以上\n" + "\n".join(lines) + "\n", "utf-8")
    return int((over75 + older + young).sum()), int(over75.sum())


@pytest.mark.data
def test_urayasu_is_shared_out_exactly(data, tmp_path):
    areas, _ = load_division(data / "urayasu/町丁・字等_2020.gpkg", name="町丁目", column="S_NAME")
    plane = choose_plane(139.9, 35.65)
    network = urayasu_network(data, plane)
    everyone, over75 = synthetic_table(tmp_path / "人口.csv", areas["area_id"])
    table = load_people(tmp_path / "人口.csv")
    joined = join_people(table, areas)
    shapes = lay_shapes(table, plane, areas)
    assert joined.problems == () and joined.no_data == ()
    cells, report = allocate_people(joined.frame, shapes, network=network)
    assert (cells["people_all"].sum(), cells["people_75"].sum()) == (everyone, over75)
    want = table.frame.set_index("key")[list(COUNTS)].query("people_all > 0").sort_index()
    assert sums(cells).to_numpy().tolist() == want.to_numpy().tolist()
    inside = shapely.distance(
        shapes.loc[cells["area_id"]].to_numpy(), shapely.points(cells[["x_m", "y_m"]].to_numpy())
    )
    assert inside.max() < 1e-6
    assert report.people["people_all"].sum() == everyone


@pytest.mark.data
def test_fifty_thousand_dwellings_hold_everybody(data):
    areas, _ = load_division(data / "urayasu/町丁・字等_2020.gpkg", name="町丁目", column="S_NAME")
    plane = choose_plane(139.9, 35.65)
    shapes = lay_shapes(table_of(people_of()), plane, areas)
    west, south, east, north = shapes.total_bounds
    rng = np.random.default_rng(7)
    spots = list(
        zip(rng.uniform(west, east, 50_000), rng.uniform(south, north, 50_000), strict=True)
    )
    people = people_of(*((key, 2000, 500, 250, 10) for key in areas["area_id"]))
    cells, _ = allocate_people(
        people, shapes, network=toy_network(), buildings=homes(spots, rng.integers(1, 9, 50_000))
    )
    assert cells["people_all"].sum() == 83 * 2000
