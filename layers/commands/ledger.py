"""``kayoi ledger``: who gained and who lost between two days (増減の内訳のコマンド)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.arguments import make_adder
from geo.base.files import save_bytes, save_text
from geo.base.problems import InputError
from geo.base.text import visible
from geo.base.words import Words
from geo.export.ledger import export_ledger, export_ledger_table
from geo.say.ledger import say_ledger
from layers.commands.outputs import check_outputs
from layers.commands.picture import add_files, save_picture
from layers.commands.shared import (
    add_asked,
    add_keys,
    add_wanted,
    make_stamp,
    open_town,
    question_of,
    wanted_of,
)
from layers.day.ledger import ledger_between
from layers.day.salons import When
from layers.pictures.figures import LEDGER_TITLE, ledger_figure
from layers.served.clock import asked_day

if TYPE_CHECKING:
    import argparse

    from geo.base.words import Lang

WORDS = Words(
    "二つの日のあいだに、届くようになった人・届かなくなった人を、地区ごとに数えます",
    "count who came within reach and who no longer is, between two days",
)


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add_asked(add)
    add_wanted(add)
    add("--from", "前の日", "the earlier day", required=True, dest="before", metavar="DATE")
    add("--to", "後の日", "the later day", required=True, dest="after", metavar="DATE")
    add_files(add, Words("地区ごとの GeoJSON", "GeoJSON of the areas"),
              Words("地区ごとの表（CSV）", "CSV of the areas"))  # fmt: skip
    add_keys(parser, lang)


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Ask for both days, write the files, print the ledger (実行)."""
    question, days = question_of(args), (asked_day(args.before), asked_day(args.after))
    if days[0] >= days[1]:
        raise InputError(
            Words(
                f"--from（{days[0]}）は --to（{days[1]}）より前の日にしてください",
                f"--from ({days[0]}) must be before --to ({days[1]})",
            )
        )
    check_outputs(args, maps=[args.out], tables=[args.table], pictures=[args.picture])
    before = open_town(args.town, When(on=days[0]), wanted_of(args))
    after = before.at(When(on=days[1]))
    question = after.as_asked(question)
    ledger, coverage = ledger_between(before, after, question)
    save_text(
        args.out,
        export_ledger(
            after.town_for(question), coverage, ledger, days=days, keys=args.keys, lang=lang,
            stamp=make_stamp(),
        ),
    )  # fmt: skip
    if args.table:
        table = export_ledger_table(ledger, keys=args.keys, lang=lang, straight=question.straight)
        save_bytes(args.table, table.encode("utf-8-sig"))
    if args.picture:
        figure = ledger_figure(after, ledger, coverage, days, LEDGER_TITLE, lang)
        save_picture(args.picture, figure, after, args.town, lang)
    first, *rest = say_ledger(ledger, question, days)
    print(first.say(lang))
    for words in [*after.say_chosen(), *rest]:
        print("・" + visible(words.say(lang)))
