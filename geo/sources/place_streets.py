"""What a build tells of its streets: the kinds left out, and how much of the town they cover (道のまとめ)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.problems import Problem
from geo.base.words import Words
from geo.coverage.coverage import assign_cells
from geo.network.extract import Extract, StreetWays
from geo.network.street_words import say_kind
from geo.sources.loose_ends import (
    share_of_largest,
    tell_closed,
    tell_loose_ends,
    tell_pieces,
)
from geo.sources.ways.features import no_features

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.base.arrays import Floats
    from geo.base.place import Plane
    from geo.network.lay import StreetReport
    from geo.network.network import WalkNetwork
    from geo.network.snap import Snaps

# Which rules made the streets; a town of fewer was built before access on nodes and mountain
# paths were read.
STREET_RULES: Final = 2
# Streets that are cut at the city's border reach all of it but strips; less is another extract.
_WHOLE: Final = 0.95
# An area counts as without streets when most of it, or of its people, lies beyond them.
_HALF: Final = 0.5
_REASONS: Final[dict[str, Words]] = {
    "motorway": Words("自動車だけの道", "for cars alone"),
    "motorroad": Words("自動車だけの道", "for cars alone"),
    "private": Words("立ち入れない道", "private"),
    "no_foot": Words("歩けない道", "closed to walkers"),
    "mountain": Words("手を使う登山道か、道の見えない所", "hands are needed, or no path is seen"),
    "not_built": Words("まだない、または、もうない道", "not built, or no more"),
    "unknown_kind": Words("歩けるか分からない種別の道", "of a kind not known to be walked"),
    "not_a_street": Words("道ではないもの", "no street"),
}


def tell_streets(extract: Extract, network: WalkNetwork, laid: StreetReport) -> dict[str, object]:
    """Return the counts kept with the town (道の数).

    ``rules`` is `STREET_RULES`; the others as `StreetReport` and `Extract`.
    """
    return {
        "rules": STREET_RULES,
        "nodes": network.node_count,
        "edges": network.edge_count,
        "metres": round(network.length_m, 3),
        "islands": laid.islands,
        "dropped_parts": laid.dropped_parts,
        "dropped_parts_m": round(laid.dropped_parts_m, 3),
        "left_out": dict(sorted(extract.left_out.items())),
        "left_out_m": {k: round(v, 1) for k, v in sorted(extract.left_out_m.items())},
        "closed_nodes": int(extract.streets.closed.size),
        "joined_nodes": laid.joined_nodes,
        "largest_share": round(share_of_largest(network, laid.dropped_parts_m), 4),
    }


# What a build without streets says.
STREETLESS: Final = Words(
    "道のデータなしでつくりました。距離はすべて直線です。道のりはこれより長いので、届く人は数字より少なくなります。"
    "あとから道のファイルを入れてつくり直すと、道のりで数えます",
    "made without streets: every distance is a straight line. Real ways are longer, so fewer people are "
    "within reach than the figures say; build it again with a file of streets to count along them",
)
NO_HEIGHTS_LAID: Final = Words(
    "標高は道に沿って使うので、道のない街では使っていません",
    "heights are laid along streets: without streets they are not used",
)


def tell_no_streets() -> dict[str, object]:
    """Return the counts of a town built without streets (道のない街の数)."""
    return {
        "rules": STREET_RULES, "none": True, "nodes": 0, "edges": 0, "metres": 0.0,
        "share_of_town": 0.0, "areas_without": {},
    }  # fmt: skip


def nothing_mapped() -> Extract:
    """Return what a source of streets would give, empty (道も建物もない)."""
    none, number = np.zeros(0), np.zeros(0, dtype=np.int64)
    found = no_features()
    return Extract(
        streets=StreetWays(
            way_id=number, highway=np.zeros(0, dtype=str), flags=number,
            start=np.zeros(1, dtype=np.int64), node_id=number, lon=none, lat=none,
        ),
        sites=found.sites, buildings=found.buildings, base=found.base,
    )  # fmt: skip


def tell_kinds(file: str, extract: Extract) -> list[Problem]:
    """Return the kinds of street left out, each with its number and metres (使わなかった種別).

    The longest first. A kind is called as people call it; one that has no name is quoted.
    """
    told: dict[tuple[str, Words], tuple[int, float]] = {}
    for (reason, kind), (count, metres) in sorted(extract.kinds_left_out.items()):
        key = reason, say_kind(kind)
        ways, length_m = told.get(key, (0, 0.0))
        told[key] = ways + count, length_m + metres
    kinds = sorted(told.items(), key=lambda item: (-item[1][1], item[0][0], item[0][1].ja))
    found = []
    for (reason, called), (count, metres) in kinds:
        words = _REASONS[reason]
        found.append(
            Problem(
                file=file,
                row=None,
                column="",
                value="",
                reason=Words(
                    f"{called.ja}を、歩く道として使っていません（{words.ja}）: {count:,}本、{metres:,.0f}m",
                    f"{called.en}: not used as a street to walk ({words.en}): {count:,}, {metres:,.0f} m",
                ),
            )
        )
    return found


def tell_network(
    file: str, extract: Extract, network: WalkNetwork, laid: StreetReport, plane: Plane
) -> list[Problem | Words]:
    """Return where the streets hang together less than they seem to (つながりのまとめ)."""
    return [
        *tell_pieces(network, laid),
        *tell_loose_ends(file, network, plane),
        *tell_closed(file, network, extract.streets.closed),
    ]


def note_uncovered(  # noqa: PLR0913 - the parts of a town, each by name
    network: WalkNetwork,
    border: shapely.Geometry,
    areas: gpd.GeoDataFrame,
    cells: pd.DataFrame,
    snaps: Snaps,
    *,
    own: str,
    limit_m: float,
    given: bool,
) -> tuple[dict[str, object], list[Words]]:
    """Return how much of the town the streets cover, and what to say of it (道のない地区).

    Parameters
    ----------
    snaps
        Where the people of `cells` meet the streets.
    own
        The division whose table gave the people.
    limit_m
        How far from a street a place may be: so far beyond the outermost streets they cover.
    given
        Whether the border was given; one drawn round the streets is covered by them.

    Returns
    -------
        ``share_of_town`` inside the hull of all streets, and ``areas_without``, ids by division:
        areas most of whose people are off the network, and, where the streets cover only a
        part of the town, those with people that lie for the most part beyond them.
    """
    points = shapely.multipoints(np.column_stack([network.vertex_x_m, network.vertex_y_m]))
    hull = shapely.buffer(shapely.convex_hull(points), limit_m)
    met = shapely.area(shapely.intersection(hull, border))
    share = float(met / shapely.area(border)) if given else 1.0
    without: dict[str, list[str]] = {}
    lines = [] if share >= _WHOLE else [_say_share(share)]
    for division, rows in areas.groupby("division", sort=False):
        part = rows.reset_index(drop=True)
        people, off = _count_lost(part, cells, snaps, own=division == own)
        lost = off > _HALF * people
        if share < _WHOLE:
            shapes = part.geometry.to_numpy()
            inside = shapely.area(shapely.intersection(shapes, hull))
            lost |= (people > 0) & (inside < _HALF * shapely.area(shapes))
        if lost.any():
            without[str(division)] = part["area_id"][lost].tolist()
            lines.append(_say_without(str(division), part["area_name"][lost].tolist()))
    return {"share_of_town": round(share, 4), "areas_without": without}, lines


def _count_lost(
    areas: gpd.GeoDataFrame, cells: pd.DataFrame, snaps: Snaps, *, own: bool
) -> tuple[Floats, Floats]:
    """Return each area's people, and those of them that are off the network."""
    area = assign_cells(cells, areas, own_people=own)
    people = cells["people_all"].to_numpy(dtype=np.int64)
    known = area >= 0
    off = known & (snaps.edge < 0)
    total, lost = (
        np.bincount(area[some], weights=people[some], minlength=len(areas)).astype(float)
        for some in (known, off)
    )
    return total, lost


def _say_share(share: float) -> Words:
    return Words(
        f"道のデータは街の{100 * share:.0f}％にしかありません。ほかが人の住まない山や水面でなければ、"
        "街ぜんたいの道のファイルで作り直してください",
        f"the streets cover only {100 * share:.0f}% of the town; unless the rest is hills or water "
        "where nobody lives, build it again with streets of the whole town",
    )


def _say_without(division: str, names: list[str]) -> Words:
    shown, more = "、".join(names[:_SHOWN]), len(names) - _SHOWN
    return Words(
        f"道のデータが足りない地区（{division}）: {shown}{f'ほか{more}' if more > 0 else ''}",
        f"areas without enough streets ({division}): {shown}{f' and {more} more' if more > 0 else ''}",
    )


_SHOWN: Final = 10
