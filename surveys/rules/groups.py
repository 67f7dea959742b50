"""The groups of a list of 通いの場, a row each, put together by venue (集まりを会場ごとに)."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from geo.base.pairs import SAME_NAME_M
from geo.base.text import tidy
from geo.base.words import Words
from surveys.rules.rule import tell
from surveys.types.salon import TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.problems import Problem
    from surveys.formats.raw.table import RawSheet
    from surveys.record.portable import Incoming
    from surveys.rules.rule import Improved

THING: Final = "activities"
_DEGREE_M: Final = 111_000.0
_TEXTS: Final = frozenset({"text", "note"})
_OTHERWISE: Final = Words(
    "同じ会場の上の行と値がちがいます。上の行の値を使いました",
    "differs from the row above of the same venue; the value above was used",
)


def only_group(one: Incoming) -> dict[str, Any] | None:
    """Return the one group of a row, ``None`` where it has none or several (行の集まり)."""
    groups = one.site.answers.get(THING)
    return dict(groups[0]) if isinstance(groups, list) and len(groups) == 1 else None


def with_group(one: Incoming, more: Mapping[str, Any], *, sure: str = "") -> Incoming:
    """Return a row whose one group has further answers (集まりに答えを足す).

    Parameters
    ----------
    sure
        As `surveys.rules.rule.state`.
    """
    group = only_group(one)
    if group is None or not more:
        return one
    origins = dict(one.site.origins)
    if sure:
        origins |= {f"{THING}/{group['_id']}/{key}": {"sure": sure} for key in more}
    answers = {**one.site.answers, THING: [{**group, **more}]}
    return replace(one, site=replace(one.site, answers=answers, origins=origins))


def join_rows(sheet: RawSheet, rows: Sequence[Incoming]) -> Improved:
    """Return the rows, those of one venue as one with all their groups, and what is told of it (会場ごとにまとめる).

    Of one venue are rows of one name, whose places are within 50 m and whose addresses are the
    same, as far as both tell them. Rows that are known by different numbers stay apart.
    """
    out: list[Incoming] = []
    problems: list[Problem] = []
    named: dict[str, list[int]] = {}
    for one in rows:
        name = tidy(str(one.site.answers.get("name") or ""))
        alike = named.setdefault(name, [])
        group = only_group(one)
        met = next((at for at in alike if group and name and _is_one(out[at], one)), None)
        if met is None:
            alike.append(len(out))
            out.append(one)
            continue
        called = str((group or {}).get("group") or name)
        problems.append(tell(sheet, one, "", called, _met(out[met])))
        out[met], told = _add_group(sheet, out[met], one)
        problems += told
    return out, problems


def _is_one(first: Incoming, more: Incoming) -> bool:
    if first.list_id or more.list_id or not isinstance(first.site.answers.get(THING), list):
        return False
    if first.site.id and more.site.id and first.site.id != more.site.id:
        return False
    told = [tidy(str(one.site.answers.get("address") or "")) for one in (first, more)]
    if all(told) and told[0] != told[1]:
        return False
    places = [one.site.place for one in (first, more)]
    if places[0] is None or places[1] is None:
        return True
    one, other = (place.representative_point() for place in places if place is not None)
    east = (one.x - other.x) * math.cos(math.radians(one.y))
    return math.hypot(east, one.y - other.y) * _DEGREE_M <= SAME_NAME_M


def _add_group(sheet: RawSheet, first: Incoming, more: Incoming) -> tuple[Incoming, list[Problem]]:
    """Return a venue with the group of another of its rows; texts are joined, else the first's stays."""
    groups = list(first.site.answers[THING])
    group = only_group(more) or {}
    taken = {one["_id"] for one in groups}
    id_ = next(str(n) for n in range(1, len(groups) + 2) if str(n) not in taken)
    start = f"{THING}/{group['_id']}/"
    moved = {
        f"{THING}/{id_}/{path.removeprefix(start)}": origin
        for path, origin in more.site.origins.items()
        if path.startswith(start)
    }
    answers = dict(first.site.answers)
    problems: list[Problem] = []
    for key, value in more.site.answers.items():
        if key == THING or answers.get(key) == value:
            continue
        if key not in answers:
            answers[key] = value
        elif TYPE.field(key).kind in _TEXTS:
            called = str(group.get("group") or "")
            answers[key] = (
                f"{answers[key]}、{called}：{value}" if called else f"{answers[key]}、{value}"
            )
        else:
            label = TYPE.field(key).words.ja
            problems.append(tell(sheet, more, label, str(value), _OTHERWISE))
    answers[THING] = [*groups, {**group, "_id": id_}]
    kept = {path: one for path, one in more.site.origins.items() if not path.startswith(THING)}
    site = replace(
        first.site, answers=answers, origins={**kept, **first.site.origins, **moved},
        place=first.site.place if first.site.place is not None else more.site.place,
        id=first.site.id or more.site.id,
    )  # fmt: skip
    joined = replace(
        first, site=site, given=first.given | more.given, problems=(*first.problems, *more.problems)
    )
    return joined, problems


def _met(first: Incoming) -> Words:
    name = first.site.answers.get("name")
    return Words(
        f"{first.row}行目と同じ会場（{name}）なので、その会場の集まりとして入れました",
        f"the venue of row {first.row} ({name}); taken as one of its groups",
    )
