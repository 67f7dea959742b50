"""Write OSM files anew in the plain form that is read fast (OSMファイルを書き直す)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import osmium

if TYPE_CHECKING:
    from pathlib import Path


def save_plain(path: Path, folder: Path) -> Path:
    """Save a copy as plain PBF, in the same order; return its path (書き直す)."""
    plain = folder / "plain.osm.pbf"
    with osmium.SimpleWriter(str(plain)) as writer:
        osmium.apply(str(path), writer)
    return plain


def save_in_order(path: Path, folder: Path) -> Path:
    """Save a copy with nodes before ways before relations, by id; return its path (並べ直す).

    The whole file is held in memory once.
    """
    ordered = folder / "ordered.osm.pbf"
    merged = osmium.MergeInputReader()
    merged.add_file(str(path))
    with osmium.SimpleWriter(str(ordered)) as writer:
        merged.apply(writer)
    return ordered
