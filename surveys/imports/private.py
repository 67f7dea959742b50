"""Rows of a file that would tell who somebody is: named, and kept only with a reason (個人の情報のある行)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.base.words import Words
from surveys.record.answers import clean_text
from surveys.record.privacy import REASON, Notice, is_watched, notice, watched

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from surveys.imports.plan import Plan, PlanRow
    from surveys.store.register import Register

PrivateRow = tuple["PlanRow", tuple[Notice, ...]]


def find_private(register: Register, plan: Plan) -> list[PrivateRow]:
    """Return the rows whose new texts tell who somebody is and for which nobody gave a reason (行を探す)."""
    asked = watched(plan.type)
    found = [(row, noticed) for row in plan.rows if (noticed := _notice_row(row, asked))]
    known = register.sites_of((row.site_id for row, _ in found), logs=True)
    return [
        (row, noticed)
        for row, noticed in found
        if not _reason(row, known[row.site_id].answer(REASON) if row.site_id in known else None)
    ]


def with_reason(plan: Plan, rows: Iterable[PrivateRow], reason: str) -> Plan:
    """Return the plan with a reason written into some of its rows; as it is where there is none (わけを書く).

    The reason is an answer of the record like any other: it has its day and its writer, travels in
    files and can be corrected.
    """
    said = clean_text(reason, lines=False)
    meant = {(row.sheet, row.row) for row, _ in rows}
    if not said or not meant:
        return plan
    return replace(
        plan,
        rows=tuple(_say(one, said) if (one.sheet, one.row) in meant else one for one in plan.rows),
    )


def say_private(rows: Iterable[PrivateRow]) -> list[Words]:
    """Return each row with what is noticed in it and what to write instead (行ごとに言う)."""
    said = []
    for row, noticed in rows:
        named = "、".join(dict.fromkeys(f"「{one.text}」" for one in noticed))
        instead = list({one.kind: one.instead for one in noticed}.values())
        said.append(
            Words(
                f"{row.row}行目 {named}：{'。'.join(one.ja for one in instead)}",
                f"row {row.row} {named}: {'; '.join(one.en for one in instead)}",
            )
        )
    return said


def count_private(rows: list[PrivateRow]) -> Words:
    """Return how many rows there are, and what can be done (数を言う)."""
    return Words(
        f"個人の名前や電話番号のようなことばのある行が {len(rows)}行あります。"
        "ファイルを直すか、残すわけを書いてください",
        f"{len(rows)} rows hold words that tell who somebody is: mend the file, or say why they stay",
    )


def _notice_row(row: PlanRow, asked: Collection[str]) -> tuple[Notice, ...]:
    patch = {} if row.version is None else row.version.patch
    texts = (value for path, value in patch.items() if value and is_watched(asked, path))
    return tuple(one for text in texts for one in notice(str(text)))


def _reason(row: PlanRow, standing: object) -> bool:
    patch = {} if row.version is None else row.version.patch
    return bool(patch.get(REASON, standing))


def _say(row: PlanRow, reason: str) -> PlanRow:
    if row.version is None:
        return row
    return replace(row, version=replace(row.version, patch={**row.version.patch, REASON: reason}))
