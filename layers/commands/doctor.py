"""``kayoi doctor``: an installation looked over, a line each (設置を見るコマンド)."""

from __future__ import annotations

import json
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.base.arguments import make_adder
from geo.base.settings import all_set
from geo.base.text import visible
from geo.base.version import VERSION
from geo.base.words import Words
from layers.doctor.all import look_over
from layers.doctor.parts.declare import STATES, Subject

if TYPE_CHECKING:
    import argparse

    from geo.base.words import Lang

WORDS = Words(
    "入れたものと街のフォルダを見て、なおすところを言います",
    "look over an installation and a town's folder, and say what to mend",
)
PORT: Final = 8501
_WIDE: Final = 5  # the longest of the states in Japanese, in signs


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add("--town", "街のフォルダ。なければ、前に選んだものか、ホームの中のもの",
        "the town's folder; without it the one chosen before, or the one in your home",
        type=Path, default=None, metavar="DIR")  # fmt: skip
    add("--host", "開くアドレス。ふつうはこの機械の中だけ", "address it is served on; this machine alone by default",
        default="127.0.0.1", metavar="ADDRESS")  # fmt: skip
    add("--port", "ポート番号", "port", type=int, default=PORT, metavar="P")
    add("--https", "かよいマップが自分で https を受け持つ（--cert と --key で）",
        "it serves https itself, by --cert and --key", action="store_true")  # fmt: skip
    add("--json", "JSON で出す", "say it as JSON", action="store_true", dest="as_json")


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Look, say a line each, and end with 1 where something must be mended (実行)."""
    folder = (args.town or _usual_folder()).expanduser().resolve()
    subject = Subject(
        folder=folder, named=args.town is not None, host=args.host, port=args.port,
        secure=args.https, environment=all_set(), now=datetime.now(UTC),
    )  # fmt: skip
    found, lines = [], []
    for name, finding in look_over(subject):
        found.append(finding.state)
        told = finding.words
        lines.append({"check": {"ja": name.ja, "en": name.en}, "state": finding.state,
                      "words": {"ja": told.ja, "en": told.en}})  # fmt: skip
        if not args.as_json:
            state = STATES[finding.state].say(lang)
            state = state.ljust(_WIDE, "　") if lang == "ja" else state.ljust(8)
            print(visible(f"{state} {name.say(lang)}: {told.say(lang)}"), flush=True)
    mend, careful = found.count("mend"), found.count("careful")
    if args.as_json:
        whole = {"version": VERSION, "python": platform.python_version(), "town": str(folder),
                 "mend": mend, "careful": careful, "checks": lines}  # fmt: skip
        print(json.dumps(whole, ensure_ascii=False, indent=1))
    else:
        last = Words(
            f"かよいマップ {VERSION}: なおすところ {mend}、気をつけるところ {careful}",
            f"Kayoi Map {VERSION}: {mend} to mend, {careful} to be careful of",
        )
        print(last.say(lang))
    if mend:
        sys.exit(1)


def _usual_folder() -> Path:
    """Return the folder `kayoi serve` opens unasked, also where what builds towns is missing."""
    try:
        from geo.sources.own_folder import default_folder  # noqa: PLC0415 - brings numpy along
    except ImportError:
        return Path.home()
    return default_folder()
