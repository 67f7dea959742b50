"""Sites as they travel in files, out of the register (持ち運ぶ地点を読む)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from surveys.record.portable import Portable, make_portable
from surveys.store.listing import SiteQuery, each_site
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from surveys.declaration.record_type import RecordType
    from surveys.record.history import Version
    from surveys.store.register import Register


EVERY_SITE: Final = SiteQuery(statuses=(), order="number")


def portables_of(
    register: Register, type_: RecordType, query: SiteQuery = EVERY_SITE
) -> list[Portable]:
    """Return the sites of a type as they travel, all by number, or those of a query (持ち運ぶ地点)."""
    if query is EVERY_SITE:
        return _gather(register, [type_])
    sites = list(each_site(register, replace(query, types=(type_.id,))))
    versions = register.versions_of([site.id for site in sites])
    return [make_portable(site, versions.get(site.id, [])) for site in sites]


def all_portables(register: Register) -> list[Portable]:
    """Return every site as it travels, type after type, by number (すべての地点).

    What `kayoi records export --type all` writes; formats take them type by type.
    """
    return _gather(register, RECORD_TYPES.values())


def _gather(register: Register, types: Iterable[RecordType]) -> list[Portable]:
    versions: dict[str, list[Version]] = {}
    for one in register.all_versions():
        versions.setdefault(one.site_id, []).append(one)
    return [
        make_portable(site, versions.get(site.id, []))
        for type_ in types
        for site in each_site(register, replace(EVERY_SITE, types=(type_.id,)))
    ]
