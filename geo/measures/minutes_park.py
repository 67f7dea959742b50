"""Minutes on foot to the nearest park (公園までの分)."""

from __future__ import annotations

from geo.base.words import Words
from geo.measures.measure import measure_to_kind

MEASURE = measure_to_kind(
    "park",
    id_="minutes_park",
    key_ja="公園までの分",
    words=Words("最寄りの公園までの分", "minutes to the nearest park"),
    order=240,
    source=Words(
        "いちばん近い公園をとる。種別が分からないので、街区公園250m・近隣公園500mなどの誘致距離は使わない",
        "the nearest park of any class; classes are not known, so their own distances are not used",
    ),
)
