"""What the app needs on another system, read from the wheels themselves (要る部品).

`pip download` asks the conditions of requirements (``sys_platform == "win32"``) of the machine it
runs on, so what another system needs is found here.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from email.parser import Parser
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import parse_wheel_filename

if TYPE_CHECKING:
    from pathlib import Path

    from packaging.tags import Tag


@dataclass(frozen=True, kw_only=True)
class Target:
    """A system the app is carried to (持って行く先).

    Attributes
    ----------
    tags
        What wheels are for, the newest first.
    """

    tags: tuple[str, ...]
    sys_platform: str
    platform_system: str
    os_name: str
    platform_machine: str

    def environment(self, python: str) -> dict[str, str]:
        """Return what conditions of requirements are asked of (環境のことば)."""
        return {
            "sys_platform": self.sys_platform, "platform_system": self.platform_system,
            "os_name": self.os_name, "platform_machine": self.platform_machine,
            "python_version": python, "python_full_version": f"{python}.0",
            "implementation_name": "cpython", "platform_python_implementation": "CPython",
            "implementation_version": f"{python}.0", "platform_release": "", "platform_version": "",
        }  # fmt: skip


def plain(name: str) -> str:
    """Return a package's name as indexes compare it.

    >>> plain("Pillow_HEIF")
    'pillow-heif'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def read_pins(text: str) -> dict[str, str]:
    """Return the version each plain name is pinned to (決めてある版)."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    pairs = (line.partition("==") for line in lines if "==" in line)
    return {plain(name): version for name, _, version in pairs}


def find_needed(wheels: Path, app: Path, environment: dict[str, str]) -> dict[str, Path | None]:
    """Return every package needed, with its wheel, ``None`` where it is not there yet (要る部品).

    What those need that are not there is not known yet.
    """
    there = _wheels_for(wheels, environment["python_version"])
    found: dict[str, Path | None] = {}
    todo: list[tuple[Path, frozenset[str]]] = [(app, frozenset())]
    seen: set[tuple[Path, frozenset[str]]] = set()
    while todo:
        one = todo.pop()
        if one in seen:
            continue
        seen.add(one)
        for requirement in _requirements(*one, environment):
            name = plain(requirement.name)
            file = found[name] = there.get(name)
            if file is not None:
                todo.append((file, frozenset(requirement.extras)))
    return found


def _requirements(
    wheel: Path, extras: frozenset[str], environment: dict[str, str]
) -> list[Requirement]:
    with zipfile.ZipFile(wheel) as packed:
        (name,) = (
            one for one in packed.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", one)
        )
        told = Parser().parsestr(packed.read(name).decode("utf-8"))
    wanted = [Requirement(one) for one in told.get_all("Requires-Dist", [])]
    return [
        one
        for one in wanted
        if one.marker is None
        or any(one.marker.evaluate({**environment, "extra": extra}) for extra in ("", *extras))
    ]


def _wheels_for(folder: Path, python: str) -> dict[str, Path]:
    short = python.replace(".", "")
    found = {}
    for file in sorted(folder.glob("*.whl")):
        name, _, _, tags = parse_wheel_filename(file.name)
        if any(_runs(tag, short) for tag in tags):
            found[plain(name)] = file
    return found


def _runs(tag: Tag, short: str) -> bool:
    # Every wheel here is for one system; only the Python has to be told apart.
    if tag.abi == "abi3":
        return tag.interpreter.startswith("cp3") and int(tag.interpreter[3:]) <= int(short[1:])
    if tag.interpreter.startswith("py"):
        return True
    return tag.interpreter == f"cp{short}"
