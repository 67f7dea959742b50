"""Every park of the demo town with its sheet (公園カルテ)."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any, Final

from surveys.demo.diary import CITY, Entry, make_id
from surveys.demo.ground import spot_at_edge, spot_inside
from surveys.demo.park_things import LISTED
from surveys.demo.parks_east import EAST
from surveys.demo.parks_west import WEST

if TYPE_CHECKING:
    from surveys.demo.diary import Diary
    from surveys.demo.ground import Ground, Place

PARK_LIST: Final = "公園一覧.csv"
LISTED_AGO: Final = 1060
_SHEETS: Final = WEST | EAST
_INSIDE: Final = ("toilets", "slopes", "equipment")


def write_parks(diary: Diary, ground: Ground) -> None:
    """Write the city's list of parks, and what people saw in each (公園を書く)."""
    for park in ground.of_kind("park"):
        listed: dict[str, Any] = {
            "name": park.name,
            "address": f"汐見野市{ground.area_of(park.at)}",
        }
        if park.name in LISTED:
            kind, area_m2, opened, keeper = LISTED[park.name]
            listed |= {
                "park_kind": kind,
                "area_m2": area_m2,
                "opened": opened,
                "association": keeper,
            }
        diary.write("park", park.id, Entry(
            ago=LISTED_AGO, kind="import", by=CITY, source="imported", answers=listed, place=park.at,
                batch=make_id("batch", PARK_LIST),
        ))  # fmt: skip
        for entry in _SHEETS.get(park.name, ()):
            diary.write(
                "park", park.id, replace(entry, answers=_placed(entry.answers, park, ground))
            )


def _placed(answers: Any, park: Place, ground: Ground) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    """Return answers whose things have a place of their own inside the park."""
    rng = Random(park.id)  # noqa: S311 - places of benches, not secrets
    mapped = [
        [one.at.x, one.at.y]
        for one in ground.of_kind("bench")
        if park.area is not None and park.area.contains(one.at)
    ]
    out = dict(answers)
    if isinstance(out.get("benches"), list):
        out["benches"] = [
            one | {"point": mapped[at] if at < len(mapped) else spot_inside(park, rng)}
            for at, one in enumerate(out["benches"])
        ]
    for key in _INSIDE:
        if isinstance(out.get(key), list):
            out[key] = [one | {"point": spot_inside(park, rng)} for one in out[key]]
    if isinstance(out.get("entrances"), list):
        out["entrances"] = [
            one | {"point": spot_at_edge(park, at / len(out["entrances"]))}
            for at, one in enumerate(out["entrances"])
        ]
    return out
