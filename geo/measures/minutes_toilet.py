"""Minutes on foot to the nearest toilet (トイレまでの分)."""

from __future__ import annotations

from geo.base.words import Words
from geo.measures.measure import measure_to_kind

MEASURE = measure_to_kind(
    "toilet",
    id_="minutes_toilet",
    key_ja="トイレまでの分",
    words=Words("最寄りのトイレまでの分", "minutes to the nearest toilet"),
    order=200,
    source=Words(
        "外出先のトイレ。地図と調査で分かっているものだけを数える",
        "toilets on the way; only those that the map or a survey knows",
    ),
)
