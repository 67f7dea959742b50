"""Minutes on foot to the nearest shop (買い物先までの分)."""

from __future__ import annotations

from geo.base.words import Words
from geo.measures.measure import measure_to_kind

MEASURE = measure_to_kind(
    "shop",
    id_="minutes_shop",
    key_ja="買い物先までの分",
    words=Words("最寄りの買い物先までの分", "minutes to the nearest shop"),
    order=220,
    source=Words(
        "食料品アクセス（農林水産省）は直線500m。ここでは道のりの分",
        "MAFF's food access is 500 m in a straight line; here minutes along the streets",
    ),
)
