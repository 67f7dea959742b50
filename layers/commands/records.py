"""``kayoi records``: the register's files, with the town's areas for private homes (調査記録のコマンド)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.sources.town_folder import load_town
from layers.commands.list_filters import add_filters, filters_of
from layers.commands.own_list import settle_town
from layers.day.own_import import settle_own
from layers.served.clock import now_in_utc
from layers.surveyed.addresses import known_town
from layers.surveyed.areas import name_areas
from surveys.commands import records
from surveys.commands.records import WORDS
from surveys.imports.known_town import NO_TOWN

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geo.base.words import Lang
    from geo.town import Town
    from surveys.record.portable import Portable
    from surveys.store.register import Register

__all__ = ["KEPT", "WORDS", "add_arguments", "run"]

KEPT: Final = ("site", "batch")


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments of each of the three, the list's filters among them (引数)."""
    records.add_arguments(parser, lang, add_filters)


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Do one of the three, the town's own list being in its register first (実行)."""
    town = _town(args.town)
    looking = getattr(args, "dry_run", False)
    if town is not None:
        settle_town(args.town, town, lang, make=not (looking or town.salons.empty))
    records.run(
        args,
        lang,
        _find_areas,
        partial(_settle, town),
        lambda given: filters_of(given, town),
        NO_TOWN if town is None else known_town(town, args.town),
    )


def _town(folder: Path) -> Town | None:
    """Return the town of a folder; ``None`` where it holds a register alone."""
    try:
        return load_town(folder)
    except InputError:
        return None


def _settle(town: Town | None, register: Register) -> None:
    if town is not None:
        settle_own(town, register, now=now_in_utc())


def _find_areas(folder: Path, homes: Sequence[Portable]) -> Mapping[str, str]:
    """Return the areas of homes; none where the folder holds a register alone."""
    town = _town(folder)
    return {} if town is None else name_areas(town, {one.id: one.place for one in homes})
