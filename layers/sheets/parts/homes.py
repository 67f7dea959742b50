"""Private homes on paper: by area and square, and no metres to their door (紙の上の個人の家)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.square import square_of
from geo.base.words import Words
from surveys.record.home import ASKED, is_home
from surveys.record.veil import keep_office, veil_site
from surveys.store.listing import SiteQuery, each_site
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.base.arrays import Floats
    from layers.sheets.parts.frame import Frame
    from surveys.record.site import Site

HOME_WORDS: Final = Words(
    "個人の家なので、場所は町丁と250m四方で示す", "a private home: told by area and 250 m square"
)
NO_METRES: Final = Words("個人の家なので、距離は出さない", "a private home: no distance is told")
NOT_SHOWN: Final = Words("（個人の家なので出さない）", "(a private home: not shown)")
ASKING: Final = tuple(id_ for id_, one in RECORD_TYPES.items() if one.asks(ASKED))
# As layers.day.salons: a town's own of this distance may be the home that was recorded.
_SAME_M: Final = 50.0


def on_paper(site: Site) -> Site:
    """Return a site as paper may show it (紙に出す地点)."""
    shown = keep_office(site)
    return veil_site(shown) if is_home(site) else shown


def homes_among(frame: Frame, ids: Iterable[str]) -> dict[str, Site]:
    """Return the private homes among some sites, by id (個人の家を選ぶ)."""
    return {id_: one for id_, one in frame.register.sites_of(ids).items() if is_home(one)}


def home_doors(frame: Frame, box: shapely.Geometry) -> Floats:
    """Return (n, 2) the places of private homes in a box of degrees, metres (個人の家の場所)."""
    found = each_site(frame.register, SiteQuery(types=ASKING, statuses=(), within=box))
    at = [
        one.place.representative_point() for one in found if one.place is not None and is_home(one)
    ]
    x_m, y_m = frame.town.plane.to_m([one.x for one in at], [one.y for one in at])
    return np.column_stack([np.atleast_1d(x_m), np.atleast_1d(y_m)]).reshape(-1, 2)


def stands_at(x_m: float, y_m: float, doors: Floats) -> bool:
    """Say whether a town's own place may be one of the homes (個人の家の所か)."""
    return bool((np.hypot(doors[:, 0] - x_m, doors[:, 1] - y_m) <= _SAME_M).any())


def without_squares(
    line: shapely.Geometry | None, homes: Iterable[Site]
) -> shapely.Geometry | None:
    """Return a line in degrees without what lies in the squares of homes (四方の中を消す)."""
    for home in homes:
        if line is None or home.place is None or home.place.is_empty:
            continue
        at = home.place.representative_point()
        line = shapely.difference(line, shapely.box(*square_of(at.x, at.y)))
    return line
