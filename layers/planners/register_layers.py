"""The register by kind as layers of a planners' file, each with shapes of one kind (台帳のレイヤ)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from layers.maps.palette import INK2
from layers.planners.columns import one_kind
from layers.planners.site_layers import mark_office
from layers.planners.styles import Class, categorised, fill, icon, single, stroke
from layers.surveyed.areas import name_areas
from surveys.formats.gpkg import item_layer, site_layer
from surveys.record.history import STATUS_WORDS
from surveys.record.veil import NO_AREAS, show_outside
from surveys.store.portables import all_portables
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.base.words import Lang
    from geo.town import Town
    from layers.planners.styles import Symbol
    from surveys.declaration.field import Field
    from surveys.declaration.record_type import RecordType
    from surveys.formats.gpkg import Filled
    from surveys.record.portable import Portable
    from surveys.store.register import Register

_DIMENSIONS: Final = {0: Words("", ""), 1: Words("_線", ", lines"), 2: Words("_面", ", grounds")}


def register_layers(
    town: Town, register: Register, *, exact: bool, lang: Lang, made_at: str
) -> Iterator[Filled]:
    """Yield every type's sites and items, private homes as files may show them (台帳のレイヤ).

    Every name says 庁内用: notes and photos stand in all of them, and nobody has agreed yet to any
    being shown. Sites without a place are among the points.
    """
    every = all_portables(register)
    homes = {one.id: one.place for one in every if one.home and not exact}
    areas = name_areas(town, homes) if homes else NO_AREAS
    for type_ in RECORD_TYPES.values():
        mine = [one for one in every if one.type == type_.id]
        shown = [show_outside(one, type_, exact=exact, areas=areas) for one in mine]
        if not shown:
            continue
        for dimension, words in _DIMENSIONS.items():
            part = [one for one in shown if _dimension(one) == dimension]
            if part:
                yield _site_layer(type_, part, words, lang=lang, made_at=made_at)
        for field in (one for one in type_.fields if one.item):
            filled = item_layer(type_, field, shown, lang, made_at)
            if filled.rows:
                yield _item_layer(field, filled)


def _dimension(portable: Portable) -> int:
    place = portable.place
    if place is None or place.is_empty:
        return 0
    return {"Point": 0, "LineString": 1, "MultiLineString": 1}.get(place.geom_type, 2)


def _site_layer(
    type_: RecordType,
    sites: Sequence[Portable],
    words: Words,
    *,
    lang: Lang,
    made_at: str,
) -> Filled:
    filled = site_layer(type_, sites, lang, made_at)
    places, geometry = one_kind(filled.places)
    signs = _signs(type_, geometry)
    classes = [
        Class(value=id_, label=one.say(lang), symbol=signs[id_ != "active"])
        for id_, one in STATUS_WORDS.items()
    ]
    status = next(one.name for one in filled.layer.columns if one.key == "@status")
    filled = replace(filled, places=places, layer=replace(filled.layer, geometry=geometry))
    return _named(filled, words, categorised(status, classes))


def _item_layer(field: Field, filled: Filled) -> Filled:
    drawn = single(icon(field.item.marker, size_mm=4)) if field.item else ""
    return _named(filled, Words("", ""), drawn)


def _signs(type_: RecordType, geometry: str) -> tuple[Symbol, Symbol]:
    """Return the sign of what is there, and of what is not any more or paused."""
    colour = type_.marker.colour
    if geometry == "POINT":
        return icon(type_.id, size_mm=5), icon(type_.id, hollow=True, size_mm=5)
    if geometry == "MULTIPOLYGON":
        # Lines alone: a whole neighbourhood's colour would be read as its share.
        return (
            fill(colour, line=colour, alpha=0, width_mm=0.8),
            fill(colour, line=INK2, alpha=0, width_mm=0.4),
        )
    return stroke(colour, 1.2), stroke(INK2, 0.8, "dash")


def _named(filled: Filled, words: Words, drawn: str) -> Filled:
    """Return a layer of the register under its own name: an unmarked one would be 通いの場 twice."""
    layer = filled.layer
    ja, en = f"台帳_{layer.title}{words.ja}", f"register, {layer.title}{words.en}"
    name = mark_office(Words(ja, en), office=True).say(layer.lang)
    shaped = drawn if layer.geometry else ""
    return replace(filled, layer=replace(layer, name=name, title=name, drawn=shaped))
