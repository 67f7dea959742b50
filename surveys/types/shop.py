"""買い物先 (shop)."""

from geo.words import Words
from surveys.record_type import Marker, RecordType

TYPE = RecordType(
    id="shop",
    words=Words("買い物先", "shop"),
    marker=Marker(
        colour="#A83279",
        shape="M6.5 10.5H11V8.5a5 5 0 0 1 10 0v2h4.5L28 29H4z",
        glyph="M13.2 10.5V8.5a2.8 2.8 0 0 1 5.6 0v2z",
        strokes="M11.2 16a4.8 4.8 0 0 0 9.6 0",
        stroke_width=2.4,
    ),
    walking_m=500,
    walking_source=Words("食料品アクセスの直線500m（農林水産省）", "500 m straight to food (MAFF)"),
    order=70,
)
