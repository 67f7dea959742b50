"""A fee in words: an amount and what it is for (参加費の言い方)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.base.words import Words
from layers.cards.say_answer import say_number
from surveys.declaration.field import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.base.words import Lang
    from surveys.declaration.field import Field

_FREE: Final = Words("無料", "free")
_YEN: Final = "円"


def say_fee(fields: Iterable[Field], held: Mapping[str, Any], lang: Lang) -> str:
    """Return what it costs, "" where nobody told (いくらか).

    Parameters
    ----------
    fields
        What is asked; the amount in yen and what it is for are looked for among them.

    Examples
    --------
    >>> from surveys.types.salon import ACTIVITY
    >>> say_fee(ACTIVITY.fields, {"fee_yen": 100, "fee_unit": "month"}, "ja")
    '100円（1か月）'
    >>> say_fee(ACTIVITY.fields, {"fee_unit": "actual"}, "ja"), say_fee(ACTIVITY.fields, {}, "ja")
    ('実費', '')
    """
    asked = {one.id: one for one in fields}
    money = next((one for one in asked.values() if one.unit == _YEN), None)
    if money is None:
        return ""
    amount, unit = held.get(money.id), held.get(money.unit_in)
    chosen = asked[money.unit_in].choice(str(unit)) if money.unit_in and unit else None
    what = chosen.words.say(lang) if chosen and unit not in ("once", UNKNOWN) else ""
    if not isinstance(amount, int | float):
        return what
    if not amount:
        return _FREE.say(lang)
    told = say_number(amount, money.unit, lang)
    return Words(f"{told}（{what}）", f"{told} ({what})").say(lang) if what else told
