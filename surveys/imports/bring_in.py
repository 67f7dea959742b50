"""One door from a file's bytes to the plan of taking it, for the page and the command (取りこみの入口)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.formats.parts.interpret import interpret
from surveys.formats.parts.known_heads import known_heads
from surveys.formats.parts.of_type import take_type
from surveys.formats.parts.packed_lists import unpack_lists
from surveys.formats.parts.weekday_columns import join_weekdays
from surveys.formats.raw.shapefile import NoZoneError
from surveys.formats.upload import read_upload
from surveys.imports.addressed import place_by_address
from surveys.imports.importing import plan_import
from surveys.imports.kinds import find_kind
from surveys.imports.layout import choose, find_kept, say_kept
from surveys.imports.numbering import number_rows
from surveys.imports.plan import Taking
from surveys.imports.ruled import improve
from surveys.imports.zoned import ask_zones, notice_datum, put_in_zone, say_zones_of
from surveys.rules import RULES
from surveys.store.own_choices import type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    import shapely

    from geo.base.addressed.book import Books
    from surveys.declaration.record_type import RecordType
    from surveys.formats.parts.reading import Reading
    from surveys.formats.raw.table import RawFile
    from surveys.imports.plan import Plan
    from surveys.rules.rule import Rule
    from surveys.store.register import Register

# Columns only our own exports have; one beside the ids tells an export for a new register.
_OURS = frozenset({"@number", "@due", "@source", "@sure", "@origins", "@unknown"})


def bring_in(  # noqa: PLR0913 - one door, and all it needs
    register: Register,
    type_id: str,
    data: bytes,
    *,
    file: str,
    by: str,
    on: str,
    now: str,
    new_id: Callable[[], str],
    mapping: Mapping[str, Mapping[str, str | None]] | None = None,
    rules: Iterable[Rule] | None = None,
    chosen: Mapping[str, str | None] | None = None,
    sheets: Collection[str] = (),
    encoding: str = "",
    zone: int = 0,
    border: shapely.Geometry | None = None,
    books: Books | None = None,
) -> tuple[Plan, Reading]:
    """Return what taking a file would do, and how it was read (ファイルを取りこむ予定).

    Parameters
    ----------
    data, file
        A file as it was given, and the name it was given under; never opened.
    on
        The day the file speaks of, ``2026-11-21``, or "".
    mapping
        By sheet and header what a person chose instead of what was recognised. A rule does not
        see a column a person gave another meaning.
    rules
        Those to use; ``None`` for all there are.
    chosen
        By header alone, what a person chose, on whatever sheet it stands; with it and without
        `mapping` counts what was kept of the layout.
    sheets, encoding
        As `read_upload` takes them.
    zone
        Of 平面直角座標系, where somebody said it of metres whose zone nothing tells; 0 for not said.
    border
        The town in degrees, where it is known: it says which zone may be meant, and of what datum.
    books
        Where the town's addresses are: rows without a place are placed by them.

    Raises
    ------
    InputError
        A file that cannot be read, or a record type there is none of.
    """
    type_ = _find_type(register, type_id)
    known = known_heads(type_)
    try:
        given = read_upload(
            data, file=file, known=known, sheets=sheets, encoding=encoding, zone=zone
        )
    except NoZoneError as error:
        raise say_zones_of(error, border) from error
    raw = unpack_lists(join_weekdays(take_type(given, type_), type_), type_)
    raw = put_in_zone(raw, zone, border) if zone else raw
    kept = () if mapping is not None else find_kept(register, type_, raw)
    if mapping is None:
        mapping = choose(raw, dict(kept), chosen or {})
    reading = interpret(raw, type_, mapping=mapping)
    own = _is_own(register, raw, reading)
    said = say_kept(type_, kept, mapping)
    reading = replace(reading, kept=bool(said))
    if not own:
        told = _without_ids(reading)
        told = replace(told, rows=number_rows(register, type_, told.rows))
        wanted = [
            one for one in (RULES.values() if rules is None else rules) if one.type in ("", type_id)
        ]
        reading, understood = improve(raw, type_, told, wanted, mapping)
        asked, zones = ask_zones(raw, border)
        more = [*asked, *notice_datum(reading.rows, border, raw.name)]
        reading = replace(reading, problems=(*reading.problems, *more), zones=zones)
        said = (*said, *understood)
        if books is not None:
            placed, found = place_by_address(type_, reading.rows, books)
            reading, said = replace(reading, rows=placed), (*said, *found)
    taking = Taking(
        file=raw.name, data_sha256=hashlib.sha256(data).hexdigest(), own=own, by=by, on=on, now=now
    )
    plan = plan_import(
        register, type_, reading.rows, taking,
        new_id=new_id, problems=reading.problems, heads=reading.matched, said=said,
    )  # fmt: skip
    read = replace(raw, sheets=tuple(one for one in raw.sheets if one.name in reading.matched))
    return replace(plan, kind=find_kind(read)), reading


def _find_type(register: Register, type_id: str) -> RecordType:
    try:
        return type_of(register, type_id)
    except KeyError:
        raise InputError(
            Words(f"「{type_id}」という調査票はありません", f"there is no record type {type_id!r}")
        ) from None


def _is_own(register: Register, raw: RawFile, reading: Reading) -> bool:
    """Say whether a file is an export of ours, of this register or another."""
    ids = [one.site.id for one in reading.rows if one.site.id]
    if not ids:
        return False
    keys = {key for sheet in reading.matched.values() for key in sheet.values()}
    marked = any("kayoi" in sheet.extra for sheet in raw.sheets)
    return marked or bool(_OURS & keys) or bool(register.sites_of(ids[:100], logs=True))


def _without_ids(reading: Reading) -> Reading:
    """Return what another's file says, without what it calls its sites."""
    rows = tuple(replace(one, site=replace(one.site, id="")) for one in reading.rows)
    return replace(reading, rows=rows)
