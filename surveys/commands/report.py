"""``kayoi report``: what a log comes to on paper, one file a report (報告のコマンド)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.base.arguments import make_adder
from geo.base.dates import parse_date
from geo.base.outputs import BOOK, check_output
from geo.base.problems import InputError
from geo.base.words import Words
from surveys.commands.shared import read_clock, save_export, tell
from surveys.reports import REPORTS
from surveys.reports.parts.paper import count_dayless, make_papers
from surveys.reports.parts.workbook import dump_papers
from surveys.store.backup import open_kept

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from geo.base.words import Lang
    from surveys.reports.parts.declare import Report

WORDS = Words("活動記録から報告をつくります", "make a report from the log")


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add(
        "form",
        "つくる報告",
        "the report",
        nargs="?",
        default=None,
        choices=list(_names()),
        metavar="FORM",
    )
    add("--list", "つくれる報告を並べる", "list the reports there are", action="store_true")
    add("--town", "街のフォルダ", "the town's folder", type=Path, default=None, metavar="DIR")
    add("--from", "はじめの日", "the first day", default="", dest="first", metavar="DATE")
    add("--to", "おわりの日", "the last day", default="", dest="last", metavar="DATE")
    add(
        "--out",
        "書き出すファイル（.xlsx）",
        "the file (.xlsx)",
        type=Path,
        default=None,
        metavar="FILE",
    )


def run(args: argparse.Namespace, lang: Lang) -> None:
    """List the reports, or make one (実行)."""
    if args.list:
        for name, one in _names().items():
            tell(Words(f"{name}　{one.words.ja}", f"{name}  {one.words.en}"), lang)
        return
    report = _names().get(args.form or "")
    if report is None or args.town is None or args.out is None:
        raise InputError(
            Words(
                f"つくる報告（{'、'.join(_names())}）と --town、--from、--to、--out を書いてください",
                f"give the report ({', '.join(_names())}), --town, --from, --to and --out",
            )
        )
    first, last = (_day(text, name) for text, name in ((args.first, "--from"), (args.last, "--to")))
    check_output(args.out, BOOK, town=args.town)
    register = open_kept(args.town)
    try:
        papers = make_papers(register, report, first, last, lang)
        dayless = count_dayless(register, report)
    finally:
        register.engine.dispose()
    save_export(args.out, dump_papers(papers, lang, read_clock()))
    count = sum(len(one.rows) for one in papers)
    tell(Words(f"{count}件を {args.out} に書きました（{len(papers)}枚）",
               f"{count} entries in {args.out} ({len(papers)} sheets)"), lang)  # fmt: skip
    if dayless:
        words = Words(
            f"日のはっきりしない記録 {dayless}件は入っていません",
            f"{dayless} entries without a day are not in it",
        )
        tell(words, lang)


def _names() -> dict[str, Report]:
    return {id_.replace("_", "-"): one for id_, one in REPORTS.items()}


def _day(text: str, name: str) -> date:
    if not text:
        raise InputError(Words(f"{name} に日を書いてください", f"give a day with {name}"))
    return parse_date(text)
