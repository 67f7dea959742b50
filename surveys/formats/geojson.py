"""GeoJSON (RFC 7946): a feature a site, items as lists inside it (GeoJSON)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import shapely
from shapely.geometry import mapping

from geo.base.geojson import dump_features
from geo.base.words import Words
from surveys.formats.parts.columns import item_columns, site_columns
from surveys.formats.parts.declare import Format, Reading, tell_homes
from surveys.formats.parts.of_type import ALL, TYPE
from surveys.formats.parts.table import item_row, shown_columns, site_row
from surveys.formats.raw.geojson import read_geojson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from surveys.declaration.field import Field
    from surveys.declaration.record_type import RecordType
    from surveys.formats.parts.columns import Column
    from surveys.formats.parts.declare import Sites
    from surveys.record.portable import Portable

VERSION: Final = 1


def dump_geojson(
    type_: RecordType, portables: Sequence[Portable], lang: Lang, made_at: str
) -> bytes:
    """Return sites as GeoJSON, a feature a line (GeoJSONを書く).

    Every feature has every question, null where it was not asked; a site without a place has a
    null geometry. The member ``kayoi`` tells the type, when it was made, and the version of this
    layout.
    """
    told = {"type": type_.id, "made_at": made_at, "version": VERSION}
    return _collect(_features(type_, portables, lang), told | tell_homes(portables))


def dump_geojson_all(sites: Sites, lang: Lang, made_at: str) -> bytes:
    """Return sites of several types as one GeoJSON (すべての種類のGeoJSON).

    As `dump_geojson`, each feature's properties beginning with ``type``, the type's id; the
    member ``kayoi`` says ``all``. Reading it takes the features of the type that is asked for.
    """
    features = [
        feature
        for type_, portables in sites.items()
        for feature in _features(type_, portables, lang, {TYPE: type_.id})
    ]
    told = {"type": ALL, "made_at": made_at, "version": VERSION}
    homes = tell_homes([one for portables in sites.values() for one in portables])
    return _collect(features, told | homes)


def _collect(features: Sequence[dict[str, Any]], told: dict[str, Any]) -> bytes:
    return dump_features(features, foreign={"kayoi": told}).encode()


def _features(
    type_: RecordType,
    portables: Sequence[Portable],
    lang: Lang,
    first: dict[str, str] | None = None,
) -> list[dict[str, Any]]:
    columns = shown_columns(site_columns(type_), "json")
    inner = {one.id: item_columns(one) for one in type_.fields if one.item}
    features = []
    for number, portable in enumerate(portables, start=1):
        row: dict[str, Any] = dict(site_row(portable, type_, lang, "json"))
        for field in type_.fields:
            items = portable.answers.get(field.id)
            if field.item and isinstance(items, list):
                row[field.id] = [_say_item(field, inner[field.id], one, lang) for one in items]
        feature = {
            "type": "Feature",
            "id": portable.id or number,
            "geometry": _geometry(portable.place),
            "properties": (first or {}) | {one.head(lang): row.get(one.key) for one in columns},
        }
        features.append(feature)
    return features


def _say_item(
    field: Field, columns: Sequence[Column], item: dict[str, Any], lang: Lang
) -> dict[str, Any]:
    row = item_row(field, item, 0, lang, "json")
    return {
        one.head(lang): row[one.key]
        for one in columns
        if one.key != "@order" and row.get(one.key) is not None
    }


def _geometry(place: shapely.Geometry | None) -> dict[str, Any] | None:
    if place is None:
        return None
    turned = shapely.orient_polygons(place, exterior_cw=False)  # RFC 7946 §3.1.6
    found: dict[str, Any] = mapping(turned)
    return found


FORMAT: Final = Format(
    id="geojson", words=Words("GeoJSON（地図）", "GeoJSON (map)"),
    suffix=".geojson", mime="application/geo+json", order=3, dump=dump_geojson,
    dump_many=dump_geojson_all,
    reading=Reading(
        words=Words("GeoJSON", "GeoJSON"), endings=(".geojson", ".json"), read=read_geojson,
        opens="{[",
    ),
)  # fmt: skip
