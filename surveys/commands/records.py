"""``kayoi records``: files into the register, out of it, and its check (調査記録のコマンド)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from geo.base.outputs import GEOJSON, check_output, check_place
from geo.base.problems import InputError
from geo.base.square import OFFICE_MARK, check_office_name, say_homes_told, say_office_file
from geo.base.words import Words
from surveys.commands.many_files import read_one, save_all
from surveys.commands.shared import (
    declare_actions,
    read_clock,
    save_export,
    tell,
)
from surveys.commands.taking import add_taking, take_file
from surveys.formats.format import FORMATS, dump_type
from surveys.imports.known_town import NO_TOWN
from surveys.record.counted import say_count
from surveys.record.veil import NO_AREAS
from surveys.store.backup import open_kept
from surveys.store.checking import check_register, count_orphans, explain_bases
from surveys.store.disk import disk_in_words
from surveys.store.listing import SiteQuery
from surveys.store.own_choices import type_of
from surveys.store.portables import EVERY_SITE, portables_of
from surveys.store.register import find_register, open_register
from surveys.types import EVERY_TYPE, LOGS, RECORD_TYPES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from geo.base.arguments import Add
    from geo.base.words import Lang
    from surveys.imports.known_town import KnownTown
    from surveys.record.portable import Portable
    from surveys.store.register import Register

WORDS = Words(
    "調査の記録を取りこみ、書き出し、点検します",
    "bring survey records in, write them out, check them",
)
ALL: Final = "all"
# Takes what the town was built with into a register, before a file is brought in.
Settle = Callable[["Register"], None]
FindAreas = Callable[[Path, "Sequence[Portable]"], Mapping[str, str]]
# Says which sites are written, by the arguments.
FindQuery = Callable[["argparse.Namespace"], SiteQuery]


def find_no_areas(town: Path, homes: Sequence[Portable]) -> Mapping[str, str]:
    """Return no area for any site: here nothing is known of the ground (地区を知らない)."""
    del town, homes
    return NO_AREAS


def settle_nothing(register: Register) -> None:
    """Leave a register as it is: here nothing is known of a town (何も取りこまない)."""
    del register


def add_arguments(
    parser: argparse.ArgumentParser, lang: Lang, add_filters: Callable[[Add], None] | None = None
) -> None:
    """Declare the arguments of each of the three (引数).

    Parameters
    ----------
    add_filters
        Declares those that say which sites are written.
    """

    def add_export(add: Add) -> None:
        _add_export(add)
        if add_filters is not None:
            add_filters(add)

    declare_actions(
        parser,
        lang,
        ("import", Words("ファイルを取りこみます", "bring a file in"), _add_import),
        ("export", Words("ファイルに書き出します", "write a file"), add_export),
        ("check", Words("台帳を点検します", "check the register"), _add_town),
    )


def run(
    args: argparse.Namespace,
    lang: Lang,
    find_areas: FindAreas = find_no_areas,
    settle: Settle = settle_nothing,
    find_query: FindQuery | None = None,
    town: KnownTown = NO_TOWN,
) -> None:
    """Do one of the three (実行).

    Parameters
    ----------
    find_areas
        Says by site id which area of the town a home lies in.
    settle
        Takes the town's own list into a register that is only thought of.
    find_query
        Reads the filters of `add_arguments`.
    town
        What a file is held against.
    """
    if args.action == "export":
        _export(args, lang, find_areas, find_query)
    elif args.action == "import":
        _import(args, lang, settle, town)
    else:
        _check(args, lang)


def _add_town(add: Add) -> None:
    add("--town", "街のフォルダ", "the town's folder", type=Path, required=True, metavar="DIR")


def _add_import(add: Add) -> None:
    _add_town(add)
    types = list(EVERY_TYPE)
    add("--type", "調査票", "the record type", required=True, choices=types, metavar="TYPE")
    add(
        "file", "取りこむファイル、または書き出したフォルダか .zip",
        "the file, or a folder or .zip that export wrote", type=Path, metavar="FILE",
    )  # fmt: skip
    add("--dry-run", "予定を見るだけ", "only say what it would do", action="store_true")
    add("--by", "取りこむ人の役職", "the role of who brings it in", default="", metavar="ROLE")
    add("--on", "ファイルの日付", "the day the file speaks of", default="", metavar="DATE")
    add_taking(add)


def _add_export(add: Add) -> None:
    _add_town(add)
    types = [*RECORD_TYPES, ALL, *LOGS]
    add("--type", "調査票", "the record type", required=True, choices=types, metavar="TYPE")
    add("--format", "書式", "the format", required=True, choices=list(FORMATS))
    add(
        "--out",
        "書き出すファイル。--type all の csv は、フォルダ（種類ごとのファイル）か .zip の名前",
        "the file; of --type all as csv a folder (a file a type) or a name ending in .zip",
        type=Path, required=True, metavar="FILE",
    )  # fmt: skip
    add("--keys", "見出しの言語", "language of the headings", default="ja", choices=["ja", "en"])
    add(
        "--exact",
        f"個人の家も正確な位置で書く（{OFFICE_MARK}。--out の名前に「{OFFICE_MARK}」を入れてください）",
        f"tell private homes as they are ({OFFICE_MARK}: the name of --out must say so)",
        action="store_true",
    )


def _import(args: argparse.Namespace, lang: Lang, settle: Settle, town: KnownTown) -> None:
    if not args.town.is_dir():
        raise InputError(Words(f"フォルダ {args.town} がありません", f"no folder {args.town}"))
    _check_file(args.file)
    with disk_in_words(args.file):
        name, data = read_one(args.file, args.type)
    with _opened(args, settle) as register:
        take_file(register, name, data, args, lang, town)


def _check_file(path: Path) -> None:
    if not path.exists():
        raise InputError(
            Words(
                f"ファイル {path} が見つかりません。場所と名前を確かめてください",
                f"no file {path}: check its place and name",
            )
        )


@contextmanager
def _opened(args: argparse.Namespace, settle: Settle) -> Iterator[Register]:
    """Open the town's register; to look only, where there is none, one that is thought of."""
    found = find_register(args.town)
    if found is None and args.dry_run:
        with TemporaryDirectory() as folder:
            register = open_register(Path(folder))
            try:
                settle(register)
                yield register
            finally:
                register.engine.dispose()
        return
    register = found or open_register(args.town)
    try:
        yield register
    finally:
        register.engine.dispose()


def _export(
    args: argparse.Namespace, lang: Lang, find_areas: FindAreas, find_query: FindQuery | None
) -> None:
    if args.exact:
        check_office_name(args.out)
    _check_out(args)
    query = EVERY_SITE if find_query is None else find_query(args)
    register = open_kept(args.town)
    try:
        ids = list(RECORD_TYPES) if args.type == ALL else [args.type]
        wanted = [type_of(register, one) for one in ids]
        sites = {one: portables_of(register, one, query) for one in wanted}
    finally:
        register.engine.dispose()
    now, count = read_clock(), sum(map(len, sites.values()))
    homes = [one for rows in sites.values() for one in rows if one.home]
    areas = find_areas(args.town, homes) if homes and not args.exact else NO_AREAS
    if args.type == ALL:
        kept = {one: rows for one, rows in sites.items() if rows}
        save_all(
            args.out, args.format, kept, lang=args.keys, made_at=now, exact=args.exact, areas=areas
        )
    else:
        data = dump_type(
            args.format, wanted[0], sites[wanted[0]], lang=args.keys, made_at=now,
            exact=args.exact, areas=areas,
        )  # fmt: skip
        save_export(args.out, data)
    many = say_count(wanted[0], count)
    tell(Words(f"{many.ja}を {args.out} に書きました", f"{many.en} in {args.out}"), lang)
    tell(say_office_file(args.out.name), lang)
    if homes:
        tell(say_homes_told(len(homes), exact=args.exact), lang)


def _check_out(args: argparse.Namespace) -> None:
    """Refuse a name that says another format, or is a file of the town."""
    form = FORMATS[args.format]
    endings = [form.suffix, *(GEOJSON if form.suffix in GEOJSON else ())]
    many = args.type == ALL
    if many and form.dump_many is None and args.out.suffix != ".zip":
        check_place(args.out, args.town)
        return  # a folder, or a name `save_all` refuses
    check_output(args.out, [*endings, *([".zip"] if many else [])], town=args.town)


def _check(args: argparse.Namespace, lang: Lang) -> None:
    register = open_kept(args.town)
    try:
        faults, orphans = check_register(register), count_orphans(register)
        explained = explain_bases(register)
        sites = len(register.site_ids())
    finally:
        register.engine.dispose()
    for words in faults:
        tell(words, lang, mark="・")
    for words in explained:
        tell(words, lang)
    if orphans:
        words = Words(
            f"どこにも使われない写真が {orphans}枚あります（そのままでかまいません）",
            f"{orphans} photos are used nowhere, which does no harm",
        )
        tell(words, lang)
    if faults:
        raise InputError(
            Words(
                f"台帳に、合わないところが {len(faults)}あります。"
                "控え（バックアップ）から戻すか、管理する人に知らせてください",
                f"{len(faults)} things in the register do not fit: restore a backup, or tell its keeper",
            )
        )
    tell(Words(f"{sites}か所すべて合っています", f"all {sites} sites fit"), lang)
