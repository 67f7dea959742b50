"""The sign-in and sign-out pages: plain HTML that works without a script (サインインの画面)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from geo.base.words import Words
from surveys.api.plain_page import draw_plain, plain_text

if TYPE_CHECKING:
    from geo.base.words import Lang

# The page that asks whether to sign out also has what is carried on the device erased.
SIGN_OUT_SCRIPT: Final = "/field/app/js/sign_out.js"
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
    told = f"<p class='fault' role='alert'>{plain_text(fault, lang)}</p>" if fault else ""
    told += f"<p class='warn'>{plain_text(IN_THE_CLEAR, lang)}</p>" if clear else ""
    told += _command(NOBODY, "add", lang, "warn") if nobody else ""
    action = f"/auth/login?next={quote(to, safe='/')}&lang={lang}"
    first, second = (" autofocus", "") if not name else ("", " autofocus")
    return draw_plain(
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
        "この端末に入れた地点と地図は、端末から消えます。野外アプリを次に使うときは、サインインして、"
        "もう一度「この端末に入れる」を押してください。電波のない所にいるあいだは、サインアウトしないでください。",
        "Sites and the map put on this device are erased. Before the field app is used again, sign in and"
        " put them on anew. Do not sign out where there is no signal.",
    )
    back = Words("もどる", "Back").say(lang)
    return draw_plain(
        lang,
        title,
        f"<p>{plain_text(who, lang)} {plain_text(kept, lang)}</p><p>{plain_text(carried, lang)}</p>"
        f"<form method='post' action='/auth/logout?lang={lang}'><button>{title}</button></form>"
        f"<p><a href='/'>{back}</a></p>"
        f"<script type='module' src='{SIGN_OUT_SCRIPT}'></script>",
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
    return f"<p class='{kind}'>{plain_text(words, lang)}<br><code>{html.escape(line)}</code></p>"


def _other_language(lang: Lang, to: str) -> str:
    other, name = ("en", "English") if lang == "ja" else ("ja", "日本語")
    there = f"/auth/login?next={quote(to, safe='/')}&lang={other}"
    return f"<p><a lang='{other}' href='{html.escape(there)}'>{name}</a></p>"
