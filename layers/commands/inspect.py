"""``kayoi inspect``: what files are, and what they are good for here (ファイルを見立てるコマンド)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from geo.base.arguments import make_adder
from geo.base.problems import InputError
from geo.base.text import visible
from geo.base.words import Words
from layers.inspected.look import look_at
from layers.inspected.say import plain_seen, say_seen

if TYPE_CHECKING:
    import argparse

    from geo.base.words import Lang

WORDS = Words(
    "ファイルが何か、どこの物か、何に使えるかを見ます。何も取りこみません",
    "say what files are, where they lie and what they are good for; nothing is taken",
)


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add("files", "ファイルかフォルダ", "files or folders", nargs="+", type=Path, metavar="FILE")
    add("--json", "JSON で出す", "print JSON", action="store_true")


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Look at each file, print what was seen (実行)."""
    paths = [one for given in args.files for one in list_files(given)]
    if args.json:
        seen = [look_at(one) for one in paths]
        text = json.dumps(plain_seen(seen, lang), ensure_ascii=False, indent=1)
        print("\n".join(map(visible, text.split("\n"))))
        return
    for one in paths:
        for line in say_seen(look_at(one), lang):
            print(visible(line))


def list_files(given: Path) -> list[Path]:
    """Return a file, or every file in a folder, by name (ファイルを並べる).

    Raises
    ------
    InputError
        When there is none.
    """
    if given.is_file():
        return [given]
    found = sorted(one for one in given.rglob("*") if one.is_file()) if given.is_dir() else []
    if not found:
        raise InputError(Words(f"{given} というファイルはありません", f"there is no file {given}"))
    return found
