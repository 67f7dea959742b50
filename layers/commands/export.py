"""``kayoi export``: one GeoPackage with every layer, for planners (計画する人のファイルのコマンド)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.base.arguments import make_adder
from geo.base.files import save_bytes
from geo.base.square import check_office_name, say_homes_told, say_office_file
from geo.base.text import visible
from geo.base.words import Words
from geo.say.sentence import say_coverage
from layers.commands.outputs import check_outputs
from layers.commands.shared import (
    add_asked,
    add_exact,
    add_wanted,
    add_when,
    make_stamp,
    open_day,
    question_of,
    say_day,
)
from layers.day.why import why_outside
from layers.planners.package import dump_package

if TYPE_CHECKING:
    import argparse

    from geo.base.words import Lang

WORDS = Words(
    "計画する人のために、すべてのレイヤを1つの GeoPackage（QGIS で開く形）に書き出します",
    "write every layer as one GeoPackage for planners, which QGIS opens as a map",
)
KEPT: Final = ("site", "plan")


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add_asked(add, any_division=True)
    add_when(add)
    add_wanted(add)
    add("--out", "書き出すファイル（.gpkg）", "the file to write (.gpkg)", type=Path,
        required=True, metavar="FILE")  # fmt: skip
    add_exact(add)
    add(
        "--keys",
        "レイヤと項目の名前の言語",
        "language of names",
        default="ja",
        choices=["ja", "en"],
    )


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Ask, write the file whole or not at all, say what it holds (実行)."""
    check_outputs(args, packages=[args.out])
    if args.exact:
        check_office_name(args.out)
    day = open_day(args, lang)
    question = question_of(args, division=args.division or day.built.divisions[0])
    coverage = day.ask(question)
    why = why_outside(day, question, coverage)
    stamp = make_stamp()
    data = dump_package(day, coverage, why, exact=args.exact, lang=args.keys, stamp=stamp)
    save_bytes(args.out, data)
    for words in say_coverage(coverage):
        print(words.say(lang))
    for words in say_day(args, day):
        print("・" + words.say(lang))
    print(Words(f"・{args.out} に書きました", f"・wrote {args.out}").say(lang))
    print("・" + visible(say_office_file(args.out.name).say(lang)))
    if day.homes:
        print("・" + say_homes_told(len(day.homes), exact=args.exact).say(lang))
