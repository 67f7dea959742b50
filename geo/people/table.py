"""The checked table of people as a file tells them, before they are placed (人口の表の形)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from geo.base.problems import Problem
    from geo.base.words import Words

PeopleKind = Literal["area", "mesh", "point"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """People of one row (一行の人数)."""

    all_: int
    over65: int
    over75: int
    unknown: int


NOBODY: Final = Counts(all_=0, over65=0, over75=0, unknown=0)


def add_counts(counts: Iterable[Counts]) -> Counts:
    """Return people of several rows together (足す)."""
    rows = list(counts)
    return Counts(
        all_=sum(one.all_ for one in rows),
        over65=sum(one.over65 for one in rows),
        over75=sum(one.over75 for one in rows),
        unknown=sum(one.unknown for one in rows),
    )


def counts_of(frame: pd.DataFrame) -> Counts:
    """Return the people of a table's rows together (表の人数)."""
    return Counts(
        all_=int(frame["people_all"].sum()),
        over65=int(frame["people_65"].sum()),
        over75=int(frame["people_75"].sum()),
        unknown=int(frame["people_unknown"].sum()),
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
        unknown age is part of all only), ``row`` (in the file), and for points ``lon lat``
        in degrees.
    problems
        Every row left out, with the reason.
    notices
        What was supposed of the whole file.
    as_of
        The date the file states, as written, or "".
    has_75
        ``False`` when the file does not tell 75 and over; `people_75` is 0 then.
    left_out
        People on the rows left out, as far as their number can be read.
    one_a_place
        Whether each point stands for a whole neighbourhood, not for homes.
    """

    file: str
    kind: PeopleKind
    frame: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    notices: tuple[Words, ...] = ()
    as_of: str = ""
    has_75: bool = True
    left_out: Counts = NOBODY
    one_a_place: bool = False
