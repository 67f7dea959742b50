"""Sites, their records and every version of them (地点と履歴)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from geo.base.words import Words
from surveys.store.boxes import fill_boxes
from surveys.store.kept.kind import Export, Kind, Not, Restore, RowCheck, Rows
from surveys.store.listing import SiteQuery, each_site
from surveys.store.portables import all_portables
from surveys.store.site_checks import check_boxes, check_sites, check_versions
from surveys.store.tables import RECORD, SITE, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection


def _photos(connection: Connection) -> Iterator[tuple[str | None, object]]:
    for row in connection.execute(
        select(VERSION.c.site_id, VERSION.c.patch).order_by(VERSION.c.seq)
    ):
        yield row.site_id, row.patch


KIND = Kind(
    id="site",
    words=Words("地点", "site"),
    tables=(SITE, RECORD, VERSION),
    made=("site_box",),
    needs=("batch", "photo"),
    backup=Rows(),
    restore=Restore(
        words=Words(
            "番号ごとそのまま戻し、形の四角をつくり直す",
            "put back with its numbers; the boxes of shapes are made again",
        ),
        counted=(SITE.c.number, VERSION.c.seq),
        after=fill_boxes,
    ),
    export=Export(
        words=Words("一覧と kayoi records export のすべての書式", "every format of `kayoi records export`"),
        gather=all_portables, formats=("xlsx", "csv", "geojson", "gpkg"),
    ),
    undo=Not(
        words=Words(
            "書いたことは消えない。新しい版で直す",
            "what was written stays; a newer version corrects it",
        )
    ),
    check=(
        RowCheck(
            words=Words("版の指紋とつながり", "fingerprints and ties of versions"),
            find=check_versions,
        ),
        RowCheck(
            words=Words("地点が履歴と合うか", "sites equal to what their versions come to"),
            find=check_sites,
        ),
        RowCheck(words=Words("場所の索引", "the index of places"), find=check_boxes),
    ),
    photos=_photos,
    listed=lambda register: each_site(register, SiteQuery()),
    outdoors=("carried", "sent"),
)  # fmt: skip
