"""The checked table of people as a file tells them, before they are placed (人口の表の形)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from geo.base.problems import Problem
    from geo.base.words import Words

_LINE: Final = re.compile(r"people_([0-9]{1,3})")
PeopleKind = Literal["area", "mesh", "point"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """People of one row (一行の人数).

    Attributes
    ----------
    lines
        Other ages, ascending, each with the people of that age and over.
    """

    all_: int
    over65: int
    over75: int
    unknown: int
    lines: tuple[tuple[int, int], ...] = ()

    def over(self) -> dict[str, int]:
        """Return the people by age group as questions call it (年齢ごとの人数).

        Examples
        --------
        >>> Counts(all_=9, over65=3, over75=1, unknown=0, lines=((55, 4),)).over()
        {'all': 9, '65': 3, '75': 1, '55': 4}
        """
        own = {"all": self.all_, "65": self.over65, "75": self.over75}
        return own | {str(age): people for age, people in self.lines}


NOBODY: Final = Counts(all_=0, over65=0, over75=0, unknown=0)


def add_counts(counts: Iterable[Counts]) -> Counts:
    """Return people of several rows together (足す)."""
    rows = list(counts)
    return Counts(
        all_=sum(one.all_ for one in rows),
        over65=sum(one.over65 for one in rows),
        over75=sum(one.over75 for one in rows),
        unknown=sum(one.unknown for one in rows),
        lines=_add_lines(one.lines for one in rows),
    )


def _add_lines(several: Iterable[tuple[tuple[int, int], ...]]) -> tuple[tuple[int, int], ...]:
    sums: dict[int, int] = {}
    for lines in several:
        for age, people in lines:
            sums[age] = sums.get(age, 0) + people
    return tuple(sorted(sums.items()))


def lines_of(frame: pd.DataFrame) -> tuple[int, ...]:
    """Return the ages beside 65 and 75 that a table's columns tell, ascending (ほかの年齢の列).

    Examples
    --------
    >>> import pandas as pd
    >>> lines_of(pd.DataFrame(columns=["people_all", "people_65", "people_85", "people_55"]))
    (55, 85)
    """
    found = (_LINE.fullmatch(str(column)) for column in frame.columns)
    return tuple(sorted(int(one[1]) for one in found if one and one[1] not in ("65", "75")))


def counts_of(frame: pd.DataFrame) -> Counts:
    """Return the people of a table's rows together (表の人数)."""
    return Counts(
        all_=int(frame["people_all"].sum()),
        over65=int(frame["people_65"].sum()),
        over75=int(frame["people_75"].sum()),
        unknown=int(frame["people_unknown"].sum()),
        lines=tuple((age, int(frame[f"people_{age}"].sum())) for age in lines_of(frame)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleTable:
    """People with the area, the square or the point they live in (人口の表).

    Attributes
    ----------
    file
        The file's name, for problems found later.
    kind
        What `key` is: an area's code or name, a mesh code, or a point's row number.
    frame
        Columns ``key name`` (str), ``people_all people_65 people_75 people_unknown`` (int;
        unknown age is part of all only), ``people_`` and an age for each other age line,
        ``row`` (in the file), and for points ``lon lat`` in degrees.
    problems
        Every row left out, with the reason.
    notices
        What was supposed of the whole file.
    as_of
        The date the file states, as written, or "".
    has_65, has_75
        ``False`` when the file does not tell them; the column is 0 then.
    left_out
        People on the rows left out, as far as their number can be read.
    one_a_place
        Whether each point stands for a whole neighbourhood, not for homes.
    merged
        By key, the keys whose numbers are kept secret and counted with it: they are one place.
    """

    file: str
    kind: PeopleKind
    frame: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    notices: tuple[Words, ...] = ()
    as_of: str = ""
    has_65: bool = True
    has_75: bool = True
    left_out: Counts = NOBODY
    one_a_place: bool = False
    merged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
