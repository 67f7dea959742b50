"""Take in a file saved from a device, by the very way a device sends (ファイルから受け取る)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from surveys.store.received import NotYet, receive_record
from surveys.store.received_photos import receive_photo
from surveys.sync.device_words import is_device_id

if TYPE_CHECKING:
    from geo.base.words import Words
    from surveys.store.devices import Contact
    from surveys.store.register import Register
    from surveys.sync.received import Sent
    from surveys.sync.saved_file import SavedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtBack:
    """What became of a saved file (読みこみの結果): records by what they came to, and photos."""

    new: int
    again: int
    held: int
    photos: int
    faults: tuple[Words, ...]


def bring_back(register: Register, saved: SavedFile, contact: Contact) -> BroughtBack:
    """Keep all a saved file holds; taken in twice, or sent since, it is kept once (ファイルを受け取る).

    Raises
    ------
    CannotKeepError
        When the disk or the database cannot write now; what was kept stays, and the file may be
        taken in again.
    """
    known = saved.device_id if is_device_id(saved.device_id) else ""
    contact = replace(contact, device_id=known, acting=True)
    for photo_id, data in saved.photos.items():
        receive_photo(register, photo_id, data, contact)
    counts = {"new": 0, "again": 0, "held": 0}
    rest, wait = list(saved.sent), True
    while rest:
        later: list[Sent] = []
        for sent in rest:
            came = receive_record(register, sent, contact, wait=wait)
            if isinstance(came, NotYet):
                later.append(sent)
            elif came.again:
                counts["again"] += 1
            else:
                counts["held" if came.state == "held" else "new"] += 1
        # What waits for something the file does not hold is taken as it is.
        wait = len(later) < len(rest)
        rest = later
    return BroughtBack(**counts, photos=len(saved.photos), faults=saved.faults)
