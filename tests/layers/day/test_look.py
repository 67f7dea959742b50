"""Since somebody last looked: which 通いの場 are new, which count no more, until they say so."""

import pytest
from register_fixtures import new_version
from shapely import Point

from geo.base.words import Words
from geo.sources.town_folder import load_town
from layers.day.day import Day
from layers.day.look import SinceLook, names_counted, since_look
from layers.day.salons import When
from layers.day.told import Told
from surveys.store.register import open_register

TODAY = When(on="2026-11-21")
AT = "2026-11-20T01:05:00.000Z"


@pytest.fixture
def register(tmp_path):
    made = open_register(tmp_path)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def town(small_town):
    return load_town(small_town)


def today(town, register):
    return Day(told=Told(town=town, register=register), when=TODAY)


def add(town, register, id_, name, **more):
    lon, lat = town.plane.to_lonlat([-1300.0], [3600.0])
    register.save(
        new_version(
            id_, {"name": name}, type="salon", place=Point(float(lon[0]), float(lat[0])), **more
        )
    )


def test_nothing_changed_is_nothing_said(town, register):
    then = names_counted(today(town, register))
    assert since_look(AT, then, today(town, register)).say() is None


def test_a_new_one_and_one_that_closed_are_named_with_the_reason(town, register):
    add(town, register, "closing", "閉まる会")
    then = names_counted(today(town, register))
    lon, lat = town.plane.to_lonlat([1300.0], [-3600.0])
    register.save(
        new_version(
            "new", {"name": "朝の会"}, type="salon", place=Point(float(lon[0]), float(lat[0]))
        )
    )
    register.save(
        new_version(
            "closing", None, type="salon", kind="retire", before=register.site("closing").state,
            status={"is": "closed", "on": "2026-11-20"},
        )
    )  # fmt: skip
    said = since_look(AT, then, today(town, register)).say()
    assert said.ja == (
        "前に見たとき（令和8年11月20日 10:05）から：新しい1（朝の会）、数えなくなった1（閉まる会 閉まった）"
    )
    assert said.en.startswith("Since you last looked (20 Nov 2026 10:05): 1 new (朝の会), 1")


def test_many_are_counted_and_the_first_three_named():
    said = SinceLook(at=AT, new=tuple("abcde"), gone=()).say()
    assert said.ja.endswith("新しい5（a、b、c ほか2）")
    assert said.en.endswith("5 new (a; b; c and 2 more)")


def test_one_the_register_lost_is_named_as_it_was(town, register):
    gone = since_look(AT, {"gone": "取り消した会"}, today(town, register)).gone
    assert gone == (("取り消した会", Words("数えなくなった", "counted no more")),)
