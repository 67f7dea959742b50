"""Photos: files named by their fingerprint, beside the database (写真)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.store.kept.kind import FileCheck, Files, Kind, Not, Restore
from surveys.store.photo_checks import missing_photos

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surveys.photos.keep import PhotoShelf


def _each(shelf: PhotoShelf) -> Iterator[tuple[str, bytes, str]]:
    for photo_id in shelf.ids():
        try:
            data = shelf.load(photo_id)
        except InputError:
            continue  # damaged: told by its site, and left out
        yield f"photos/{photo_id[:2]}/{photo_id}.jpg", data, photo_id
    for photo_id in shelf.waiting.ids():
        raw = shelf.waiting.load(photo_id) or b""
        if hashlib.sha256(raw).hexdigest() == photo_id:
            yield f"photos/waiting/{photo_id[:2]}/{photo_id}.bin", raw, photo_id


KIND = Kind(
    id="photo",
    words=Words("写真", "photo"),
    backup=Files(
        words=Words("すべての写真のファイル", "every photo's file, opened or not"), each=_each
    ),
    restore=Restore(
        words=Words(
            "ファイルを戻し、小さい写真はつくり直す",
            "files put back; thumbnails are made again",
        )
    ),
    export=Not(
        words=Words(
            "地点の書き出しには写真の番号が入る。写真そのものは控えにある",
            "files of sites name it; the picture itself is in the backup",
        )
    ),
    undo=Not(
        words=Words(
            "前の版が使っているかもしれないので、消さない",
            "never deleted: an older version may show it",
        )
    ),
    check=(
        FileCheck(
            words=Words("使われる写真が読めるか", "photos that are referred to can be read whole"),
            find=missing_photos,
        ),
    ),
    listed=lambda register: register.photos.ids(),
    outdoors=("sent",),
    apart=(
        (
            "command",
            Words(
                "地点と届いた記録についてくる。控えにはそのまま入る",
                "it comes with sites and submissions; a backup holds it whole",
            ),
        ),
        ("map", Words("地点のしるしから開く", "it opens from its site's sign")),
    ),
)
