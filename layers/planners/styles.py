"""Styles of QGIS as QML: symbols, classes and labels in the house's colours (QGISの描き方)."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final, Literal

from layers.maps.icons import icon_svg
from layers.maps.palette import CARD, INK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Dash = Literal["solid", "dash", "dot", "dash dot"]
_ICON_PX: Final = 32
_ICON_MM: Final = 6.0
_KINDS: Final = {
    "SimpleFill": "fill", "LinePatternFill": "fill", "SimpleLine": "line", "SvgMarker": "marker",
    "SimpleMarker": "marker",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a sign (記号の部分).

    Attributes
    ----------
    name
        As QGIS calls such a part.
    settings
        As QGIS writes them.
    made_of
        The line a pattern is made of.
    """

    name: str
    settings: Mapping[str, str]
    made_of: Symbol | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """A sign of one class: parts drawn one over another (記号)."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """One class of a layer (分類).

    Attributes
    ----------
    value
        What a categorised layer's column holds, or a rule's filter; "" draws all the rest.
    label
        As the legend says it.
    """

    value: str
    label: str
    symbol: Symbol


def fill(
    colour: str, *, line: str = CARD, width_mm: float = 0.3, alpha: int = 255, brush: str = "solid"
) -> Symbol:
    """Return a filled ground; `brush` is QGIS's name of a pattern, no width is no line (面)."""
    settings = {
        "color": _rgba(colour, alpha), "style": brush, "outline_color": _rgba(line),
        "outline_style": "solid" if width_mm else "no", "outline_width": f"{width_mm:g}",
        "outline_width_unit": "MM",
    }  # fmt: skip
    return Symbol(parts=(Part(name="SimpleFill", settings=settings),))


def hatch(colour: str, *, apart_mm: float = 2.0, width_mm: float = 0.5) -> Symbol:
    """Return a ground hatched at 45°, with its own outline (斜線)."""
    settings = {
        "angle": "45", "distance": f"{apart_mm:g}", "distance_unit": "MM",
        "line_width": f"{width_mm:g}", "line_width_unit": "MM", "color": _rgba(colour),
    }  # fmt: skip
    lines = Part(name="LinePatternFill", settings=settings, made_of=stroke(colour, width_mm))
    return over(fill(colour, line=colour, width_mm=width_mm, alpha=33), Symbol(parts=(lines,)))


def stroke(colour: str, width_mm: float, dash: Dash = "solid") -> Symbol:
    """Return a line (線)."""
    settings = {
        "line_color": _rgba(colour), "line_style": dash, "line_width": f"{width_mm:g}",
        "line_width_unit": "MM", "capstyle": "round", "joinstyle": "round",
    }  # fmt: skip
    return Symbol(parts=(Part(name="SimpleLine", settings=settings),))


def icon(kind: str, *, hollow: bool = False, size_mm: float = _ICON_MM) -> Symbol:
    """Return a record type's own sign, which needs no file beside the style (しるし)."""
    svg = base64.b64encode(icon_svg(kind, _ICON_PX, hollow=hollow).encode()).decode()
    settings = {
        "name": f"base64:{svg}", "size": f"{size_mm:g}", "size_unit": "MM", "color": _rgba(INK),
    }  # fmt: skip
    return Symbol(parts=(Part(name="SvgMarker", settings=settings),))


def ring(colour: str, line: str, size_mm: float) -> Symbol:
    """Return a round plate with an outline, for a number (丸)."""
    settings = {
        "name": "circle", "color": _rgba(colour), "outline_color": _rgba(line),
        "outline_width": "0.6", "outline_width_unit": "MM", "size": f"{size_mm:g}",
        "size_unit": "MM",
    }  # fmt: skip
    return Symbol(parts=(Part(name="SimpleMarker", settings=settings),))


def over(*symbols: Symbol) -> Symbol:
    """Return symbols drawn one over another as one (重ねる)."""
    return Symbol(parts=tuple(part for one in symbols for part in one.parts))


def single(symbol: Symbol) -> str:
    """Return a layer all of which is drawn alike (ひとつの描き方)."""
    return _renderer("singleSymbol", "", "", [symbol])


def categorised(column: str, classes: Sequence[Class]) -> str:
    """Return a layer drawn by what one column holds (分類で描く)."""
    rows = "".join(
        f'<category symbol="{at}" value="{escape(one.value)}" label="{escape(one.label)}"'
        ' render="true" type="string"/>'
        for at, one in enumerate(classes)
    )
    more = f' attr="{escape(column)}"'
    body = f"<categories>{rows}</categories>"
    return _renderer("categorizedSymbol", more, body, [one.symbol for one in classes])


def ruled(classes: Sequence[Class]) -> str:
    """Return a layer drawn by rules, each drawn where its filter holds (決まりで描く)."""
    rows = "".join(
        f'<rule key="{{{_key(at + 1)}}}" symbol="{at}" filter="{escape(one.value)}"'
        f' label="{escape(one.label)}"/>'
        for at, one in enumerate(classes)
    )
    body = f'<rules key="{{{_key(0)}}}">{rows}</rules>'
    return _renderer("RuleRenderer", "", body, [one.symbol for one in classes])


def labelled(expression: str, *, size_pt: float = 9.0, beside: bool = False) -> str:
    """Return a layer's labels: ink with a white halo, by an expression of QGIS (名前を書く).

    With `beside` they keep off the sign they name.
    """
    place = 'placement="0" dist="3" distUnits="MM"' if beside else 'placement="1" quadOffset="4"'
    return (
        '<labeling type="simple"><settings calloutType="simple">'
        f'<text-style fieldName="{escape(expression)}" isExpression="1" fontSize="{size_pt:g}"'
        f' fontSizeUnit="Point" textColor="{_rgba(INK)}" textOpacity="1" fontWeight="50"'
        ' multilineHeight="1" blendMode="0">'
        '<text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM"'
        f' bufferColor="{_rgba(CARD)}" bufferOpacity="1" bufferJoinStyle="128"'
        ' bufferNoFill="1" bufferBlendMode="0"/></text-style>'
        f'<placement {place} centroidInside="1" centroidWhole="0"/>'
        '<rendering drawLabels="1" scaleVisibility="0" obstacle="0" displayAll="0"/>'
        "</settings></labeling>"
    )


def _renderer(kind: str, more: str, body: str, symbols: Sequence[Symbol]) -> str:
    drawn = "".join(_symbol(str(at), one) for at, one in enumerate(symbols))
    return (
        f'<renderer-v2 type="{kind}"{more} forceraster="0" symbollevels="0" enableorderby="0">'
        f"{body}<symbols>{drawn}</symbols></renderer-v2>"
    )


def _symbol(name: str, symbol: Symbol) -> str:
    parts = "".join(
        f'<layer class="{one.name}" enabled="1" locked="0" pass="0"><Option type="Map">'
        + "".join(
            f'<Option type="QString" name="{key}" value="{escape(value)}"/>'
            for key, value in one.settings.items()
        )
        + "</Option>"
        + ("" if one.made_of is None else _symbol(f"@{name}@{at}", one.made_of))
        + "</layer>"
        for at, one in enumerate(symbol.parts)
    )
    kind = _KINDS[symbol.parts[0].name]
    return (
        f'<symbol type="{kind}" name="{name}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f"{parts}</symbol>"
    )


def _rgba(colour: str, alpha: int = 255) -> str:
    """Return a colour as QGIS writes it.

    Examples
    --------
    >>> _rgba("#264A82")
    '38,74,130,255'
    """
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"


def _key(number: int) -> str:
    """Return a rule's key: the same each time, and unlike any other of its layer."""
    return f"00000000-0000-4000-8000-{number:012d}"
