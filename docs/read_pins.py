"""The packages ``constraints.txt`` pins, and which of them the app itself needs."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PINS: Final = ROOT / "constraints.txt"
_PIN: Final = re.compile(r"(?P<name>[\w.-]+)==(?P<version>\S+)")
_NAME: Final = re.compile(r"[\w.-]+")
# What an installer brings along: it installs all else and is never imported.
INSTALLERS: Final = frozenset({"pip", "setuptools"})


def plain(name: str) -> str:
    """Return a package's name as indexes compare it.

    >>> plain("Pillow_HEIF")
    'pillow-heif'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def read_pins(text: str | None = None) -> dict[str, str]:
    """Return each pinned package and its version, by name.

    Raises
    ------
    ValueError
        When a line pins nothing exactly.
    """
    found: dict[str, str] = {}
    lines = (PINS.read_text(encoding="utf-8") if text is None else text).splitlines()
    for line in filter(None, (one.partition("#")[0].strip() for one in lines)):
        pin = _PIN.fullmatch(line)
        if pin is None:
            raise ValueError(f"constraints.txt: {line!r} pins no version")
        found[pin["name"]] = pin["version"]
    return found


def needed_by_the_app() -> set[str]:
    """Return the plain names of what is imported when the app runs, directly or not."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    todo = [_name(one) for one in project["dependencies"]]
    found: set[str] = set()
    while todo:
        name = plain(todo.pop())
        if name in found:
            continue
        found.add(name)
        try:
            needs = requires(name) or []
        except PackageNotFoundError:
            needs = []
        # What is needed only with an extra, or elsewhere, is pinned if it is installed here.
        todo += [_name(one) for one in needs if "extra ==" not in one]
        if name == "psycopg":
            todo.append("psycopg-binary")
    return found


def _name(requirement: str) -> str:
    match = _NAME.match(requirement)
    return match[0] if match else requirement
