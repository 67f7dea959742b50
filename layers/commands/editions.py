"""``kayoi editions``: the town's earlier editions, and what a new one changed (前の版のコマンド)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.base.arguments import make_adder
from geo.base.problems import InputError
from geo.base.text import visible
from geo.base.words import Words
from geo.sources.editions import list_editions
from geo.sources.town_folder import load_town, read_built_at
from layers.making.compare import compare_towns
from layers.served.clock import asked_day, today_in_japan
from surveys.store.register import find_register

if TYPE_CHECKING:
    import argparse

    from geo.base.words import Lang
    from geo.sources.editions import Edition
    from layers.making.compare import Compared

WORDS = Words(
    "街の前の版を並べ、いまの版とのちがいを言います",
    "list the town's earlier editions, and say what differs from the present one",
)
_MB: Final = 1e6


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add("--town", "街のフォルダ", "the town's folder", type=Path, required=True, metavar="DIR")
    add("--compare", "この版と、いまの版をくらべる", "compare this edition with the present one",
        metavar="EDITION")  # fmt: skip
    add("--as-of", "この日の通いの場で数える。言わなければ今日",
        "count with the salons of this day; today's unless given", metavar="DATE")  # fmt: skip


def run(args: argparse.Namespace, lang: Lang) -> None:
    """List, or compare (実行)."""
    found = list_editions(args.town)
    if args.compare is None:
        now = read_built_at(args.town) if (args.town / "data" / "town.json").is_file() else ""
        print(Words(f"いまの版: {now or 'なし'}", f"present edition: {now or 'none'}").say(lang))
        for one in found:
            print(f"{one.id}  {one.built_at}  {one.size / _MB:.1f} MB  {one.folder}")
        return
    edition = _find(found, args.compare)
    on = asked_day(args.as_of) if args.as_of else today_in_japan()
    register = find_register(args.town.resolve())
    try:
        told = compare_towns(load_town(edition.folder), load_town(args.town), register, on)
    finally:
        if register is not None:
            register.engine.dispose()
    for line in say_compared(told, lang):
        print(visible(line))


def say_compared(told: Compared, lang: Lang) -> list[str]:
    """Return what differs, a line each (ちがいの行)."""
    arrow = Words(" → ", " -> ").say(lang)
    same = Words("（同じ）", " (the same)").say(lang)
    lines = [
        f"{row.what.say(lang)}: {row.before.say(lang)}"
        + (f"{arrow}{row.after.say(lang)}" if row.changed else same)
        for row in told.rows
    ]
    return [*lines, *(one.say(lang) for one in told.areas)]


def _find(found: list[Edition], named: str) -> Edition:
    for one in found:
        if one.id == named:
            return one
    listed = "、".join(one.id for one in found) or Words("なし", "none").ja
    raise InputError(
        Words(
            f"「{named}」という版はありません。あるもの: {listed}",
            f"there is no edition {named!r}; there are: {', '.join(one.id for one in found) or 'none'}",
        )
    )
