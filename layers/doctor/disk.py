"""Whether there is room to work in (ディスクの空き)."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from layers.doctor.parts.declare import Check, Finding, careful, good, mend

if TYPE_CHECKING:
    from layers.doctor.parts.declare import Subject

# A build of a city of 170,000 people takes some 300 MB beside its files; photos come in besides.
LEAST: Final = 500_000_000
ENOUGH: Final = 2_000_000_000


def look(subject: Subject) -> list[Finding]:
    """Say how much is free where the town lies and where files are made (空きを見る)."""
    places = {
        Words("街のフォルダ", "the town's folder"): _there(subject.folder),
        Words("一時ファイル", "temporary files"): Path(tempfile.gettempdir()),
    }
    return [_say(name, place) for name, place in places.items()]


def _say(name: Words, place: Path) -> Finding:
    free = shutil.disk_usage(place).free
    ja, en = f"{name.ja}に {free / 1e9:,.1f} GB", f"{free / 1e9:,.1f} GB for {name.en}"
    if free < LEAST:
        return mend(
            f"{ja} しかありません。0.5 GB より多く空けてください（{place}）",
            f"only {en}; make room for more than 0.5 GB ({place})",
        )
    if free < ENOUGH:
        return careful(
            f"{ja} です。写真が増える前に 2 GB は空けてください（{place}）",
            f"{en}; make room for 2 GB before photos come ({place})",
        )
    return good(f"{ja} あります", f"{en} is free")


def _there(folder: Path) -> Path:
    """Return the folder, or the nearest above it that is there."""
    return next(one for one in (folder, *folder.parents) if one.is_dir())


CHECK = Check(id="disk", order=30, words=Words("ディスクの空き", "Disk"), look=look)
