"""What reports group things by: the values a mark may have, and their words (報告の分け方)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from surveys.record.risen import LEVEL_WORDS, LEVELS
from surveys.record.service_kinds import KIND_WORDS
from surveys.types import EVERY_TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surveys.declaration.record_type import RecordType
    from surveys.reports.parts.declare import Source

LOG: Final = "activity"
# Of a mark that a thing does not tell: its own line, last, and in words.
NOT_TOLD: Final = ""
NOT_TOLD_WORDS: Final[Mapping[str, Words]] = {
    "area": Words("地区の分からないもの", "area not told"),
    "kind": Words("種類のないもの", "kind not told"),
    "content": Words("内容の分からないもの", "content not told"),
    "often": Words("回数の分からないもの", "how often is not told"),
    "level": Words("段階の決まらないもの", "level not told"),
    "state": Words("ようすの分からないもの", "state not told"),
    "service": Words("種類のないもの", "kind not told"),
    "month": Words("月の分からないもの", "month not told"),
}
OFTEN: Final[Mapping[str, Words]] = {
    "weekly": Words("週1回以上", "weekly or more"),
    "twice": Words("月2～3回", "two or three times a month"),
    "monthly": Words("月1回", "once a month"),
    "rarely": Words("月1回より少ない", "less than monthly"),
}
_FIELDS: Final = {
    ("log", "kind"): (LOG, "kind"),
    ("concern", "state"): ("concern", "state"),
    ("group", "content"): ("salon", "activities/content"),
}


def choices_of(source: Source, mark: str, log: RecordType) -> Mapping[str, Words] | None:
    """Return the values a mark may have and their words, None where they are not declared (値とことば).

    Parameters
    ----------
    log
        The log's type as the office has it: its own kinds in its own order.
    """
    if mark == "often":
        return OFTEN
    if mark == "service":
        return KIND_WORDS
    if mark == "level":  # the highest first: it is a report upward
        return {one: LEVEL_WORDS[one] for one in reversed(LEVELS)}
    if (field := _FIELDS.get((source, mark))) is None:
        return None
    type_id, path = field
    fields = log.fields if type_id == log.id else EVERY_TYPE[type_id].fields
    *outer, last = path.split("/")
    for one in outer:
        item = next(each for each in fields if each.id == one).item
        fields = item.fields if item else ()
    choices = next(each for each in fields if each.id == last).choices
    return {one.id: one.words for one in choices}


def hidden_in(source: Source, mark: str, log: RecordType) -> frozenset[str]:
    """Return the values the office no longer offers: told where something still has them (使わない値)."""
    if source != "log" or mark != "kind":
        return frozenset()
    return frozenset(one.id for one in log.field("kind").choices if one.hidden)
