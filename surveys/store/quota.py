"""How much a device and an account may send in a day, and how much of it they have (送れる量).

No office sends so much in a day; a program gone wrong, or somebody with a stolen password, would
fill the disk. What was taken once is never refused again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from geo.base.words import Words
from surveys.store.engine import reading
from surveys.store.field_tables import RECEIVED, RECEIVED_PHOTO

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from surveys.store.devices import Contact
    from surveys.store.register import Register

_A_DAY: Final = timedelta(hours=24)
_TOLD_FROM: Final = 0.8
_GB: Final = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What may be sent in 24 hours (1日に送れる量).

    A thousand photos of a phone at its best setting are 4 GB; one walk brings some dozens.
    """

    device_bytes: int = 4 * _GB
    account_bytes: int = 8 * _GB
    device_records: int = 20_000
    account_records: int = 40_000


ALLOWANCE: Final = Allowance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """How much of it is used, as the larger share of device and account (使った量).

    Attributes
    ----------
    photos, records
        Shares from 0 on; 1 and more is too much.
    """

    photos: float
    records: float

    def words(self) -> Words | None:
        """Return what a device is told before it is too much; ``None`` while there is plenty (知らせ)."""
        share = max(self.photos, self.records)
        if share < _TOLD_FROM:
            return None
        if share >= 1:
            return FULL
        return NEARLY.fill(percent=int(share * 100))


NEARLY: Final = Words(
    "この1日に送れる量の{percent}％を送りました。書いたものは端末に残ります。"
    "いっぱいになったら、つぎの日に続きを送ります",
    "{percent}% of what may be sent within a day has been sent. Everything stays on the device; when"
    " it is full, the rest is sent the next day",
)
FULL: Final = Words(
    "1日に送れる量をこえました。書いたものは端末に残り、あとでまた送ります。"
    "急ぐときは、事務所に知らせて、ファイルで渡してください",
    "more than may be sent within a day: everything stays on the device and is sent again later."
    " If it is urgent, tell the office and hand it over as a file",
)


def find_used(
    register: Register,
    contact: Contact,
    *,
    coming: tuple[int, int] = (0, 0),
    allowance: Allowance = ALLOWANCE,
) -> Used:
    """Return how much of a day's allowance a sender has used (使った量を数える).

    Parameters
    ----------
    coming
        Bytes of photos that are on their way already, of the device and of the account.
    """
    since = datetime.fromisoformat(contact.now) - _A_DAY
    after = since.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    with reading(register.engine) as connection:
        sizes = [_bytes(connection, after, device_id=contact.device_id)]
        counts = [_records(connection, after, device_id=contact.device_id)]
        if contact.account_id is not None:
            sizes.append(_bytes(connection, after, account_id=contact.account_id))
            counts.append(_records(connection, after, account_id=contact.account_id))
    most_bytes = (allowance.device_bytes, allowance.account_bytes)
    most_records = (allowance.device_records, allowance.account_records)
    photos = [
        (size + more) / most for size, more, most in zip(sizes, coming, most_bytes, strict=False)
    ]
    records = [count / most for count, most in zip(counts, most_records, strict=False)]
    return Used(photos=max(photos), records=max(records))


def is_here(register: Register, *, photo_id: str = "", record_id: str = "") -> bool:
    """Say whether what is sent came before: that is never too much (もう届いているか)."""
    table = RECEIVED_PHOTO if photo_id else RECEIVED
    wanted = select(table.c.id).where(table.c.id == (photo_id or record_id))
    with reading(register.engine) as connection:
        return connection.scalar(wanted) is not None


def _bytes(connection: Connection, after: str, **of: str) -> int:
    table = RECEIVED_PHOTO.c
    wanted = select(func.sum(table.size)).where(table.received_at >= after).filter_by(**of)
    return int(connection.scalar(wanted) or 0)


def _records(connection: Connection, after: str, **of: str) -> int:
    table = RECEIVED.c
    wanted = select(func.count(table.id)).where(table.received_at >= after).filter_by(**of)
    return int(connection.scalar(wanted) or 0)
