"""Which ids the register tells of (台帳にある所か)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surveys.record.claim import split_thing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from surveys.store.register import Register


def known_ids(register: Register, ids: Iterable[str]) -> frozenset[str]:
    """Return those ids that are a site of the register, or a thing inside one (台帳にある id).

    What only an undone import brought in is not among them.
    """
    wanted = list(ids)
    holders = {id_: split_thing(id_)[0] for id_ in wanted}
    sites = register.sites_of([*wanted, *holders.values()])
    shown = {id_ for id_, site in sites.items() if not site.hidden}
    return frozenset(id_ for id_ in wanted if id_ in shown or holders[id_] in shown)
