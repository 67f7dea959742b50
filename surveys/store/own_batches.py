"""The town's own list as an import: which of them the register had, taken once (街の表の取りこみ)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, insert, select

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.store.engine import reading, writing
from surveys.store.queries import find_stamp, keep_batch
from surveys.store.tables import BATCH, SETTING, SITE, VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from surveys.record.history import Version
    from surveys.store.receipt import Batch
    from surveys.store.register import Register

# What the id of such an import begins with; the rest is the fingerprint of the list.
OWN: Final = "own-"
_DIGITS: Final = 24
_LEFT: Final = "own_list_left."


class MeanwhileError(InputError):
    """The register changed since the plan was made (台帳が変わった)."""


def own_batch_id(sha256: str) -> str:
    """Return the id the import of a list has, the same wherever it is taken (取りこみの番号)."""
    return f"{OWN}{sha256[:_DIGITS]}"


def is_own_batch(batch_id: str | None) -> bool:
    """Say whether an import is of the town's own list (街の表の取りこみか)."""
    return batch_id is not None and batch_id.startswith(OWN)


def own_batches(register: Register) -> frozenset[str]:
    """Return the imports of the town's own lists there ever were, undone ones too (街の表の取りこみ)."""
    with reading(register.engine) as connection:
        return _own(connection)


def own_sites(register: Register) -> frozenset[str]:
    """Return the ids of the sites the town's own lists brought in and that are shown (その地点)."""
    with reading(register.engine) as connection:
        return frozenset(
            connection.scalars(
                select(VERSION.c.site_id)
                .join(BATCH, BATCH.c.id == VERSION.c.batch_id)
                .join(SITE, SITE.c.id == VERSION.c.site_id)
                .where(
                    VERSION.c.batch_id.startswith(OWN, autoescape=True),
                    BATCH.c.undone_at.is_(None),
                    SITE.c.hidden.is_(False),
                )
                .distinct()
            )
        )


def keep_own(
    register: Register, batch: Batch, versions: Sequence[Version], *, seen: str, first: bool
) -> bool:
    """Keep the import of a list, once, in one transaction; say whether this call did (一度だけ取りこむ).

    Parameters
    ----------
    batch
        Its id as `own_batch_id` says; remembered also when it brings nothing.
    seen
        The register's stamp when the versions were made.
    first
        Whether it is kept only where no list of the town was taken before.

    Raises
    ------
    MeanwhileError
        When the register is another than `seen`. Nothing is kept.
    InputError
        As `Register.save_all`.
    """
    with writing(register.engine) as connection:
        held = _own(connection)
        if batch.id in held or (first and held):
            return False
        if find_stamp(connection) != seen:
            raise MeanwhileError(
                Words(
                    "見ているあいだに一覧が変わりました。もう一度見直してください。何も取りこんでいません",
                    "the register changed meanwhile; look at the plan anew. Nothing was brought in",
                )
            )
        keep_batch(connection, batch)
        for one in versions:
            register.keep(connection, one)
    return True


def leave_own(register: Register, sha256: str) -> None:
    """Remember that a list is not to be taken (表を取りこまない)."""
    with writing(register.engine) as connection:
        key = _LEFT + sha256[:_DIGITS]
        if connection.scalar(select(SETTING.c.key).where(SETTING.c.key == key)) is None:
            connection.execute(insert(SETTING).values(key=key, value=True))


def is_own_left(register: Register, sha256: str) -> bool:
    """Say whether somebody chose not to take a list (取りこまないと決めた表か)."""
    with reading(register.engine) as connection:
        key = SETTING.c.key == _LEFT + sha256[:_DIGITS]
        return connection.scalar(select(func.count()).select_from(SETTING).where(key)) == 1


def days_of_batches(register: Register) -> dict[str, tuple[str, ...]]:
    """Return the days the rows of each import speak of, by its id; those that tell one (いつの内容か)."""
    with reading(register.engine) as connection:
        rows = connection.execute(
            select(VERSION.c.batch_id, VERSION.c.on)
            .where(VERSION.c.batch_id.is_not(None), VERSION.c.on != "")
            .distinct()
            .order_by(VERSION.c.on)
        ).all()
    found: dict[str, list[str]] = {}
    for batch_id, day in rows:
        found.setdefault(batch_id, []).append(day)
    return {batch_id: tuple(days) for batch_id, days in found.items()}


def _own(connection: Connection) -> frozenset[str]:
    wanted = select(BATCH.c.id).where(BATCH.c.id.startswith(OWN, autoescape=True))
    return frozenset(connection.scalars(wanted))
