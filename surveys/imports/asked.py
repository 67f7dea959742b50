"""What a person is asked before a file is taken: no names, other places, another kind (取りこむ前に聞くこと)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import shapely

from geo.base.text import tidy
from geo.base.words import Words
from surveys.formats.parts.columns import match_headers
from surveys.record.history import PLACE
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from surveys.declaration.record_type import RecordType
    from surveys.formats.parts.reading import Reading
    from surveys.imports.plan import Plan, PlanRow

Doubt = Literal["names", "places", "kind"]
DOUBTS: Final[tuple[Doubt, ...]] = ("names", "places", "kind")
# Says of a place in degrees (EPSG:4326) whether it lies in the town.
InTown = Callable[[shapely.Geometry], bool]
_SURE: Final = 2  # headings of another type more than of this one
# What every type asks, and so tells none from another.
_COMMON: Final = frozenset(
    ("name", "address", "note", "photos", "kana", "link", "about", "office_phone")
)
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What stands in the way of a plan until somebody says yes (聞くこと).

    Attributes
    ----------
    names
        New records that would have no name.
    places
        Rows that put a record outside the town.
    kind
        What the file looks like instead of what it was given as; ``None`` where it fits.
    """

    names: tuple[PlanRow, ...] = ()
    places: tuple[PlanRow, ...] = ()
    kind: RecordType | None = None

    def left(self, accepted: Iterable[str]) -> list[Doubt]:
        """Return the doubts that nobody accepted (まだ聞くこと)."""
        there: dict[Doubt, object] = {"names": self.names, "places": self.places, "kind": self.kind}
        return [one for one in DOUBTS if there[one] and one not in set(accepted)]


def find_asked(plan: Plan, reading: Reading, in_town: InTown | None = None) -> Asked:
    """Return what is asked before a plan is taken (聞くことを探す).

    Parameters
    ----------
    in_town
        Says of a place whether it lies in the town; ``None`` where no town is known.
    """
    new = [row for row in plan.rows if row.version is not None]
    return Asked(
        names=tuple(row for row in new if row.action == "new" and not row.title.strip()),
        places=tuple(row for row in new if in_town is not None and _is_outside(row, in_town)),
        kind=find_other_kind(plan.type, plan.file, reading) if new else None,
    )


def say_doubt(plan: Plan, asked: Asked, doubt: Doubt) -> Words:
    """Return one doubt as a sentence that says how many (聞くことを言う)."""
    type_ = plan.type.words
    if doubt == "names":
        return Words(
            f"名前のない地点が {len(asked.names)}か所あります",
            f"{len(asked.names)} sites have no name",
        )
    if doubt == "places":
        return Words(
            f"街の外にある地点が {len(asked.places)}か所あります",
            f"{len(asked.places)} sites lie outside the town",
        )
    other = asked.kind.words if asked.kind else type_
    return Words(
        f"「{type_.ja}」ではなく「{other.ja}」の表のように見えます",
        f"it looks like a list of “{other.en}”, not of “{type_.en}”",
    )


def say_rows_of(rows: Iterable[PlanRow]) -> Words:
    """Return which rows are meant, the first of them by number and name (どの行か)."""
    listed = list(rows)
    shown = [(row.row, row.title) for row in listed[:_SHOWN]]
    ja = "、".join(f"{number}行目{f'「{title}」' if title else ''}" for number, title in shown)
    en = ", ".join(f"row {number}{f' “{title}”' if title else ''}" for number, title in shown)
    rest = len(listed) - _SHOWN
    more = Words(f" ほか{rest}行", f" and {rest} more") if rest > 0 else Words("", "")
    return Words(ja + more.ja, en + more.en)


def find_other_kind(type_: RecordType, file: str, reading: Reading) -> RecordType | None:
    """Return the type that a file looks like instead of the one it was given as, else ``None`` (ほかの種類か).

    By its headings: two more that only the other asks about. Where none tells, by what the file
    or its sheet is called, or by what more than half of its rows are called (中央公園, 駅前トイレ).
    """
    headers = [one for heads in reading.matched.values() for one in heads]
    headers += [one for heads in reading.ignored.values() for one in heads]
    if not headers:
        return None
    own = _telling(type_, headers)
    scores = {one: _telling(one, headers) for one in RECORD_TYPES.values() if one.id != type_.id}
    best = max(scores, key=lambda one: len(scores[one] - own))
    if len(scores[best] - own) - len(own - scores[best]) >= _SURE:
        return best
    if own:
        return None
    names = [tidy(one) for one in (file, *reading.matched)]
    called = [one for one in RECORD_TYPES.values() if any(one.words.ja in name for name in names)]
    if not called:
        rows = [tidy(str(row.site.answers.get("name") or "")) for row in reading.rows]
        ends = {
            one: sum(row.endswith(one.words.ja) for row in rows) for one in RECORD_TYPES.values()
        }
        called = [one for one, count in ends.items() if count * 2 > len(rows)]
    return called[0] if len(called) == 1 and called[0].id != type_.id else None


def _telling(type_: RecordType, headers: list[str]) -> set[str]:
    """Return the headers that are questions of a type, and not such as every type has."""
    found = match_headers(type_, headers)
    return {
        header
        for header, key in found.items()
        if key and key[0] != "@" and key.rpartition("/")[2] not in _COMMON
    }


def _is_outside(row: PlanRow, in_town: InTown) -> bool:
    place = row.version.patch.get(PLACE) if row.version is not None else None
    return isinstance(place, shapely.Geometry) and not in_town(place)
