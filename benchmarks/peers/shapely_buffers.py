"""The polygons everyone draws first: Shapely's buffers of the streets within reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
from ours_beyond import site_lines

from geo.walk.reach import SIDE_M

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Case, Work


def buffer_each(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Buffer each line by itself and unite them."""

    def ask(case: Case) -> Callable[[], Any]:
        lines = site_lines(work, case)
        return lambda: [shapely.union_all(shapely.buffer(some, SIDE_M)) for some in lines]

    return ask


def buffer_all(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Buffer all lines of a site together."""

    def ask(case: Case) -> Callable[[], Any]:
        bundles = [shapely.multilinestrings(some) for some in site_lines(work, case)]
        return lambda: [shapely.buffer(bundle, SIDE_M) for bundle in bundles]

    return ask


TASKS = {"buffer_each": buffer_each, "buffer_all": buffer_all}
