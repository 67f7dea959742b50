"""停留所 (bus stop)."""

from geo.words import Words
from surveys.record_type import Marker, RecordType

TYPE = RecordType(
    id="bus_stop",
    words=Words("停留所", "bus stop"),
    marker=Marker(
        colour="#0A7C8C",
        shape="M16 1.5a11 11 0 0 1 2.2 21.8V31h-4.4v-7.7A11 11 0 0 1 16 1.5z",
        glyph="M12.2 7.2h7.6a1.6 1.6 0 0 1 1.6 1.6v7.4h-1.2v1.6h-2v-1.6h-4.4v1.6h-2v-1.6h-1.2V8.8a1.6 1.6 0 0 1 1.6-1.6zM12.2 9v3.2h7.6V9z",
    ),
    walking_m=300,
    walking_source=Words(
        "バス停の徒歩圏300m（都市構造の評価に関するハンドブック、直線）",
        "300 m to a bus stop (MLIT handbook, straight line)",
    ),
    order=50,
)
