"""Where people are left out in the town being served; the last few are kept (いまの空白)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.analysis.gap_areas import count_areas
from geo.base.once import kept_once
from geo.sources.town_folder import load_named_streets
from layers.asked import make_question
from layers.day.gaps import day_gaps
from layers.day.target import read_target
from layers.served.answers import answer, answer_stamp, day_for
from layers.served.register import register_now
from layers.served.town import stamp, town_folder, town_now

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from geo.analysis.gap_areas import AreaGaps
    from geo.analysis.gaps import Gaps
    from layers.asked import Asked


def gaps_now(asked: Asked) -> Gaps:
    """Return the places where people are left out, what is known taken as it is known (いまの空白).

    Raises
    ------
    InputError
        When a part of the question is not known.
    """
    asked = replace(asked, band="")
    return _gaps(asked, answer_stamp(asked))


def areas_now(asked: Asked, division: str, target: str) -> AreaGaps:
    """Return the areas of a division with those left out, and whether they meet a target (いまの地区).

    Parameters
    ----------
    target
        ``10min`` or ``500m``; "" for the one the town keeps.

    Raises
    ------
    InputError
        When division or target cannot be read.
    """
    asked, day = replace(asked, band=""), day_for(asked)
    near = read_target(target, register_now())
    return count_areas(day.built, answer(asked), division, near)


@kept_once(most=8)
def _gaps(asked: Asked, _at: tuple[str, ...]) -> Gaps:
    day, folder = day_for(asked), town_folder()
    question = make_question(asked, day.built)
    return day_gaps(day, question, answer(asked), _streets(folder, stamp(folder)))


@kept_once(most=1)
def _streets(folder: Path, _stamp: str) -> gpd.GeoDataFrame:
    return load_named_streets(folder, town_now())
