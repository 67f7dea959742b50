"""One version, told by the command without loading what figures are made with."""

import re
import subprocess
import sys
import tomllib

from where import ROOT

from geo.base.version import VERSION

ASKED = """
import sys
from geo.cli import main
assert main(["--version"]) == 0
heavy = {"numpy", "pandas", "shapely", "streamlit", "sqlalchemy", "folium", "uvicorn"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""


def test_the_version_is_the_one_of_the_project_or_it_is_to_be_installed_anew():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION, "pip install -c constraints.txt --no-deps -e ."


def test_it_is_told_with_pythons_and_nothing_heavy_is_loaded_for_it():
    told = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    python = ".".join(map(str, sys.version_info[:3]))
    assert told == f"kayoi {VERSION} (Python {python})\n"


def test_the_version_stands_in_no_second_place():
    places = [
        "geo/base/version.py",
        "start/carry.py",
        "constraints.txt",
        "layers/assets/package.json",
    ]
    for name in places:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r'(version"?\s*[:=]\s*"|kayoi-map==)\d', text, re.IGNORECASE), name


def test_the_changelog_begins_with_it():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", text, re.MULTILINE)[0] == VERSION
