"""坂・段差 (slope or step)."""

from geo.words import Words
from surveys.record_type import Marker, RecordType

TYPE = RecordType(
    id="slope",
    words=Words("坂・段差", "slope or step"),
    marker=Marker(
        colour="#E0A100",
        shape="M16 3L30 28H2z",
        glyph="M10.2 25.2v-3h3.8v-3h3.8v-3H21v9z",
        dark_glyph=True,
    ),
    walking_m=None,
    walking_source=Words("距離の目安はない", "no walking range"),
    order=60,
)
