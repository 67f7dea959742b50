"""What exported columns are called in English and in Japanese (書き出す項目名)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from geo.base.square import TOLD_HEADS
from geo.base.words import Words
from geo.measures import MEASURES

if TYPE_CHECKING:
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


def name_values(values: dict[str, Any], names: dict[str, str], keys: Keys) -> dict[str, Any]:
    """Return a row under the names of the language, in their order (項目名をつける)."""
    return {key if keys == "en" else names[key]: values[key] for key in names}


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
