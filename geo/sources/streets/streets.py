"""Read streets from whatever file is given (道のファイルを読む)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.streets.gpkg import load_street_gpkg
from geo.sources.streets.graphml import load_graphml
from geo.sources.streets.osm import load_osm

if TYPE_CHECKING:
    from pathlib import Path

    from geo.network.extract import Extract
    from geo.sources.streets.osm import LonLatBox

_OSM = (".osm", ".osm.gz", ".osm.bz2", ".osm.pbf", ".pbf")
STREET_SUFFIXES = (*_OSM, ".graphml", ".gpkg")


def load_streets(
    path: Path, *, keep_lonlat: LonLatBox | None = None, use_unknown: bool = False
) -> Extract:
    """Return streets and features of a file, by the reader its name asks for (道を読む).

    Parameters
    ----------
    path
        One of `STREET_SUFFIXES`. Beside ``town.graphml`` a ``town-features.gpkg`` is read
        too, where there is one.
    keep_lonlat
        West, south, east, north in degrees: an OSM file, which may be of a whole region, is
        read only there. The other kinds are of one town and are read whole.
    use_unknown
        Whether edges without a ``highway`` value may be walked (GeoPackage, GraphML).

    Raises
    ------
    InputError
        When the kind of file is not known, or the file cannot be read.
    """
    name = path.name.lower()
    if name.endswith(_OSM):
        return load_osm(path, keep_lonlat)
    if name.endswith(".gpkg"):
        return load_street_gpkg(path, use_unknown=use_unknown)
    if name.endswith(".graphml"):
        features = features_beside(path)
        return load_graphml(path, features if features.is_file() else None, use_unknown=use_unknown)
    raise InputError(
        Words(
            f"{path.name} は道のファイルとして読めない種類です。"
            f"読めるのは {' '.join(STREET_SUFFIXES)} です。",
            f"{path.name} is not a kind of street file we read; "
            f"these are: {' '.join(STREET_SUFFIXES)}",
        )
    )


def features_beside(path: Path) -> Path:
    """Return where the features of a GraphML file are looked for (施設のファイルの場所)."""
    return path.with_name(f"{path.stem}-features.gpkg")
