"""``kayoi build`` and the town's own list: taken into a register there is, told where it waits."""

import pytest
from town_fixtures import write_town

from geo.cli import main
from geo.sources.editions import DATA
from geo.sources.town_folder import load_town
from layers.commands.own_list import settle_town
from surveys.store.register import FILE, FOLDER, open_register


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return write_town(tmp_path / "files")


def build(tmp_path, files):
    assert main(["build", "--out", str(tmp_path / "town"), *files]) == 0
    return tmp_path / "town"


def batches_of(folder):
    register = open_register(folder)
    found = register.batches()
    register.engine.dispose()
    return found


def test_a_build_makes_no_register_and_fills_one_there_is(tmp_path, files, capsys, japanese):
    folder = build(tmp_path, files)
    assert not (folder / FOLDER / FILE).exists()
    assert batches_of(folder) == []
    before = {one.name: one.read_bytes() for one in (folder / DATA).iterdir()}
    build(tmp_path, files)
    assert "一覧に取りこみました：新しい 2・もうある 0" in capsys.readouterr().err
    assert [one.counts for one in batches_of(folder)] == [{"new": 2}]
    assert {one.name: one.read_bytes() for one in (folder / DATA).iterdir()} == before
    build(tmp_path, files)
    assert "通いの場の表" not in capsys.readouterr().err
    table = tmp_path / "files" / "salons.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text(
        "\n".join([lines[0], lines[1].replace("サロン0", "朝の集い")]), encoding="utf-8"
    )
    build(tmp_path, files)
    said = capsys.readouterr().err
    assert "新しい 0・変わる 1・なくなった 1（サロン1）" in said and len(batches_of(folder)) == 1


def test_a_register_that_cannot_be_opened_stops_no_build(tmp_path, files, capsys, japanese):
    folder = build(tmp_path, files)
    (folder / FOLDER).mkdir()
    (folder / FOLDER / FILE).write_text("no database at all, but long enough to be one" * 40)
    settled = settle_town(folder, load_town(folder), "ja")
    assert settled.state == "unwritten"
    assert "台帳のファイルではありません" in capsys.readouterr().err


ONE = "名称,緯度,経度\n新しい集い,35.6405,139.9005\n"


def give(folder, tmp_path, *more, text=ONE):
    table = tmp_path / "one.csv"
    table.write_text(text, encoding="utf-8")
    args = ["records", "import", "--town", str(folder), "--type", "salon", str(table), *more]
    return [*args, "--accept", "places"]  # 新しい集い lies beyond the border


def test_an_export_of_a_town_never_opened_holds_its_own_list(tmp_path, files, capsys, japanese):
    folder, out = build(tmp_path, files), tmp_path / "o.csv"
    assert main(["records", "check", "--town", str(folder)]) == 0
    assert "2か所すべて合っています" in capsys.readouterr().out
    wanted = ["--type", "salon", "--format", "csv", "--out", str(out)]
    assert main(["records", "export", "--town", str(folder), *wanted]) == 0
    assert "2か所を" in capsys.readouterr().out


def test_an_import_into_a_town_never_opened_stands_beside_its_own_list(
    tmp_path, files, capsys, japanese
):
    folder = build(tmp_path, files)
    assert main(give(folder, tmp_path)) == 0
    assert sorted(one.counts["new"] for one in batches_of(folder)) == [1, 2]


def test_a_look_makes_no_register_and_tells_each_row(tmp_path, files, capsys, japanese):
    folder = build(tmp_path, files)
    assert main(give(folder, tmp_path, "--dry-run")) == 0
    assert "　2行目　新しい地点　新しい集い" in capsys.readouterr().out
    assert not (folder / FOLDER).exists()


def test_a_look_knows_the_towns_own_list(tmp_path, files, capsys, japanese):
    folder = build(tmp_path, files)
    text = (tmp_path / "files" / "salons.csv").read_text(encoding="utf-8")
    assert main(give(folder, tmp_path, "--dry-run", text=text)) == 0
    assert "新しい地点 0・変わる 0・同じ 2" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_named_as_one(tmp_path, files, capsys, japanese):
    folder = build(tmp_path, files)
    asked = ["records", "import", "--town", str(folder), "--type", "salon", "none.csv"]
    assert main(asked) == 2
    assert "ファイル none.csv が見つかりません" in capsys.readouterr().err
