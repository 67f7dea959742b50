"""What a spreadsheet took from codes, days and telephone numbers: mended where it is sure (失われた字)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from geo.base.delimited import column_key
from geo.base.problems import Problem
from geo.base.text import tidy
from geo.base.words import Words
from geo.sheets.cells import say_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.sheets.cells import Cell

_CODES: Final = frozenset(map(column_key, (
    "市区町村コード", "市町村コード", "全国地方公共団体コード", "地方公共団体コード", "団体コード", "city_code",
    "jis_code", "都道府県コード又は市区町村コード", "都道府県コード又は市町村コード", "所在地_全国地方公共団体コード",
)))  # fmt: skip
_PHONES: Final = frozenset(map(column_key, (
    "電話番号", "電話", "TEL", "連絡先電話番号", "FAX番号", "FAX", "携帯電話", "携帯番号",
)))  # fmt: skip
_DAYS: Final = re.compile(r".*(年月日|日付|基準日|調査日|更新日|確認日|開始日|終了日)|as_of|date")
_FIVE, _SURE_TO_BE_LOST = 5, 3
_PREFECTURES, _FIRST_CITY = 47, 100
_EPOCH: Final = date(1899, 12, 30)  # Excel's day 0
_SERIAL: Final = range(20_000, 80_000)  # 1954 to 2119
_LOST_PHONE: Final = re.compile(r"[1-9][0-9]{8,9}")

_MENDED: Final = Words(
    "先頭の0が消えたコードを、検査数字で確かめて直しました",
    "a code that lost its leading zero was mended; its check digit proves it",
)
_UNSURE: Final = Words(
    "先頭の0が消えた6けたのコードか、5けたのコードか、決められません。5けたのコードとして読みました",
    "a code of six digits that lost its zero, or one of five: cannot be told; read as one of five",
)
_SERIALS: Final = Words(
    "日付が Excel の通し番号だったので、日付に直しました",
    "days written as Excel's numbers were read as days",
)
_PHONE: Final = Words(
    "電話番号の先頭の0が消えているようです。直してください",
    "telephone numbers seem to have lost their leading zero; mend them",
)


def check_digit(five: str) -> int:
    """Return the sixth digit of a municipality's code (検査数字).

    Examples
    --------
    >>> [check_digit(one) for one in ("01100", "13101", "22212", "46220", "20207", "09201")]
    [2, 6, 7, 9, 0, 1]
    """
    total = sum(weight * int(one) for weight, one in zip((6, 5, 4, 3, 2), five, strict=True))
    return (11 - total % 11) % 10


def lost_zero(code: str) -> bool:
    """Say whether five digits may be a code of six without its zero (0が消えたコードか).

    Examples
    --------
    >>> lost_zero("92011"), lost_zero("12227")
    (True, False)
    """
    whole = f"0{code}"
    return code.isascii() and code.isdecimal() and len(code) == _FIVE and (
        check_digit(whole[:_FIVE]) == int(whole[_FIVE]) and whole[1] != "0"
    )  # fmt: skip


def mend_columns(
    rows: list[tuple[int, tuple[Cell, ...]]], columns: Sequence[str], where: str
) -> list[Problem]:
    """Mend codes and days in `rows`, and tell that, and what cannot be mended (列を直す)."""
    told: list[Problem] = []
    for at, column in enumerate(columns):
        key = column_key(column)
        wanted = key in _CODES or key in _PHONES or _DAYS.fullmatch(key)
        if not wanted:
            continue
        texts = [tidy(say_cell(cells[at])) for _, cells in rows]
        if key in _PHONES:
            lost = [one for one in texts if _LOST_PHONE.fullmatch(one)]
            told += [_tell(where, column, lost, _PHONE)] if lost else []
            continue
        new, reason = _mend_codes(texts) if key in _CODES else _mend_days(texts)
        for place, text in new.items():
            number, cells = rows[place]
            rows[place] = (number, (*cells[:at], text, *cells[at + 1 :]))
        if reason is not None:
            told.append(_tell(where, column, (texts[one] for one in new) if new else texts, reason))
    return told


def _mend_codes(texts: Sequence[str]) -> tuple[dict[int, str], Words | None]:
    five = {one for one in texts if len(one) == _FIVE and one.isascii() and one.isdecimal()}
    lost = {one for one in five if lost_zero(one)}
    sure = {one for one in lost if not _could_be_five(one)}
    # One in eleven passes by chance: three that differ, and none that fails, do not.
    if lost == five and (sure or len(lost) >= _SURE_TO_BE_LOST):
        sure = lost
    new = {at: f"0{one}" for at, one in enumerate(texts) if one in sure}
    if new:
        return new, _MENDED
    return {}, _UNSURE if lost and lost == five else None


def _could_be_five(code: str) -> bool:
    return 1 <= int(code[:2]) <= _PREFECTURES and int(code[2:]) >= _FIRST_CITY


def _mend_days(texts: Sequence[str]) -> tuple[dict[int, str], Words | None]:
    filled = [one for one in texts if one]
    serial = filled and all(
        one.isascii() and one.isdecimal() and int(one) in _SERIAL for one in filled
    )
    if not serial:
        return {}, None
    return {
        at: (_EPOCH + timedelta(days=int(one))).isoformat() for at, one in enumerate(texts) if one
    }, _SERIALS


def _tell(where: str, column: str, values: Iterable[str], reason: Words) -> Problem:
    shown = list(dict.fromkeys(filter(None, values)))
    value = "、".join(shown[:5]) + (" …" if len(shown) > 5 else "")  # noqa: PLR2004 - enough to know them by
    return Problem(file=where, row=None, column=column, value=value, reason=reason)
