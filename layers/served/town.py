"""The town the running app serves, and when it was built (動いている街)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from geo.base.problems import InputError
from geo.base.settings import TOWN
from geo.base.words import Words
from geo.sources.editions import DATA
from geo.sources.own_folder import holds_town
from geo.sources.town_folder import is_streetless, load_town

if TYPE_CHECKING:
    from geo.town import Town

VARIABLE = TOWN.name


def town_folder() -> Path:
    """Return the folder of the town being served (街のフォルダ)."""
    folder = TOWN.read()
    if not folder:
        raise InputError(
            Words(
                "街が選ばれていません。kayoi serve --town フォルダ で始めてください",
                "no town was chosen; start with kayoi serve --town DIR",
            )
        )
    return Path(folder)


def is_townless() -> bool:
    """Say whether the folder that is served holds no town yet (街がまだないか)."""
    folder = TOWN.read()
    return bool(folder) and not holds_town(Path(folder))


def stamp(folder: Path) -> str:
    """Return a short text that changes when the town is built anew (街の版)."""
    try:
        return f"{(folder / DATA / 'town.json').stat().st_mtime_ns:x}"
    except OSError:
        return "none"


def town_now() -> Town:
    """Return the town being served, read anew when it was built anew (いまの街).

    The object is shared by everyone: nobody changes it.
    """
    folder = town_folder()
    return _town(folder, stamp(folder))


@lru_cache(maxsize=1)
def _town(folder: Path, _stamp: str) -> Town:
    return load_town(folder)


def is_streetless_now() -> bool:
    """Say whether the town being served was built without streets, without reading it whole (道のない街か)."""
    try:
        folder = town_folder()
    except InputError:
        return False
    return _is_streetless(folder, stamp(folder))


@lru_cache(maxsize=1)
def _is_streetless(folder: Path, _stamp: str) -> bool:
    return is_streetless(folder)
