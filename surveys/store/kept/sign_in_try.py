"""Tries to sign in, counted so that guessing takes too long (サインインの試み)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from surveys.store.accounts import forget_tries
from surveys.store.field_tables import SIGN_IN_TRY
from surveys.store.kept.kind import Kind, Not, Undo

if TYPE_CHECKING:
    from surveys.store.register import Register

_OF_THE_MOMENT: Final = Not(
    words=Words("いまだけの数で、じきに忘れる", "a count of the moment, soon forgotten")
)


def _take_back(register: Register, key: str, _now: str) -> None:
    forget_tries(register, name_key=key, address_key="")


KIND = Kind(
    id="sign_in_try",
    words=Words("サインインの試み", "try to sign in"),
    tables=(SIGN_IN_TRY,),
    backup=_OF_THE_MOMENT,
    restore=_OF_THE_MOMENT,
    export=_OF_THE_MOMENT,
    undo=Undo(
        words=Words("サインインできたら忘れる", "forgotten once the name signed in"),
        take_back=_take_back,
    ),
    check=_OF_THE_MOMENT,
    audience="own",
    apart=(
        (
            "page",
            Words(
                "サインインの画面（/sign-in）が使う。画面の一つではない",
                "the plain page of signing in uses it, which is none of these pages",
            ),
        ),
        (
            "command",
            Words(
                "じきに忘れる数で、手で変えるものでない",
                "a count soon forgotten, which no hand changes",
            ),
        ),
        ("map", Words("その場所を持たない", "it has no place of its own")),
        ("list", Words("いまだけの数", "a count of the moment")),
        ("sheet", Words("紙に出すことがない", "nothing of it is for paper")),
        (
            "field_app",
            Words(
                "入口がかぞえる。端末は何も知らない",
                "counted at the door; a device knows nothing of it",
            ),
        ),
        (
            "demo",
            Words(
                "デモには、だれもサインインせずに入れる",
                "anybody may look at the demo without signing in",
            ),
        ),
    ),
)
