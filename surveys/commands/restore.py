"""``kayoi restore``: a backup put back (控えから戻すコマンド)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.base.arguments import make_adder
from geo.base.words import Words
from surveys.commands.shared import say_summary, tell
from surveys.store.restoring import restore_backup

if TYPE_CHECKING:
    import argparse

    from geo.base.words import Lang

WORDS = Words(
    "控え（バックアップ）をすべて確かめてから、フォルダに戻します",
    "check a backup whole, then put it back into a folder",
)


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add("file", "控えのファイル（.zip）", "the backup (.zip)", type=Path, metavar="FILE")
    add(
        "--out",
        "戻すフォルダ",
        "the folder to restore into",
        type=Path,
        required=True,
        metavar="DIR",
    )


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Restore, and say what it held and what to do next (実行)."""
    summary = restore_backup(args.file, args.out)
    for words in say_summary(summary):
        tell(words, lang)
    tell(Words(f"{args.out} に戻しました", f"restored into {args.out}"), lang)
    recipe = args.out / "town.toml"
    if summary.town_kept:
        kept = Words(
            f"街の作り方（{recipe}）は、もとからあったものを残しました",
            f"the recipe that was there ({recipe}) was left as it is",
        )
        tell(kept, lang)
    elif recipe.is_file():
        build = Words(
            f"街の地図は kayoi build --recipe {recipe} で作り直してください",
            f"make the town's map again: kayoi build --recipe {recipe}",
        )
        tell(build, lang)
