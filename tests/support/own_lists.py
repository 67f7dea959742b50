"""Toy towns with a list of 通いの場 of their own, for tests of how the register takes it."""

from dataclasses import replace

import pandas as pd
from register_fixtures import new_version
from shapely import Point
from toy_town import toy_town

from geo.coverage.asking import parse_question
from geo.tables.tables import check_sites
from geo.town import Credit
from layers.day.day import Day
from layers.day.salons import When, list_salons
from layers.day.told import Told

PLAIN = parse_question(division="町", people="65", walker="elderly", within="250m")
SEATED = parse_question(
    division="町", people="65", walker="elderly", within="400m", rest="200"
)  # fmt: skip
BUILT = "2026-10-05T03:00:00Z"
NOW = "2026-11-21T01:00:00.000Z"
TODAY = When(on="2026-11-21")
FILE = "salons.csv"


def own_town(*rows, date="2026-10-01", built_at=BUILT, source=FILE):
    """A toy town whose own list has these rows: x, y, and more by column."""
    table = pd.DataFrame(
        [
            {
                "site_id": f"s{number}", "kind": "salon", "name": f"集い{number}", "x_m": float(x),
                "y_m": float(y), "schedule": "", "note": "", "source": source,
                "sessions_per_month": float("nan"), "capacity": float("nan"),
            }
            | more
            for number, (x, y, more) in enumerate(rows)
        ],
        columns=[
            "site_id", "kind", "name", "x_m", "y_m", "schedule", "note", "source",
            "sessions_per_month", "capacity",
        ],
    )  # fmt: skip
    credit = Credit(role="sites", name=source, date=date, licence="", credit="")
    town = toy_town(check_sites(table))
    return replace(town, credits=(credit,), built_at=built_at)


def with_rows(town, *rows):
    """The town built anew with another list."""
    return own_town(*rows, built_at="2026-11-20T00:00:00Z", date=town.credits[0].date)


def there(town, x, y):
    lon, lat = town.plane.to_lonlat([x], [y])
    return Point(float(lon[0]), float(lat[0]))


def record(register, town, site_id, x, y, name="だれかの集い", **more):
    """Write a 通いの場 as somebody who saw it would."""
    answers = {"name": name, "activities": [{"_id": "a", "state": more.pop("state", "active")}]}
    register.save(
        new_version(site_id, answers, type="salon", place=there(town, x, y), **more)
    )  # fmt: skip


def day(town, register, when=TODAY):
    return Day(told=Told(town=town, register=register), when=when)


def names(town, register, when=TODAY):
    return sorted(list_salons(town, register, when).sites("yes", "unsure")["name"])


def figures(town, register, when=TODAY, questions=(PLAIN, SEATED)):
    """Totals with the low and the high, how often, and for how many."""
    asked = day(town, register, when)
    columns = ["site_id", "name", "note", "x_m", "y_m"]
    counted = asked.salons.sort_values("site_id")[columns].to_numpy().tolist()
    often = asked.salons.sort_values("site_id")[["sessions_per_month", "capacity"]]
    ends = asked.ends()
    totals = [one.ask(two).totals for one in (ends[0], asked, ends[1]) for two in questions]
    return counted, often.fillna(-1.0).to_numpy().round(9).tolist(), totals
