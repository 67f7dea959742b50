"""Give the demo's records the ground of the built town (デモの台帳を街に合わせる)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.sources.town_folder import load_base, load_town
from geo.tables.tables import each_row
from layers.day.claiming import claim_of, list_places
from layers.day.day import Day
from layers.day.look import names_counted
from layers.day.reported import division_of
from layers.day.salons import When
from layers.day.told import Told
from surveys.demo.diary import KEEPER, make_id
from surveys.demo.fill import Filled, fill_register
from surveys.demo.ground import Ground, Place, Street
from surveys.demo.report_texts import write_report_words
from surveys.reports import REPORTS
from surveys.store.claims import keep_claims
from surveys.store.looks import Look, keep_look
from surveys.store.register import open_register
from surveys.store.target import keep_target

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from geo.town import Town
    from surveys.store.register import Register

_LEAST_M, _MOST_M = 30.0, 260.0  # a stretch that reads as one slope
_TARGET: Final = "500m"
_SAME, _SAME_AGO = 10, 210  # answers to 同じ所か, and days ago when they were given
_LOOKED_AGO: Final = 30  # days


def fill_demo_register(folder: Path, *, today: date) -> Filled:
    """Write the demo's records for the town built in `folder` (デモの台帳を書く).

    Nothing is written where the register holds anything already.
    """
    town = load_town(folder)
    register = open_register(folder)
    try:
        filled = fill_register(register, make_ground(folder, town), today=today)
        if filled.sites:
            division = division_of(town, REPORTS["quarter"], "")
            write_report_words(register, division=division, today=today)
            keep_target(register, _TARGET)
            day = Day(told=Told(town=town, register=register), when=When(on=today.isoformat()))
            _say_same(day, register, today)
            _look(day, register, today)
        return filled
    finally:
        register.engine.dispose()


def _say_same(day: Day, register: Register, today: date) -> None:
    """Say of some benches of the map that they are those of the park's own sheets."""
    now = f"{today - timedelta(days=_SAME_AGO)}T01:00:00.000Z"
    asked = [one for one in list_places(day.told.joined, register, day.built.plane) if one.taken]
    said = [
        claim_of(one, same=True, id_=make_id("claim", one.key), by=KEEPER, now=now)
        for one in sorted(asked, key=lambda one: one.key)[:_SAME]
    ]
    keep_claims(register, said)


def _look(day: Day, register: Register, today: date) -> None:
    """Keep which 通いの場 counted when the office last looked."""
    on = (today - timedelta(days=_LOOKED_AGO)).isoformat()
    then = names_counted(day.at(When(on=on)))
    keep_look(register, Look(who="", at=f"{on}T00:30:00.000Z", salons=then))


def make_ground(folder: Path, town: Town) -> Ground:
    """Return the town's places, streets and neighbourhoods in degrees (土台をつくる)."""
    areas = town.division(town.divisions[0])
    shapes = [town.plane.to_degrees(shape) for shape in areas.geometry]
    return Ground(
        places=_places(folder, town),
        streets=_streets(town),
        areas=dict(zip(areas["area_name"], shapes, strict=True)),
    )


def _places(folder: Path, town: Town) -> tuple[Place, ...]:
    base = load_base(folder)
    greens = [
        shape
        for shape in base[base["k"] == "green"].geometry.explode()
        if shape.geom_type == "Polygon"
    ]
    places = []
    for row in each_row(town.sites):
        lon, lat = town.plane.to_lonlat([row.x_m], [row.y_m])
        at = shapely.Point(round(float(lon[0]), 7), round(float(lat[0]), 7))
        around = [green for green in greens if row.kind == "park" and green.contains(at)]
        places.append(
            Place(
                id=row.site_id, kind=row.kind, name=row.name, at=at, schedule=row.schedule,
                area=min(around, key=lambda green: green.area) if around else None,
            )
        )  # fmt: skip
    return tuple(places)


def _streets(town: Town) -> tuple[Street, ...]:
    net = town.network
    lon, lat = town.plane.to_lonlat(net.vertex_x_m, net.vertex_y_m)
    found = []
    for edge in np.flatnonzero((net.edge_m >= _LEAST_M) & (net.edge_m <= _MOST_M)):
        part = slice(int(net.edge_start[edge]), int(net.edge_start[edge + 1]))
        line = shapely.LineString(np.column_stack([lon[part], lat[part]]))
        kind = net.kinds[int(net.edge_kind[edge])]
        found.append(Street(kind=kind, metres=float(net.edge_m[edge]), line=line))
    return tuple(found)
