"""A town on a day as one GeoPackage: every layer, its style, what it is made from (計画する人のファイル)."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from geo.export.homes import Homes
from layers.planners.about import about_layer
from layers.planners.fact_layer import fact_layer
from layers.planners.ground_layers import area_layer, border_layer, street_layer
from layers.planners.plan_layer import plan_layer
from layers.planners.register_layers import register_layers
from layers.planners.site_layers import place_layer, reach_layers, salon_layer
from surveys.formats.gpkg import begin_gpkg, end_gpkg, write_layer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.analysis.why import Why
    from geo.base.words import Lang
    from geo.coverage.coverage import Coverage
    from geo.export.facts import Stamp
    from layers.day.day import Day
    from surveys.formats.gpkg import Filled


def dump_package(
    day: Day, coverage: Coverage, why: Why, *, exact: bool, lang: Lang, stamp: Stamp
) -> bytes:
    """Return the whole file, the same bytes for the same day, answer and stamp (ファイルをつくる).

    Parameters
    ----------
    coverage, why
        The day's answer, and what keeps people out of reach.
    exact
        Whether private homes are told as they are, in layers that say 庁内用.

    Notes
    -----
    Streets without a register have no day; of a town without streets there are none, and what is
    within reach is circles. In memory: about 1 kB a street.
    """
    homes = Homes(ids=day.homes, exact=exact)
    with closing(begin_gpkg()) as db:
        for filled in _layers(day, coverage, why, homes, lang, stamp):
            write_layer(db, filled)
        return end_gpkg(db)


def _layers(
    day: Day, coverage: Coverage, why: Why, homes: Homes, lang: Lang, stamp: Stamp
) -> Iterator[Filled]:
    """Yield the layers from the ground up, as they are drawn."""
    question, made_at = coverage.question, stamp.made_at
    town = day.town_for(question)
    yield area_layer(town, coverage, why, lang, made_at)
    grounds, *lines = reach_layers(day, question, homes, lang, made_at)
    yield grounds
    if not town.streetless:
        # Slopes people measured stand on the streets, whether the question counts them or not.
        yield street_layer(day.told.sloped.town, day.told.looked, lang, made_at)
    yield from lines
    yield border_layer(town, lang, made_at)
    if (facts := fact_layer(town, lang, made_at)) is not None:
        yield facts
    yield place_layer(day, lang, made_at)
    if day.told.register is not None:
        yield from register_layers(
            town, day.told.register, exact=homes.exact, lang=lang, made_at=made_at
        )
        plans = plan_layer(day, day.told.register, homes, lang, made_at)
        if plans is not None:
            yield plans
    yield salon_layer(day, homes, lang, made_at)
    yield about_layer(day, coverage, why, homes, stamp, lang)
