"""``kayoi reach``: the streets and ground within reach of each site (到達圏のコマンド)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.base.arguments import make_adder
from geo.base.files import save_text
from geo.base.square import check_office_name, say_homes_told
from geo.base.text import visible
from geo.base.words import Words, count_in_english
from geo.export.files import export_reach
from geo.export.homes import Homes
from geo.say.straight import FLATTERS
from geo.town import ground_of, put_places
from geo.walk.ranges import parse_range
from geo.walk.walkers import parse_walker
from layers.commands.outputs import check_outputs
from layers.commands.shared import (
    add_exact,
    add_keys,
    add_slopes,
    add_walk,
    add_wanted,
    add_when,
    make_stamp,
    open_day,
    say_day,
)

if TYPE_CHECKING:
    import argparse

    from geo.base.words import Lang

WORDS = Words(
    "通いの場ごとに、歩いて届く道と範囲を出します",
    "write the streets and ground within reach of each site",
)


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add("--town", "街のフォルダ", "the town's folder", type=Path, required=True, metavar="DIR")
    add_when(add)
    add_wanted(add)
    add_walk(add)
    add_slopes(add, ("there", "back"))
    add("--out", "書き出す GeoJSON", "GeoJSON to write", type=Path, required=True, metavar="FILE")
    add_exact(add)
    add_keys(parser, lang)


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Write the file and say how many sites it holds (実行)."""
    within, walker = parse_range(args.within), parse_walker(args.walker)
    check_outputs(args, maps=[args.out])
    if args.exact:
        check_office_name(args.out)
    day = open_day(args, lang)
    town = day.sloped if args.slope else day.town
    sites = day.salons
    homes = Homes(ids=day.homes, exact=args.exact)
    stamp = make_stamp()
    save_text(
        args.out,
        export_reach(
            town, sites, within=within, walker=walker, keys=args.keys, stamp=stamp,
            heights=args.slope, trip=args.trip, homes=homes, chosen=day.chosen, grounds=day.grounds,
        ),
    )  # fmt: skip
    ground = ground_of(town, walker=walker, heights=args.slope)
    off = put_places(town, ground, sites).edge < 0
    home = sites["site_id"].isin(day.homes).to_numpy(dtype=bool)
    far, count = int(off.sum()), int(home.sum())
    shaped = len(sites) - far - (0 if args.exact else int((home & ~off).sum()))
    print(
        Words(
            f"{shaped}か所の届く範囲を書きました: {args.out}",
            f"wrote {count_in_english(shaped, 'site')}: {args.out}",
        ).say(lang)
    )
    for words in (*say_day(args, day), *day.say_chosen()):
        print("・" + visible(words.say(lang)))
    if town.streetless:
        circles = Words("直線の円です", "These are straight-line circles")
        print("・" + f"{circles.say(lang)}: {FLATTERS.say(lang)}")
    if far:
        print(
            Words(
                f"・{far}か所は道につながらないので、形がありません（ファイルには名前だけ）",
                f"・{far} sites are too far from a street and have no shape (in the file by name)",
            ).say(lang)
        )
    if count and args.exact:
        print("・" + say_homes_told(count, exact=True).say(lang))
    elif count:
        print(
            Words(
                f"・個人の家 {count}か所は、形を入れていません（形から場所が分かるため）。"
                "庁内用に要るときは --exact をつけてください",
                f"・{count} private homes have no shape, which would tell where they are; "
                "for the office alone there is --exact",
            ).say(lang)
        )
