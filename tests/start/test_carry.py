"""The set to carry: what another system needs, how it is laid, and what its zip keeps."""

import json
import os
import sys
import zipfile

import carry
import pytest
from carrying.closure import find_needed, read_pins
from where import ROOT

NEEDS = {
    "kayoi_map-0.1.0-py3-none-any": ["a>=1", 'win-part; sys_platform == "win32"', "many[more]"],
    "a-1-cp311-cp311-any": [], "a-1-cp313-cp313-any": ['old; python_version < "3.12"'],
    "many-1-py3-none-any": ['extra-part; extra == "more"', 'never; extra == "other"'],
    "old-1-cp311-abi3-any": [],
}  # fmt: skip


@pytest.fixture
def wheels(tmp_path):
    for name, needs in NEEDS.items():
        told = "".join(f"Requires-Dist: {one}\n" for one in needs)
        with zipfile.ZipFile(tmp_path / f"{name}.whl", "w") as wheel:
            wheel.writestr("x-1.dist-info/METADATA", f"Name: x\n{told}\n")
    return tmp_path


@pytest.mark.parametrize(
    ("system", "python", "needed"),
    [
        ("linux", "3.13", {"a", "many", "extra-part"}),
        ("windows", "3.13", {"a", "many", "extra-part", "win-part"}),
        ("linux", "3.11", {"a", "many", "extra-part"}),
    ],
)
def test_conditions_are_asked_of_the_other_system(wheels, system, python, needed):
    environment = carry.SYSTEMS[system].environment(python)
    app = wheels / "kayoi_map-0.1.0-py3-none-any.whl"
    found = find_needed(wheels, app, environment)
    assert set(found) == needed
    short = python.replace(".", "")
    assert found["a"].name == f"a-1-cp{short}-cp{short}-any.whl" and found["extra-part"] is None


def test_every_pin_is_read():
    pins = read_pins((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    assert pins["pillow-heif"] and "pip" in pins and "streamlit" in pins


@pytest.mark.parametrize("small", [False, True])
def test_a_set_is_laid_and_packed(wheels, tmp_path, monkeypatch, small):
    app = wheels / "kayoi_map-0.1.0-py3-none-any.whl"
    monkeypatch.setattr(carry, "fetch", lambda *_: None)
    monkeypatch.setattr(carry, "fetch_all", lambda *_: None)
    out = tmp_path / "出す所"
    words = ["--system", "mac", "--python", "3.13", "--wheel", str(app), "--out", str(out)]
    monkeypatch.setattr(sys, "argv", ["carry.py", *words, *(["--small"] if small else [])])
    assert carry.main() == 0
    archive = out / f"kayoi-carry-{'small' if small else 'mac'}.zip"
    with zipfile.ZipFile(archive) as packed:
        names = {one.filename.partition("/")[2]: one for one in packed.infolist()}
        note = json.loads(packed.read(names["wheels/carry.json"].filename))
    first = "はじめる（Mac）.command" if small else "はじめる.command"
    for door in (first, "start/start-mac.command", "start/with-python.sh"):
        assert names[door].external_attr >> 16 == 0o100755
    assert names[first].flag_bits & 0x800, "its name says that it is UTF-8"
    assert {"start/start.py", "constraints.txt", "はじめにお読みください.txt"} <= set(names)
    assert ("start/start-windows.bat" in names) == small
    assert note["whole"] is not small and note["files"][app.name]
    assert not [name for name in names if "carrying" in name or "__pycache__" in name]


def test_doors_are_run_by_every_shell_they_are_for():
    for door in ("start", "stop"):
        bat = carry.make_door("windows", door).encode("ascii")
        assert b"%~dp0start\\with-python.bat" in bat and bat.count(b"\n") == bat.count(b"\r\n")
        for file in (f"{door}-mac.command", f"{door}-linux.sh", "with-python.sh"):
            path = ROOT / "start" / file
            assert b"\r" not in path.read_bytes() and os.access(path, os.X_OK)
    for file in (ROOT / "start").glob("*.bat"):
        content = file.read_bytes()
        assert content.isascii() and content.count(b"\n") == content.count(b"\r\n")
        labels = {line[1:] for line in content.decode().split("\r\n") if line.startswith(":")}
        for line in content.decode().split("\r\n"):
            assert "goto " not in line or line.rpartition("goto ")[2] in labels
