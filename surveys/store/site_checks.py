"""What is wrong in sites and their versions (地点と履歴の点検)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from geo.base.words import Words
from surveys.record.history import STATUSES, fold
from surveys.record.site import find_type, knows_type
from surveys.store.boxes import read_boxes
from surveys.store.door import has_seen_that
from surveys.store.rows import read_site, read_version, state_values, version_values
from surveys.store.tables import BATCH, RECORD, SITE, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, RowMapping

    from surveys.record.history import Version

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


def check_versions(connection: Connection) -> Iterator[Words]:
    """Yield versions that were changed, or belong to no record, site or import (版の点検)."""
    sites = {row.id: row.type for row in connection.execute(select(SITE.c.id, SITE.c.type))}
    records = {row.id: row.site_id for row in connection.execute(select(RECORD))}
    batches = set(connection.scalars(select(BATCH.c.id)))
    for row in connection.execute(select(VERSION).order_by(VERSION.c.seq)).mappings():
        version = read_version(row)
        whole = version_values(version)["digest"] == row["digest"]
        fits = (
            records.get(row["record_id"]) == row["site_id"]
            and sites.get(row["site_id"]) == row["type"]
            and (row["batch_id"] is None or row["batch_id"] in batches)
            and has_seen_that(version, row["seq"] - 1)
        )
        if not whole or not fits:
            what = _ASTRAY if whole else _CHANGED
            yield Words(f"版 {row['seq']} の{what[0]}", f"version {row['seq']} {what[1]}")


def check_sites(connection: Connection) -> Iterator[Words]:
    """Fold every site anew and yield those kept otherwise (地点の点検)."""
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
    kept = read_site(row, find_type)
    folded = state_values(
        kept.type, fold(versions), fresh_months=kept.type.fresh_months, changed_at=row["changed_at"]
    )
    return [name for name in _FOLDED if row[name] != folded[name]]


def check_boxes(connection: Connection) -> Iterator[Words]:
    """Yield places SQLite's index does not know, or knows for no site (索引の点検)."""
    if connection.dialect.name != "sqlite":
        return
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
