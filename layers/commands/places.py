"""``kayoi places``: the map's places, the records that claim them, and answers (地図の所のコマンド)."""

from __future__ import annotations

import csv
import io
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.base.arguments import make_adder
from geo.base.problems import InputError, neutral
from geo.base.text import visible
from geo.base.words import Words
from geo.tables.rests import REST_WORDS
from layers.commands.shared import open_town
from layers.day.called import number_of
from layers.day.claim_file import plan_claims
from layers.day.claiming import STATES, list_places, say_totals
from layers.day.salons import When
from layers.served.clock import now_in_utc, today_in_japan
from surveys.store.claims import keep_claims
from surveys.store.disk import disk_in_words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from geo.base.words import Lang
    from layers.day.claiming import PlaceRow
    from layers.day.day import Day
    from surveys.store.register import Register

WORDS = Words(
    "地図の所と、それを記録した地点の表。「同じ所か」の答えも入れられます",
    "the map's places and the records that claim them; answers can be brought in",
)
KEPT: Final = ("claim", "site")
# With these heads the table printed is a file for --claim, once answers are written into the last
# column: it comes empty, so that a table nobody looked through says nothing.
_HEADS: Final = {
    "ja": (
        "所", "種類", "名前", "いまの記録", "推定の記録", "記録の名前", "距離m", "ようす", "答え",
    ),
    "en": (
        "place", "kind", "name", "record_now", "guess", "record_name", "metres", "state", "answer",
    ),
}  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add("--town", "街のフォルダ", "the town's folder", type=Path, required=True, metavar="DIR")
    add(
        "--claim",
        "答えの表（CSV）。列は所と答え（地点でも）。答えは、番号かID、尋ねている記録と「同じ」か「-」（ちがう）、"
        "ほかの記録とちがうなら「-番号」、空なら何もしない",
        "answers (CSV), with columns place and answer (or site): a number or id; same, or - for "
        "not the record asked about; -NUMBER for not that one; empty for nothing said",
        type=Path, metavar="FILE",
    )  # fmt: skip
    add("--dry-run", "予定を見るだけ", "only say what it would do", action="store_true")
    add("--by", "答える人の役職", "the role of who says so", default="", metavar="ROLE")


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Print the table, or the plan of a file and keep its answers (実行)."""
    day = open_town(args.town, When(on=today_in_japan()))
    register = day.told.register
    try:
        if args.claim is None:
            _print_table(day, lang)
        elif register is None:
            raise InputError(
                Words("この街には台帳がまだありません", "this town has no register yet")
            )
        else:
            _claim(args, day, register, lang)
    finally:
        if register is not None:
            register.engine.dispose()


def _print_table(day: Day, lang: Lang) -> None:
    joined, plane = day.told.joined, day.built.plane
    rows = list_places(joined, day.told.register, plane)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEADS[lang])
    writer.writerows([visible(str(neutral(cell))) for cell in _cells(one, lang)] for one in rows)
    print(out.getvalue(), end="")
    for words in say_totals(rows, joined):
        print("# " + visible(words.say(lang)))


def _cells(row: PlaceRow, lang: Lang) -> Sequence[object]:
    record = number_of(row.number, row.thing_id) if row.number else ""
    now, guess = (record if row.state == one else "" for one in ("claimed", "asked"))
    far = "" if row.metres is None else f"{row.metres:.0f}"
    kind, state = REST_WORDS[row.kind].say(lang), STATES[row.state].say(lang)  # type: ignore[index]
    called = row.called.say(lang) if row.called else ""
    return (row.place_id, kind, row.name, now, guess, called, far, state, "")


def _claim(args: argparse.Namespace, day: Day, register: Register, lang: Lang) -> None:
    with disk_in_words(args.claim):
        data = args.claim.read_bytes()
    plan = plan_claims(
        data, day.told.joined, register, file=args.claim.name, by=args.by,
        now=now_in_utc(),
        new_id=lambda: uuid.uuid4().hex,
    )  # fmt: skip
    for words in plan.lines:
        print("・" + visible(words.say(lang)))
    for problem in plan.problems:
        print("・" + visible(problem.say(lang)))
    if plan.problems:
        raise InputError(
            Words(
                f"使えない行が {len(plan.problems)}あります。何も入れていません",
                f"{len(plan.problems)} rows cannot be used; nothing was entered",
            )
        )
    skipped = Words(
        f"（何も言わない行、もう入っている行 {plan.skipped}）" if plan.skipped else "",
        f" ({plan.skipped} rows say nothing new)" if plan.skipped else "",
    )
    left = Words(f"尋ねている組は、あと {plan.left:,}", f"{plan.left:,} pairs are left to ask")
    if args.dry_run:
        words = Words(
            f"予定だけです。答え {len(plan.claims)}件{skipped.ja}。何も入れていません。"
            f"入れると、{left.ja}",
            f"{len(plan.claims)} answers planned{skipped.en}; nothing was entered (if they were: "
            f"{left.en})",
        )
    else:
        keep_claims(register, plan.claims)
        words = Words(
            f"答え {len(plan.claims)}件を入れました{skipped.ja}。{left.ja}",
            f"{len(plan.claims)} answers were entered{skipped.en}; {left.en}",
        )
    print(words.say(lang))
