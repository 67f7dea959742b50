"""Registers of 通いの場 with invented histories: opened, paused, moved, written down late or never."""

from datetime import date, timedelta

from register_fixtures import new_version
from shapely import Point

from surveys.record.history import Origin

FIRST, SPAN_DAYS = date(2026, 1, 1), 330
STATES = ("active", "active", "active", "paused", "ended", "planned", "unknown", None)
STATUSES = ("active", "paused", "closed")


def day_at(offset):
    return (FIRST + timedelta(days=int(offset))).isoformat()


def write_histories(register, town, rng, salons):
    """Keep some 通いの場 with up to five versions each, in the order they were written down.

    Returns the days they were written down, in order.
    """
    events = []
    for number in range(salons):
        for seen in sorted(rng.integers(0, SPAN_DAYS, int(rng.integers(1, 6)))):
            late = int(rng.choice([0, 0, 0, 1, 40]))
            events.append((int(seen) + late, number, int(seen)))
    written = []
    for kept, number, seen in sorted(events):
        _write(register, town, rng, f"h{number}", day_at(seen), day_at(kept))
        written.append(day_at(kept))
    return written


def _write(register, town, rng, site_id, seen, kept):
    site = register.site(site_id)
    more = {
        "type": "salon", "made_at": f"{kept}T09:00:00+09:00",
        "origin": Origin(source="surveyed", sure="sure", by="記録係", on=seen),
    }  # fmt: skip
    if site is not None and rng.random() < 0.4:
        status = {"is": str(rng.choice(STATUSES)), "on": day_at(rng.integers(0, SPAN_DAYS))}
        if rng.random() < 0.3:
            status.pop("on")
        version = new_version(
            site_id, None, kind="retire", before=site.state, status=status, **more
        )
    else:
        x_m, y_m = rng.uniform(0, 1000, 2)
        lon, lat = town.plane.to_lonlat([x_m], [y_m])
        placed = site is None or rng.random() < 0.2
        version = new_version(
            site_id, {"name": f"会{site_id}", "activities": list(_groups(rng))},
            before=None if site is None else site.state,
            **({"place": Point(float(lon[0]), float(lat[0]))} if placed else {}), **more,
        )  # fmt: skip
    register.save(version)


def _groups(rng):
    for number in range(int(rng.integers(0, 3))):
        group = {"_id": f"g{number}"}
        state = STATES[int(rng.integers(0, len(STATES)))]
        if state is not None:
            group["state"] = state
        if rng.random() < 0.4:
            group["started"] = day_at(rng.integers(0, SPAN_DAYS))[:7]
        yield group
