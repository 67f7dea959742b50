"""Map files, their degrees, the border and the divisions."""

import json
import zipfile

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import CRS
from shapely.geometry import LineString, Point, box

from geo.base.datum import (
    SWAPPED,
    WAS_TOKYO,
    is_tokyo,
    notice_axes,
    shift_tokyo,
    swap_axes,
    to_lonlat,
)
from geo.base.problems import InputError, Problem
from geo.base.shifted import notice_shift
from geo.base.words import Words
from geo.sources.border import load_border
from geo.sources.boundaries import DIVISION_COLUMNS, load_division
from geo.sources.maps.geojson import parse_geojson
from geo.sources.sites import load_sites
from geo.sources.vector import load_vector

STEP = 0.001
WEST, SOUTH = 139.9, 35.64


def square(column, row=0, size=1.0):
    west, south = WEST + column * STEP, SOUTH + row * STEP
    return box(west, south, west + size * STEP, south + size * STEP)


def save(path, shapes, crs="EPSG:6668", **columns):
    frame = gpd.GeoDataFrame(columns, geometry=list(shapes), crs=crs)
    frame.to_file(path, encoding="utf-8" if path.suffix == ".shp" else None)
    return path


def said(notices):
    return "\n".join(n.ja if isinstance(n, Words) else n.say("ja") for n in notices)


# --- files ---------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".geojson", ".json", ".gpkg", ".shp", ".fgb"])
def test_every_kind_of_map_file_gives_the_same_features(tmp_path, suffix):
    shapes = [square(0), square(1)]
    if suffix == ".json":
        path = save(tmp_path / "a.geojson", shapes, "EPSG:4326", 名称=["東", "西"])
        path = path.rename(path.with_suffix(".json"))
    else:
        path = save(tmp_path / f"a{suffix}", shapes, "EPSG:4326", 名称=["東", "西"])
    frame = load_vector(path)
    assert sorted(frame["名称"]) == ["東", "西"]
    assert frame.crs == CRS("EPSG:4326")
    apart = shapely.union_all(frame.geometry.values) ^ shapely.union_all(shapes)
    assert apart.area < 1e-12  # GeoJSON is written with 7 decimals


def test_geoparquet_is_read(tmp_path):
    gpd.GeoDataFrame({"a": [1]}, geometry=[square(0)], crs=6668).to_parquet(tmp_path / "a.parquet")
    assert load_vector(tmp_path / "a.parquet").crs.to_epsg() == 6668


def test_a_zip_of_one_shapefile_is_read_whatever_its_members_are_called(tmp_path):
    save(tmp_path / "a.shp", [square(0)], 名称=["東"])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for part in (".shp", ".shx", ".dbf", ".prj", ".cpg"):
            archive.write(tmp_path / f"a{part}", f"../../地区{part}")
        archive.writestr("README.md", "x")
    assert load_vector(tmp_path / "a.zip")["名称"].tolist() == ["東"]


@pytest.mark.parametrize(
    ("names", "says"),
    [([], "holds no map"), (["a.shp", "b.shp"], "it has: a, b"), (["a.zip"], "holds zips")],
)
def test_a_zip_of_several_maps_or_none_is_refused(tmp_path, names, says):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    with pytest.raises(InputError, match=says):
        load_vector(tmp_path / "a.zip")
    (tmp_path / "b.zip").write_bytes(b"PK but no zip")
    with pytest.raises(InputError, match="zip"):
        load_vector(tmp_path / "b.zip")


@pytest.mark.parametrize(
    "suffix", [
        ".shp", ".gpkg", ".fgb", ".parquet", ".geojson", ".zip", ".kml", ".gml", ".tab", ".mif", ".kmz",
    ],
)  # fmt: skip
def test_a_file_that_points_at_another_is_never_opened(tmp_path, suffix):
    secret = save(tmp_path / "secret.gpkg", [square(0)])
    vrt = (
        "<OGRVRTDataSource><OGRVRTLayer name='secret'>"
        f"<SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    )
    (tmp_path / "a.vrt").write_text(vrt)
    assert len(gpd.read_file(tmp_path / "a.vrt")) == 1  # GDAL itself would follow it
    (tmp_path / f"a{suffix}").write_text(vrt)
    with pytest.raises(InputError):
        load_vector(tmp_path / f"a{suffix}")


@pytest.mark.parametrize("name", ["a.vrt", "a.dxf", "a.csv", "a", "a.xlsx"])
def test_a_format_not_on_the_list_is_refused(tmp_path, name):
    (tmp_path / name).write_text("x")
    with pytest.raises(InputError, match="not read"):
        load_vector(tmp_path / name)


def test_a_layer_is_asked_for_when_there_are_several(tmp_path):
    path = tmp_path / "a.gpkg"
    for layer in ("one", "two"):
        gpd.GeoDataFrame({"n": [layer]}, geometry=[square(0)], crs=6668).to_file(path, layer=layer)
    with pytest.raises(InputError, match="one, two"):
        load_vector(path)
    assert load_vector(path, "two")["n"].tolist() == ["two"]


def test_a_shapefile_without_cpg_is_read_as_utf8_or_else_cp932(tmp_path):
    frame = gpd.GeoDataFrame({"name": ["丸の内"]}, geometry=[square(0)], crs=6668)
    for encoding in ("utf-8", "cp932"):
        frame.to_file(tmp_path / f"{encoding}.shp", encoding=encoding)
        (tmp_path / f"{encoding}.cpg").unlink(missing_ok=True)
        assert load_vector(tmp_path / f"{encoding}.shp")["name"].tolist() == ["丸の内"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[" * 100_000, "nested too deep"),
        ('{"type":"GeometryCollection","geometries":[' * 5000, "nested too deep"),
        ('{"a":1}', "no type"), ("[]", "a list"), ("null", "nothing"), ("{", "cut short"),
        ('{"type":"FeatureCollection","features":[]}', "no features"),
        ('{"type":"FeatureCollection","features":[1]}', "a feature that is none"),
        ('{"type":"FeatureCollection","features":{}}', "features are no list"),
        ('{"type":"Point","coordinates":[1e999,0]}', "not finite"),
        ('{"type":"Point","coordinates":["a","b"]}', "texts"),
        ('{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}', "a ring of two"),
        ('{"type":"Blob","coordinates":[]}', "an unknown geometry"),
        ('{"type":"Point","coordinates":[1,' + "9" * 5000 + "]}", "an endless number"),
        ('{"type":"Feature","geometry":5,"properties":{}}', "a geometry that is a number"),
    ],
)  # fmt: skip
def test_broken_geojson_is_refused_in_words(text, why):
    with pytest.raises(InputError) as error:
        parse_geojson(text.encode(), file="a.json")
    assert "a.json" in error.value.words.ja, why


def test_geojson_names_its_crs_only_by_a_code():
    tree = {"type": "Point", "coordinates": [139.9, 35.6]}
    for name, epsg in [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326), ("urn:ogc:def:crs:EPSG::6668", 6668),
        ("EPSG:4301", 4301),
    ]:  # fmt: skip
        tree["crs"] = {"type": "name", "properties": {"name": name}}
        assert parse_geojson(json.dumps(tree).encode(), file="a").crs.to_epsg() == epsg
    tree["crs"] = {"type": "name", "properties": {"name": "+init=/etc/passwd:1"}}
    with pytest.raises(InputError, match="coordinate system"):
        parse_geojson(json.dumps(tree).encode(), file="a")


def test_a_property_called_geometry_does_not_replace_the_shape():
    tree = {
        "type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]},
        "properties": {"geometry": "POINT (9 9)", "name": "x"},
    }  # fmt: skip
    frame = parse_geojson(json.dumps(tree).encode(), file="a")
    assert frame.geometry[0].equals(Point(1, 2)) and frame["name"].tolist() == ["x"]


# --- degrees -------------------------------------------------------------------------------


def test_swapped_degrees_are_noticed_and_exchanged():
    frame = gpd.GeoDataFrame(geometry=[square(0)], crs=4326)
    assert notice_axes(frame) is None
    swapped = swap_axes(frame)
    assert notice_axes(swapped) == SWAPPED
    back, words = to_lonlat(swapped, "a")
    assert words == [SWAPPED] and back.geometry[0].equals(frame.geometry[0])


@pytest.mark.parametrize(
    ("points", "why"),
    [
        ([Point(35.6, 139.9), Point(139.9, 35.6)], "one of two: a row's fault, not the file's"),
        ([Point(7.4, 43.7)], "monaco"), ([Point(5.6, 50.6)], "liege"), ([], "nothing"),
    ],
)  # fmt: skip
def test_what_is_not_wholly_swapped_is_left_alone(points, why):
    assert notice_axes(gpd.GeoDataFrame(geometry=points, crs=4326)) is None, why


def test_no_crs_is_taken_as_degrees_only_in_japan():
    frame, words = to_lonlat(gpd.GeoDataFrame(geometry=[square(0)]), "a.shp")
    assert frame.crs.to_epsg() == 4326 and "JGD2011" in said(words)
    for shape in (Point(-16166.9, -125686.9), Point(7.4, 43.7)):
        with pytest.raises(InputError, match=r"a\.shp: names no"):
            to_lonlat(gpd.GeoDataFrame(geometry=[shape]), "a.shp")


def test_coordinates_that_do_not_fit_their_crs_are_refused():
    with pytest.raises(InputError, match="do not fit"):
        to_lonlat(gpd.GeoDataFrame(geometry=[Point(-16166.9, -125686.9)], crs=4326), "a")


def test_a_crs_that_is_nowhere_on_earth_is_refused():
    local = CRS(
        'ENGCRS["a",EDATUM["b"],CS[Cartesian,2],AXIS["x",east],AXIS["y",north],UNIT["m",1]]'
    )
    with pytest.raises(InputError, match="do not fit"):
        to_lonlat(gpd.GeoDataFrame(geometry=[Point(1, 2)], crs=local), "a")


def test_the_tokyo_datum_is_known_by_name_and_converted():
    assert is_tokyo(CRS("EPSG:4301")) and is_tokyo(CRS("EPSG:30161"))
    assert not any(is_tokyo(CRS(f"EPSG:{code}")) for code in (4326, 6668, 4612, 6677, 2450))
    point = gpd.GeoDataFrame(geometry=[Point(139.0, 35.0)], crs=4301)
    moved, words = to_lonlat(point, "a")
    plane, also = to_lonlat(point.to_crs(30169), "a")
    assert words == also == [WAS_TOKYO]
    assert moved.crs == plane.crs == CRS("EPSG:4326")
    assert moved.geometry[0].distance(plane.geometry[0]) < 1e-8
    assert moved.geometry[0].x < 139.0 and moved.geometry[0].y > 35.0


def test_points_just_outside_the_border_that_the_shift_brings_in_are_warned_of():
    border = square(0, 0, size=20)
    lon, lat = np.meshgrid(WEST + np.arange(0.5, 20) * STEP, SOUTH + np.arange(0.5, 20) * STEP)
    lon, lat = lon.ravel(), lat.ravel()
    assert notice_shift(lon, lat, border) is None
    move = np.array(shift_tokyo([WEST], [SOUTH])).ravel() - [WEST, SOUTH]
    warning = notice_shift(lon - move[0], lat - move[1], border)
    assert warning is not None and "日本測地系" in warning.ja
    assert notice_shift(lon + 0.5, lat, border) is None  # far away is no datum
    assert notice_shift(lon + move[0], lat + move[1], border) is None  # the other way


# --- border --------------------------------------------------------------------------------


def test_a_border_of_islands_is_one(tmp_path):
    border, notices = load_border(save(tmp_path / "a.gpkg", [square(0), square(1), square(5)]))
    assert len(border.geoms) == 2 and notices == []
    assert border.area == pytest.approx(3 * STEP**2)


def test_a_border_of_lines_is_closed_and_told(tmp_path):
    ring = LineString(square(0).exterior.coords)
    halves = [LineString(ring.coords[:3]), LineString(ring.coords[2:])]
    border, notices = load_border(save(tmp_path / "a.gpkg", halves))
    assert border.equals(square(0)) and "線" in said(notices)


@pytest.mark.parametrize("shape", [LineString(square(0).exterior.coords[:4]), Point(WEST, SOUTH)])
def test_a_border_that_encloses_nothing_is_refused(tmp_path, shape):
    with pytest.raises(InputError) as error:
        load_border(save(tmp_path / "a.gpkg", [shape]))
    assert "面（ポリゴン）" in error.value.words.ja


def test_a_broken_ring_is_mended_and_told(tmp_path):
    bowtie = shapely.Polygon(
        [(WEST, SOUTH), (WEST + 0.1, SOUTH + 0.1), (WEST + 0.1, SOUTH), (WEST, SOUTH + 0.1)]
    )
    border, notices = load_border(save(tmp_path / "a.gpkg", [bowtie]))
    assert border.is_valid and "直しました" in said(notices)


# --- divisions -----------------------------------------------------------------------------


def test_a_division_has_its_columns_and_keeps_the_order(tmp_path):
    path = save(tmp_path / "a.gpkg", [square(0), square(1)], 名=["東町", "西町"], 人=[1, 2])
    areas, notices = load_division(path, name="町内会", column="名", tier="第3層")
    assert tuple(areas.columns) == DIVISION_COLUMNS
    assert [one.ja.partition("）")[0] for one in notices] == ["a.gpkg のほかの列（人"]
    assert areas.drop(columns="geometry").to_numpy().tolist() == [
        ["東町", "東町", "町内会", "第3層"], ["西町", "西町", "町内会", "第3層"],
    ]  # fmt: skip
    assert areas.crs.to_epsg() == 4326 and list(areas.index) == [0, 1]


def test_parts_of_one_key_code_are_joined_and_water_is_left_out(tmp_path):
    path = save(
        tmp_path / "a.gpkg", [square(0), square(1), square(2), square(3)],
        KEY_CODE=["1", "1", "2", "3"], S_NAME=["東町", None, "東町", "沖"],
        HCODE=[8101, 8101, 8101, 8154],
    )  # fmt: skip
    areas, notices = load_division(path, name="町丁目", column="S_NAME")
    assert areas[["area_id", "area_name"]].to_numpy().tolist() == [["1", "東町"], ["2", "東町"]]
    assert areas.geometry[0].area == pytest.approx(2 * STEP**2)
    assert said(notices) == "a.gpkg の水面1件（HCODE 8154）は、人が住まないので除きました"


def test_areas_of_one_name_are_joined_with_a_notice(tmp_path):
    path = save(tmp_path / "a.gpkg", [square(0), square(3)], 名=["東町", "東町"])
    areas, notices = load_division(path, name="x", column="名")
    assert len(areas) == 1 and "まとめました（東町）" in said(notices)


def test_an_area_without_a_name_gets_one_and_a_problem(tmp_path):
    path = save(tmp_path / "a.gpkg", [square(0), square(1), square(2)], 名=["東町", None, " "])
    areas, notices = load_division(path, name="x", column="名")
    assert areas["area_name"].tolist() == ["東町", "名称なし（2番目）", "名称なし（3番目）"]
    assert areas["area_id"].tolist() == ["東町", "row-2", "row-3"]
    assert [n.row for n in notices if isinstance(n, Problem)] == [2, 3]


def test_opaque_columns_go_by_what_attributes_csv_shows(tmp_path):
    path = save(tmp_path / "a.shp", [square(0)], SAFIELD000=["高新田"], SAUID=[3])
    (tmp_path / "attributes.csv").write_text(
        "original_name,display_name,label_flag\nitem2,自治会名,1\nSAFIELD000,自治会名,1\n", "utf-8"
    )
    for column in ("自治会名", "SAFIELD000", "ｓａｆｉｅｌｄ０００"):
        areas, _ = load_division(path, name="x", column=column)
        assert areas["area_name"].tolist() == ["高新田"]
    with pytest.raises(InputError) as error:
        load_division(path, name="x", column="名前")
    assert "SAFIELD000（自治会名）、SAUID" in error.value.words.ja


def test_lines_are_refused_and_a_stray_point_is_a_problem(tmp_path):
    line = LineString(square(0).exterior.coords)
    with pytest.raises(InputError, match="polygons"):
        load_division(save(tmp_path / "a.gpkg", [line], 名=["x"]), name="x", column="名")
    path = save(tmp_path / "b.gpkg", [square(0), Point(WEST, SOUTH), None], 名=["x", "y", "z"])
    areas, notices = load_division(path, name="x", column="名")
    assert areas["area_name"].tolist() == ["x"]
    assert [n.row for n in notices] == [2, 3]


def test_overlapping_areas_are_told_but_slivers_are_not(tmp_path):
    far = save(tmp_path / "a.gpkg", [square(0), square(0.5)], 名=["東", "西"])
    _, notices = load_division(far, name="x", column="名")
    assert "1組の地区が重なっています" in said(notices) and "東・西" in said(notices)
    near = save(tmp_path / "b.gpkg", [square(0), square(0.9999)], 名=["東", "西"])
    assert load_division(near, name="x", column="名")[1] == []


# --- real files ----------------------------------------------------------------------------


@pytest.mark.data
def test_real_borders(data):
    border, notices = load_border(data / "boundaries/n03_22212.json")
    assert len(border.geoms) == 52 and notices == []
    with pytest.raises(InputError, match="lines that do not close"):
        load_border(data / "yaizu/boundaries/行政区域界/行政区域界.shp")


@pytest.mark.data
def test_school_areas_with_swapped_axes_are_noticed(data):
    frame = load_vector(data / "boundaries/a27_kanto_sample_2.fgb")
    assert frame.crs is None and notice_axes(frame) == SWAPPED
    fixed, words = to_lonlat(frame, "a27")
    assert words[0] == SWAPPED and len(words) == 2
    assert fixed.total_bounds == pytest.approx([139.710, 35.739, 140.852, 36.945], abs=1e-3)


@pytest.mark.data
@pytest.mark.parametrize(
    ("path", "column", "count"),
    [
        ("urayasu/町丁・字等_2020.gpkg", "S_NAME", 83),
        ("boundaries/smallarea_tokyo_2020/r2ka13102.shp", "S_NAME", 98),
        ("boundaries/smallarea_tokyo_2020/r2ka13103.shp", "S_NAME", 117),
        ("yaizu/boundaries/自治会区域/自治会区域.shp", "自治会名", 35),
        ("yaizu/boundaries/自主防災会境界/自主防災会区域更新.shp", "自主防災会", 78),
        ("yaizu/boundaries/小学校区/小学校区.shp", "学校名", 13),
        ("yaizu/boundaries/中学校区/中学校区.shp", "学校名", 9),
        (
            "yaizu/boundaries/あんしん歩行エリア整備台帳/整備区域.shp",
            "交通設備エリア事業_地区名",
            6,
        ),
    ],
)
def test_real_divisions(data, path, column, count):
    areas, _ = load_division(data / path, name="x", column=column)
    assert len(areas) == count and areas["area_id"].is_unique
    assert areas.geometry.is_valid.all()
    assert not areas["area_name"].str.contains("名称なし").any()


@pytest.mark.data
def test_the_two_datums_of_sabae_meet(data, tmp_path):
    with zipfile.ZipFile(data / "osm/sabae.zip") as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / "sabae"
    tokyo, words = to_lonlat(load_vector(folder / "sabae_aed_tokyo.shp"), "tokyo")
    world, none = to_lonlat(load_vector(folder / "sabae_aed_jgd2000.shp"), "jgd")
    assert (words, none) == ([WAS_TOKYO], [])
    apart_m = tokyo.to_crs(6674).distance(world.to_crs(6674))
    assert len(apart_m) == 134 and apart_m.max() < 1


@pytest.mark.data
def test_text_in_a_number_column_does_not_stop_the_reader(data):
    (path,) = data.glob("yaizu/facilities/*/大島・三和地区_タクシー乗車位置.shp")
    assert len(load_vector(path)) == 3


@pytest.mark.parametrize("ends", [(float("nan"), 1.0), (2.0, float("nan"))], ids=["first", "last"])
def test_heights_of_a_shape_that_are_no_numbers_are_dropped(tmp_path, ends):
    """Of every map file that is read: areas, a border, places."""
    low, high = ends
    ring = [(139.9, 35.65, low), (139.91, 35.65, high), (139.91, 35.66, 0.0), (139.9, 35.65, low)]
    with np.errstate(invalid="ignore"):
        area = gpd.GeoDataFrame({"S_NAME": ["東町"]}, geometry=[shapely.Polygon(ring)], crs=4326)
        place = gpd.GeoDataFrame({"名称": ["会館"]}, geometry=[shapely.Point(ring[0])], crs=4326)
        for frame, name in ((area, "a.gpkg"), (place, "s.gpkg")):
            frame.to_file(tmp_path / name, driver="GPKG")
    areas, _ = load_division(tmp_path / "a.gpkg", name="町丁目", column="S_NAME")
    border, _ = load_border(tmp_path / "a.gpkg")
    sites, _ = load_sites(tmp_path / "s.gpkg")
    assert not shapely.has_z(areas.geometry).any() and not border.has_z
    assert sites[["lon", "lat"]].to_numpy().tolist() == [[139.9, 35.65]]


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_corner_that_is_no_number_is_named_with_its_row(tmp_path, bad):
    good = shapely.box(139.9, 35.65, 139.91, 35.66)
    with np.errstate(invalid="ignore"):
        odd = shapely.Polygon([(139.9, 35.65), (139.91, bad), (139.91, 35.66), (139.9, 35.65)])
        frame = gpd.GeoDataFrame({"S_NAME": ["東", "西"]}, geometry=[good, odd], crs=4326)
        frame.to_file(tmp_path / "a.gpkg", driver="GPKG")
    with pytest.raises(InputError, match="row 2 has a coordinate that is not a number"):
        load_division(tmp_path / "a.gpkg", name="町丁目", column="S_NAME")
