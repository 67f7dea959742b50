"""Which group of a venue a list's row speaks of (同じ集まりか)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from geo.base.text import tidy
from geo.schedule import dump_schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from surveys.declaration.record_type import RecordType
    from surveys.record.portable import Incoming

Group = dict[str, Any]
NAME: Final = "group"
_TIMES: Final = "schedule"


def meet_groups(
    type_: RecordType,
    one: Incoming,
    known: Mapping[str, Any],
    *,
    gone: Callable[[str], Mapping[str, str]] = lambda _: {},
) -> Incoming:
    """Return a row of another's list, its groups under the ids the register has them by (集まりを合わせる).

    A group is the one of its name. Of two of which one has no name it is the one that meets at the
    same time, or the only one without a name. Any other is new, whatever number the list gives it:
    the Tuesday tea of one list is not the Monday gymnastics of another.

    Parameters
    ----------
    known
        What the site's answers are now.
    gone
        Gives of a question the tidied names of groups that were there and are no more, by their
        ids: one of that name is that one, and no other takes its id.
    """
    for field in type_.fields:
        if not (field.item and field.item.often_one):
            continue
        said, mine = one.site.answers.get(field.id), known.get(field.id)
        if not isinstance(said, list) or not isinstance(mine, list) or not said or not mine:
            continue
        ids = _ids(said, mine, gone(field.id))
        groups = [{**group, "_id": ids[group["_id"]]} for group in said]
        origins = {
            _renamed(path, field.id, ids): origin for path, origin in one.site.origins.items()
        }
        site = replace(one.site, answers={**one.site.answers, field.id: groups}, origins=origins)
        one = replace(one, site=site)
    return one


def _ids(said: Sequence[Group], mine: Sequence[Group], gone: Mapping[str, str]) -> dict[str, str]:
    """Return the id each group of the list has in the register."""
    left = list(mine)
    out: dict[str, str] = {}
    for alike in (_same_name, _same_times, _both_nameless):
        for group in said:
            met = [other for other in left if alike(group, other)]
            if group["_id"] not in out and len(met) == 1:
                out[group["_id"]] = met[0]["_id"]
                left.remove(met[0])
    taken = {one["_id"] for one in mine} | gone.keys()
    for id_, name in gone.items():
        again = [one for one in said if one["_id"] not in out and name and group_name(one) == name]
        out |= {one["_id"]: id_ for one in again[:1]}
    for group in said:
        if group["_id"] in out:
            continue
        id_, turn = group["_id"], len(mine)
        while id_ in taken:
            turn += 1
            id_ = str(turn)
        taken.add(id_)
        out[group["_id"]] = id_
    return out


def _same_name(one: Group, other: Group) -> bool:
    return bool(group_name(one)) and group_name(one) == group_name(other)


def _same_times(one: Group, other: Group) -> bool:
    nameless = not group_name(one) or not group_name(other)
    return nameless and bool(one.get(_TIMES)) and _times(one) == _times(other)


def _both_nameless(one: Group, other: Group) -> bool:
    return not group_name(one) and not group_name(other)


def group_name(group: Mapping[str, Any]) -> str:
    """Return what a group is called, tidied for comparing, "" for none (集まりの名前).

    Examples
    --------
    >>> group_name({"group": "花の 会"}) == group_name({"group": "花の会"})
    True
    """
    return tidy(str(group.get(NAME) or "")).replace(" ", "").casefold()


def _times(group: Group) -> str:
    rules = group.get(_TIMES)
    return dump_schedule(rules) if isinstance(rules, list) else str(rules)


def _renamed(path: str, thing: str, ids: Mapping[str, str]) -> str:
    first, _, rest = path.partition("/")
    id_, slash, inner = rest.partition("/")
    return f"{thing}/{ids[id_]}{slash}{inner}" if first == thing and id_ in ids else path
