"""Numbers and fields of Protocol Buffers, many at a time (Protocol Buffersの数と欄)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]
    Ints = npt.NDArray[np.int64]

_MORE: Final = 128  # the bit that says the number goes on
_MOST_BYTES: Final = 10
_NUMBER, _RUN = 0, 2
_MOST_FIELDS: Final = 1_000_000  # of one message; a map's have a few


class Unusual(ValueError):  # noqa: N818 - a way of telling, most often no error
    """What is met is damaged, or told in a way not read here (読めない書き方)."""

    def __init__(self, why: str = "not plain PBF") -> None:
        super().__init__(why)


def to_bytes(data: bytes) -> Bytes:
    """Return bytes as an array (バイト列を配列にする)."""
    return np.frombuffer(data, dtype=np.uint8)


def parse_varints(data: Bytes) -> tuple[npt.NDArray[np.uint64], Ints]:
    """Return the numbers that fill `data`, and at which byte each starts (数の並びを読む).

    Examples
    --------
    >>> parse_varints(np.array([5, 0xAC, 0x02], dtype=np.uint8))[0].tolist()
    [5, 300]
    """
    last = np.flatnonzero(data < _MORE)
    if data.size and (not last.size or last[-1] != data.size - 1):
        raise Unusual
    start = np.empty_like(last)
    start[:1] = 0
    start[1:] = last[:-1] + 1
    size = last - start
    if size.size and size.max() >= _MOST_BYTES:
        raise Unusual
    value = (data[start] & 127).astype(np.uint64)
    rows = np.flatnonzero(size > 0)
    for more in range(1, _MOST_BYTES):
        if not rows.size:
            break
        part = (data[start[rows] + more] & 127).astype(np.uint64)
        value[rows] |= part << np.uint64(7 * more)
        rows = rows[size[rows] > more]
    return value, start


def to_signed(value: npt.NDArray[np.uint64]) -> Ints:
    """Return signed numbers from their zigzag form (符号を戻す).

    Examples
    --------
    >>> to_signed(np.array([0, 1, 2, 3], dtype=np.uint64)).tolist()
    [0, -1, 1, -2]
    """
    told = (value >> np.uint64(1)).astype(np.int64)
    return np.asarray(told ^ -(value & np.uint64(1)).astype(np.int64))


def parse_fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield number and content of each field of one message (欄を1つずつ読む).

    Raises
    ------
    Unusual
        When the message is cut short, or has a field of another kind.
    """
    at = 0
    for _ in range(_MOST_FIELDS):
        if at == len(data):
            return
        key, at = parse_one(data, at)
        told, at = parse_one(data, at)
        if key & 7 == _NUMBER:
            yield key >> 3, told
        elif key & 7 == _RUN and at + told <= len(data):
            yield key >> 3, data[at : at + told]
            at += told
        else:
            raise Unusual
    raise Unusual


def parse_one(data: bytes, at: int) -> tuple[int, int]:
    """Return the number at byte `at`, and where the next thing starts (数を1つ読む).

    Raises
    ------
    Unusual
        When it does not end within the ten bytes a number may have.
    """
    value = 0
    for more, byte in enumerate(data[at : at + _MOST_BYTES]):
        value |= (byte & 127) << 7 * more
        if byte < _MORE:
            return value, at + more + 1
    raise Unusual
