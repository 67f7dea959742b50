"""Held submissions, settled by a person in the office (預かった記録を決める)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.record.history import STATUS
from surveys.record.site import knows_type
from surveys.store.devices import Contact
from surveys.store.engine import writing
from surveys.store.field_tables import RECEIVED
from surveys.store.own_types import types_in
from surveys.store.received import keep_submission, settle_row
from surveys.store.received_photos import map_photos
from surveys.store.tables import SITE
from surveys.sync.received import parse_kept
from surveys.sync.unusable import move_unusable

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from surveys.declaration.paths import Flat
    from surveys.record.answers import Fault
    from surveys.store.received import SendAnswer
    from surveys.store.register import Register
    from surveys.sync.submission import Submission

# What is moved may uncover a fault that stood behind it.
_TURNS = 4


def settle_held(
    register: Register, received_id: str, *, now: str, move: bool = False
) -> SendAnswer:
    """Try a held submission again, and return what became of it (預かった記録をもう一度ためす).

    A draft nobody had finished is taken as it is: a person says so.

    Parameters
    ----------
    move
        Whether answers that cannot be used are written into the findings instead.

    Raises
    ------
    InputError
        When it is held no more.
    """
    with writing(register.engine) as connection:
        wanted = select(RECEIVED).where(RECEIVED.c.id == received_id, RECEIVED.c.state == "held")
        row = connection.execute(wanted).mappings().first()
        if row is None:
            raise InputError(
                Words("この記録は、もう預かっていません", "this record is held no more")
            )
        sent = parse_kept(row["payload"])
        # As it came: what it may be dated by is when it was received.
        contact = Contact(
            device_id=row["device_id"], account_id=row["account_id"], now=row["received_at"]
        )
        seq, faults = None, list(sent.faults)
        if sent.submission is not None:
            seq, faults = _keep(register, connection, sent.submission, received_id, contact, move)
        return settle_row(connection, received_id, seq=seq, faults=faults, now=now)


def _keep(
    register: Register,
    connection: Connection,
    submission: Submission,
    id_: str,
    contact: Contact,
    move: bool,  # noqa: FBT001 - as settle_held has it
) -> tuple[int | None, list[Fault]]:
    told: list[Fault] = []
    mapped = map_photos(register, connection, submission)
    if move and mapped.faults:
        # Only the photos nobody has are left out: the others of the same answer stay.
        submission = replace(submission, patch=mapped.patch)
        told += [*mapped.faults, *mapped.notes]
    for _ in range(_TURNS):
        seq, faults = keep_submission(register, connection, submission, id_=id_, contact=contact)
        if seq is not None or not move or not knows_type(submission.type):
            break
        flat = _flat(connection, submission.site_id)
        type_ = types_in(connection)(submission.type)
        submission, moved = move_unusable(type_, submission, faults, flat)
        told += moved
        if not moved:
            break
    return seq, [*faults, *told] if seq is not None else faults


def _flat(connection: Connection, site_id: str) -> Flat:
    flat = connection.scalar(select(SITE.c.flat).where(SITE.c.id == site_id)) or {}
    return {path: value for path, value in flat.items() if path != STATUS}
