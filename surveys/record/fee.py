"""A fee as lists write it: an amount, what it is for, and the words themselves (参加費を読む)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from geo.base.text import tidy

_FREE: Final = re.compile(
    r"(?:参加費?|会費|料金|費用|利用料)?[はが:]? ?(?:無料|無償|不要|なし|無し|0 ?円)"
)
_AMOUNT: Final = re.compile(r"(?<![0-9.,~])([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+) ?円")
_PLAIN: Final = re.compile(r"[0-9][0-9,]* ?円?|無料|0円")
# What stands before an amount, and what stands behind it.
_BEFORE: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("ticket", re.compile(r"回数券[^円]{0,12}$")),
    ("month", re.compile(r"(?:月額?|月会費|毎月|1[かヶカケ]月)[:に]? ?$")),
    ("year", re.compile(r"(?:年額?|年会費|年間)[:に]? ?$")),
    ("once", re.compile(r"(?:1回|毎回|1人|参加費|会費|料金|費用|利用料)(?:に?つき)?[はが:]? ?$")),
    ("goods", re.compile(r"(?:代|費|コーヒー|珈琲|お茶|飲み?物|ドリンク|ランチ|昼食|食事|お菓子|弁当)[:は]? ?$")),
)  # fmt: skip
_BEHIND: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("month", re.compile(r" ?(?:[/・]|\() ?(?:1?[かヶカケ]?月|月額)")),
    ("year", re.compile(r" ?(?:[/・]|\() ?(?:1?年間?|年額)")),
    ("once", re.compile(r" ?(?:[/・]|\() ?(?:1?回|人|日)")),
)
_ACTUAL: Final = re.compile("実費")
_LOOSE: Final = re.compile(r"~|から|以上|程度|前後|[、,・/] ?[0-9]")


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee (参加費).

    Attributes
    ----------
    yen
        ``None`` where no one amount is told.
    unit
        An id of `surveys.declaration.fee_units.FEE_UNITS`; "" for one time, and where it is free.
    words
        As it is written, "" where amount and unit say all of it.
    """

    yen: int | None
    unit: str
    words: str


def read_fee(text: str) -> Fee:
    """Return what a text says of a fee; of two amounts none is chosen (参加費を読む).

    Examples
    --------
    >>> read_fee("100円／月、ノート代実費"), read_fee("1回200円（茶菓代）").yen, read_fee("無料")
    (Fee(yen=100, unit='month', words='100円／月、ノート代実費'), 200, Fee(yen=0, unit='', words=''))
    >>> read_fee("会員100円、非会員200円"), read_fee("実費").unit
    (Fee(yen=None, unit='', words='会員100円、非会員200円'), 'actual')
    """
    plain = tidy(text).replace("〜", "~").replace("～", "~")
    kept = "" if _PLAIN.fullmatch(plain) else text.strip()
    free = _FREE.match(plain)
    if free:
        return Fee(0, "", kept)
    amounts = list(_AMOUNT.finditer(plain))
    if not amounts and plain.isdecimal():
        return Fee(int(plain), "", "")
    if not amounts:
        return Fee(None, "actual" if _ACTUAL.search(plain) else _named(plain), kept)
    first = amounts[0]
    near = plain[max(0, first.start() - 2) : first.start()] + plain[first.end() : first.end() + 3]
    if len(amounts) > 1 or _LOOSE.match(plain[first.end() :]) or "~" in near:
        return Fee(None, "", kept)
    return Fee(int(first[1].replace(",", "")), _unit_of(plain, first), kept)


def find_fee(text: str) -> str:
    """Return the part of a longer text that tells a fee, "" for none (文の中の参加費).

    Examples
    --------
    >>> find_fee("脳トレ・交流等 参加費100円／月、ノート代実費"), find_fee("体操")
    ('参加費100円/月、ノート代実費', '')
    """
    plain = tidy(text)
    told = re.search(
        r"(?:参加費|会費|料金|費用|利用料|月額|年額)[^。\n]*|[^\s、。]*[0-9][0-9,]* ?円[^。]*|[^\s、。]*実費[^。]*",
        plain,
    )
    if not told:
        return ""
    part = told[0]
    # オリジナルコーヒー 100円: what it buys stands before the blank.
    before = plain[: told.start()].rstrip()
    goods = re.search(
        r"[^\s、。]*(?:コーヒー|珈琲|お茶|飲み?物|ドリンク|ランチ|昼食|食事|代|費)$", before
    )
    return f"{goods[0]} {part}" if goods and part[:1].isdecimal() else part


def _named(plain: str) -> str:
    return next((id_ for id_, word in (("ticket", "回数券"),) if word in plain), "")


def _unit_of(plain: str, amount: re.Match[str]) -> str:
    before, behind = plain[: amount.start()], plain[amount.end() :]
    found = next((id_ for id_, pattern in _BEHIND if pattern.match(behind)), "")
    found = found or next((id_ for id_, pattern in _BEFORE if pattern.search(before)), "")
    return "" if found == "once" else found
