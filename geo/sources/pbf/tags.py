"""Judge tags a block at a time, each combination once (タグをまとめて判定する)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import numpy as np

from geo.sources.ways.osm_tags import WALK_KEYS, walk_flags, walk_storey, walk_verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy.typing as npt

    from geo.sources.pbf.lists import Objects, Tags
    from geo.sources.pbf.varints import Ints

    Bools = npt.NDArray[np.bool_]

_T = TypeVar("_T")
_WALK_NUMBER: Final = {key: number for number, key in enumerate(WALK_KEYS)}
_HIGHWAY: Final = _WALK_NUMBER["highway"]


class Walks(NamedTuple):
    """What ways are to a walker; the L combinations of tags stand once (道の判定).

    `label` (W,) is the row of each way's combination, -1 for a way without ``highway``.
    """

    label: Ints
    verdict: npt.NDArray[np.str_]
    highway: npt.NDArray[np.str_]
    flags: Ints
    storey: npt.NDArray[np.str_]


def has_key(keys: Sequence[str], strings: Sequence[str], objects: Objects) -> Bools:
    """Say which objects have one of the keys (キーのどれかを持つか)."""
    some = np.zeros(objects.id.size, dtype=bool)
    number = _number_keys(strings, objects.tags, dict.fromkeys(keys, 0))
    some[objects.tags.owner[number == 0]] = True
    return some


def _number_keys(strings: Sequence[str], tags: Tags, numbers: Mapping[str, int]) -> Ints:
    """Return the number of each tag's key, -1 where it has none."""
    table = np.full(len(strings), -1, dtype=np.int64)
    for key in np.flatnonzero(np.bincount(tags.key)).tolist():
        table[key] = numbers.get(strings[key], -1)
    return table[tags.key]


def judge_walks(strings: Sequence[str], ways: Objects) -> Walks:
    """Return what the ways are to a walker (歩ける道かをまとめて判定する)."""
    column = _number_keys(strings, ways.tags, _WALK_NUMBER)
    some = column >= 0
    told = np.zeros((len(WALK_KEYS), ways.id.size), dtype=np.int64)  # 0: has no such tag
    told[column[some], ways.tags.owner[some]] = ways.tags.value[some] + 1
    rows = np.flatnonzero(told[_HIGHWAY])
    combination = np.zeros(rows.size, dtype=np.int64)
    first = rows[:1]
    for values in told[told.any(axis=1)]:
        mixed = combination * (len(strings) + 1) + values[rows]
        _, at, combination = np.unique(mixed, return_index=True, return_inverse=True)
        first = rows[at]
    label = np.full(ways.id.size, -1, dtype=np.int64)
    label[rows] = combination
    tags = [
        {key: strings[value - 1] for key, value in zip(WALK_KEYS, column, strict=True) if value}
        for column in told[:, first].T.tolist()
    ]
    return Walks(
        label=label,
        verdict=np.array([walk_verdict(each) for each in tags], dtype=np.str_),
        highway=np.array([each["highway"] for each in tags], dtype=np.str_),
        flags=np.array([walk_flags(each) for each in tags], dtype=np.int64),
        storey=np.array([walk_storey(each) for each in tags], dtype=np.str_),
    )


def judge_each(
    strings: Sequence[str], tags: Tags, rows: Ints, judge: Callable[[dict[str, str]], _T]
) -> list[tuple[dict[str, str], _T]]:
    """Return tags and verdict of the objects in `rows`; like tags are one dict (1つずつ判定する)."""
    pairs = np.column_stack([tags.key, tags.value])
    raw, width = pairs.tobytes(), pairs.itemsize * 2
    begin, end = (np.searchsorted(tags.owner, rows, side) * width for side in ("left", "right"))
    met: dict[bytes, tuple[dict[str, str], _T]] = {}
    found = []
    for start, stop in zip(begin.tolist(), end.tolist(), strict=True):
        run = raw[start:stop]
        if run not in met:
            of_row = pairs[start // width : stop // width].tolist()
            told = {strings[key]: strings[value] for key, value in of_row}
            met[run] = told, judge(told)
        found.append(met[run])
    return found
