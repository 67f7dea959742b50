"""通いの場 (salon)."""

from geo.words import Words
from surveys.record_type import Marker, RecordType

TYPE = RecordType(
    id="salon",
    words=Words("通いの場", "salon"),
    marker=Marker(
        colour="#264A82",
        shape="M16 3a13 13 0 1 1 0 26a13 13 0 1 1 0-26z",
        glyph="M9 13h11v4.5a5 5 0 0 1-5 5h-1a5 5 0 0 1-5-5z",
        strokes="M20 14.6h1.4a2.4 2.4 0 0 1 0 4.8h-1.8M12.4 10.6V8M16.6 10.6V8",
        stroke_width=1.9,
        size=30,
    ),
    walking_m=500,
    walking_source=Words(
        "高齢者の徒歩圏500m（都市構造の評価に関するハンドブック、直線）",
        "elder people's walking radius of 500 m (MLIT handbook, straight line)",
    ),
    order=10,
)
