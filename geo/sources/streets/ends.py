"""Where lines of a table of edges meet their nodes, and where they do not (線の端をつなぐ)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from geo.base.problems import Problem
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

# OSM's own resolution in degrees, about 1 cm: nearer ends are the same place.
DIGITS: Final = 7
# An end this near its node was meant to be there: rounding, another datum's last digits, a shaky
# hand. Farther, the table and the line tell different things, and the line is believed.
JOIN_M: Final = 1.0
_DEGREE_M: Final = 111_195.0  # of latitude, on the mean sphere


class Piece(NamedTuple):
    """One line from node to node; `row` is that of the table (つないだ線)."""

    row: int
    u: int
    v: int
    coords: Floats


class Apart(NamedTuple):
    """An end that is not joined to the node its row names (つながない端)."""

    row: int
    end: str
    node: int
    metres: float


def join_ends(
    u: Ints,
    v: Ints,
    shapes: Sequence[Sequence[Floats]],
    nodes: Mapping[int, tuple[float, float]] | None = None,
) -> tuple[list[Piece], list[Apart]]:
    """Return lines that run from `u` to `v`, and the ends left unjoined (端を節点につなぐ).

    Tables do not promise that a shape runs from u to v, nor that it ends there. An end within
    `JOIN_M` of its node is put there; a line is else as it was drawn, and an end farther off
    gets a node of its own. Ends left over of one node that share a place share that node.

    Parameters
    ----------
    u, v
        (E,) node ids.
    shapes
        E rows of one or more parts (n, 2), degrees; unchanged. Of a row of several parts each
        is a line by itself, and those ends are joined that are at the row's nodes.
    nodes
        Places of nodes in degrees, where the source tells them; the others stand where most of
        their edges have an end, the first met of equals.
    """
    if not len(u):
        return [], []
    lines = [parts[0] if len(parts) == 1 else np.vstack(list(parts)) for parts in shapes]
    back, at_u, at_v = _turn(u, v, lines, nodes or {})
    fresh = _Fresh(int(min(u.min(), v.min(), 0)) - 1)
    pieces: list[Piece] = []
    apart: list[Apart] = []
    for row, parts in enumerate(shapes):
        whole = len(parts) == 1
        ends = ((int(u[row]), at_u[row]), (int(v[row]), at_v[row]))
        met = [np.inf, np.inf]
        for part in parts:
            line = part[::-1] if whole and back[row] else part
            coords = np.array(line)
            names = []
            for place in (0, -1):
                some = (0 if place == 0 else 1,) if whole else (0, 1)
                gaps = [measure_gap(line[place], ends[k][1]) for k in some]
                best = int(np.argmin(gaps))
                for k, gap in zip(some, gaps, strict=True):
                    met[k] = min(met[k], gap)
                node, at = ends[some[best]]
                if gaps[best] <= JOIN_M:
                    coords[place] = at
                    names.append(node)
                else:
                    names.append(fresh.number(node if whole else (row,), line[place]))
            pieces.append(Piece(row, names[0], names[1], coords))
        apart += [
            Apart(row, end, ends[k][0], met[k]) for k, end in enumerate("uv") if met[k] > JOIN_M
        ]
    return pieces, apart


class _Fresh:
    """Numbers below every id of the source for ends of their own."""

    def __init__(self, first: int) -> None:
        self._first = first
        self._given: dict[tuple[object, bytes], int] = {}

    def number(self, of: object, place: Floats) -> int:
        key = (of, (np.round(place, DIGITS) + 0.0).tobytes())
        return self._given.setdefault(key, self._first - len(self._given))


def measure_gap(one: Floats, other: Floats) -> float:
    """Return the metres between two places in degrees that lie near each other (すき間).

    Examples
    --------
    >>> round(measure_gap(np.array([139.0, 35.0]), np.array([139.0, 35.00001])), 2)
    1.11
    """
    east = (one[0] - other[0]) * np.cos(np.radians(other[1]))
    return float(np.hypot(east, one[1] - other[1]) * _DEGREE_M)


def find_gaps(shapes: Sequence[Sequence[Floats]]) -> dict[int, float]:
    """Return the rows whose parts do not meet, and the metres of the gaps (途中のすき間).

    Parameters
    ----------
    shapes
        As in `join_ends`; rows are counted from 1. A row's gaps
        are the shortest by which its parts could be joined, from end to end.
    """
    gaps = ((row + 1, _sum_gaps(parts)) for row, parts in enumerate(shapes) if len(parts) > 1)
    return {row: metres for row, metres in gaps if metres > 0}


def _sum_gaps(parts: Sequence[Floats]) -> float:
    ends = [[part[0], part[-1]] for part in parts]
    met, left, total = ends[0], ends[1:], 0.0
    while left:
        near = [min(measure_gap(a, b) for a in met for b in part) for part in left]
        best = int(np.argmin(near))
        total += near[best]
        met = met + left.pop(best)
    return total


def tell_apart(file: str, apart: Sequence[Apart]) -> list[Problem]:
    """Return the unjoined ends as problems, with their rows (つながない端を知らせる)."""
    return [
        Problem(
            file=file,
            row=one.row + 1,
            column=one.end,
            value=str(one.node),
            reason=Words(
                f"線の端がこの番号の点から {one.metres:,.1f}m 離れているので、つなぎませんでした",
                f"the line ends {one.metres:,.1f} m from the point of this number, so it was not joined to it",
            ),
        )
        for one in apart
    ]


def _turn(
    u: Ints, v: Ints, lines: Sequence[Floats], nodes: Mapping[int, tuple[float, float]]
) -> tuple[npt.NDArray[np.bool_], Floats, Floats]:
    """Return which lines run from v to u, and where the nodes of each row stand."""
    first = np.round([line[0] for line in lines], DIGITS) + 0.0
    last = np.round([line[-1] for line in lines], DIGITS) + 0.0
    # Both readings of an edge vote; where its nodes have other edges, the true one gets more.
    votes = _count_ends([u, v, u, v], [first, last, last, first])
    stored, turned = votes[0] + votes[1], votes[2] + votes[3]
    back = turned > stored
    ends = np.where(back[:, None], last, first), np.where(back[:, None], first, last)
    at = _place_nodes(u, v, *ends)
    known = [node for node in at.index if node in nodes]
    if known:
        at.loc[known] = np.round([nodes[node] for node in known], DIGITS) + 0.0
    at_u, at_v = at.loc[u].to_numpy(), at.loc[v].to_numpy()
    # Two edges of one pair of nodes may be stored in opposite directions, a tie of votes.
    back = _gap(first, at_u) + _gap(last, at_v) > _gap(last, at_u) + _gap(first, at_v)
    return back, at_u, at_v


def _count_ends(nodes: list[Ints], ends: list[Floats]) -> list[Ints]:
    """Return, for each node and end given, how often that node has that end."""
    table = pd.DataFrame(np.concatenate(ends), columns=["lon", "lat"])
    table["node"] = np.concatenate(nodes)
    count = table.groupby(["node", "lon", "lat"])["node"].transform("size")
    return list(np.split(count.to_numpy(dtype=np.int64), len(nodes)))


def _place_nodes(u: Ints, v: Ints, at_u: Floats, at_v: Floats) -> pd.DataFrame:
    """Return each node's most frequent place, the first met of equals."""
    table = pd.DataFrame(np.concatenate([at_u, at_v]), columns=["lon", "lat"])
    table["node"] = np.concatenate([u, v])
    table["votes"] = np.concatenate(_count_ends([u, v], [at_u, at_v]))
    table = table.sort_values("votes", ascending=False, kind="stable")
    return table.drop_duplicates("node").set_index("node")[["lon", "lat"]]


def _gap(one: Floats, other: Floats) -> Floats:
    return np.asarray(np.abs(one - other).sum(axis=1))
