"""Submissions from devices: each kept once, as a version or for a person to look at (届いた記録)."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import exists, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.record.claim import Claim
from surveys.record.compose import Keep
from surveys.record.history import PLACE
from surveys.store.claims import add_claim
from surveys.store.devices import find_clock_off, meet_device, title_of_account
from surveys.store.door import find_every_fault
from surveys.store.engine import blames_values, writing
from surveys.store.field_tables import RECEIVED
from surveys.store.own_types import types_in
from surveys.store.received_photos import map_photos
from surveys.store.tables import SITE, VERSION
from surveys.sync.received import (
    UNFINISHED,
    day_in_japan,
    dump_faults,
    find_clock_notes,
    not_after,
    read_envelope,
)
from surveys.sync.submission import make_version

if TYPE_CHECKING:
    from sqlalchemy import Connection, RowMapping

    from surveys.record.answers import Fault
    from surveys.record.history import Version
    from surveys.store.devices import Contact
    from surveys.store.received_photos import Mapped
    from surveys.store.register import Register
    from surveys.sync.received import Sent
    from surveys.sync.submission import Submission

_LOG: Final = logging.getLogger(__name__)
_OTHER_CONTENT: Final = Words(
    "同じ番号で中身のちがう記録が、もう届いています",
    "another record of the same id came before",
)
_UNREAD: Final = Words(
    "記録として受けつけられませんでした。届いたままで預かっています",
    "the register did not take it; it is kept as it came",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendAnswer:
    """What a device is told of a record (記録の受取).

    Attributes
    ----------
    id
        What it is kept under.
    state
        ``kept`` as a version, or ``held`` for a person in the office.
    seq, number
        Of the version and of its site; 0 while held.
    conflicts
        Paths on which it meets what others wrote.
    again
        Whether the same had come before.
    faults
        Why it is held, or what is worth knowing of a kept one; as JSON.
    """

    id: str
    state: str
    seq: int
    number: int
    conflicts: tuple[str, ...]
    again: bool
    faults: list[dict[str, Any]]
    received_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYet:
    """What has to come before a record can be kept (先に要るもの)."""

    missing_photos: tuple[str, ...] = ()
    wait_for: str = ""


def receive_record(
    register: Register, sent: Sent, contact: Contact, *, wait: bool = True
) -> SendAnswer | NotYet:
    """Keep a submission for good, once, in one transaction (記録を受け取る).

    What the register does not take is held as it came, with what is wrong with it.

    Parameters
    ----------
    wait
        Whether to ask first for photos and an earlier record that have not come; ``False`` when
        the sender has no more than this.

    Raises
    ------
    CannotKeepError
        When the database cannot write now: nothing is kept, and it may be sent again.
    """
    with writing(register.engine) as connection:
        contact, _ = meet_device(connection, contact)
        id_, forced = _own_id(connection, sent)
        row = _find(connection, id_)
        if row is not None:
            return _answer(connection, row, again=True)
        one = sent.submission
        if one is not None and wait and not forced:
            not_yet = _find_not_yet(register, connection, one)
            if not_yet is not None:
                return not_yet
        seq, faults = None, [*sent.faults, *forced]
        if one is not None and not faults:
            seq, faults = keep_submission(register, connection, one, id_=id_, contact=contact)
        if one is not None:
            off_s = find_clock_off(connection, contact.device_id)
            faults += find_clock_notes(one, datetime.fromisoformat(contact.now), off_s)
        row = _insert(connection, sent, id_, contact, seq=seq, faults=faults)
        return _answer(connection, row, again=False)


def keep_submission(
    register: Register,
    connection: Connection,
    submission: Submission,
    *,
    id_: str,
    contact: Contact,
) -> tuple[int | None, list[Fault]]:
    """Keep a submission as a version; ``None`` and why when the register refuses (版として残す).

    Whatever was written on the way to a refusal is taken back.
    """
    mapped = map_photos(register, connection, submission)
    if mapped.faults:
        return None, mapped.faults
    version = _make(connection, submission, mapped, id_=id_, contact=contact)
    try:
        with connection.begin_nested():
            seq = register.keep(connection, version).seq
            _keep_claims(connection, submission, version)
            return seq, mapped.notes
    except InputError as error:
        return None, find_every_fault(version, types_in(connection)) or [("", error.words)]
    except SQLAlchemyError as error:
        if not blames_values(error):
            raise
        _LOG.exception("the database refused a value")
        return None, [("", _UNREAD)]
    except (TypeError, ValueError, KeyError, AttributeError, ArithmeticError, RecursionError):
        # A rule of ours tripped over what it did not foresee: that is no reason to lose it.
        _LOG.exception("a submission could not be looked at")
        return None, [("", _UNREAD)]


def _keep_claims(connection: Connection, submission: Submission, version: Version) -> None:
    """Keep what a submission says of places of the map: the one under the submission's own id."""
    said = [(version.id, submission.claim)] if submission.claim else []
    said += [(f"{version.id}-{at}", one) for at, one in enumerate(submission.claims, start=1)]
    for id_, one in said:
        claim = Claim(
            id=id_, place_id=one.place_id, site_id=version.site_id, inside=one.inside,
            same=one.same, by=version.origin.by, made_at=version.made_at,
        )  # fmt: skip
        add_claim(connection, claim)


def find_base(connection: Connection, submission: Submission, device_id: str) -> int:
    """Return the newest version a submission's writer had seen (見ていた版).

    The writer had seen the own record it follows; when somebody else wrote in between, only what
    the pack showed counts, so that theirs is not overwritten unsaid.
    """
    base = submission.base
    after = submission.after and _find(connection, submission.after)
    if not after or after["seq"] is None or after["seq"] <= base:
        return base
    seq: int = after["seq"]
    own = select(RECEIVED.c.id).where(RECEIVED.c.device_id == device_id)
    elsewhere = connection.scalar(
        select(
            exists().where(
                VERSION.c.site_id == submission.site_id, VERSION.c.seq > base,
                VERSION.c.seq <= seq, VERSION.c.id.not_in(own),
            )
        )
    )  # fmt: skip
    return base if elsewhere else seq


def _own_id(connection: Connection, sent: Sent) -> tuple[str, list[Fault]]:
    """Return what a submission is kept under, and why that is not its own id."""
    apart = f"{sent.id}-{sent.digest[:8]}"
    if sent.submission is not None and sent.submission.unfinished:
        # What becomes of the draft is sent under the draft's id.
        return apart, [("", UNFINISHED)]
    row = _find(connection, sent.id)
    if row is None or row["digest"] == sent.digest:
        return sent.id, []
    return apart, [("", _OTHER_CONTENT)]


def _find(connection: Connection, id_: str) -> RowMapping | None:
    return connection.execute(select(RECEIVED).where(RECEIVED.c.id == id_)).mappings().first()


def _find_not_yet(
    register: Register, connection: Connection, submission: Submission
) -> NotYet | None:
    missing = map_photos(register, connection, submission).missing
    if missing:
        return NotYet(missing_photos=tuple(missing))
    if submission.after is not None and _find(connection, submission.after) is None:
        return NotYet(wait_for=submission.after)
    return None


def _make(
    connection: Connection, submission: Submission, mapped: Mapped, *, id_: str, contact: Contact
) -> Version:
    submission = not_after(submission, contact.now)
    patch = dict(mapped.patch)
    if not isinstance(submission.place, Keep):
        patch[PLACE] = submission.place
    return make_version(
        submission, id_=id_, patch=patch, base=find_base(connection, submission, contact.device_id),
        title=title_of_account(connection, contact.account_id),
    )  # fmt: skip


def _insert(
    connection: Connection,
    sent: Sent,
    id_: str,
    contact: Contact,
    *,
    seq: int | None,
    faults: list[Fault],
) -> RowMapping:
    received_on = day_in_japan(datetime.fromisoformat(contact.now))
    envelope = read_envelope(sent, received_on)
    values = {name: getattr(envelope, name) for name in envelope.__dataclass_fields__}
    values |= {
        "id": id_, "device_id": contact.device_id, "account_id": contact.account_id,
        "received_at": contact.now, "state": "held" if seq is None else "kept", "seq": seq,
        "digest": sent.digest, "payload": sent.payload, "faults": dump_faults(faults),
    }  # fmt: skip
    connection.execute(insert(RECEIVED).values(values))
    row = _find(connection, id_)
    if row is None:
        raise LookupError(id_)
    return row


def _answer(connection: Connection, row: RowMapping, *, again: bool) -> SendAnswer:
    number, conflicts = 0, ()
    if row["seq"] is not None:
        site = connection.execute(
            select(SITE.c.number, SITE.c.conflicts)
            .join(VERSION, VERSION.c.site_id == SITE.c.id)
            .where(VERSION.c.seq == row["seq"])
        ).one()
        number = site.number
        conflicts = tuple(path for path, sides in site.conflicts.items() if row["seq"] in sides)
    return SendAnswer(
        id=row["id"], state=row["state"], seq=row["seq"] or 0, number=number,
        conflicts=conflicts, again=again, faults=row["faults"], received_at=row["received_at"],
    )  # fmt: skip


def settle_row(
    connection: Connection, id_: str, *, seq: int | None, faults: list[Fault], now: str
) -> SendAnswer:
    """Keep what became of a held submission, and return what is now told of it (決める)."""
    values: dict[str, Any] = {"faults": dump_faults(faults)}
    if seq is not None:
        values |= {"state": "kept", "seq": seq, "settled_at": now}
    connection.execute(update(RECEIVED).where(RECEIVED.c.id == id_).values(values))
    row = _find(connection, id_)
    if row is None:
        raise LookupError(id_)
    return _answer(connection, row, again=False)
