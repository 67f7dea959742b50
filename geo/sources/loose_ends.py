"""Where streets do not hang together though they seem to: ends nearly met, gates, gaps (つながらない所)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.spatial import cKDTree

from geo.base.problems import Problem
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.arrays import Floats, Ints
    from geo.base.place import Plane
    from geo.network.lay import StreetReport
    from geo.network.network import WalkNetwork

# Two dead ends as near as this face each other: one street cut by a slip of the hand, or the two
# sides of a fence. An end this near any other node is a slip: half the width of a lane.
FACING_M: Final = 3.0
BESIDE_M: Final = 1.0
# Below this share of all metres in one piece the streets are in pieces. Whole extracts seen so
# far, towns with rivers and islands among them, have 0.96 and more.
_ONE_PIECE: Final = 0.9


def tell_loose_ends(file: str, network: WalkNetwork, plane: Plane) -> list[Problem | Words]:
    """Return the ends that lie beside a node they do not share (つながりそうでつながらない端).

    A dead end less than `FACING_M` from another dead end, or less than `BESIDE_M` from any node,
    that no street of its own leads to; each pair once. Nodes on exactly one place are not
    among them: whether those are one is decided in `geo.network.same_place`.
    """
    pairs, gaps_m = find_loose_ends(network)
    if not gaps_m.size:
        return []
    lon, lat = plane.to_lonlat(network.node_x_m[pairs[:, 0]], network.node_y_m[pairs[:, 0]])
    found: list[Problem | Words] = [
        Words(
            f"つながっていない道の端が、別の道の端や曲がり角のすぐそば（{FACING_M:g}m未満）にあります: "
            f"{gaps_m.size:,}か所。続いている道なら、元のファイルで1つの点につないでください"
            "（場所は data/problems.csv）",
            f"ends of streets lie within {FACING_M:g} m of another end or corner without being joined: "
            f"{gaps_m.size:,}; where a street goes on, join both in one point in the source "
            "(places in data/problems.csv)",
        )
    ]
    found += [
        Problem(
            file=file,
            row=None,
            column="",
            value=f"{y:.6f}, {x:.6f}",
            reason=Words(
                f"道の端が、別の道の点から {gap:.2f}m の所にありますが、つながっていません",
                f"a street ends {gap:.2f} m from a point of another, and is not joined to it",
            ),
        )
        for x, y, gap in zip(lon.tolist(), lat.tolist(), gaps_m.tolist(), strict=True)
    ]
    return found


def find_loose_ends(network: WalkNetwork) -> tuple[Ints, Floats]:
    """Return the pairs of nodes of `tell_loose_ends`, the dead end first, and their gaps (端の組)."""
    none = np.zeros((0, 2), dtype=np.int64), np.zeros(0)
    ends = np.concatenate([network.edge_u, network.edge_v])
    dead = np.bincount(ends, minlength=network.node_count) == 1
    if not dead.any():
        return none
    at = np.column_stack([network.node_x_m, network.node_y_m])
    pairs = cKDTree(at).query_pairs(FACING_M, output_type="ndarray").astype(np.int64)
    pairs = pairs[dead[pairs].any(axis=1)]
    if not pairs.size:
        return none
    one, other = np.where(dead[pairs[:, 0], None], pairs, pairs[:, ::-1]).T
    gap_m = np.hypot(*(at[one] - at[other]).T)
    edges = np.sort(np.column_stack([network.edge_u, network.edge_v]), axis=1)
    beside = np.isin(_keys(np.sort(pairs, axis=1)), _keys(edges))
    loose = (gap_m > 0) & ~beside & (network.node_id[one] != network.node_id[other])
    loose &= np.where(dead[other], gap_m < FACING_M, gap_m < BESIDE_M)
    order = np.lexsort((other[loose], one[loose]))
    return np.column_stack([one[loose], other[loose]])[order], gap_m[loose][order]


def _keys(pairs: Ints) -> Ints:
    return np.asarray(pairs[:, 0] * (1 << 31) + pairs[:, 1])


def tell_closed(file: str, network: WalkNetwork, closed: Ints) -> list[Problem]:
    """Return how many nodes nobody may pass cut how many metres of street (通れない点)."""
    shut = np.isin(network.node_id, closed)
    cut = shut[network.edge_u] | shut[network.edge_v]
    if not cut.any():
        return []
    count, metres = np.unique(network.node_id[shut]).size, float(network.edge_m[cut].sum())
    return [
        Problem(
            file=file,
            row=None,
            column="",
            value="",
            reason=Words(
                f"通れない点（門・柵・立入禁止）で道が切れています: {count:,}か所、"
                f"そこで行き止まりの道 {metres:,.0f}m",
                f"streets end at points nobody may pass (gates, fences, no access): {count:,} "
                f"points, {metres:,.0f} m of street that end there",
            ),
        )
    ]


def tell_gaps(
    file: str, gaps_m: Mapping[int, float], *, numbered: bool, what: Words
) -> list[Problem | Words]:
    """Return the lines with a gap inside, each with its metres, and all together (途中のすき間).

    Parameters
    ----------
    gaps_m
        Metres by the number of the line: its row, or the way's id.
    numbered
        Whether the number is the line's own; else it is its row.
    what
        Why there is a gap, as it stands in the sentence.
    """
    if not gaps_m:
        return []
    total = sum(gaps_m.values())
    found: list[Problem | Words] = [
        Words(
            f"途中が抜けている線を、そこで切りました: {len(gaps_m):,}本、抜けている長さ {total:,.1f}m",
            f"lines with a gap inside are cut there: {len(gaps_m):,}, gaps of {total:,.1f} m",
        )
    ]
    found += [
        Problem(
            file=file,
            row=None if numbered else number,
            column="",
            value=str(number) if numbered else "",
            reason=Words(
                f"{what.ja}。{metres:,.1f}m 抜けているので、そこで切りました",
                f"{what.en}; cut at a gap of {metres:,.1f} m",
            ),
        )
        for number, metres in gaps_m.items()
    ]
    return found


def tell_pieces(network: WalkNetwork, laid: StreetReport) -> list[Words]:
    """Return that the streets are in pieces, and what was joined, where it is so (道がばらばらか)."""
    lines = []
    if laid.joined_nodes:
        count = f"{laid.joined_nodes:,}"
        lines.append(
            Words(
                f"同じ場所に重なっていた道の点を1つにまとめました: {count}個",
                f"points of streets on one place were made one: {count}",
            )
        )
    share = share_of_largest(network, laid.dropped_parts_m)
    if share < _ONE_PIECE:
        lines.append(
            Words(
                f"道がばらばらです。つながった道の最大は、全長の{100 * share:.0f}％です"
                f"（{laid.islands:,}に分かれています）。線の端が交わる点からずれていないか、"
                "data/problems.csv を見て元のファイルを直し、作り直してください",
                f"the streets are in pieces: the largest holds {100 * share:.0f}% of all metres "
                f"(there are {laid.islands:,}); see data/problems.csv whether ends of lines are off "
                "the points where they meet, mend the source and build again",
            )
        )
    return lines


def share_of_largest(network: WalkNetwork, dropped_m: float) -> float:
    """Return which share of all metres hangs together, 1 of no street (最大のつながりの割合).

    `dropped_m` are the metres left out as too short pieces.
    """
    if not network.edge_count:
        return 1.0
    metres = np.bincount(network.island[network.edge_u], weights=network.edge_m)
    return float(metres.max() / (metres.sum() + dropped_m))
