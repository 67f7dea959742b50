"""Who may read and write the town's folder, its register and its photos (フォルダの許可)."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from layers.doctor.parts.declare import Check, Finding, careful, good, mend
from surveys.store.register import FILE, FOLDER, PHOTOS

if TYPE_CHECKING:
    from pathlib import Path

    from layers.doctor.parts.declare import Subject

_OTHERS: Final = 0o077


def look(subject: Subject) -> list[Finding]:
    """Say what of the town's folder can be read and written, and by whom (許可を見る)."""
    folder = subject.folder
    if not folder.is_dir():
        return [] if not subject.named else [mend(
            f"{folder} というフォルダはありません。--town を確かめてください",
            f"there is no folder {folder}; check --town",
        )]  # fmt: skip
    register = folder / FOLDER
    kept = [one for one in (register, register / FILE, register / PHOTOS) if one.exists()]
    shut = [one for one in (folder, *kept) if not _may(one, os.R_OK)]
    if shut:
        return [mend(
            f"読めません: {_say(shut)}。かよいマップを動かす利用者に、読む許可をつけてください",
            f"cannot be read: {_say(shut)}; let the user who runs Kayoi Map read it",
        )]  # fmt: skip
    found: list[Finding] = []
    closed = [one for one in (folder, *kept) if not _may(one, os.W_OK)]
    if closed:
        found.append(careful(
            f"書きこめません: {_say(closed)}。見るだけになり、記録は保存できません",
            f"cannot be written: {_say(closed)}; it can be looked at, records cannot be saved",
        ))  # fmt: skip
    open_ = [one for one in kept if os.name == "posix" and one.stat().st_mode & _OTHERS]
    if open_:
        found.append(careful(
            f"ほかの利用者にも開いています: {_say(open_)}。kayoi serve を始めると閉じます",
            f"open to others on this machine: {_say(open_)}; kayoi serve closes it when it starts",
        ))  # fmt: skip
    return found or [good(f"読み書きできます（{folder}）", f"can be read and written ({folder})")]


def _may(path: Path, what: int) -> bool:
    """Ask the system, and the folder's own bits, which bind everybody but the administrator."""
    enter = os.X_OK if stat.S_ISDIR(path.stat().st_mode) else 0
    return os.access(path, what | enter)


def _say(paths: list[Path]) -> str:
    return ", ".join(map(str, paths))


CHECK = Check(id="rights", order=40, words=Words("フォルダの許可", "Rights"), look=look)
