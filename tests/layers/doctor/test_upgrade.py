"""A town of 0.1.0 under this release: looked over unchanged, asked, renewed, and then as it should be."""

import json
import shutil
import zipfile

import pytest
from where import TESTS

from geo.cli import main
from surveys.store.looking import look_at
from surveys.store.register import open_register, register_url

FILE = TESTS / "fixtures" / "town_22ac45e.zip"


@pytest.fixture
def old(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("KAYOI_LANG", "en")
    with zipfile.ZipFile(FILE) as archive:
        archive.extractall(tmp_path)
    return tmp_path / "town"


def looked_over(capsys, folder):
    assert main(["doctor", "--town", str(folder), "--port", "65124", "--json"]) == 0
    return {one["check"]["en"]: one for one in json.loads(capsys.readouterr().out)["checks"]}


def files_of(folder):
    return {one.relative_to(folder): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_it_is_told_as_an_earlier_form_changed_by_nothing_but_opening(old, capsys):
    before = files_of(old)
    found = looked_over(capsys, old)
    assert found["Town"]["state"] == "good" and "試験町" in found["Town"]["words"]["en"]
    register = found["Register"]
    assert register["state"] == "careful" and "earlier form (0002, now" in register["words"]["en"]
    assert "by the version before" in register["words"]["en"]
    assert files_of(old) == before
    seen = look_at(register_url(old))
    open_register(old).engine.dispose()
    again = look_at(register_url(old))
    assert again.is_newest and not seen.is_newest
    assert (again.sites, again.versions) == (seen.sites, seen.versions) == (4, 6)
    assert looked_over(capsys, old)["Register"]["state"] == "good"


def test_its_backup_lies_beside_and_counts_and_todays_commands_run(old, tmp_path, capsys):
    assert "the last was made" in looked_over(capsys, old)["Backup"]["words"]["en"]
    out = tmp_path / "coverage.geojson"
    asked = ["--town", str(old), "--division", "町丁目", "--within", "500m", "--out", str(out)]
    assert main(["coverage", *asked]) == 0 and out.is_file()
    assert main(["backup", "--town", str(old), str(tmp_path / "after.zip")]) == 0
    assert main(["restore", str(tmp_path / "after.zip"), "--out", str(tmp_path / "back")]) == 0
    capsys.readouterr()
    assert looked_over(capsys, tmp_path / "back")["Register"]["state"] == "good"


def test_a_register_of_a_newer_release_is_to_be_mended_and_stays_as_it_is(old, capsys):
    open_register(old).engine.dispose()
    register = open_register(old)
    with register.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9000'")
    register.engine.dispose()
    before = files_of(old)
    with pytest.raises(SystemExit) as left:
        main(["doctor", "--town", str(old), "--port", "65124"])
    assert left.value.code == 1 and "update Kayoi Map" in capsys.readouterr().out
    assert files_of(old) == before
    assert main(["serve", "--town", str(old)]) == 2
    assert "of a newer release" in capsys.readouterr().err
    shutil.rmtree(old)
