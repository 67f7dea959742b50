"""地域資源 (local resource)."""

from geo.words import Words
from surveys.record_type import Marker, RecordType

TYPE = RecordType(
    id="resource",
    words=Words("地域資源", "local resource"),
    marker=Marker(
        colour="#59660F",
        shape="M16 2l12.5 7v14L16 30 3.5 23V9z",
        glyph="M16 8l2.35 5.2 5.65.6-4.25 3.8 1.25 5.6L16 20.3l-5 2.9 1.25-5.6L8 13.8l5.65-.6z",
    ),
    walking_m=None,
    walking_source=Words("距離の目安はない", "no walking range"),
    order=80,
)
