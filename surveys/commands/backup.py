"""``kayoi backup``: all records and photos in one file (控えをとるコマンド)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.base.arguments import make_adder
from geo.base.outputs import check_output
from geo.base.words import Words
from surveys.commands.shared import read_clock, say_summary, tell
from surveys.store.backup import save_backup

if TYPE_CHECKING:
    import argparse

    from geo.base.words import Lang

WORDS = Words(
    "調査の記録と写真の控え（バックアップ）を、一つのファイルにとります",
    "back up all survey records and photos into one file",
)


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add("--town", "街のフォルダ", "the town's folder", type=Path, required=True, metavar="DIR")
    add("file", "控えのファイル（.zip）", "the backup (.zip)", type=Path, metavar="FILE")


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Write the backup and say what it holds (実行)."""
    check_output(args.file, [".zip"], town=args.town)
    summary = save_backup(args.town, args.file, now=read_clock())
    for words in say_summary(summary):
        tell(words, lang)
    done = Words(
        f"{args.file} に控えをとりました。台帳のある機械とは別の所に写してください",
        f"backed up to {args.file}; copy it to another machine",
    )
    tell(done, lang)
