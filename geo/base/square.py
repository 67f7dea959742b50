"""The 250 m square somebody's home is told by, and the words for how a place is told (250m四方).

A square is one of 地域メッシュ, JIS X 0410, ten digits: 1/480° high and 1/320° wide.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, Literal

from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words, count_in_english

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PER_DEGREE_LAT: Final = 480
PER_DEGREE_LON: Final = 320
# The last centimetre; as geo.people.mesh, an edge written in decimals is still that edge.
_DECIMALS: Final = 7
_EDGE_DECIMALS: Final = 7
# A centre written with six decimals is still the centre.
_SAME_DEG: Final = 1.5e-6

# How a row of a file tells a home's place. A row without a word tells it as it is.
Told = Literal["square", "exact"]
TOLD_WORDS: Final[dict[Told, Words]] = {
    "square": Words("町丁と250m四方", "area and 250 m square"),
    "exact": Words("正確な位置（庁内用）", "exact (office use only)"),
}
TOLD_HEADS: Final = Words("位置の示し方", "Place told by")
TOLD_NAMES: Final = (TOLD_HEADS.ja, TOLD_HEADS.en, "place_told_by", "site_place_told_by")
EXACT_WORDS: Final = Words(
    "個人の家も正確な位置で書き出す（庁内用）", "Tell private homes as they are (庁内用)"
)
OFFICE_ONLY: Final = Words("庁内用", "office use only")
# File names carry the one mark in either language: whoever sees it knows not to pass it on.
OFFICE_MARK: Final = OFFICE_ONLY.ja


def square_of(lon: float, lat: float) -> tuple[float, float, float, float]:
    """Return west, south, east, north of the square that holds a point, degrees (点のある四方).

    A point on an edge belongs to the square north or east of it.

    Examples
    --------
    >>> square_of(139.767125, 35.681236)
    (139.765625, 35.67916666666667, 139.76875, 35.68125)
    """
    x = math.floor(round(lon * PER_DEGREE_LON, _EDGE_DECIMALS))
    y = math.floor(round(lat * PER_DEGREE_LAT, _EDGE_DECIMALS))
    return (
        x / PER_DEGREE_LON, y / PER_DEGREE_LAT, (x + 1) / PER_DEGREE_LON, (y + 1) / PER_DEGREE_LAT
    )  # fmt: skip


def centre_of_square(lon: float, lat: float) -> tuple[float, float]:
    """Return longitude and latitude of the middle of a point's square (四方のまん中).

    Examples
    --------
    >>> centre_of_square(139.767125, 35.681236)
    (139.7671875, 35.6802083)
    """
    west, south, east, north = square_of(lon, lat)
    return round((west + east) / 2, _DECIMALS), round((south + north) / 2, _DECIMALS)


def is_centre(point: tuple[float, float], home: tuple[float, float]) -> bool:
    """Say whether a point is the middle of a home's square, as files round it (四方のまん中か).

    Examples
    --------
    >>> is_centre((139.767188, 35.680208), (139.767125, 35.681236))
    True
    """
    lon, lat = centre_of_square(*home)
    return abs(point[0] - lon) <= _SAME_DEG and abs(point[1] - lat) <= _SAME_DEG


def is_blurred(told: object) -> bool:
    """Say whether a cell says that its row's place is a square's middle (ぼかした印か).

    Examples
    --------
    >>> is_blurred(" 町丁と２５０ｍ四方"), is_blurred("square"), is_blurred("")
    (True, True, False)
    """
    words = TOLD_WORDS["square"]
    wanted = {tidy(one).casefold() for one in (words.ja, words.en, "square")}
    return tidy(str(told)).casefold() in wanted


def find_told(columns: Iterable[str]) -> str | None:
    """Return the column that says how places are told, ``None`` for none (印の列)."""
    known = {tidy(one).casefold() for one in TOLD_NAMES}
    return next((one for one in columns if tidy(one).casefold() in known), None)


def check_office_name(path: Path) -> None:
    """Refuse a file of exact homes whose name does not say so (庁内用の名前か).

    Nothing is written under a name nobody asked for: it is refused, and the name is offered.

    Raises
    ------
    InputError
        When the name lacks 庁内用.
    """
    if OFFICE_MARK not in path.name:
        offered = path.with_name(f"{path.stem}_{OFFICE_MARK}{path.suffix}").name
        raise InputError(
            Words(
                f"--exact のファイルには個人の家の正確な位置が入ります。名前に「{OFFICE_MARK}」を"
                f"入れてください（例: {offered}）",
                f"with --exact the file holds where private homes are: its name must say "
                f"{OFFICE_MARK} (as in {offered})",
            )
        )


def say_office_file(name: str) -> Words:
    """Return that a file is for the office alone, whatever it is called (庁内用の文).

    Examples
    --------
    >>> say_office_file("cells.geojson").ja
    'cells.geojson は庁内用です。外に出さないでください'
    """
    return Words(
        f"{name} は{OFFICE_MARK}です。外に出さないでください",
        f"{name} is for {OFFICE_ONLY.en} ({OFFICE_MARK}): do not pass it on",
    )


def say_homes_told(count: int, *, exact: bool) -> Words:
    """Return how the homes of a file are told (個人の家の示し方の文)."""
    if exact:
        return Words(
            f"個人の家 {count}か所の正確な位置が入っています。{OFFICE_MARK}です",
            f"it holds where {count_in_english(count, 'private home')} stand{'s' if count == 1 else ''}: "
            f"{OFFICE_ONLY.en} ({OFFICE_MARK})",
        )
    return Words(
        f"個人の家 {count}か所は、町丁と250m四方のまん中で示しました",
        f"{count_in_english(count, 'private home')} told by area and by the middle of a 250 m square",
    )
