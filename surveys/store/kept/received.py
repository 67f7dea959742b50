"""Submissions from devices, each as it came (届いた記録)."""

from __future__ import annotations

from geo.base.words import Words
from surveys.store.field_receipts import list_received
from surveys.store.field_tables import RECEIVED
from surveys.store.kept.kind import Kind, Not, Restore, Rows

KIND = Kind(
    id="received",
    words=Words("届いた記録", "submission"),
    tables=(RECEIVED,),
    needs=("account", "device", "site"),
    backup=Rows(),
    restore=Restore(),
    export=Not(
        words=Words(
            "記録になったものは、地点として書き出される", "what was taken is exported as its site"
        )
    ),
    undo=Not(
        words=Words(
            "届いたままで残す。預かったものは「届いた記録」で決める",
            "kept as it came; what is held is settled by a person",
        )
    ),
    check=Not(
        words=Words("届いたままで、守る決まりがない", "kept as it came: there is no rule to break")
    ),
    listed=list_received,
    outdoors=("sent",),
    apart=(
        (
            "command",
            Words(
                "端末から届く。コマンドで送ることはない", "it comes from devices, not by a command"
            ),
        ),
        ("map", Words("記録になったものが、地点として出る", "what was taken is shown as its site")),
        (
            "sheet",
            Words(
                "届いたことは画面で確かめる。紙には、できた地点が出る",
                "looked at on its page; the site made of it is printed",
            ),
        ),
    ),
)
