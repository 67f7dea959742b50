"""What exported columns are called in English and in Japanese (書き出す項目名)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from geo.base.square import TOLD_HEADS
from geo.base.words import Words
from geo.measures import MEASURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.coverage.coverage import Status

Keys = Literal["ja", "en"]

AREA_KEYS: Final[dict[str, str]] = {
    "area_id": "地区コード",
    "area_name": "地区名",
    "division": "地区の分け方",
    "tier": "層",
    "people": "人数",
    "within": "届く人",
    "outside": "届かない人",
    "off_network": "道につながらない人",
    "no_rest": "休む所があれば届く人",
    "no_streets": "道のデータ不足",
    **{column: key for one in MEASURES.values() for column, key in one.keys_ja.items()},
}
# Beside the areas' own, where it was asked why people are out of reach.
WHY_KEYS: Final = {
    "why_no_rest": "わけ_休む所があれば届く人",
    "why_slope": "わけ_坂や階段がなければ届く人",
    "why_not_open": "わけ_いまは数えない通いの場も数えれば届く人",
    "why_together": "わけ_二つ以上がそろえば届く人",
    "why_far": "わけ_範囲に通いの場がない人",
    "why_no_way": "わけ_うち歩いて行く道がない人",
    "nearest_name": "いちばん近い通いの場",
    "nearest_m": "いちばん近い通いの場まで_半分の人_m",
}
AREA_DECIMALS: Final = {column: one.decimals for one in MEASURES.values() for column in one.columns}
CELL_KEYS: Final = {
    "cell_id": "地点コード",
    "people": "人数",
    "minutes": "分",
    "metres": "道のりm",
    "site_id": "最寄りの通いの場コード",
    "status": "届くか",
}
SITE_KEYS: Final = {
    "site_id": "通いの場コード",
    "name": "名称",
    "kind": "種別",
    "schedule": "開催日時",
    "note": "備考",
    "source": "出典",
    "on_network": "道につながる",
    "off_street_metres": "道までのm",
    "place_told_by": TOLD_HEADS.ja,
    "home_area": "個人の家の町丁",
}
REACH_KEYS: Final = {
    "site_id": "通いの場コード",
    "name": "名称",
    "part": "図形の種類",
    "within": "徒歩圏",
    "metres": "徒歩圏m",
    "street_metres": "道の延長m",
    "place_told_by": TOLD_HEADS.ja,
    "home_area": "個人の家の町丁",
}
BENCH_KEYS: Final = {
    "rank": "順位",
    "gained": "届くようになる人",
    "near": "近くの地点",
    "near_metres": "近くの地点からの道のりm",
}
CHANGE_KEYS: Final = {
    "area_id": "地区コード",
    "area_name": "地区名",
    "division": "地区の分け方",
    "tier": "層",
    "people": "人数",
    "off_network": "道につながらない人",
    "within_before": "届く人_いま",
    "within_after": "届く人_検討案",
    "outside_before": "届かない人_いま",
    "outside_after": "届かない人_検討案",
    "share_before": "届く割合_いま",
    "share_after": "届く割合_検討案",
    "minutes_p50_before": "分_半分の人_いま",
    "minutes_p50_after": "分_半分の人_検討案",
    "gained": "新しく届く人",
    "lost": "届かなくなる人",
}
LEDGER_KEYS: Final = {
    "area_id": "地区コード",
    "area_name": "地区名",
    "people": "人数",
    "gained": "新しく届く人",
    "lost": "届かなくなる人",
    "unchanged_in": "変わらず届く人",
    "unchanged_out": "変わらず届かない人",
    "off_network": "道につながらない人",
    "gained_low": "新しく届く人_低い方",
    "gained_high": "新しく届く人_高い方",
    "lost_low": "届かなくなる人_低い方",
    "lost_high": "届かなくなる人_高い方",
    "why": "わけ",
}
STATUS_WORDS: Final[dict[Status, Words]] = {
    "within": Words("届く", "within"),
    "no_rest": Words("休む所があれば届く", "no_rest"),
    "outside": Words("届かない", "outside"),
    "off_network": Words("道につながらない", "off_network"),
}
TOTAL_WORDS: Final = Words("合計", "total")
METRE_DECIMALS: Final = 3


# Said in every row of a file in straight lines: a table may be passed on without its notes.
BASIS: Final = "basis"
_BASIS_HEAD: Final = "測り方"
_STRAIGHT: Final = Words("直線（道のりはこれより長い）", "straight_line")
# What only streets can tell: not in the files of a town without.
_OF_STREETS: Final = re.compile(
    r"(why_)?(off_network|no_rest|no_way|no_streets|slope)|on_network|off_street_\w+|street_metres|"
    r"street|seated|way_\w+|slope_\w+|minutes_flat\w*|why_slope"
)
_SAID: Final = (
    ("道のり", "直線"), ("徒歩圏", "直線の範囲"), ("が歩く分", "の直線の分"), ("_道につながる人", ""),
    ("停留所まで歩ける人", "停留所が直線で範囲にある人"),
)  # fmt: skip


def measured(names: Mapping[str, str], *, straight: bool) -> dict[str, str]:
    """Return a file's names as they are, or as they are in straight lines (測り方に合わせた項目名).

    Then every row says so, and what only streets can tell has no column.

    Examples
    --------
    >>> measured({"metres": "道のりm", "off_network": "道につながらない人"}, straight=True)
    {'metres': '直線m', 'basis': '測り方'}
    """
    if not straight:
        return dict(names)
    kept = {key: name for key, name in names.items() if not _OF_STREETS.fullmatch(key)}
    for old, new in _SAID:
        kept = {key: name.replace(old, new) for key, name in kept.items()}
    return {**kept, BASIS: _BASIS_HEAD}


def value_of(row: Mapping[str, Any], key: str, keys: Keys) -> Any:  # noqa: ANN401 - a cell of any column
    """Return what a row has under a key, how it was measured included (項目の値)."""
    return _STRAIGHT.say(keys) if key == BASIS else row[key]


def name_values(values: Mapping[str, Any], names: Mapping[str, str], keys: Keys) -> dict[str, Any]:
    """Return a row under the names of the language, in their order (項目名をつける)."""
    return {key if keys == "en" else names[key]: value_of(values, key, keys) for key in names}


def round_number(value: float, decimals: int) -> float | None:
    """Return a number as files hold it: whole with no decimals, None for no figure (まるめる).

    Examples
    --------
    >>> round_number(12.0, 0), round_number(0.12345, 2), round_number(float("inf"), 3)
    (12, 0.12, None)
    """
    if not np.isfinite(value):
        return None
    return round(float(value), decimals) if decimals else round(float(value))
