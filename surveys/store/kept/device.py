"""Devices that send, and what each still holds (端末)."""

from __future__ import annotations

from geo.base.words import Words
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
)
