"""Files that are whole on disk, or not there at all (ファイルを確かに書く)."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from geo.base.private import FOLDER_MODE, open_own
from geo.base.words import Words

if TYPE_CHECKING:
    from pathlib import Path

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_RIGHT: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def cannot_write(folder: Path, error: OSError) -> Words:
    """Return why a photo was not written, in words a person can act on (書けないわけ)."""
    if error.errno in NO_ROOM:
        return Words(
            "ディスクがいっぱいで、写真を保存できませんでした。"
            f"管理する人に「{folder}」の空きを増やしてもらい、もう一度送ってください",
            f"the photo was not kept, the disk is full: make room for {folder} and send it again",
        )
    if error.errno in _NO_RIGHT:
        return Words(
            "写真を保存できませんでした。"
            f"管理する人に、フォルダ「{folder}」に書きこめるようにしてもらい、"
            "もう一度送ってください",
            f"the photo was not kept: make the folder {folder} writable and send it again",
        )
    return Words(
        f"写真を「{folder}」に保存できませんでした（{error.strerror or error}）。"
        "管理する人にディスクを確かめてもらい、もう一度送ってください",
        f"the photo was not kept in {folder} ({error.strerror or error}): "
        "check the disk and send it again",
    )


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, each on disk before this returns (フォルダをつくる)."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        sync_folder(folder.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` under `path`: beside it first, then in its place, unless it is there (書く)."""
    with suppress(OSError):
        if path.read_bytes() == content:
            return
    # A name of its own for each writer: two who take the same photo would write into one file.
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
    try:
        with open_own(part, new=True) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Bring a folder's list of names to disk, where the system can (名前の一覧を確かにする)."""
    if os.name == "nt":
        return  # Windows opens no folder for this; its renames are journalled
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network file systems know no such thing; a full disk is still told.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)
