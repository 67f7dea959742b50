"""What is there in part only: a fetch that was cut, files of a part of the town (途中のもの、一部だけのもの)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import shapely

from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.get.partly import partly_fetched
from geo.sources.ground import read_ground
from geo.sources.people_match import Matched
from geo.sources.recipe import Options, Recipe
from geo.sources.roles import ROLES
from layers.making.draft import making_of
from layers.making.sources import draft_recipe

if TYPE_CHECKING:
    from pathlib import Path

    from geo.base.municipal.listed import Listed
    from geo.sources.recipe import SourceFile
    from layers.making.sources import Parts

_FETCHED: Final = "fetched"
_WHOLE: Final = 0.95  # of the town, as `geo.sources.place_streets` has it


def fetched_of(folder: Path, city: Listed) -> Path:
    """Return where a municipality's files come to; another's is another folder (取り寄せ先)."""
    return making_of(folder) / _FETCHED / city.code


def say_unfinished(folder: Path, parts: Parts, city: Listed | None) -> dict[str, Words]:
    """Return, by the role that is missing for it, what of its file has come so far (途中の資料)."""
    if city is None:
        return {}
    found = partly_fetched(city, fetched_of(folder, city))
    have = parts.roles()
    return {one.kind.role: one.words for one in found if one.kind.role not in have}


def note_unfinished(unfinished: dict[str, Words]) -> list[Words]:
    """Return for the notes of a town what it was made without (街の覚え書き)."""
    return [
        Words(
            f"{ROLES[role].words.ja}は取り寄せの途中（{words.ja}）だったので、使わずにつくりました",
            f"{ROLES[role].words.en}: its fetch was not done ({words.en}), so the town was made without",
        )
        for role, words in unfinished.items()
    ]


def say_cover(folder: Path, parts: Parts, name: str) -> dict[str, Matched]:
    """Return by a given file's id that streets or heights are of a part of the town only (一部だけのファイル).

    By their extents, so before anything is built; of a town without border or areas nothing.
    """
    recipe = draft_recipe(folder, parts, name)
    ground = tuple(one for one in recipe.sources if one.role in ("border", "division"))
    stays = {one.role for one in parts.stays}
    out: dict[str, Matched] = {}
    for role in ("streets", "heights"):
        given = [one.given for one in parts.new if one.use is not None and one.use.id == role]
        boxes = [one.seen.box for one in given if one.seen.box is not None]
        if not ground or role in stays or not boxes or len(boxes) < len(given):
            continue
        border = _border(folder, name, ground)
        if border is None or not border.area:
            continue
        covered = shapely.union_all([shapely.box(*one) for one in boxes])
        share = float(shapely.intersection(border, covered).area / border.area)
        if share < _WHOLE:
            told = Matched(good=False, words=_say_part(ROLES[role].words, share))
            out |= dict.fromkeys([one.id for one in given], told)
    return out


@lru_cache(maxsize=8)
def _border(folder: Path, name: str, sources: tuple[SourceFile, ...]) -> shapely.Geometry | None:
    try:
        border = read_ground(folder, Recipe(name=name, options=Options(), sources=sources)).border
    except InputError:
        return None
    return None if border is None else shapely.make_valid(border)


def _say_part(what: Words, share: float) -> Words:
    percent = int(100 * share)
    return Words(
        f"{what.ja}のファイルは、街の{percent}％にしかかかりません（街の一部だけか、ほかの街のもの）。"
        "このままつくると、ほかの所は数えられません。街ぜんたいのファイルを置いてください。",
        f"{what.en}: the file covers {percent}% of the town only (a part of it, or another town). "
        "Made like this, the rest cannot be counted: give a file of the whole town.",
    )
