"""Read streets from whatever file is given (道のファイルを読む)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.registry import find_entries
from geo.base.words import Words
from geo.sources.declare import StreetsWanted

if TYPE_CHECKING:
    from pathlib import Path

    from geo.network.extract import Extract
    from geo.sources.declare import LonLatBox, StreetFormat

STREETS: Final[dict[str, StreetFormat]] = find_entries(
    "geo.sources.streets", "SOURCE", beside=("edge_table", "ends", "overpass", "streets", "table")
)


def load_streets(
    path: Path, *, keep_lonlat: LonLatBox | None = None, use_unknown: bool = False
) -> Extract:
    """Return streets and features of a file, by the reader its name asks for (道を読む).

    Parameters
    ----------
    path
        Of one of `STREETS`. Beside ``town.graphml`` a ``town-features.gpkg`` is read too, where
        there is one.
    keep_lonlat, use_unknown
        As `geo.sources.declare.StreetsWanted`.

    Raises
    ------
    InputError
        When the kind of file is not known, or the file cannot be read.
    """
    name = path.name.lower()
    fits = [
        (len(ending), one)
        for one in STREETS.values()
        for ending in one.endings
        if name.endswith(ending)
    ]
    if fits:
        _, found = max(fits, key=lambda fit: fit[0])
        return found.load(path, StreetsWanted(keep_lonlat=keep_lonlat, use_unknown=use_unknown))
    known = " ".join(ending for one in STREETS.values() for ending in one.endings)
    raise InputError(
        Words(
            f"{path.name} は道のファイルとして読めない種類です。読めるのは {known} です。",
            f"{path.name} is not a kind of street file we read; these are: {known}",
        )
    )
