"""A place on a street in words: its area, and what stands nearest (道のどのあたりか)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.base.compass import say_direction
from geo.base.words import Words
from layers.surveyed.areas import area_at

if TYPE_CHECKING:
    from geo.base.words import Lang
    from geo.town import Town

# Farther off, a name says no more than the area's does.
NEAR_M: Final = 400.0
_ROUND_M: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetPlace:
    """Where on the streets a place is (道の上の場所).

    Attributes
    ----------
    area
        The name of the division's area it lies in, "" outside all.
    site
        The nearest site with a name, "" when none is near.
    metres, towards
        How far from that site in a straight line, and in which direction.
    """

    area: str
    site: str
    metres: float
    towards: Words

    def say(self, lang: Lang) -> str:
        """Return it as people read it; names are plain text, to be escaped (場所の文).

        Examples
        --------
        >>> place = StreetPlace(area="西町", site="公民館", metres=84.0, towards=Words("北", "north"))
        >>> place.say("ja"), place.say("en")
        ('西町・公民館の北へ約80m', '西町, about 80 m north of 公民館')
        """
        about = f"{max(_ROUND_M, round(self.metres / _ROUND_M) * _ROUND_M):.0f}"
        near = Words(
            f"{self.site}の{self.towards.ja}へ約{about}m",
            f"about {about} m {self.towards.en} of {self.site}",
        )
        parts = [part for part in (self.area, near.say(lang) if self.site else "") if part]
        none = Words("地区の外", "outside the areas").say(lang)
        return Words("・", ", ").say(lang).join(parts) or none


@lru_cache(maxsize=256)  # a page says the places of a plan again with every press
def find_place(town: Town, division: str, lon: float, lat: float) -> StreetPlace:
    """Return where a place in degrees is, by the town's own sites (場所をことばにする)."""
    row = area_at(town, division, lon, lat)
    area = "" if row is None else str(town.division(division)["area_name"].iloc[row])
    x_m, y_m = (float(value) for value in town.plane.to_m(lon, lat))
    named = town.sites[town.sites["name"].str.strip() != ""]
    site, metres, towards = "", float("inf"), say_direction(1.0, 0.0)
    if len(named):
        east = x_m - named["x_m"].to_numpy(dtype=float)
        north = y_m - named["y_m"].to_numpy(dtype=float)
        best = int(np.argmin(np.hypot(east, north)))
        metres = float(np.hypot(east[best], north[best]))
        towards = say_direction(float(east[best]), float(north[best]))
        site = str(named["name"].iloc[best]) if metres <= NEAR_M else ""
    return StreetPlace(area=area, site=site, metres=metres, towards=towards)
