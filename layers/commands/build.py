"""``kayoi build``: make a town's folder from source files (街をつくるコマンド)."""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo.base.arguments import make_adder
from geo.base.files import copy_source, hash_file, whole_or_nothing
from geo.base.problems import InputError
from geo.base.stopping import stop_in_order
from geo.base.text import visible
from geo.base.words import Words
from geo.say.sentence import NO_DATA
from geo.say.sentences import say_streets_left_out
from geo.sources.build import NO_GROUND, build_new, build_town
from geo.sources.get.kept import source_facts
from geo.sources.heights.heights import KINDS, tell_source
from geo.sources.recipe import OSM_CREDIT, Options, Recipe, SourceFile
from geo.sources.streets.overpass import save_place
from geo.sources.streets.streets import STREETS
from geo.sources.town_folder import read_built_at
from geo.sources.vector import split_layer
from geo.tables.tables import PEOPLE, SITE_KINDS, SITE_WORDS
from geo.town import ages_of, missing_ages
from layers.commands.build_files import accepted, border_file, file_and_city, parse_division
from layers.commands.build_reading import add_reading, check_names, keep_reading
from layers.commands.own_list import settle_town
from surveys.commands.taking import parse_accept

if TYPE_CHECKING:
    import argparse

    from geo.base.words import Lang
    from geo.sources.build import Report
    from geo.tables.tables import People
    from geo.town import Town

STREET_ENDINGS = " ".join(ending for one in STREETS.values() for ending in one.endings)
HEIGHT_ENDINGS = " ".join(KINDS)
WORDS = Words(
    "元のファイルから、街のフォルダをつくります", "make a town's folder from source files"
)
_SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add("--out", "つくる街のフォルダ", "folder of the town to make", type=Path, metavar="DIR")
    add("--recipe", "作り方（town.toml）から作り直す", "build again from a recipe",
        type=Path, metavar="FILE")  # fmt: skip
    add(
        "--streets",
        f"道: {STREET_ENDINGS}。なければ、距離はすべて直線になる",
        f"streets: {STREET_ENDINGS}; without any, every distance is a straight line",
        type=Path,
        metavar="FILE",
    )
    add(
        "--place",
        "道を地名で取り寄せる（要インターネット）",
        "fetch streets by place name (online)",
        metavar="NAME",
    )
    add(
        "--border",
        "市の境（面）。いくつもの市区町村が入ったファイルでは :コード か :名前 で、いくつもの地図が入った"
        "ファイルでは #名前 で選ぶ",
        "the city's border (polygon); of a file of several municipalities choose one by code or "
        "name, of one with several layers or maps by #NAME",
        metavar="FILE[#LAYER][:CITY]",
    )
    add(
        "--division",
        "地区の分け方。何度でも",
        "areas of a division; may be repeated",
        action="append",
        default=[],
        metavar="NAME=FILE[#LAYER]:COLUMN[:TIER]",
    )
    add(
        "--people",
        "人口の表（CSV か Excel）。選び方は --border と同じ。メッシュの表が何枚かに分かれていれば、何度でも。"
        "町の名前だけの表には、町の点の一覧（名前・緯度・経度）を加えられる",
        "table of people (CSV or Excel); a municipality is chosen as in --border; may be repeated "
        "where tables of squares come in several files, and to add a list of points to a table that only "
        "names neighbourhoods",
        action="append",
        default=[],
        metavar="FILE[:CITY]",
    )
    add(
        "--sites",
        "通いの場（CSV、Excel か GeoJSON）。何度でも",
        "salons (CSV, Excel or GeoJSON); may be repeated",
        action="append",
        default=[],
        metavar="FILE[#LAYER]",
    )
    add(
        "--addresses",
        "住所の場所（Geolonia の .csv・.json・-住居表示.txt・-地番.txt、位置参照情報）。座標のない通いの場を置く",
        "where addresses are (Geolonia's files, old and new, or the ministry's position tables): salons"
        " without coordinates are placed by it; may be repeated",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
    )
    add(
        "--heights",
        f"標高: {HEIGHT_ENDINGS}、それらの .zip。何度でも、先のものを優先",
        f"heights: {HEIGHT_ENDINGS}, or a .zip of them; may be repeated, first wins",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
    )
    add("--name", "街の名前", "name of the town", metavar="NAME")
    add_reading(add)


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Build, and print what was made and what was noticed (実行)."""

    def say(words: Words) -> None:
        print(words.say(lang) + " …", file=sys.stderr, flush=True)

    with stop_in_order():
        if args.recipe:
            folder = args.recipe.resolve().parent
            town, report = build_town(folder, args.recipe.resolve(), say)
        else:
            folder = _check_arguments(args)
            with whole_or_nothing(folder):
                recipe = _start(args, folder)
                keep_reading(args, folder, recipe)
                town, report = build_new(folder, recipe, say)
                if not accepted(args.accept, "names"):
                    check_names(town)
    _print_report(town, report, lang)
    settle_town(folder, replace(town, built_at=read_built_at(folder)), lang)
    print(Words(f"できました: {folder}", f"done: {folder}").say(lang))


def _check_arguments(args: argparse.Namespace) -> Path:
    """Refuse what cannot be built before anything is written; return the town's folder."""
    if not args.out:
        raise InputError(Words("--out か --recipe が要ります", "--out or --recipe is required"))
    if args.streets and args.place:
        raise InputError(
            Words(
                "--streets と --place は、どちらか1つにしてください",
                "give --streets or --place, not both",
            )
        )
    if not (args.streets or args.place or args.border or args.division):
        raise InputError(NO_GROUND)
    divisions = [parse_division(text) for text in args.division]
    names = [name for name, *_ in divisions]
    if len(set(names)) < len(names):
        raise InputError(
            Words("同じ名前の --division が2つあります", "two --division have the same name")
        )
    parse_accept(args.accept)
    given = [
        args.streets,
        border_file(args.border)[0],
        *(file_and_city(text)[0] for text in args.people),
        *(split_layer(text)[0] for text in args.sites),
        *args.heights,
        *args.addresses,
        *(split_layer(str(file))[0] for _, file, _, _ in divisions),
    ]
    for file in given:
        if file and not Path(file).is_file():
            raise InputError(Words(f"ファイル {file} がありません", f"there is no file {file}"))
    return Path(args.out.resolve())


def _start(args: argparse.Namespace, folder: Path) -> Recipe:
    """Copy the sources into the town's folder; return its first recipe."""
    kept = folder / "sources"
    kept.mkdir(parents=True, exist_ok=True)
    border, layer, city = border_file(args.border)
    if args.place:
        streets, _, found = save_place(args.place, kept, cache=folder / "cache" / "overpass")
        border = border or found
    else:
        streets = args.streets

    def source(role: str, file: Path, **more: str) -> SourceFile:
        copy = copy_source(file, kept)
        told = source_facts(file) | {key: value for key, value in more.items() if value}
        return SourceFile(
            role=role, file=copy.relative_to(folder).as_posix(), sha256=hash_file(copy), **told
        )

    osm, licence, credit = OSM_CREDIT
    sources = []
    if streets:
        sources.append(source("streets", streets, name=osm, licence=licence, credit=credit))
    kind = accepted(args.accept, "kind")
    if border:
        sources.append(source("border", border, pick=city, layer=layer, accept=kind))
    for name, text, column, tier in map(parse_division, args.division):
        file, layer = split_layer(str(text))
        more = {"division": name, "column": column, "tier": tier, "layer": layer, "accept": kind}
        sources.append(source("division", Path(file), name=name, **more))
    for people, people_city in map(file_and_city, args.people):
        if people:
            sources.append(source("people", people, pick=people_city))
    for text in args.sites:
        file, layer = split_layer(text)
        places = accepted(args.accept, "places")
        sources.append(source("sites", Path(file), layer=layer, accept=places))
    sources += [source("heights", file, **asdict(tell_source(file))) for file in args.heights]
    sources += [source("addresses", file) for file in args.addresses]
    name = args.name or args.place or folder.name
    return Recipe(name=name, options=Options(), sources=tuple(sources))


def _print_report(town: Town, report: Report, lang: Lang) -> None:
    for words in (*report.notices, *say_streets_left_out(town)):
        print("・" + visible(words.say(lang)), file=sys.stderr)
    for problem in report.problems[:_SHOWN]:
        print("・" + visible(problem.say(lang)), file=sys.stderr)
    if len(report.problems) > _SHOWN:
        more = len(report.problems) - _SHOWN
        words = Words(
            f"ほかに {more} 件（data/problems.csv に全部あります）",
            f"and {more} more (all in data/problems.csv)",
        )
        print("・" + visible(words.say(lang)), file=sys.stderr)
    people = {one: _say_people(town, one) for one in PEOPLE}
    net = town.network
    others = "・".join(one for one in ages_of(town) if one not in PEOPLE)
    for words in (
        Words("道: なし（距離はすべて直線）", "streets: none (every distance is a straight line)")
        if town.streetless
        else Words(
            f"道: {net.length_m / 1000:,.1f}km（交わる所や端 {net.node_count:,}、その間の道 {net.edge_count:,}）",
            f"streets: {net.length_m / 1000:,.1f} km ("
            f"{net.node_count:,} crossings and ends, {net.edge_count:,} streets between)",
        ),
        Words(f"地区: {_counted(town)}", f"areas: {_counted(town)}"),
        Words(
            f"人口: {people['all'].ja}（65歳以上 {people['65'].ja}、75歳以上 {people['75'].ja}）"
            + (f"。ほかに数えられる年齢（以上）: {others}" if others else ""),
            f"people: {people['all'].en} ({people['65'].en} aged 65+, {people['75'].en} aged 75+)"
            + (f"; other ages (and over) that can be asked: {others}" if others else ""),
        ),
        Words(f"通いの場: {len(town.salons):,}か所", f"salons: {len(town.salons):,}"),
        *_say_schedules(town),
        Words(
            f"地図から見つけた地点: {_found(town, 'ja')}", f"found on the map: {_found(town, 'en')}"
        ),
    ):
        print(words.say(lang))


def _say_schedules(town: Town) -> list[Words]:
    """Return how many salons' schedules tell how often they meet, and how many do not."""
    told = town.salons[town.salons["schedule"] != ""]
    if told.empty:
        return []
    known = int(told["sessions_per_month"].notna().sum())
    ja = f"開催日時: {len(told):,}か所のうち{known:,}か所は月の回数が分かりました"
    en = f"schedules: {known:,} of {len(told):,} tell how often a month"
    if unknown := len(told) - known:
        ja += f"。{unknown:,}か所は分からないままです（data/problems.csv に句とわけがあります）"
        en += f"; {unknown:,} stay unknown (their phrases and why are in data/problems.csv)"
    return [Words(ja, en)]


def _say_people(town: Town, people: People) -> Words:
    """Return how many there are of an age group, or that nobody told."""
    if people in missing_ages(town):
        return NO_DATA
    count = f"{int(town.cells[f'people_{people}'].sum()):,}"
    return Words(f"{count}人", count)


def _found(town: Town, lang: Lang) -> str:
    counts = town.sites["kind"].value_counts()
    kinds = [kind for kind in SITE_KINDS if kind != "salon" and counts.get(kind, 0)]
    none = Words("なし", "none")
    return "、".join(
        f"{SITE_WORDS[kind].say(lang)} {counts[kind]:,}" for kind in kinds
    ) or none.say(lang)


def _counted(town: Town) -> str:
    counts = town.areas["division"].value_counts()
    return "、".join(f"{name} {counts[name]}" for name in town.divisions)
