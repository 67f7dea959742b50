"""What a record may name: sites near it, or walks and concerns by name (つなぐ先)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from pages.parts.frame.office import title_of
from surveys.record.walk import WALK
from surveys.store.listing import SiteQuery, list_pins, list_sites, list_walks
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pages.parts.frame.office import Office
    from surveys.declaration.record_type import RecordType
    from surveys.record.site import Site
    from surveys.store.drafts import Draft

_NEAR_DEG: Final = 0.005  # about 500 m
_MOST: Final = 2_000


def near_sites(office: Office, draft: Draft, type_: RecordType) -> dict[str, str]:
    """Return the sites a record may name by id: near its place, of a log without one all (近い地点)."""
    if not any(one.kind == "sites" for one in type_.fields):
        return {}
    if draft.shape is not None:
        query = SiteQuery(within=draft.shape.buffer(_NEAR_DEG))
    elif type_.log:
        query = SiteQuery(order="name")
    else:
        return {}
    out: dict[str, str] = {}
    for pin in list_pins(office.register, query)[:_MOST]:
        kind = RECORD_TYPES[pin.type]
        title = title_of(kind, pin.title, pin.number, office.lang)
        if pin.id != draft.site_id:
            out[pin.id] = f"{kind.words.say(office.lang)}：{title}"
    return out


def named_kinds(office: Office, type_: RecordType) -> Mapping[str, Mapping[str, str]]:
    """Return what the questions that name some kinds alone offer, by question and id (種類ごとのつなぐ先)."""
    asked = {one.id: one.among for one in type_.fields if one.among}
    return {key: dict(_named(office, kinds)) for key, kinds in asked.items()}


def _named(office: Office, kinds: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if WALK.id in kinds:
        yield from ((one.id, _say_walk(office, one)) for one in list_walks(office.register)[:_MOST])
    types = tuple(one for one in kinds if one in RECORD_TYPES)
    if types:
        query = SiteQuery(types=types, order="changed")
        for one in list_sites(office.register, query, limit=_MOST)[0]:
            yield one.id, title_of(one.type, one.title, one.number, office.lang)


def _say_walk(office: Office, walk: Site) -> str:
    on = str(walk.answer("on") or Words("日は未定", "no day yet").say(office.lang))
    return f"{on}　{title_of(WALK, walk.title, walk.number, office.lang)}"
