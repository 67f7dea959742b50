"""Look through the whole register for what does not fit together (台帳の点検)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.store.engine import reading
from surveys.store.kept.kind import FileCheck, Not, RowCheck
from surveys.store.kept_order import kinds_in_order
from surveys.store.photo_checks import photo_ids
from surveys.store.rows import read_version
from surveys.store.tables import SITE, VERSION

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from sqlalchemy import Connection, Engine

    from surveys.photos.keep import PhotoShelf
    from surveys.store.register import Register


def check_register(register: Register) -> list[Words]:
    """Return what is wrong in a register, one text each; none when all fits (台帳を点検する).

    What is looked for, each kind of kept thing declares: every site is folded anew from its
    versions and compared with what is kept, every version with its fingerprint and its record,
    every box with its shape, and every photo that is referred to is read whole. No text names a
    folder, so that two registers' can be compared.
    """
    shelf = register.photos
    wanted = wanted_photos(register.engine)
    whole = {photo_id for photo_id in wanted if _is_whole(shelf, photo_id)}
    return [*check_rows(register.engine), *check_files(wanted, whole)]


def check_rows(engine: Engine) -> list[Words]:
    """Return what is wrong in a register's rows (行を点検する)."""
    with reading(engine) as connection:
        return [
            fault
            for check in _checks()
            if isinstance(check, RowCheck)
            for fault in check.find(connection)
        ]


def check_files(wanted: Mapping[str, int], whole: Container[str]) -> list[Words]:
    """Return what is wrong with the files beside the rows (ファイルを点検する).

    Parameters
    ----------
    wanted
        As `wanted_photos` gives them.
    """
    return [
        fault
        for check in _checks()
        if isinstance(check, FileCheck)
        for fault in check.find(wanted, whole)
    ]


def wanted_photos(engine: Engine) -> dict[str, int]:
    """Return every photo something kept refers to, by site number (使われる写真).

    A photo whose record is still held, or on its way, belongs to no site: 0.
    """
    wanted: dict[str, int] = {}
    with reading(engine) as connection:
        numbers = {
            row.id: row.number for row in connection.execute(select(SITE.c.id, SITE.c.number))
        }
        for kind in kinds_in_order():
            for site_id, values in kind.photos(connection) if kind.photos else ():
                for photo_id in photo_ids(values):
                    wanted.setdefault(photo_id, numbers.get(site_id, 0))
    return dict(sorted(wanted.items()))


def count_orphans(register: Register) -> int:
    """Return how many photos nothing refers to (どこにも使われない写真の数).

    They do no harm: a form that was given up leaves them.
    """
    wanted = wanted_photos(register.engine)
    return sum(photo_id not in wanted for photo_id in register.photos.ids())


def count_rows(connection: Connection) -> dict[str, int]:
    """Return how many sites and versions there are, as a backup's list tells them (数)."""
    return {
        name: int(connection.scalar(select(func.count()).select_from(table)) or 0)
        for name, table in (("sites", SITE), ("versions", VERSION))
    }


def explain_bases(register: Register) -> list[Words]:
    """Return one sentence for confirmations that say they saw a later state, [] for none (前の版の名残).

    An earlier door let them in as they came; today's reads their base as unknown. They change
    nothing, so no check is about them.
    """
    with reading(register.engine) as connection:
        rows = connection.execute(select(VERSION).where(VERSION.c.base >= VERSION.c.seq)).mappings()
        count = sum(not read_version(row).patch for row in rows)
    if not count:
        return []
    return [
        Words(
            f"「変わりなし」 {count}件は、いまの台帳にない版を見て書いたことになっています"
            "（前に控えから戻したときなど）。値は何も変えないので、そのままでかまいません",
            f"{count} confirmations say they saw a state this register has not, as after a restore:"
            " they change no value, which does no harm",
        )
    ]


def _checks() -> Iterator[RowCheck | FileCheck]:
    for kind in kinds_in_order():
        # One that shares another's tables is looked at with them.
        if not isinstance(kind.check, Not) and not kind.lies_in:
            yield from kind.check


def _is_whole(shelf: PhotoShelf, photo_id: str) -> bool:
    try:
        shelf.load(photo_id)
    except InputError:
        return shelf.waiting.is_whole(photo_id)
    return True
