"""Where the commands may write: kinds, places, and no two outputs in one file (書き出し先)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.outputs import BOOK, GEOJSON, PACKAGE, PICTURE, TABLE, check_output
from geo.base.problems import InputError
from geo.base.words import Words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path


def check_outputs(
    args: argparse.Namespace,
    *,
    maps: Sequence[Path | None] = (),
    tables: Sequence[Path | None] = (),
    packages: Sequence[Path | None] = (),
    books: Sequence[Path | None] = (),
    pictures: Sequence[Path | None] = (),
    inputs: Sequence[Path | None] = (),
) -> None:
    """Refuse outputs that are one file, misnamed, or an input (書き出し先を確かめる).

    Parameters
    ----------
    args
        ``town``, and ``sites`` where the command has it.
    maps, tables, packages
        What is written as GeoJSON, as CSV, and as GeoPackage.
    books
        What is written as CSV or as a workbook, by its ending.
    pictures
        What is written as SVG.
    inputs
        Files the command reads beside the town and ``sites``.

    Raises
    ------
    InputError
        As `geo.base.outputs.check_output`.
    """
    check_apart(*maps, *tables, *packages, *books, *pictures)
    read = [one for one in (getattr(args, "sites", None), *inputs) if one]
    of = ((maps, GEOJSON), (tables, TABLE), (packages, PACKAGE), (books, (*TABLE, *BOOK)),
          (pictures, PICTURE))  # fmt: skip
    for paths, endings in of:
        for path in paths:
            check_output(path, endings, town=args.town, inputs=read)


def check_apart(*paths: Path | None) -> None:
    """Refuse two outputs that are one file (書き出し先が同じでないか)."""
    given = [path.resolve() for path in paths if path]
    if len(set(given)) < len(given):
        raise InputError(
            Words(
                "書き出し先が同じファイルです。別の名前にしてください",
                "two outputs are the same file; name them apart",
            )
        )
