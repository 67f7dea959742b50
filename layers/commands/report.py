"""``kayoi report``: what a log and the register come to on paper, one file a report (報告のコマンド)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.base.arguments import make_adder
from geo.base.dates import parse_date
from geo.base.outputs import BOOK, PDF, check_output
from geo.base.problems import InputError
from geo.base.square import say_office_file
from geo.base.text import visible
from geo.base.words import Words, count_in_english
from geo.sources.town_folder import load_town
from geo.walk.walkers import WALKERS
from layers.day.reported import make_report
from layers.pdf.reports import dump_report
from layers.served.clock import now_in_japan
from layers.sheets.parts.frame import Frame
from surveys.commands.shared import save_export, tell
from surveys.reports import REPORTS
from surveys.reports.parts.paper import count_rows
from surveys.store.backup import open_kept

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import date

    from geo.base.words import Lang
    from surveys.reports.parts.declare import Report
    from surveys.reports.parts.made import Paper

WORDS = Words("活動記録と一覧から報告をつくります", "make a report from the log and the register")
KEPT: Final = ("report_word", "site")
_WALKER: Final = "elderly"


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add(
        "form", "つくる報告", "the report",
        nargs="?", default=None, choices=list(_names()), metavar="FORM",
    )  # fmt: skip
    add("--list", "つくれる報告を並べる", "list the reports there are", action="store_true")
    add("--town", "街のフォルダ", "the town's folder", type=Path, default=None, metavar="DIR")
    add("--from", "はじめの日", "the first day", default="", dest="first", metavar="DATE")
    add("--to", "おわりの日", "the last day", default="", dest="last", metavar="DATE")
    add(
        "--division", "地区の分け方（言わなければ、街のはじめの分け方）",
        "by whose areas it counts; the town's first unless given", default="", metavar="NAME",
    )  # fmt: skip
    add(
        "--out", "書き出すファイル（.xlsx または .pdf）", "the file (.xlsx or .pdf)",
        type=Path, default=None, metavar="FILE",
    )  # fmt: skip
    add("--lang", "報告の言語", "language of the report", default="ja", choices=["ja", "en"])


def run(args: argparse.Namespace, lang: Lang) -> None:
    """List the reports, or make one (実行)."""
    if args.list:
        for name, one in _names().items():
            tell(Words(f"{name}　{one.words.ja}：{one.help.ja}",
                       f"{name}  {one.words.en}: {one.help.en}"), lang)  # fmt: skip
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
    check_output(args.out, (*BOOK, *PDF), town=args.town)
    town, register, now = load_town(args.town), open_kept(args.town), now_in_japan()
    try:
        papers = make_report(
            register, town, report, (first, last), division=args.division, lang=args.lang,
            today=now.date(),
        )  # fmt: skip
        frame = Frame(
            town_folder=args.town, town=town, register=register, walker=WALKERS[_WALKER], now=now,
            lang=args.lang, as_file=True,
        )  # fmt: skip
        data = dump_report(frame, report, papers, pdf=args.out.suffix.lower() == ".pdf")
    finally:
        register.engine.dispose()
    save_export(args.out, data)
    _tell_made(args.out, papers, lang)


def _tell_made(out: Path, papers: Sequence[Paper], lang: Lang) -> None:
    count = count_rows(papers)
    tell(Words(f"もとの記録 {count}件を {out} に書きました（{len(papers)}枚、{papers[0].first}～{papers[-1].last}）",
               f"{count_in_english(count, 'record')} behind {out} ({count_in_english(len(papers), 'sheet')}, "
               f"{papers[0].first} to {papers[-1].last})"),
         lang)  # fmt: skip
    for one in papers[0].facts[1:]:
        tell(Words(one, one), lang)
    print("・" + visible(say_office_file(out.name).say(lang)))


def _names() -> dict[str, Report]:
    return {id_.replace("_", "-"): one for id_, one in REPORTS.items()}


def _day(text: str, name: str) -> date:
    if not text:
        raise InputError(Words(f"{name} に日を書いてください", f"give a day with {name}"))
    return parse_date(text)
