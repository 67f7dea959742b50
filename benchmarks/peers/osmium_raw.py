"""pyosmium with nothing around it: walk through the file and keep each street's nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import osmium

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Case, Work


def read(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Node numbers and degrees of every way with a ``highway`` tag; no network is made."""

    def answer() -> Any:  # noqa: ANN401 - an array
        refs: list[int] = []
        lon: list[float] = []
        lat: list[float] = []
        reader = osmium.FileProcessor(str(work.pbf)).with_locations()
        way: Any
        for way in reader.with_filter(osmium.filter.KeyFilter("highway")):
            if way.is_way():
                for node in way.nodes:
                    refs.append(node.ref)
                    lon.append(node.lon)
                    lat.append(node.lat)
        return np.array([refs, lon, lat]).T

    return lambda _: answer


TASKS = {"read": read}
