"""A table as people, tried by the build's own reader (人口として)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.problems import InputError
from geo.base.words import Words, count_in_english
from geo.sources.people import load_people
from geo.sources.roles import ROLES
from layers.inspected.seen import Use, say_told

if TYPE_CHECKING:
    from pathlib import Path

_KEYS = {
    "area": Words("地区ごと", "by area"),
    "mesh": Words("メッシュごと", "by mesh square"),
    "point": Words("地点ごと", "by point"),
}


def as_people(path: Path) -> Use | Words:
    """Return how a table would count people, or why it cannot (人口として読む)."""
    try:
        table = load_people(path)
    except InputError as error:
        return error.words
    frame = table.frame
    total, old = int(frame["people_all"].sum()), int(frame["people_65"].sum())
    aged, aged_en = f"65歳以上 {old:,}人", f"65+ {old:,}"
    if not table.has_65:
        aged, aged_en = "65歳以上は分からない", "65+ not told"
    older = f"、75歳以上 {int(frame['people_75'].sum()):,}人" if table.has_75 else ""
    older_en = f", 75+ {int(frame['people_75'].sum()):,}" if table.has_75 else ""
    by = _KEYS[table.kind]
    when = f"（{table.as_of}）" if table.as_of else ""
    return Use(
        id="people", words=ROLES["people"].words,
        found=Words(
            f"{by.ja}の{len(frame):,}行、{total:,}人、{aged}{older}{when}",
            f"{count_in_english(len(frame), 'row')} {by.en}, {total:,} people, {aged_en}{older_en}"
            + (f" ({table.as_of})" if table.as_of else ""),
        ),
        how=f"kayoi build --people {path.name}",
        told=say_told([*table.notices, *table.problems]),
    )  # fmt: skip
