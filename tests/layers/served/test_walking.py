"""The demo town's register, as the walking engine takes it, and anew when it changed."""

import shutil

import numpy as np
import pytest
import shapely
from built_towns import TODAY
from sheet_fixtures import put

from geo.tables.rests import check_rests, usable
from layers.asked import Asked
from layers.served.answers import answer
from layers.served.register import register_now
from layers.served.town import VARIABLE, town_now
from layers.served.walking import day_now, surveyed_now
from surveys.store.devices import Track, drop_track, keep_track
from surveys.store.listing import SiteQuery, each_site


@pytest.fixture
def town(filled_town, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(shutil.copytree(filled_town, tmp_path / "town")))
    yield town_now()
    register_now().engine.dispose()


def test_the_demos_rests_are_known_and_unknown_both(town):
    rests = check_rests(day_now().rests)
    known, good = (usable(rests, "seat", run).sum() for run in ("known", "good"))
    assert 0 < known < good < len(rests)
    assert set(rests["source"]) > {"台帳"}
    assert not rests["rest_id"].duplicated().any() and "park" in set(rests["kind"])


def test_no_site_of_the_register_is_told_twice_and_the_towns_own_stay_otherwise(town):
    rests = day_now().rests
    sites = {
        one.id
        for one in each_site(register_now(), SiteQuery(statuses=()))
        if one.place is not None and one.type.id not in ("slope", "concern")
    }
    own = rests[rests["source"] == "台帳"]
    assert {id_.partition("/")[0] for id_ in own["rest_id"]} == sites
    others = set(rests.loc[rests["source"] != "台帳", "rest_id"])
    assert others <= set(town.sites["site_id"]) - sites


def test_the_demos_walks_have_looked_at_some_streets_and_not_at_most(town):
    days = surveyed_now()
    seen = days[days != ""]
    assert days.shape == (town.network.edge_count,)
    assert 20 < seen.size < town.network.edge_count / 2
    assert max(seen) <= TODAY.isoformat() and len(set(seen.tolist())) > 3
    with pytest.raises(ValueError, match="read-only"):
        days[0] = "2026-01-01"


def test_the_demos_slopes_lie_on_streets(town):
    facts = day_now().told.slopes
    assert facts and all(0 <= one.edge < town.network.edge_count for one in facts)
    length = town.network.edge_m
    assert all(0 <= one.from_m <= one.to_m <= length[one.edge] + 1e-6 for one in facts)
    assert any(one.steps for one in facts) and any(one.grade > 0.02 for one in facts)


def test_a_record_and_a_track_are_in_the_next_answer(town):
    before, rests, days = day_now().rests, len(day_now().rests), surveyed_now()
    assert day_now().rests is before and surveyed_now() is days
    length = town.network.edge_m
    edge = int(np.flatnonzero((days == "") & (length > 60) & (length < 95))[0])
    lon, lat = town.plane.to_lonlat(*town.network.polyline(edge).T)
    points = [[float(x), float(y), 5.0, "x"] for x, y in zip(lon, lat, strict=True)]
    track = Track(
        id="t", device_id="d", account_id=None, walk_id=None, day="2026-11-20",
        received_at="2026-11-21T00:00:00Z", points=points,
    )  # fmt: skip
    keep_track(register_now(), track)
    assert surveyed_now()[edge] == "2026-11-20"
    drop_track(register_now(), "t")
    assert surveyed_now()[edge] == ""
    far = shapely.Point(float(lon[0]) + 0.5, float(lat[0]))
    put(register_now(), "bench", "new", {"name": "新しい"}, place=far)
    assert len(day_now().rests) == rests + 1 and day_now().rests is not before


def test_a_measured_slope_is_walked_by_who_asks_with_slopes_and_by_nobody_else(town):
    asked = Asked(people="65", walker="elderly", within="500m", slopes="on")
    level = Asked(people="65", walker="elderly", within="500m")
    assert day_now().told.sloped.laid and day_now().told.sloped.town.relief is not town.relief
    before, flat = answer(asked), answer(level)
    length, seen = town.network.edge_m, [one.edge for one in day_now().told.slopes]
    edge = next(
        int(one)
        for one in np.argsort(-np.bincount(town.cell_snaps.edge[town.cell_snaps.edge >= 0]))
        if one not in seen and length[one] > 60
    )
    line = shapely.LineString(np.column_stack(town.plane.to_lonlat(*town.network.polyline(edge).T)))
    put(register_now(), "slope", "steep", {"kind": "slope", "grade_percent": 30}, place=line)
    assert any(one.site_id == "steep" and one.grade == 0.3 for one in day_now().told.sloped.laid)
    assert any("測って記録した坂" in one.name for one in day_now().told.sloped.town.credits)
    assert not any("測って記録した坂" in one.name for one in town_now().credits)
    after = answer(asked)
    homes = town.cell_snaps.edge == edge
    assert (after.cells["metres"] >= before.cells["metres"] - 1e-6).all()
    assert (after.cells["metres"][homes] > before.cells["metres"][homes] + 1).any()
    assert answer(level).cells.equals(flat.cells)
