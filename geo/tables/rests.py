"""Where a walker can sit or find a toilet: the checked table Rests (座れる所・トイレの表).

A row says what can be used *at its point*; what nobody has asked is "unknown", which is neither
yes nor no. One run that takes the unknown as bad and one that takes it as good are a band.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np
import pandas as pd

from geo.base.pairs import SAME_M
from geo.base.problems import InputError
from geo.base.words import Words
from geo.tables.pairing import NOTHING_SAID, pair_things
from geo.tables.tables import SITE_KINDS, SITE_WORDS, SiteKind

if TYPE_CHECKING:
    from geo.base.arrays import Flags
    from geo.tables.pairing import Said

RestKind = SiteKind | Literal["station"]
REST_KINDS: Final[tuple[RestKind, ...]] = (*SITE_KINDS, "station")
REST_WORDS: Final[dict[RestKind, Words]] = dict(SITE_WORDS.items()) | {
    "station": Words("駅", "station")
}

Known = Literal["yes", "no", "unknown"]
KNOWN: Final[tuple[Known, ...]] = get_args(Known)
Need = Literal["seat", "toilet"]
NEEDS: Final[tuple[Need, ...]] = get_args(Need)
Unknown = Literal["known", "bad", "good"]

RESTS: Final = {
    "rest_id": "str",
    "kind": "str",
    "name": "str",
    "x_m": "float",
    "y_m": "float",
    "seat": "str",
    "toilet": "str",
    "source": "str",
    "as_of": "str",
}
# What a kind of thing offers when only its place is known: seat, toilet. A bench and a stop hold
# no toilet, nor a toilet a seat: where one stands beside the other it is a thing of its own.
_BY_KIND: Final[dict[RestKind, tuple[Known, Known]]] = {
    "salon": ("yes", "unknown"),
    "park": ("unknown", "unknown"),
    "bench": ("yes", "no"),
    "toilet": ("no", "yes"),
    "bus_stop": ("unknown", "no"),
    "shop": ("unknown", "unknown"),
    "resource": ("unknown", "unknown"),
    "station": ("unknown", "unknown"),
}
_DAY_OR_YEAR: Final = re.compile(r"\d{4}(-\d{2}-\d{2})?")


def check_rests(rests: pd.DataFrame) -> pd.DataFrame:
    """Return Rests, where one can sit or find a toilet, or refuse them (座れる所の表).

    Columns: ``rest_id`` (unique), ``kind`` (one of `REST_KINDS`), ``name``, ``x_m y_m`` on the
    town's plane, ``seat`` and ``toilet`` (each one of `KNOWN`), ``source``, ``as_of`` (the day
    2026-11-21 or the year 2026 the answers are of, or "").

    Raises
    ------
    InputError
        When a column is absent or a value is not one of these; the first bad row is named.
    """
    missing = [column for column in RESTS if column not in rests.columns]
    if missing:
        raise InputError(
            Words(
                f"表 Rests に列 {'、'.join(missing)} がありません。列をたしてください",
                f"table Rests lacks column {', '.join(missing)}; add it",
            )
        )
    for column in ("x_m", "y_m"):
        at = pd.to_numeric(rests[column], errors="coerce").to_numpy(dtype=float)
        _refuse(rests, ~np.isfinite(at), column, Words("数でありません", "not a number"))
    repeated = rests["rest_id"].duplicated().to_numpy()
    _refuse(rests, repeated, "rest_id", Words("同じ値が二度あります", "repeated"))
    for column, known in (("kind", REST_KINDS), ("seat", KNOWN), ("toilet", KNOWN)):
        bad = ~rests[column].isin(list(known)).to_numpy()
        said = "・".join(known)
        reason = Words(f"{said} のどれかで書いてください", f"must be one of {said}")
        _refuse(rests, bad, column, reason)
    bad = np.array([not _is_day_or_year(value) for value in rests["as_of"]], dtype=bool)
    reason = Words("2026-11-21 か 2026 の形で書いてください", "must read 2026-11-21, 2026 or empty")
    _refuse(rests, bad, "as_of", reason)
    return rests


def rests_of_sites(sites: pd.DataFrame) -> pd.DataFrame:
    """Return Rests as far as a town's Sites alone tell them (地点の表から分かる座れる所).

    A bench and a 通いの場 have a seat, a toilet is a toilet; of a park, a stop, a shop and a
    local resource nobody has said. ``rest_id`` is the ``site_id``; ``as_of`` is "".

    Examples
    --------
    >>> from geo.toy import toy_sites
    >>> rests_of_sites(toy_sites([(0, 0)]))[["rest_id", "kind", "seat", "toilet"]].values.tolist()
    [['s0', 'salon', 'yes', 'unknown']]
    """
    said = [_BY_KIND[kind] for kind in sites["kind"]]
    rests = pd.DataFrame(
        {
            "rest_id": sites["site_id"].to_numpy(),
            "kind": sites["kind"].to_numpy(),
            "name": sites["name"].to_numpy(),
            "x_m": sites["x_m"].to_numpy(dtype=float),
            "y_m": sites["y_m"].to_numpy(dtype=float),
            "seat": np.array([seat for seat, _ in said], dtype=object),
            "toilet": np.array([toilet for _, toilet in said], dtype=object),
            "source": sites["source"].to_numpy(),
            "as_of": np.full(len(sites), "", dtype=object),
        }
    )
    return check_rests(rests)


def said_for(rests: pd.DataFrame, need: Need) -> pd.Series:
    """Return what is known of each place for a walk's need: (n,) of `KNOWN` (その決まりで使えるか).

    A toilet is a rest, so of a seat the better of both answers counts.

    Examples
    --------
    >>> from geo.toy import toy_sites
    >>> table = rests_of_sites(toy_sites([(0, 0)]).assign(kind="toilet"))
    >>> table["seat"].tolist(), said_for(table, "seat").tolist()
    (['no'], ['yes'])
    """
    if need == "toilet":
        return rests["toilet"]
    either = rests[["seat", "toilet"]]
    yes, unknown = (either.isin([said]).any(axis=1) for said in ("yes", "unknown"))
    said = np.where(yes, "yes", np.where(unknown, "unknown", "no"))
    return pd.Series(said.astype(object), index=rests.index)


def usable(rests: pd.DataFrame, need: Need, unknown: Unknown) -> Flags:
    """Return which rows of Rests serve a need, (n,) (使える行).

    Parameters
    ----------
    need
        ``"seat"`` or ``"toilet"``.
    unknown
        What nobody has asked counts only in the run ``"good"``; ``"known"`` and ``"bad"`` take
        what is known to be there.
    """
    if need not in NEEDS or unknown not in get_args(Unknown):
        raise ValueError(f"no such need or run: {need!r}, {unknown!r}")
    said = ("yes", "unknown") if unknown == "good" else ("yes",)
    mask: Flags = rests[need].isin(said).to_numpy(dtype=bool)
    return mask


def merge_rests(
    a: pd.DataFrame,
    b: pd.DataFrame,
    within_m: float = SAME_M,
    *,
    said: Said = NOTHING_SAID,
) -> pd.DataFrame:
    """Return all rows of `a`, then those of `b` that are about other things (座れる所を合わせる).

    Two rows are about the same thing as `geo.tables.pairing.pair_things` pairs them. The row of
    `a` then stands as it is, its "unknown" too: whoever looked last knew of it.

    Parameters
    ----------
    a
        Rests whose word stands: the register's.
    b
        Rests of another source.
    within_m
        Metres, `SAME_M` when not given; a pair exactly so far apart is one thing.
    said
        What people said of rows of `b` (places) and of `a` (things).

    Examples
    --------
    >>> from geo.toy import toy_sites
    >>> one, other = rests_of_sites(toy_sites([(0, 0)])), rests_of_sites(toy_sites([(9, 0), (99, 0)]))
    >>> merge_rests(one, other.assign(rest_id=["p", "q"]))["rest_id"].tolist()
    ['s0', 'q']
    """
    told = pair_things(a, b, within_m=within_m, said=said)
    rest = b[~b["rest_id"].isin(told).to_numpy(dtype=bool)]
    parts = [one[list(RESTS)] for one in (a, rest) if len(one)]
    merged = pd.concat(parts, ignore_index=True) if parts else a[list(RESTS)].copy()
    return check_rests(merged)


def _is_day_or_year(value: object) -> bool:
    if value == "":
        return True
    if not isinstance(value, str) or not _DAY_OR_YEAR.fullmatch(value):
        return False
    try:
        date.fromisoformat(value if "-" in value else f"{value}-01-01")
    except ValueError:
        return False
    return True


def _refuse(rests: pd.DataFrame, bad: Flags, column: str, reason: Words) -> None:
    rows = np.flatnonzero(bad)
    if rows.size:
        first = int(rows[0])
        value = rests[column].iloc[first]
        raise InputError(
            Words(
                f"表 Rests の {column} の {first + 1}行目（{value}）: {reason.ja}（{rows.size}行）",
                f"Rests.{column}, row {first + 1} ({value}): {reason.en} ({rows.size} rows)",
            )
        )
