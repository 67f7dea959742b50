"""地域課題・気づき (concern)."""

from geo.words import Words
from surveys.record_type import Marker, RecordType

TYPE = RecordType(
    id="concern",
    words=Words("地域課題・気づき", "concern"),
    marker=Marker(
        colour="#B8431A",
        shape="M16 1.5L30.5 16 16 30.5 1.5 16z",
        glyph="M14.5 8h3l-.5 9.6h-2zM16 19.6a1.9 1.9 0 1 1 0 3.8 1.9 1.9 0 0 1 0-3.8z",
    ),
    walking_m=None,
    walking_source=Words("距離の目安はない", "no walking range"),
    order=90,
)
