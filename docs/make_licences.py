"""Write docs/licences.md from what is installed: python docs/make_licences.py."""

from __future__ import annotations

import json
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent))

from read_pins import INSTALLERS, ROOT, needed_by_the_app, plain, read_pins

OUT: Final = ROOT / "docs" / "licences.md"
LOCK: Final = ROOT / "layers" / "assets" / "package-lock.json"
_LONGEST: Final = 60  # a whole licence stands in the field of some
# Whose metadata say nothing: read in the package's own repository.
_READ: Final = {"streamlit-folium": "MIT", "pip": "MIT", "setuptools": "MIT"}
_HEAD: Final = """# Licences of what Kayoi Map is built on

Kayoi Map itself is under the MIT licence (`LICENSE`). None of the packages below is part of this
repository: each is fetched at installation, unchanged, and stays under its own licence. Made by
`python docs/make_licences.py` from `constraints.txt`, the packages' own metadata, and the lock
file of the browser's parts; a test fails when a package is new or gone, or its licence another.
What is "the app" is imported when the app runs; "development" builds or tests it.

Data has licences of its own: each town tells them in its sources (出典), on every page and file.
One list of data is part of this repository: the municipalities of Japan in
`geo/base/municipal/`, made of [localgovjp](https://github.com/code4fukui/localgovjp) by Code for
FUKUI as of 2026-07-09 (`python docs/make_municipalities.py` makes it anew), under CC0 1.0.
"""


def licences() -> str:
    """Return the page."""
    app = needed_by_the_app()
    rows = [
        (name, version, licence_of(name), _used(name, app)) for name, version in read_pins().items()
    ]
    heads = ("package", "version", "licence")
    return "\n".join(
        [
            _HEAD,
            _table("Python", (*heads, "used by"), sorted(rows, key=lambda row: plain(row[0]))),
            _table("The browser's parts", heads, _browser_parts()),
        ]
    )


def licence_of(name: str) -> str:
    """Return what a package says of its licence, "" where it says nothing."""
    if name in _READ:
        return _READ[name]
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return ""
    if told["License-Expression"]:
        return str(told["License-Expression"])
    kinds = [
        one.rpartition("::")[2].strip().removesuffix(" License")
        for one in told.get_all("Classifier") or []
        if one.startswith("License :: OSI Approved ::")
    ]
    said = str(told["License"] or "").strip()
    short = said if said and "\n" not in said and len(said) <= _LONGEST else ""
    return short or ", ".join(kinds)


def _used(name: str, app: set[str]) -> str:
    if name in INSTALLERS:
        return "installation"
    return "the app" if plain(name) in app else "development"


def _browser_parts() -> list[tuple[str, str, str]]:
    parts = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    rows = {
        (path.rpartition("node_modules/")[2], str(one["version"]), str(one.get("license", "")))
        for path, one in parts.items()
        if path
    }
    return sorted(rows)


def _table(title: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [f"## {title}\n", "| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


if __name__ == "__main__":
    OUT.write_text(licences(), encoding="utf-8")
