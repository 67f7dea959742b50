"""Minutes on foot to the nearest bench (ベンチまでの分)."""

from __future__ import annotations

from geo.base.words import Words
from geo.measures.measure import measure_to_kind

MEASURE = measure_to_kind(
    "bench",
    id_="minutes_bench",
    key_ja="ベンチまでの分",
    words=Words("最寄りのベンチまでの分", "minutes to the nearest bench"),
    order=210,
    source=Words(
        "座って休める所。地図と調査で分かっているものだけを数える",
        "where one may sit; only those that the map or a survey knows",
    ),
)
