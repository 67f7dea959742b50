"""``kayoi demo``: make the invented town and show it (デモのコマンド)."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from geo.base.words import Words
from geo.sources.demo_town import build_demo
from layers.commands.serve import add_server_arguments, read_listening, serve_town
from layers.demo_register import fill_demo_register

if TYPE_CHECKING:
    import argparse

    from geo.base.words import Lang

WORDS = Words(
    "架空の街をつくって、ブラウザで見せます", "make an invented town and show it in the browser"
)


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add_server_arguments(parser, lang)
    quiet = Words("ブラウザを開かない", "do not open the browser").say(lang)
    parser.add_argument("--no-browser", action="store_true", help=quiet)
    out = Words(
        "街のフォルダ（ふつうは demo-town）", "the town's folder (demo-town if not given)"
    ).say(lang)
    parser.add_argument("--out", type=Path, default=Path("demo-town"), metavar="DIR", help=out)


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Make the town and serve it (実行)."""
    folder = args.out.resolve()

    def say(words: Words) -> None:
        print(words.say(lang) + " …", file=sys.stderr, flush=True)

    build_demo(folder, say)
    say(Words("社会資源の台帳を用意しています", "preparing the survey register"))
    fill_demo_register(folder, today=datetime.now().astimezone().date())
    serve_town(folder, read_listening(args), lang=lang, browser=not args.no_browser)
