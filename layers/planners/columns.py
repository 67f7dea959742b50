"""Columns of the planners' layers, declared as the register's are (列の言い方)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from surveys.declaration.field import Choice, Field
from surveys.formats.gpkg import Filled
from surveys.formats.parts.columns import Column
from surveys.formats.parts.gpkg_schema import Layer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.words import Lang, Words


def text(name: str, heads: Words) -> Column:
    """Return a column of texts (文の列)."""
    return Column(key=name, heads=heads, name=name)


def number(name: str, heads: Words, decimals: int = 0) -> Column:
    """Return a column of numbers, whole ones without decimals (数の列)."""
    field = Field(id=name, words=heads, kind="number", decimals=decimals)
    return Column(key=name, heads=heads, name=name, field=field)


def day(name: str, heads: Words) -> Column:
    """Return a column of days (日付の列)."""
    field = Field(id=name, words=heads, kind="date")
    return Column(key=name, heads=heads, name=name, field=field)


def choice(name: str, heads: Words, words: Mapping[str, Words]) -> Column:
    """Return a column that holds one of some ids, shown in words (選ぶ列)."""
    choices = tuple(Choice(id_, one) for id_, one in words.items())
    field = Field(id=name, words=heads, kind="choice", choices=choices)
    return Column(key=name, heads=heads, name=name, field=field)


def fill_layer(
    names: tuple[Words, Words],
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Any]],
    *,
    shapes: Sequence[shapely.Geometry | None] | None = None,
    drawn: str = "",
    lang: Lang,
    made_at: str,
) -> Filled:
    """Return a layer of rows by column name (行からレイヤをつくる).

    Parameters
    ----------
    names
        What it is called, and what whoever opens it must know.
    shapes
        A shape a row, in degrees; ``None`` for a table without.
    """
    name, about = names
    places, geometry = ([None] * len(rows), None) if shapes is None else one_kind(shapes)
    layer = Layer(
        name=name.say(lang), title=name.say(lang), geometry=geometry, columns=tuple(columns),
        made_at=made_at, lang=lang, about=about.say(lang), drawn=drawn,
    )  # fmt: skip
    cells = [[row.get(one.name) for one in columns] for row in rows]
    return Filled(layer=layer, places=places, rows=cells)


def one_kind(
    shapes: Sequence[shapely.Geometry | None],
) -> tuple[list[shapely.Geometry | None], str]:
    """Return shapes all of one kind, and what GeoPackages call it (形をそろえる).

    Lines and grounds become collections where one of them is one; an empty shape is none.

    Examples
    --------
    >>> one_kind([shapely.Point(0, 1), None])[1], one_kind([shapely.box(0, 0, 1, 1)])[1]
    ('POINT', 'MULTIPOLYGON')
    """
    kept = [None if one is None or one.is_empty else one for one in shapes]
    kinds = {one.geom_type for one in kept if one is not None}
    if kinds <= {"Polygon", "MultiPolygon"} and kinds:
        return [
            shapely.MultiPolygon([one]) if one is not None and one.geom_type == "Polygon" else one
            for one in kept
        ], "MULTIPOLYGON"
    if kinds == {"LineString", "MultiLineString"}:
        return [
            shapely.MultiLineString([one])
            if one is not None and one.geom_type == "LineString"
            else one
            for one in kept
        ], "MULTILINESTRING"
    if not kinds:
        return kept, "POINT"
    (kind,) = kinds
    return kept, kind.upper()
