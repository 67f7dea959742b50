"""``kayoi coverage``: who is within walking reach, as GeoJSON (徒歩圏カバーのコマンド)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.commands.arguments import make_adder
from geo.commands.shared import add_keys, add_walk, check_apart, make_stamp, other_sites
from geo.coverage import Question
from geo.export import export_areas, export_cells, export_table
from geo.ranges import parse_range
from geo.sentences import say_gap, say_left_out, say_people
from geo.sources.files import save_bytes, save_text
from geo.sources.town_folder import load_town
from geo.tables import PEOPLE
from geo.town import ask
from geo.walkers import parse_walker
from geo.words import Words

if TYPE_CHECKING:
    import argparse

    from geo.words import Lang

WORDS = Words(
    "通いの場まで歩いて通える人を、区域ごとに数えます", "count who can walk to a salon, per area"
)


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add("--town", "街のフォルダ", "the town's folder", type=Path, required=True, metavar="DIR")
    add("--division", "区域の分け方", "the division", required=True, metavar="NAME")
    add(
        "--sites",
        "街の通いの場の代わりに使う表",
        "other salons than the town's",
        type=Path,
        metavar="FILE",
    )
    add_walk(add)
    add("--people", "年齢", "age group", default="65", choices=list(PEOPLE))
    add(
        "--out",
        "区域ごとの GeoJSON",
        "GeoJSON of the areas",
        type=Path,
        required=True,
        metavar="FILE",
    )
    add("--table", "区域ごとの表（CSV）", "CSV of the areas", type=Path, metavar="FILE")
    add(
        "--cells",
        "住む所ごとの GeoJSON（庁内用）",
        "GeoJSON of the places (internal)",
        type=Path,
        metavar="FILE",
    )
    add_keys(parser, lang)


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Ask, write the files, print the sentence for a council (実行)."""
    question = Question(
        division=args.division,
        people=args.people,
        walker=parse_walker(args.walker),
        within=parse_range(args.within),
    )
    check_apart(args.out, args.table, args.cells)
    town = load_town(args.town)
    sites = other_sites(town, args.sites, lang)
    coverage = ask(town, question, sites)
    stamp = make_stamp()
    save_text(args.out, export_areas(town, coverage, keys=args.keys, stamp=stamp))
    if args.table:
        save_bytes(args.table, export_table(coverage, keys=args.keys).encode("utf-8-sig"))
    if args.cells:
        save_text(args.cells, export_cells(town, coverage, sites, keys=args.keys, stamp=stamp))
    print(say_gap(coverage).say(lang))
    for words in (*say_people(town), *say_left_out(coverage)):
        print("・" + words.say(lang))
