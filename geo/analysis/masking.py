"""Which small counts of people are masked, so that none follows from those shown (少ない人数を伏せる).

On paper made for a council, and on the meeting's screen, a count of 1 to 9 people is not shown, and
neither is any from which it would follow by adding and taking away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csr_array

from geo.analysis.masking_audit import Known, exposed_cells, plainly_exposed

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

    from geo.base.arrays import Flags, Ints

LEAST: Final = 10
_LIKELY: Final = 8  # of the counts that could be kept back, so many are weighed


@dataclass(slots=True, kw_only=True)
class Family:
    """Counts of people one audience sees, and how they add up (一つの相手が見る人数の集まり).

    Filled by `add` and `total`, then given to `mask`.

    Attributes
    ----------
    counts
        Whole people, by name.
    sums
        A total's name and those of its parts.
    unseen
        Names of counts that are shown nowhere and would follow from others: 65 to 74 from 65 and
        over and 75 and over.
    also
        Other names of counts, that are the same people for another reason than chance: a part with
        nobody in a second larger area is its whole row there.
    """

    counts: dict[Hashable, int] = field(default_factory=dict)
    sums: list[tuple[Hashable, tuple[Hashable, ...]]] = field(default_factory=list)
    unseen: set[Hashable] = field(default_factory=set)
    also: dict[Hashable, Hashable] = field(default_factory=dict)
    _told: set[tuple[Hashable, tuple[Hashable, ...]]] = field(default_factory=set)

    def add(self, name: Hashable, count: int) -> None:
        """Add a count that is shown, or would be (見せる人数).

        Raises
        ------
        ValueError
            Below zero, or the name has another count already.
        """
        if count < 0 or self.counts.setdefault(name, int(count)) != count:
            message = f"{name!r}: {count} people, and {self.counts.get(name)} before"
            raise ValueError(message)

    def total(self, name: Hashable, parts: Iterable[Hashable]) -> None:
        """Say that a count is the sum of others; all are added already (内訳の和).

        Raises
        ------
        ValueError
            They do not add up.
        """
        of = tuple(parts)
        if sum(self.counts[one] for one in of) != self.counts[name]:
            message = (
                f"{name!r} is {self.counts[name]}, its parts are {sum(self.counts[o] for o in of)}"
            )
            raise ValueError(message)
        self._say(name, of)

    def _say(self, name: Hashable, of: tuple[Hashable, ...]) -> None:
        """Keep a sum, once."""
        if of != (name,) and (name, of) not in self._told:
            self._told.add((name, of))
            self.sums.append((name, of))

    def part(self, name: Hashable, of: Hashable) -> None:
        """Say that the people of a count are among those of another (内数).

        The others, who follow by taking one from the other, become an unseen count.

        Raises
        ------
        ValueError
            They are more.
        """
        rest = ("rest", of, name)
        self.add(rest, self.counts[of] - self.counts[name])
        self.unseen.add(rest)
        self._say(of, (name, rest))


def mask(family: Family, *, least: int = LEAST) -> frozenset[Hashable]:
    """Return the names of the counts that are hidden, none of which follows from the others (伏せる人数を決める).

    A count of 1 to `least` - 1 is hidden. Then others are, small ones first, until every hidden count
    could be another whole number, and one below `least` at least three, given all that is shown, all
    that adds up, and that 0 is never hidden. The same counts always hide the same. Which are hidden
    for themselves is not told: of 11 shown, "fewer than 10" and "10 or more" would be 1 and 10.

    Parameters
    ----------
    family
        All that one audience can see, on whichever sheet or screen.

    Notes
    -----
    That a count could be another is shown by another whole set of counts which adds up; where none is
    found the count is taken as known, so a doubt hides more and never less.

    Examples
    --------
    >>> family = Family()
    >>> for name, count in {"people": 57, "within": 50, "outside": 7, "off": 0}.items():
    ...     family.add(name, count)
    >>> family.total("people", ("within", "outside", "off"))
    >>> sorted(mask(family))
    ['outside', 'within']
    """
    names = list(family.counts)
    work = _Work(family, names, least)
    while True:
        work.pair_up()
        known = work.known()
        found = plainly_exposed(known) or exposed_cells(known, work.sure)
        if not found:
            break
        work.protect(found)
    hidden = {name for name, is_so in zip(names, work.hidden, strict=True) if is_so}
    return frozenset(hidden | {name for name, own in family.also.items() if own in hidden})


def may_show_share(hidden: Collection[Hashable], parts: Iterable[Hashable]) -> bool:
    """Say whether a share may be shown: no count it is made of is hidden (割合を見せてよいか).

    A share gives the count back to whoever knows the whole, so it is as good as the count.

    Parameters
    ----------
    parts
        The counts it is the share of, and those its whole is the sum of.
    """
    return not any(one in hidden for one in parts)


class _Work:
    """What is hidden so far."""

    def __init__(self, family: Family, names: list[Hashable], least: int) -> None:
        at = {name: row for row, name in enumerate(names)}
        self.least = least
        self.values: Ints = np.array([family.counts[one] for one in names], dtype=np.int64)
        self.unseen: Flags = np.array([one in family.unseen for one in names], dtype=bool)
        self.small: Flags = (self.values > 0) & (self.values < least)
        self.hidden: Flags = self.small & ~self.unseen
        self.sure: set[tuple[bytes, bytes]] = set()
        self.rows: list[list[int]] = [[at[t], *(at[o] for o in of)] for t, of in family.sums]
        self.of: list[list[int]] = [[] for _ in names]
        for number, row in enumerate(self.rows):
            for cell in row:
                self.of[cell].append(number)
        entries = [
            (number, cell, 1 if place else -1)
            for number, row in enumerate(self.rows)
            for place, cell in enumerate(row)
        ]
        i, j, sign = np.array(entries, dtype=np.int64).reshape(-1, 3).T
        self.sums = csr_array((sign, (i, j)), shape=(len(self.rows), len(names)), dtype=np.int64)

    @property
    def unknown(self) -> Flags:
        """What is not shown."""
        return self.hidden | self.unseen

    def known(self) -> Known:
        """Return what an audience knows."""
        need = np.where(self.small, 2, np.where(self.hidden, 1, 0))
        most = 3 * self.values + 2 * self.least  # as much as need be tried
        return Known(
            sums=self.sums, values=self.values, unknown=self.unknown, low=np.where(self.hidden, 1, 0),
            high=most, need=need,
        )  # fmt: skip

    def pair_up(self) -> None:
        """Hide another wherever one alone is hidden among those that add up."""
        unknown = self.unknown
        count = np.array([unknown[row].sum() for row in self.rows], dtype=np.int64)
        waiting = [number for number in range(len(self.rows)) if count[number] == 1]
        while waiting:
            number = waiting.pop(0)
            row = self.rows[number]
            if count[number] != 1 or not any(self.hidden[c] or self._bare(c) for c in row):
                continue
            cell = self._choose(row, count)
            if cell is None:
                continue
            self.hidden[cell] = True
            for other in self.of[cell]:
                count[other] += 1
                if count[other] == 1:
                    waiting.append(other)

    def _bare(self, cell: int) -> bool:
        return bool(self.unseen[cell] and self.small[cell])

    def _choose(self, row: list[int], count: Ints) -> int | None:
        """Return which of those shown is hidden: whose sums hold another already, then the smallest."""
        could = sorted(
            (c for c in row if not self.hidden[c] and not self.unseen[c] and self.values[c]),
            key=lambda c: (int(self.values[c]), c),
        )[:_LIKELY]
        if not could:
            return None
        return min(could, key=lambda c: (sum(count[o] == 0 for o in self.of[c]), self.values[c], c))

    def protect(self, found: Iterable[int]) -> None:
        """Hide one more near each cell that follows; where nothing is left there, all.

        One near which another has just been hidden waits: that may do.
        """
        count = np.array([self.unknown[row].sum() for row in self.rows], dtype=np.int64)
        touched = set[int]()
        for cell in found:
            if touched.isdisjoint(self.of[cell]):
                self._hide_near(cell, count)
                touched.update(self.of[cell])

    def _hide_near(self, cell: int, count: Ints) -> None:
        """Hide one of those that add up with a cell, or else with those that hang together with it."""
        seen, ring = {cell}, [cell]
        while ring:
            rows = dict.fromkeys(number for c in ring for number in self.of[c])
            about = list(dict.fromkeys(c for number in rows for c in self.rows[number]))
            chosen = self._choose(about, count)
            if chosen is not None:
                self.hidden[chosen] = True
                return
            ring = [c for c in about if self.unknown[c] and c not in seen]
            seen.update(ring)
        self.hidden |= (self.values > 0) & ~self.unseen
