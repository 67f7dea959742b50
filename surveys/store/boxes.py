"""The boxes SQLite finds shapes by; PostGIS keeps its own (形の四角).

R*Tree keeps 32-bit figures, a little too large: who asks it tests the shapes themselves after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, text

from surveys.store.tables import SITE

if TYPE_CHECKING:
    import shapely
    from sqlalchemy import Connection


def keep_box(connection: Connection, number: int, place: shapely.Geometry | None) -> None:
    """Keep the box of a site's shape in place of its earlier one (四角を残す)."""
    if connection.dialect.name != "sqlite":
        return
    connection.execute(text("DELETE FROM site_box WHERE number = :n"), {"n": number})
    if place is not None and not place.is_empty:
        west, south, east, north = place.bounds
        connection.execute(
            text("INSERT INTO site_box VALUES (:n, :w, :e, :s, :o)"),
            {"n": number, "w": west, "e": east, "s": south, "o": north},
        )


def read_boxes(connection: Connection) -> dict[int, tuple[float, float, float, float]]:
    """Return west, south, east and north by a site's number; of SQLite only (四角を読む)."""
    rows = connection.execute(text("SELECT number, west, south, east, north FROM site_box"))
    return {int(row[0]): (row[1], row[2], row[3], row[4]) for row in rows}


def fill_boxes(source: Connection, target: Connection) -> None:
    """Make the boxes of all sites of one register in another (四角をつくり直す)."""
    for row in source.execute(select(SITE.c.number, SITE.c.shape)):
        keep_box(target, row.number, row.shape)
