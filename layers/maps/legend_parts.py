"""What legends are put together from: items with a picture, hatches (凡例の部品)."""

from __future__ import annotations

from layers.maps.icons import icon_data_uri, sign_of, svg_data_uri


def hatched(colour: str, line: str) -> str:
    """Return a box hatched as the map hatches areas; `line` is one stroke, from the left (斜線)."""
    strokes = "".join(
        f"<path d='M{x} {line}' stroke='{colour}' stroke-width='2.2'/>" for x in (-8, 2, 12, 22)
    )
    box = f"<rect width='28' height='16' fill='{colour}' fill-opacity='.13' stroke='{colour}' stroke-width='1.6'/>"
    return box + strokes


def legend_item(text: str, art: str, width: int) -> str:
    """Return one item: its picture, and what it means (凡例の一つ).

    Parameters
    ----------
    art
        A sign, as `layers.maps.icons.sign_of` reads it; else SVG in a box of `width` × 16; "" for
        none.
    """
    sign = sign_of(art)
    if sign is not None:
        kind, badge = sign
        uri = icon_data_uri(kind, width, hollow=bool(badge), badge=badge)
        picture = f"<img alt='' width='{width}' height='{width}' src='{uri}'>"
    elif art:
        svg = f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='16'>{art}</svg>"
        picture = f"<img alt='' width='{width}' height='16' src='{svg_data_uri(svg)}'>"
    else:
        picture = ""
    return f"<span>{picture}{text}</span>"


def join_legend(items: list[str]) -> str:
    """Return items as one legend, HTML (凡例にまとめる)."""
    return f"<div class='kz-legend'>{''.join(items)}</div>"
