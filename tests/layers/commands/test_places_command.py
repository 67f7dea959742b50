"""``kayoi places``: a table to read, and a file of answers, all of it or nothing."""

import csv
import io
import shutil

import pytest
from register_fixtures import new_version
from shapely import LineString, Point

from geo.cli import main
from geo.sources.town_folder import load_town
from surveys.record.claim import fold_claims
from surveys.store.claims import list_claims
from surveys.store.register import open_register

PLACE = "osm-n900"  # the small town's one bench


@pytest.fixture
def folder(small_town, tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return shutil.copytree(small_town, tmp_path / "town")


@pytest.fixture
def register(folder):
    made = open_register(folder)
    yield made
    made.engine.dispose()


def bench_at(folder, dx):
    town = load_town(folder)
    own = town.sites[town.sites["site_id"] == PLACE].iloc[0]
    lon, lat = town.plane.to_lonlat([own.x_m + dx], [own.y_m])
    return Point(float(lon[0]), float(lat[0]))


def run(folder, *more):
    return main(["places", "--town", str(folder), *map(str, more)])


def table_of(text):
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(io.StringIO("\n".join(lines))))


def write(path, *rows, heads="所,地点"):
    path.write_text("\n".join([heads, *rows]) + "\n", encoding="utf-8")
    return path


def said(register):
    return fold_claims(list_claims(register))


def test_the_table_tells_every_place_and_its_totals(folder, register, capsys, japanese):
    register.save(new_version("r1", {}, type="bench", place=bench_at(folder, 10)))
    assert run(folder) == 0
    told = capsys.readouterr().out
    (row,) = table_of(told)
    assert (row["所"], row["種類"], row["推定の記録"], row["距離m"]) == (PLACE, "ベンチ", "1", "10")
    assert (row["いまの記録"], row["記録の名前"], row["答え"]) == ("", "ベンチ 1", "")
    assert row["ようす"] == "尋ねている"
    assert "# 地図の所 1：記録あり 0・尋ねている 1・記録なし 0" in told
    assert "同じ所として1回だけ数える" in told


def test_a_town_without_a_register_has_places_nobody_recorded(folder, capsys, japanese):
    assert run(folder) == 0 and "記録なし 1" in capsys.readouterr().out
    assert not (folder / "register").exists(), "to look makes nothing"
    assert run(folder, "--claim", write(folder / "c.csv", f"{PLACE},1")) == 2


def listed(folder, path, capsys, **answers):
    """The printed table as a file, with answers written into its last column, by place."""
    capsys.readouterr()
    run(folder)
    table, *rows = capsys.readouterr().out.splitlines()
    rows = [f"{row}{answers.get(row.partition(',')[0].replace('-', '_'), '')}" for row in rows]
    path.write_text("\n".join([table, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_printed_table_sent_back_unedited_changes_nothing(
    folder, register, tmp_path, capsys, monkeypatch, lang
):
    monkeypatch.setenv("KAYOI_LANG", lang)
    register.save(new_version("r1", {}, type="bench", place=bench_at(folder, 10)))
    for _ in range(2):
        file = listed(folder, tmp_path / "t.csv", capsys)
        before = list_claims(register)
        assert run(folder, "--claim", file) == 0 and list_claims(register) == before
        run(folder, "--claim", write(tmp_path / "c.csv", f"{PLACE},1"))
    assert said(register) == ({PLACE: "r1"}, frozenset())


def test_the_printed_table_is_a_file_of_answers(folder, register, tmp_path, capsys, japanese):
    register.save(new_version("r1", {}, type="bench", place=bench_at(folder, 10)))
    file = listed(folder, tmp_path / "t.csv", capsys, osm_n900="同じ")
    assert run(folder, "--claim", file, "--dry-run") == 0
    told = capsys.readouterr().out
    assert f"{PLACE}（ベンチ）は、記録 1と同じ所" in told and "予定だけです。答え 1件" in told
    assert "あと 0" in told and said(register) == ({}, frozenset())
    assert run(folder, "--claim", file, "--by", "係") == 0
    assert said(register) == ({PLACE: "r1"}, frozenset())
    assert [one.by for one in list_claims(register)] == ["係"]
    capsys.readouterr()
    assert run(folder, "--claim", file) == 0
    assert "答え 0件" in capsys.readouterr().out, "what stands is not said again"
    run(folder)
    row = table_of(capsys.readouterr().out)[0]
    assert (row["ようす"], row["いまの記録"], row["推定の記録"]) == ("記録あり", "1", "")


def test_a_dash_is_of_the_one_record_a_row_shows_as_a_tap_on_the_page_is(
    folder, register, tmp_path, capsys, japanese
):
    for id_, dx in (("r1", 10), ("r2", 20), ("r3", 60)):
        register.save(new_version(id_, {}, type="bench", place=bench_at(folder, dx)))
    file = listed(folder, tmp_path / "t.csv", capsys, osm_n900="-")
    assert run(folder, "--claim", file) == 0
    assert said(register) == ({}, {(PLACE, "r1")})
    told = capsys.readouterr().out
    assert "次に尋ねる" in told and "記録 2（20m）と同じか" in told and "あと 1" in told
    assert run(folder, "--claim", file) == 0, "the same table once more denies nothing unseen"
    assert said(register) == ({}, {(PLACE, "r1")})
    again = listed(folder, tmp_path / "t.csv", capsys, osm_n900="ちがう")
    assert run(folder, "--claim", again) == 0
    assert said(register) == ({}, {(PLACE, "r1"), (PLACE, "r2")})
    assert run(folder, "--claim", listed(folder, tmp_path / "t.csv", capsys, osm_n900="-")) == 2
    assert "尋ねている記録がありません" in capsys.readouterr().out


def test_a_dash_by_hand_denies_once_and_then_asks_to_be_told_which(
    folder, register, tmp_path, capsys, japanese
):
    for id_, dx in (("r1", 10), ("r2", 20)):
        register.save(new_version(id_, {}, type="bench", place=bench_at(folder, dx)))
    file = write(tmp_path / "c.csv", f"{PLACE},-")
    assert run(folder, "--claim", file) == 0 and said(register) == ({}, {(PLACE, "r1")})
    capsys.readouterr()
    assert run(folder, "--claim", file) == 2 and said(register) == ({}, {(PLACE, "r1")})
    assert "記録 2ともちがうなら「-2」と書いてください" in capsys.readouterr().out
    assert run(folder, "--claim", write(tmp_path / "d.csv", f"{PLACE},-2")) == 0
    assert said(register) == ({}, {(PLACE, "r1"), (PLACE, "r2")})
    assert run(folder, "--claim", file) == 0, "nothing is asked: it stands already"


def test_what_a_person_said_is_taken_back_by_a_dash(folder, register, tmp_path, capsys, japanese):
    register.save(new_version("r1", {}, type="bench", place=bench_at(folder, 300)))
    run(folder, "--claim", write(tmp_path / "c.csv", f"{PLACE},r1"))
    assert run(folder, "--claim", listed(folder, tmp_path / "t.csv", capsys, osm_n900="-")) == 0
    assert said(register) == ({}, {(PLACE, "r1")})


@pytest.mark.parametrize("answer", ["-", "-1"])
def test_a_record_of_one_id_with_the_place_is_not_parted_from_it_and_it_is_said(
    folder, register, tmp_path, capsys, japanese, answer
):
    """A no that is kept and changes nothing would be told as done."""
    register.save(new_version(PLACE, {"note": "a"}, type="bench", place=bench_at(folder, 0)))
    register.save(new_version("r2", {}, type="bench", place=bench_at(folder, 5)))
    assert run(folder, "--claim", write(tmp_path / "c.csv", f"{PLACE},{answer}")) == 2
    told = capsys.readouterr().out
    assert "IDが同じなので分けられません" in told and "記録 1" in told
    assert run(folder, "--claim", write(tmp_path / "d.csv", f"{PLACE},2")) == 2
    assert "ほかの記録と同じにはできません" in capsys.readouterr().out
    assert run(folder, "--claim", write(tmp_path / "e.csv", f"{PLACE},1")) == 0
    assert run(folder, "--claim", write(tmp_path / "e.csv", f"{PLACE},-2")) == 0
    assert list_claims(register) == []


def test_lines_name_the_bench_of_a_park(folder, register, tmp_path, capsys, japanese):
    at = bench_at(folder, 3)
    benches = [{"_id": "b1"}, {"_id": "b2", "point": [at.x, at.y]}]
    answers = {"name": "西公園", "benches": benches}
    register.save(new_version("p1", answers, type="park", place=bench_at(folder, 40)))
    assert run(folder, "--claim", write(tmp_path / "c.csv", f"{PLACE},-", f"{PLACE}x,")) == 0
    assert "記録 1/benches/b2「西公園のベンチ2」とちがう所" in capsys.readouterr().out
    assert said(register) == ({}, {(PLACE, "p1/benches/b2")})


def test_by_id_and_from_afar(folder, register, tmp_path, japanese):
    register.save(new_version("r1", {}, type="bench", place=bench_at(folder, 300)))
    file = write(tmp_path / "c.csv", f"{PLACE},r1", heads="place,site")
    assert run(folder, "--claim", file) == 0 and said(register)[0] == {PLACE: "r1"}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("osm-n1,1", "この所は、街の地図にありません"),
        (f"{PLACE},99", "この番号・IDの地点は一覧にありません"),
        (f"{PLACE},2", "種類がちがいます（所はベンチ、記録は公園）"),
        (f"{PLACE},2/benches/b1", "記録 2/benches/b1「公園のベンチ1」には場所がありません"),
        (f"{PLACE},2/benches/b9", "benches/b9 はありません（あるのは benches/b1・benches/b2）"),
        (f"{PLACE},r2/benches/b9", "記録 2「公園」に benches/b9 はありません"),
        (f"{PLACE},1/benches/b1", "その種類の物は1つも書いてありません"),
        (f"{PLACE},3", "種類がちがいます（所はベンチ、記録は買い物先）"),
        (f"{PLACE},4", "種類がちがいます（所はベンチ、記録は通いの場）"),
        (f"{PLACE},5", "種類がちがいます（所はベンチ、記録は坂・段差）"),
        (f"{PLACE},-5", "種類がちがいます（所はベンチ、記録は坂・段差）"),
    ],
)
def test_a_wrong_row_is_named_with_its_line_and_nothing_is_taken(
    folder, register, tmp_path, capsys, japanese, row, why
):
    register.save(new_version("r1", {}, type="bench", place=bench_at(folder, 10)))
    park = {"name": "公園", "benches": [{"_id": "b1"}, {"_id": "b2"}]}
    register.save(new_version("r2", park, type="park", place=bench_at(folder, 10)))
    register.save(new_version("r3", {"name": "場所なし"}, type="shop", place=None))
    register.save(new_version("r4", {"name": "集い"}, type="salon", place=bench_at(folder, 10)))
    line = LineString([(139.0, 35.0), (139.001, 35.0)])
    register.save(new_version("r5", {"name": "坂"}, type="slope", place=line))
    good = f"{PLACE},-" if not row.startswith(PLACE) else "osm-n1,"
    file = write(tmp_path / "c.csv", "", row, good)
    assert run(folder, "--claim", file) == 2
    told = capsys.readouterr().out
    assert "c.csv 3行目" in told and why in told and "c.csv 4行目" not in told
    assert list_claims(register) == []


def test_a_place_told_of_twice_is_wrong(folder, register, tmp_path, capsys, japanese):
    register.save(new_version("r1", {}, type="bench", place=bench_at(folder, 10)))
    file = write(tmp_path / "c.csv", f"{PLACE},1", f"{PLACE},-")
    assert run(folder, "--claim", file) == 2 and list_claims(register) == []
    assert "c.csv 3行目" in (told := capsys.readouterr().out) and "2行目にもあります" in told


def test_a_file_without_its_two_columns_is_refused(folder, register, tmp_path, capsys, japanese):
    register.save(new_version("r1", {}, type="bench", place=bench_at(folder, 10)))
    assert run(folder, "--claim", write(tmp_path / "c.csv", "a,b", heads="所,名前")) == 2
    assert "列「答え」がありません" in capsys.readouterr().err
    assert run(folder, "--claim", tmp_path / "none.csv") == 2


def test_names_of_records_do_nothing_to_the_terminal_or_a_spreadsheet(
    folder, register, capsys, japanese
):
    name = "=1+1\x1b[2J"
    state = new_version("r1", {"name": "=1+1\u202e"}, type="park", place=bench_at(folder, 10))
    register.save(state)
    register.save(new_version(PLACE, {}, type="bench", place=bench_at(folder, 0)))
    run(folder)
    told = capsys.readouterr().out
    assert "\x1b" not in told and "\u202e" not in told and name not in told
    assert table_of(told)[0]["ようす"] == "記録あり", "of one id"
    assert all(not cell.startswith("=") for row in table_of(told) for cell in row.values())


def test_in_english(folder, register, capsys, monkeypatch):
    monkeypatch.setenv("KAYOI_LANG", "en")
    register.save(new_version("r1", {}, type="bench", place=bench_at(folder, 10)))
    assert run(folder) == 0
    told = capsys.readouterr().out
    assert table_of(told)[0]["state"] == "asked" and "1 place of the map" in told
