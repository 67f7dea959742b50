"""Minutes on foot to the nearest bus stop (停留所までの分)."""

from __future__ import annotations

from geo.base.words import Words
from geo.measures.measure import measure_to_kind

MEASURE = measure_to_kind(
    "bus_stop",
    id_="minutes_stop",
    key_ja="停留所までの分",
    words=Words("最寄りの停留所までの分", "minutes to the nearest bus stop"),
    order=230,
    source=Words(
        "国の手引きはバス停から直線300m。ここでは道のりの分",
        "the ministry's handbook has 300 m straight from a bus stop; here minutes along the streets",
    ),
)
