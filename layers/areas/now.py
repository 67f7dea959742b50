"""What the sheets of a question are made from, the last few kept while nothing changed (シートのもとをひらく)."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.town import WHOLE
from layers.areas.place import drawn_place, find_ref
from layers.areas.run import Run
from layers.areas.sheets import Shared
from layers.asked import make_question, wanted_in
from layers.day.day import Day
from layers.day.salons import When

if TYPE_CHECKING:
    from pathlib import Path

    import shapely

    from layers.areas.run import Audience
    from layers.asked import Asked
    from layers.day.told import Told


def shared_of(
    told: Told,
    folder: Path,
    asked: Asked,
    *,
    audience: Audience,
    compare: str = "",
    beside: str = "",
    today: str,
) -> Shared:
    """Return what the sheets of a question are made from; the last few are kept (シートのもと).

    Parameters
    ----------
    told
        The town and its register's word; another one once the register changed.
    folder
        The town's.
    compare
        The day they are compared with; "" for none.
    beside
        The area they are set beside, as `layers.areas.place.find_ref` takes it.
    today
        The day asked of where the question names none.

    Raises
    ------
    InputError
        When a part of the question is not known.
    """
    asked = replace(
        asked, band="", on=asked.on or today, division=asked.division or told.town.divisions[0]
    )
    return _kept(told, folder, asked, audience, compare, beside)


def shared_for_shape(  # noqa: PLR0913 - as above
    told: Told, folder: Path, asked: Asked, shape: shapely.Geometry, name: str, *,
    audience: Audience, compare: str = "", beside: str = "", today: str,
) -> Shared:  # fmt: skip
    """Return the same for a shape drawn by hand, whose sheet is the only one; not kept (描いた形のシート).

    Parameters
    ----------
    shape
        On the town's plane.

    Raises
    ------
    InputError
        As `shared_of`, or the shape is no ground of the town.
    """
    asked = replace(asked, band="", on=asked.on or today, division=WHOLE)
    drawn = drawn_place(told.town, shape, name)
    return Shared(
        run=replace(_run(told, asked, audience, compare, beside), drawn=drawn), folder=folder
    )


@lru_cache(maxsize=4)
def _kept(
    told: Told, folder: Path, asked: Asked, audience: Audience, compare: str, beside: str
) -> Shared:
    return Shared(run=_run(told, asked, audience, compare, beside), folder=folder)


def _run(told: Told, asked: Asked, audience: Audience, compare: str, beside: str) -> Run:
    day = Day(told=told, when=When(on=asked.on), wanted=wanted_in(asked))
    return Run(
        day=day, question=make_question(asked, told.town), audience=audience,
        before=When(on=compare) if compare else None, beside=find_ref(told.town, beside),
    )  # fmt: skip
