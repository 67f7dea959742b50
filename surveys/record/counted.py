"""How many there are of a record type, in its own word: places, or entries of a log (数えかた)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words, count_in_english

if TYPE_CHECKING:
    from surveys.declaration.record_type import RecordType


def say_count(type_: RecordType, number: int) -> Words:
    """Return a number of sites as か所, of a log's entries as 件 (数を言う).

    Examples
    --------
    >>> from surveys.types import EVERY_TYPE
    >>> say_count(EVERY_TYPE["activity"], 1200).ja, say_count(EVERY_TYPE["park"], 3).en
    ('1,200件', '3 sites')
    """
    if type_.log:
        return Words(f"{number:,}件", count_in_english(number, "entry", "entries"))
    return Words(f"{number:,}か所", count_in_english(number, "site"))
