"""ベンチ (bench)."""

from geo.words import Words
from surveys.record_type import Marker, RecordType

TYPE = RecordType(
    id="bench",
    words=Words("ベンチ", "bench"),
    marker=Marker(
        colour="#5B3A26",
        shape="M10 6.5h12a9.5 9.5 0 0 1 0 19H10a9.5 9.5 0 0 1 0-19z",
        glyph="M8 11.2h16v2.4H8zM7 15.6h18v2.6H7zM9.3 18.2h2.2v4.3H9.3zM20.5 18.2h2.2v4.3h-2.2z",
        size=26,
    ),
    walking_m=150,
    walking_source=Words(
        "休憩施設の間隔100〜200m（浜松市・世田谷区の指針）",
        "rests every 100–200 m (guidelines of Hamamatsu and Setagaya)",
    ),
    order=30,
)
