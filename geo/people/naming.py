"""Which area of a map a row of a table means, by code or by name (どの地区の行か)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from geo.base.text import area_key, variant_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

# A name may begin with a 町 of its own: that is the municipality only behind a 県 or 郡.
_CITY: Final = re.compile(r".+[市区村]|.*[県郡].+町")
_MOSTLY: Final = 2  # one in so many


def find_areas(
    frame: pd.DataFrame, ids: Sequence[str], names: Sequence[str]
) -> tuple[list[str], list[list[str]], bool]:
    """Return the area of each row, "" for none, the areas it may be, and whether codes were used (地区を探す).

    By id first, whatever leading zeros a spreadsheet lost; then by name as
    `geo.base.text.area_key` writes it; then, of the areas still free, by `variant_key`; then
    without the municipality's name where all names of a side begin with it.

    Notes
    -----
    Codes that meet ids whose names are others, while the names are the map's own, are numbers of
    another list: then they are not used.
    """
    by_code = _index(ids, ids, bare)
    rows = [(str(key), str(name)) for key, name in zip(frame["key"], frame["name"], strict=True)]
    used = not _of_another_list(rows, by_code, dict(zip(ids, names, strict=True)))
    if not used:
        by_code = {}
    found, fits = [""] * len(rows), [list[str]() for _ in rows]
    taken: set[str] = set()
    for form, strip in ((area_key, False), (variant_key, False), (variant_key, True)):
        own_names, told = list(names), rows
        if strip:
            own_names = _without_city(own_names)
            last = _without_city([name or key for key, name in rows])
            told = [(one, "") for one in last]
        by_name = _index(ids, own_names, form)
        for at, (key, name) in enumerate(told):
            if found[at] or fits[at]:
                continue
            own = by_code.get(bare(key)) or by_name.get(form(key)) or []
            own = own or (by_name.get(form(name), []) if name else [])
            fits[at] = own
            if len(own) == 1 and own[0] not in taken:
                found[at] = own[0]
                taken.add(own[0])
    return found, fits, used


def bare(code: str) -> str:
    """Return a code without the zeros at its head, a name as it is (頭の0を落としたコード).

    Examples
    --------
    >>> bare("01101"), bare("本町")
    ('1101', '本町')
    """
    return code.lstrip("0") if code.isdigit() else code


def _index(
    ids: Sequence[str], names: Sequence[str], form: Callable[[str], str]
) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for id_, name in zip(ids, names, strict=True):
        found[form(name)].append(id_)
    return dict(found)


def _of_another_list(
    rows: Sequence[tuple[str, str]], by_code: dict[str, list[str]], names: dict[str, str]
) -> bool:
    """Say whether codes meet ids by chance: most names differ, and most are the map's own."""
    known = {variant_key(one) for one in names.values()}
    met = [
        (name, names[by_code[bare(key)][0]])
        for key, name in rows
        if name and name != key and bare(key) in by_code
    ]
    differ = sum(variant_key(one) != variant_key(other) for one, other in met)
    own = sum(variant_key(one) in known for one, _ in met)
    return differ * _MOSTLY > len(met) and own * _MOSTLY > len(met)


def _head(names: Sequence[str]) -> str:
    """Return what all names begin with."""
    first, last = min(names), max(names)
    same = next((at for at, sign in enumerate(first) if last[at : at + 1] != sign), len(first))
    return first[:same]


def _without_city(names: Sequence[str]) -> list[str]:
    """Return names without the municipality all of them begin with."""
    plain = [area_key(one) for one in names]
    several = [one for one in plain if one]
    city = _CITY.match(_head(several)) if len(set(several)) > 1 else None
    return [one.removeprefix(city[0]) for one in plain] if city else plain
