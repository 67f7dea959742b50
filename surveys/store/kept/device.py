"""Devices that send, and what each still holds (端末)."""

from __future__ import annotations

from geo.base.words import Words
from surveys.store.devices import list_devices
from surveys.store.field_tables import DEVICE
from surveys.store.kept.kind import Kind, Not, Restore, Rows

KIND = Kind(
    id="device",
    words=Words("端末", "device"),
    tables=(DEVICE,),
    backup=Rows(),
    restore=Restore(),
    export=Not(words=Words("だれが使うかが分かる", "it tells who uses it")),
    undo=Not(
        words=Words("端末の記号は、ほかの端末に渡さない", "a device's letter is given to no other")
    ),
    check=Not(words=Words("端末が言ったとおりに残す", "kept as the device said it")),
    listed=list_devices,
    outdoors=("sent",),
    apart=(
        (
            "command",
            Words(
                "端末から届く。コマンドで送ることはない", "it comes from devices, not by a command"
            ),
        ),
        ("map", Words("その場所を持たない", "it has no place of its own")),
        ("sheet", Words("紙に出すことがない", "nothing of it is for paper")),
    ),
)
