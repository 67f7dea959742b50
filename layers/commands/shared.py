"""What several commands ask for (コマンドに共通のもの)."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from geo.base.problems import InputError
from geo.base.square import OFFICE_MARK
from geo.base.text import visible
from geo.base.version import VERSION
from geo.base.words import Words
from geo.coverage.asking import REST, TOILET, TRIPS, parse_question
from geo.export.facts import Stamp
from geo.sources.editions import home_of
from geo.sources.sites import load_sites
from geo.sources.town_folder import is_streetless, load_town
from geo.tables.tables import SITES, check_sites
from geo.town import check_people
from geo.walk.trip_words import TRIP_WORDS
from geo.walk.walkers import WALKERS
from layers.areas.run import AUDIENCES
from layers.day.day import Day
from layers.day.salons import When, list_given
from layers.day.told import Told
from layers.served.clock import asked_day, today_in_japan
from surveys.record.wanted import (
    CONTENTS,
    EVERY_SALON,
    HALF_WORDS,
    OFTEN_WORDS,
    Wanted,
    parse_wanted,
)
from surveys.store.register import find_register

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    import pandas as pd

    from geo.base.arguments import Add
    from geo.base.words import Lang
    from geo.coverage.question import Question
    from geo.tables.tables import SiteKind
    from geo.town import Town
    from geo.walk.rules import Trip


def add_walk(add: Add) -> None:
    """Declare how far and who walks (徒歩圏と歩行者像)."""
    add(
        "--within", "徒歩圏（500m、10min など）", "walking range (500m, 10min)",
        default="500m", metavar="RANGE",
    )  # fmt: skip
    known = " ".join(WALKERS)
    add(
        "--walker",
        f"歩行者像: {known}、または custom:speed=0.7,slope=energy,steps=bar,bonus=no,bar=12"
        "（速さは秒速m、bar は通れない坂の％）",
        f"walker: {known}, or custom:speed=0.7,slope=energy,steps=bar,bonus=no,bar=12 "
        "(speed in m/s, bar: the grade in per cent that cannot be used)",
        default="elderly", metavar="WALKER",
    )  # fmt: skip


def add_when(add: Add) -> None:
    """Declare which 通いの場 count: of a day, or of a file (いつの、どの通いの場)."""
    add_days(add)
    add(
        "--sites", "台帳の通いの場の代わりに使う表（日付と一緒には使えない）",
        "other salons than the register's (not with a day)", type=Path, metavar="FILE",
    )  # fmt: skip


def add_days(add: Add) -> None:
    """Declare of which day the 通いの場 count (いつの通いの場).

    `open_day` of these arguments alone needs ``sites`` set to None.
    """
    add(
        "--as-of", "この日の通いの場（いま分かっているかぎり）。言わなければ今日",
        "the salons of this day, by what is known now; today's unless given", metavar="DATE",
    )  # fmt: skip
    add(
        "--known-on", "この日までに台帳が知っていた通いの場",
        "the salons the register knew on this day", metavar="DATE",
    )  # fmt: skip


def add_wanted(add: Add) -> None:
    """Declare which 通いの場 are asked about, and for whom (選ぶ通いの場)."""
    add_eligible(add)
    _add_times(add)
    add_content(add)


def add_eligible(add: Add) -> None:
    """Declare whether each 通いの場 counts for those alone who may come (使える人の分だけか)."""
    add(
        "--eligible", "使える人の分だけ（利用できる地区の決まった通いの場は、その地区の中だけ）",
        "each salon only for those who may come: within its own areas",
        action="store_true",
    )  # fmt: skip


def _add_times(add: Add) -> None:
    add(
        "--weekday", "この曜日に開くものだけ（月〜日、mon〜sun）",
        "only those that meet on this weekday (mon to sun)", default="", metavar="DAY",
    )  # fmt: skip
    halves, often = (
        Words(
            "、".join(f"{id_}={one.ja}" for id_, one in words.items()),
            ", ".join(f"{id_}: {one.en}" for id_, one in words.items()),
        )
        for words in (HALF_WORDS, OFTEN_WORDS)
    )
    add(
        "--half", f"午前（12時より前）か午後に始まるものだけ: {halves.ja}",
        f"only those that begin before noon, or later: {halves.en}",
        default="", metavar="am|pm|night",
    )  # fmt: skip
    add(
        "--at-least", f"これより多く開くものだけ: {often.ja}",
        f"only those that meet this often: {often.en}", default="", metavar="weekly|twice|monthly",
    )  # fmt: skip


def add_content(add: Add) -> None:
    """Declare what is done there (内容)."""
    contents = Words(
        "、".join(f"{id_}={one.words.ja}" for id_, one in CONTENTS.items()),
        ", ".join(f"{id_}: {one.words.en}" for id_, one in CONTENTS.items()),
    )
    add(
        "--content", f"この内容のものだけ（カンマで区切ると、どれか。ことばでもよい）: {contents.ja}",
        f"only those where this is done (any of several, with commas; words will do): {contents.en}",
        default="", metavar="ID,…",
    )  # fmt: skip


def wanted_of(args: argparse.Namespace) -> Wanted:
    """Return which 通いの場 the arguments of `add_wanted` ask about, or of its parts (選ぶ通いの場).

    Raises
    ------
    InputError
        When one is not known.
    """
    times = {one: getattr(args, one, "") for one in ("weekday", "half", "at_least")}
    return parse_wanted(**times, content=args.content, eligible=args.eligible)


def add_slopes(add: Add, trips: Sequence[Trip]) -> None:
    """Declare whether slopes cost, and which way is walked (坂と、行きか帰りか)."""
    add(
        "--slope",
        "坂と階段を数える（標高のある街だけ。距離は平らな道に直したもの）",
        "count slopes and steps (a town with heights; distances are then those of level street)",
        action="store_true",
    )
    add(
        "--trip",
        "、".join(f"{trip}={TRIP_WORDS[trip].name.ja}" for trip in trips),
        ", ".join(f"{trip}: {TRIP_WORDS[trip].name.en}" for trip in trips),
        default="there", choices=list(trips),
    )  # fmt: skip


def add_stops(add: Add, *, toilet: type[argparse.Action] | None = None) -> None:
    """Declare how often one must be able to sit, and to find a toilet (休む所の決まり).

    Parameters
    ----------
    toilet
        What takes ``--toilet``, where that may be a place too.
    """
    add(
        "--rest",
        f"この長さ（m、{REST.least_m:g}〜{REST.most_m:g}）ごとに座れる道だけを数える。坂を数えるときは平らな道に直したm。{REST.source.ja}",
        f"count only walks with a seat at least every so many metres ({REST.least_m:g}-"
        f"{REST.most_m:g}; of level street with --slope); {REST.source.en}",
        default="", metavar="METRES",
    )  # fmt: skip
    add(
        "--toilet",
        f"この長さ（m、{TOILET.least_m:g}〜{TOILET.most_m:g}）ごとにトイレに寄れる道だけを数える。{TOILET.source.ja}",
        f"count only walks with a toilet at least every so many metres ({TOILET.least_m:g}-"
        f"{TOILET.most_m:g}); {TOILET.source.en}",
        default="", metavar="METRES", **({} if toilet is None else {"action": toilet}),
    )  # fmt: skip


def add_question(add: Add, *, toilet: type[argparse.Action] | None = None) -> None:
    """Declare a question, and which 通いの場 count (問いの引数); `toilet` as `add_stops`."""
    add_asked(add, toilet=toilet)
    add_when(add)
    add_wanted(add)


def add_asked(
    add: Add, *, any_division: bool = False, toilet: type[argparse.Action] | None = None
) -> None:
    """Declare town, division, people, and all about the walk (問い).

    With `any_division` none need be named: "" then stands for the town's first.
    """
    add("--town", "街のフォルダ", "the town's folder", type=Path, required=True, metavar="DIR")
    if any_division:
        add(
            "--division", "地区の分け方（言わなければ、街の最初のもの）",
            "the division (unless named, the town's first)", default="", metavar="NAME",
        )  # fmt: skip
    else:
        add("--division", "地区の分け方", "the division", required=True, metavar="NAME")
    add_walk(add)
    add_slopes(add, TRIPS)
    add_stops(add, toilet=toilet)
    add_people(add)


def add_audience(add: Add) -> None:
    """Declare for whom a file is (だれに渡すか)."""
    said = Words(
        "、".join(f"{id_}={one.ja}" for id_, one in AUDIENCES.items()),
        ", ".join(f"{id_}: {one.en}" for id_, one in AUDIENCES.items()),
    )
    add(
        "--for", f"だれに渡すか: {said.ja}。協議体には10人未満の数を出さない",
        f"for whom: {said.en}; a council is shown no count below 10",
        default="office", choices=list(AUDIENCES), dest="audience",
    )  # fmt: skip


def add_people(add: Add) -> None:
    """Declare whose age counts (数える年齢)."""
    add(
        "--people",
        "年齢: all か、65・75・85 のような年齢（以上）。人口の表にある年齢だけ",
        "age group: all, or an age and over such as 65, 75 or 85, as far as the table of people tells",
        default="65",
        metavar="AGE",
    )


def question_of(
    args: argparse.Namespace, *, division: str = "", straight: bool | None = None
) -> Question:
    """Return the question of the arguments of `add_question` (引数の問い).

    Parameters
    ----------
    division
        Asked of in place of the arguments' own.
    straight
        Whether the town has no streets; None to look.
    """
    return parse_question(
        division=division or args.division,
        people=args.people,
        walker=args.walker,
        within=args.within,
        heights=args.slope,
        trip=args.trip,
        rest=args.rest,
        toilet=args.toilet,
        straight=is_streetless(args.town) if straight is None else straight,
    )


def add_keys(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare ``--keys``, the language of property names (項目名の言語)."""
    words = Words("項目名の言語", "language of property names")
    parser.add_argument("--keys", choices=["ja", "en"], default="en", help=words.say(lang))


def add_exact(add: Add) -> None:
    """Declare ``--exact``, private homes as they are (個人の家も正確に)."""
    add(
        "--exact",
        f"個人の家も正確な位置で書く（{OFFICE_MARK}。書き出すファイルの名前に「{OFFICE_MARK}」を入れてください）",
        f"tell private homes as they are ({OFFICE_MARK}: the file's name must say so)",
        action="store_true",
    )


def make_stamp() -> Stamp:
    """Return the version and the time now, to the second in UTC (作成の記録)."""
    return Stamp(version=VERSION, made_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def open_day(args: argparse.Namespace, lang: Lang, question: Question | None = None) -> Day:
    """Return the day to ask: a town, its register if there is one, and its 通いの場 (問いの街).

    Parameters
    ----------
    args
        ``town``, and those of `add_when` and `add_wanted`. Problems of a file's rows are printed to standard
        error, one line each.
    question
        What will be asked: without the people it is about, they are what is missing first.

    Raises
    ------
    InputError
        When the folder holds no town, a file cannot be read, more than one of a day and a file
        is given, a wish is not known, or there is no 通いの場 at all.
    """
    given = [args.as_of, args.known_on, args.sites]
    if sum(one is not None for one in given) > 1:
        raise InputError(
            Words(
                "--as-of・--known-on・--sites は、どれか1つだけにしてください",
                "give only one of --as-of, --known-on and --sites",
            )
        )
    if sys.stderr.isatty():  # nobody who waits may wonder whether it has begun
        print(Words("・数えています …", "· counting …").say(lang), file=sys.stderr, flush=True)
    town = load_town(args.town)
    if question is not None:
        check_people(town, question)
    asked = args.as_of or args.known_on
    when = When(on=asked_day(asked) if asked else today_in_japan(), known=args.known_on is not None)
    wanted = wanted_of(args)
    told = Told(town=town, register=find_register(home_of(args.town.resolve())))
    day = Day(told=told, when=when, wanted=wanted)
    if args.sites is not None:
        day = replace(day, given=list_given(read_salons(town, args.sites, lang), wanted))
    # None that is as wished is an answer, none at all is not.
    if day.salons.empty and day.source.aside().empty:
        raise _no_salon(day, asked)
    return day


def _no_salon(day: Day, asked: str | None) -> InputError:
    """Return the fault of a day without any 通いの場, with what can be done about it."""
    said = day.say_salons()[0]
    if day.when.known:  # what was not known then cannot be recorded any more
        return InputError(
            Words(
                f"{day.when.on} に台帳が知っていて数える通いの場は、1つもありません（{said.ja}）。"
                "ほかの日にしてください",
                f"the register knew no salon on {day.when.on} that counts ({said.en}); name "
                "another day",
            )
        )
    if asked:  # no file may be given beside a day
        return InputError(
            Words(
                f"{day.when.on} に数える通いの場が1つもありません（{said.ja}）。ほかの日にするか、"
                "その日のようすを台帳に記録してください",
                f"no salon counts on {day.when.on} ({said.en}); name another day, or record in the "
                "register what there was",
            )
        )
    return InputError(
        Words(
            f"通いの場が1つもありません（{said.ja}）。--sites で渡すか、台帳に記録してください",
            f"there is no salon ({said.en}); give some with --sites, or record them in the register",
        )
    )


def say_day(args: argparse.Namespace, day: Day) -> list[Words]:
    """Return which day was asked of, and by whose knowledge, where one was named (いつの時点の文)."""
    return [day.say_when()] if args.as_of or args.known_on else []


def open_town(folder: Path, when: When, wanted: Wanted = EVERY_SALON) -> Day:
    """Return a town and its register, if there is one, on a day (その日の街を開く)."""
    told = Told(town=load_town(folder), register=find_register(home_of(folder.resolve())))
    return Day(told=told, when=when, wanted=wanted)


def read_salons(town: Town, path: Path, lang: Lang) -> pd.DataFrame:
    """Return the 通いの場 of a file as Sites of a town (ファイルの通いの場)."""
    return _read_sites(town, path, lang, "salon")


def read_places(town: Town, path: Path, lang: Lang) -> pd.DataFrame:
    """Return the places of a file, that are no 通いの場 yet, as Sites of a town (ファイルの所)."""
    return _read_sites(town, path, lang, "resource")


def say_sources(town: Town) -> list[Words]:
    """Return the town's sources with their dates, a line each, as tables carry them (出典の行)."""
    told = [(one.credit or one.name, f"（{one.date}）" if one.date else "") for one in town.credits]
    return [
        Words(f"出典　{name}{date}", f"Source: {name}{date}") for name, date in dict.fromkeys(told)
    ]


def _read_sites(town: Town, path: Path, lang: Lang, kind: SiteKind) -> pd.DataFrame:
    frame, problems = load_sites(path, kind=kind, source=path.name)
    for problem in problems:
        print("・" + visible(problem.say(lang)), file=sys.stderr)
    lon, lat = (frame[one].to_numpy(dtype=float) for one in ("lon", "lat"))
    x_m, y_m = town.plane.to_m(lon, lat)
    return check_sites(frame.assign(x_m=x_m, y_m=y_m)[list(SITES)].reset_index(drop=True))
