"""Failures of the disk told in words (ディスクの失敗をことばにする)."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DENIED: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


@contextmanager
def disk_in_words(path: Path) -> Iterator[None]:
    """Turn a failure to write `path` into words a person can act on (書けないわけを言う).

    Raises
    ------
    InputError
        For every `OSError` inside.
    """
    try:
        yield
    except OSError as error:
        raise InputError(_say(path, error)) from error


def _say(path: Path, error: OSError) -> Words:
    if error.errno in _FULL:
        return Words(
            f"ディスクがいっぱいで「{path}」を書けませんでした。空きをつくって、もう一度行ってください",
            f"the disk is full, {path} was not written: make room and try again",
        )
    if error.errno in _DENIED:
        return Words(
            f"「{path}」に書きこめません。書きこみの許可を確かめるか、ほかの場所を選んでください",
            f"{path} may not be written: check its permissions or choose another place",
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Words(
            f"「{path}」のフォルダがありません。場所を確かめてください",
            f"there is no folder for {path}: check the place",
        )
    return Words(
        f"「{path}」を読み書きできませんでした（{error.strerror or error}）。ディスクを確かめてください",
        f"cannot read or write {path} ({error.strerror or error}): check the disk",
    )
