"""Tables: text and workbooks (表のファイル)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.base.delimited import Limits
from geo.base.problems import InputError
from geo.base.words import Words, count_in_english
from geo.sheets.book import open_book
from geo.sheets.doctor import find_table
from geo.sources.municipality import read_municipalities
from geo.sources.people import HEADINGS
from geo.sources.roles import ROLES
from geo.sources.sites import load_sites
from layers.inspected.encodings import name_encoding
from layers.inspected.for_people import as_people
from layers.inspected.for_register import as_records
from layers.inspected.seen import Column, Seen, Use, name_cities, neither, say_told, shorten

if TYPE_CHECKING:
    from pathlib import Path

    from geo.sheets.doctor import Found
    from layers.inspected.seen import LonLatBox

_LIMITS: Final = Limits(rows=200_000, columns=2_000, cells=3_000_000)
_AGES: Final = re.compile("人口|人数|[0-9]歳|総数|population|KEY_CODE", re.IGNORECASE)
_TABLE: Final = Words("表", "a table")


def look_at_table(path: Path, size: int) -> Seen:
    """Return what a table is (表のファイルを見る)."""
    data = path.read_bytes()
    try:
        book = open_book(data, file=path.name, limits=_LIMITS)
    except InputError as error:
        return neither(path, size, (error.words,))
    encoding = name_encoding(data)
    try:
        table = find_table(book, known=HEADINGS, most=_LIMITS.columns)
    except InputError as error:
        return Seen(file=path.name, size=size, kind=_TABLE, encoding=encoding, traps=(error.words,))
    people, records = as_people(path), as_records(path)
    uses = [one for one in (people, records) if isinstance(one, Use)]
    uses += as_sites(path, uses)
    aged = any(_AGES.search(one) for one in table.columns)
    missing = [one for one in (*([people] if aged else []), records) if isinstance(one, Words)]
    return Seen(
        file=path.name, size=size, kind=_TABLE, encoding=encoding, rows=len(table.rows),
        columns=tuple(Column(name=one) for one in table.columns), uses=tuple(uses),
        box=_points_of(path), traps=say_told([*table.aside, *table.mended, *table.problems]),
        missing=() if uses else shorten(missing), cities=_cities_of(table),
    )  # fmt: skip


def as_sites(path: Path, uses: list[Use]) -> list[Use]:
    """Return a list of salons as the build would take it, nothing of another list (通いの場として読む)."""
    if not any(one.id == "salon" and one.sure for one in uses):
        return []
    try:
        sites, problems = load_sites(path)
    except InputError:
        return []
    return [
        Use(
            id="sites", words=ROLES["sites"].words,
            found=Words(f"{len(sites):,}か所", count_in_english(len(sites), "place")),
            how=f"kayoi build --sites {path.name}", told=say_told(problems),
        )
    ]  # fmt: skip


def _cities_of(table: Found) -> tuple[str, ...]:
    at = {str(one): n for n, one in enumerate(table.columns)}

    def cells(head: str) -> list[object]:
        return [row[at[head]] if at[head] < len(row) else "" for _, row in table.rows]

    return name_cities(read_municipalities(list(at), cells))


def _points_of(path: Path) -> LonLatBox | None:
    try:
        sites, _ = load_sites(path)
    except InputError:
        return None
    lon, lat = sites["lon"], sites["lat"]
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())
