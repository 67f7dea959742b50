"""Accounts of those who sign in (利用者)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from surveys.store.accounts import disable_account, enable_account, list_users
from surveys.store.field_tables import ACCOUNT
from surveys.store.kept.kind import Kind, Not, Restore, Rows, Undo

if TYPE_CHECKING:
    from surveys.store.register import Register


def _take_back(register: Register, account_id: str, now: str) -> None:
    disable_account(register, account_id, now)


KIND = Kind(
    id="account",
    words=Words("利用者", "account"),
    tables=(ACCOUNT,),
    backup=Rows(),
    restore=Restore(),
    export=Not(words=Words("合いことばの指紋が入っている", "fingerprints of passwords are inside")),
    undo=Undo(
        words=Words("止められて、また使えるようにできる", "disabled, and enabled again"),
        take_back=_take_back,
        bring_back=enable_account,
    ),
    check=Not(words=Words("ほかとつながりがない", "it is tied to nothing before it")),
    audience="own",
    listed=list_users,
    outdoors=("carried",),
    apart=(
        (
            "page",
            Words(
                "サインインの画面は別にあり、利用者は kayoi user で決める",
                "signing in is a plain page apart, and accounts are kept by kayoi user",
            ),
        ),
        ("map", Words("その場所を持たない", "it has no place of its own")),
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
