"""``kayoi print``: sheets for paper as one PDF (紙のPDFのコマンド)."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from geo.base.arguments import make_adder
from geo.base.files import save_bytes
from geo.base.outputs import PDF, check_output
from geo.base.problems import InputError
from geo.base.square import say_office_file
from geo.base.text import visible
from geo.base.words import Words
from geo.sources.editions import home_of
from geo.sources.town_folder import load_town
from geo.walk.walkers import WALKERS
from layers.commands.own_list import settle_town
from layers.pdf.handed import hand_over
from layers.served.clock import now_in_japan
from layers.sheets.parts.declare import NotHereError
from layers.sheets.parts.frame import Frame
from layers.sheets.sheet import SHEETS
from surveys.record.walk import WALK
from surveys.store.listing import each_site, list_walks
from surveys.store.portables import EVERY_SITE
from surveys.store.register import find_register, open_register
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence

    from geo.base.words import Lang
    from geo.town import Town
    from layers.sheets.parts.declare import Sheet
    from surveys.record.site import Site
    from surveys.store.register import Register

WORDS = Words("紙に出すものを PDF にします", "write sheets for paper as one PDF")
KEPT: Final = ("site", "walk")
# Of more there are several files, one after another: each sheet takes about 5 MB of memory.
MOST_SHEETS: Final = 300
_TOLD_EACH: Final = 100
# A sheet is asked for by the first part of its address.
_BY_NAME: Final = {
    one.address.partition("/")[0]: one for one in SHEETS.values() if not one.own_command
}
_WALKER: Final = "elderly"


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add("--town", "街のフォルダ", "the town's folder", type=Path, required=True, metavar="DIR")
    said = Words(
        "、".join(f"{name}={one.words.ja}" for name, one in _BY_NAME.items()),
        ", ".join(f"{name}: {one.words.en}" for name, one in _BY_NAME.items()),
    )
    add("sheet", f"何を: {said.ja}", f"what: {said.en}", choices=list(_BY_NAME), metavar="SHEET")
    types = " ".join(RECORD_TYPES)
    add(
        "of", f"番号（紙にあるもの）か id、または種類（{types}）。言わなければ、すべて",
        f"a number, as on paper, or an id, or a kind ({types}); all unless given",
        nargs="?", default="", metavar="ID|TYPE",
    )  # fmt: skip
    add(
        "--out",
        f"書き出すファイル（.pdf）。{MOST_SHEETS}件を超えると _1、_2 … に分ける",
        f"the file to write (.pdf); more than {MOST_SHEETS} sheets are several, _1, _2 …",
        type=Path, required=True, metavar="FILE",
    )  # fmt: skip
    add("--lang", "紙の言語", "language of the sheets", default="ja", choices=["ja", "en"])


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Draw the sheets, write the file whole or not at all, say what it holds (実行)."""
    check_output(args.out, PDF, town=args.town)
    sheet = _BY_NAME[args.sheet]
    town = load_town(args.town)
    with _opened(args.town, town, sheet, lang) as register:
        frame = Frame(
            town_folder=args.town, town=town, register=register, walker=WALKERS[_WALKER],
            now=now_in_japan(), lang=args.lang, as_file=True,
        )  # fmt: skip
        asked, params = _asked(sheet, args.of, register)
        written = _write(args, sheet, list(_draw(sheet, asked, params, frame)), frame)
    for path, count in written:
        told = Words(f"{path} に書きました（{count:,}件）", f"wrote {path} ({count:,})")
        print(visible(told.say(lang)))
    if sheet.for_office:
        print("・" + visible(say_office_file(args.out.name).say(lang)))


def _write(
    args: argparse.Namespace, sheet: Sheet, pages: Sequence[str], frame: Frame
) -> list[tuple[Path, int]]:
    """Write the file, or of very many sheets several; return each with how many it holds."""
    if not pages:
        raise InputError(
            Words(
                "紙に出すものが、1つもありません。台帳に記録すると、出せるようになります",
                "there is nothing to print yet: record something in the register",
            )
        )
    parts = [pages[at : at + MOST_SHEETS] for at in range(0, len(pages), MOST_SHEETS)]
    out, title = [], f"{frame.town.name}　{_name(sheet, args)}" if len(pages) > 1 else ""
    for number, part in enumerate(parts, 1):
        path = args.out if len(parts) == 1 else _numbered(args.out, number)
        check_output(path, PDF, town=args.town)
        of = f"（{number}/{len(parts)}）" if len(parts) > 1 else ""
        data = hand_over(
            part, frame, for_office=sheet.for_office, contents=len(pages) > 1, title=title + of
        )
        save_bytes(path, data)
        out.append((path, len(part)))
    return out


def _numbered(path: Path, number: int) -> Path:
    return path.with_name(f"{path.stem}_{number}{path.suffix}")


@contextmanager
def _opened(folder: Path, town: Town, sheet: Sheet, lang: Lang) -> Iterator[Register]:
    """Open the town's register; a sheet that shows nothing of it is drawn without."""
    home = home_of(folder.resolve())
    if sheet.for_office:
        settle_town(home, town, lang, make=not town.salons.empty)
    register = find_register(home)
    if register is not None:
        try:
            yield register
        finally:
            register.engine.dispose()
        return
    if sheet.for_office:
        raise InputError(
            Words(
                f"{folder} に台帳がありません。kayoi records import で取りこむか、kayoi serve で記録してください",
                f"{folder} has no register: bring a file in with kayoi records import, or record "
                "with kayoi serve",
            )
        )
    with TemporaryDirectory() as aside:
        empty = open_register(Path(aside))
        try:
            yield empty
        finally:
            empty.engine.dispose()


def _asked(
    sheet: Sheet, of: str, register: Register
) -> tuple[list[dict[str, str]], dict[str, str]]:
    """Return the parts of the address of each sheet that is asked for, and its query."""
    names = re.findall(r"\{(\w+)(?::\w+)?\}", sheet.address)
    if of and of not in RECORD_TYPES and names != ["id"]:
        if len(names) > 1:
            return [dict(zip(names, of.split("/", len(names) - 1), strict=False))], {}
        raise _no_type(of)
    if not names:
        return [{}], {"type": of} if of else {}
    if names == ["type"]:
        return [{"type": one} for one in ([of] if of else RECORD_TYPES)], {}
    if names != ["id"]:
        raise InputError(
            Words(
                f"どれを出すかを言ってください: {sheet.asked_with.ja}（{'/'.join(names)}）",
                f"say which: {sheet.asked_with.en} ({'/'.join(names)})",
            )
        )
    if of and of not in RECORD_TYPES:
        return [{"id": _find(of, register)}], {}
    return [{"id": one.id} for one in _sites(sheet, of, register)], {}


def _sites(sheet: Sheet, type_id: str, register: Register) -> list[Site]:
    if sheet.id == WALK.id:
        if type_id:
            raise _no_type(type_id)
        return sorted(list_walks(register), key=lambda one: one.number)
    query = replace(EVERY_SITE, types=(type_id,)) if type_id else EVERY_SITE
    return [one for one in each_site(register, query) if one.type.id != WALK.id]


def _find(of: str, register: Register) -> str:
    """Return the id of a site that is named by its number or its id."""
    found = register.site(of)
    if found is not None and not found.hidden:
        return found.id
    if of.isascii() and of.isdigit():
        every = (*each_site(register, EVERY_SITE), *list_walks(register))
        for one in every:
            if one.number == int(of):
                return one.id
    raise InputError(
        Words(
            f"台帳に「{of[:200]}」という番号の記録はありません。一覧かカルテにある番号を書いてください",
            f"the register has no {of[:200]!r}: give the number a list or a sheet shows",
        )
    )


def _draw(
    sheet: Sheet, asked: list[dict[str, str]], params: Mapping[str, str], frame: Frame
) -> Iterator[str]:
    """Yield each sheet's page; of many, what cannot be a sheet of this kind is passed over."""
    for number, path in enumerate(asked, 1):
        if len(asked) > 1:
            with suppress(NotHereError):
                yield sheet.draw(frame, path, params)
        else:
            try:
                yield sheet.draw(frame, path, params)
            except NotHereError as error:
                raise InputError(error.words) from None
        if number % _TOLD_EACH == 0:
            words = Words(f"・{number:,}/{len(asked):,}", f"· {number:,} of {len(asked):,}")
            print(words.say(frame.lang), file=sys.stderr, flush=True)


def _name(sheet: Sheet, args: argparse.Namespace) -> str:
    type_ = RECORD_TYPES.get(args.of)
    return "　".join(
        filter(None, (sheet.words.say(args.lang), type_.words.say(args.lang) if type_ else ""))
    )


def _no_type(of: str) -> InputError:
    known = " ".join(RECORD_TYPES)
    return InputError(
        Words(
            f"「{of[:200]}」という種類は、ここでは使えません。使えるもの: {known}",
            f"{of[:200]!r} is no kind that can be printed here; there is: {known}",
        )
    )
