"""Rows of a sheet that are no row of its table: sums, examples, notes, sub-headings (表の行でない行)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["sum", "part", "example", "note", "sub", "head", ""]

_SUMS: Final = frozenset(("計", "合計", "総計", "総数", "総合計", "全体", "total", "grandtotal"))
_PARTS: Final = re.compile(r"小計|.{1,20}(小計|合計|総計)|subtotal")
_EXAMPLE: Final = re.compile(
    r"[(\[【<〈「]?(?:入力|記入|記載|回答|作成)?例(?:[)\]】>〉」:].*|[0-9]{0,2})"
)
_NOTE: Final = re.compile(
    r"(?:※|[*＊]|注[0-9]*(?:$|[)):：意])|\(注|備考[:：)]|資料[:：]|出典|出所|問い?合わ?せ先?[:：]).*"
)
_SUB: Final = re.compile(
    r"[■□◆◇●○◎▼▽★☆▶【〔<〈《].*"
    r"|.*(?:地区|ブロック|圏域|エリア|地域|小学校区|中学校区|校区|管内|包括|センター区)[】〕>〉》]?"
)
_VALUE: Final = re.compile(r"[+-]?[0-9][0-9,. ]*[^0-9]{0,3}|[-‐–—―−]")
_SHEET: Final = re.compile(
    r"(?:入力|記入|記載|回答|作成)(?:例|見本|要領|方法|要項|の?手引き?)|見本|サンプル|凡例|説明|選択肢|リスト|マスタ|readme|sample|example",
    re.IGNORECASE,
)

REASONS: Final[dict[Kind, Words]] = {
    "sum": Words("合計の行なので、使いませんでした", "a row of the total; not used"),
    "part": Words("小計の行なので、使いませんでした", "a row of a sub-total; not used"),
    "example": Words(
        "記入例の行なので、使いませんでした", "an example of how to fill in; not used"
    ),
    "note": Words("注の行なので、使いませんでした", "a note; not used"),
    "sub": Words(
        "小見出しです。下の行の「小見出し」の列に入れました",
        "a sub-heading; put into the column 小見出し of the rows below",
    ),
    "head": Words(
        "見出しがもう一度出てくる行なので、使いませんでした", "the headings again; not used"
    ),
}


def is_sample_sheet(name: str) -> bool:
    """Say whether a sheet's name says that it is no list itself (記入例などのシートか).

    Examples
    --------
    >>> is_sample_sheet("【記入例】"), is_sample_sheet("通いの場一覧")
    (True, False)
    """
    return _SHEET.search(name) is not None


def kind_of(texts: Sequence[tuple[int, str]], width: int, *, placed: bool) -> Kind:
    """Return what a row is when it is none of the table, "" when it is (行の種類).

    Parameters
    ----------
    texts
        Column and tidied text of each filled cell, at least one.
    width
        How many columns the table has.
    placed
        Whether the row has coordinates: then it is a place, whatever it is called.

    Examples
    --------
    >>> kind_of([(0, "合計"), (3, "20")], 4, placed=False), kind_of([(0, "日時計"), (3, "2")], 4, placed=False)
    ('sum', '')
    >>> kind_of([(0, "例会サロン"), (1, "西町")], 4, placed=False), kind_of([(0, "(例)"), (1, "西町")], 4, placed=True)
    ('', 'example')
    """
    if any(_EXAMPLE.fullmatch(text) for _, text in texts[:2]):
        return "example"
    label = texts[0][1].replace(" ", "")
    if not placed and all(_VALUE.fullmatch(text) for _, text in texts[1:]):
        if label.casefold() in _SUMS:
            return "sum"
        if _PARTS.fullmatch(label.casefold()) and (len(texts) > 1 or width > 1):
            return "part"
    few = len(texts) == 1 or (len(texts) == 2 and len(label) <= 3)  # noqa: PLR2004 - a mark and its text
    if few and not placed and _NOTE.fullmatch(label):
        return "note"
    narrow = width >= 3 and texts[0][0] <= 1  # noqa: PLR2004 - as wide as a list
    if len(texts) == 1 and narrow and _SUB.fullmatch(label):
        return "sub"
    return ""


def may_be_other(first: str) -> bool:
    """Say whether a row's first text can make it other than a row of the table (調べる行か)."""
    return _MAYBE.search(first) is not None


_MAYBE: Final = re.compile(
    r"計|総数|全体|total|例|^[※*＊注(備資出問■□◆◇●○◎▼▽★☆▶【〔<〈《\[「]|(?:地区|ブロック|圏域|エリア|地域|校区|管内|包括|センター区)[】〕>〉》]?$",
    re.IGNORECASE,
)
