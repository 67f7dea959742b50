"""Whether what the app stands on is installed, in the versions it was tried with (部品)."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from packaging.requirements import Requirement

from geo.base.version import PACKAGE, VERSION
from geo.base.words import Words
from layers.doctor.parts.declare import Check, Finding, careful, good, mend

if TYPE_CHECKING:
    from layers.doctor.parts.declare import Subject

_ROOT: Final = Path(__file__).resolve().parents[2]
# In a wheel the file lies in the app; in its source, beside it.
PINS: Final = (_ROOT / "geo" / "constraints.txt", _ROOT / "constraints.txt")
_PIN: Final = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[^\s#;]+)")
_TOLD: Final = 5


def look(_subject: Subject) -> list[Finding]:
    """Compare what is installed with what is needed and pinned (部品を見る)."""
    missing, unfit = _needs(metadata.requires(PACKAGE) or [])
    if missing or unfit:
        told = _few([*missing, *unfit])
        return [mend(
            f"足りないか、合わない版の部品: {told}。かよいマップ {VERSION} を入れなおしてください",
            f"missing, or of a version that does not fit: {told}; install Kayoi Map {VERSION} again",
        )]  # fmt: skip
    file = next((one for one in PINS if one.is_file()), None)
    if file is None:
        return [careful(
            "必要な部品はそろっています。試した版の表（constraints.txt）がないので、くらべていません",
            "all is installed; the list of versions it was tried with (constraints.txt) is not here",
        )]  # fmt: skip
    others = _others(file.read_text(encoding="utf-8"))
    if others:
        return [careful(
            f"試した版とちがう部品: {_few(others)}。-c constraints.txt を付けて入れるとそろいます",
            f"of another version than was tried: {_few(others)}; -c constraints.txt installs those",
        )]  # fmt: skip
    return [good("必要な部品が、試した版でそろっています", "all is installed, as it was tried")]


def _needs(needed: list[str]) -> tuple[list[str], list[str]]:
    missing, unfit = [], []
    for one in map(Requirement, needed):
        if one.marker is not None and not one.marker.evaluate({"extra": ""}):
            continue
        found = _version(one.name)
        if found is None:
            missing.append(one.name)
        elif not one.specifier.contains(found, prereleases=True):
            unfit.append(f"{one.name} {found}")
    return missing, unfit


def _others(pins: str) -> list[str]:
    """Return what is installed and pinned, and of another version."""
    found = [(one["name"], one["version"], _version(one["name"])) for one in _PIN.finditer(pins)]
    return [
        f"{name} {is_}（{pinned}）"
        for name, pinned, is_ in found
        if is_ is not None and is_ != pinned and name not in ("pip", "setuptools")
    ]


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _few(names: list[str]) -> str:
    return ", ".join(names[:_TOLD]) + (f" … ({len(names)})" if len(names) > _TOLD else "")


CHECK = Check(id="packages", order=20, words=Words("部品", "Packages"), look=look)
