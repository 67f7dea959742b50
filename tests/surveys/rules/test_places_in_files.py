"""Where the register puts what a file tells in any writing of a place, and what it says of it."""

import io
import struct
import zipfile

import geopandas as gpd
import pytest
import shapely
from import_fixtures import diff, row_of
from pyproj import CRS

from geo.base.problems import InputError
from surveys.commands.many_files import read_one
from surveys.formats.raw.dbf import read_dbf
from surveys.formats.raw.shapefile import NoZoneError, is_shapefile_zip, read_shapefile
from surveys.formats.raw.shp import read_shp
from surveys.formats.upload import read_upload
from surveys.record.history import PLACE

LON, LAT = 139.767125, 35.681236
KOBO = (
    "名前,_場所_latitude,_場所_longitude,_場所_precision,背もたれ\n"
    "試験ベンチK,34.7290,138.0896,4.9,あり\n"
)


def place_of(made, title):
    place = diff(row_of(made, title))[PLACE]
    return place if place.geom_type != "Point" else (round(place.x, 5), round(place.y, 5))


def told(made):
    return "\n".join(one.say("ja") for one in made.problems)


@pytest.mark.parametrize(
    ("head", "row", "why"),
    [
        ("_geolocation", f'"{LAT} {LON} 0 5"', "Kobo"),
        ("lat_1_場所,long_1_場所", f"{LAT},{LON}", "Epicollect"),
        ("代表点緯度,代表点経度", f"{LAT},{LON}", "a word before"),
        ("緯度,経度", "35°40′52.45″,139°46′01.65″", "degrees, minutes, seconds"),
        ("緯度,経度", "354052.45,1394601.65", "packed"),
        ("緯度,経度", '"35,681236","139,767125"', "decimal commas"),
        ("X座標,Y座標,系", "-35363.238,-5992.920,9", "X is north"),
        ("緯度,経度,測地系", "35.677995,139.770359,日本測地系", "the old datum"),
        ("WKT", f"POINT ({LON} {LAT})", "Google My Maps"),
    ],
)
def test_every_writing_comes_to_the_same_place(desk, head, row, why):
    made = desk.plan(f"公園名,{head}\n西町公園,{row}\n")
    lon, lat = place_of(made, "西町公園")
    assert lon == pytest.approx(LON, abs=2e-5) and lat == pytest.approx(LAT, abs=2e-5), why
    assert not [one for one in made.problems if one.row is not None], why


def test_the_accuracy_of_a_tool_is_kept_with_the_place(desk):
    made = desk.take(KOBO, type_id="bench", file="kobo.csv")
    assert place_of(made, "試験ベンチK") == (138.0896, 34.729)
    (version,) = [row.version for row in made.rows]
    assert "GPS・半径5m" in version.note and "kobo.csv" in version.note


def test_what_was_supposed_and_what_is_doubtful_is_told(desk):
    made = desk.plan("公園名,緯度,経度,測地系\n西町公園,35.677995,139.770359,日本測地系\n")
    assert "463m" in told(made)
    made = desk.plan("公園名,緯度,経度\n西町公園,35.68,139.77\n東町公園,35.681236,139.767125\n")
    assert "1か所は緯度・経度の小数が3けた以下" in told(made)
    made = desk.plan("公園名,X座標,Y座標\n西町公園,-35363.2,-5992.9\n")
    assert "何系かわかりません" in told(made) and PLACE not in diff(row_of(made, "西町公園"))


def test_zero_is_no_place_and_exchanged_axes_are_named(desk):
    made = desk.plan(
        "公園名,緯度,経度\n西町公園,0,0\n東町公園,999,999\n南町公園,35.681236,139.767125\n"
    )
    assert PLACE not in diff(row_of(made, "西町公園")) and "0です" in told(made)
    assert PLACE not in diff(row_of(made, "東町公園")) and place_of(made, "南町公園")
    made = desk.plan(f"公園名,緯度,経度\n西町公園,{LON},{LAT}\n")
    assert PLACE not in diff(row_of(made, "西町公園")) and "入れかえてください" in told(made)


def test_an_area_of_a_type_of_points_gives_a_point_in_it_and_is_told(desk):
    shape = "POLYGON ((139.76 35.68, 139.77 35.68, 139.77 35.69, 139.765 35.681, 139.76 35.68))"
    made = desk.plan(f'名称,WKT\n西町公園,"{shape}"\n', type_id="bench")
    assert shapely.from_wkt(shape).contains(shapely.Point(place_of(made, "西町公園")))
    assert "面の中の一点" in told(made)
    kept = desk.plan(f'名称,WKT\n西町会館,"{shape}"\n', type_id="resource")
    assert place_of(kept, "西町会館").geom_type == "Polygon"


# --- shapefiles -----------------------------------------------------------------------------


def zip_of(folder, frame, cpg=None, drop=(), signs="cp932"):
    frame.to_file(folder / "a.shp", encoding=signs)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for one in sorted(folder.glob("a.*")):
            if one.suffix not in drop:
                text = cpg if one.suffix == ".cpg" and cpg is not None else one.read_bytes()
                archive.writestr(f"公園/公園{one.suffix}", text)
        archive.writestr("__MACOSX/公園/._公園.shp", b"x")
    return out.getvalue()


def parks(crs=4326):
    west, south = 139.76, 35.68
    ring = shapely.box(west, south, west + 0.01, south + 0.01)
    hole = shapely.box(west + 0.004, south + 0.004, west + 0.006, south + 0.006)
    shapes = [ring - hole, shapely.MultiPolygon([ring, shapely.box(139.8, 35.7, 139.81, 35.71)])]
    columns = {"公園名": ["髙砂公園", "西町公園"], "面積": [1200, 800]}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=4326).to_crs(crs)


@pytest.mark.parametrize("crs", [4326, 6668, 6677, 30169, 4301])
def test_a_shapefile_in_a_zip_is_read_in_any_datum(tmp_path, crs):
    frame = parks()
    data = zip_of(tmp_path, frame.to_crs(crs))
    assert is_shapefile_zip(data)
    (sheet,) = read_upload(data, file="公園.zip").sheets
    assert sheet.columns == ("公園名", "面積") and sheet.name == "公園"
    assert [row.cells for row in sheet.rows] == [("髙砂公園", 1200), ("西町公園", 800)]
    for row, shape in zip(sheet.rows, frame.geometry, strict=True):
        # PROJ's own shift of the old datum differs by metres; a lost hole would by hundreds.
        assert row.geometry.symmetric_difference(shape).area < 1e-6
    assert ("旧測地系" in "".join(p.reason.ja for p in sheet.problems)) == CRS(crs).name.startswith(
        "Tokyo"
    )


def test_a_shapefile_comes_into_the_register(tmp_path, desk):
    made = desk.plan(zip_of(tmp_path, parks(), cpg="UTF-8"), file="公園.zip")
    place = diff(row_of(made, "髙砂公園"))[PLACE]
    assert place.symmetric_difference(parks().geometry[0]).area < 1e-9  # its pond is left out
    assert ".cpg" in told(made) and "面の中の一点" not in told(made)


def test_the_shape_of_a_park_meets_its_pin_and_a_pin_does_not_take_it_away(tmp_path, desk):
    at = parks().geometry[0].representative_point()
    pins = (
        f"公園名,緯度,経度\n髙砂公園,{35.68:.5f},{139.7602:.5f}\n"  # at its gate, 500 m from there
    )
    desk.take(pins, file="a.csv")
    desk.take(zip_of(tmp_path, parks(), cpg="UTF-8"), file="公園.zip")
    sites = {one.title: one for one in map(desk.book.site, desk.book.site_ids())}
    assert sorted(sites) == ["西町公園", "髙砂公園"]
    assert sites["髙砂公園"].place.contains(at)
    desk.take(pins.replace("139.76020", "139.76030"), file="b.csv")
    assert desk.book.site(sites["髙砂公園"].id).place.geom_type == "Polygon"


def test_what_is_missing_of_a_shapefile_is_said(tmp_path):
    with pytest.raises(InputError, match="dbf"):
        read_shapefile(zip_of(tmp_path, parks(), drop=(".dbf",)), file="a.zip")
    no_crs = read_shapefile(zip_of(tmp_path, parks(), drop=(".prj", ".shx")), file="a.zip").sheets[
        0
    ]
    assert "座標系" in no_crs.problems[0].reason.ja and no_crs.rows[0].geometry is not None
    with pytest.raises(NoZoneError, match="--zone"):
        read_shapefile(zip_of(tmp_path, parks(6677), drop=(".prj",)), file="a.zip")
    (tmp_path / "a.prj").write_text('GEOGCS["x",EXTENSION["PROJ4","+nadgrids=/etc/passwd"]]')
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for one in tmp_path.glob("a.*"):
            archive.write(one, one.name)
        archive.write(tmp_path / "a.shp", "b.shp")
    with pytest.raises(InputError, match="2 shapefiles"):
        read_shapefile(data.getvalue(), file="a.zip")
    with pytest.raises(InputError, match="one zip"):
        read_upload((tmp_path / "a.shp").read_bytes(), file="a.shp")


TOWN = shapely.box(139.7, 35.6, 139.9, 35.8)


@pytest.mark.parametrize("heads", ["X座標,Y座標", "X,Y"])
def test_a_zone_that_nothing_tells_is_asked_by_where_the_town_is_and_taken_as_said(desk, heads):
    row = "-35363.238,-5992.920" if "座標" in heads else "-5992.920,-35363.238"
    text = f"公園名,{heads}\n西町公園,{row}\n"
    asked = desk.plan(text, border=TOWN)
    assert "9系" in told(asked) and "1か所のうち1か所" in told(asked) and "--zone 9" in told(asked)
    assert PLACE not in diff(row_of(asked, "西町公園"))
    made, reading = desk.read(text, border=TOWN, zone=9)
    assert place_of(made, "西町公園") == pytest.approx((LON, LAT), abs=2e-5)
    assert "言われたとおり" in reading.mended[-1].reason.ja
    assert "19系のどれとしても" in told(desk.plan(text, border=shapely.box(130, 32, 130.1, 32.1)))
    with pytest.raises(InputError, match="--zone"):
        desk.plan(f"公園名,緯度,経度\n西町公園,{LAT},{LON}\n", zone=9)


def test_a_shapefile_in_metres_without_a_zone_is_asked_about_and_taken_as_said(tmp_path, desk):
    data = zip_of(tmp_path, parks(6677), drop=(".prj",))
    with pytest.raises(InputError, match=r"zone 9 .* 2 of 2 points"):
        desk.plan(data, file="公園.zip", border=TOWN)
    made = desk.plan(data, file="公園.zip", border=TOWN, zone=9)
    assert place_of(made, "髙砂公園").symmetric_difference(parks().geometry[0]).area < 1e-6
    with pytest.raises(InputError, match="leave --zone out"):
        desk.plan(zip_of(tmp_path, parks(6677)), file="公園.zip", zone=9)


def test_places_that_fit_the_town_in_the_old_datum_alone_are_told_with_their_metres(desk):
    rows = "".join(f"公園{n},{35.6003 + n / 1000},139.9010\n" for n in range(5))
    made = desk.plan(f"公園名,緯度,経度\n{rows}", border=TOWN)
    assert "約465m南東" in told(made)


@pytest.mark.parametrize("cut", [3, 40, 90])
def test_a_shapefile_cut_short_is_refused(tmp_path, cut):
    zip_of(tmp_path, parks())
    shp, dbf = (tmp_path / "a.shp").read_bytes(), (tmp_path / "a.dbf").read_bytes()
    with pytest.raises(InputError):
        read_shp(shp[:-cut], file="a.zip", most=9)
    with pytest.raises(InputError):
        read_dbf(dbf[:-cut], "", file="a.zip", most=9)
    many = bytearray(shp)
    struct.pack_into("<i", many, 100 + 8 + 40, 2**30)  # as many corners as fit nowhere
    with pytest.raises(InputError):
        read_shp(bytes(many), file="a.zip", most=9)
    with pytest.raises(InputError):
        read_shp(shp, file="a.zip", most=1)


@pytest.mark.parametrize(
    ("name", "new"),
    [("焼津市自主運行バス路線図_停留所", 154), ("焼津IC周辺地区_タクシー乗降位置", 10)],
)
def test_the_stops_of_yaizu_come_in_as_the_shapefiles_they_are(desk, data, name, new):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for one in (data / "yaizu/facilities" / name).glob("*.*"):
            archive.write(one, one.name)
    made = desk.take(out.getvalue(), type_id="bus_stop", file="停留所.zip")
    assert made.counts["new"] == new
    assert all(desk.book.site(row.site_id).place is not None for row in made.rows)


def test_the_command_takes_the_zip_of_a_shapefile_and_still_asks_for_a_type_in_another(tmp_path):
    path = tmp_path / "公園.zip"
    path.write_bytes(zip_of(tmp_path, parks()))
    assert read_one(path, "park") == ("公園.zip", path.read_bytes())
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bench.csv", "名称\n")
    with pytest.raises(InputError, match=r"park\.csv"):
        read_one(path, "park")
