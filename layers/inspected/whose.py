"""Whose municipality's a file is, and which are another's (どこの街のファイルか)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.municipal.find import find_municipalities
from geo.base.municipal.listed import municipality_of
from geo.base.words import Words
from geo.sources.cities import city_of_ward

if TYPE_CHECKING:
    from geo.base.municipal.listed import Listed
    from layers.inspected.seen import Seen

# Farther from the office than any part of a municipality but its far islands (高山市 is 81 km wide).
_FAR_KM: Final = 80.0
_KM: Final = (111.0, 91.0)  # a degree of latitude, and of longitude at 35 degrees north
SEVERAL: Final = 2


def listed_of(told: str) -> Listed | None:
    """Return the municipality that a file names by code or name, ``None`` where it is not one (ファイルの言う街)."""
    if told.isascii() and told.isdecimal():
        return municipality_of(city_of_ward(told) or told)
    found = [one for one in find_municipalities(told, most=2) if told in (one.name, one.full_name)]
    return found[0] if len(found) == 1 else None


def is_of(told: str, city: Listed) -> bool:
    """Say whether a name or code is a municipality's, or that of a ward of it (その街か)."""
    own = {city.code, city.name, city.full_name, *(one.code for one in city.wards)}
    return told in own or any(told in (one.name, city.name + one.name) for one in city.wards)


def say_elsewhere(seen: Seen, city: Listed) -> Words | None:
    """Return why a file is of another municipality, ``None`` where it may be (よその街のわけ)."""
    if seen.cities:
        if any(is_of(one, city) for one in seen.cities):
            return None
        first = listed_of(seen.cities[0])
        name = first.full_name if first is not None else seen.cities[0]
        several = len(seen.cities) >= SEVERAL
        return Words(
            f"{name}{'など' if several else ''}のファイルです。{city.name}のものではありません",
            f"of {name}{' and others' if several else ''}, not of {city.name}",
        )
    if seen.box is None:
        return None
    far = _km_from(seen.box, city)
    if far < _FAR_KM:
        return None
    return Words(
        f"{city.name}の役所から{far:,.0f}kmはなれた所のファイルです",
        f"{far:,.0f} km from the office of {city.name}",
    )


def _km_from(box: tuple[float, float, float, float], city: Listed) -> float:
    """Return how far a box of degrees is from a municipality's office, kilometres, roughly."""
    west, south, east, north = box
    lon, lat = city.office_longitude, city.office_latitude
    dx, dy = max(west - lon, 0.0, lon - east), max(south - lat, 0.0, lat - north)
    return float(((dy * _KM[0]) ** 2 + (dx * _KM[1]) ** 2) ** 0.5)
