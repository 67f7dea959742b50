"""What the disk refuses, told in words a person can act on."""

import errno
import os
from pathlib import Path

import pytest

from geo.base.problems import InputError
from surveys.record.cannot_keep import CannotKeepError
from surveys.store.disk import disk_in_words


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EROFS, "may not be written"),
        (errno.EACCES, "may not be written"),
        (errno.ENOENT, "there is no folder"),
        (errno.ENOTDIR, "there is no folder"),
        (errno.EIO, "check the disk"),
    ],
    ids=errno.errorcode.get,
)
def test_each_failure_of_the_disk_says_what_to_do(number, told):
    with pytest.raises(InputError, match=told) as found, disk_in_words(Path("控え.zip")):
        raise OSError(number, os.strerror(number))
    assert "控え.zip" in found.value.words.ja and "控え.zip" in found.value.words.en


def test_what_is_no_failure_of_the_disk_is_left_as_it_is():
    with pytest.raises(KeyError), disk_in_words(Path("a")):
        raise KeyError("a")


def test_what_cannot_be_kept_now_is_told_apart_from_wrong_input():
    with pytest.raises(InputError) as found, disk_in_words(Path("a")):
        raise OSError(errno.ENOSPC, "full")
    kept_later = CannotKeepError(found.value.words, full=True)
    assert isinstance(kept_later, InputError) and kept_later.full
    assert not isinstance(found.value, CannotKeepError)
    assert not CannotKeepError(found.value.words).full
