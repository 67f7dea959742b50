"""Each way a table tells where its rows are, in its smallest table, with the right place."""

import csv
import io

import pytest
import shapely

from geo.base.located.decimals import tell_decimals
from geo.base.located.degrees import count_decimals, parse_degrees, unpack_degrees
from geo.base.located.heads import find_place_heads
from geo.base.located.row_zones import find_rows_zones
from geo.base.located.rows import read_places
from geo.base.located.zones import find_zone, plane_to_lonlat
from geo.base.prefectures import PREFECTURES
from geo.base.problems import InputError
from geo.base.tokyo import SWAPPED

# 東京駅 in each writing; X is north in a surveyor's hand.
LAT, LON = 35.681236, 139.767125
X_NORTH, Y_EAST = -35363.238, -5992.920
TOKYO_LAT, TOKYO_LON = 35.677995, 139.770359  # the same place in the old datum


def read(text, border=None):
    rows = list(csv.reader(io.StringIO(text)))
    table = [dict(zip(rows[0], one, strict=True)) for one in rows[1:]]
    return read_places(rows[0], table, border=border)


def at(places):
    return [
        None if None in (one.lon, one.lat) else (round(one.lon, 5), round(one.lat, 5))
        for one in places.spots
    ]


def said(places):
    return "\n".join(words.ja for words in places.told)


HERE = (round(LON, 5), round(LAT, 5))


@pytest.mark.parametrize(
    ("head", "row", "why"),
    [
        ("緯度,経度", f"{LAT},{LON}", "plain"),
        ("北緯,東経", f"{LAT},{LON}", "other words"),
        ("緯度（十進）,経度（十進）", f"{LAT},{LON}", "brackets"),
        ("緯度（日本測地系2011）,経度（日本測地系2011）", f"{LAT},{LON}", "JGD2011 by its Japanese name"),
        ("代表点緯度,代表点経度", f"{LAT},{LON}", "a word before"),
        ("fX,fY", f"{LON},{LAT}", "CSVアドレスマッチング"),
        ("gps,_gps_latitude,_gps_longitude", f"x,{LAT},{LON}", "Kobo"),
        ("店-Latitude,店-Longitude", f"{LAT},{LON}", "ODK"),
        ("lat_1_場所,long_1_場所,accuracy_1_場所", f"{LAT},{LON},4", "Epicollect"),
        ("_geolocation", f'"[{LAT}, {LON}]"', "Kobo in one cell"),
        ("場所", f"{LAT} {LON} 12.0 4.9", "ODK in one cell, under any heading"),
        ("位置情報", f'"{LAT},{LON}"', "a pair"),
        ("WKT,名前", f"POINT ({LON} {LAT}),あ", "Google My Maps"),
        ("緯度,経度", "35°40′52.45″,139°46′01.65″", "degrees, minutes, seconds"),
        ("緯度,経度", "35度40分52.45秒,139度46分1.65秒", "in kanji"),
        ("緯度,経度", "N35.40.52.45,E139.46.01.65", "as phones wrote it"),
        ("緯度,経度", "35-40-52.45,139-46-01.65", "with hyphens"),
        ("緯度_度,緯度_分,緯度_秒,経度_度,経度_分,経度_秒", "35,40,52.45,139,46,1.65", "in six columns"),
        ("緯度,経度", "354052.45,1394601.65", "packed"),
        ("緯度,経度", "35681236,139767125", "millionths"),
        ("緯度,経度", '"35,681236","139,767125"', "decimal commas"),
        ("X座標,Y座標,系", f"{X_NORTH},{Y_EAST},9", "X is north"),
        ("X座標（第9系）,Y座標（第9系）", '"-35,363.238","-5,992.920"', "zone in the heading"),
        ("X座標,Y座標,都道府県名", f"{X_NORTH},{Y_EAST},埼玉県", "zone by prefecture"),
        ("緯度,経度,測地系", f"{TOKYO_LAT},{TOKYO_LON},日本測地系", "the old datum by column"),
        ("緯度（旧測地系）,経度（旧測地系）", f"{TOKYO_LAT},{TOKYO_LON}", "and by heading"),
        ("緯度（旧測地系）,経度（旧測地系）,緯度,経度（世界）", f"1,2,{LAT},{LON}", "the new of two"),
    ],
)  # fmt: skip
def test_every_writing_comes_to_the_same_place(head, row, why):
    ((lon, lat),) = at(read(f"{head}\n{row}\n"))
    assert lon == pytest.approx(HERE[0], abs=2e-5) and lat == pytest.approx(HERE[1], abs=2e-5), why


def test_plain_degrees_are_plain_and_whatever_was_done_is_told():
    assert read(f"緯度,経度\n{LAT},{LON}\n").plain
    for text, word in [
        ("緯度,経度\n354052.45,1394601.65\n", "度分秒"),
        (f"X座標,Y座標,系\n{X_NORTH},{Y_EAST},9\n", "9系"),
        (f"緯度,経度,測地系\n{TOKYO_LAT},{TOKYO_LON},日本測地系\n", "463m"),
        ("緯度,経度\n35.68,139.77\n", "2けた"),
    ]:
        places = read(text)
        assert not places.plain and word in said(places)
    assert not read("緯度,経度\n35°40′52″,139°46′01″\n").plain


def test_accuracy_is_kept_from_a_column_or_the_cell():
    assert (
        read(f"_gps_latitude,_gps_longitude,_gps_precision\n{LAT},{LON},4.9\n").spots[0].accuracy_m
        == 4.9
    )
    assert read(f"場所\n{LAT} {LON} 12.0 4.9\n").spots[0].accuracy_m == 4.9
    assert read(f"緯度,経度,精度\n{LAT},{LON},0\n").spots[0].accuracy_m is None


def test_axes_are_exchanged_only_where_the_whole_table_has_them_so():
    places = read(f"緯度,経度\n{LON},{LAT}\n")
    assert at(places) == [HERE] and places.told == (SWAPPED,)
    mixed = read(f"緯度,経度\n{LON},{LAT}\n{LAT},{LON}\n")
    assert at(mixed) == [HERE[::-1], HERE] and not mixed.told


def test_few_decimals_are_told_and_a_sentinel_is_no_place_with_few():
    places = read(f"緯度,経度\n35.68,139.7\n35.681,139.767\n{LAT},{LON}\n0,0\n999,999\n9999,9999\n")
    assert (
        "2か所" in said(places)
        and "少ないもので2けた" in said(places)
        and "1kmほど" in said(places)
    )
    assert "100mほど" in said(read("緯度,経度\n35.681,139.767\n"))
    heads = places.heads
    assert tell_decimals(heads, [{"緯度": "35.6", "経度": "139.7"}], [(None, None)]) == []


def test_a_zone_nothing_tells_is_asked_about_and_the_town_tells_it():
    text = f"X,Y\n{Y_EAST},{X_NORTH}\n"
    with pytest.raises(InputError, match="系"):
        read(text)
    town = shapely.box(LON - 0.05, LAT - 0.05, LON + 0.05, LAT + 0.05)
    for north in (False, True):
        x, y = (X_NORTH, Y_EAST) if north else (Y_EAST, X_NORTH)
        places = read(f"X,Y\n{x},{y}\n", town)
        assert at(places) == [HERE]
        assert ("Xを北" in said(places)) == north and "9系" in said(places)


def test_metres_without_a_place_are_none():
    places = read(f"X座標,Y座標,系\n{X_NORTH},{Y_EAST},9\n0,0,9\n,,9\n{X_NORTH},{Y_EAST},\n")
    assert at(places) == [HERE, None, None, None]
    heads = places.heads
    rows = [{"X座標": "1", "Y座標": "2", "系": "9"}]
    assert find_rows_zones(
        heads, rows, shapely.get_x([None]), shapely.get_y([None]), None
    ).x_is_north


@pytest.mark.parametrize(
    ("zone", "lon", "lat", "east", "north"),
    [
        (8, 138.323171, 34.866918, -16166.880, -125686.967),
        (9, 139.767125, 35.681236, -5992.920, -35363.238),
        (6, 135.805, 34.685, -17867.367, -145863.251),
        (12, 141.3544, 43.0621, -72947.414, -103803.875),
        (15, 127.6809, 26.2124, 18076.812, 23541.967),
    ],
)
def test_zones_meet_their_known_points(zone, lon, lat, east, north):
    found = plane_to_lonlat(zone, east, north)
    assert found[0] == pytest.approx(lon, abs=1e-7) and found[1] == pytest.approx(lat, abs=1e-7)


def test_no_place_is_made_of_what_is_none():
    assert find_place_heads(["名称", "郵便番号", "platform", "flat"], lambda _: ["1"]) is None
    assert read("a-lat,a-lon,b-lat,b-lon\n1,2,3,4\n") is None  # two questions for a place
    assert read("電話,定員\n03-1234-5678,20\n") is None
    assert at(read("緯度,経度\n不明,\n35°61′00″,139°46′01″\n")) == [None, None]
    assert [parse_degrees(one) for one in ("", "-", "35,68,1", "約35度")] == [None] * 4
    assert unpack_degrees(356199.0, "lat") is None and count_decimals("3.5e1") is None
    assert find_zone("第20系") is None and PREFECTURES[21] == "静岡県"


def test_a_shape_in_a_cell_is_kept_with_a_point_on_it():
    spot = read(
        'WKT\n"POLYGON ((139.76 35.68, 139.77 35.68, 139.77 35.69, 139.76 35.68))"\n'
    ).spots[0]
    assert spot.shape.geom_type == "Polygon" and spot.shape.contains(
        shapely.Point(spot.lon, spot.lat)
    )
