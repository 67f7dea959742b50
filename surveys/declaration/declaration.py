"""Declarations as JSON, for the app that asks the same questions without us (宣言の書き出し).

Only what is carried on a device is written: see `surveys.declaration.field.Field.carried`.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from surveys.declaration.field import KINDS_WITHOUT_UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.base.words import Words
    from surveys.declaration.field import Choice, Field, Item
    from surveys.declaration.record_type import Marker, RecordType


def dump_declaration(type_: RecordType) -> dict[str, Any]:
    """Return a record type as plain JSON values (調査票をJSONにする).

    Walking ranges and months stay behind: nothing outdoors is measured by them.
    """
    return {
        "id": type_.id,
        "words": _words(type_.words),
        "sheet": _words(type_.sheet),
        "marker": _marker(type_.marker),
        "order": type_.order,
        "shapes": list(type_.shapes),
        "pin_needed": type_.pin_needed,
        "log": type_.log,
        "fields": [_field(one) for one in type_.fields if one.carried],
    }


def types_version(types: Iterable[RecordType]) -> str:
    """Return a short text that changes when any of the declarations does (宣言の版)."""
    text = json.dumps([dump_declaration(one) for one in types], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _words(words: Words) -> dict[str, str]:
    return {"ja": words.ja, "en": words.en}


def _marker(marker: Marker) -> dict[str, Any]:
    return {
        "colour": marker.colour,
        "shape": marker.shape,
        "glyph": marker.glyph,
        "strokes": marker.strokes,
        "stroke_width": marker.stroke_width,
        "dark_glyph": marker.dark_glyph,
        "size": marker.size,
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "id": field.id,
        "words": _words(field.words),
        "kind": field.kind,
        "choices": [_choice(one) for one in field.choices],
        "unit": field.unit,
        "low": field.low,
        "high": field.high,
        "decimals": field.decimals,
        "help": _words(field.help) if field.help else None,
        "first": field.first,
        "item": _item(field.item) if field.item else None,
        "unknown": field.kind not in KINDS_WITHOUT_UNKNOWN,
    }


def _choice(choice: Choice) -> dict[str, Any]:
    told: dict[str, Any] = {"id": choice.id, "words": _words(choice.words)}
    return told | {"hidden": True} if choice.hidden else told


def _item(item: Item) -> dict[str, Any]:
    return {
        "words": _words(item.words),
        "counter": _words(item.counter),
        "marker": item.marker,
        "fields": [_field(one) for one in item.fields if one.carried],
    }
