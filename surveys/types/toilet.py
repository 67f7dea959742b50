"""トイレ (toilet)."""

from geo.words import Words
from surveys.record_type import Marker, RecordType

TYPE = RecordType(
    id="toilet",
    words=Words("トイレ", "toilet"),
    marker=Marker(
        colour="#8A5FBF",
        shape="M4 4h24v24H4z",
        glyph="M10.8 7.6a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM8 12.6h5.6v6h-1.1v6H9.1v-6H8zM21.2 7.6a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM19.8 12.6h2.8l2.4 7h-2v5h-3.6v-5h-2z",
    ),
    walking_m=500,
    walking_source=Words(
        "だれでもトイレの利用距離500m（世田谷区の計画目標）",
        "500 m to a toilet for everyone (target of Setagaya)",
    ),
    order=40,
)
