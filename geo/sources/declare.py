"""What a source is: a role in a town, and the files it is read from (出典の宣言)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.base.words import Words
    from geo.network.extract import Extract
    from geo.relief.grid import HeightGrid, Window
    from geo.sources.heights.sheet import HeightSheet

    LonLatBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What a source is to a town (出典の役).

    Attributes
    ----------
    option
        Of ``kayoi build``.
    one
        Whether a town has at most one.
    room
        The package with a file for each format it is read from; "" where one reader takes them
        all.
    endings
        Of the files, with their dots, where there is no `room`.
    origin
        Where such data is to be had, and what its owner asks.
    """

    id: str
    words: Words
    option: str
    one: bool = False
    room: str = ""
    endings: tuple[str, ...] = ()
    origin: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetsWanted:
    """What is wanted of a file of streets (道の読み方).

    Attributes
    ----------
    keep_lonlat
        West, south, east, north in degrees: a file that may be of a whole region is read only
        there. The other kinds are of one town and are read whole.
    use_unknown
        Whether edges whose kind the file does not say may be walked.
    """

    keep_lonlat: LonLatBox | None = None
    use_unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetFormat:
    """One kind of file streets are read from (道の書式).

    Attributes
    ----------
    endings
        Of its names, in small letters; where two fit a name the longer one counts.
    load
        From the file and what is wanted to streets and features.
    """

    id: str
    words: Words
    endings: tuple[str, ...]
    origin: Words
    load: Callable[[Path, StreetsWanted], Extract]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeightTold:
    """What the names of a file's sheets tell of where it comes from (標高の出典).

    Attributes
    ----------
    name, credit
        To be printed; "" where the file does not tell.
    date
        Of the newest sheet, YYYY-MM-DD, or "".
    """

    name: str = ""
    credit: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeightFormat:
    """One kind of file heights are read from (標高の書式).

    Attributes
    ----------
    endings
        Of its names, in small letters.
    read
        From a sheet and the town's window to grids, none where they do not meet.
    knows
        Whether a file in a zip is one of these, by its name; ``None`` where the ending tells.
    rank
        How well a sheet was measured, by its name, 0 the best; ``None`` for a name that does
        not tell.
    tell
        What names tell of their source; ``None`` where they tell nothing.
    """

    id: str
    words: Words
    endings: tuple[str, ...]
    origin: Words
    read: Callable[[HeightSheet, Window], list[HeightGrid]]
    knows: Callable[[str], Any] | None = None
    rank: Callable[[str], int | None] | None = None
    tell: Callable[[list[str]], HeightTold | None] | None = None
