"""A desk to bring files in at, and to look at what they come to."""

import csv
import io
import itertools

from register_fixtures import LATER, NOW, new_version, open_sqlite

from surveys.formats.format import dump_type
from surveys.imports.bring_in import bring_in
from surveys.imports.importing import apply_plan
from surveys.store.portables import portables_of
from surveys.types import RECORD_TYPES

PARKS = (
    "名称,所在地,緯度,経度,面積,水飲み,備考\n"
    "西町公園,焼津市西町1,34.86,138.31,1200,あり,松が多い\n"
    "東町公園,焼津市東町2,34.87,138.32,800,なし,\n"
)


class Desk:
    """A register, and a person who brings files into it."""

    def __init__(self, folder):
        self.book = open_sqlite(folder)
        self._ids = itertools.count(1)

    def new_id(self):
        return f"n{next(self._ids):06}"

    def read(self, text, *, type_id="park", file="公園.csv", on="2026-04-01", now=NOW, **more):
        data = text if isinstance(text, bytes) else text.encode()
        return bring_in(
            self.book, type_id, data,
            file=file, by="係", on=on, now=now, new_id=self.new_id, **more,
        )  # fmt: skip

    def plan(self, text, **more):
        return self.read(text, **more)[0]

    def take(self, text, **more):
        made = self.plan(text, **more)
        apply_plan(self.book, made)
        return made


def row_of(made, title):
    return next(row for row in made.rows if row.title == title)


def diff(row):
    return {change.path: change.after for change in row.changes if change.taken}


def held(row):
    return {change.path: change.after for change in row.changes if not change.taken}


def counts(made):
    return {action: number for action, number in made.counts.items() if number}


def states(register):
    return {id_: register.refold(id_)[1] for id_ in register.site_ids()}


def site_named(register, name):
    found = [register.site(id_) for id_ in register.site_ids()]
    return next(site for site in found if site and site.title == name)


def export(register, type_id, format_id="csv"):
    type_ = RECORD_TYPES[type_id]
    return dump_type(format_id, type_, portables_of(register, type_), made_at=LATER)


def edit(data, name, **cells):
    """Return an export with some cells of one row written anew."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    row = next(one for one in rows[1:] if name in one)
    for column, value in cells.items():
        row[rows[0].index(column)] = value
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def survey(register, name, answers, **more):
    """Write a visit to the site of a name."""
    site = site_named(register, name)
    register.save(
        new_version(
            site.id, {**site.answers, **answers}, before=site.state, type=site.type.id,
            made_at=LATER, **more,
        )
    )  # fmt: skip
