"""What a change of the 通いの場 does to who is within reach (検討案をくらべる)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.base.problems import InputError
from geo.base.words import Words
from geo.tables.tables import SITES, check_sites
from geo.town import ordered_sites

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.coverage.coverage import Coverage
    from geo.town import Town

Point = tuple[float, float]
BOTH: Final = ("within", "outside", "share", "minutes_p50")
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which 通いの場 are added, removed and moved (検討案); longitude before latitude.

    Attributes
    ----------
    add
        Places of new ones.
    remove
        Ids of those that close.
    move
        New places, by id.
    """

    add: tuple[Point, ...] = ()
    remove: tuple[str, ...] = ()
    move: Mapping[str, Point] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two answers to one question, side by side (前後の比較).

    Attributes
    ----------
    before, after
        The answers.
    areas
        One row an area: ``area_id area_name division tier people off_network gained lost``
        and each of `BOTH` as ``_before`` and ``_after``; `gained` people come within reach,
        `lost` no longer are.
    gained, lost
        Of all areas together.
    """

    before: Coverage
    after: Coverage
    areas: pd.DataFrame
    gained: int
    lost: int


def change_sites(town: Town, sites: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Return Sites with a plan carried out, in the order of their ids (検討案の通いの場).

    New ones are called ``new-1``, ``new-2`` …, or the next such id that is free.

    Raises
    ------
    InputError
        When nothing is changed, an id is not there or named twice, a new place has no street
        within the town's limit, or no 通いの場 is left.
    """
    named = [*plan.remove, *plan.move]
    if not named and not plan.add:
        raise InputError(
            Words(
                "何を変えるかを --add・--remove・--move で書いてください",
                "say what changes with --add, --remove or --move",
            )
        )
    _check_named(sites, named)
    kept = ordered_sites(sites[~sites["site_id"].isin(plan.remove)])
    for site_id, point in plan.move.items():
        x_m, y_m = _on_street(town, point)
        row = kept["site_id"] == site_id
        kept.loc[row, "x_m"], kept.loc[row, "y_m"] = x_m, y_m
    added = [_new_site(number, _on_street(town, point)) for number, point in _numbered(sites, plan)]
    changed = pd.concat([kept, pd.DataFrame(added)], ignore_index=True) if added else kept
    if changed.empty:
        raise InputError(
            Words(
                "通いの場が1つも残りません。--remove を減らすか、--add で足してください",
                "no salon would be left; remove fewer, or add one",
            )
        )
    return ordered_sites(check_sites(changed[list(SITES)]))


def compare_coverage(before: Coverage, after: Coverage) -> Comparison:
    """Return two answers to one question side by side (前後をくらべる).

    The cells of both are those of one town, in the same order.
    """
    area = before.cells["area"].to_numpy()
    people = before.cells["people"].to_numpy()
    was, now = (one.cells["status"].to_numpy() == "within" for one in (before, after))
    columns = ["area_id", "area_name", "division", "tier", "people", "off_network"]
    areas = before.areas[columns].copy()
    for name in BOTH:
        areas[f"{name}_before"], areas[f"{name}_after"] = before.areas[name], after.areas[name]
    for name, some in (("gained", now & ~was), ("lost", was & ~now)):
        counted = np.zeros(len(areas), dtype=np.int64)
        rows = np.flatnonzero(some & (area >= 0))
        np.add.at(counted, area[rows], people[rows])
        areas[name] = counted
    return Comparison(
        before=before,
        after=after,
        areas=areas,
        gained=int(areas["gained"].sum()),
        lost=int(areas["lost"].sum()),
    )


def _check_named(sites: pd.DataFrame, named: list[str]) -> None:
    known = ordered_sites(sites)
    for site_id in named:
        if site_id not in set(known["site_id"]):
            shown = known.head(_SHOWN)
            some = [
                f"{one}（{name}）"
                for one, name in zip(shown["site_id"], shown["name"], strict=True)
            ]
            more = Words("など", " …") if len(known) > _SHOWN else Words("", "")
            raise InputError(
                Words(
                    f"コード「{site_id}」の通いの場はありません。あるもの: {'、'.join(some)}{more.ja}",
                    f"there is no salon {site_id!r}; there are {', '.join(shown['site_id'])}{more.en}",
                )
            )
        if named.count(site_id) > 1:
            raise InputError(
                Words(
                    f"通いの場「{site_id}」を2回変えようとしています。1回だけ書いてください",
                    f"the salon {site_id!r} is changed twice; name it once",
                )
            )


def _on_street(town: Town, point: Point) -> Point:
    """Return a point on the town's plane, or refuse one without a street."""
    x_m, y_m = town.plane.to_m(np.array([point[0]]), np.array([point[1]]))
    snap = town.snapper.snap(x_m, y_m, limit_m=town.snap_limit_m)
    if snap.edge[0] < 0:
        lon, lat, limit = f"{point[0]:g}", f"{point[1]:g}", f"{town.snap_limit_m:g}"
        raise InputError(
            Words(
                f"経度{lon}・緯度{lat} の{limit}m以内に、この街の道がありません。経度,緯度の順に書いてください",
                f"this town has no street within {limit} m of {lon},{lat}; write LON,LAT",
            )
        )
    return float(x_m[0]), float(y_m[0])


def _numbered(sites: pd.DataFrame, plan: Plan) -> list[tuple[int, Point]]:
    taken = set(sites["site_id"])
    free = (
        number
        for number in range(1, len(sites) + len(plan.add) + 1)
        if f"new-{number}" not in taken
    )
    return list(zip(free, plan.add, strict=False))


def _new_site(number: int, at_m: Point) -> dict[str, object]:
    return {
        "site_id": f"new-{number}", "kind": "salon", "name": f"検討中の通いの場{number}",
        "x_m": at_m[0], "y_m": at_m[1], "schedule": "", "note": "", "source": "検討案",
        "sessions_per_month": np.nan, "capacity": np.nan,
    }  # fmt: skip
