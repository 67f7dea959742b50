"""Tell whether a text holds a way to reach somebody, so that it stays in the office (連絡先を見分ける).

A number is one of Japan: 10 digits, or 11 of a mobile or an 0800, the first of them 0, or the same
after +81 (総務省「電気通信番号計画」). Where it cannot be told from another number it counts as one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from geo.base.dates import DASHES
from geo.base.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Contact = Literal["phone", "mail"]

KANJI: Final = str.maketrans("〇一二三四五六七八九", "0123456789")
_BETWEEN: Final = r"[-\s()./・のノ_~〜～,、:;=*|+「」\[\]]{0,3}"
# A day, an hour or a postal code may stand before other figures; none of them is a telephone's.
_NO_NUMBER: Final = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:[-/.]|\s?年\s?)\d{1,2}(?:[-/.]|\s?月\s?)\d{1,2}(?!\d)|\d{1,2}:\d\d(?!\d)"
    r"|〒\s?\d{3}-?\d{4}(?!\d)"
    # An id of ours: 32 or 64 hexadecimal digits, a UUID with its dashes too.
    r"|(?<![0-9a-z])(?=[0-9a-f-]{0,70}[a-f])(?:[0-9a-f]{4}-?){8,16}(?![0-9a-z])",
    re.IGNORECASE,
)
_LENGTHS: Final = tuple(
    re.compile(rf"(?=(?<!\d)(0(?:{_BETWEEN}\d){{{digits}}})(?!\d))") for digits in (9, 10)
)
_ABROAD: Final = re.compile(
    rf"(?:\+\s?|(?<!\d)(?:00|010[-\s]?))81{_BETWEEN}(?:0{_BETWEEN})?(?=[1-9])"
)
# Within a town people leave the area's number out; then a word says what the figures are.
_LOCAL: Final = re.compile(
    r"(?:電話|でんわ|デンワ|テル|携帯|ケータイ|けいたい|連絡先|内線|自宅|☎|☏|📞|📱|\bph(?:one)?\b|tel|fax|ファックス|ファクス)"
    r"[\s:;は,、.=()番号no#→-]{0,6}\d{1,4}-?\d{4}(?!\d|[-/.年]\d|年)",
    re.IGNORECASE,
)
# Figures set apart one by one, as on a form.
_APART: Final = re.compile(r"(?<!\d)0(?:[-\s]\d){9,10}(?![-\s]?\d)")
_MAIL: Final = re.compile(r"[^\s@]\s?(?:@|\[at\]|\(at\))\s?[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
_MAIL_HEAD: Final = re.compile(r"[0-9A-Za-z._%+-]*\Z")
_FIGURES: Final = re.compile(r"\d+")
MOST_GROUPS, LEAST_LAST = 4, 3
# By name, for `surveys.record.privacy_table`.
PATTERNS: Final[Mapping[str, re.Pattern[str]]] = {
    "mail": _MAIL, "mail_head": _MAIL_HEAD, "no_number": _NO_NUMBER, "abroad": _ABROAD, "local": _LOCAL,
    "apart": _APART, "of_10": _LENGTHS[0], "of_11": _LENGTHS[1], "figures": _FIGURES,
}  # fmt: skip


def says_contact(text: str) -> bool:
    """Say whether a telephone number or a mail address stands in a text (連絡先があるか).

    Examples
    --------
    >>> says_contact("かぎは０９０－１２３４－５６７８へ"), says_contact("2026-11-21 10:30に確認")
    (True, False)
    """
    return next(contact_spans(tidy(text)), None) is not None


def contact_spans(plain: str) -> Iterator[tuple[int, int, Contact]]:
    """Yield where ways to reach somebody stand in a text of one width (連絡先の所).

    Examples
    --------
    >>> list(contact_spans("03-1234-5678、a@example.jp"))
    [(13, 25, 'mail'), (0, 12, 'phone')]
    """
    plain = plain.translate(DASHES)
    for found in _MAIL.finditer(plain):
        head = _MAIL_HEAD.search(plain, 0, found.start() + 1)
        yield head.start() if head else found.start(), found.end(), "mail"
    # Sign for sign, so that what is found stands where it stood.
    figures = _NO_NUMBER.sub(lambda one: "|" * len(one[0]), plain).translate(KANJI)
    figures = _ABROAD.sub(lambda one: " " * (len(one[0]) - 1) + "0", figures)
    for pattern in (_LOCAL, _APART):
        for found in pattern.finditer(figures):
            yield found.start(), found.end(), "phone"
    for pattern in _LENGTHS:
        for found in pattern.finditer(figures):
            if _is_number(found[1]):
                yield found.start(1), found.end(1), "phone"


def _is_number(text: str) -> bool:
    """Say whether figures are grouped as a number is; minutes of a timetable are many and short."""
    groups = _FIGURES.findall(text)
    return len(groups) <= MOST_GROUPS and len(groups[-1]) >= LEAST_LAST
