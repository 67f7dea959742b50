"""Who gained and who lost between two answers to one question (増減の内訳)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from geo.base.arrays import Flags, Ints
    from geo.coverage.coverage import Coverage

Turn = Literal["opened", "closed", "moved"]
COUNTS = (
    "gained", "lost", "unchanged_in", "unchanged_out", "off_network",
    "gained_low", "gained_high", "lost_low", "lost_high",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """One answer, with the least and the most it may be (答えと、その低い方・高い方).

    Attributes
    ----------
    known
        What is known.
    low, high
        (C,) who is within reach at the least and at the most; nobody in `low` is out of it in
        `known`, nor anybody of `known` in `high`.
    """

    low: Flags
    known: Coverage
    high: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One 通いの場 that counts in one of the two answers alone, or elsewhere (変わった通いの場).

    Attributes
    ----------
    turn
        ``opened`` counts after alone, ``closed`` before alone, ``moved`` in both.
    why
        What became of it, in words.
    without
        (C,) who would be within reach in the answer it counts in, had that not got it: after for
        one that opened or moved, before for one that closed.
    """

    site_id: str
    name: str
    turn: Turn
    why: Words
    without: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The people of each area, by what became of them (増減の内訳).

    Attributes
    ----------
    areas
        One row an area: ``area_id area_name division tier people`` and `COUNTS`;
        ``gained + lost + unchanged_in + unchanged_out + off_network`` are the people.
        ``gained_low … lost_high`` are the least and the most there may be.
    totals
        The same of all areas together.
    reasons
        By area, and under "" of all: each change that decides people by itself, in words.
    """

    areas: pd.DataFrame
    totals: dict[str, int]
    reasons: dict[str, list[Words]]


def make_ledger(before: Ends, after: Ends, changes: Sequence[Change]) -> Ledger:
    """Return what became of the people between two answers (増減の内訳をつくる).

    The cells of all answers are those of one town, in the same order: people and streets are
    the same before and after.

    Notes
    -----
    A change alone decides whom it brings or loses when nobody else's coming or going would have
    done so too; what several changes do together is told as shared.
    """
    cells, areas = after.known.cells, after.known.areas
    people = cells["people"].to_numpy(dtype=np.int64)
    was, now = (_ends(one) for one in (before, after))
    off = (cells["status"] == "off_network").to_numpy(dtype=bool)
    gained, lost = now[1] & ~was[1], was[1] & ~now[1]
    flags = {
        "gained": gained, "lost": lost, "unchanged_in": was[1] & now[1],
        "unchanged_out": ~was[1] & ~now[1] & ~off, "off_network": off,
        "gained_low": now[0] & ~was[2], "gained_high": now[2] & ~was[0],
        "lost_low": was[0] & ~now[2], "lost_high": was[2] & ~now[0],
    }  # fmt: skip
    row = cells["area"].to_numpy(dtype=np.int64)
    sums = {name: _sum(people, flag, row, len(areas)) for name, flag in flags.items()}
    table = areas[["area_id", "area_name", "division", "tier", "people"]].assign(**sums)
    reasons = _reasons(people, gained, lost, row, areas["area_id"].tolist(), changes)
    totals = {name: int(table[name].sum()) for name in ("people", *COUNTS)}
    return Ledger(areas=table, totals=totals, reasons=reasons)


def _ends(ends: Ends) -> tuple[Flags, Flags, Flags]:
    low, high = ends.low, ends.high
    known = (ends.known.cells["status"] == "within").to_numpy(dtype=bool)
    if (low & ~known).any() or (known & ~high).any():
        raise ValueError("the least must lie within the known, and the known within the most")
    return low, known, high


def _sum(people: Ints, flag: Flags, row: Ints, count: int) -> Ints:
    some = flag & (row >= 0)
    total = np.bincount(row[some], weights=people[some], minlength=count)
    return np.asarray(np.rint(total), dtype=np.int64)


def _reasons(
    people: Ints,
    gained: Flags,
    lost: Flags,
    row: Ints,
    area_ids: Sequence[str],
    changes: Sequence[Change],
) -> dict[str, list[Words]]:
    found: dict[str, list[Words]] = {key: [] for key in ("", *area_ids)}
    alone = [(one, *_alone(one, gained, lost)) for one in changes]
    for at, key in ((-1, ""), *enumerate(area_ids)):
        here = (row >= 0) if at < 0 else (row == at)
        told = {"+": 0, "-": 0}
        for one, sign, flag in alone:
            count = int(people[flag & here].sum())
            told[sign] += count
            if count or at < 0:
                found[key].append(_say_change(one, sign, count))
        for sign, flag in (("+", gained), ("-", lost)):
            shared = int(people[flag & here].sum()) - told[sign]
            if shared > 0:
                found[key].append(_say_shared(sign, shared))
    return found


def _alone(change: Change, gained: Flags, lost: Flags) -> tuple[str, Flags]:
    if change.turn == "closed":
        return "-", lost & ~change.without
    return "+", gained & ~change.without


def _say_change(one: Change, sign: str, count: int) -> Words:
    mark = "−" if sign == "-" else "+"
    return Words(
        f"{one.name} {one.why.ja} {mark}{count:,}", f"{one.name}: {one.why.en} {mark}{count:,}"
    )


def _say_shared(sign: str, count: int) -> Words:
    mark = "−" if sign == "-" else "+"
    return Words(f"いくつかが合わさって {mark}{count:,}", f"several together {mark}{count:,}")
