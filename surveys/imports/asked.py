"""What a person is asked before a file is taken: no names, other places, another kind (取りこむ前に聞くこと)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import shapely

from geo.base.words import Words
from surveys.imports.kinds import list_of
from surveys.record.history import PLACE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from surveys.imports.kinds import Kind
    from surveys.imports.plan import Plan, PlanRow

Doubt = Literal["names", "places", "kind"]
DOUBTS: Final[tuple[Doubt, ...]] = ("names", "places", "kind")
# Says of a place in degrees (EPSG:4326) whether it lies in the town.
InTown = Callable[[shapely.Geometry], bool]
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
        What the file looks like, where that is not what it was given as; else ``None``.
    """

    names: tuple[PlanRow, ...] = ()
    places: tuple[PlanRow, ...] = ()
    kind: Kind | None = None

    def left(self, accepted: Iterable[str]) -> list[Doubt]:
        """Return the doubts that nobody accepted (まだ聞くこと)."""
        there: dict[Doubt, object] = {"names": self.names, "places": self.places, "kind": self.kind}
        return [one for one in DOUBTS if there[one] and one not in set(accepted)]


def find_asked(plan: Plan, in_town: InTown | None = None) -> Asked:
    """Return what is asked before a plan is taken (聞くことを探す).

    Parameters
    ----------
    in_town
        Says of a place whether it lies in the town; ``None`` where no town is known.
    """
    new = [row for row in plan.rows if row.version is not None]
    return Asked(
        # What was done has no name of its own: a day and what happened are enough.
        names=()
        if plan.type.log
        else tuple(row for row in new if row.action == "new" and not row.title.strip()),
        places=tuple(row for row in new if in_town is not None and _is_outside(row, in_town)),
        kind=plan.kind if new and plan.kind.instead_of(plan.type) is not None else None,
    )


def say_doubt(plan: Plan, asked: Asked, doubt: Doubt) -> Words:
    """Return one doubt as a sentence that says how many (聞くことを言う)."""
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
    own = list_of(plan.type)
    other = None if asked.kind is None else asked.kind.instead_of(plan.type) or asked.kind.other
    if other is None:
        return own
    return Words(
        f"{own.ja}ではなく、{other.ja}のように見えます", f"it looks like {other.en}, not {own.en}"
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


def _is_outside(row: PlanRow, in_town: InTown) -> bool:
    place = row.version.patch.get(PLACE) if row.version is not None else None
    return isinstance(place, shapely.Geometry) and not in_town(place)
