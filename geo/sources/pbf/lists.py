"""Read the ways or relations of a block, field by field (道・関係の並びを読む)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from geo.base.arrays import gather_runs, running_start
from geo.sources.pbf.varints import Unusual, parse_one, parse_varints, to_bytes, to_signed

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.sources.pbf.varints import Ints

# A way or a relation has ten kinds of field (OSM wiki); far more is not a map.
_MOST_FIELDS: Final = 64
# What is read side by side takes forty times its bytes. OSM's longest relation has 32,000
# members, its longest way 2,000 nodes (OSM API): far less than this.
_MOST_BYTES: Final = 2 * 1024 * 1024
_MOST_MESSAGES: Final = 1_000_000


class Tags(NamedTuple):
    """Tags as rows: whose (ascending), and key and value as rows of `Block.strings` (タグ)."""

    owner: Ints
    key: Ints
    value: Ints


class Objects(NamedTuple):
    """Objects of one kind of a block; `start` and `ref` are for ways only (同じ種類のもの)."""

    id: Ints
    tags: Tags
    start: Ints
    ref: Ints


def parse_list(group: bytes, tag: int) -> Objects:
    """Return the ways or relations of a group, all read side by side (道・関係を読む).

    Raises
    ------
    Unusual
        As in `geo.sources.pbf.pbf.load_blocks`; also IndexError when a length is wrong.
    """
    starts = find_messages(group, tag)
    if np.diff(starts).max(initial=0) > _MOST_BYTES:
        raise Unusual
    cuts = np.flatnonzero(np.diff(starts[:-1] // _MOST_BYTES, prepend=-1)).tolist()
    return _join(
        [
            _parse_some(group[starts[one] : starts[two]], starts[one : two + 1] - starts[one])
            for one, two in pairwise([*cuts, starts.size - 1])
        ]
    )


def _join(parts: list[Objects]) -> Objects:
    """Return objects of several parts as one, their owners and refs counted on."""
    if len(parts) == 1:
        return parts[0]
    none = np.empty(0, dtype=np.int64)
    before = np.cumsum([0, *(part.id.size for part in parts)]).tolist()
    refs = np.cumsum([0, *(part.ref.size for part in parts)]).tolist()
    owner = [part.tags.owner + at for part, at in zip(parts, before, strict=False)]
    start = [part.start[1:] + at for part, at in zip(parts, refs, strict=False)]
    return Objects(
        id=np.concatenate([none, *(part.id for part in parts)]),
        tags=Tags(
            np.concatenate([none, *owner]),
            np.concatenate([none, *(part.tags.key for part in parts)]),
            np.concatenate([none, *(part.tags.value for part in parts)]),
        ),
        start=np.concatenate([np.zeros(1, dtype=np.int64), *start]),
        ref=np.concatenate([none, *(part.ref for part in parts)]),
    )


def _parse_some(group: bytes, begin: Ints) -> Objects:
    data = to_bytes(group)
    value, start = parse_varints(data)
    start = np.append(start, data.size)
    token = np.full(data.size + 1, -1, dtype=np.int32)
    token[start] = np.arange(start.size, dtype=np.int32)
    first = token[begin].astype(np.int64)
    if (first < 0).any():
        raise Unusual
    at, stop = first[:-1] + 2, first[1:]  # after tag and size
    spans = np.zeros((4, 2, at.size), dtype=np.int64)
    column = {1: 0, 2: 1, 3: 2, 8: 3}
    rows = np.flatnonzero(at < stop)
    for _ in range(_MOST_FIELDS):
        here = at[rows]
        kind, told = value[here].astype(np.int64), value[here + 1].astype(np.int64)
        packed = (kind & 7) == 2  # noqa: PLR2004 - protobuf's mark of a run of bytes
        if (told[packed] < 0).any() or (told[packed] > data.size).any():
            raise Unusual
        after = here + 2
        after[packed] = token[start[after[packed]] + told[packed]]
        if ((kind & 7) & ~2).any() or (after > stop[rows]).any() or (after < 0).any():
            raise Unusual
        for field, place in column.items():
            some = kind >> 3 == field
            if not some.any():
                continue
            if (packed[some] != (field != 1)).any() or spans[place, 1, rows[some]].any():
                raise Unusual
            spans[place, 0, rows[some]] = here[some] + (1 if field == 1 else 2)
            spans[place, 1, rows[some]] = after[some]
        at[rows] = after
        rows = rows[after < stop[rows]]
        if not rows.size:
            return _make_objects(value, spans)
    raise Unusual


def _make_objects(value: npt.NDArray[np.uint64], spans: Ints) -> Objects:
    size = spans[:, 1] - spans[:, 0]
    if (size[0] != 1).any() or (size[1] != size[2]).any():
        raise Unusual
    owner = np.repeat(np.arange(size.shape[1]), size[1])
    key, told = (value[gather_runs(spans[k, 0], size[k])].astype(np.int64) for k in (1, 2))
    start = running_start(size[3])
    total = np.cumsum(to_signed(value[gather_runs(spans[3, 0], size[3])]))
    before = np.concatenate([np.zeros(1, dtype=np.int64), total])[start[:-1]]
    return Objects(
        id=value[spans[0, 0]].astype(np.int64),
        tags=Tags(owner, key, told),
        start=start,
        ref=total - np.repeat(before, size[3]),
    )


def find_messages(data: bytes, tag: int) -> Ints:
    r"""Return where each message begins, and where the last ends; all carry one tag (区切る).

    Examples
    --------
    >>> find_messages(b"\x0a\x02ab\x0a\x00", 0x0A).tolist()
    [0, 4, 6]
    """
    starts = [0]
    at, end = 0, len(data)
    for _ in range(_MOST_MESSAGES):
        if at >= end:
            break
        size = data[at + 1]  # mostly the whole number
        if size < 128:  # noqa: PLR2004 - the mark of more to come
            at += 2 + size
        else:
            size, begin = parse_one(data, at + 1)
            at = begin + size
        starts.append(at)
    found = np.array(starts, dtype=np.int64)
    if at != end or (to_bytes(data)[found[:-1]] != tag).any():
        raise Unusual
    return found
