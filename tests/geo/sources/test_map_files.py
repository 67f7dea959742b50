"""Each trap of a map file, in its smallest file, with what is right."""

import json
import zipfile

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import box

from geo.base.files import copy_source
from geo.base.problems import InputError
from geo.base.signs import find_encoding
from geo.sources.boundaries import load_division, read_division
from geo.sources.maps.gdal import read_fgb, read_gdal, read_gpkg, read_parquet
from geo.sources.maps.mapinfo import read_mapinfo
from geo.sources.maps.markup import parse_markup, read_markup
from geo.sources.maps.opened import MapFile, choose_layer
from geo.sources.maps.shapefile import read_shapefile
from geo.sources.maps.zips import read_zip
from geo.sources.roles import ROLES
from geo.sources.vector import MAP_ENDINGS, load_vector, open_map, split_layer

STEP = 0.001
WEST, SOUTH = 139.9, 35.64
NAMES = ["髙砂町", "西町"]


def square(column, row=0):
    west, south = WEST + column * STEP, SOUTH + row * STEP
    return box(west, south, west + STEP, south + STEP)


def frame_of(names=NAMES, head="S_NAME", crs=4326):
    shapes = [square(at) for at in range(len(names))]
    return gpd.GeoDataFrame({head: names}, geometry=shapes, crs=crs)


def shapefile(folder, signs, cpg=None, names=NAMES, head="S_NAME"):
    folder.mkdir(exist_ok=True)
    frame_of(names, head).to_file(folder / "a.shp", encoding=signs)
    (folder / "a.cpg").unlink()
    if cpg is not None:
        (folder / "a.cpg").write_text(cpg)
    return folder / "a.shp"


def zipped(path, parts):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def parts_of(path, stem):
    return {f"{stem}{one.suffix}": one.read_bytes() for one in path.parent.glob("a.*")}


def said(told):
    return "\n".join(words.ja for words in told)


# --- signs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cpg", [None, "", "Shift_JIS", "932", "OEM 932", "UTF-8", "65001", "88591", "ISO-8859-1", "?"]
)
@pytest.mark.parametrize("signs", ["cp932", "utf-8"])
def test_names_read_right_whatever_the_cpg_says(tmp_path, signs, cpg):
    opened = open_map(shapefile(tmp_path, signs, cpg))
    assert opened.frame["S_NAME"].tolist() == NAMES
    told = said(opened.told)
    fits = {"cp932": ("Shift_JIS", "932", "OEM 932"), "utf-8": ("UTF-8", "65001")}[signs]
    assert ("そう読みました" in told) == (bool(cpg) and cpg not in fits)


def test_a_western_cpg_is_believed_where_the_bytes_are_no_japanese(tmp_path):
    names = ["Liège", "Saint-Gilles"]
    frame = load_vector(shapefile(tmp_path, "cp1252", "1252", names))
    assert frame["S_NAME"].tolist() == names


def test_a_column_with_a_japanese_name_and_a_name_cut_at_its_width_are_read(tmp_path):
    path = shapefile(tmp_path, "cp932", "UTF-8", ["西町", "あ" * 20], "町の名")
    dbf = bytearray((tmp_path / "a.dbf").read_bytes())
    first = dbf.index("あ".encode("cp932") * 2)
    dbf[first + 39] = 0x20  # half of the last sign is gone
    (tmp_path / "a.dbf").write_bytes(dbf)
    opened = open_map(path)
    assert opened.frame["町の名"].tolist() == ["西町", "あ" * 19]
    assert "途中で切れています" in said(opened.told)


def test_signs_that_fit_nothing_are_refused_with_the_file(tmp_path):
    path = shapefile(tmp_path, "cp932", "UTF-8")
    dbf = (tmp_path / "a.dbf").read_bytes()
    (tmp_path / "a.dbf").write_bytes(dbf.replace("西町".encode("cp932"), b"\xff\xfd\xa0\x80"))
    with pytest.raises(InputError, match=r"a\.shp.*cannot be decoded"):
        read_shapefile(path, "a.shp")


def test_a_codec_that_is_none_of_texts_is_not_followed():
    assert find_encoding(["西町".encode("cp932")], "zlib") == "cp932"


# --- files beside a file ---------------------------------------------------------------------


def test_a_shapefile_without_shx_or_dbf_is_read_and_told(tmp_path):
    path = shapefile(tmp_path, "cp932")
    (tmp_path / "a.shx").unlink()
    opened = open_map(path)
    assert opened.frame["S_NAME"].tolist() == NAMES
    assert shapely.equals_exact(opened.frame.geometry[1], shapely.normalize(square(1)), 1e-9) or (
        opened.frame.geometry[1].equals(square(1))
    )
    assert "a.shx" not in [one.name for one in tmp_path.iterdir()]
    assert ".shx がない" in said(opened.told)
    (tmp_path / "a.dbf").unlink()
    assert ".dbf がない" in said(open_map(path).told)
    (tmp_path / "a.shp").write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputError, match="cut short"):
        open_map(path)


def test_what_lies_beside_a_map_is_taken_along_in_any_case(tmp_path):
    path = shapefile(tmp_path / "from", "cp932", head="field_1")
    for one in list(path.parent.iterdir()):
        one.rename(one.with_name(f"A{one.suffix.upper()}"))
    (path.parent / "attributes.csv").write_text("original_name,display_name\nfield_1,自治会\n")
    copy = copy_source(path.parent / "A.SHP", tmp_path / "to")
    areas, _ = load_division(copy, name="自治会", column="自治会")
    assert areas["area_name"].tolist() == NAMES


def test_a_zip_from_a_mac_is_read_with_what_explains_its_columns(tmp_path):
    path = shapefile(tmp_path / "a", "cp932", head="field_1")
    parts = parts_of(path, "町/a")
    parts |= {f"__MACOSX/町/._a{end}": b"x" for end in (".shp", ".dbf")}
    parts["町/attributes.csv"] = "original_name,display_name\nfield_1,自治会\n"
    areas, _ = load_division(zipped(tmp_path / "a.zip", parts), name="自治会", column="自治会")
    assert areas["area_name"].tolist() == NAMES


def test_of_several_maps_or_layers_one_is_chosen_by_its_name(tmp_path):
    path = shapefile(tmp_path / "a", "cp932")
    other = tmp_path / "b.gpkg"
    for layer in ("町丁目", "校区"):
        frame_of([layer, layer]).to_file(other, layer=layer)
    parts = parts_of(path, "x/a") | parts_of(path, "x/b")
    two = zipped(tmp_path / "two.zip", parts)
    with pytest.raises(InputError) as error:
        open_map(two)
    assert "two.zip#a" in error.value.words.ja
    assert open_map(two, "b").frame["S_NAME"].tolist() == NAMES
    one = zipped(tmp_path / "one.zip", {"b.gpkg": other.read_bytes()})
    assert open_map(one, "校区").frame["S_NAME"].tolist() == ["校区", "校区"]
    assert (
        read_division(other, name="x", column="S_NAME", layer="校区").areas["area_name"][0]
        == "校区"
    )
    assert split_layer(f"{other}#校区") == (str(other), "校区")
    with pytest.raises(InputError, match="no layer 'c'"):
        choose_layer(["a", "b"], "c", "a.gpkg")


def test_of_one_map_in_several_formats_the_shapefile_is_read(tmp_path):
    parts = parts_of(shapefile(tmp_path / "a", "cp932"), "N03-20240101_12")
    parts["N03-20240101_12.geojson"] = frame_of(["別", "物"]).to_json()
    assert load_vector(zipped(tmp_path / "a.zip", parts))["S_NAME"].tolist() == NAMES


def test_a_zip_calls_its_map_by_the_name_people_gave_it(tmp_path):
    path = zipped(tmp_path / "a.zip", {"a.kml": b"<kml><x/></kml>"})
    seen = []
    read_zip(
        path, "", lambda _, file, layer: seen.append((file, layer)) or MapFile(frame=frame_of())
    )
    assert seen == [("a.zip", "")]


# --- formats --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "driver"), [("kml", "LIBKML"), ("gml", "GML"), ("tab", "MapInfo File"), ("mif", "MapInfo File")]
)  # fmt: skip
def test_formats_of_other_programs_give_the_same_areas(tmp_path, ending, driver):
    frame_of(["西町", "01202"]).to_file(tmp_path / f"a.{ending}", driver=driver)
    copy = copy_source(tmp_path / f"a.{ending}", tmp_path / "to")
    areas, _ = load_division(copy, name="x", column="S_NAME")
    assert areas["area_name"].tolist() == ["西町", "01202"]
    assert areas.geometry[1].equals_exact(square(1), 1e-6, normalize=True) or (
        areas.geometry[1].symmetric_difference(square(1)).area < 1e-9
    )


def test_kmz_of_google_my_maps_is_read(tmp_path):
    kml = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>地区</name><Placemark><name>西町</name>
<Polygon><outerBoundaryIs><LinearRing><coordinates>139.9,35.64,0 139.901,35.64,0 139.901,35.641,0
139.9,35.64,0</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>"""
    path = zipped(tmp_path / "a.kmz", {"doc.kml": kml, "images/icon-1.png": b"x"})
    areas, _ = load_division(path, name="x", column="name")
    assert areas["area_name"].tolist() == ["西町"]
    assert shapely.area(areas.geometry[0]) == pytest.approx(STEP**2 / 2, rel=1e-6)


@pytest.mark.parametrize("name", ["a.topojson", "a.json"])
def test_topojson_shares_its_lines(tmp_path, name):
    # Two squares side by side; the line between them is arc 0, run the other way by the second.
    arcs = [[[1, 0], [0, 1]], [[1, 1], [-1, 0], [0, -1], [1, 0]], [[1, 0], [1, 0], [0, 1], [-1, 0]]]
    tree = {
        "type": "Topology",
        "transform": {"scale": [STEP, STEP], "translate": [WEST, SOUTH]},
        "objects": {
            "町": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"S_NAME": "西"}},
                    {"type": "MultiPolygon", "arcs": [[[2, ~0]]], "properties": {"S_NAME": "東"}},
                ],
            }
        },
        "arcs": arcs,
    }
    (tmp_path / name).write_text(json.dumps(tree))
    areas, notices = load_division(tmp_path / name, name="x", column="S_NAME")
    assert areas["area_name"].tolist() == ["西", "東"]
    assert [
        one.symmetric_difference(square(at)).area < 1e-12 for at, one in enumerate(areas.geometry)
    ] == [True, True]
    assert not notices


@pytest.mark.parametrize(
    ("ending", "text"),
    [
        (".kml", '<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]><kml>&a;</kml>'),
        (".kml", "<kml><NetworkLink><href>http://x/</href></NetworkLink></kml>"),
        (".kml", "<!-- <OGRVRTDataSource> --><kml></kml>"),
        (".gml", "<Dataset/>"),
        (".kml", '<?xml version="1.0" encoding="utf-16"?><kml/>'),
    ],
)
def test_xml_that_leads_elsewhere_is_refused(ending, text):
    with pytest.raises(InputError):
        parse_markup(text.encode(), ending, f"a{ending}", "")


def test_a_mapinfo_table_that_is_a_view_or_lacks_a_file_is_refused(tmp_path):
    (tmp_path / "a.tab").write_text('!table\nOpen Table "b" Hide\n')
    with pytest.raises(InputError, match="lacks"):
        read_mapinfo(tmp_path / "a.tab", "a.tab")
    for end in (".dat", ".map", ".id"):
        (tmp_path / f"a{end}").write_bytes(b"")
    with pytest.raises(InputError, match="points at other tables"):
        read_mapinfo(tmp_path / "a.tab", "a.tab")


def test_every_ending_that_is_read_can_be_given():
    assert set(ROLES["border"].endings) == set(MAP_ENDINGS)
    for reader in (read_fgb, read_gdal, read_gpkg, read_markup, read_parquet):
        assert callable(reader)
