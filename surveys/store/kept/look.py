"""Which 通いの場 counted when somebody last looked (前に見たとき)."""

from __future__ import annotations

from geo.base.words import Words
from surveys.store.kept.kind import Kind, Not, Restore, Rows
from surveys.store.tables import LOOK

KIND = Kind(
    id="look",
    words=Words("前に見たときの一覧", "last look at the list"),
    tables=(LOOK,),
    backup=Rows(),
    restore=Restore(),
    export=Not(words=Words("その人が見たときのこと", "of that person's last look alone")),
    undo=Not(words=Words("もう一度見れば、新しくなる", "it is made anew by looking again")),
    check=Not(words=Words("数字には使わない", "no figure is made of it")),
    audience="own",
)
