"""What an office wrote into its reports: texts, numbers by hand, what a column counts (報告に書いたこと)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.store.kept.kind import Kind, Not, Restore, RowCheck, Rows, Undo
from surveys.store.report_words import bring_word_back, check_value, take_word_back
from surveys.store.tables import REPORT_WORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from surveys.store.register import Register


def _take_back(register: Register, seq: str, now: str) -> None:
    take_word_back(register, int(seq), now=now)


def _bring_back(register: Register, seq: str) -> None:
    bring_word_back(register, int(seq))


def _find_wrong(connection: Connection) -> Iterator[Words]:
    for row in connection.execute(select(REPORT_WORD).order_by(REPORT_WORD.c.seq)):
        try:
            check_value(row.value)
        except InputError as error:
            yield Words(
                f"報告に書いたこと {row.seq}: {error.words.ja}",
                f"what was written into a report, {row.seq}: {error.words.en}",
            )


KIND = Kind(
    id="report_word",
    words=Words("報告に書いたこと", "what was written into a report"),
    tables=(REPORT_WORD,),
    backup=Rows(),
    restore=Restore(counted=(REPORT_WORD.c.seq,)),
    export=Not(words=Words("報告のファイルに入る", "it is in the report's own file")),
    undo=Undo(
        words=Words("書く前に戻せて、やり直せる", "taken back, and brought back"),
        take_back=_take_back,
        bring_back=_bring_back,
    ),
    check=(RowCheck(words=Words("書いたことの中身", "what it says"), find=_find_wrong),),
    apart=(
        ("map", Words("その場所を持たない", "it has no place of its own")),
        (
            "list",
            Words(
                "報告ごとに、その紙の上で読む", "read on the paper of each report, where it stands"
            ),
        ),
        (
            "field_app",
            Words(
                "庁内だけのもの。端末は地点と踏査を運ぶ",
                "the office's alone: devices carry sites and walks",
            ),
        ),
    ),
)
