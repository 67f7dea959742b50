"""Everything that can come in to a town, by its role (街に入るもの)."""

from __future__ import annotations

from typing import Final

from geo.base.addressed.files import ENDINGS
from geo.base.registry import by_id
from geo.base.words import Words
from geo.sheets.book import TABLE_ENDINGS
from geo.sources.declare import Role

_MAPS: Final = (
    ".geojson", ".json", ".topojson", ".gpkg", ".shp", ".fgb", ".parquet", ".geoparquet", ".kml",
    ".gml", ".tab", ".mif", ".kmz", ".zip",
)  # fmt: skip

ROLES: Final[dict[str, Role]] = by_id(
    (
        Role(
            id="streets", words=Words("道", "streets"), option="--streets", one=True,
            room="geo.sources.streets",
            origin=Words("下の書式のどれか", "one of the formats below"),
        ),
        Role(
            id="border", words=Words("市の境", "the city's border"), option="--border", one=True,
            endings=_MAPS,
            origin=Words(
                "国土数値情報 行政区域（N03）。表示「国土数値情報（行政区域データ）（国土交通省）を加工」",
                "国土数値情報 N03; to be told: 国土数値情報（行政区域データ）（国土交通省）を加工",
            ),
        ),
        Role(
            id="division", words=Words("地区の分け方", "areas of a division"),
            option="--division", endings=_MAPS,
            origin=Words(
                "e-Stat 国勢調査の小地域（町丁・字）、国土数値情報の学校区など",
                "small areas of the census (e-Stat), school districts of 国土数値情報, and others",
            ),
        ),
        Role(
            id="people", words=Words("人口", "people"), option="--people",
            endings=(*TABLE_ENDINGS, ".zip"),
            origin=Words(
                "市の住民基本台帳の町丁別人口、または e-Stat 国勢調査。表示「政府統計の総合窓口(e-Stat)」加工",
                "the city's residents by area, or the census; to be told: 政府統計の総合窓口(e-Stat)",
            ),
        ),
        Role(
            id="sites", words=Words("通いの場", "salons"), option="--sites",
            endings=(*TABLE_ENDINGS, *_MAPS),
            origin=Words(
                "市の一覧。オープンデータなら CC BY 4.0 か PDL1.0",
                "the city's list; as open data under CC BY 4.0 or PDL1.0",
            ),
        ),
        Role(
            id="addresses", words=Words("住所の場所", "where addresses are"), option="--addresses",
            endings=ENDINGS,
            origin=Words(
                "Geolonia 住所データ（CC BY 4.0）か、位置参照情報（国土交通省）。1市区町村分",
                "Geolonia's data of addresses (CC BY 4.0) or 位置参照情報, of one municipality",
            ),
        ),
        Role(
            id="heights", words=Words("標高", "heights"), option="--heights",
            room="geo.sources.heights",
            origin=Words("下の書式のどれか、またはその zip", "one of the formats below, or a zip of them"),
        ),
    )
)  # fmt: skip
