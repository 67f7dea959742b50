"""``kayoi records``, as an office types it."""

import json

import pytest
from register_fixtures import new_version, open_sqlite
from sync_device import photo

from geo.cli import main

HEADER = "名称,住所,緯度,経度,トイレ\n"
ROWS = (
    "さくら公園,浦安市猫実1-1,35.6532,139.9021,あり\nうめ公園,浦安市堀江2-2,35.6543,139.9032,なし\n"
)


@pytest.fixture(autouse=True)
def _japanese(monkeypatch):
    monkeypatch.setenv("KAYOI_LANG", "ja")
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def town(tmp_path):
    folder = tmp_path / "街"
    folder.mkdir()
    (tmp_path / "公園.csv").write_text(HEADER + ROWS, encoding="utf-8-sig")
    return folder


def import_parks(town, *more):
    file = town.parent / "公園.csv"
    return main(["records", "import", "--town", str(town), "--type", "park", str(file), *more])


def names(town):
    register = open_sqlite(town)
    found = [register.site(one).title for one in register.site_ids()]
    register.engine.dispose()
    return found


def test_a_dry_run_says_what_it_would_do_and_takes_nothing(town, capsys):
    assert import_parks(town, "--dry-run") == 0
    said = capsys.readouterr().out
    assert "新しい地点 2" in said and "何も取りこんでいません" in said
    assert names(town) == []


def test_columns_an_import_does_not_use_are_named(town, capsys):
    salons = town.parent / "通いの場.csv"
    salons.write_text(
        "名前,緯度,経度,日時,天体\n花の会,35.64,139.9,毎週火曜（休止中）,月\n", encoding="utf-8"
    )
    args = ["records", "import", "--town", str(town), "--type", "salon", str(salons), "--dry-run"]
    assert main(args) == 0
    said = capsys.readouterr().out
    assert "使わなかったもの: 列 1\n・列「天体」" in said and "新しい地点 1" in said


def test_a_file_is_taken_once_however_often_it_is_given(town, capsys):
    assert import_parks(town, "--by", "公園課", "--on", "2026-04-01") == 0
    assert "2か所を取りこみました" in capsys.readouterr().out
    assert import_parks(town) == 0
    assert "同じ 2" in capsys.readouterr().out
    assert names(town) == ["さくら公園", "うめ公園"]
    assert main(["records", "check", "--town", str(town)]) == 0
    assert "2か所すべて合っています" in capsys.readouterr().out


def test_no_file_speaks_of_a_day_to_come(town, capsys):
    assert import_parks(town, "--on", "2999-04-01") == 2
    assert "まだ来ていない日" in capsys.readouterr().err
    assert names(town) == []


@pytest.mark.parametrize("form", ["geojson", "csv", "xlsx", "gpkg"])
@pytest.mark.parametrize("keys", ["ja", "en"])
def test_an_export_brought_in_again_changes_nothing(town, capsys, form, keys):
    import_parks(town)
    out = town.parent / f"公園の一覧.{form}"
    args = ["--town", str(town), "--type", "park"]
    assert (
        main(["records", "export", *args, "--format", form, "--out", str(out), "--keys", keys]) == 0
    )
    told = capsys.readouterr().out
    assert "2か所を" in told and "庁内用" in told
    assert main(["records", "import", *args, str(out)]) == 0
    assert "同じ 2・取りこめない 0" in capsys.readouterr().out


def two_types(town):
    import_parks(town)
    register = open_sqlite(town)
    register.save(new_version("b1", {"name": "坂下のベンチ"}, type="bench"))
    register.engine.dispose()


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("geojson", "all.geojson"), ("xlsx", "all.xlsx"), ("gpkg", "all.gpkg"), ("csv", "all"),
        ("csv", "all.zip"), ("geojson", "all.zip"),
    ],
)  # fmt: skip
def test_all_types_go_out_and_come_back(town, capsys, form, name):
    two_types(town)
    out = town.parent / name
    args = ["--town", str(town), "--type", "all", "--format", form, "--out", str(out)]
    assert main(["records", "export", *args]) == 0
    capsys.readouterr()
    for type_, count in (("park", 2), ("bench", 1)):
        args = ["--town", str(town), "--type", type_, str(out)]
        assert main(["records", "import", *args]) == 0
        assert f"同じ {count}・取りこめない 0" in capsys.readouterr().out


def test_a_geojson_of_all_types_is_one_collection_that_names_each_type(town):
    two_types(town)
    out = town.parent / "all.geojson"
    args = ["--town", str(town), "--type", "all", "--format", "geojson", "--out", str(out)]
    assert main(["records", "export", *args]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["type"] == "FeatureCollection" and found["kayoi"]["type"] == "all"
    assert [one["properties"]["type"] for one in found["features"]].count("park") == 2
    assert [one["properties"]["type"] for one in found["features"]].count("bench") == 1


def test_csv_of_all_types_under_the_name_of_one_file_asks_for_a_folder(town, capsys):
    two_types(town)
    out = town.parent / "all.csv"
    args = ["--town", str(town), "--type", "all", "--format", "csv", "--out", str(out)]
    assert main(["records", "export", *args]) == 2 and not out.exists()
    assert "all.zip" in capsys.readouterr().err
    assert main(["records", "import", "--town", str(town), "--type", "park", str(town)]) == 2
    assert "park.csv" in capsys.readouterr().err


def test_what_does_not_fit_is_told_by_the_check_and_its_exit(town, capsys):
    register = open_sqlite(town)
    shot = register.photos.take(photo(1)).id
    register.save(new_version("s1", {"name": "公園", "photos": [{"id": shot, "caption": ""}]}))
    register.photos.path_of(shot).unlink()
    register.engine.dispose()
    assert main(["records", "check", "--town", str(town)]) == 2
    told = capsys.readouterr()
    assert f"地点 1 の写真 {shot[:12]}…" in told.out and "合わないところが 1" in told.err


REFUSED = [
    ("no action", ["records"], "ACTION が要ります"),
    ("no type", ["records", "import", "--town", ".", "f.csv"], "--type が要ります"),
    ("an unknown type", ["records", "export", "--town", ".", "--type", "castle", "--out", "x"], "castle"),
    ("no such town", ["records", "import", "--town", "none", "--type", "park", "f.csv"], "none"),
    ("no register", ["records", "check", "--town", "none"], "台帳がありません"),
    ("no such file", ["records", "import", "--town", ".", "--type", "park", "none.csv"], "none.csv"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "args", "said"), REFUSED, ids=[one[0] for one in REFUSED])
def test_what_cannot_be_done_is_refused_in_words(tmp_path, monkeypatch, capsys, why, args, said):
    monkeypatch.chdir(tmp_path)
    try:
        code = main(args)
    except SystemExit as left:
        code = left.code
    assert code == 2 and said in capsys.readouterr().err, why
    assert list(tmp_path.iterdir()) == []


def test_every_fault_of_a_file_is_told(town, capsys):
    (town.parent / "公園.csv").write_text(
        HEADER + "ばら公園,,北緯,139.9,こわれた\n", encoding="utf-8"
    )
    assert import_parks(town) == 0
    said = capsys.readouterr().out
    assert "2行目" in said and "こわれた" in said


def test_an_export_holds_every_site(town):
    import_parks(town)
    out = town.parent / "o.geojson"
    main(
        [
            "records",
            "export",
            "--town",
            str(town),
            "--type",
            "park",
            "--format",
            "geojson",
            "--out",
            str(out),
        ]
    )
    assert len(json.loads(out.read_text(encoding="utf-8"))["features"]) == 2


def give(town, text, *more, type_="salon"):
    file = town.parent / "表.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return main(["records", "import", "--town", str(town), "--type", type_, str(file), *more])


def test_a_column_is_mapped_by_hand_and_what_is_unused_is_said_first(town, capsys):
    text = "事業所の正式名称,緯度,経度\n花の会,35.64,139.9\n"
    assert give(town, text, "--map", "事業所の正式名称=name") == 0
    assert names(town) == ["花の会"]
    assert "使わなかったもの" not in capsys.readouterr().out
    assert give(town, text, "--dry-run") == 0
    said = capsys.readouterr().out
    assert said.startswith(
        "使わなかったもの: 列 1\n・列「事業所の正式名称」: 「名前」のことなら --map"
    )


@pytest.mark.parametrize(
    ("text", "doubt", "told"),
    [
        ("名称,緯度,経度\n,35.64,139.9\n花の会,35.641,139.9\n", "names", "名前のない地点が 1か所あります（2行目）"),
        ("公園名,名称,緯度,経度,面積,遊具,ベンチ\na,東,35.6,139.9,9,あり,2\n", "kind", "「公園」の表のように見えます"),
    ],
)  # fmt: skip
def test_what_looks_wrong_is_refused_with_the_list_unless_accepted(town, text, doubt, told, capsys):
    assert give(town, text) == 2
    said = capsys.readouterr().err
    assert told in said and f"--accept {doubt}" in said
    assert names(town) == []
    assert give(town, text, "--dry-run") == 0, "a look is not refused"
    assert told in capsys.readouterr().out
    assert give(town, text, "--accept", doubt) == 0
    assert names(town)


def test_the_encoding_is_taken_as_it_is_asked_for(town, capsys):
    data = "名称,緯度,経度\n中央会館,35.64,139.9\n".encode("euc_jp")
    assert give(town, data, "--encoding", "EUC-JP") == 0
    assert names(town) == ["中央会館"]
    for words, told in ((["--encoding", "latin1"], "EUC-JP"), (["--accept", "all"], "names")):
        assert give(town, data, *words) == 2
        assert told in capsys.readouterr().err
