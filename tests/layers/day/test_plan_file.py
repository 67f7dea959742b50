"""A plan's file: written, read again, edited by others, and files that are none."""

import json

import pytest
from toy_town import toy_town

from geo.base.problems import InputError
from geo.base.square import centre_of_square
from geo.export.facts import Stamp
from geo.export.homes import Homes
from layers.day.day import Day
from layers.day.plan_file import dump_plan, load_plan
from layers.day.salons import When
from layers.day.told import Told
from surveys.record.plan import Change

STAMP = Stamp(version="0.1", made_at="2026-11-21T00:00:00Z")
CHANGES = (
    Change(do="add", at=(138.001, 35.001), name="会館「新」", schedule="毎週火曜 10:00-11:30"),
    Change(do="move", site_id="s0", at=(138.002, 35.002)),
    Change(do="pause", site_id="s1"),
    Change(do="mend", at=(138.001, 35.0), grade=4.5),
)  # fmt: skip


@pytest.fixture
def day():
    return Day(told=Told(town=toy_town()), when=When(on="2026-11-21"))


def dump(day, changes=CHANGES, homes=()):
    return dump_plan(
        day,
        changes,
        title="会館案",
        note="区と相談",
        homes=Homes(ids=frozenset(homes)),
        stamp=STAMP,
    )


def test_a_plan_comes_back_as_it_was(day):
    found = load_plan(dump(day).encode())
    assert (found.title, found.note, found.changes) == ("会館案", "区と相談", CHANGES)
    told = json.loads(dump(day))
    pause = told["features"][2]
    # Where it is of a 通いの場 that does not move, the feature stands where that is, for a map's sake.
    assert pause["properties"]["what"] == "通いの場を休みにする"
    assert told["kayoi"]["kind"] == "plan"


def test_somebodys_home_is_told_by_its_square(day):
    told = json.loads(dump(day, homes=("s0",)))
    assert told["features"][1]["geometry"]["coordinates"] == list(centre_of_square(138.002, 35.002))
    assert "138.002," not in json.dumps(told)
    paused = json.loads(dump(day, (Change(do="pause", site_id="s0"),), homes=("s0",)))
    at = paused["features"][0]["geometry"]["coordinates"]
    assert at == list(centre_of_square(*at))


def test_a_file_edited_in_qgis_is_read(day):
    told = json.loads(dump(day))
    for one in told["features"]:
        one["properties"] |= {"fid": 3, "site": one["properties"].get("site"), "note": None}
        if one["geometry"]:
            one["geometry"]["coordinates"].append(12.5)  # a height
    told.pop("kayoi")
    found = load_plan(b"\xef\xbb\xbf" + json.dumps(told).encode())
    assert (found.title, found.changes) == ("", CHANGES)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfe", b"[]", b"{}", b'{"features": 3}', b'{"features": []}',
        b'{"features": [3]}', b'{"features": [{"properties": {"do": "add"}, "geometry": null}]}',
        b'{"features": [{"properties": {"do": "add"}, "geometry": {"type": "Point", "coordinates": "x"}}]}',
        b'{"features": [{"properties": {"do": "burn", "site": "a"}}]}',
        b"[" * 100_000, b" " * 3_000_000,
    ],
)  # fmt: skip
def test_what_is_no_plan_is_refused_in_words(data):
    with pytest.raises(InputError):
        load_plan(data)
