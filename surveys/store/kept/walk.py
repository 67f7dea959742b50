"""Walks: an outing is kept as a site is, with versions (踏査)."""

from __future__ import annotations

from geo.base.words import Words
from surveys.store.kept.kind import Kind, Not
from surveys.store.kept.site import KIND as SITE_KIND
from surveys.store.listing import list_walks

KIND = Kind(
    id="walk",
    words=Words("踏査", "walk"),
    lies_in="site",
    needs=("site",),
    backup=SITE_KIND.backup,
    restore=SITE_KIND.restore,
    export=Not(
        words=Words(
            "紙にする。書き出すのは、踏査で書いた地点",
            "printed; what leaves in files are the sites written on it",
        )
    ),
    undo=SITE_KIND.undo,
    check=SITE_KIND.check,
    listed=list_walks,
    outdoors=("carried",),
)
