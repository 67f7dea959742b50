"""Where a command may write, so that no output takes the place of an input (書き出してよい所)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.files import hash_file
from geo.base.problems import InputError
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

GEOJSON: Final = (".geojson", ".json")
TABLE: Final = (".csv",)
PACKAGE: Final = (".gpkg",)
BOOK: Final = (".xlsx",)
PICTURE: Final = (".svg",)
PDF: Final = (".pdf",)
# What a town's folder holds of its own: its sources, what was built of them, its recipe, and the
# register with its photos.
_SOURCES: Final = "sources"
_OWN: Final = frozenset(
    {_SOURCES, "data", "town.toml", "register", "cache", "editions", "making", ".next"}
)


def check_output(
    path: Path | None, endings: Iterable[str], *, town: Path | None, inputs: Iterable[Path] = ()
) -> None:
    """Refuse to write where an output does not belong (書き出してよい所か確かめる).

    Parameters
    ----------
    path
        The file to be written, or None.
    endings
        What its name may end in, for what it will hold.
    town
        The town's folder: nothing is written over its sources, data, recipe and register, nor
        over a file elsewhere that is one of its sources, byte for byte.
    inputs
        Files the command reads.

    Raises
    ------
    InputError
        The name says another kind of file, or the file is one of those.
    """
    if path is None:
        return
    fits = tuple(endings)
    if path.suffix.casefold() not in fits:
        listed = "、".join(fits)
        raise InputError(
            Words(
                f"書き出し先 {path} の名前が、中身と合いません。{listed} で終わる名前にしてください",
                f"the name {path} does not fit what is written; let it end in {' or '.join(fits)}",
            )
        )
    check_place(path, town, inputs)


def check_place(path: Path, town: Path | None, inputs: Iterable[Path] = ()) -> None:
    """Refuse to write a file or folder over what is a town's own or read (上書きしてよい所か)."""
    if any(one.exists() and path.exists() and path.samefile(one) for one in inputs):
        raise _not_over(path)
    if town is not None and town.exists():
        inside = path.resolve().parts[len(town.resolve().parts) :]
        own = path.resolve().is_relative_to(town.resolve()) and inside[:1] and inside[0] in _OWN
        if own or _is_source(path, town):
            raise _not_over(path)


def _is_source(path: Path, town: Path) -> bool:
    """Say whether a file is one that was copied into the town's sources."""
    if not path.is_file():
        return False
    size, copies = path.stat().st_size, (town / _SOURCES).rglob("*")
    alike = [one for one in copies if one.is_file() and one.stat().st_size == size]
    return bool(alike) and hash_file(path) in {hash_file(one) for one in alike}


def _not_over(path: Path) -> InputError:
    return InputError(
        Words(
            f"{path} は街の元のファイルか、街のデータです。上書きしないように、別の名前にしてください",
            f"{path} is a source or a part of the town; give another name, so that it is not "
            "written over",
        )
    )
