"""Whether the people that were given fit the areas that were given, on the cards of both (人口と地区の合い方)."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.sources.people_match import match_people
from geo.sources.recipe import Options, Recipe
from layers.making.sources import draft_recipe

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geo.sources.people_match import Matched
    from geo.sources.recipe import SourceFile
    from layers.making.sources import Parts

_GROUND: Final = ("border", "division")


def match_parts(folder: Path, parts: Parts, name: str) -> dict[str, Matched]:
    """Return by a given file's id how many rows of the people fit (合い方).

    It stands on the new tables of people; where they are the standing town's, on the new border
    and areas. What is the same is read once.
    """
    recipe = draft_recipe(folder, parts, name)
    sources = tuple(one for one in recipe.sources if one.role in ("people", *_GROUND))
    roles = {one.role for one in sources}
    if "people" not in roles or not roles & set(_GROUND):
        return {}
    new = {one.given.id: one.use.id for one in parts.new if one.use is not None}
    shown = [id_ for id_, role in new.items() if role == "people"]
    shown = shown or [id_ for id_, role in new.items() if role in _GROUND]
    if not shown:
        return {}
    matched = _match(folder, name, sources)
    return dict.fromkeys(shown, matched) if matched is not None else {}


def leave_waiting(parts: Parts, matched: Mapping[str, Matched]) -> Parts:
    """Return parts without people that wait for areas to be counted in (地区を待つ人口を外す).

    A town is made without them as it is without any: what was given stays in the draft, and counts
    once the areas come.

    Parameters
    ----------
    matched
        As `match_parts` has it of these parts.
    """
    if "division" in parts.roles():
        return parts
    unfit = {id_ for id_, one in matched.items() if not one.good}
    new = tuple(
        one for one in parts.new
        if one.use is None or one.use.id != "people" or one.given.id not in unfit
    )  # fmt: skip
    return replace(parts, new=new)


@lru_cache(maxsize=8)
def _match(folder: Path, name: str, sources: tuple[SourceFile, ...]) -> Matched | None:
    return match_people(folder, Recipe(name=name, options=Options(), sources=sources))
