"""In which areas of a division a report counts what was written (報告の地区)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layers.surveyed.areas import name_areas
from surveys.reports.parts.ground import AS_SAID, Ground, said_areas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import shapely

    from geo.town import Town
    from surveys.record.site import Site


def ground_of(town: Town, division: str) -> Ground:
    """Return the areas of a division and how records are found in them (報告の地区をつくる).

    A record is of the areas it names; a name of another division counts as the area its middle lies in.
    One that names none is where its place is.

    Parameters
    ----------
    division
        "" takes entries by the names they say.

    Raises
    ------
    InputError
        There is no such division.
    """
    if not division:
        return AS_SAID
    areas = town.division(division)
    names = tuple(map(str, areas["area_name"]))
    known = {one: (one,) for one in names} | _others(town, division, frozenset(names))

    def areas_of(told: Sequence[tuple[Site, Mapping[str, Any]]]) -> list[tuple[str, ...]]:
        said = [_meant(said_areas(answers), known) for _, answers in told]
        places: dict[str, shapely.Geometry | None] = {
            site.id: site.place for (site, _), some in zip(told, said, strict=True) if not some
        }
        found = name_areas(town, places, division)
        return [
            some or ((found[site.id],) if site.id in found else ())
            for (site, _), some in zip(told, said, strict=True)
        ]

    return Ground(division=division, areas=names, areas_of=areas_of)


def _meant(said: Sequence[str], known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for name in said for one in known.get(name, ())))


def _others(town: Town, division: str, names: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return the areas of other divisions by name, as the area of this one their middle lies in."""
    others = town.areas[(town.areas["division"] != division) & ~town.areas["area_name"].isin(names)]
    middles = {
        str(name): town.plane.to_degrees(shape.representative_point())
        for name, shape in zip(others["area_name"], others.geometry, strict=True)
    }
    found = name_areas(town, middles, division)
    return {name: (area,) for name, area in found.items()}
