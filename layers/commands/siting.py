"""``kayoi siting``: one more 通いの場, what each real place alone would bring (一つ増やすなら、のコマンド)."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.base.arguments import make_adder
from geo.base.files import save_bytes, save_text
from geo.base.outputs import BOOK
from geo.base.problems import InputError
from geo.base.text import visible
from geo.base.words import Words
from geo.export.siting import Shown, export_siting, export_siting_book, export_siting_table
from geo.say.sentence import say_coverage
from geo.say.sentences import say_left_out, say_people
from geo.say.siting import SAID_FIRST, say_each, say_gains, siting_means
from layers.commands.outputs import check_outputs
from layers.commands.picture import add_files, save_picture
from layers.commands.shared import (
    add_asked,
    add_keys,
    add_wanted,
    add_when,
    make_stamp,
    open_day,
    question_of,
    read_places,
    say_day,
    say_sources,
)
from layers.day.candidate_kinds import CANDIDATE_KINDS, GIVEN, KIND_WORDS, parse_kinds
from layers.day.candidates import day_gains, find_candidates
from layers.pictures.figures import SITING_TITLE, siting_figure

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from geo.base.words import Lang

WORDS = Words(
    "通いの場を1つ増やすならどこか、実際にある所を1つずつためして、新しく届く人を数えます",
    "try real places for one more salon, one at a time, and count who comes newly within reach",
)
_PROGRESS_S: Final = 1.0


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add_asked(add, any_division=True)
    add_when(add)
    add_wanted(add)
    kinds = {id_: one for id_, one in CANDIDATE_KINDS.items() if id_ != GIVEN}
    add(
        "--kinds",
        "候補の種別（カンマで区切る。言わなければ全部、--candidates だけのときはその表だけ）: "
        + "、".join(f"{id_}={one.words.ja}（{one.where.ja}）" for id_, one in kinds.items()),
        "kinds of candidates, with commas; all unless named, or those of --candidates alone: "
        + ", ".join(f"{id_}: {one.where.en}" for id_, one in kinds.items()),
        default="", metavar="KIND,…",
    )  # fmt: skip
    add(
        "--candidates", "候補の表や地図のファイル（名前と場所のあるもの）",
        "a file of candidates, a table or a map of points with names", type=Path, metavar="FILE",
    )  # fmt: skip
    add(
        "--with-salons", "すでに通いの場がある所も候補にする",
        "try places where a salon meets already, too", action="store_true",
    )  # fmt: skip
    add("--top", "多い順に N か所だけ書く", "write the best N only", type=int, metavar="N")
    add_files(add, Words("候補の GeoJSON", "GeoJSON of the candidates"),
              Words("候補の表（.csv か .xlsx）", "table of the candidates (.csv or .xlsx)"))  # fmt: skip
    add_keys(parser, lang)


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Try every candidate, write the files, print the sentences (実行)."""
    if args.top is not None and args.top < 1:
        raise InputError(
            Words(
                f"--top は1以上で書いてください（{args.top}）",
                f"--top must be 1 or more ({args.top})",
            )
        )
    kinds = parse_kinds(args.kinds, given=args.candidates is not None)
    check_outputs(args, maps=[args.out], books=[args.table], pictures=[args.picture],
                  inputs=[args.candidates])  # fmt: skip
    day = open_day(args, lang)
    question = day.as_asked(question_of(args, division=args.division or day.built.divisions[0]))
    town = day.town_for(question)
    given = None if args.candidates is None else read_places(town, args.candidates, lang)
    candidates = find_candidates(day, kinds, given=given, with_salons=args.with_salons)
    if candidates.table.empty:
        for words in candidates.say():
            print("・" + visible(words.say(lang)), file=sys.stderr)
    gains = day_gains(day, question, candidates, tell=_teller(lang))
    stamp, said = make_stamp(), say_coverage(gains.before)
    told = [*say_day(args, day), *day.say_salons(), *candidates.say()]
    top = args.top
    shown = Shown(
        keys=args.keys, lang=lang, kinds=KIND_WORDS, why=say_each(gains, question, KIND_WORDS),
        means=siting_means(gains), top=top,
    )  # fmt: skip
    rests = day.rests_for(question)
    save_text(
        args.out,
        export_siting(town, gains, shown, stamp=stamp, rests=rests, said=said, left_out=told),
    )
    if args.table and args.table.suffix.casefold() in BOOK:
        left = say_left_out(gains.before, town)
        about = [*said, *told, *say_people(town), *left, *say_sources(town)]
        save_bytes(args.table, export_siting_book(gains, shown, stamp=stamp, about=about))
    elif args.table:
        save_bytes(args.table, export_siting_table(gains, shown).encode("utf-8-sig"))
    if args.picture:
        figure = siting_figure(day, gains, question, SITING_TITLE, lang)
        save_picture(args.picture, figure, day, args.town, lang)
    said_first = min(top or SAID_FIRST, SAID_FIRST)
    first, *rest = say_gains(gains, question, KIND_WORDS, first=said_first, written=top is None)
    print(visible(first.say(lang)))
    for words in (*rest, *told, *day.say_slopes(question), *say_left_out(gains.before, town)):
        print("・" + visible(words.say(lang)))


def _teller(lang: Lang) -> Callable[[int, int], None]:
    """Return what says how far it is, once a second at most, from the second second on."""
    last = [time.monotonic()]

    def tell(done: int, every: int) -> None:
        if time.monotonic() - last[0] >= _PROGRESS_S:
            last[0] = time.monotonic()
            words = Words(f"数えています {done}/{every}", f"counting, {done} of {every}")
            print(words.say(lang), file=sys.stderr)

    return tell
