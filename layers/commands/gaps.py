"""``kayoi gaps``: where people are left out, and what keeps them (空白をさがすコマンド)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.analysis.gap_areas import count_areas
from geo.base.arguments import make_adder
from geo.base.files import save_bytes, save_text
from geo.base.outputs import BOOK
from geo.base.text import visible
from geo.base.words import Words
from geo.export.gaps import Shown, export_gaps, export_gaps_book, export_gaps_table
from geo.say.gaps import gaps_mean, say_each_gap, say_gaps, say_target
from geo.say.sentence import say_coverage
from geo.say.sentences import say_left_out, say_people
from geo.sources.town_folder import load_named_streets
from layers.commands.outputs import check_outputs
from layers.commands.picture import add_files, save_picture
from layers.commands.shared import (
    add_keys,
    add_question,
    make_stamp,
    open_day,
    question_of,
    say_day,
    say_sources,
)
from layers.day.gaps import day_gaps
from layers.day.target import read_target
from layers.pictures.gaps import gaps_figure

if TYPE_CHECKING:
    import argparse

    from geo.base.words import Lang

WORDS = Words(
    "歩いて通えない人がどこに多いかを、所の名前とわけをつけて、多い順に出します",
    "list the places where people are left out, by name and with what keeps them",
)


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add_question(add)
    add(
        "--target",
        "町の目標: どの地区にも、この近さに1か所（10min、500m など）。言わなければ、画面で決めたもの",
        "the town's target, one this near in every area (10min, 500m); unless given, the one chosen in "
        "the app", default="", metavar="RANGE",
    )  # fmt: skip
    add(
        "--other", "ならべて数える、もう一つの地区の分け方",
        "another division, counted beside", default="", metavar="NAME",
    )  # fmt: skip
    add_files(add, Words("空白の GeoJSON", "GeoJSON of the places"),
              Words("空白の表（.csv か .xlsx）", "table of the places (.csv or .xlsx)"))  # fmt: skip
    add_keys(parser, lang)


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Find the places, write the files, print the sentences (実行)."""
    question = question_of(args)
    check_outputs(args, maps=[args.out], books=[args.table], pictures=[args.picture])
    day = open_day(args, lang, question)
    target = read_target(args.target, day.told.register)
    coverage, question = day.ask(question), day.as_asked(question)
    town, rests = day.town_for(question), day.rests_for(question)
    divisions = dict.fromkeys(filter(None, (question.division, args.other)))
    areas = [count_areas(town, coverage, one, target) for one in divisions]
    gaps = day_gaps(day, question, coverage, load_named_streets(args.town, town))
    stamp, said = make_stamp(), say_coverage(coverage)
    counted = [*say_day(args, day), *day.say_salons()]
    shown = Shown(
        keys=args.keys, lang=lang, why=say_each_gap(gaps, question), means=gaps_mean(gaps),
        areas=areas,
    )  # fmt: skip
    save_text(
        args.out,
        export_gaps(town, gaps, shown, stamp=stamp, rests=rests, said=said, counted=counted),
    )
    targets = [words for one in areas for words in say_target(one, question)]
    left = say_left_out(coverage, town)
    if args.table and args.table.suffix.casefold() in BOOK:
        about = [*said, *targets, *counted, *say_people(town), *left, *say_sources(town)]
        save_bytes(args.table, export_gaps_book(gaps, shown, stamp=stamp, about=about))
    elif args.table:
        save_bytes(args.table, export_gaps_table(gaps, shown).encode("utf-8-sig"))
    if args.picture:
        save_picture(args.picture, gaps_figure(day, gaps, question, lang), day, args.town, lang)
    first, *rest = say_gaps(gaps, question)
    print(visible(first.say(lang)))
    for words in (*rest, *targets, *counted, *day.say_slopes(question), *left):
        print("・" + visible(words.say(lang)))
