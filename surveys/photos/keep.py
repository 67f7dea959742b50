"""A folder of photos, each named by its own fingerprint (写真をしまう)."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.photos.on_disk import NO_ROOM, cannot_write, make_folder, sync_folder, write_whole
from surveys.photos.picture import THUMB_SIDE, make_thumb, open_kept, remake_picture
from surveys.photos.waiting import WaitingShelf
from surveys.record.cannot_keep import CannotKeepError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_ID = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """One photo that is on disk (しまった写真).

    Attributes
    ----------
    id
        SHA-256 of the file, 64 hex digits: the name it is asked for by.
    width, height
        In pixels, upright.
    bytes
        Size of the file.
    """

    id: str
    width: int
    height: int
    bytes: int


@dataclass(frozen=True, slots=True)
class PhotoShelf:
    """Photos in a folder, in subfolders by the first two digits (写真置き場).

    ``ab/abcd….jpg`` is a photo and ``ab/abcd….thumb.jpg`` its thumbnail. A file under such a
    name is whole whatever happens to the process or the power; what a crash leaves behind ends
    in ``.part`` and may be deleted.

    Attributes
    ----------
    folder
        Made when the first photo comes.
    before
        Asked before a photo is written; raises where it must not be.
    """

    folder: Path
    before: Callable[[], None] | None = None

    @property
    def waiting(self) -> WaitingShelf:
        """Where what cannot be opened waits for a person (開けないものの置き場)."""
        return WaitingShelf(self.folder / "waiting")

    @property
    def arriving(self) -> Path:
        """Where uploads are written while they come (届く途中の置き場)."""
        return self.folder / "arriving"

    def take(self, data: bytes | Path, *, file: str = "") -> Photo:
        """Check an uploaded image, make it plain and keep it (写真を受け取ってしまう).

        When this returns, the photo is on disk: only then may the sender be told so. The same
        upload twice is one file, and mends a damaged one.

        Parameters
        ----------
        data
            The upload, or the file it is in (see `remake_picture`).
        file
            Its name, only for messages.

        Raises
        ------
        InputError
            When it is no photo that can be kept; `CannotKeepError` when the disk is full or may
            not be written.
        """
        made = remake_picture(data, file=file)
        photo_id = hashlib.sha256(made.jpeg).hexdigest()
        path = self.path_of(photo_id)
        if self.before is not None:
            self.before()
        try:
            make_folder(path.parent)
            write_whole(self.path_of(photo_id, thumb=True), made.thumb)
            # The photo last: where it is, its thumbnail is too.
            write_whole(path, made.jpeg)
            sync_folder(path.parent)
            # Another process may have made the subfolder and not yet brought it to disk.
            sync_folder(self.folder)
        except OSError as error:
            words = cannot_write(self.folder, error)
            raise CannotKeepError(words, full=error.errno in NO_ROOM) from None
        return Photo(id=photo_id, width=made.width, height=made.height, bytes=len(made.jpeg))

    def path_of(self, photo_id: str, *, thumb: bool = False) -> Path:
        """Return where a photo is kept, there or not (写真の場所).

        Raises
        ------
        InputError
            When `photo_id` is not 64 hex digits: no other path can be asked for.
        """
        if not _ID.fullmatch(photo_id):
            raise InputError(
                Words(
                    "写真の番号が正しくありません。画面を開き直してください",
                    "this is not a photo's id: open the page again",
                )
            )
        return self.folder / photo_id[:2] / f"{photo_id}{'.thumb' if thumb else ''}.jpg"

    def has(self, photo_id: str) -> bool:
        """Return whether a photo is here (写真があるか)."""
        return self.path_of(photo_id).is_file()

    def load(self, photo_id: str, *, thumb: bool = False) -> bytes:
        """Return a photo, or its thumbnail, as JPEG (写真を読む).

        A thumbnail that is missing or damaged is made again.

        Raises
        ------
        InputError
            When the id is not one, or the photo is not here or damaged.
        """
        if thumb:
            with suppress(OSError, ValueError):
                kept = self.path_of(photo_id, thumb=True).read_bytes()
                if max(open_kept(kept).size) <= THUMB_SIDE:
                    return kept
        data = self._read(photo_id)
        if not thumb:
            return data
        try:
            small = make_thumb(open_kept(data))
        except ValueError:
            raise InputError(_damaged(self.path_of(photo_id))) from None
        # A shelf that may not be written still shows its photos.
        with suppress(OSError):
            write_whole(self.path_of(photo_id, thumb=True), small)
        return small

    def ids(self) -> Iterator[str]:
        """Yield the id of every photo here, in order (すべての写真の番号)."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            names = sorted(path.stem for path in folder.glob("*.jpg"))
            yield from (name for name in names if _ID.fullmatch(name) and name[:2] == folder.name)

    def check(self) -> list[Words]:
        """Return what is wrong with the photos here, one text each (写真の点検).

        Every photo is read whole, compared with its name and opened.
        """
        faults = []
        for photo_id in self.ids():
            try:
                open_kept(self._read(photo_id), side=THUMB_SIDE)
            except InputError as error:
                faults.append(error.words)
            except ValueError:
                faults.append(_damaged(self.path_of(photo_id)))
        return faults

    def _read(self, photo_id: str) -> bytes:
        """Return a photo's bytes, which are those it is named by."""
        path = self.path_of(photo_id)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise InputError(
                Words(
                    f"写真 {path} がありません。控え（バックアップ）から戻してください",
                    f"the photo {path} is not here: put it back from a backup",
                )
            ) from None
        except OSError as error:
            raise InputError(
                Words(
                    f"写真 {path} を読めません（{error.strerror}）。"
                    "ディスクとフォルダの権限を確かめてください",
                    f"cannot read the photo {path} ({error.strerror}): "
                    "check the disk and the folder's permissions",
                )
            ) from None
        if hashlib.sha256(data).hexdigest() != photo_id:
            raise InputError(_damaged(path))
        return data


def _damaged(path: Path) -> Words:
    return Words(
        f"写真 {path} はこわれています。控え（バックアップ）から戻すか、"
        "もとの写真をもう一度入れてください",
        f"the photo {path} is damaged: put it back from a backup, or add the original again",
    )
