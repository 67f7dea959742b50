"""Private homes in exported files: by area and square, never by their door (個人の家の書き出し)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.square import OFFICE_MARK, TOLD_WORDS, centre_of_square

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from geo.base.arrays import Floats
    from geo.base.square import Told
    from geo.export.keys import Keys
    from geo.town import Town


@dataclass(frozen=True, slots=True, kw_only=True)
class Homes:
    """Which sites of a file are private homes, and whether it may tell where (個人の家).

    Attributes
    ----------
    ids
        Ids of the sites that are somebody's home.
    exact
        Whether the file is the office's own and tells their doors.
    """

    ids: frozenset[str] = frozenset()
    exact: bool = False

    def hides(self, site_id: str | None) -> bool:
        """Say whether nothing may tell where a site is (かくす地点か)."""
        return not self.exact and site_id in self.ids

    def told(self, site_id: str) -> Told | None:
        """Return how a site's place is told, ``None`` for one that is no home (示し方)."""
        if site_id not in self.ids:
            return None
        return "exact" if self.exact else "square"

    def say_told(self, site_id: str, keys: Keys) -> str | None:
        """Return the same in words, as `geo.base.square.is_blurred` reads them (示し方のことば)."""
        told = self.told(site_id)
        return None if told is None else TOLD_WORDS[told].say(keys)

    def tell(self, site_ids: Iterable[str] = ()) -> dict[str, object]:
        """Return the foreign member's part, nothing for a file that has no home (ファイルの説明)."""
        count = sum(one in self.ids for one in site_ids)
        if self.exact:
            words = TOLD_WORDS["exact"]
            about = {"ja": words.ja, "en": words.en}
            return {"audience": OFFICE_MARK, "private_homes": {"count": count, "told_by": about}}
        if not count:
            return {}
        words = TOLD_WORDS["square"]
        return {"private_homes": {"count": count, "told_by": {"ja": words.ja, "en": words.en}}}


NO_HOMES: Final = Homes()


def shown_lonlat(town: Town, sites: pd.DataFrame, homes: Homes) -> tuple[Floats, Floats]:
    """Return longitude and latitude as a file may show sites (ファイルに出す場所)."""
    lon, lat = (np.array(one) for one in town.plane.to_lonlat(sites["x_m"], sites["y_m"]))
    for row, site_id in enumerate(sites["site_id"]):
        if homes.hides(site_id):
            lon[row], lat[row] = centre_of_square(float(lon[row]), float(lat[row]))
    return lon, lat


def home_areas(town: Town, sites: pd.DataFrame, homes: Homes) -> Mapping[str, str]:
    """Return the area of the first division each home lies in, by site id (個人の家の町丁)."""
    own = sites[sites["site_id"].isin(homes.ids)]
    if own.empty or not town.divisions:
        return {}
    areas = town.division(town.divisions[0])
    tree = shapely.STRtree(areas.geometry.to_numpy())
    points = shapely.points(own["x_m"].to_numpy(float), own["y_m"].to_numpy(float))
    site, area = tree.query(points, predicate="intersects")
    ids, names = own["site_id"].tolist(), areas["area_name"].tolist()
    order = np.lexsort((area, site))[::-1]  # the first area is written last
    return {ids[int(site[at])]: str(names[int(area[at])]) for at in order}
