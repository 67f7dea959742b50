"""``kayoi get``: the files of a town, fetched, listed to be carried, or taken in (資料を取り寄せるコマンド)."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.base.arguments import make_adder
from geo.base.dates import say_date
from geo.base.files import save_text
from geo.base.municipal.find import choose_municipality
from geo.base.outputs import check_output
from geo.base.problems import InputError
from geo.base.stopping import stop_in_order
from geo.base.text import visible
from geo.base.words import Words
from geo.sources.get.declared import ADDRESSES, read_table
from geo.sources.get.got import KINDS, build_arguments
from geo.sources.get.took import take_from
from geo.sources.get.town import fetch_town
from geo.sources.where.declared import FILE_KINDS
from layers.getting.carry import draw_carry_list
from layers.getting.eyes import check_file, recognise

if TYPE_CHECKING:
    import argparse

    from geo.base.municipal.listed import Listed
    from geo.base.words import Lang
    from geo.sources.get.declared import Table
    from geo.sources.get.got import Got, Missing

WORDS = Words(
    "街をつくる資料（境・町丁目・年齢・道・標高）を、公の所と OpenStreetMap から取り寄せます。続きからも始まります",
    "fetch the files a town is made of (border, areas, ages, streets, heights) from official sources and "
    "OpenStreetMap; goes on where it was stopped",
)
_MB: Final = 1_000_000
_HTML: Final = (".html", ".htm")
_GROUND: Final = ("streets", "border", "areas")
_SCREEN: Final = Path("-")
_PLAIN: Final = re.compile(r"[\w@%+=:,./-]+")


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    kinds = "、".join(f"{one}（{FILE_KINDS[one].words.ja}）" for one in KINDS)
    add("city", "市区町村: 浦安市、千葉県浦安市、かな、5けたか6けたのコード",
        "the municipality: its name (Japanese or kana) or its code of five or six digits", metavar="CITY")  # fmt: skip
    add("--out", "資料を入れるフォルダ（なければ市区町村の名前）",
        "folder for the files (by default called after the municipality)", type=Path, metavar="DIR")  # fmt: skip
    add("--list", "取り寄せずに、インターネットのあるパソコンへ持って行く一覧を書く（- なら画面へ）",
        "fetch nothing: write a list to carry to a computer with internet (- for the screen)",
        type=Path, metavar="FILE.html")  # fmt: skip
    add("--from", "持って来たフォルダの中から、使えるものを受けとる",
        "take what is of use from a folder that was brought", type=Path, metavar="DIR", dest="source")  # fmt: skip
    add("--only", f"これだけ。何度でも: {kinds}", f"only these; may be repeated: {', '.join(KINDS)}",
        action="append", choices=KINDS, metavar="KIND")  # fmt: skip
    add("--by", "ふつうの所の代わりに、ここから。何度でも: geofabrik（道を地方の切り出しから。数百MB）",
        "from here instead of the usual place; may be repeated: geofabrik (streets from the extract of the "
        "region, some hundred MB)", action="append", default=[], metavar="PLACE")  # fmt: skip
    add("--again", "もうあるものも、取り寄せなおす", "fetch anew what is there already",
        action="store_true")  # fmt: skip
    add("--table", "アドレスの表（addresses.toml を直したもの）", "a table of addresses, mended",
        type=Path, metavar="FILE.toml")  # fmt: skip


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Fetch, list, or take in, and say what is there and what to do next (実行)."""
    if args.list is not None and args.source is not None:
        raise InputError(
            Words(
                "--list と --from は一緒に使えません", "--list and --from cannot be used together"
            )
        )
    city = choose_municipality(args.city)
    table = _table(args.table)
    today = date.today()  # noqa: DTZ011 - the day of the person who fetches
    if args.list is not None:
        _write_list(args.list, city, table, today, lang)
        return
    folder = args.out or Path(city.name)
    shown = _Shown(lang)
    with stop_in_order():
        try:
            got = _get(args, city, folder, table, today, shown)
        except KeyboardInterrupt:
            shown.say(_STOPPED)
            raise
    shown.end()
    _report(got, lang, brought=args.source is not None)


_STOPPED: Final = Words(
    "止めました。同じコマンドをもう一度で、続きから始まります",
    "stopped; the same command goes on from there",
)


class _Shown:
    """What is told on the way: sentences, and on a terminal the bytes so far in one line."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self._line = ""
        self._live = sys.stderr.isatty()

    def say(self, words: Words) -> None:
        self.end()
        print(visible(words.say(self._lang)), file=sys.stderr, flush=True)

    def progress(self, name: str, done: int, total: int | None) -> None:
        line = f"  {visible(name)}  {_amount(done, total)}"
        if self._live and line != self._line:
            print(f"\r{line.ljust(len(self._line))}", end="", file=sys.stderr, flush=True)
            self._line = line

    def end(self) -> None:
        """End the line of bytes."""
        if self._line:
            print(file=sys.stderr)
        self._line = ""


def _amount(done: int, total: int | None) -> str:
    """Return bytes as megabytes, or tiles as they are.

    Examples
    --------
    >>> _amount(1_500_000, 3_000_000), _amount(3, 20), _amount(2_000_000, None)
    ('1.5 / 3.0 MB', '3 / 20', '2.0 MB')
    """
    if total is not None and total < _MB:
        return f"{done:,} / {total:,}"
    whole = "" if total is None else f" / {total / _MB:,.1f}"
    return f"{done / _MB:,.1f}{whole} MB"


def _table(path: Path | None) -> Table:
    if path is None:
        return ADDRESSES
    try:
        return read_table(path.read_text(encoding="utf-8-sig"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            Words(f"アドレスの表 {path} が読めません: {error}", f"cannot read {path}: {error}")
        ) from None


def _write_list(path: Path, city: Listed, table: Table, today: date, lang: Lang) -> None:
    back = Words(
        f"kayoi get {city.full_name} --from フォルダ", f"kayoi get {city.full_name} --from FOLDER"
    )
    page = draw_carry_list(city, lang, today=today, back=back.say(lang), table=table)
    if path == _SCREEN:
        sys.stdout.write(page)
        return
    check_output(path, _HTML, town=None)
    save_text(path, page)
    done = Words(
        f"{path} を書きました。インターネットのあるパソコンで開いてください",
        f"wrote {path}: open it on a computer with internet",
    )
    print(visible(done.say(lang)))


def _get(
    args: argparse.Namespace, city: Listed, folder: Path, table: Table, today: date, shown: _Shown
) -> Got:  # fmt: skip
    if args.source is not None:
        return take_from(
            city, args.source, folder, recognise=recognise, today=today, say=shown.say, table=table
        )
    return fetch_town(
        city, folder, check=check_file, today=today, say=shown.say, progress=shown.progress,
        kinds=args.only or KINDS, by=args.by, again=args.again, table=table,
    )  # fmt: skip


def _report(got: Got, lang: Lang, *, brought: bool) -> None:
    def tell(words: Words) -> None:
        print(visible(words.say(lang)))

    name = got.city.full_name
    tell(Words(f"{name}（{got.city.code}）の資料: {got.folder}",
               f"files of {name} ({got.city.code}): {got.folder}"))  # fmt: skip
    for one in got.files:
        kind, size = FILE_KINDS[one.kind].words, f"{max(one.size / _MB, 0.1):,.1f} MB"
        on = date.fromisoformat(one.on)
        tell(Words(f"・ある　{kind.ja}: {one.file}（{size}、{say_date(on, 'ja')}）",
                   f"+ {kind.en}: {one.file} ({size}, {one.on})"))  # fmt: skip
    for missing in got.missing:
        _tell_missing(missing, lang)
    offline = Words("インターネットにつながらないようです。", "there seems to be no internet. ")
    if got.missing and (brought or not got.answered):
        first = Words("", "") if brought else offline
        tell(
            Words(
                f"{first.ja}足りないものの一覧を書いて、つながるパソコンへ持って行けます: "
                f"kayoi get {name} --list 一覧.html",
                f"{first.en}a list of what is missing can be carried to a computer with internet: "
                f"kayoi get {name} --list list.html",
            )
        )
    _tell_next(got, lang)


def _tell_missing(missing: Missing, lang: Lang) -> None:
    kind, why = missing.kind, missing.words
    print(
        visible(
            Words(f"・まだ　{kind.words.ja}: {why.ja}", f"- {kind.words.en}: {why.en}").say(lang)
        )
    )


def _quoted(text: str) -> str:
    """Return an argument as a shell takes it; plain Japanese stays plain.

    Examples
    --------
    >>> _quoted("町丁目=浦安市/a.zip:S_NAME"), _quoted("a b")
    ('町丁目=浦安市/a.zip:S_NAME', "'a b'")
    """
    return text if _PLAIN.fullmatch(text) else shlex.quote(text)


def _tell_next(got: Got, lang: Lang) -> None:
    if not any(got.of(kind) for kind in _GROUND):
        words = Words(
            "次にすること: 市の境・町丁目・道のどれかがそろったら、街をつくります",
            "next: once there is a border, areas or streets, make the town",
        )
        print(words.say(lang))
        return
    if not got.of("streets"):
        words = Words(
            "道がないので、街の距離はすべて直線になります。道は、あとから足せます",
            "without streets every distance of the town is a straight line; they may be added later",
        )
        print(words.say(lang))
    town = got.folder.with_name(f"{got.folder.name}-街")
    command = ["kayoi", "build", *build_arguments(got, town)]
    windows = os.name == "nt"
    line = subprocess.list2cmdline(command) if windows else " ".join(map(_quoted, command))
    print(Words("次にすること（街をつくる）:", "next (make the town):").say(lang))
    print(f"  {line}")
