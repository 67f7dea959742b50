"""What knows of what: asked of the registries, and tried on a demo town filled for it."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from importlib.metadata import entry_points
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

# Of the tree it stands in, whichever is installed.
sys.path.insert(0, str(Path(__file__).parents[1]))

from sqlalchemy import func, select

from geo.base.problems import InputError
from geo.cli import GROUP
from geo.sources.demo_town import build_demo
from geo.sources.town_folder import load_town
from geo.walk.walkers import WALKERS
from layers.day.report_ground import ground_of
from layers.day.reported import division_of
from layers.demo_register import fill_demo_register
from layers.field.pack import make_pack
from layers.layered.all import MAP_LAYERS
from layers.served.register import register_now
from layers.served.town import VARIABLE
from layers.sheets.parts.declare import NotHereError
from layers.sheets.parts.frame import Frame
from layers.sheets.sheet import SHEETS
from pages.parts.frame.declared import find_pages
from surveys.formats.format import FORMATS, dump_type
from surveys.record.portable import make_portable
from surveys.record.walk import WALK
from surveys.reports import REPORTS
from surveys.reports.parts.facts import read_facts
from surveys.rules import RULES
from surveys.store.engine import reading
from surveys.store.kept import KINDS
from surveys.store.kept.kind import Not
from surveys.store.listing import SiteQuery, each_site
from surveys.store.tables import SITE
from surveys.types import EVERY_TYPE, RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.town import Town
    from layers.sheets.parts.declare import Sheet
    from surveys.declaration.record_type import RecordType
    from surveys.record.site import Site
    from surveys.reports.parts.declare import Report
    from surveys.store.kept.kind import Kind
    from surveys.store.register import Register

ROOT: Final = Path(__file__).parents[1]
TODAY: Final = date(2026, 11, 21)
_NOW: Final = datetime(2026, 11, 21, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
_LONG_AGO: Final = date(2023, 4, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A demo town and its register, filled as ``kayoi demo`` fills it."""

    folder: Path
    town: Town
    register: Register


@contextmanager
def open_demo() -> Iterator[Demo]:
    """Build and fill the demo town in a folder of its own, and serve it meanwhile."""
    before = {name: os.environ.pop(name, None) for name in (VARIABLE, "DATABASE_URL")}
    with TemporaryDirectory() as aside:
        folder = Path(aside) / "demo"
        build_demo(folder, lambda _: None)
        fill_demo_register(folder, today=TODAY)
        os.environ[VARIABLE] = str(folder)
        try:
            yield Demo(folder=folder, town=load_town(folder), register=register_now())
        finally:
            register_now().engine.dispose()
            os.environ.pop(VARIABLE)
            os.environ.update({name: one for name, one in before.items() if one is not None})


def commands_of(kind: str) -> list[str]:
    """Return the commands whose modules name a kind."""
    found = sorted(entry_points(group=GROUP))
    return [one.name for one in found if kind in getattr(one.load(), "KEPT", ())]


def cells_of_kind(kind: Kind, demo: Demo) -> dict[str, str]:
    """Return what knows of a kind, by column; "" for what does not."""
    listed = list(kind.listed(demo.register)) if kind.listed else []
    sheets = [one.id for one in SHEETS.values() if kind.id in one.kinds]
    return {
        "page": ", ".join(one.id for one in find_pages().values() if kind.id in one.kinds),
        "command": ", ".join(commands_of(kind.id)),
        "export": "" if isinstance(kind.export, Not) else ", ".join(kind.export.formats),
        "map": ", ".join(_layers(kind.id)),
        "list": "○" if kind.listed else "",
        "sheet": ", ".join(sheets),
        "field_app": ", ".join(kind.outdoors),
        "backup": "" if isinstance(kind.backup, Not) else "○",
        "restore": "" if isinstance(kind.restore, Not) else "○",
        "undo": "" if isinstance(kind.undo, Not) else "○",
        "reference": _in_reference(kind.id),
        "demo": str(_count_kind(kind, demo, listed) or ""),
        "languages": "○" if kind.words.ja and kind.words.en else "",
    }


def _layers(kind: str) -> list[str]:
    """Return the layers that show a kind; those of record types are told as one."""
    found = [one.id for one in MAP_LAYERS.values() if kind in one.kinds]
    return list(dict.fromkeys("one a type" if one in RECORD_TYPES else one for one in found))


def _count_kind(kind: Kind, demo: Demo, listed: list[object]) -> int:
    """Return how many of it the demo has: rows of its first table, or what lists it."""
    if not kind.tables:
        return len(listed)
    table = kind.tables[0]
    asked = select(func.count()).select_from(table)
    if table is SITE:
        asked = asked.where(SITE.c.type != WALK.id)
    with reading(demo.register.engine) as connection:
        return int(connection.scalar(asked) or 0)


def _in_reference(id_: str) -> str:
    text = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    return "○" if f"\n| {id_} |" in text else ""


def cells_of_type(type_: RecordType, demo: Demo, reports: dict[str, set[str]]) -> dict[str, str]:
    """Return what knows of a record type, by column; "" for what does not."""
    id_, register = type_.id, demo.register
    own = list(each_site(register, SiteQuery(types=(id_,), statuses=())))
    listed = [one for one in each_site(register, SiteQuery()) if one.type.id == id_]
    pages = find_pages().values()
    among = next(one.among for one in WALK.fields if one.id == "places") or tuple(RECORD_TYPES)
    return {
        "page": ", ".join(one.id for one in pages if "site" in one.kinds and _is_of(one.types, type_)),
        "formats": ", ".join(_formats(type_, own, register)),
        "map": id_ if id_ in MAP_LAYERS else "",
        "list": "○" if listed else "",
        "sheet": ", ".join(one.id for one in SHEETS.values() if _prints(one, type_, own, demo, reports)),
        "field_app": _outdoors(type_, demo),
        "walk": "○" if id_ in among else "",
        "freshness": f"{type_.fresh_months} か月" if type_.fresh_months else "",
        "report": ", ".join(name for name, types in reports.items() if id_ in types),
        "rules": ", ".join(name for name, rule in RULES.items() if rule.type == id_),
        "reference": _in_reference(id_),
        "demo": str(len(own) or ""),
        "languages": "○" if all(_words(type_)) else "",
    }  # fmt: skip


def _is_of(types: tuple[str, ...], type_: RecordType) -> bool:
    return type_.id in types if types else not type_.log


def _formats(type_: RecordType, own: list[Site], register: Register) -> list[str]:
    """Return the formats that really write the demo's own."""
    versions = register.all_versions()
    portables = [
        make_portable(one, [each for each in versions if each.site_id == one.id]) for one in own
    ]
    return [
        id_
        for id_ in FORMATS
        if portables and dump_type(id_, type_, portables, made_at=_NOW.isoformat())
    ]


def _prints(
    sheet: Sheet, type_: RecordType, own: list[Site], demo: Demo, reports: dict[str, set[str]]
) -> bool:
    """Say whether a sheet is drawn of a type, by drawing it as its address asks."""
    if "{form}" in sheet.address:
        return any(type_.id in types for types in reports.values())
    frame = Frame(
        town_folder=demo.folder, town=demo.town, register=demo.register, lang="ja", now=_NOW,
        walker=WALKERS["elderly"],
    )  # fmt: skip
    first = own[0] if own else None
    path = {"type": type_.id, "id": first.id if first else ""}
    with suppress(NotHereError, InputError):
        page = sheet.draw(frame, path, {"type": type_.id})
        return "{" in sheet.address or bool(first and first.title in unescape(page))
    return False


def _outdoors(type_: RecordType, demo: Demo) -> str:
    """Return what the field app's pack of the whole town holds of a type."""
    pack = _pack(demo)
    asked = type_.id in {one["id"] for one in pack["types"]}
    carried = type_.id in {one["type"] for one in pack["sites"]}
    return ", ".join(word for word, so in (("asked", asked), ("carried", carried)) if so)


_PACKS: Final[dict[Path, dict[str, list[dict[str, str]]]]] = {}


def _pack(demo: Demo) -> dict[str, list[dict[str, str]]]:
    if demo.folder not in _PACKS:
        _PACKS[demo.folder] = json.loads(make_pack(None, _NOW))
    return _PACKS[demo.folder]


def types_of_reports(demo: Demo) -> dict[str, set[str]]:
    """Return the types whose records each report counts or lists in the demo."""
    return {id_: _counted(one, demo) for id_, one in REPORTS.items()}


def _counted(report: Report, demo: Demo) -> set[str]:
    ground = ground_of(demo.town, division_of(demo.town, report, ""))
    sources = {
        each
        for part in report.parts
        for one in (part, *getattr(part, "numbers", ()), *_lines(part))
        if (each := getattr(one, "source", None))
    }
    return {
        fact.site.type.id
        for source in sources
        for fact in read_facts(demo.register, source, _LONG_AGO, TODAY, ground, TODAY)
    }


def _lines(part: object) -> list[object]:
    axes = (getattr(part, name, None) for name in ("rows", "columns"))
    return [line for axis in axes for line in getattr(axis, "lines", ())]


def _words(type_: RecordType) -> Iterator[bool]:
    """Yield whether each word of a type is there in both languages."""
    for words in (type_.words, type_.sheet, type_.walking_source):
        yield bool(words.ja and words.en)
    for outer in type_.fields:
        for one in (outer, *(outer.item.fields if outer.item else ())):
            yield bool(one.words.ja and one.words.en)
            yield from (bool(each.words.ja and each.words.en) for each in one.choices)


def unknown_names() -> list[str]:
    """Return what declarations name that is not there, each with where."""
    named = [
        *((f"pages/{one.id}.py", one.kinds) for one in find_pages().values()),
        *((f"layer {one.id}", one.kinds) for one in MAP_LAYERS.values()),
        *((f"layers/sheets/{one.id}.py", one.kinds) for one in SHEETS.values()),
        *(
            (f"command {one.name}", getattr(one.load(), "KEPT", ()))
            for one in entry_points(group=GROUP)
        ),
    ]
    wrong = [
        f"{where} names a kind {one!r} there is not"
        for where, kinds in named
        for one in kinds
        if one not in KINDS
    ]
    return wrong + [
        f"pages/{page.id}.py names a type {one!r} there is not"
        for page in find_pages().values()
        for one in page.types
        if one not in EVERY_TYPE
    ]
