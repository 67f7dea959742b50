"""Plans drawn at random, and the question they are asked."""

from geo.coverage.asking import parse_question
from layers.day.salons import When
from surveys.record.plan import Change

TODAY = When(on="2026-11-21")


def asked(**more):
    first = {"division": "町", "people": "65", "walker": "elderly", "within": "400m"}
    return parse_question(**first | more)


def draw(rng, day):
    """A plan of any kind of change, at places with a street."""
    town, ids = day.built, [one.site_id for one in day.source.listed if one.at_m is not None]
    x_m, y_m = (town.cells[name].to_numpy()[town.cell_snaps.edge >= 0] for name in ("x_m", "y_m"))

    def place():
        at = int(rng.integers(x_m.size))
        lon, lat = town.plane.to_lonlat(x_m[[at]], y_m[[at]])
        return float(lon[0]), float(lat[0])

    some = [str(one) for one in rng.permutation(ids)]
    makers = {
        "add": lambda: Change(do="add", at=place(), schedule=str(rng.choice(["", "毎週火曜"]))),
        "move": lambda: Change(do="move", site_id=some.pop(), at=place()),
        "pause": lambda: Change(do="pause", site_id=some.pop()),
        "close": lambda: Change(do="close", site_id=some.pop()),
        "days": lambda: Change(do="days", site_id=some.pop(), schedule="第1・3木曜"),
        "bench": lambda: Change(do="bench", at=place()),
        "toilet": lambda: Change(do="toilet", at=place()),
    }
    count = min(int(rng.integers(1, 5)), len(some))
    return [makers[str(one)]() for one in rng.choice(list(makers), count)]


def draw_until(rng, day, do):
    while True:
        yield from (one for one in draw(rng, day) if one.do == do)
