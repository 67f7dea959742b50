"""Write OSM files anew in the plain form that is read fast (OSMファイルを書き直す).

osmium may crash on damaged bytes, so each file is written in a process of its own: that is all
that is lost then.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import osmium

if TYPE_CHECKING:
    from collections.abc import Collection


def save_plain(path: Path, folder: Path, without: Collection[str] = ()) -> Path:
    """Save a copy as plain PBF, in the same order; return its path (書き直す).

    Parameters
    ----------
    without
        Objects to leave out, as ``n1 w2 r3``.

    Raises
    ------
    RuntimeError
        When the file cannot be read.
    """
    left = folder / "without.txt"
    left.write_text("\n".join(without))
    return _save_apart("plain", path, folder / "plain.osm.pbf", left)


def save_in_order(path: Path, folder: Path) -> Path:
    """Save a copy with nodes before ways before relations, by id; return its path (並べ直す).

    The whole file is held in memory once.

    Raises
    ------
    RuntimeError
        When the file cannot be read.
    """
    return _save_apart("in order", path, folder / "ordered.osm.pbf")


def _save_apart(how: str, path: Path, copy: Path, *more: Path) -> Path:
    files = [str(each) for each in (path, copy, *more)]
    command = [sys.executable, "-m", "geo.sources.ways.osm_order", how, *files]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own module
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise RuntimeError(told[-1] if told and done.returncode == 1 else "unreadable")
    return copy


def _write(how: str, path: str, copy: str, without: str = "") -> None:
    left = set(Path(without).read_text().split()) if without else set()
    with osmium.SimpleWriter(copy) as writer:
        if left:
            for item in osmium.FileProcessor(path):
                if f"{item.type_str()}{item.id}" not in left:
                    writer.add(item)
        elif how == "plain":
            osmium.apply(path, writer)
        else:
            merged = osmium.MergeInputReader()
            merged.add_file(path)
            merged.apply(writer)


if __name__ == "__main__":
    try:
        _write(*sys.argv[1:])
    except (RuntimeError, ValueError, OSError) as error:
        sys.exit(str(error))
