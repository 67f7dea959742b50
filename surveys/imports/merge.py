"""What a row of a file makes of a site's answers, one path at a time (取りこみの重ね合わせ)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.declaration.field import UNKNOWN
from surveys.declaration.paths import flatten, item_of, known_paths, same
from surveys.imports.plan import Change
from surveys.imports.resaved import is_spoiled
from surveys.record.answers import MOST_ITEMS, check_answers
from surveys.record.veil import is_for_office

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from surveys.declaration.field import Field
    from surveys.declaration.paths import Flat
    from surveys.declaration.record_type import RecordType
    from surveys.record.answers import Fault
    from surveys.record.history import SiteState
    from surveys.record.portable import Incoming


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a row comes to (重ねた結果).

    Attributes
    ----------
    flat
        The site's answers afterwards, by path.
    held
        What the file says otherwise and is not taken.
    faults
        Values of the file that the type does not allow; they are left out.
    joined
        Paths of groups that join others of which a person saw or was told at least one.
    spoiled
        Paths that a spreadsheet has changed in a file of ours; what is known stays.
    """

    flat: Flat
    held: tuple[Change, ...]
    faults: tuple[Fault, ...]
    joined: tuple[str, ...] = ()
    spoiled: tuple[str, ...] = ()


def merge_answers(
    type_: RecordType,
    one: Incoming,
    before: SiteState,
    *,
    own: bool,
    kept: Callable[[str], bool],
) -> Merged:
    """Return a site's answers after a row of a file (答えを重ねる).

    Parameters
    ----------
    own
        Whether the file is an export of ours: then what it leaves blank is taken away.
    kept
        Says of a path whether its value stays against the file: because it was seen or told, or
        people differ on it.

    Each path is judged by itself: a line's trips are renewed by a new timetable while the kerb a
    person measured there stays. Another's file adds no thing to a list of which a person saw at
    least one, for then the list is what was seen. A group of people is no such thing: who sees one at
    a hall has not seen the others, so it joins them, unless somebody found there are none or found it gone.
    """
    clean, faults = check_answers(type_, one.site.answers)
    theirs, ours = _by_field(flatten(type_, clean)), _by_field(known_paths(type_, before.answers))
    wrong = {path.partition("/")[0] for path, _ in faults}
    flat: Flat = {}
    held: list[Change] = []
    joined: list[str] = []
    spoiled: list[str] = []
    for field in type_.fields:
        said, mine = theirs.get(field.id, {}), ours.get(field.id, {})
        blank = own and field.id in one.given and field.id not in wrong
        if not said and not blank:
            flat |= mine
            continue
        if own and _only_counted(field, mine, said):
            things = [path for path in mine if path != field.id and not item_of(path)]
            flat |= mine
            if len(said) != len(things):
                held.append(Change(path=field.id, before=len(things), after=len(said), taken=False))
            continue
        if own:
            spoiled += [p for p, value in said.items() if is_spoiled(mine.get(p), value)]
            new = {
                path: value
                for path, value in said.items()
                if path not in spoiled and not _same_order(path, mine, said)
            }
            # What a file for others never tells, its blank takes not away.
            told = (path for path in mine if not is_for_office(type_, path))
            lost = [path for path in told if path not in said] if blank else []
        else:
            new, lost, strange = _added(field, mine, said, kept)
            held += strange
        after, more = _take(mine, new, lost, kept)
        joined += [] if own else _joined(field, mine, after, kept)
        flat |= after
        held += more
    return Merged(
        flat=flat,
        held=tuple(held),
        faults=tuple(faults),
        joined=tuple(joined),
        spoiled=tuple(spoiled),
    )


def _by_field(flat: Flat) -> dict[str, Flat]:
    out: dict[str, Flat] = {}
    for path, value in flat.items():
        out.setdefault(path.partition("/")[0], {})[path] = value
    return out


def _take(
    mine: Flat, new: Flat, gone: Sequence[str], kept: Callable[[str], bool]
) -> tuple[Flat, list[Change]]:
    """Return a field's values afterwards, and what stays against the file."""
    flat, held = dict(mine), []
    for path in gone:
        if kept(path) or any(kept(inner) for inner in mine if item_of(inner) == path):
            held.append(Change(path=path, before=mine[path], after=None, taken=False))
        else:
            flat.pop(path, None)
    for path, value in new.items():
        if path in flat and same(flat[path], value):
            continue
        if kept(path):
            held.append(Change(path=path, before=mine.get(path), after=value, taken=False))
        else:
            flat[path] = value
    # What is inside a thing goes and stays with it.
    return {p: v for p, v in flat.items() if not item_of(p) or item_of(p) in flat}, held


def _added(
    field: Field, mine: Flat, said: Flat, kept: Callable[[str], bool]
) -> tuple[Flat, list[str], list[Change]]:
    """Return what another's file adds to a field or renews in it, what is gone, what is held."""
    if field.kind != "items":
        return said, [], []
    if field.id in said:  # none at all, or not known
        if said[field.id] == UNKNOWN and mine:
            return {}, [], []
        if any(map(kept, mine)):
            change = Change(path=field.id, before=None, after=said[field.id], taken=False)
            return {}, [], [change]
        return said, [path for path in mine if path != field.id], []
    new = dict(said)
    things = [path for path in mine if path != field.id and not item_of(path)]
    last = max((mine[path] for path in things), default=0)
    for path in [one for one in said if not item_of(one)]:
        if path in mine:
            del new[path]  # the order stays as people know it
        else:
            last += 1
            new[path] = last
    strange = [path for path in new if not item_of(path)]
    groups = _are_groups(field)
    seen = [path for path in mine if not item_of(path) and not (groups and "/" in path)]
    if strange and any(map(kept, seen)):
        return _hold(strange, new)
    lost = [field.id] if field.id in mine else []
    # Things without ids of their own are counted: three where there were five are two fewer. Groups
    # are not: another list may tell of others that meet at the same venue.
    if not groups and all(
        path.rpartition("/")[2].isdecimal() for path in said if not item_of(path)
    ):
        lost += [p for p in things if p.rpartition("/")[2].isdecimal() and p not in said]
    return new, lost, []


def _are_groups(field: Field) -> bool:
    return bool(field.item and field.item.often_one)


def _joined(field: Field, mine: Flat, after: Flat, kept: Callable[[str], bool]) -> list[str]:
    """Return the groups that join others of which somebody saw or was told something."""
    new = [path for path in after if path not in mine and "/" in path and not item_of(path)]
    return new if new and _are_groups(field) and any(map(kept, mine)) else []


def _hold(strange: Sequence[str], new: Flat) -> tuple[Flat, list[str], list[Change]]:
    """Return what is left without some things, and those things as held."""
    held = [Change(path=path, before=None, after=new[path], taken=False) for path in strange]
    out = {p: v for p, v in new.items() if p not in strange and item_of(p) not in strange}
    return out, [], held


def _only_counted(field: Field, mine: Flat, said: Flat) -> bool:
    """Say whether a file of ours tells only how many things there are, their own sheet left out.

    A number takes no bench away: whose would it be?
    """
    things = {path for path in mine if path != field.id and not item_of(path)}
    if field.item is None or not things or field.id in said:
        return False
    numbers = {f"{field.id}/{number}" for number in range(1, len(said) + 1)}
    known = said.keys() <= things and not any(item_of(path) in said for path in mine)
    return said.keys() == numbers and not known


def _same_order(path: str, mine: Flat, said: Flat) -> bool:
    """Say whether an item stands among its fellows as before, whatever its number."""
    if path not in mine or "/" not in path or item_of(path):
        return False
    both = [p for p in said if p in mine and "/" in p and not item_of(p)]
    before = sorted(both, key=lambda p: (mine[p], p))
    after = sorted(both, key=lambda p: (said[p], p))
    return before == after and len(both) == sum("/" in p and not item_of(p) for p in said)


def too_many(type_: RecordType, flat: Flat) -> Collection[str]:
    """Return the fields that would hold more things than a site may have (多すぎる項目)."""
    return [
        one.id
        for one in type_.fields
        if one.item and sum(not item_of(p) for p in flat if p.startswith(one.id + "/")) > MOST_ITEMS
    ]
