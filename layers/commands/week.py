"""``kayoi week``: whom the 通いの場 reach on each weekday and half of the day (どの曜日か、のコマンド)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.analysis.week import ANY
from geo.base.arguments import make_adder
from geo.base.files import save_bytes, save_text
from geo.base.outputs import BOOK
from geo.base.text import visible
from geo.base.words import Words
from geo.export.week import export_week, export_week_book, export_week_table
from geo.say.sentence import say_coverage
from geo.say.sentences import say_left_out, say_people
from geo.say.week import say_week, week_means
from layers.commands.outputs import check_outputs
from layers.commands.picture import add_files, save_picture
from layers.commands.shared import (
    add_asked,
    add_content,
    add_eligible,
    add_keys,
    add_when,
    make_stamp,
    open_day,
    question_of,
    say_day,
    say_sources,
)
from layers.day.week import WEEK_WORDS, day_week
from layers.pictures.figures import week_figure, week_title

if TYPE_CHECKING:
    import argparse

    from geo.base.words import Lang

WORDS = Words(
    "どの曜日・時間帯の通いの場に、何人が歩いて届くかを、一週間の表にします",
    "count whom the salons reach on each weekday and half of the day",
)


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add_asked(add)
    add_when(add)
    add_eligible(add)
    add_content(add)
    add_files(add, Words("地区ごとの GeoJSON", "GeoJSON of the areas"),
              Words("一週間の表（.csv か .xlsx）", "the week's table (.csv or .xlsx)"),
              needs="--table")  # fmt: skip
    add_keys(parser, lang)


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Count every half-day, write the files, print the table in words (実行)."""
    question = question_of(args)
    check_outputs(args, maps=[args.out], books=[args.table], pictures=[args.picture])
    day = open_day(args, lang, question)
    question = day.as_asked(question)
    town, week = day.town_for(question), day_week(day, question)
    stamp, said = make_stamp(), say_coverage(week.coverage)
    counted = [*say_day(args, day), *day.say_salons()]
    if args.table.suffix.casefold() in BOOK:
        left = say_left_out(week.coverage, town)
        about = [*said, *counted, *say_people(town), *left, *say_sources(town), *week_means(week)]
        save_bytes(
            args.table,
            export_week_book(week, WEEK_WORDS, keys=args.keys, lang=lang, stamp=stamp, about=about),
        )
    else:
        table = export_week_table(week, WEEK_WORDS, keys=args.keys, lang=lang)
        save_bytes(args.table, table.encode("utf-8-sig"))
    if args.out:
        rests = day.rests_for(question)
        save_text(
            args.out,
            export_week(
                town, week, WEEK_WORDS, keys=args.keys, stamp=stamp, rests=rests, said=said,
                counted=counted, means=week_means(week),
            ),
        )  # fmt: skip
    if args.picture:
        figure = week_figure(day, week, question, ANY, week_title(straight=question.straight), lang)
        save_picture(args.picture, figure, day, args.town, lang)
    first, *rest = say_week(week, question, WEEK_WORDS)
    print(visible(first.say(lang)))
    for words in (*rest, *counted, *day.say_slopes(question), *say_left_out(week.coverage, town)):
        print("・" + visible(words.say(lang)))
