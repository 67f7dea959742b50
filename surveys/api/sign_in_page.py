"""The sign-in and sign-out pages: plain HTML without a script (サインインの画面)."""

from __future__ import annotations

import base64
import hashlib
import html
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from geo.base.marks import shown
from geo.base.words import Words

if TYPE_CHECKING:
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
_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
CSP: Final = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
WRONG: Final = Words(
    "名前かパスワードが合いません。大文字・小文字と、かな入力になっていないかを確かめてください",
    "the name or the password does not fit; look at capital letters and the keyboard's language",
)
BUSY: Final = Words(
    "サインインがこみあっています。少し待って、もう一度ためしてください",
    "many are signing in just now; wait a moment and try again",
)
FORGOTTEN: Final = Words(
    "パスワードを忘れたときは、かよいマップを動かしている人に頼んでください。その機械で次のように打つと、新しくできます：",
    "Forgotten the password? Ask whoever keeps the server: typed there, this sets a new one:",
)
NOBODY: Final = Words(
    "利用者がまだいません。かよいマップを動かしている機械で、次のように打ってつくってください：",
    "There is no account yet. Make one on the machine that runs Kayoi Map by typing:",
)
IN_THE_CLEAR: Final = Words(
    "この通信は暗号化されていません（http）。パスワードが途中で読まれるおそれがあります。"
    "野外アプリも、電波のない所では使えません",
    "This connection is not encrypted (http): the password may be read on its way, and the field"
    " app does not work without a signal",
)


def draw_sign_in(
    lang: Lang, *, to: str, fault: Words | None = None, name: str = "", nobody: bool, clear: bool
) -> str:
    """Return the sign-in page (サインインの画面).

    Parameters
    ----------
    to
        Where to go afterwards, checked already.
    nobody
        Whether there is no account at all.
    clear
        Whether the password would travel unencrypted between two machines.
    """
    title = Words("サインイン", "Sign in").say(lang)
    named, secret = Words("名前", "Name").say(lang), Words("パスワード", "Password").say(lang)
    told = f"<p class='fault' role='alert'>{_text(fault, lang)}</p>" if fault else ""
    told += f"<p class='warn'>{_text(IN_THE_CLEAR, lang)}</p>" if clear else ""
    told += _command(NOBODY, "add", lang, "warn") if nobody else ""
    action = f"/auth/login?next={quote(to, safe='/')}&lang={lang}"
    first, second = (" autofocus", "") if not name else ("", " autofocus")
    return _page(
        lang,
        title,
        f"{told}<form method='post' action='{html.escape(action)}'>"
        f"<label for='name'>{named}</label>"
        f"<input id='name' name='name' value='{html.escape(name)}' autocomplete='username'"
        f" autocapitalize='none' spellcheck='false' required maxlength='100'{first}>"
        f"<label for='password'>{secret}</label>"
        "<input id='password' name='password' type='password' autocomplete='current-password'"
        f" required maxlength='200'{second}>"
        f"<button>{title}</button></form>{_command(FORGOTTEN, 'password', lang, 'note')}"
        f"{_other_language(lang, to)}",
    )


def draw_sign_out(lang: Lang, name: str) -> str:
    """Return the page that asks whether to sign out (サインアウトの画面)."""
    title = Words("サインアウト", "Sign out").say(lang)
    who = Words(f"{name} さんとしてサインインしています。", f"You are signed in as {name}.")
    kept = Words(
        "この端末にある、まだ送っていない記録は消えません。", "Unsent records stay on this device."
    )
    carried = Words(
        "持ち出した地点と地図もこの端末に残り、サインインしなくても野外アプリで見られます"
        "（電話番号や連絡先は入っていません）。端末を人に渡すときは、みな送ったことを確かめてから、"
        "ブラウザの設定でこのサイトのデータを消してください。",
        "Sites and the map carried on it stay too, and the field app shows them without sign-in"
        " (no telephone numbers or contacts are among them). Before the device goes to somebody"
        " else, see that all is sent, then clear this site's data in the browser's settings.",
    )
    back = Words("もどる", "Back").say(lang)
    return _page(
        lang,
        title,
        f"<p>{_text(who, lang)} {_text(kept, lang)}</p><p>{_text(carried, lang)}</p>"
        f"<form method='post' action='/auth/logout?lang={lang}'><button>{title}</button></form>"
        f"<p><a href='/'>{back}</a></p>",
    )


def wait_words(seconds: int) -> Words:
    """Return how long to wait after too many tries (待ってもらう)."""
    minutes = -(-seconds // 60)
    return Words(
        f"サインインが続けてできなかったので、しばらく止めています。{minutes}分ほど待って、もう一度ためしてください",
        f"too many tries in a row; wait about {minutes} min and try again",
    )


def _command(words: Words, action: str, lang: Lang, kind: str) -> str:
    name = Words("名前", "NAME").say(lang)
    folder = Words("街のフォルダ", "DIR").say(lang)
    line = f"kayoi user {action} {name} --town {folder}"
    return f"<p class='{kind}'>{_text(words, lang)}<br><code>{html.escape(line)}</code></p>"


def _other_language(lang: Lang, to: str) -> str:
    other, name = ("en", "English") if lang == "ja" else ("ja", "日本語")
    there = f"/auth/login?next={quote(to, safe='/')}&lang={other}"
    return f"<p><a lang='{other}' href='{html.escape(there)}'>{name}</a></p>"


def _text(words: Words, lang: Lang) -> str:
    return html.escape(shown(words.say(lang)))


def _page(lang: Lang, title: str, body: str) -> str:
    app = Words("かよいマップ", "Kayoi Map").say(lang)
    return (
        f"<!DOCTYPE html><html lang='{lang}'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{title} - {app}</title><style>{STYLE}</style></head>"
        f"<body><header>{app}</header><main><h1>{title}</h1>{body}</main></body></html>"
    )
