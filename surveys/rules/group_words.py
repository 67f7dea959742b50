"""What the words of a group's cells tell: contents, booking, operator, areas, a fee (集まりの欄の言葉)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from geo.base.text import tidy
from surveys.record.fee import find_fee, read_fee
from surveys.rules.groups import only_group, with_group
from surveys.types.salon import CONTENTS, OPERATORS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surveys.declaration.field import Choice
    from surveys.record.portable import Incoming

_NEEDED: Final = re.compile(r"(?:事前)?(?:要(?!相談)|必要|あり|有)")
_NOT_NEEDED: Final = re.compile(r"不要|なし|無し|いりません|必要(?:ない|なし|ありません)")
# サロン says where, not what.
_NOTHING: Final = frozenset({"サロン", "その他", "そのほか"})
_AREA_ENDS: Final = re.compile("(?:[町村区]|地区|学区|校区|丁目|地域)$")
_SHORTEST: Final = 2  # signs of a word that is looked for inside a text


def read_words(one: Incoming, content: str) -> Incoming:
    """Return a row whose group has what its words tell, marked as inferred (欄の言葉を読む).

    Parameters
    ----------
    content
        The cell of the contents with its line breaks.
    """
    group = only_group(one) or {}
    out: dict[str, Any] = {}
    said = _text(group, "content_note")
    if said and "content" not in group:
        named = _named(CONTENTS, said)
        out |= {"content": named} if named else {}
    called = _named(OPERATORS, _text(group, "operator_note"))
    if len(called) == 1 and "operator" not in group:
        out["operator"] = called[0]
    booking = _text(group, "booking_note")
    if booking and "booking" not in group:
        no, yes = _NOT_NEEDED.match(booking), _NEEDED.match(booking)
        out |= {"booking": "no"} if no else {"booking": "yes"} if yes else {}
    if not {"fee_yen", "fee_note", "fee_unit"} & group.keys():
        told = find_fee(content or said)
        fee = read_fee(told)
        answers = {"fee_note": told, "fee_yen": fee.yen, "fee_unit": fee.unit}
        out |= {key: value for key, value in answers.items() if value not in (None, "")}
    areas = group.get("area")
    split = split_areas(areas) if isinstance(areas, list) else areas
    better = with_group(one, {"area": split}) if split != areas else one
    return with_group(better, out, sure="inferred")


def split_areas(areas: Sequence[str]) -> list[str]:
    """Return names of areas, those parted by ・ each by itself (地区の名前を分ける).

    Examples
    --------
    >>> split_areas(["東町・西町", "旭ケ丘・本町センター"])
    ['東町', '西町', '旭ケ丘・本町センター']
    """
    out: list[str] = []
    for area in areas:
        parts = [one.strip() for one in re.split("[・/／]", area) if one.strip()]
        out += parts if all(map(_AREA_ENDS.search, parts)) else [area]
    return out


def _text(group: Mapping[str, Any], key: str) -> str:
    return tidy(str(group.get(key) or ""))


def _named(choices: Sequence[Choice], text: str) -> list[str]:
    return [
        one.id
        for one in choices
        if any(
            word in text
            for word in {one.words.ja, *one.aliases} - _NOTHING
            if len(word) >= _SHORTEST
        )
    ]
