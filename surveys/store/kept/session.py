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
)
