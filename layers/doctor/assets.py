"""Whether the browser's files are all there and unbroken (ブラウザの部品)."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from geo.base.words import Words
from layers.doctor.parts.declare import Check, Finding, good, mend
from layers.field.shell import APP
from layers.maps.base_map import ASSETS

if TYPE_CHECKING:
    from layers.doctor.parts.declare import Subject

_FIELD = ("index.html", "sw.js", "style.css", "js/app.js")


def look(_subject: Subject) -> list[Finding]:
    """Compare each file with its fingerprint (部品を見る)."""
    try:
        told = json.loads((ASSETS / "manifest.json").read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        return [mend(
            "地図とフォントの部品がありません。かよいマップを入れなおしてください",
            "the map's and fonts' files are missing; install Kayoi Map again",
        )]  # fmt: skip
    broken = [
        name
        for name, sha256 in told.items()
        if not (ASSETS / name).is_file()
        or hashlib.sha256((ASSETS / name).read_bytes()).hexdigest() != sha256
    ]
    broken += [name for name in _FIELD if not (APP / name).is_file()]
    if broken:
        few = ", ".join(broken[:5])
        return [mend(
            f"ないか、こわれている部品が {len(broken)} あります（{few}）。かよいマップを入れなおしてください",
            f"{len(broken)} files are missing or broken ({few}); install Kayoi Map again",
        )]  # fmt: skip
    return [good(
        f"地図の部品と野外アプリ、{len(told) + len(_FIELD)} ファイルがそろっています",
        f"the map's files and the field app, {len(told) + len(_FIELD)} files, are whole",
    )]  # fmt: skip


CHECK = Check(id="assets", order=60, words=Words("ブラウザの部品", "Browser's files"), look=look)
