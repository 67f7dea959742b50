"""Tracks: the lines somebody walked (歩いた跡)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from surveys.store.devices import drop_track, list_tracks
from surveys.store.field_tables import TRACK
from surveys.store.kept.kind import Kind, Not, Restore, Rows, Undo

if TYPE_CHECKING:
    from surveys.store.register import Register


def _take_back(register: Register, track_id: str, _now: str) -> None:
    drop_track(register, track_id)


KIND = Kind(
    id="track",
    words=Words("歩いた跡", "track"),
    tables=(TRACK,),
    needs=("account", "device", "walk"),
    backup=Rows(),
    restore=Restore(),
    export=Not(words=Words("だれがどこを歩いたかは渡さない", "who walked where is nobody else's")),
    undo=Undo(words=Words("本当に消す", "really deleted"), take_back=_take_back),
    check=Not(words=Words("歩いたままの線", "a line as it was walked")),
    listed=list_tracks,
    outdoors=("sent",),
    apart=(
        (
            "command",
            Words(
                "端末から届く。コマンドで送ることはない", "it comes from devices, not by a command"
            ),
        ),
        (
            "sheet",
            Words("だれがどこを歩いたかは紙に残さない", "who walked where is left on no paper"),
        ),
    ),
)
