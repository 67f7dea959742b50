"""Sessions: who is signed in on which device now (サインイン)."""

from __future__ import annotations

from typing import Final

from geo.base.words import Words
from surveys.store.accounts import end_session
from surveys.store.field_tables import SESSION
from surveys.store.kept.kind import Kind, Not, Undo

_OF_THE_MOMENT: Final = Not(
    words=Words(
        "いまだけのもので、戻す人の役に立たず、ほかの人に渡せない",
        "of the moment: no use to whoever restores, and nobody else's to have",
    )
)

KIND = Kind(
    id="session",
    words=Words("サインイン", "session"),
    tables=(SESSION,),
    needs=("account",),
    backup=_OF_THE_MOMENT,
    restore=Not(words=Words("サインインし直す", "people sign in again")),
    export=_OF_THE_MOMENT,
    undo=Undo(words=Words("終える", "ended for good"), take_back=end_session),
    check=Not(words=Words("ひとりでに終わる", "it ends by itself")),
    audience="own",
    apart=(
        (
            "field_app",
            Words(
                "サインインはブラウザがする。アプリには何も残らない",
                "the browser signs in; the app itself keeps nothing of it",
            ),
        ),
        (
            "page",
            Words(
                "サインインの画面（/sign-in）が使う。画面の一つではない",
                "the plain page of signing in uses it, which is none of these pages",
            ),
        ),
        ("map", Words("その場所を持たない", "it has no place of its own")),
        ("list", Words("だれがいまいるかは、見せない", "nobody is shown who is here now")),
        ("sheet", Words("紙に出すことがない", "nothing of it is for paper")),
        (
            "demo",
            Words(
                "デモには、だれもサインインせずに入れる",
                "anybody may look at the demo without signing in",
            ),
        ),
    ),
)
