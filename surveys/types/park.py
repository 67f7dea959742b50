"""公園 (park)."""

from geo.words import Words
from surveys.record_type import Marker, RecordType

TYPE = RecordType(
    id="park",
    words=Words("公園", "park"),
    marker=Marker(
        colour="#2B7A4B",
        shape="M8.5 3.5h15a5 5 0 0 1 5 5v15a5 5 0 0 1-5 5h-15a5 5 0 0 1-5-5v-15a5 5 0 0 1 5-5z",
        glyph="M16 6.5a4.7 4.7 0 0 1 4.6 3.8 3.9 3.9 0 0 1-.5 7.7h-2.8V25.5h-2.6V18h-2.8a3.9 3.9 0 0 1-.5-7.7A4.7 4.7 0 0 1 16 6.5z",
    ),
    walking_m=250,
    walking_source=Words(
        "街区公園の誘致距離として使われてきた直線250m",
        "250 m straight, long used for neighbourhood parks",
    ),
    order=20,
)
