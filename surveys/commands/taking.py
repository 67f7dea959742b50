"""``kayoi records import``: what of a file is not used, what is asked, and taking it (取りこみのコマンド)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo.base.addressed.book import Books
from geo.base.addressed.files import read_address_files
from geo.base.dates import parse_past_day
from geo.base.guesses import ENCODINGS, parse_encoding
from geo.base.problems import InputError
from geo.base.text import visible
from geo.base.words import Words
from geo.sheets.choose import ManySheetsError
from surveys.commands.shared import make_id, read_clock, tell
from surveys.imports.asked import DOUBTS, find_asked, say_doubt, say_rows_of
from surveys.imports.bring_in import bring_in
from surveys.imports.importing import apply_plan, say_plan
from surveys.imports.known_town import NO_TOWN
from surveys.imports.layout import forget_choices, parse_choices
from surveys.imports.private import count_private, find_private, say_private, with_reason
from surveys.imports.say_rows import say_rows
from surveys.imports.unused import count_unused, list_unused
from surveys.record.as_of import day_in_japan
from surveys.record.counted import say_count
from surveys.types import EVERY_TYPE

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from geo.base.arguments import Add
    from geo.base.words import Lang
    from surveys.formats.parts.reading import Reading
    from surveys.imports.asked import Asked
    from surveys.imports.known_town import KnownTown
    from surveys.imports.plan import Plan
    from surveys.imports.private import PrivateRow
    from surveys.store.register import Register


def add_taking(add: Add) -> None:
    """Declare how a file is to be read and what is accepted of it (引数)."""
    add(
        "--map",
        "列を項目として読む（'事業所名=name'、使わない列は '階数='、項目の一覧は '事業所名=?'）。何度でも。"
        "選ばなければ、前に選んだ読み方",
        "read a column as a field ('office=name'; 'floors=' leaves it out,"
        " 'office=?' lists the fields); may be repeated;"
        " without it, as chosen before",
        action="append", default=[], metavar="HEADING=FIELD",
    )  # fmt: skip
    add(
        "--forget-map", "前に選んだ列の読み方を忘れる", "forget how columns were read before",
        action="store_true",
    )  # fmt: skip
    add(
        "--sheet", "読むシート。何度でも。all は見出しが同じシートをすべて",
        "the sheet to read; may be repeated; all takes every sheet of the same headings",
        action="append", default=[], metavar="NAME",
    )  # fmt: skip
    add(
        "--encoding", f"文字コード: {'、'.join(ENCODINGS.values())}",
        f"encoding: {', '.join(ENCODINGS.values())}", default="", metavar="NAME",
    )  # fmt: skip
    add(
        "--zone", "平面直角座標系の系（1～19）。系のどこにも書いてない座標だけに",
        "plane-rectangular zone (1 to 19), for metres of which nothing tells it",
        type=int, default=0, choices=range(20), metavar="N",
    )  # fmt: skip
    add(
        "--addresses",
        "住所のファイル。何度でも（Geolonia の .csv・.json・-住居表示.txt・-地番.txt、位置参照情報）。"
        "座標のない行を住所で置く",
        "a file of addresses, may be repeated (Geolonia's files, old and new, or the ministry's position"
        " tables): rows without coordinates are placed by it",
        type=Path, action="append", default=[], metavar="FILE",
    )  # fmt: skip
    add(
        "--accept",
        "確かめたうえで取りこむ: names（名前のない地点）、places（街の外）、kind（ほかの種類に見える）",
        "take after a look: names (sites without one), places (outside the town),"
        " kind (looks like another kind)",
        default="", metavar="names,places,kind",
    )  # fmt: skip
    add(
        "--private-reason", "個人の名前や電話番号のある行を、そのまま残すわけ（行といっしょに残る）",
        "why rows that tell who somebody is stay as they are (kept with each of them)",
        default="", metavar="TEXT",
    )  # fmt: skip


def take_file(
    register: Register,
    name: str,
    data: bytes,
    args: argparse.Namespace,
    lang: Lang,
    town: KnownTown = NO_TOWN,
) -> None:
    """Tell what taking a file would do, what of it is not used, and take it (取りこむ).

    Raises
    ------
    InputError
        It cannot be read, or holds what has to be accepted and was not.
    """
    accepted = parse_accept(args.accept)
    town = replace(town, books=_books(args.addresses, town))
    plan, reading = _plan(register, name, data, args, town)
    if args.forget_map:
        forget_choices(register, plan.type, reading)
        plan, reading = _plan(register, name, data, args, town)
    _tell_unused(plan, reading, lang)
    for words in say_plan(plan):
        tell(words, lang)
    for line in say_rows(plan, lang):
        print("　" + visible(line))
    for problem in plan.problems:
        print("・" + visible(problem.say(lang)))
    asked = find_asked(plan, town.in_town)
    private = find_private(register, plan)
    for words in say_private(private):
        print("・" + visible(words.say(lang)))
    plan = with_reason(plan, private, args.private_reason)
    refused = _refusal(plan, asked, accepted) or _refuse_private(private, args.private_reason)
    if args.dry_run:
        if refused is not None:
            tell(refused.words, lang)
        tell(
            Words("予定だけです。何も取りこんでいません", "a plan only: nothing was brought in"),
            lang,
        )
        return
    if refused is not None:
        raise refused
    touched = apply_plan(register, plan)
    many = say_count(plan.type, touched)
    tell(Words(f"{many.ja}を取りこみました", f"{many.en} were brought in"), lang)


def _refuse_private(rows: list[PrivateRow], reason: str) -> InputError | None:
    if not rows or reason.strip():
        return None
    said = count_private(rows)
    return InputError(
        Words(f"{said.ja}（--private-reason 'わけ'）", f"{said.en} (--private-reason 'why')")
    )


def parse_accept(text: str) -> list[str]:
    """Return what is accepted of ``names,places`` (確かめたこと).

    Raises
    ------
    InputError
        Another word.

    Examples
    --------
    >>> parse_accept("names, kind")
    ['names', 'kind']
    """
    words = [one.strip() for one in text.split(",") if one.strip()]
    if wrong := [one for one in words if one not in DOUBTS]:
        raise InputError(
            Words(
                f"--accept「{visible('、'.join(wrong))}」は使えません。names、places、kind から選んでください",
                f"--accept {visible(', '.join(wrong))!r}: choose from names, places, kind",
            )
        )
    return words


def _plan(
    register: Register,
    name: str,
    data: bytes,
    args: argparse.Namespace,
    town: KnownTown,
) -> tuple[Plan, Reading]:
    now = read_clock()
    on = parse_past_day(args.on, day_in_japan(now)) if args.on else ""
    try:
        return bring_in(
            register, args.type, data, file=name, by=args.by, on=on, now=now, new_id=make_id,
            chosen=parse_choices(EVERY_TYPE[args.type], args.map), sheets=args.sheet,
            encoding=parse_encoding(args.encoding), zone=args.zone,
            border=town.border, books=town.books,
        )  # fmt: skip
    except ManySheetsError as error:
        named = visible("、".join(error.names))
        raise InputError(
            Words(
                f"{name}: 表のあるシートが{len(error.names)}枚あります。--sheet で選ぶか、"
                f"--sheet all で見出しが同じシートをすべて読んでください: {named}",
                f"{name}: {len(error.names)} sheets hold a table; choose by --sheet, or take all of"
                f" the same headings by --sheet all: {named}",
            )
        ) from error


def _books(files: Iterable[Path], town: KnownTown) -> Books:
    """Return the books of the files given, before what the town itself knows."""
    try:
        given = read_address_files([(one.name, one.read_bytes()) for one in files], town.border)
    except OSError as error:
        raise InputError(
            Words(
                f"住所のファイル {error.filename} が読めません。場所と名前を確かめてください",
                f"cannot read the file of addresses {error.filename}: check its place and name",
            )
        ) from None
    return Books(books=(*given.books, *town.books.books))


def _tell_unused(plan: Plan, reading: Reading, lang: Lang) -> None:
    """Name what of the file is not used, before anything is said of what is taken."""
    count = count_unused(reading)
    if count.ja:
        tell(count, lang)
        for words in list_unused(plan.type, reading):
            print("・" + visible(words.say(lang)))
    for problem in reading.mended:
        print("・" + visible(problem.say(lang)))


def _refusal(plan: Plan, asked: Asked, accepted: list[str]) -> InputError | None:
    left = asked.left(accepted)
    if not left:
        return None
    ja, en = [], []
    for one in left:
        said = say_doubt(plan, asked, one)
        rows = say_rows_of(asked.names if one == "names" else asked.places)
        listed = one != "kind"
        ja.append(said.ja + (f"（{visible(rows.ja)}）" if listed else ""))
        en.append(said.en + (f" ({visible(rows.en)})" if listed else ""))
    flag = ",".join([*accepted, *left])
    return InputError(
        Words(
            f"{'。'.join(ja)}。確かめて、よければ --accept {flag} を付けてください",
            f"{'; '.join(en)}. Look at them; to take them all the same add --accept {flag}",
        )
    )
