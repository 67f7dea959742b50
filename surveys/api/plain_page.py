"""A page of plain HTML without a script: to sign in, and to be told something (文だけの画面)."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from geo.base.lang import app_lang
from geo.base.marks import shown
from geo.base.words import Words

if TYPE_CHECKING:
    from starlette.requests import Request

    from geo.base.words import Lang

STYLE: Final = """
*{box-sizing:border-box}
body{margin:0;background:#FBF9F4;color:#20242E;font:18px/1.7 'Hiragino Sans','BIZ UDPGothic','Yu Gothic UI',
'Noto Sans JP','Noto Sans CJK JP',Meiryo,sans-serif}
header{background:#17325F;color:#fff;padding:.9rem 1.2rem;font-size:1.15rem;font-weight:700}
main{max-width:30rem;margin:1.5rem auto;padding:0 1.2rem}
h1{font-size:1.5rem;line-height:1.35;margin:0 0 1rem;color:#17325F}
form{background:#fff;border:1px solid #DCD6C8;border-radius:8px;padding:1.2rem}
label{display:block;font-weight:700;margin:0 0 .3rem}
input{display:block;width:100%;min-height:48px;font:inherit;padding:.3rem .8rem;margin:0 0 1rem;
border:1px solid #8B8677;border-radius:8px;background:#fff;color:#20242E}
button{display:block;width:100%;min-height:56px;font:inherit;font-weight:700;color:#fff;background:#264A82;
border:0;border-radius:8px}
a{color:#264A82;display:inline-block;min-height:48px;line-height:48px}
.note{color:#565C66;font-size:.95rem}
.fault{background:#FBEBE3;border-left:6px solid #B8431A;border-radius:0 8px 8px 0;padding:.6rem 1rem;margin:0 0 1rem}
.warn{background:#FBF1D9;border-left:6px solid #8A5A00;border-radius:0 8px 8px 0;padding:.6rem 1rem;margin:0 0 1rem}
code{background:#F3EFE6;padding:.1rem .3rem;border-radius:4px;overflow-wrap:anywhere}
:focus-visible{outline:3px solid #E0A100;outline-offset:2px}
"""


_LANGUAGES: Final = re.compile(r"\s*(ja|en)\b", re.IGNORECASE)


def plain_lang(request: Request) -> Lang:
    """Return the language asked for: by the address, by the browser, else the server's (言語)."""
    asked = request.query_params.get("lang") or request.headers.get("accept-language", "")
    for part in asked.split(","):
        found = _LANGUAGES.match(part)
        if found:
            return "en" if found[1].lower() == "en" else "ja"
    return app_lang()


def draw_plain(lang: Lang, title: str, body: str) -> str:
    """Return a page under the app's head; `title` is text, `body` HTML (画面にする)."""
    app = Words("かよいマップ", "Kayoi Map").say(lang)
    head = html.escape(shown(title))
    return (
        f"<!DOCTYPE html><html lang='{lang}'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{head} - {app}</title><style>{STYLE}</style></head>"
        f"<body><header>{app}</header><main><h1>{head}</h1>{body}</main></body></html>"
    )


def plain_text(words: Words, lang: Lang) -> str:
    """Return words as text in HTML (文にする)."""
    return html.escape(shown(words.say(lang)))
