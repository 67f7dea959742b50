"""Build the demo town from its generated sources, as any town is built (デモの街をつくる)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.files import hash_file
from geo.base.problems import InputError
from geo.base.words import Words
from geo.demo import TOWN_NAME, save_demo_sources
from geo.sources.build import build_new
from geo.sources.recipe import RECIPE, Options, Recipe, SourceFile, load_recipe

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.town import Town

_AS_OF = "2026-11-01"  # the day the invented counts speak of


def build_demo(folder: Path, say: Callable[[Words], None]) -> Town:
    """Make the invented town in `folder`, replacing an earlier demo there (デモの街をつくる).

    Raises
    ------
    InputError
        When the folder holds another town.
    """
    if (folder / RECIPE).is_file() and load_recipe(folder / RECIPE).name != TOWN_NAME:
        raise InputError(
            Words(
                f"{folder} には別の街があります。--out で別のフォルダを渡してください",
                f"{folder} holds another town; give another folder with --out",
            )
        )
    say(Words("架空の街をつくっています", "inventing a town"))
    kept = folder / "sources"
    kept.mkdir(parents=True, exist_ok=True)
    made = save_demo_sources(kept)

    def source(role: str, file: Path, **more: str) -> SourceFile:
        place = file.relative_to(folder).as_posix()
        return SourceFile(
            role=role, file=place, sha256=hash_file(file), name=made.source_name, date=_AS_OF,
            licence=made.licence, credit=made.credit, **more,
        )  # fmt: skip

    sources = [source("streets", made.streets), source("border", made.border)]
    sources += [
        source("division", file, division=name, column=column, tier=tier)
        for name, file, column, tier in made.divisions
    ]
    sources += [source("people", made.people), source("sites", made.sites)]
    sources.append(source("heights", made.heights))
    recipe = Recipe(name=made.town_name, options=Options(), sources=tuple(sources))
    town, _ = build_new(folder, recipe, say, keep=False)
    return town
