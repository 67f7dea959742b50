"""What a file is said to be: each kind by its smallest file, and every real one."""

import json
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import LineString, Point, box
from town_fixtures import write_streets

from layers.commands.inspect import list_files
from layers.inspected.encodings import name_encoding
from layers.inspected.look import look_at, look_at_bytes
from layers.inspected.say import plain_seen, say_seen

PEOPLE = "町丁目名,総人口,65歳以上,75歳以上\n北町,100,30,12\n南町,50,20,8\n"
PARKS = "公園名,緯度,経度,面積(m2),合言葉\n北公園,34.80,138.30,200,ひらけ\n"
HALLS = "名称,緯度,経度,利用可能日時特記事項\n北公民館,34.80,138.30,9時から\n"
SALONS = "サロン名,緯度,経度,開催日時\n北サロン,34.80,138.30,毎週火曜 10:00-11:30\n"
AED = "名称,緯度,経度,小児対応設備の有無\n市役所,34.80,138.30,有\n"


def put(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def uses(seen):
    return [one.id for one in seen.uses]


def areas(path, **columns):
    shapes = [box(138.3, 34.8, 138.31, 34.81), box(138.31, 34.8, 138.32, 34.81)]
    gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:6668").to_file(path)
    return path


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("jinko.csv", PEOPLE, ["people"]),
        ("kouen.csv", PARKS, ["park"]),
        ("sisetu.csv", HALLS, ["salon"]),
        ("salon.csv", SALONS, ["salon", "sites"]),
        (
            "a.csv",
            "団体名,会場,曜日,時間,緯度,経度\n北会,北館,毎週火曜,10:00～11:00,34.8,138.3\n",
            ["salon", "sites"],
        ),
        ("a.csv", "名称,緯度,経度,背もたれ,ひじかけ\n西,34.8,138.3,あり,なし\n", ["bench"]),
        ("b.csv", "名称,緯度,経度\n東公園,34.8,138.3\n西公園,34.8,138.31\n", ["park"]),
        ("aed.csv", AED, []),
        ("memo.csv", "天気,気温\n晴,20\n", []),
    ],
)
def test_a_table_is_told_by_what_it_holds(tmp_path, name, text, wanted):
    seen = look_at(put(tmp_path, name, text))
    assert uses(seen) == wanted
    assert seen.kind.ja == "表" and seen.rows == text.count("\n") - 1
    if not wanted:
        assert seen.missing


def test_people_are_counted_as_the_build_counts_them(tmp_path):
    (use,) = look_at(put(tmp_path, "jinko.csv", PEOPLE)).uses
    assert use.found.ja == "地区ごとの2行、150人、65歳以上 50人、75歳以上 20人"
    assert use.how == "kayoi build --people jinko.csv"


def test_each_column_is_told_with_what_becomes_of_it(tmp_path):
    (use,) = look_at(put(tmp_path, "kouen.csv", PARKS)).uses
    read = {one.name: one.becomes.ja if one.becomes else None for one in use.columns}
    assert read["公園名"] == "名前" and read["面積(m2)"] == "面積" and read["合言葉"] is None
    assert any("合言葉" in one.ja for one in use.told)


def test_a_list_of_buildings_is_no_list_of_salons(tmp_path):
    (use,) = look_at(put(tmp_path, "sisetu.csv", HALLS)).uses
    assert not use.sure and "通いの場があるかは" in use.told[0].ja


def test_buildings_that_tell_of_their_toilets_are_no_toilets(tmp_path):
    text = (
        "name,telephoneNumber,latitude,longitude,wheelchairAccessibleToilet\n北会館,,34.8,138.3,1\n"
    )
    assert uses(look_at(put(tmp_path, "data.csv", text))) == ["salon"]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8（BOM）"), ("cp932", "Shift_JIS"),
     ("utf-16", "UTF-16"), ("euc_jp", "EUC-JP")],
)  # fmt: skip
def test_the_encoding_is_told(tmp_path, encoding, said):
    seen = look_at(put(tmp_path, "kouen.csv", PARKS, encoding))
    assert seen.encoding == said == name_encoding(PARKS.encode(encoding))
    assert uses(seen) == ["park"]


def test_a_bus_feed_is_its_stops_and_the_rest_is_named(tmp_path):
    with zipfile.ZipFile(tmp_path / "bus.zip", "w") as archive:
        archive.writestr("stops.txt", "stop_id,stop_name,stop_lat,stop_lon\n1,北口,34.8,138.3\n")
        archive.writestr("stop_times.txt", "trip_id,stop_id\n1,1\n")
    seen = look_at_bytes((tmp_path / "bus.zip").read_bytes(), "../x/bus.zip")
    (use,) = seen.uses
    assert (seen.file, use.id) == (
        "bus.zip",
        "bus_stop",
    ) and "うち場所のあるもの 1件" in use.found.ja
    assert any(one.ja == "使わないファイル: stop_times.txt" for one in use.told)


def test_where_a_file_goes_is_told(tmp_path):
    for name, text, goes in (
        ("jinko.csv", PEOPLE, ["まちのデータです。台帳ではなく、街をつくるときに使います"]),
        ("salon.csv", SALONS, ["台帳に取りこめます", "街をつくるときにも使えます"]),
    ):
        assert [one.goes.ja for one in look_at(put(tmp_path, name, text)).uses] == goes


def test_areas_are_told_by_their_names_and_their_place(tmp_path):
    seen = look_at(areas(tmp_path / "machi.geojson", KEY_CODE=["1", "2"], S_NAME=["北町", "南町"]))
    (use,) = seen.uses
    assert use.id == "division" and "「S_NAME」を名前として2地区" in use.found.ja
    assert seen.box == pytest.approx((138.3, 34.8, 138.32, 34.81))
    assert use.how == "kayoi build --division machi=machi.geojson:S_NAME"


def test_a_name_that_only_the_notes_beside_it_tell_is_found(tmp_path):
    put(tmp_path, "attributes.csv", "original_name,display_name\nf1,番号\nf2,自治会名\n")
    path = areas(tmp_path / "kai.shp", f1=["あ", "い"], f2=["北自治会", "南自治会"])
    (use,) = look_at(path).uses
    assert "「f2（自治会名）」" in use.found.ja
    assert look_at(tmp_path / "attributes.csv").beside
    assert look_at(tmp_path / "kai.dbf").beside


def test_a_file_of_two_municipalities_asks_which_is_meant(tmp_path):
    path = areas(tmp_path / "n03.geojson", N03_004=["東市", "西市"], N03_007=["12227", "12228"])
    border = next(one for one in look_at(path).uses if one.id == "border")
    assert border.found.ja.startswith("2の市区町村") and border.how.endswith("n03.geojson:CODE")


def test_a_file_of_one_says_whose_border_it_is(tmp_path):
    path = areas(tmp_path / "a.geojson", N03_004=["東市", "東市"], N03_007=["12227", "12227"])
    border = next(one for one in look_at(path).uses if one.id == "border")
    assert border.found.ja.startswith("東市（12227）の境")


def test_points_and_lines_say_what_they_lack(tmp_path):
    points, lines = tmp_path / "eki.geojson", tmp_path / "sen.geojson"
    gpd.GeoDataFrame({"a": [1]}, geometry=[Point(138.3, 34.8)], crs="EPSG:4326").to_file(points)
    line = LineString([(138.3, 34.8), (138.4, 34.8)])
    gpd.GeoDataFrame({"a": [1]}, geometry=[line], crs="EPSG:4326").to_file(lines)
    for path, shape in ((points, "点"), (lines, "線")):
        seen = look_at(path)
        assert seen.kind.ja == f"地図のデータ（{shape}）" and not seen.uses and seen.missing


def test_streets_are_told_with_their_licence(tmp_path):
    write_streets(tmp_path / "machi.osm")
    seen = look_at(tmp_path / "machi.osm")
    assert uses(seen) == ["streets"] and "OpenStreetMap" in seen.licence.ja and seen.box


def test_a_zip_is_told_by_what_it_holds(tmp_path):
    for name, inside, kind in (
        ("bus.zip", ["stops.txt", "trips.txt"], "バスの時刻と停留所（GTFS）"),
        ("two.zip", ["a.shp", "b.shp"], "いくつものファイルの zip"),
        ("none.zip", ["a.exe"], "わからないファイル"),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for one in inside:
                archive.writestr(one, "x")
        assert look_at(tmp_path / name).kind.ja == kind


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.csv", b""), ("a.xlsx", b"PK\x03\x04"), ("a.zip", b"PK\x03\x04rest"), ("a.shp", b"x" * 50),
     ("a.geojson", b"{"), ("a.json", b"[1]"), ("a.pdf", b"%PDF"), ("a.osm", b"<osm"),
     ("a.tif", b"II*\x00"), ("a.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), ("a", b"\x00\xff")],
)  # fmt: skip
def test_what_no_reader_knows_is_said_so(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    seen = look_at(tmp_path / name)
    assert not seen.uses
    for lang in ("ja", "en"):
        assert name in say_seen(seen, lang)[0]


def test_a_photo_is_told_where_photos_go(tmp_path):
    path = tmp_path / "写真.jpg.php"
    path.write_bytes(b"\xff\xd8\xff\xe0 not a table")
    seen = look_at(path)
    assert not seen.uses and not seen.rows
    assert "画像のようです" in seen.traps[0].ja and "「記録する」の画面で" in seen.traps[0].ja


def test_the_lines_and_the_json_say_the_same(tmp_path):
    seen = look_at(put(tmp_path, "kouen.csv", PARKS))
    plain = json.loads(json.dumps(plain_seen([seen], "ja"), ensure_ascii=False))[0]
    told = "\n".join(say_seen(seen, "ja"))
    assert plain["uses"][0]["found"] in told and plain["uses"][0]["command"] in told
    assert plain["columns"] == ["公園名", "緯度", "経度", "面積(m2)", "合言葉"]


def test_a_file_of_addresses_is_told_with_what_it_knows(tmp_path):
    text = json.dumps([{"town": "猫実一丁目", "koaza": "", "lat": 35.66, "lng": 139.9}])
    seen = look_at(put(tmp_path, "浦安市.json", text))
    assert uses(seen) == ["addresses"] and seen.box == (139.9, 35.66, 139.9, 35.66)
    assert seen.uses[0].found.ja == "浦安市の町丁目 1、番地・号 0"


def test_the_command_looks_at_files_and_folders(tmp_path, capsys):
    from geo.cli import main

    put(tmp_path, "kouen.csv", PARKS)
    put(tmp_path, "jinko.csv", PEOPLE)
    assert [one.name for one in list_files(tmp_path)] == ["jinko.csv", "kouen.csv"]
    assert main(["inspect", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert told.index("jinko.csv") < told.index("kouen.csv") and "→ 公園: 1件" in told
    assert main(["inspect", "--json", str(tmp_path / "kouen.csv")]) == 0
    assert json.loads(capsys.readouterr().out)[0]["uses"][0]["id"] == "park"
    assert main(["inspect", str(tmp_path / "absent")]) != 0


@pytest.mark.data
def test_real_files_are_told_right_or_honestly_not_at_all(data):
    wanted = {
        "boundaries/n03_22212.json": "border",
        "boundaries/smallarea_tokyo_2020/r2ka13103.shp": "division",
        "yaizu/boundaries/自治会区域/自治会区域.shp": "division",
        "yaizu/facilities/公園一覧/222127_park_info.csv": "park",
        "yaizu/facilities/公衆トイレ一覧/222127_public_toilet.csv": "toilet",
        "yaizu/facilities/AED設置箇所一覧/222127_aed.csv": None,
        "yaizu/facilities/中学校/222127_junior_high_school.csv": None,
        "takamatsu/facilities/hospital/data.csv": None,
        "takamatsu/facilities/rural_park/data.xlsx": "park",
        "urayasu/町丁・字等_2020.gpkg": "division",
        "urayasu/行政区域_2023.gpkg": "border",
        "urayasu/urayasu_osm2023_derived.gpkg": "streets",
        "osm/N43E007.hgt.zip": "heights",
        "osm/tokyo-center.osm.pbf": None,
        "addresses/浦安市.json": "addresses",
    }
    found = {name: next(iter(uses(look_at(data / Path(name)))), None) for name in wanted}
    assert found == wanted


def test_the_name_of_a_group_beside_its_venue_is_told_as_the_import_takes_it():
    text = "団体名,会場,住所,開催日時\n北の会,北公民館,北町1-1,毎週火曜 10:00-11:30\n"
    seen = look_at_bytes(text.encode(), "通いの場一覧.csv")
    (use,) = [one for one in seen.uses if one.id == "salon"]
    told = {one.name: one.becomes.ja for one in use.columns if one.becomes}
    assert "グループ名" in told["団体名"] and told["会場"] == "名前"
