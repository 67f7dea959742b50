"""The file formats sites are written to, and writing them (書き出しの書式)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.registry import find_entries
from surveys.formats.parts.declare import Format, pack_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from surveys.declaration.record_type import RecordType
    from surveys.formats.parts.declare import Sites
    from surveys.record.portable import Portable

__all__ = ["FORMATS", "Format", "dump_all", "dump_files", "dump_type"]

FORMATS: Final[dict[str, Format]] = dict(
    sorted(
        find_entries("surveys.formats", "FORMAT", beside=("format", "upload")).items(),
        key=lambda item: item[1].order,
    )
)


def dump_type(
    format_id: str,
    type_: RecordType,
    portables: Sequence[Portable],
    *,
    lang: Lang = "ja",
    made_at: str,
) -> bytes:
    """Return one type's sites in a format (書き出す).

    Parameters
    ----------
    made_at
        When, as ISO text; it is told in the file and decides every byte of its time.

    Raises
    ------
    KeyError
        No such format.
    InputError
        What the format has no room for.
    """
    return FORMATS[format_id].dump(type_, portables, lang, made_at)


def dump_all(format_id: str, sites: Sites, *, lang: Lang = "ja", made_at: str) -> tuple[bytes, str]:
    """Return several types' sites, and the ending of the file (まとめて書き出す).

    A workbook, a GeoPackage and a GeoJSON hold them all; of a CSV there is a file a type in a zip.
    """
    form = FORMATS[format_id]
    if form.dump_many is not None:
        return form.dump_many(sites, lang, made_at), form.suffix
    return pack_files(dump_files(format_id, sites, lang=lang, made_at=made_at)), ".zip"


def dump_files(
    format_id: str, sites: Sites, *, lang: Lang = "ja", made_at: str
) -> dict[str, bytes]:
    """Return a file for each of several types, by name (種類ごとのファイル)."""
    form = FORMATS[format_id]
    return {
        f"{type_.id}{form.suffix}": form.dump(type_, portables, lang, made_at)
        for type_, portables in sites.items()
    }
