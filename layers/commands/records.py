"""``kayoi records``: the register's files, with the town's areas for private homes (調査記録のコマンド)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.problems import InputError
from geo.sources.town_folder import load_town
from layers.surveyed.areas import name_areas
from surveys.commands import records
from surveys.commands.records import WORDS, add_arguments

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geo.base.words import Lang
    from surveys.record.portable import Portable

__all__ = ["WORDS", "add_arguments", "run"]


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Do one of the three (実行)."""
    records.run(args, lang, _find_areas)


def _find_areas(folder: Path, homes: Sequence[Portable]) -> Mapping[str, str]:
    """Return the areas of homes; none where the folder holds a register alone."""
    try:
        town = load_town(folder)
    except InputError:
        return {}
    return name_areas(town, {one.id: one.place for one in homes})
