"""Text from records, made harmless wherever HTML or a map takes it (あぶない文字をなくす)."""

from __future__ import annotations

import json
from typing import Final

from geo.base.marks import shown

_ENTITIES: Final = str.maketrans({sign: f"&#{ord(sign)};" for sign in "&<>\"'{}$\\`"})
_ESCAPES: Final = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&'`$%#\u2028\u2029"})


def entity(text: str) -> str:
    """Return text whose signs of HTML, Jinja and JavaScript are numeric entities (無害な文字).

    Folium renders text as Jinja on the server and as a template literal in the browser;
    `html.escape` stops neither. Signs nobody sees are shown as well (`geo.base.marks`).

    Examples
    --------
    >>> entity("{{7*7}} <b>")
    '&#123;&#123;7*7&#125;&#125; &#60;b&#62;'
    """
    return shown(text).translate(_ENTITIES)


def script_json(value: object) -> str:
    r"""Return JSON that may stand inside a script Folium renders (スクリプトに書ける JSON).

    Braces inside texts, and every sign that ends a script or begins a template, are written
    as ``\uXXXX``; the browser reads the same value.

    Examples
    --------
    >>> script_json({"url": "/{z}", "name": "{{7}}</script>"})
    '{"url": "/\\u007bz\\u007d", "name": "\\u007b\\u007b7\\u007d\\u007d\\u003c/script\\u003e"}'
    """
    if isinstance(value, dict):
        body = ", ".join(
            f"{script_json(str(key))}: {script_json(part)}" for key, part in value.items()
        )
        return "{" + body + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(script_json(part) for part in value) + "]"
    text = json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_ESCAPES)
    return text.replace("{", "\\u007b").replace("}", "\\u007d")
