"""The salons of the demo town (通いの場).

Invented. Most lie in the old centre, few on the hill and in the hamlets, so that coverage has
something to tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.demo.plan import Feature


@dataclass(frozen=True, slots=True, kw_only=True)
class Salon:
    """One salon, and the name of the building or park it meets in (通いの場のひとつ)."""

    name: str
    kind: str
    venue: str
    days: str
    hours: str
    note: str = ""


SALONS: Final = (
    Salon(
        name="本町いきいき体操",
        kind="体操",
        venue="中央公民館",
        days="毎週火曜",
        hours="10:00～11:30",
    ),
    Salon(
        name="中央公園ラジオ体操の会",
        kind="体操",
        venue="中央公園",
        days="毎日",
        hours="6:30～6:45",
        note="雨の日は休み",
    ),
    Salon(
        name="仲町ふれあい茶話会",
        kind="茶話会",
        venue="仲町会館",
        days="第1・3水曜",
        hours="13:30～15:30",
    ),
    Salon(
        name="図書館で朗読を楽しむ会",
        kind="趣味活動",
        venue="汐見野図書館",
        days="第2・4木曜",
        hours="10:00～11:30",
    ),
    Salon(
        name="みなとカフェ",
        kind="認知症カフェ",
        venue="喫茶みなと",
        days="第3土曜",
        hours="14:00～16:00",
        note="飲み物代300円",
    ),
    Salon(
        name="西町お達者クラブ",
        kind="体操",
        venue="西町公会堂",
        days="毎週金曜",
        hours="9:30～11:00",
    ),
    Salon(
        name="駅南元気体操", kind="体操", venue="駅南集会所", days="毎週月曜", hours="10:00～11:30"
    ),
    Salon(
        name="河畔グラウンドゴルフ",
        kind="趣味活動",
        venue="駅南河畔公園",
        days="毎週水曜",
        hours="9:00～11:00",
        note="祝日を除く",
    ),
    Salon(
        name="寺町写経と茶の会",
        kind="茶話会",
        venue="潮音院",
        days="毎月10日",
        hours="13:00～15:00",
    ),
    Salon(
        name="川向サロン", kind="茶話会", venue="川向集会所", days="毎週木曜", hours="13:30～15:00"
    ),
    Salon(
        name="団地ふれあい食堂",
        kind="会食",
        venue="団地集会所",
        days="第2・4金曜",
        hours="11:30～13:30",
        note="申込みが必要",
    ),
    Salon(
        name="新町ストレッチ教室",
        kind="体操",
        venue="新町コミュニティセンター",
        days="毎週火曜",
        hours="13:30～15:00",
    ),
    Salon(
        name="緑ヶ丘ふもと体操",
        kind="体操",
        venue="緑ヶ丘自治会館",
        days="毎週水曜",
        hours="10:00～11:30",
        note="丘の下の自治会館です",
    ),
    Salon(
        name="奥谷よりあい", kind="茶話会", venue="奥谷公会堂", days="第1火曜", hours="10:00～12:00"
    ),
    Salon(
        name="下新田ひだまりの会",
        kind="茶話会",
        venue="下新田公会堂",
        days="第2・4月曜",
        hours="13:30～15:30",
    ),
)


def place_salons(features: Sequence[Feature]) -> list[tuple[float, float]]:
    """Return where each of `SALONS` meets, metres: the middle of its venue (会場の位置).

    Raises
    ------
    KeyError
        When a venue is not among the features: the plan must be mended.
    """
    middle = {}
    for feature in features:
        name = dict(feature.tags).get("name")
        if name and feature.shape.geom_type == "Polygon" and name not in middle:
            inside = feature.shape.representative_point()
            middle[name] = (inside.x, inside.y)
    return [middle[salon.venue] for salon in SALONS]
