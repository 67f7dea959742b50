"""Which small counts of people are masked, so that none follows from those shown (少ない人数を伏せる).

On paper made for a council, and on the meeting's screen, a count of 1 to 9 people is not shown, and
neither is any from which it would follow by adding and taking away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from scipy.sparse import csr_array

from geo.analysis.masking_audit import Known, exposed_cells, plainly_exposed

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping

    from geo.base.arrays import Flags, Ints

# ``few``: it is 1 to 9; ``kept``: it is 10 or more, and kept back because another would follow.
# Where among counts that hang together even that would tell one, all of them are ``kept``.
Mark = Literal["shown", "few", "kept"]
LEAST: Final = 10
_SHOWN, _FEW, _KEPT = 0, 1, 2
_MARKS: Final[tuple[Mark, ...]] = ("shown", "few", "kept")
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
    """

    counts: dict[Hashable, int] = field(default_factory=dict)
    sums: list[tuple[Hashable, tuple[Hashable, ...]]] = field(default_factory=list)
    unseen: set[Hashable] = field(default_factory=set)

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
            message = f"{name!r} is {self.counts[name]}, its parts are {sum(self.counts[o] for o in of)}"
            raise ValueError(message)
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
        self.sums.append((of, (name, rest)))


def mask(family: Family, *, least: int = LEAST) -> dict[Hashable, Mark]:
    """Return how each count is shown, none that is hidden following from the others (伏せる人数を決める).

    A count of 1 to `least` - 1 is hidden. Then others are, small ones first, until every hidden count
    could be another whole number, and one below `least` at least three, given all that is shown, all
    that adds up, and what the marks say. 0 is always shown. The same counts are always hidden.

    Parameters
    ----------
    family
        All that one audience can see, on whichever sheet or screen.

    Returns
    -------
    dict
        A mark for each count that is not unseen.

    Notes
    -----
    That a count could be another is shown by another whole set of counts which adds up and fits the
    marks; where none is found the count is taken as known, so a doubt hides more and never less.

    Examples
    --------
    >>> family = Family()
    >>> for name, count in {"people": 57, "within": 50, "outside": 7, "off": 0}.items():
    ...     family.add(name, count)
    >>> family.total("people", ("within", "outside", "off"))
    >>> mask(family)
    {'people': 'shown', 'within': 'kept', 'outside': 'few', 'off': 'shown'}
    """
    names = list(family.counts)
    work = _Work(family, names, least)
    while True:
        work.pair_up()
        known = work.known()
        found = [(int(cell), None) for cell in plainly_exposed(known)]
        found = found or exposed_cells(known, work.sure)
        if not found:
            break
        work.protect(found)
    return {
        name: _MARKS[mark]
        for name, mark, unseen in zip(names, work.marks(), work.unseen, strict=True)
        if not unseen
    }


def say_share_of(marks: Mapping[Hashable, Mark], parts: Collection[Hashable]) -> bool:
    """Say whether a share may be shown: every count it is made of is (割合を見せてよいか).

    A share gives the count back to whoever knows the whole, so it is as good as the count.

    Parameters
    ----------
    parts
        The counts it is the share of, and those its whole is the sum of.
    """
    return all(marks[one] == "shown" for one in parts)


class _Work:
    """What is hidden so far."""

    def __init__(self, family: Family, names: list[Hashable], least: int) -> None:
        at = {name: row for row, name in enumerate(names)}
        self.least = least
        self.values: Ints = np.array([family.counts[one] for one in names], dtype=np.int64)
        self.unseen: Flags = np.array([one in family.unseen for one in names], dtype=bool)
        self.small: Flags = (self.values > 0) & (self.values < least)
        self.hidden: Flags = self.small & ~self.unseen
        self.alike: Flags = np.zeros(len(names), dtype=bool)
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

    def marks(self) -> Ints:
        """How each is shown."""
        told = np.where(self.small & ~self.alike, _FEW, _KEPT)
        return np.where(self.hidden, told, _SHOWN)

    def low(self) -> Ints:
        """The least each can be by its mark."""
        told = np.where(self.small, 1, self.least)
        return np.where(self.hidden & ~self.alike, told, 0)

    def high(self) -> Ints:
        """The most each can be by its mark, and of the others as much as need be tried."""
        most = 2 * self.values + 2 * self.least
        return np.where(self.hidden & ~self.alike & self.small, self.least - 1, most)

    def known(self) -> Known:
        """What an audience knows."""
        need = np.where(self.small, 2, np.where(self.hidden, 1, 0))
        return Known(sums=self.sums, values=self.values, unknown=self.unknown, low=self.low(),
                     high=self.high(), need=need)  # fmt: skip

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

    def protect(self, found: list[tuple[int, Ints | None]]) -> None:
        """Hide one more near each cell that follows; where nothing is left to hide, tell none apart.

        One near which another has just been hidden waits: that may do.

        Parameters
        ----------
        found
            Each with those that hang together with it; None where it is not known yet.
        """
        count = np.array([self.unknown[row].sum() for row in self.rows], dtype=np.int64)
        touched = set[int]()
        for cell, together in found:
            if touched.isdisjoint(self.of[cell]):
                group = self._together(cell) if together is None else together
                touched.update(self._hide_near(cell, group, count))

    def _together(self, cell: int) -> Ints:
        """Return the unknown counts that hang together with one."""
        seen, waiting = {cell}, [cell]
        while waiting:
            for number in self.of[waiting.pop()]:
                new = {c for c in self.rows[number] if self.unknown[c]} - seen
                seen |= new
                waiting += sorted(new)
        return np.array(sorted(seen), dtype=np.int64)

    def _hide_near(self, cell: int, together: Ints, count: Ints) -> list[int]:
        for near in ([cell], together.tolist()):
            rows = dict.fromkeys(number for c in near for number in self.of[c])
            chosen = self._choose(list(dict.fromkeys(c for r in rows for c in self.rows[r])), count)
            if chosen is not None:
                self.hidden[chosen] = True
                return [*self.of[chosen], *self.of[cell]]
        self.alike[together] = True
        return self.of[cell]
