"""``kayoi build`` and the town's own list: taken into a register there is, told where it waits."""

import pytest
from town_fixtures import write_town

from geo.cli import main
from geo.sources.town_folder import DATA, load_town
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
    assert "台帳に取りこみました：新しい 2・台帳にもうある 0" in capsys.readouterr().err
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
