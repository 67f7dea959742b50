"""What the running app holds: the town and its latest answers, shared by pages and routes (動いている街)."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from geo.coverage import Question
from geo.problems import InputError
from geo.ranges import parse_range
from geo.sources.town_folder import DATA, load_town
from geo.tables import PEOPLE
from geo.town import ask
from geo.walkers import parse_walker
from geo.words import Words

if TYPE_CHECKING:
    from geo.coverage import Coverage
    from geo.tables import People
    from geo.town import Town

VARIABLE = "KAYOI_TOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it stands in an address: plain texts (アドレスの中の問い)."""

    people: str
    walker: str
    within: str
    division: str = ""

    @property
    def query(self) -> str:
        """The question as a query string (問い合わせの文字列)."""
        return urlencode(asdict(self))


def town_folder() -> Path:
    """Return the folder of the town being served (街のフォルダ)."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        raise InputError(
            Words(
                "街が選ばれていません。kayoi serve --town フォルダ で始めてください",
                "no town was chosen; start with kayoi serve --town DIR",
            )
        )
    return Path(folder)


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


def answer(asked: Asked) -> Coverage:
    """Return the coverage asked for; the last few are kept (問いの答え).

    Raises
    ------
    InputError
        When a part of the question is not known.
    """
    folder = town_folder()
    return _answer(folder, stamp(folder), asked)


@lru_cache(maxsize=1)
def _town(folder: Path, _stamp: str) -> Town:
    return load_town(folder)


@lru_cache(maxsize=32)
def _answer(folder: Path, at: str, asked: Asked) -> Coverage:
    town = _town(folder, at)
    question = Question(
        division=asked.division or town.divisions[0],
        people=_people(asked.people),
        walker=parse_walker(asked.walker),
        within=parse_range(asked.within),
    )
    return ask(town, question)


def _people(text: str) -> People:
    for known in PEOPLE:
        if known == text:
            return known
    raise InputError(Words(f"年齢「{text}」は分かりません", f"unknown age group {text!r}"))
