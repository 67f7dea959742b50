"""What a row of a people table is about: a sex, a month, the total (行が何の人数か)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.dates import parse_month
from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from geo.sources.tabular import column_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Columns that may part an area's rows; others part them when they hold a total or a sex.
SPLITS: Final = (
    "性別", "男女", "男女別", "男女区分", "sex", "gender", "国籍", "国籍区分", "日本人外国人", "日本人・外国人",
    "世帯区分", "世帯種別", "世帯の種類", "世帯類型", "世帯の家族類型", "世帯人員", "住居の種類", "区分", "種別",
    "人口区分",
)  # fmt: skip
MONTHS: Final = (
    "年度", "年", "月", "年月", "調査年月", "集計年月", "基準年月", "調査年月日", "基準日", "基準年月日", "年月日",
    "時点", "調査年", "surveyDate", "as_of", "date", "year", "month",
)  # fmt: skip
_TOTALS: Final = frozenset((
    "計", "合計", "総計", "総数", "総人口", "全体", "全て", "すべて", "男女計", "男女合計", "男女総数", "男女",
    "全世帯", "世帯総数", "日本人外国人計", "total", "all", "both",
))  # fmt: skip
_WHOLES: Final = frozenset((
    "計", "合計", "総計", "総数", "総合計", "市計", "町計", "村計", "区計", "全市", "全町", "全村", "全区", "市全体",
    "全域", "市域計", "全体", "total",
))  # fmt: skip
_MEN: Final = frozenset(("男", "男性", "男子", "male", "man", "men"))
_WOMEN: Final = frozenset(("女", "女性", "女子", "female", "woman", "women"))
_SEXES: Final = _MEN | _WOMEN
_PARTS: Final = ("うち", "再掲", "内数")


def is_total(label: str) -> bool:
    """Say whether a label means all kinds together (計の行か).

    Examples
    --------
    >>> is_total("男女計"), is_total(" 総　数 "), is_total("女")
    (True, True, False)
    """
    return _fold(label) in _TOTALS


def is_whole(key: str) -> bool:
    """Say whether a key means all areas together (全部の合計の行か).

    Examples
    --------
    >>> is_whole("合　計"), is_whole("計画町")
    (True, False)
    """
    return _fold(key) in _WHOLES


def find_splits(columns: Iterable[str], values: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """Return the columns that part an area's people into rows (行を分けている列).

    Parameters
    ----------
    columns
        Those that are neither a key nor a number of people.
    values
        The cells of a column.
    """
    known = {column_key(one) for one in (*SPLITS, *MONTHS)}
    return tuple(
        column
        for column in columns
        if column_key(column) in known
        or any(_fold(value) in _TOTALS | _SEXES for value in set(values(column)))
    )


def refuse_one_sex(file: str, heads: Iterable[str], values: Callable[[str], Iterable[str]]) -> None:
    """Refuse a table of which every row is of one sex (男女の片方の行だけの表).

    Raises
    ------
    InputError
        So it is: one sex is never taken for everybody.
    """
    for head in heads:
        told = {_fold(one) for one in values(head)} - {""}
        if told and (told <= _MEN or told <= _WOMEN):
            only = "・".join(sorted(told))
            raise InputError(
                Words(
                    f"ファイル {file} の「{head}」は「{only}」の行だけです。片方だけを全員の人数として数えることは"
                    "しません。男女の両方か、計の行を入れてください",
                    f"{file}: every row's {head} is {only}; one sex is never taken for everybody. Add the "
                    "other's rows, or those of the total",
                )
            )


def sex_of(label: str) -> str:
    """Return 男 or 女 for a label of one sex, "" for any other (男女どちらか).

    Examples
    --------
    >>> sex_of("女性"), sex_of("計")
    ('女', '')
    """
    told = _fold(label)
    return "男" if told in _MEN else "女" if told in _WOMEN else ""


def is_month(head: str) -> bool:
    """Say whether a column tells when rows were counted (時点の列か)."""
    return column_key(head) in {column_key(one) for one in MONTHS}


def is_inner(label: str) -> bool:
    """Say whether a label is of people another row has, too (内数の行か).

    Examples
    --------
    >>> is_inner("うち外国人"), is_inner("外国人")
    (True, False)
    """
    return any(sign in _fold(label) for sign in _PARTS)


def when(label: str) -> tuple[int, int, str]:
    """Return what puts times in order: year, month, and the text itself (時点の順).

    Examples
    --------
    >>> when("令和7年4月1日現在")[:2], when("202504")[:2], when("R6")[:2], when("4")[:2]
    ((2025, 4), (2025, 4), (2024, 0), (4, 0))
    """
    text = tidy(label).removesuffix("現在").removesuffix("度")
    if text.isdecimal() and len(text) == 6:  # noqa: PLR2004 - 202504
        return int(text[:4]), int(text[4:]), ""
    try:
        year, month = parse_month(text)
    except InputError:
        digits = "".join(sign for sign in text if sign.isdecimal())
        return int(digits[:8] or -1), 0, text
    return year, month or 0, text


def _fold(text: str) -> str:
    return tidy(text).replace(" ", "").strip("()<>[]【】「」").casefold()
