"""``kayoi sheets``: the sheets of a division's areas, or of a drawn shape, as PDF (地区シートのコマンド)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import shapely

from geo.base.arguments import make_adder
from geo.base.files import save_bytes
from geo.base.outputs import PDF, check_output
from geo.base.problems import InputError
from geo.base.square import say_office_file
from geo.base.text import visible
from geo.base.words import Words, count_in_english
from geo.sources.border import load_border
from geo.sources.editions import home_of
from geo.town import WHOLE
from geo.walk.walkers import WALKERS
from layers.areas.place import drawn_place, find_areas, find_ref
from layers.areas.run import Run
from layers.areas.sheets import Shared
from layers.commands.shared import (
    add_asked,
    add_audience,
    add_wanted,
    open_town,
    question_of,
    wanted_of,
)
from layers.day.salons import When
from layers.pdf.areas import ORDERS, as_pdf, as_zip, draw_each, places_in_order
from layers.served.clock import now_in_japan, today_in_japan
from layers.sheets.parts.area_asked import MAP_MM, read_compare
from layers.sheets.parts.frame import Frame
from surveys.store.register import find_register

if TYPE_CHECKING:
    import argparse

    from geo.base.words import Lang
    from layers.areas.place import Place
    from layers.areas.run import Audience

WORDS = Words("地区ごとの紙（地区シート）を PDF にします", "write a sheet of each area as PDF")
KEPT: Final = ("site",)
ZIP: Final = (".zip",)
_TOLD_EACH: Final = 10


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add_asked(add)
    add_wanted(add)
    add(
        "--area", "この地区だけ（名前か id。何度でも書ける）",
        "these areas alone, by name or id (may be given again)",
        action="append", default=[], metavar="NAME",
    )  # fmt: skip
    add(
        "--shape", "地区の代わりに、描いた形の紙を1枚つくる（GeoJSON など、面のファイル）",
        "one sheet of a shape drawn by hand instead of areas (GeoJSON or another file of polygons)",
        type=Path, metavar="FILE",
    )  # fmt: skip
    add("--size", "紙の大きさ", "size of the paper", default="A4", choices=list(MAP_MM))
    add_audience(add)
    add("--compare", "くらべる前の日", "an earlier day to compare with", default="", metavar="DATE")
    add(
        "--beside", "割合をくらべる地区（区分/名前、または名前）。言わなければ、すぐ大きい地区",
        "the area whose shares stand beside (division/name, or a name); the larger area unless given",
        default="", metavar="NAME",
    )  # fmt: skip
    add(
        "--order", "並べる順: " + "、".join(f"{id_}={one.ja}" for id_, one in ORDERS.items()),
        "order: " + ", ".join(f"{id_}: {one.en}" for id_, one in ORDERS.items()),
        default="file", choices=list(ORDERS),
    )  # fmt: skip
    add("--out", "書き出すファイル（.pdf は1つに、.zip は1枚ずつ）",
        "the file to write (.pdf all in one, .zip one each)", type=Path, required=True, metavar="FILE")  # fmt: skip
    add("--lang", "紙の言語", "language of the sheets", default="ja", choices=["ja", "en"])


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Draw the sheets, write the file whole or not at all, say what it holds (実行)."""
    check_output(
        args.out, (*PDF, *ZIP), town=args.town, inputs=[one for one in [args.shape] if one]
    )
    if args.shape and args.area:
        raise InputError(
            Words(
                "--area と --shape は、どちらかだけにしてください",
                "give --area or --shape, not both",
            )
        )
    shared, places = _shared(args)
    folder, now = args.town, now_in_japan()
    register = find_register(home_of(folder.resolve()))
    frame = Frame(
        town_folder=folder, town=shared.run.town, register=register,  # type: ignore[arg-type]
        walker=WALKERS["elderly"], now=now, lang=args.lang, told=shared.run.day.told, as_file=True,
    )  # fmt: skip

    def done(number: int, of: int) -> None:
        if number % _TOLD_EACH == 0 and number < of:
            _tell(lang, Words(f"・{number:,}/{of:,}", f"· {number:,} of {of:,}"))

    if args.audience == "council":
        _say_masking(shared.run, len(places), lang)
    pages = list(draw_each(frame, shared, places, size=args.size, done=done))
    whole = args.out.suffix.casefold() in PDF
    save_bytes(args.out, as_pdf(pages, frame) if whole else as_zip(pages, frame, done))
    told = Words(
        f"{args.out} に書きました（{len(pages):,}枚の地区シート）",
        f"wrote {args.out} ({count_in_english(len(pages), 'area sheet')})",
    )
    print(visible(told.say(lang)))
    if args.audience == "office":
        print("・" + visible(say_office_file(args.out.name).say(lang)))


def _tell(lang: Lang, words: Words) -> None:
    print(words.say(lang), file=sys.stderr, flush=True)


def _say_masking(run: Run, sheets: int, lang: Lang) -> None:
    """Say what is being decided before the first sheet, and when it is."""
    areas = len(run.town.division(run.division))
    _tell(
        lang,
        Words(
            f"・どの人数を伏せるかを決めています（地区の数 {areas:,}、何分もかかることがあります）…",
            f"· deciding which counts are not shown (areas: {areas:,}; it may take minutes) …",
        ),
    )
    hidden = len(run.masks.hidden)
    _tell(
        lang,
        Words(
            f"・決まりました（伏せる数 {hidden:,}）。シートを組みます: 0/{sheets:,}",
            f"· decided (counts not shown: {hidden:,}); drawing the sheets: 0 of {sheets:,}",
        ),
    )


def _shared(args: argparse.Namespace) -> tuple[Shared, list[Place]]:
    """Return what the sheets are made from, and the areas in the order they are printed in."""
    today = today_in_japan()
    day = open_town(args.town, When(on=today), wanted_of(args))
    compare = read_compare(args.compare, today)
    audience: Audience = args.audience
    before, beside = When(on=compare) if compare else None, find_ref(day.built, args.beside)
    if args.shape:
        shape, _ = load_border(args.shape)
        on_plane = shapely.transform(shape, day.built.plane.to_m, interleaved=False)
        drawn = drawn_place(day.built, on_plane, args.shape.stem)
        question = question_of(args, division=WHOLE)
        made = Run(
            day=day, question=question, audience=audience, before=before, beside=beside, drawn=drawn
        )
        return Shared(run=made, folder=args.town), [drawn]
    made = Run(day=day, question=question_of(args), audience=audience, before=before, beside=beside)
    shared = Shared(run=made, folder=args.town)
    return shared, places_in_order(
        shared, find_areas(day.built, args.division, args.area), args.order
    )
