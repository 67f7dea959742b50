"""A decision: a gap, a plan tried, kept as 準備中, opened, and the ledger from before to after."""

import json
import re
import shutil
from datetime import datetime

import pytest
from pdf_pages import pages_of
from register_fixtures import new_version
from shapely import Point

from geo.cli import main
from geo.sources.town_folder import load_town
from layers.served import clock
from surveys.record.as_of import JAPAN
from surveys.record.history import Origin
from surveys.store.register import open_register

pytestmark = pytest.mark.usefixtures("japanese")

ASKED = ("--division", "町丁目", "--within", "500m", "--people", "65")
MEETING, OPENED, AFTER = "2026-11-20", "2027-02-20", "2027-03-01"
NAME = "さかの上の会"


@pytest.fixture
def town(filled_town, tmp_path):
    return shutil.copytree(filled_town, tmp_path / "town")


def answer(command, town, tmp_path, *more):
    out = tmp_path / f"{command}.geojson"
    asked = [command, "--town", str(town), *ASKED, "--out", str(out), *more]
    assert main(asked) == 0
    return json.loads(out.read_text(encoding="utf-8"))


def outside(town, tmp_path, day):
    return answer("coverage", town, tmp_path, "--as-of", day)["kayoi"]["totals"]["outside"]


def middle_of_the_largest_gap(document):
    worst = max(document["features"], key=lambda one: one["properties"]["outside"])
    rings = worst["geometry"]["coordinates"]
    ring = rings[0] if worst["geometry"]["type"] == "Polygon" else rings[0][0]
    lon, lat = (sum(axis) / len(ring) for axis in zip(*ring, strict=True))
    return round(lon, 6), round(lat, 6)


def keep(town, place, day, state, **more):
    """Write into the register what the council decided, or what became of it."""
    register = open_register(town)
    before = register.site("decided")
    group = {"_id": "a", "state": state, **more}
    try:
        register.save(
            new_version(
                "decided", {"name": NAME, "activities": [group]}, type="salon",
                before=None if before is None else before.state, made_at=f"{day}T09:00:00+09:00",
                origin=Origin(source="surveyed", sure="sure", by="協議体", on=day),
                **({"place": Point(*place)} if before is None else {}),
            )
        )  # fmt: skip
    finally:
        register.engine.dispose()


def answered(tmp_path):
    """The areas of the ledger, as its file has them."""
    return json.loads((tmp_path / "ledger.geojson").read_text(encoding="utf-8"))["features"]


def being_prepared(capsys):
    """How many 通いの場 are told as being prepared, of the demo's own too."""
    found = re.search(r"準備中 ([0-9]+) は数えない", capsys.readouterr().out)
    return int(found[1]) if found else 0


def test_what_was_decided_is_counted_from_the_day_it_opens(town, tmp_path, capsys, monkeypatch):
    gap = answer("coverage", town, tmp_path, "--as-of", MEETING)
    before = gap["kayoi"]["totals"]["outside"]
    prepared = being_prepared(capsys)
    place = middle_of_the_largest_gap(gap)
    plan = answer("scenario", town, tmp_path, "--add", f"{place[0]},{place[1]}")["kayoi"]
    assert plan["gained"] > 0 == plan["lost"]
    keep(town, place, MEETING, "planned")
    capsys.readouterr()
    assert outside(town, tmp_path, MEETING) == before, "準備中 is not counted"
    assert being_prepared(capsys) == prepared + 1
    # Three months later: of a day to come nobody can be asked.
    monkeypatch.setattr(
        clock, "now_in_japan", lambda: datetime.fromisoformat(AFTER).astimezone(JAPAN)
    )
    keep(town, place, OPENED, "active", started=OPENED[:7])
    assert outside(town, tmp_path, AFTER) == before - plan["gained"]
    assert outside(town, tmp_path, MEETING) == before, "the past stays what it was"
    ledger = answer("ledger", town, tmp_path, "--from", MEETING, "--to", AFTER)["kayoi"]
    assert (ledger["ledger"]["gained"], ledger["ledger"]["lost"]) == (plan["gained"], 0)
    assert f"{NAME} 開始 +{plan['gained']:,}" in ledger["why"]
    gained = {one["id"]: one["properties"]["gained"] for one in answered(tmp_path)}
    sheets = tmp_path / "sheets.pdf"
    given = ["--division", "町丁目", "--compare", MEETING, "--out", str(sheets)]
    assert main(["sheets", "--town", str(town), *given]) == 0
    text = "".join(pages_of(sheets.read_bytes())).replace("\n", "")
    told = re.findall(rf"から、新しく届く ([0-9,]+)人（{NAME}）", text)
    assert sorted(int(one.replace(",", "")) for one in told) == sorted(
        one for one in gained.values() if one
    )


def test_a_record_alone_is_the_same_as_the_plan(town, tmp_path):
    street = load_town(town)
    spot = street.plane.to_lonlat([-1300.0], [3600.0])
    place = (round(float(spot[0][0]), 6), round(float(spot[1][0]), 6))
    plan = answer("scenario", town, tmp_path, "--add", f"{place[0]},{place[1]}")
    keep(town, place, "2026-11-21", "active")
    told = answer("coverage", town, tmp_path)["kayoi"]["totals"]
    assert told == plan["kayoi"]["totals"]
