"""Look through the whole register for what does not fit together (台帳の点検)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.record.history import STATUSES, fold
from surveys.record.site import knows_type
from surveys.store.boxes import read_boxes
from surveys.store.engine import reading
from surveys.store.field_tables import RECEIVED_PHOTO
from surveys.store.rows import read_site, read_version, state_values, version_values
from surveys.store.tables import BATCH, DRAFT, RECORD, SITE, VERSION

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from sqlalchemy import Connection, Engine, RowMapping

    from surveys.photos.keep import PhotoShelf
    from surveys.record.history import Version
    from surveys.store.register import Register

# What follows from the versions alone; title, search and days also follow from the declaration,
# which a release may change.
_FOLDED: Final = (
    "shape", "lon", "lat", "status", "flat", "setters", "conflicts", "differs", "head",
    "seen_on", "first_on", "visits", "hidden",
)  # fmt: skip
# A 32-bit degree is off by 0.00001 at most (180 / 2 ** 24).
_BOX_SLACK: Final = 0.0001
_CHANGED: Final = ("中身が変わっています", "was changed")
_ASTRAY: Final = ("つながりがおかしいです", "belongs to no record, site or import")
_PHOTO_ID: Final = re.compile(r"[0-9a-f]{64}")


def check_register(register: Register) -> list[Words]:
    """Return what is wrong in a register, one text each; none when all fits (台帳を点検する).

    Every site is folded anew from its versions and compared with what is kept, every version
    with its fingerprint and its record, every box with its shape, and every photo that is
    referred to is read whole. No text names a folder, so that two registers' can be compared.
    """
    shelf = register.photos
    wanted = wanted_photos(register.engine)
    whole = {photo_id for photo_id in wanted if _is_whole(shelf, photo_id)}
    return [*check_rows(register.engine), *missing_photos(wanted, whole)]


def check_rows(engine: Engine) -> list[Words]:
    """Return what is wrong in a register's rows (行を点検する)."""
    with reading(engine) as connection:
        faults = [*_check_versions(connection), *_check_sites(connection)]
        if connection.dialect.name == "sqlite":
            faults += _check_boxes(connection)
    return faults


def missing_photos(wanted: Mapping[str, int], whole: Container[str]) -> list[Words]:
    """Return the photos that are referred to and not among the whole ones (ない写真).

    Parameters
    ----------
    wanted
        As `wanted_photos` gives them.
    """
    return [
        Words(
            f"地点 {number} の写真 {photo_id[:12]}… がないか、こわれています",
            f"the photo {photo_id[:12]}… of site {number} is missing or damaged",
        )
        for photo_id, number in wanted.items()
        if photo_id not in whole
    ]


def wanted_photos(engine: Engine) -> dict[str, int]:
    """Return every photo a version, a draft or a device refers to, by site number (使われる写真).

    A photo whose record is still held, or on its way, belongs to no site: 0.
    """
    wanted: dict[str, int] = {}
    with reading(engine) as connection:
        numbers = {
            row.id: row.number for row in connection.execute(select(SITE.c.id, SITE.c.number))
        }
        for chosen in (
            select(VERSION.c.site_id, VERSION.c.patch).order_by(VERSION.c.seq),
            select(DRAFT.c.site_id, DRAFT.c.answers).order_by(DRAFT.c.id),
        ):
            for site_id, values in connection.execute(chosen):
                for photo_id in _photo_ids(values):
                    wanted.setdefault(photo_id, numbers.get(site_id, 0))
        for photo_id in connection.scalars(select(RECEIVED_PHOTO.c.kept_id)):
            if photo_id is not None:
                wanted.setdefault(photo_id, 0)
    return dict(sorted(wanted.items()))


def count_orphans(register: Register) -> int:
    """Return how many photos no version and no draft refers to (どこにも使われない写真の数).

    They do no harm: a form that was given up leaves them.
    """
    wanted = wanted_photos(register.engine)
    return sum(photo_id not in wanted for photo_id in register.photos.ids())


def _is_whole(shelf: PhotoShelf, photo_id: str) -> bool:
    try:
        shelf.load(photo_id)
    except InputError:
        return False
    return True


def _check_versions(connection: Connection) -> Iterator[Words]:
    sites = {row.id: row.type for row in connection.execute(select(SITE.c.id, SITE.c.type))}
    records = {row.id: row.site_id for row in connection.execute(select(RECORD))}
    batches = set(connection.scalars(select(BATCH.c.id)))
    for row in connection.execute(select(VERSION).order_by(VERSION.c.seq)).mappings():
        whole = version_values(read_version(row))["digest"] == row["digest"]
        fits = (
            records.get(row["record_id"]) == row["site_id"]
            and sites.get(row["site_id"]) == row["type"]
            and (row["batch_id"] is None or row["batch_id"] in batches)
            and row["base"] < row["seq"]
        )
        if not whole or not fits:
            what = _ASTRAY if whole else _CHANGED
            yield Words(f"版 {row['seq']} の{what[0]}", f"version {row['seq']} {what[1]}")


def _check_sites(connection: Connection) -> Iterator[Words]:
    undone = set(connection.scalars(select(BATCH.c.id).where(BATCH.c.undone_at.is_not(None))))
    by_site: dict[str, list[Version]] = {}
    for row in connection.execute(select(VERSION).order_by(VERSION.c.seq)).mappings():
        if row["batch_id"] not in undone:
            by_site.setdefault(row["site_id"], []).append(read_version(row))
    for row in connection.execute(select(SITE).order_by(SITE.c.number)).mappings():
        if not knows_type(row["type"]):
            yield Words(
                f"地点 {row['number']} は、この版のかよいマップが知らない種類です",
                f"site {row['number']} is of a kind this release does not know",
            )
            continue
        differing = _differing(row, by_site.pop(row["id"], []))
        if differing:
            yield Words(
                f"地点 {row['number']} が履歴と合いません（{'・'.join(differing)}）",
                f"site {row['number']} differs from its versions ({', '.join(differing)})",
            )
        if row["status"] not in STATUSES:
            yield Words(
                f"地点 {row['number']} の状態が分かりません", f"site {row['number']}: status"
            )


def _differing(row: RowMapping, versions: list[Version]) -> list[str]:
    kept = read_site(row)
    folded = state_values(
        kept.type, fold(versions), fresh_months=kept.type.fresh_months, changed_at=row["changed_at"]
    )
    return [name for name in _FOLDED if row[name] != folded[name]]


def _check_boxes(connection: Connection) -> Iterator[Words]:
    boxes = read_boxes(connection)
    for row in connection.execute(select(SITE.c.number, SITE.c.shape).order_by(SITE.c.number)):
        bounds = None if row.shape is None or row.shape.is_empty else row.shape.bounds
        box = boxes.pop(row.number, None)
        if bounds is None and box is None:
            continue
        if bounds is None or box is None or not _holds(box, bounds):
            yield Words(
                f"地点 {row.number} の場所の索引が合いません",
                f"the index does not know the place of site {row.number}",
            )
    for number in boxes:
        yield Words(f"索引に、ない地点 {number} があります", f"the index knows no site {number}")


def _holds(box: tuple[float, ...], bounds: tuple[float, ...]) -> bool:
    lows = all(0 <= bounds[at] - box[at] <= _BOX_SLACK for at in (0, 1))
    return lows and all(0 <= box[at] - bounds[at] <= _BOX_SLACK for at in (2, 3))


def _photo_ids(value: object) -> Iterator[str]:
    """Yield the photos inside a patch or a draft, however deep they lie."""
    if isinstance(value, dict):
        id_ = value.get("id")
        if isinstance(id_, str) and _PHOTO_ID.fullmatch(id_) and "caption" in value:
            yield id_
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _photo_ids(one)
