"""The table of people as a file has them, before they are put on the ground (人口の表)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

    from geo.base.problems import Problem
    from geo.base.words import Words

PeopleKind = Literal["area", "mesh", "point"]


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
        People of all ages on the rows left out, where their number can be read.
    """

    file: str
    kind: PeopleKind
    frame: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    notices: tuple[Words, ...] = ()
    as_of: str = ""
    has_75: bool = True
    left_out: int = 0
