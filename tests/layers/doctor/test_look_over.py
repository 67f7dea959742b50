"""All checks together: one that breaks ends no other, nothing is changed, no password is told."""

import json
import os
import subprocess
import sys

import pytest
from where import ROOT

from geo.base.words import Words
from geo.cli import main
from layers.doctor.all import find_checks, look_over
from layers.doctor.parts.declare import STATES
from layers.doctor.parts.secrets import hide

WORD = "hi%2Fmi@tsu:x"


@pytest.fixture(autouse=True)
def no_database(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)


def tree(folder):
    return {
        one.relative_to(folder): (one.lstat().st_mtime_ns, one.lstat().st_mode)
        for one in folder.rglob("*")
    }


def run(capsys, folder, *more):
    """The exit code, and the lines said."""
    try:
        code = main(["doctor", "--town", str(folder), "--port", "0", *more])
    except SystemExit as left:
        code = left.code
    return code, capsys.readouterr().out


def test_a_town_is_looked_over_a_line_a_finding_and_nothing_is_changed(
    filled_town, capsys, monkeypatch
):
    monkeypatch.setenv("KAYOI_LANG", "ja")
    before = tree(filled_town)
    code, said = run(capsys, filled_town)
    assert code == 1  # port 0 is none
    assert tree(filled_town) == before
    lines = said.splitlines()
    heads = tuple(one.ja for one in STATES.values())
    assert all(line.startswith(heads) for line in lines[:-1]) and "なおすところ 1" in lines[-1]
    looked = [line.split(": ")[0] for line in lines[:-1]]
    for check in find_checks().values():
        assert any(one.endswith(check.words.ja) for one in looked), check.id


def test_the_exit_code_is_0_where_nothing_must_be_mended_and_json_says_the_same(tmp_path, capsys):
    code, said = run(capsys, tmp_path, "--json")
    told = json.loads(said)
    assert code == 1 and told["mend"] == 1 == sum(one["state"] == "mend" for one in told["checks"])
    assert main(["doctor", "--town", str(tmp_path), "--port", "65123", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["mend"] == 0


def test_a_package_that_cannot_be_loaded_is_a_finding_and_the_others_go_on(
    tmp_path, capsys, monkeypatch
):
    monkeypatch.setenv("KAYOI_LANG", "en")
    monkeypatch.delitem(sys.modules, "layers.doctor.fonts", raising=False)
    monkeypatch.delitem(sys.modules, "layers.pdf.make", raising=False)
    monkeypatch.setitem(sys.modules, "typst", None)
    code, said = run(capsys, tmp_path)
    assert code == 1 and "mend     fonts: it cannot be looked at (ModuleNotFoundError" in said
    assert "Port:" in said and "2 to mend" in said


def test_no_password_is_told_whatever_fails(tmp_path, capsys, monkeypatch):
    for url in (
        f"postgresql://kayoi:{WORD}@127.0.0.1:1/kayoi",
        "postgresql://127.0.0.1:1/kayoi?user=kayoi&password=hi%2Fmi",
        f"mysql://kayoi:{WORD}@x/y",
    ):
        monkeypatch.setenv("DATABASE_URL", url)
        for more in ((), ("--json",)):
            code, said = run(capsys, tmp_path, *more)
            assert code == 1 and "hi%2Fmi" not in said and "hi/mi" not in said and "tsu" not in said


@pytest.mark.parametrize(
    "text", [f"postgresql://kayoi:{WORD}@db/x", "at hi/mi@tsu:x", "password=abc d"]
)
def test_a_password_is_hidden_in_any_text(text):
    url = f"postgresql://kayoi:{WORD}@db/x"
    told = hide(Words(text, text), {"DATABASE_URL": url})
    assert "mi" not in told.ja and "abc" not in told.en


def test_a_check_that_fails_is_told_and_the_others_go_on(tmp_path, monkeypatch, capsys):
    check = find_checks()["disk"]
    broken = type(check)(id="disk", order=30, words=check.words, look=lambda _subject: 1 / 0)
    monkeypatch.setattr("layers.doctor.disk.CHECK", broken)
    code, said = run(capsys, tmp_path, "--json")
    assert code == 1 and "ZeroDivisionError" in said and json.loads(said)["mend"] == 2
    assert look_over.__doc__


def test_a_folder_that_can_only_be_read_is_looked_over_all_the_same(filled_town):
    """Root may write anywhere unless it gives that up."""
    drop = (
        ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"]
        if os.geteuid() == 0
        else []
    )
    closed = [filled_town, *(one for one in filled_town.rglob("*") if one.is_dir())]
    before = tree(filled_town)
    modes = {one: one.stat().st_mode for one in closed}
    for one in closed:
        one.chmod(0o555)
    try:
        asked = [
            sys.executable,
            "-m",
            "geo.cli",
            "doctor",
            "--town",
            str(filled_town),
            "--port",
            "65125",
        ]
        done = subprocess.run(
            [*drop, *asked, "--json"], cwd=ROOT, capture_output=True, text=True, check=False
        )
    finally:
        for one, mode in modes.items():
            one.chmod(mode)
    told = json.loads(done.stdout)
    assert done.returncode == 0 and told["mend"] == 0, told
    found = {one["check"]["en"]: one for one in told["checks"]}
    assert any("cannot be written" in one["words"]["en"] for one in told["checks"])
    assert found["Register"]["state"] == found["Town"]["state"] == "good"
    assert tree(filled_town) == before
