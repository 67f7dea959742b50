"""Where one can sit or find a toilet, as the register's people saw it (台帳の座れる所・トイレ).

For the office alone: nothing of it is published as such.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.tables.rests import RESTS, check_rests
from surveys.declaration.field import UNKNOWN
from surveys.record.history import STATUS
from surveys.store.listing import SiteQuery, each_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from geo.base.place import Plane
    from geo.tables.rests import Known
    from surveys.record.site import Site
    from surveys.store.register import Register

TYPES: Final = ("salon", "park", "bench", "toilet", "bus_stop", "shop", "resource")
SOURCE: Final = "台帳"
# A toilet serves a walk by day when it is open through the hours the park sheet calls 昼.
DAY_FROM, DAY_TO = "10:00", "15:00"
# What stands for an answer people differ on: no choice has such an id.
_DIFFERS: Final = "@differs"
_ASKED_OF_THINGS: Final = ("", "condition", "kind", "all_day", "open_at", "close_at")


def read_rests(register: Register, plane: Plane) -> pd.DataFrame:
    """Return Rests of a whole register (台帳から読む). Cost: one query of the register."""
    query = SiteQuery(types=TYPES, statuses=(), order="number")
    return make_rests(each_site(register, query), plane)


def make_rests(sites: Iterable[Site], plane: Plane) -> pd.DataFrame:
    """Return Rests of the register's sites on a town's plane (座れる所の表をつくる).

    Parameters
    ----------
    sites
        Of any record type; other than `TYPES`, and those without a place, are left out.

    Notes
    -----
    A site that is paused, closed, removed or was not found is told with "no", not left out: so
    it hides the same thing of another source (`geo.tables.rests.merge_rests`). What people differ on
    is "unknown". A bench or toilet of a park that has its own place is a row of its own, and
    the park's row tells what can be used at the park's own point. ``as_of`` is the day somebody
    last saw or confirmed the site, "" for one that was only brought in.
    """
    rows: list[_Row] = []
    for site in sites:
        place = site.place
        if site.type.id in _SAID and place is not None and not place.is_empty:
            at = place.representative_point()
            rows += _rows_of(site, float(at.x), float(at.y))
    lon, lat = (np.array([row[at] for row in rows], dtype=float) for at in (3, 4))
    x_m, y_m = plane.to_m(lon, lat)
    table = {name: [row[at] for row in rows] for at, name in enumerate(RESTS)}
    frame = pd.DataFrame({name: np.array(values, dtype=object) for name, values in table.items()})
    return check_rests(frame.assign(x_m=np.atleast_1d(x_m), y_m=np.atleast_1d(y_m)))


# In the order of the columns of Rests, the place in degrees.
_Row = tuple[str, str, str, float, float, "Known", "Known", str, str]
_Said = tuple["Known", "Known"]


def _rows_of(site: Site, lon: float, lat: float) -> list[_Row]:
    answers, seen_on = _settled(site), site.state.seen_on
    found: list[tuple[str, str, float, float, _Said]] = [
        (site.id, site.type.id, lon, lat, _SAID[site.type.id](answers))
    ]
    if site.type.id == "park":
        found += [
            (f"{site.id}/{path}", kind, *point, said)
            for path, kind, point, said in _things_apart(answers)
        ]
    return [
        (id_, kind, site.title, x, y, _standing(site, said[0]), _standing(site, said[1]), SOURCE,
         seen_on)
        for id_, kind, x, y, said in found
    ]  # fmt: skip


def _standing(site: Site, said: Known) -> Known:
    """Return what is said of a site that is open, and else what its status leaves of it."""
    if STATUS in site.state.conflicts:
        return "unknown" if said == "yes" else said
    return said if site.state.status["is"] == "active" else "no"


def _settled(site: Site) -> dict[str, Any]:
    """Return the answers, with `_DIFFERS` where people differ; of a whole thing, on its use."""
    answers = dict(site.answers)
    for path in site.state.conflicts:
        field, _, rest = path.partition("/")
        id_, _, inner = rest.partition("/")
        if not rest:
            answers[field] = _DIFFERS
        elif inner in _ASKED_OF_THINGS:
            answers[field] = [
                item | {inner or "condition": _DIFFERS} if item["_id"] == id_ else item
                for item in _listed(answers, field)
            ]
    return answers


# ---- what each record type says --------------------------------------------------------------


def _salon(answers: Mapping[str, Any]) -> _Said:
    states = [item.get("state") for item in _listed(answers, "activities")]
    seat: Known = "yes"
    if states and all(state in ("paused", "ended", "planned") for state in states):
        seat = "unknown"  # the hall may be open for other things, a private home is not
    # Many elder people cannot use a squat toilet.
    toilet = _word(
        answers, "toilet", {"western": "yes", "there": "unknown", "squat": "unknown", "none": "no"}
    )
    if answers.get("toilet_wheelchair") == "yes":
        toilet = "yes"
    return seat, toilet


def _bench(answers: Mapping[str, Any]) -> _Said:
    return ("no" if answers.get("count") == 0 else _bench_stands(answers)), "no"


def _toilet(answers: Mapping[str, Any]) -> _Said:
    return "no", _toilet_stands(answers)


def _bus_stop(answers: Mapping[str, Any]) -> _Said:
    count = answers.get("bench_count")
    if count is None and answers.get("bench_back") in ("all", "part"):
        count = 1
    if not isinstance(count, int | float):
        return "unknown", "no"
    return (_bench_stands(answers) if count > 0 else "no"), "no"


def _shop(answers: Mapping[str, Any]) -> _Said:
    seat, toilet = (_word(answers, one, _YES_NO) for one in ("rest_seat", "toilet"))
    if answers.get("kind") == "mobile":
        # It stands there for half an hour a week: nothing unless somebody said so.
        seat, toilet = ("no" if one == "unknown" else one for one in (seat, toilet))
    return seat, toilet


def _resource(_answers: Mapping[str, Any]) -> _Said:
    return "unknown", "unknown"


def _park(answers: Mapping[str, Any]) -> _Said:
    seat, toilet = _word(answers, "bench", _YES_NO), _word(answers, "toilet", _PARK_TOILET)
    if isinstance(answers.get("benches"), list):
        seat = "no"  # counted one by one, and what was counted is looked at below
    elif answers.get("benches") == _DIFFERS:
        seat = "unknown"
    if answers.get("toilets") == [] and answers.get("toilet") in (None, UNKNOWN):
        toilet = "no"
    elif answers.get("toilets") in ([], _DIFFERS) and toilet == "yes":
        toilet = "unknown"  # one answer says there is one, another that there is none
    return (
        _of_things(_bench_states(answers), seat),
        _of_things(_toilet_states(answers), toilet),
    )


_SAID: Final[dict[str, Callable[[Mapping[str, Any]], _Said]]] = {
    "salon": _salon,
    "park": _park,
    "bench": _bench,
    "toilet": _toilet,
    "bus_stop": _bus_stop,
    "shop": _shop,
    "resource": _resource,
}
_YES_NO: Final[dict[str, Known]] = {"yes": "yes", "no": "no"}
# 使いにくい stands for steps, squat toilets only, dirt or a lock: whether this walker can use it
# is not known. ある is what lists say of a toilet nobody has looked at: it is there.
_PARK_TOILET: Final[dict[str, Known]] = {
    "usable": "yes", "there": "yes", "hard": "unknown", "none": "no",
}  # fmt: skip


# ---- things inside a park --------------------------------------------------------------------

_State = tuple[dict[str, Any], "Known"]


def _things_apart(
    answers: Mapping[str, Any],
) -> list[tuple[str, str, tuple[float, float], _Said]]:
    """Benches and toilets that have their own place: path, kind, degrees, what they offer."""
    found: list[tuple[str, str, tuple[float, float], _Said]] = []
    for item, state in _bench_states(answers):
        if item.get("point"):
            found.append((f"benches/{item['_id']}", "bench", _degrees(item), (state, "no")))
    for item, state in _toilet_states(answers):
        if item.get("point"):
            found.append((f"toilets/{item['_id']}", "toilet", _degrees(item), ("no", state)))
    return found


def _degrees(item: Mapping[str, Any]) -> tuple[float, float]:
    lon, lat = item["point"][:2]
    return float(lon), float(lat)


def _bench_states(answers: Mapping[str, Any]) -> list[_State]:
    return [(item, _bench_stands(item)) for item in _listed(answers, "benches")]


def _toilet_states(answers: Mapping[str, Any]) -> list[_State]:
    """Toilets one by one; where the park's toilet is 使いにくい or なし none is surely usable."""
    doubted = answers.get("toilet") in ("hard", "none", _DIFFERS)
    states = [(item, _toilet_stands(item)) for item in _listed(answers, "toilets")]
    return [(item, "unknown" if doubted and one == "yes" else one) for item, one in states]


def _of_things(states: Sequence[_State], whole: Known) -> Known:
    """Return what a park offers at its own point: by its things, or as said of the whole."""
    if not states:
        return whole
    here = [state for item, state in states if not item.get("point")]
    if "yes" in here:
        return "yes"
    # All that is listed is broken, and the whole is said to be usable: not settled.
    contrary = whole == "yes" and all(state == "no" for _, state in states)
    return "unknown" if "unknown" in here or contrary else "no"


def _bench_stands(answers: Mapping[str, Any]) -> Known:
    """Return whether a bench that is there can be sat on; 不明 of its wear leaves it standing."""
    said = answers.get("condition")
    return "no" if said == "unusable" else "unknown" if said == _DIFFERS else "yes"


def _toilet_stands(answers: Mapping[str, Any]) -> Known:
    """Return whether a toilet that is there can be used through the day."""
    state, kind, all_day = (answers.get(one) for one in ("condition", "kind", "all_day"))
    if state == "unusable" or kind == "none":
        return "no"
    if _DIFFERS in (state, kind, all_day):
        return "unknown"
    opens, closes = answers.get("open_at"), answers.get("close_at")
    if all_day == "yes":
        return "yes"
    if _DIFFERS in (opens, closes):
        return "unknown"
    opens = "00:00" if opens in (None, UNKNOWN) else opens
    # One that closes before it opens is open past midnight.
    closes = "24:00" if closes in (None, UNKNOWN) or closes <= opens else closes
    return "yes" if opens <= DAY_FROM and closes >= DAY_TO else "unknown"


def _listed(answers: Mapping[str, Any], field: str) -> list[dict[str, Any]]:
    value = answers.get(field)
    return value if isinstance(value, list) else []


def _word(answers: Mapping[str, Any], field: str, words: Mapping[str, Known]) -> Known:
    return words.get(str(answers.get(field)), "unknown")
