"""``kayoi coverage``: who is within walking reach, as GeoJSON (徒歩圏カバーのコマンド)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.analysis.near_places import name_places
from geo.base.arguments import make_adder
from geo.base.files import save_bytes, save_text
from geo.base.problems import InputError
from geo.base.square import check_office_name, say_office_file
from geo.base.text import visible
from geo.base.words import Words
from geo.export.files import export_areas, export_benches, export_cells, export_table
from geo.export.homes import Homes
from geo.say.rests import say_band, say_benches, say_rests, say_survey
from geo.say.sentence import say_coverage
from geo.say.sentences import say_left_out, say_notes, say_people
from geo.say.why import say_why
from layers.commands.outputs import check_outputs
from layers.commands.picture import add_picture, save_picture
from layers.commands.shared import (
    add_exact,
    add_keys,
    add_question,
    make_stamp,
    open_day,
    question_of,
    say_day,
)
from layers.day.why import why_outside
from layers.pictures.figures import coverage_figure, coverage_title

if TYPE_CHECKING:
    import argparse

    import pandas as pd

    from geo.analysis.band import Band
    from geo.analysis.why import Why
    from geo.base.arguments import Add
    from geo.base.words import Lang
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from geo.town import Town
    from layers.day.day import Day

WORDS = Words(
    "通いの場まで歩いて通える人を、地区ごとに数えます（道のない街では直線で）",
    "count who can walk to a salon, per area",
)
# More places than a council can go and look at are no help.
MOST_BENCHES: Final = 20


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add_question(add)
    add(
        "--band",
        "分からない所を悪くみたとき・よくみたときの人数と、先に見て歩く道も言う",
        "tell the figure with the unknown taken as bad and as good, and the streets to survey first",
        action="store_true",
    )
    add(
        "--benches",
        f"ベンチを1つ置くならどこか、上から N か所（{MOST_BENCHES}まで。--rest と一緒に）",
        f"the N best places for one bench (at most {MOST_BENCHES}; with --rest)",
        type=int,
        metavar="N",
    )
    add(
        "--why",
        "なぜ届かないかも数えて、ファイルの列にも入れる（休む所、坂や階段、いまは数えない通いの場、範囲にない）",
        "tell why people are out of reach, also as columns of the files (seats, slopes, salons not "
        "counted, none within range)",
        action="store_true",
    )
    _add_files(add)
    add_picture(add)
    add_exact(add)
    add_keys(parser, lang)


def _add_files(add: Add) -> None:
    for name, ja, en in (
        ("--out", "地区ごとの GeoJSON", "GeoJSON of the areas"),
        ("--table", "地区ごとの表（CSV）", "CSV of the areas"),
        ("--cells", "住む所ごとの GeoJSON（庁内用）", "GeoJSON of the homes (office use only)"),
        (
            "--benches-out",
            "--benches の GeoJSON",
            "GeoJSON of the places of --benches",
        ),
    ):
        add(name, ja, en, type=Path, required=name == "--out", metavar="FILE")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """All that was found, for files and sentences."""

    day: Day
    town: Town
    coverage: Coverage
    band: Band | None
    rests: pd.DataFrame | None
    benches: pd.DataFrame | None
    why: Why | None
    counted: list[Words]


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Ask, write the files, print the sentences for a council (実行)."""
    question = question_of(args)
    _check_together(args, question)
    check_outputs(args, maps=[args.out, args.cells, args.benches_out], tables=[args.table],
                  pictures=[args.picture])  # fmt: skip
    for path in (args.cells, args.benches_out) if args.exact else ():
        if path:
            check_office_name(path)
    day = open_day(args, lang, question)
    band = day.ask_band(question) if args.band else None
    coverage = day.ask(question) if band is None else band.known
    found = _Answer(
        day=day,
        town=day.town_for(question),
        coverage=coverage,
        band=band,
        rests=day.rests_for(question),
        benches=None if args.benches is None else day.bench_gains(question, count=args.benches),
        why=why_outside(day, question, coverage) if args.why else None,
        counted=[*say_day(args, day), *day.say_salons(), *day.say_ends(question)],
    )
    _save(args, found)
    if args.picture:
        figure = coverage_figure(
            day, coverage, coverage_title(straight=coverage.question.straight), lang, band
        )
        save_picture(args.picture, figure, day, args.town, lang)
    for words in say_coverage(found.coverage, band):
        print(words.say(lang))
    for words in _say(found):
        print("・" + visible(words.say(lang)))
    if args.cells:
        print("・" + visible(say_office_file(args.cells.name).say(lang)))


def _say(found: _Answer) -> list[Words]:
    coverage, town = found.coverage, found.town
    question = coverage.question
    lines = [] if found.why is None else say_why(found.why, question)
    lines += found.counted
    lines += [*say_people(town), *say_left_out(coverage, town)]
    lines += found.day.say_slopes(question)
    lines += say_rests(found.day.count_rests(question)) if found.rests is not None else []
    lines += say_notes(coverage)
    if found.band is not None:
        lines += [say_band(found.band), *say_survey(found.band)]
    return (
        lines
        if found.benches is None
        else [*lines, *say_benches(town, found.benches, found.day.homes)]
    )


def _check_together(args: argparse.Namespace, question: Question) -> None:
    """Refuse options that say nothing without another."""
    if args.benches is not None and not 1 <= args.benches <= MOST_BENCHES:
        raise InputError(
            Words(
                f"--benches は1〜{MOST_BENCHES}で書いてください（{args.benches}）",
                f"--benches must be from 1 to {MOST_BENCHES} ({args.benches})",
            )
        )
    if args.benches is not None and question.rest_m is None:
        raise InputError(
            Words(
                "--benches には --rest が要ります。何mごとに座れればよいかを書いてください",
                "--benches needs --rest: say how often one must be able to sit",
            )
        )
    if args.benches_out and args.benches is None:
        raise InputError(
            Words(
                "--benches-out には --benches が要ります。何か所出すかを書いてください",
                "--benches-out needs --benches: say how many places",
            )
        )
    ruled = question.rest_m is not None or question.toilet_m is not None
    if args.band and not (ruled or question.heights):
        raise InputError(
            Words(
                "--band には --rest・--toilet・--slope のどれかが要ります。ないと、分からない所がありません",
                "--band needs --rest, --toilet or --slope: without them nothing is unknown",
            )
        )


def _save(args: argparse.Namespace, found: _Answer) -> None:
    town, coverage, rests, band = found.town, found.coverage, found.rests, found.band
    stamp, keys, said = make_stamp(), args.keys, say_coverage(coverage, band)
    homes = Homes(ids=found.day.homes, exact=args.exact)
    save_text(
        args.out,
        export_areas(town, coverage, keys=keys, stamp=stamp, rests=rests, band=band, said=said,
                     why=found.why, counted=found.counted),
    )  # fmt: skip
    if args.table:
        table = export_table(coverage, keys=keys, why=found.why)
        save_bytes(args.table, table.encode("utf-8-sig"))
    if args.cells:
        save_text(
            args.cells,
            export_cells(
                town,
                coverage,
                found.day.salons,
                keys=keys,
                stamp=stamp,
                rests=rests,
                band=band,
                said=said,
                homes=homes,
            ),
        )
    if args.benches_out and found.benches is not None:
        named = name_places(town, found.benches)
        save_text(
            args.benches_out,
            export_benches(
                town, coverage, named, keys=keys, stamp=stamp, rests=rests, said=said, homes=homes
            ),
        )
