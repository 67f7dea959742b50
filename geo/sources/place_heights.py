"""Lay the heights of a town's files along its streets (標高を道に割りふる)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.base.problems import InputError
from geo.base.words import Words
from geo.relief.relief import Relief, measure_relief
from geo.sources.heights.heights import load_heights

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.base.place import Plane
    from geo.network.network import WalkNetwork
    from geo.relief.grid import HeightGrid, Window
    from geo.sources.recipe import SourceFile

_MARGIN_DEG: Final = 0.002  # about 200 m, more than a pixel of any of the formats


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedHeights:
    """What became of the heights (標高のまとめ).

    Attributes
    ----------
    relief
        Heights along the streets; None when the recipe names no file of heights.
    notices
        How much of the streets has a height, from which files, and what was drawn straight.
    facts
        The same as counts, under ``heights``.
    """

    relief: Relief | None
    notices: list[Words]
    facts: dict[str, Any]


def place_heights(
    sources: Sequence[SourceFile], folder: Path, *, network: WalkNetwork, plane: Plane
) -> PlacedHeights:
    """Return the heights along a town's streets (道の高さを求める).

    Parameters
    ----------
    sources
        Of role ``heights``, in order: the first that knows a place gives its height.
    folder
        The town's folder, where the files are.

    Raises
    ------
    InputError
        When a file cannot be read, or none of them holds a height within the town.
    """
    if not sources or not network.edge_count:
        return PlacedHeights(relief=None, notices=[], facts={})
    window = _window(network, plane)
    grids: list[HeightGrid] = []
    used = []
    notices = []
    for source in sources:
        found = load_heights(folder / source.file, window)
        used.append(bool(found))
        grids += found
        if not found:
            notices.append(
                Words(
                    f"標高の {source.file} は、この街の範囲の外です",
                    f"the heights {source.file} lie outside this town",
                )
            )
    relief = measure_relief(network, grids, plane)
    share = relief.share_known(network)
    if not share:
        names = "、".join(source.file for source in sources)
        raise InputError(
            Words(
                f"標高のファイル（{names}）に、この街の道の高さがありません。"
                "街の範囲のファイルを渡してください",
                f"the heights ({names}) tell of no street of this town; give those of its extent",
            )
        )
    span_m = relief.span_m(network)
    said = "、".join(_say(source) for source, use in zip(sources, used, strict=True) if use)
    notices.append(
        Words(
            f"道の長さの{100 * share:.1f}％に高さがあります（標高: {said}）",
            f"{100 * share:.1f} % of the street length has a height ({said})",
        )
    )
    if span_m:
        notices.append(
            Words(
                f"橋とトンネル {span_m:,.0f}m は、両端の高さを直線で結びました",
                f"bridges and tunnels, {span_m:,.0f} m, are drawn straight between their ends",
            )
        )
    files = [
        {"file": s.file, "name": s.name, "date": s.date, "credit": s.credit, "used": use}
        for s, use in zip(sources, used, strict=True)
    ]
    facts = {
        "share_known": round(share, 6),
        "unknown_m": round(network.length_m - float(network.edge_m[relief.known].sum()), 1),
        "span_m": round(span_m, 1),
        "files": files,
    }
    return PlacedHeights(relief=relief, notices=notices, facts={"heights": facts})


def _window(network: WalkNetwork, plane: Plane) -> Window:
    lon, lat = plane.to_lonlat(network.vertex_x_m, network.vertex_y_m)
    return (
        float(lon.min()) - _MARGIN_DEG,
        float(lat.min()) - _MARGIN_DEG,
        float(lon.max()) + _MARGIN_DEG,
        float(lat.max()) + _MARGIN_DEG,
    )


def _say(source: SourceFile) -> str:
    name = source.name or source.file.rsplit("/", 1)[-1]
    more = " ".join(part for part in (source.date, source.credit) if part)
    return f"{name} {more}".strip()
