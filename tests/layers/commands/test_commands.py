"""The commands, as a planner types them."""

import csv
import hashlib
import json
import shutil
from pathlib import Path

import geopandas as gpd
import pytest
from geojson_rules import faults
from town_fixtures import EAST, WEST, at, write_town

from geo.cli import main
from geo.export.keys import AREA_KEYS

KAYOI = {
    "version", "made_at", "town", "division", "people", "walker", "within", "basis", "totals", "left_out",
    "assumes", "sources", "heights", "trip", "rest_m", "toilet_m", "rests", "notes",
    "sentence",
}  # fmt: skip


@pytest.fixture(scope="module")
def town(small_town):
    return small_town


def run_coverage(town, tmp_path, *more):
    out = tmp_path / "out.geojson"
    assert (
        main(["coverage", "--town", str(town), "--division", "町丁目", "--out", str(out), *more])
        == 0
    )
    return json.loads(out.read_text(encoding="utf-8"))


def hashes(folder):
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def test_people_put_in_come_out_exactly(town, tmp_path):
    found = run_coverage(town, tmp_path, "--people", "65")
    rows = {f["properties"]["area_name"]: f["properties"] for f in found["features"]}
    assert {name: row["people"] for name, row in rows.items()} == {WEST: 301, EAST: 99}
    for row in [*rows.values(), found["kayoi"]["totals"]]:
        assert row["within"] + row["outside"] + row["off_network"] == row["people"]
    assert found["kayoi"]["totals"]["people"] == 400
    for group, people in (("all", 1777), ("75", 199)):
        assert (
            run_coverage(town, tmp_path, "--people", group)["kayoi"]["totals"]["people"] == people
        )


def test_the_file_says_what_was_asked_and_where_it_comes_from(town, tmp_path):
    found = run_coverage(town, tmp_path, "--within", "10min", "--walker", "slow")
    assert set(found["kayoi"]) == KAYOI | {"counted"}
    assert [one["ja"] for one in found["kayoi"]["counted"]] == ["通いの場　2か所"]
    placed = found["kayoi"]["assumes"]["people_placed_by"]
    assert placed == {"street": found["kayoi"]["totals"]["people"]}
    assert found["kayoi"]["assumes"]["limit_metres"] == pytest.approx(480)
    assert found["kayoi"]["within"] == "10min" and found["kayoi"]["walker"] == "slow"
    assert found["kayoi"]["sources"][0]["credit"] == "© OpenStreetMap contributors"
    assert list(found["features"][0]["properties"]) == list(AREA_KEYS)
    assert "crs" not in found


def test_another_division_counts_the_same_people(town, tmp_path):
    out = tmp_path / "school.geojson"
    assert main(["coverage", "--town", str(town), "--division", "小学校区", "--out", str(out)]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert [f["properties"]["tier"] for f in found["features"]] == ["第2層", "第2層"]
    assert found["kayoi"]["totals"] == run_coverage(town, tmp_path)["kayoi"]["totals"]


def test_japanese_keys_hold_the_same_figures(town, tmp_path):
    english = run_coverage(town, tmp_path)["features"][0]["properties"]
    japanese = run_coverage(town, tmp_path, "--keys", "ja")["features"][0]["properties"]
    assert list(english.values()) == list(japanese.values()) and "届く人" in japanese


def test_two_runs_differ_in_the_time_stamp_alone(town, tmp_path):
    first, second = run_coverage(town, tmp_path), run_coverage(town, tmp_path)
    for found in (first, second):
        del found["kayoi"]["made_at"]
    assert first == second


def test_a_build_from_the_recipe_gives_the_same_bytes(town, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(town, copy)
    before = hashes(copy / "data")
    assert main(["build", "--recipe", str(copy / "town.toml")]) == 0
    assert hashes(copy / "data") == before


def test_a_changed_source_is_noticed(town, tmp_path, capsys):
    copy = tmp_path / "copy"
    shutil.copytree(town, copy)
    with (copy / "sources" / "salons.csv").open("a", encoding="utf-8") as file:
        lon, lat = at(4, 4)
        file.write(f"t9,新しいサロン,{lat},{lon},,\n")
    assert main(["build", "--recipe", str(copy / "town.toml")]) == 0
    assert "変わっています" in capsys.readouterr().err


def test_the_table_opens_in_excel_and_matches_the_map(town, tmp_path):
    table = tmp_path / "t.csv"
    found = run_coverage(town, tmp_path, "--table", str(table))
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))
    *areas, total = rows
    assert [int(r["outside"]) for r in areas] == [
        f["properties"]["outside"] for f in found["features"]
    ]
    totals = found["kayoi"]["totals"]
    assert total["area_name"] == "total" and int(total["outside"]) == totals["outside"]
    share = totals["within"] / (totals["within"] + totals["outside"])
    assert float(total["share"]) == pytest.approx(share, abs=1e-4)


def test_every_export_is_good_geojson_and_opens_in_gdal(town, tmp_path):
    cells, reach = tmp_path / "cells.geojson", tmp_path / "reach.geojson"
    run_coverage(town, tmp_path, "--cells", str(cells))
    assert main(["reach", "--town", str(town), "--within", "300m", "--out", str(reach)]) == 0
    kinds = {
        tmp_path / "out.geojson": (2, {"Polygon"}), cells: (None, {"Point"}),
        reach: (4, {"MultiLineString", "MultiPolygon"}),
    }  # fmt: skip
    for path, (count, geometries) in kinds.items():
        document = json.loads(path.read_text(encoding="utf-8"))
        assert faults(document) == []
        frame = gpd.read_file(path, engine="pyogrio")
        assert len(frame) == (count or len(document["features"]))
        assert set(frame.geom_type) <= geometries | {"Polygon", "LineString"}
        again = tmp_path / "again.geojson"
        frame.to_file(again, driver="GeoJSON", COORDINATE_PRECISION=7)
        back = gpd.read_file(again)
        assert (
            back.geometry.geom_equals_exact(frame.geometry, 5e-7)
        ).all()  # GDAL tidies 0.1000003
        assert list(back.drop(columns="geometry").columns) == list(
            frame.drop(columns="geometry").columns
        )
        plain = [{**f["properties"]} for f in document["features"]]
        assert [row["people"] if "people" in row else row["site_id"] for row in plain] == list(
            back["people"] if "people" in back else back["site_id"]
        )


def test_cells_hold_each_person_once(town, tmp_path):
    cells = tmp_path / "cells.geojson"
    found = run_coverage(town, tmp_path, "--cells", str(cells))
    rows = [f["properties"] for f in json.loads(cells.read_text(encoding="utf-8"))["features"]]
    assert list(rows[0]) == ["cell_id", "people", "minutes", "metres", "site_id", "status"]
    totals = found["kayoi"]["totals"]
    assert sum(r["people"] for r in rows) == totals["people"]
    assert sum(r["people"] for r in rows if r["status"] == "within") == totals["within"]
    assert all((r["metres"] <= 500) == (r["status"] == "within") for r in rows)


def test_other_sites_take_the_place_of_the_towns_own(town, tmp_path):
    many = tmp_path / "many.csv"
    lines = ["名称,緯度,経度"]
    for column in range(9):
        lon, lat = at(column, column)
        lines.append(f"ほか{column},{lat},{lon}")
    many.write_text("\n".join(lines), encoding="cp932")
    own, other = run_coverage(town, tmp_path), run_coverage(town, tmp_path, "--sites", str(many))
    assert other["kayoi"]["totals"]["within"] > own["kayoi"]["totals"]["within"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["coverage", "--town", "nowhere", "--division", "x", "--out", "o.geojson"],
            "先に kayoi build",
        ),
        (["coverage", "--division", "x", "--out", "o.geojson"], "--town が要ります"),
        (
            ["coverage", "--town", "{town}", "--division", "町名", "--out", "o.geojson"],
            "あるもの: 町丁目、小学校区",
        ),
        (
            [
                "coverage",
                "--town",
                "{town}",
                "--division",
                "町丁目",
                "--within",
                "0m",
                "--out",
                "o",
            ],
            "読めません",
        ),
        (
            [
                "coverage",
                "--town",
                "{town}",
                "--division",
                "町丁目",
                "--within",
                "5km",
                "--out",
                "o",
            ],
            "読めません",
        ),
        (
            [
                "coverage",
                "--town",
                "{town}",
                "--division",
                "町丁目",
                "--walker",
                "fast",
                "--out",
                "o",
            ],
            "分かりません",
        ),
        (
            [
                "coverage",
                "--town",
                "{town}",
                "--division",
                "町丁目",
                "--out",
                "no/such/folder/o.geojson",
            ],
            "読み書きできません",
        ),
        (["build", "--out", "t"], "街の範囲が分かりません"),
        (
            ["build", "--out", "t", "--streets", "a.osm", "--place", "浦安市"],
            "どちらか1つ",
        ),
        (["build", "--streets", "a.osm"], "--out か --recipe"),
        (["build", "--out", "t", "--streets", "none.osm"], "none.osm がありません"),
        (["build", "--out", "t", "--streets", "{town}/town.toml"], "town.toml"),
        (["build", "--recipe", "{town}/sources/people.csv"], "people.csv"),
        (["build", "--out", "t", "--streets", "x", "--division", "町丁目"], "--division"),
        (["reach", "--town", "{town}", "--within", "abc", "--out", "o.geojson"], "読めません"),
        (["fly"], "コマンドはありません"),
    ],
)
def test_bad_input_ends_with_two_and_one_sentence(
    town, tmp_path, monkeypatch, capsys, arguments, said
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAYOI_LANG", "ja")
    arguments = [a.replace("{town}", str(town)) for a in arguments]
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = stop.code
    told = capsys.readouterr().err.strip().splitlines()
    assert code == 2 and said in told[-1], told


def test_the_same_mistake_is_told_in_english(town, monkeypatch, capsys):
    monkeypatch.setenv("KAYOI_LANG", "en")
    arguments = ["coverage", "--town", str(town), "--division", "x", "--out", "o.geojson"]
    assert main(arguments) == 2
    assert "has no division" in capsys.readouterr().err


def test_a_build_says_how_many_schedules_it_read_and_lists_the_others(tmp_path, capsys):
    files = tmp_path / "files"
    arguments = write_town(files)
    lon, lat = at(2, 2)
    whens = ("毎週火曜（祝日を除く）", "毎日（日曜除く）", "毎週火曜（冬期休み）", "応相談")
    rows = [f"花{n},{lat},{lon},{when}" for n, when in enumerate(whens)]
    (files / "salons.csv").write_text("\n".join(["名称,緯度,経度,曜日", *rows]), encoding="utf-8")
    town = tmp_path / "town"
    assert main(["build", "--out", str(town), *arguments]) == 0
    assert "4か所のうち2か所は月の回数が分かりました。2か所は分からない" in capsys.readouterr().out
    listed = (town / "data" / "problems.csv").read_text(encoding="utf-8-sig")
    assert "毎週火曜（冬期休み）" in listed or "毎週火曜(冬期休み)" in listed
    assert "応相談" in listed and "日曜除く" not in listed
    found = run_coverage(town, tmp_path)
    notes = json.dumps(found["kayoi"], ensure_ascii=False)
    assert "1か所は祝日・年末年始などが休みですが" in notes


def test_rows_that_cannot_be_used_are_listed_not_dropped(tmp_path, capsys):
    files = tmp_path / "files"
    arguments = write_town(files)
    with (files / "salons.csv").open("a", encoding="utf-8") as file:
        file.write("t7,緯度のないサロン,,138.6,,\n")
    with (files / "people.csv").open("a", encoding="utf-8") as file:
        file.write("どこにもない町,50,20,10\n")
    assert main(["build", "--out", str(tmp_path / "town"), *arguments]) == 0
    told = capsys.readouterr().err
    assert "4行目" in told and "どこにもない町" in told
    listed = (tmp_path / "town" / "data" / "problems.csv").read_text(encoding="utf-8-sig")
    assert "緯度" in listed and "50人" in listed
    assert Path(tmp_path / "town" / "sources" / "salons.csv").exists()


def test_a_build_that_fails_leaves_the_town_that_was_there(town, tmp_path):
    copy, files = tmp_path / "copy", tmp_path / "files"
    shutil.copytree(town, copy)
    before = (copy / "town.toml").read_bytes(), hashes(copy / "data")
    arguments = write_town(files)
    (files / "people.csv").write_text("なにも,ない\n1,2\n", encoding="utf-8")
    assert main(["build", "--out", str(copy), *arguments]) == 2
    assert ((copy / "town.toml").read_bytes(), hashes(copy / "data")) == before
    assert sorted(one.name for one in (copy / "sources").rglob("*")) == sorted(
        one.name for one in (town / "sources").rglob("*")
    )
    assert main(["build", "--recipe", str(copy / "town.toml")]) == 0


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("people.csv", "なにも,ない\n1,2\n"), ("streets.osm", "<osm version='0.6'></osm>"),
        ("border.geojson", "{}"), ("people.csv", f"S_NAME,総人口,65歳以上\n{WEST},X,X\n"),
    ],
)  # fmt: skip
def test_a_build_that_fails_leaves_nothing(tmp_path, file, text):
    files = tmp_path / "files"
    arguments = write_town(files)
    (files / file).write_text(text, encoding="utf-8")
    assert main(["build", "--out", str(tmp_path / "new" / "town"), *arguments]) == 2
    assert [one.name for one in tmp_path.iterdir()] == ["files"]


def two_towns(files):
    """A border of two municipalities of which one is the town's, the other far away."""
    border = files / "border.geojson"
    found = json.loads(border.read_text(encoding="utf-8"))
    (own,) = found["features"]
    own["properties"] = {"N03_004": "試験町", "N03_007": "22999"}
    far = json.loads(json.dumps(own))
    far["properties"] = {"N03_004": "隣町", "N03_007": "22998"}
    for ring in far["geometry"]["coordinates"]:
        for point in ring:
            point[0] += 1.0
    found["features"].append(far)
    border.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return str(border)


def with_border(arguments, border):
    return [border if one.endswith("border.geojson") else one for one in arguments]


def test_of_a_border_of_two_municipalities_one_is_chosen_by_code_or_name(tmp_path, capsys):
    files = tmp_path / "files"
    arguments = write_town(files)
    border = two_towns(files)
    build = ["build", "--out", str(tmp_path / "town")]
    assert main([*build, *with_border(arguments, border)]) == 2
    told = capsys.readouterr().err
    assert "試験町（22999）、隣町（22998）" in told and "--border" in told
    assert not (tmp_path / "town").exists()
    for choice in ("22999", "試験町", "229997"):  # the last with its check digit
        assert main([*build, *with_border(arguments, f"{border}:{choice}")]) == 0
        recipe = (tmp_path / "town" / "town.toml").read_text(encoding="utf-8")
        assert f'pick = "{choice}"' in recipe
        assert main(["build", "--recipe", str(tmp_path / "town" / "town.toml")]) == 0
    assert main([*build, *with_border(arguments, f"{border}:大阪市")]) == 2
    assert "大阪市" in capsys.readouterr().err


def test_areas_and_people_of_other_municipalities_are_told_and_not_missed(tmp_path, capsys):
    files = tmp_path / "files"
    arguments = write_town(files)
    found = json.loads((files / "cho.geojson").read_text(encoding="utf-8"))
    far = json.loads(json.dumps(found["features"][0]))
    far["properties"] = {"KEY_CODE": "88001", "S_NAME": "海町"}
    for ring in far["geometry"]["coordinates"]:
        for point in ring:
            point[0] += 1.0
    found["features"].append(far)
    (files / "cho.geojson").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    with (files / "people.csv").open("a", encoding="utf-8") as file:
        file.write("海町,50000,20000,9000\n")
    town = tmp_path / "town"
    assert main(["build", "--out", str(town), *arguments]) == 0
    told = capsys.readouterr().err
    assert "1地区（海町" in told and "市の境の外）の1行" in told
    answer = run_coverage(town, tmp_path)["kayoi"]
    assert answer["totals"]["people"] == 400 and answer["left_out"]["not_placed"] == 0


def test_people_without_a_place_are_said_first_by_command_and_file(tmp_path, capsys):
    files = tmp_path / "files"
    arguments = write_town(files)
    with (files / "people.csv").open("a", encoding="utf-8") as file:
        file.write("どこにもない町,500,200,90\n")
    town = tmp_path / "town"
    assert main(["build", "--out", str(town), *arguments]) == 0
    capsys.readouterr()
    answer = run_coverage(town, tmp_path)["kayoi"]
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("65歳以上の600人のうち、200人（33.3％）")
    assert "街ぜんたいの数字として使わないで" in lines[1]
    assert [one["ja"] for one in answer["sentence"]] == lines[:4]
    assert "全年齢 500人" in "".join(lines)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('role = "people"', 'role = "People"', "role = People"),
        ('role = "border"', 'role = "streets"', "two sources of role streets"),
        ("snap_limit_m = 100.0", "snap_limit_m = true", "snap_limit_m = True"),
        ("snap_limit_m = 100.0", "snap_limit = 100.0", "snap_limit"),
        ("use_unknown_streets = false", "use_unknown_streets = 5", "use_unknown_streets = 5"),
        ('name = "試験町"', 'name = ["a"]', "name is a text"),
        ("format = 1", "format = 9", "format = 9"),
        ('file = "sources/people.csv"', 'file = "../people.csv"', "フォルダの外"),
        ('file = "sources/people.csv"', 'file = "sources/people\\u0000.csv"', "file of role"),
        ('file = "sources/people.csv"', 'file = "sources/none.csv"', "ありません"),
    ],
)
def test_a_recipe_edited_wrongly_is_refused_with_the_place(town, tmp_path, capsys, old, new, said):
    copy = tmp_path / "copy"
    shutil.copytree(town, copy)
    text = (copy / "town.toml").read_text(encoding="utf-8")
    assert old in text
    (copy / "town.toml").write_text(text.replace(old, new, 1), encoding="utf-8-sig")
    assert main(["build", "--recipe", str(copy / "town.toml")]) == 2
    assert said in capsys.readouterr().err


def test_an_age_group_the_table_does_not_tell_is_refused_not_zero(tmp_path, capsys):
    files = tmp_path / "files"
    arguments = write_town(files)
    (files / "people.csv").write_text(f"S_NAME,総人口,65歳以上\n{WEST},9,3\n", encoding="utf-8")
    assert main(["build", "--out", str(tmp_path / "town"), *arguments]) == 0
    told = capsys.readouterr().out
    assert "75歳以上 データなし" in told and "0人" not in told
    out = str(tmp_path / "o.geojson")
    ask = ["coverage", "--town", str(tmp_path / "town"), "--division", "町丁目", "--out", out]
    assert main(ask) == 0 and main([*ask, "--people", "75"]) == 2
    assert "データなし" in capsys.readouterr().err


def test_outputs_go_to_files_of_their_own(town, tmp_path, capsys):
    out = str(tmp_path / "o")
    ask = ["coverage", "--town", str(town), "--division", "町丁目", "--out"]
    assert main([*ask, out, "--table", out]) == 2
    assert main([*ask, str(tmp_path)]) == 2 and main([*ask, ""]) == 2
    assert main([*ask, "x" * 300]) == 2
    capsys.readouterr()


def test_half_a_sign_in_a_name_stops_nothing(town, tmp_path):
    lon, lat = at(2, 2)
    geometry = {"type": "Point", "coordinates": [lon, lat]}
    feature = {"type": "Feature", "properties": {"名称": "\ud800サロン"}, "geometry": geometry}
    path = tmp_path / "broken.geojson"
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8"
    )
    assert run_coverage(town, tmp_path, "--sites", str(path))["kayoi"]["totals"]["within"] > 0


@pytest.mark.parametrize(
    "door", ["coverage --as-of", "coverage --known-on", "ledger --to", "reach --as-of"]
)
@pytest.mark.parametrize(
    ("day", "why"), [("9999-12-31", "まだ来ていない日"), ("0026-11-21", "古すぎます")]
)
def test_a_day_nobody_can_know_is_refused_at_every_door(town, tmp_path, capsys, door, day, why):
    command, option = door.split()
    more = ["--from", "2026-01-01"] if command == "ledger" else []
    more += [] if command == "reach" else ["--division", "町丁目"]
    out = tmp_path / "never.geojson"
    asked = [command, "--town", str(town), *more, option, day, "--out", str(out)]
    assert main(asked) == 2
    assert why in capsys.readouterr().err and not out.exists()
