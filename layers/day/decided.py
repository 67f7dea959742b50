"""What was decided by a plan and no record says yet (決めて、まだ記録にないこと)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.schedule import parse_schedule
from layers.day.take_plan import left_to_confirm, site_of
from surveys.store.plans import list_plans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.place import Plane
    from surveys.record.plan import Change, Plan
    from surveys.record.site import Site
    from surveys.store.register import Register

# A salon this near to where it should move has moved: two presses on one building.
_THERE_M: Final = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One change of a plan that was put into the list (決めたこと).

    Attributes
    ----------
    plan
        The plan; its ``made_at`` is when it was put into the list.
    site
        The site it is of, as it is now.
    """

    plan: Plan
    change: Change
    site: Site


def list_decided(register: Register, plane: Plane) -> list[Decided]:
    """Return what was decided of the register's sites and no record says yet, in the order decided (まだのこと).

    Benches, toilets and streets of a plan are in no list; the page of the plan tells them.
    """
    taken = sorted(
        (one for one in list_plans(register) if one.state == "taken"), key=lambda one: one.made_at
    )
    told = [(plan, id_, one) for plan in taken for id_, one in _of_sites(plan)]
    sites = register.sites_of([id_ for _, id_, _ in told])
    return [
        Decided(plan=plan, change=one, site=sites[id_])
        for plan, id_, one in told
        if id_ in sites and not is_so(sites[id_], one, plane)
    ]


def is_carried_out(register: Register, plan: Plan, plane: Plane) -> bool:
    """Say whether a plan was put into the list and the records say all of it is so (行われた案か).

    Of benches, toilets and streets no record says it: a plan with one of these is never.
    """
    told = _of_sites(plan)
    if plan.state != "taken" or len(told) < len(plan.changes):
        return False
    sites = register.sites_of([id_ for id_, _ in told])
    return all(id_ in sites and is_so(sites[id_], one, plane) for id_, one in told)


def is_so(site: Site, change: Change, plane: Plane) -> bool:
    """Say whether a site's records say what was decided (そうなったか).

    A new 通いの場 is so when a group is no longer being prepared; one that moves, or a stop, when it is within
    30 m of the place; one that pauses or closes, when it or all its groups do; other days, when a
    group meets then.
    """
    groups = _groups(site)
    states = {str(one.get("state") or "") for one in groups}
    status = str(site.state.status["is"])
    match change.do:
        case "add":
            return states != {"planned"} or status != "active"
        case "pause" | "close":
            return status in ("paused", "closed") or (
                bool(states) and states <= {"paused", "ended"}
            )
        case "move" | "stop":
            return site.place is not None and _near(site, change, plane)
        case "days":
            said = parse_schedule(change.schedule)
            return any(one.get("schedule") == said for one in groups)
        case _:
            return False


def _of_sites(plan: Plan) -> list[tuple[str, Change]]:
    added = [one for one in plan.changes if one.do == "add"]
    new = [(site_of(plan, number), one) for number, one in enumerate(added, 1)]
    return new + [(one.site_id, one) for one in left_to_confirm(plan) if one.site_id]


def _groups(site: Site) -> Sequence[dict[str, object]]:
    groups = site.answers.get("activities")
    return [one for one in groups if isinstance(one, dict)] if isinstance(groups, list) else []


def _near(site: Site, change: Change, plane: Plane) -> bool:
    if change.at is None or site.place is None:
        return False
    here, there = (
        plane.to_m(lon, lat)
        for lon, lat in ((site.place.centroid.x, site.place.centroid.y), change.at)
    )
    far = ((here[0] - there[0]) ** 2 + (here[1] - there[1]) ** 2) ** 0.5
    return bool(far <= _THERE_M)
