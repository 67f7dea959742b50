"""What stands in an argument of ``kayoi build`` beside the file: layer, column, municipality (ファイルの指定)."""

from __future__ import annotations

import re
from pathlib import Path

from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.municipality import split_choice
from geo.sources.vector import split_layer
from surveys.commands.taking import parse_accept


def parse_division(text: str) -> tuple[str, Path, str, str]:
    """Return name, file, column and tier of ``NAME=FILE:COLUMN[:TIER]`` (地区の指定を読む).

    Examples
    --------
    >>> parse_division("町丁目=a/b.gpkg:S_NAME:第2層")[2:]
    ('S_NAME', '第2層')
    >>> str(parse_division("町丁目=C:/b.gpkg:S_NAME")[1])
    'C:/b.gpkg'
    """
    name, _, rest = text.partition("=")
    form = re.fullmatch(r"((?:[A-Za-z]:(?=[\\/]))?[^:]+):([^:]+)(?::([^:]*))?", rest)
    if not name.strip() or form is None:
        raise InputError(
            Words(
                f"--division「{text}」が読めません。町丁目=ファイル:名前の列[:第1層] のように書いてください",
                f"cannot read --division {text!r}; write NAME=FILE:COLUMN[:TIER]",
            )
        )
    return name.strip(), Path(form[1]), form[2], form[3] or ""


def file_and_city(text: str | None) -> tuple[Path | None, str]:
    """Return the file of an argument, and the municipality chosen of it (ファイルと市区町村)."""
    if not text:
        return None, ""
    if Path(text).is_file():  # whatever signs its name holds
        return Path(text), ""
    file, city = split_choice(text)
    return Path(file), city


def border_file(text: str | None) -> tuple[Path | None, str, str]:
    """Return the file, the layer and the municipality of the border's argument (市の境の引数)."""
    file, city = file_and_city(text)
    if file is None:
        return None, "", ""
    name, layer = split_layer(str(file))
    return Path(name), layer, city


def accepted(text: str, kind: str) -> str:
    """Return a kind that is among those accepted, else "" (これでよいか)."""
    return kind if kind in parse_accept(text) else ""
