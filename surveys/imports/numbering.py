"""A list's own numbers told to be those of an earlier list, or not (一覧の番号で地点を見つける)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.base.pairs import SAME_NAME_M
from geo.base.text import tidy
from surveys.imports.match import metres_between

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surveys.declaration.record_type import RecordType
    from surveys.record.portable import Incoming
    from surveys.record.site import Site
    from surveys.store.register import Register

# With a letter in it: 1, 2, 3 are what any list calls its rows.
_PLAIN: Final = re.compile(r"(?=.*[A-Za-z])[0-9A-Za-z_.:-]{1,64}")
_LONGEST: Final = 64
# Of the rows whose number is known, this share stands at or is called as what is known.
_TRUSTED: Final = 0.5


def number_rows(
    register: Register, type_: RecordType, rows: Sequence[Incoming]
) -> tuple[Incoming, ...]:
    """Return another's rows with the ids their list's own numbers give them (番号から地点を決める).

    A number is a site's where an earlier list brought the site under it, and where this is the
    same numbering: half of the rows whose number is known have the name of their site, or stand
    within 50 m of it. Else the numbers say nothing, and name and place do. A number that stands
    twice is its first row's.
    """
    given: dict[str, int] = {}
    for at, one in enumerate(rows):
        if one.list_id:
            given.setdefault(one.list_id, at)
    out = [replace(one, list_id="") if one.list_id else one for one in rows]
    ids = {number: (number, spare_id(f"{type_.id}:{number}")) for number in given}
    held = register.sites_of(
        (id_ for pair in ids.values() for id_ in pair if len(id_) <= _LONGEST), logs=True
    )
    met = {number: site for number, pair in ids.items() if (site := _of(type_, pair, held))}
    agreeing = sum(_agrees(rows[given[number]], site) for number, site in met.items())
    if agreeing < _TRUSTED * len(met):
        return tuple(out)
    for number, at in given.items():
        if number in met:
            id_ = met[number].id
            out[at] = replace(out[at], site=replace(out[at].site, id=id_), list_id=id_)
        else:
            plain, spare = ids[number]
            free = _PLAIN.fullmatch(plain) and plain not in held
            out[at] = replace(out[at], list_id=plain if free else spare)
    return tuple(out)


def spare_id(site_id: str) -> str:
    """Return the id of a row whose own is too long or another thing's (かわりの番号)."""
    return f"own-{hashlib.sha256(site_id.encode()).hexdigest()[:24]}"


def _of(type_: RecordType, ids: Sequence[str], held: Mapping[str, Site]) -> Site | None:
    found = (held[one] for one in ids if one in held)
    return next((one for one in found if one.type.id == type_.id), None)


def _agrees(one: Incoming, site: Site) -> bool:
    name = tidy(str(one.site.answers.get("name") or ""))
    if name and name == tidy(site.title):
        return True
    far = metres_between(one.site.place, site.place)
    return far is not None and far <= SAME_NAME_M
