"""The register: save a version, read a site, undo an import (台帳)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from geo.base.private import close, make_own_folder
from geo.base.problems import InputError
from geo.base.settings import DATABASE_URL
from geo.base.words import Words
from surveys.photos.keep import PhotoShelf
from surveys.record.history import (
    NOTHING,
    add_version,
    fold,
)
from surveys.record.site import find_type, knows_type
from surveys.store.boxes import keep_box
from surveys.store.declared import follow_declaration
from surveys.store.door import check_photos, check_state, check_version, is_same, mend_base
from surveys.store.engine import open_engine, reading, witnessed, writing
from surveys.store.own_types import types_in
from surveys.store.queries import (
    check_batch,
    find_fresh_months,
    find_stamp,
    find_versions,
    keep_batch,
    names_photo,
)
from surveys.store.receipt import Batch, Receipt
from surveys.store.rows import read_site, read_version, state_values, version_values
from surveys.store.tables import BATCH, DRAFT, RECORD, SETTING, SITE, VERSION
from surveys.types import LOGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from surveys.declaration.record_type import RecordType
    from surveys.record.history import SiteState, Version
    from surveys.record.site import Site
    from surveys.store.engine import Witness

FOLDER: Final = "register"
FILE: Final = "register.db"
PHOTOS: Final = "photos"
_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Register:
    """A town's records, in a database and a folder of photos (台帳).

    Safe to share between threads: every call is its own transaction.
    """

    engine: Engine
    photos: PhotoShelf

    def witnessed_by(self, witness: Witness) -> Register:
        """Return the same register, whose every write begins before a witness (見とどける).

        Photos too: asked before a file of one is made.
        """

        def ask() -> None:
            with reading(self.engine) as connection:
                witness(connection)

        shelf = replace(self.photos, before=ask)
        return replace(self, engine=witnessed(self.engine, witness), photos=shelf)

    def save(self, version: Version) -> Receipt:
        """Keep one version for good and return its receipt (保存する).

        When this returns, the version is on the disk. Saving the same version again changes
        nothing and returns the same receipt, marked `again`.

        Raises
        ------
        InputError
            When an answer is not one the type allows, when another version of the same id is
            kept already, or when the database cannot write (nothing is kept then).
        """
        return self.save_all([version])[0]

    def save_all(
        self, versions: Sequence[Version], batch: Batch | None = None, *, draft_id: str = ""
    ) -> list[Receipt]:
        """Keep several versions in one transaction: all of them or none (まとめて保存する).

        Parameters
        ----------
        batch
            The import they belong to; sent again, it is kept once.
        draft_id
            The draft that goes in the same moment.
        """
        with writing(self.engine) as connection:
            if batch is not None:
                keep_batch(connection, batch)
            receipts = [self.keep(connection, one) for one in versions]
            if draft_id:
                connection.execute(delete(DRAFT).where(DRAFT.c.id == draft_id))
            return receipts

    def keep(self, connection: Connection, version: Version) -> Receipt:
        """Keep one version inside a transaction that writes other rows too (一緒に保存する).

        Raises
        ------
        InputError
            As `save`; what it wrote before that is the caller's to take back.
        """
        held = connection.execute(
            select(VERSION.c.seq, VERSION.c.digest, VERSION.c.site_id).where(
                VERSION.c.id == version.id
            )
        ).first()
        if held and not is_same(version, held.digest):
            raise InputError(
                Words(
                    f"同じ番号（{version.id}）で中身のちがう記録が、もうあります",
                    f"another version of the id {version.id} is kept already",
                )
            )
        if held:
            return self._receipt(connection, version, held.seq, again=True)
        type_ = check_version(version, types_in(connection))
        newest = connection.scalar(select(func.max(VERSION.c.seq))) or 0
        version = mend_base(version, newest)
        check_batch(connection, version.batch_id)
        check_photos(
            version,
            lambda id_: self.photos.has(id_) or names_photo(connection, version.site_id, id_),
        )
        before = self._state(connection, version, type_)
        known = connection.scalar(select(RECORD.c.site_id).where(RECORD.c.id == version.record_id))
        if known not in (None, version.site_id):
            raise InputError(Words("この記録は別の地点のものです", "this record is another site's"))
        if known is None:
            connection.execute(
                insert(RECORD).values(
                    id=version.record_id, site_id=version.site_id, walk_id=version.walk_id,
                    made_at=version.made_at,
                )
            )  # fmt: skip
        row = insert(VERSION).values(version_values(version)).returning(VERSION.c.seq)
        seq = int(connection.execute(row).scalar_one())
        state = add_version(before, replace(version, seq=seq))
        check_state(type_, state)
        self._keep_state(connection, type_, version.site_id, state, version.made_at)
        return self._receipt(connection, version, seq, again=False)

    def site(self, site_id: str, *, logs: bool = False) -> Site | None:
        """Return a site by its id, ``None`` when there is none; a log's only where asked (地点を読む)."""
        with reading(self.engine) as connection:
            row = connection.execute(select(SITE).where(SITE.c.id == site_id)).mappings().first()
            if row is None or not _is_shown(row["type"], logs=logs):
                return None
            return read_site(row, types_in(connection))

    def sites_of(self, ids: Iterable[str], *, logs: bool = False) -> dict[str, Site]:
        """Return the sites of these ids that there are, logs only where asked (地点をまとめて読む)."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Site] = {}
        with reading(self.engine) as connection:
            find = types_in(connection, LOGS if logs else ())
            for at in range(0, len(wanted), _CHUNK):
                part = SITE.c.id.in_(wanted[at : at + _CHUNK])
                for row in connection.execute(select(SITE).where(part)).mappings():
                    if _is_shown(row["type"], logs=logs):
                        found[row["id"]] = read_site(row, find)
        return found

    def versions(self, site_id: str) -> list[Version]:
        """Return a site's versions, oldest first, undone imports left out (履歴を読む)."""
        with reading(self.engine) as connection:
            return find_versions(connection, VERSION.c.site_id == site_id)

    def versions_of(self, ids: Iterable[str]) -> dict[str, list[Version]]:
        """Return the versions of several sites, by site id (履歴をまとめて読む)."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, list[Version]] = {}
        with reading(self.engine) as connection:
            for at in range(0, len(wanted), _CHUNK):
                part = VERSION.c.site_id.in_(wanted[at : at + _CHUNK])
                for version in find_versions(connection, part):
                    found.setdefault(version.site_id, []).append(version)
        return found

    def state_at(self, site_id: str, seq: int, *, undone: Iterable[str] | None = None) -> SiteState:
        """Return a site as it was when its newest version was `seq` (そのときの地点).

        Parameters
        ----------
        undone
            Imports that were undone then, as `undone_batches` said; ``None`` for those of now.
        """
        if undone is None:
            return fold(one for one in self.versions(site_id) if one.seq <= seq)
        out = frozenset(undone)
        with reading(self.engine) as connection:
            rows = connection.execute(
                select(VERSION).where(VERSION.c.site_id == site_id, VERSION.c.seq <= seq)
            ).mappings()
            return fold(one for one in map(read_version, rows) if one.batch_id not in out)

    def undone_batches(self, site_id: str = "") -> frozenset[str]:
        """Return the imports that are undone now, of one site or of all (取り消してある取りこみ)."""
        wanted = select(BATCH.c.id).where(BATCH.c.undone_at.is_not(None))
        if site_id:
            wanted = wanted.where(
                BATCH.c.id.in_(select(VERSION.c.batch_id).where(VERSION.c.site_id == site_id))
            )
        with reading(self.engine) as connection:
            return frozenset(connection.scalars(wanted))

    def versions_of_walk(self, walk_id: str) -> list[Version]:
        """Return the versions written on a walk, oldest first; a log is none of it (踏査の記録を読む)."""
        with reading(self.engine) as connection:
            no_log = VERSION.c.type.not_in(tuple(LOGS))
            return find_versions(connection, (VERSION.c.walk_id == walk_id) & no_log)

    def batches(self) -> list[Batch]:
        """Return all imports, newest first (取りこみの一覧)."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(BATCH).order_by(BATCH.c.made_at.desc())).mappings()
            return [Batch(**row) for row in rows]

    def undo_batch(self, batch_id: str, *, now: str) -> int:
        """Undo a whole import and return how many sites it touched (取りこみを取り消す).

        Its versions stay in the register and count no more; what people wrote after it stays.
        """
        return self._mark_batch(batch_id, now)

    def redo_batch(self, batch_id: str) -> int:
        """Bring an undone import back (取り消しをやめる)."""
        return self._mark_batch(batch_id, None)

    def fresh_months(self, type_: RecordType) -> int:
        """Return after how many months a type asks to be confirmed (確認までの月数)."""
        with reading(self.engine) as connection:
            return find_fresh_months(connection, type_)

    def set_fresh_months(self, type_: RecordType, months: int) -> None:
        """Choose after how many months a type asks to be confirmed (確認までの月数を決める).

        Raises
        ------
        InputError
            When `months` is not between 1 and 240.
        """
        if not 1 <= months <= 240:  # noqa: PLR2004 - twenty years
            raise InputError(Words("1〜240か月の間で決めてください", "choose 1 to 240 months"))
        key = f"fresh_months.{type_.id}"
        with writing(self.engine) as connection:
            connection.execute(delete(SETTING).where(SETTING.c.key == key))
            connection.execute(insert(SETTING).values(key=key, value=months))
            rows = connection.execute(select(SITE).where(SITE.c.type == type_.id)).mappings()
            for row in rows.all():
                self._keep_state(
                    connection, type_, row["id"], read_site(row, find_type).state, row["changed_at"]
                )

    def stamp(self) -> str:
        """Return a short text that changes with every change of the register (台帳の版)."""
        with reading(self.engine) as connection:
            return find_stamp(connection)

    def refold(self, site_id: str) -> tuple[SiteState, SiteState]:
        """Return a site's kept state and the one its versions make, for checking (たたみ直す)."""
        with reading(self.engine) as connection:
            row = connection.execute(select(SITE).where(SITE.c.id == site_id)).mappings().one()
            return read_site(row, find_type).state, fold(
                find_versions(connection, VERSION.c.site_id == site_id)
            )

    def site_ids(self) -> list[str]:
        """Return the id of every site and walk, hidden ones too (すべての id)."""
        with reading(self.engine) as connection:
            return list(connection.scalars(select(SITE.c.id).order_by(SITE.c.number)))

    def all_versions(self) -> list[Version]:
        """Return every version there is, undone imports too, oldest first (すべての版)."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(VERSION).order_by(VERSION.c.seq)).mappings()
            return [read_version(row) for row in rows]

    def _mark_batch(self, batch_id: str, undone_at: str | None) -> int:
        with writing(self.engine) as connection:
            connection.execute(
                update(BATCH).where(BATCH.c.id == batch_id).values(undone_at=undone_at)
            )
            touched = connection.execute(
                select(VERSION.c.site_id, VERSION.c.type)
                .where(VERSION.c.batch_id == batch_id)
                .distinct()
            ).all()
            find = types_in(connection)
            for site_id, type_id in touched:
                state = fold(find_versions(connection, VERSION.c.site_id == site_id))
                changed_at = connection.scalar(
                    select(SITE.c.changed_at).where(SITE.c.id == site_id)
                )
                self._keep_state(connection, find(type_id), site_id, state, str(changed_at))
        return len(touched)

    def _state(self, connection: Connection, version: Version, type_: RecordType) -> SiteState:
        row = (
            connection.execute(select(SITE).where(SITE.c.id == version.site_id)).mappings().first()
        )
        if row is None:
            empty = state_values(type_, NOTHING, fresh_months=1, changed_at=version.made_at)
            connection.execute(insert(SITE).values(id=version.site_id, type=version.type, **empty))
            return NOTHING
        if row["type"] != version.type:
            raise InputError(Words("地点の種類がちがいます", "the site is of another type"))
        return read_site(row, find_type).state

    def _keep_state(
        self,
        connection: Connection,
        type_: RecordType,
        site_id: str,
        state: SiteState,
        changed_at: str,
    ) -> None:
        months = find_fresh_months(connection, type_)
        values = state_values(type_, state, fresh_months=months, changed_at=changed_at)
        number = connection.execute(
            update(SITE).where(SITE.c.id == site_id).values(values).returning(SITE.c.number)
        ).scalar_one()
        keep_box(connection, number, state.place)

    def _receipt(
        self, connection: Connection, version: Version, seq: int, *, again: bool
    ) -> Receipt:
        row = connection.execute(
            select(SITE.c.head, SITE.c.number, SITE.c.conflicts).where(SITE.c.id == version.site_id)
        ).one()
        met = tuple(path for path, sides in row.conflicts.items() if seq in sides)
        return Receipt(
            version_id=version.id, site_id=version.site_id, seq=seq, head=row.head,
            number=row.number, conflicts=met, again=again,
        )  # fmt: skip


def _is_shown(type_id: str, *, logs: bool) -> bool:
    """Say whether a row is of a type this release knows, and no log unless that is asked for."""
    return knows_type(type_id) and (logs or type_id not in LOGS)


def register_url(folder: Path) -> str:
    """Return where a town's register is: ``DATABASE_URL``, else a file of the folder (台帳の場所)."""
    return DATABASE_URL.read() or f"sqlite:///{folder / FOLDER / FILE}"


def find_register(folder: Path) -> Register | None:
    """Return a town's register, ``None`` where none was made yet; it makes none (台帳をさがす)."""
    if not DATABASE_URL.read() and not (folder / FOLDER / FILE).is_file():
        return None
    return open_register(folder)


def open_register(folder: Path, url: str | None = None) -> Register:
    """Return a town's register, made when there is none yet (台帳を開く).

    Photos lie in the folder, whichever the database. Folder and file are their owner's alone.
    """
    shelf = folder / FOLDER / PHOTOS
    try:
        make_own_folder(folder / FOLDER)
        make_own_folder(shelf)
    except OSError as error:
        raise InputError(
            Words(
                f"フォルダ {shelf} をつくれません（{error.strerror}）",
                f"cannot make {shelf} ({error.strerror})",
            )
        ) from error
    engine = open_engine(url or register_url(folder))
    close(folder / FOLDER / FILE)
    follow_declaration(engine)
    return Register(engine, PhotoShelf(shelf))
