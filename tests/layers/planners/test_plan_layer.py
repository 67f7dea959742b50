"""Plans as a layer of the planners' file: where each change would be, homes by their squares."""

import shutil
from contextlib import closing

import pyogrio
import shapely

from geo.export.homes import Homes
from layers.commands.shared import open_town
from layers.day.salons import When
from layers.planners.plan_layer import plan_layer
from surveys.formats.gpkg import begin_gpkg, end_gpkg, write_layer
from surveys.record.plan import Change, Plan
from surveys.store.plans import list_plans, put_away, save_plan

MADE = "2026-11-21T00:00:00Z"


def test_plans_stand_where_they_would_be_and_homes_in_their_squares(filled_town, tmp_path):
    day = open_town(shutil.copytree(filled_town, tmp_path / "town"), When(on="2026-11-21"))
    register = day.told.register
    for one in list_plans(register):  # the demo's own
        put_away(register, one.id, now=MADE)
    assert plan_layer(day, register, Homes(), "ja", MADE) is None
    site = day.source.listed[0].site_id
    x_m, y_m = ([day.salons[name][0]] for name in ("x_m", "y_m"))
    lon, lat = day.built.plane.to_lonlat(x_m, y_m)
    at = float(lon[0]), float(lat[0])
    changes = (
        Change(do="add", at=at, name="新会館", schedule="毎週火曜"),
        Change(do="move", site_id=site, at=at),
        Change(do="mend", at=at, grade=4.0),
    )
    plan = Plan(
        id="p1", number=0, parent=0, title="東の案", changes=changes, by="協議体",
        made_at="2026-11-20T00:00:00.000Z",
    )  # fmt: skip
    save_plan(register, plan)
    path = tmp_path / "a.gpkg"
    with closing(begin_gpkg()) as db:
        write_layer(db, plan_layer(day, register, Homes(), "ja", MADE))
        path.write_bytes(end_gpkg(db))
    table = pyogrio.read_dataframe(path, layer="検討案_庁内用")
    told = table[["plan", "number", "do", "site", "name", "state"]].fillna("").values.tolist()
    assert told[0] == ["東の案", 1, "add", "", "新会館", "weighed"]
    assert told[1][2:4] == ["move", site] and told[2][2] == "mend"
    assert table["grade"].dropna().tolist() == [4.0]
    shown = list(table.geometry)
    assert shown[0].distance(shapely.Point(at)) < 1e-7
    hidden = plan_layer(day, register, Homes(ids=frozenset({site})), "ja", MADE)
    assert hidden.places[0] == shown[0] and hidden.places[1] != shown[1]
    register.engine.dispose()
