"""The file formats sites are written to, and writing them (書き出しの書式)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.registry import find_entries, in_order
from surveys.formats.parts.declare import Format, pack_files
from surveys.record.veil import NO_AREAS, show_outside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.words import Lang
    from surveys.declaration.record_type import RecordType
    from surveys.formats.parts.declare import Sites
    from surveys.record.portable import Portable

__all__ = ["FORMATS", "Format", "dump_all", "dump_files", "dump_type"]

FORMATS: Final[dict[str, Format]] = in_order(
    find_entries("surveys.formats", "FORMAT", beside=("format", "upload"))
)


def dump_type(
    format_id: str,
    type_: RecordType,
    portables: Sequence[Portable],
    *,
    lang: Lang = "ja",
    made_at: str,
    exact: bool = False,
    areas: Mapping[str, str] = NO_AREAS,
) -> bytes:
    """Return one type's sites in a format (書き出す).

    Parameters
    ----------
    made_at
        When, as ISO text; it is told in the file and decides every byte of its time.
    exact
        Whether private homes are told as they are, in a file for the office alone
        (`surveys.record.veil.show_outside`).
    areas
        By site id the name of the area a home is told by.

    Raises
    ------
    KeyError
        No such format.
    InputError
        What the format has no room for.
    """
    shown = [show_outside(one, type_, exact=exact, areas=areas) for one in portables]
    return FORMATS[format_id].dump(type_, shown, lang, made_at)


def dump_all(
    format_id: str,
    sites: Sites,
    *,
    lang: Lang = "ja",
    made_at: str,
    exact: bool = False,
    areas: Mapping[str, str] = NO_AREAS,
) -> tuple[bytes, str]:
    """Return several types' sites, and the ending of the file (まとめて書き出す).

    A workbook, a GeoPackage and a GeoJSON hold them all; of a CSV there is a file a type in a zip.
    """
    form = FORMATS[format_id]
    if form.dump_many is not None:
        return form.dump_many(_shown(sites, exact, areas), lang, made_at), form.suffix
    files = dump_files(format_id, sites, lang=lang, made_at=made_at, exact=exact, areas=areas)
    return pack_files(files), ".zip"


def dump_files(
    format_id: str,
    sites: Sites,
    *,
    lang: Lang = "ja",
    made_at: str,
    exact: bool = False,
    areas: Mapping[str, str] = NO_AREAS,
) -> dict[str, bytes]:
    """Return a file for each of several types, by name (種類ごとのファイル)."""
    form = FORMATS[format_id]
    return {
        f"{type_.id}{form.suffix}": form.dump(type_, portables, lang, made_at)
        for type_, portables in _shown(sites, exact, areas).items()
    }


def _shown(sites: Sites, exact: bool, areas: Mapping[str, str]) -> Sites:  # noqa: FBT001 - passed on
    return {
        type_: [show_outside(one, type_, exact=exact, areas=areas) for one in portables]
        for type_, portables in sites.items()
    }
