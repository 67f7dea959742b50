"""Each thing once: places of the map, the records that claim them, and people's word."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely
from register_fixtures import READ, new_version, open_sqlite
from toy_town import toy_town

from geo.coverage.asking import parse_question
from geo.tables.rests import rests_of_sites
from geo.toy import toy_sites
from layers.day.claiming import claim_of, list_places, say_totals
from layers.day.day import Day
from layers.day.places import SOURCE
from layers.day.salons import When
from layers.day.told import Told
from surveys.record.claim import Claim
from surveys.store.claims import keep_claims, list_claims, redo_claim, undo_claim
from surveys.store.receipt import Batch

WHEN = When(on="2026-11-21")
AT = "2026-11-21T09:00:00.000Z"
QUESTION = parse_question(division="町", people="65", walker="elderly", within="500m")


@pytest.fixture
def register(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    made = open_sqlite(tmp_path)
    yield made
    made.engine.dispose()


def town_with(rows):
    """The toy town with places of the map: id, kind, name, x, y; and one salon."""
    at = [(0.0, 0.0), *((x, y) for _, _, _, x, y in rows)]
    sites = toy_sites(at).assign(
        site_id=["s0", *(row[0] for row in rows)],
        kind=["salon", *(row[1] for row in rows)],
        name=["集い", *(row[2] for row in rows)],
        source=["手", *["OpenStreetMap"] * len(rows)],
    )
    return toy_town(sites=sites)


def day_of(town, register):
    return Day(told=Told(town=town, register=register), when=WHEN)


def record(town, site_id, type_, name, x, y, **more):
    lon, lat = town.plane.to_lonlat([x], [y])
    place = shapely.Point(float(lon[0]), float(lat[0]))
    return new_version(site_id, {"name": name} if name else {}, type=type_, place=place, **more)


def say(register, place, site, *, same, id_="c"):
    one = Claim(id=id_, place_id=place, site_id=site, same=same, by="職員", made_at=AT)
    keep_claims(register, [one])


def ids_of(day, kind):
    """What is drawn and counted of a kind: by the map and the measures, and as a seat."""
    sites = day.town.sites
    rests = day.rests
    drawn = sorted(sites["site_id"][sites["kind"] == kind])
    assert drawn == sorted(rests["rest_id"][rests["kind"] == kind])
    return drawn


def test_a_place_claimed_from_afar_is_the_record_and_free_again_when_it_is_undone(register):
    town = town_with([("osm-n1", "park", "西公園", 300.0, 300.0)])
    register.save(record(town, "r1", "park", "西の広場", 100.0, 100.0))
    assert ids_of(day_of(town, register), "park") == ["osm-n1", "r1"]
    say(register, "osm-n1", "r1", same=True)
    assert ids_of(day_of(town, register), "park") == ["r1"]
    undo_claim(register, "c", now=AT)
    assert ids_of(day_of(town, register), "park") == ["osm-n1", "r1"]
    redo_claim(register, "c")
    assert ids_of(day_of(town, register), "park") == ["r1"]


def test_near_ones_of_a_kind_are_one_until_somebody_says_that_they_are_two(register):
    town = town_with(
        [("osm-n1", "bench", "", 110.0, 100.0), ("osm-n2", "toilet", "", 110.0, 100.0)]
    )
    register.save(record(town, "r1", "bench", "", 100.0, 100.0))
    day = day_of(town, register)
    assert ids_of(day, "bench") == ["r1"] and ids_of(day, "toilet") == ["osm-n2"]
    (pair,) = day.told.joined.asked
    assert (pair.place_id, pair.thing_id, pair.taken) == ("osm-n1", "r1", True)
    say(register, "osm-n1", "r1", same=False)
    day = day_of(town, register)
    assert ids_of(day, "bench") == ["osm-n1", "r1"] and day.told.joined.asked == ()
    undo_claim(register, "c", now=AT)
    assert ids_of(day_of(town, register), "bench") == ["r1"]


def test_the_records_word_stands_for_the_place_it_claims(register):
    """A bench that was taken away is none, though the map still has it."""
    town = town_with([("osm-n1", "bench", "", 300.0, 300.0)])
    gone = {"is": "removed", "on": "2026-11-20"}
    register.save(record(town, "r1", "bench", "", 100.0, 100.0, status=gone))
    assert sorted(day_of(town, register).town.sites["kind"]) == ["bench", "salon"]
    say(register, "osm-n1", "r1", same=True)
    day = day_of(town, register)
    assert list(day.town.sites["kind"]) == ["salon"], "no measure counts it"
    assert set(day.rests["seat"][day.rests["kind"] == "bench"]) == {"no"}


def test_a_site_whose_import_is_undone_leaves_its_place_free(register):
    town = town_with([("osm-n1", "shop", "八百屋", 100.0, 100.0)])
    batch = Batch(
        id="b", file="f.csv", sha256="1" * 64, type="shop", by="係", made_at=AT, counts={},
        undone_at=None,
    )  # fmt: skip
    row = record(
        town, "r1", "shop", "八百屋", 350.0, 100.0, kind="import", origin=READ, batch_id="b"
    )
    register.save_all([row], batch)
    say(register, "osm-n1", "r1", same=True)
    assert ids_of(day_of(town, register), "shop") == ["r1"]
    register.undo_batch("b", now=AT)
    assert ids_of(day_of(town, register), "shop") == ["osm-n1"]
    register.redo_batch("b")
    assert ids_of(day_of(town, register), "shop") == ["r1"]


def test_a_town_built_anew_keeps_its_answers_and_those_of_places_that_are_gone_are_told(register):
    old = town_with([("osm-n1", "park", "", 300.0, 300.0), ("osm-n2", "park", "", 0.0, 300.0)])
    register.save(record(old, "r1", "park", "公園", 100.0, 100.0))
    say(register, "osm-n1", "r1", same=True)
    new = town_with([("osm-n2", "park", "", 0.0, 300.0), ("osm-n1", "park", "", 310.0, 300.0)])
    assert ids_of(day_of(new, register), "park") == ["osm-n2", "r1"]
    gone = day_of(town_with([("osm-n2", "park", "", 0.0, 300.0)]), register)
    assert ids_of(gone, "park") == ["osm-n2", "r1"] and len(list_claims(register)) == 1
    joined = gone.told.joined
    told = say_totals(list_places(joined, register, gone.built.plane), joined)
    assert [one.place_id for one in joined.lost] == ["osm-n1"]
    assert told[-1].ja == "地図にもうない所の答え 1件は、残してある"


def test_without_a_register_all_is_as_it_was_built():
    town = town_with([("osm-n1", "park", "", 300.0, 300.0), ("osm-n2", "bench", "", 0.0, 300.0)])
    day = day_of(town, None)
    same = day.town.sites.sort_values("site_id", ignore_index=True)
    built = town.sites.sort_values("site_id", ignore_index=True)
    pd.testing.assert_frame_equal(same, built, check_dtype=False)
    want = rests_of_sites(town.sites)["rest_id"]
    assert sorted(day.rests["rest_id"]) == sorted(want) and day.told.joined.asked == ()


def test_the_nearest_park_is_the_records_and_no_longer_the_one_it_claims(register):
    """Four homes: the map has the park at one corner, its record at the corner opposite."""
    town = town_with([("osm-n1", "park", "", 400.0, 400.0)])
    before = day_of(town, register).ask(QUESTION).areas["minutes_park_p90"].iloc[0]
    register.save(record(town, "r1", "park", "公園", 0.0, 0.0))
    beside = day_of(town, register).ask(QUESTION).areas["minutes_park_p90"].iloc[0]
    say(register, "osm-n1", "r1", same=True)
    after = day_of(town, register).ask(QUESTION).areas["minutes_park_p90"].iloc[0]
    hand_made = toy_town(sites=toy_sites([(0.0, 0.0), (0.0, 0.0)]).assign(kind=["salon", "park"]))
    assert after == day_of(hand_made, None).ask(QUESTION).areas["minutes_park_p90"].iloc[0]
    assert beside < before and beside < after and after != before


def random_world(seed, register):
    """A town and a register: places and records strewn so that many are near another."""
    rng = np.random.default_rng(seed)
    kinds, names = ("park", "bench", "toilet", "shop"), ("", "西町公園", "市立西町公園", "東町")

    def thing():
        x, y = (float(one) for one in rng.integers(0, 20, 2) * 18)
        return str(rng.choice(kinds)), str(rng.choice(names)), x, y

    town = town_with([(f"osm-n{at}", *thing()) for at in range(14)])
    for at in range(12):
        kind, name, x, y = thing()
        ids = f"osm-n{at}" if at < 2 and town.sites["kind"].iloc[at + 1] == kind else f"r{at}"
        register.save(record(town, ids, kind, name, x, y))
    return town, rng


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_said_each_thing_is_shown_once_and_counted_once(seed, register):
    town, rng = random_world(seed, register)
    for turn in range(8):
        day = day_of(town, register)
        joined = day.told.joined
        check_once(day, town, register)
        rows = [one for one in list_places(joined, register, town.plane) if one.state == "asked"]
        assert [one.place_id for one in rows] == [one.place_id for one in joined.asked]
        said = [one for one in list_claims(register) if not one.undone_at]
        if said and rng.random() < 0.3:
            undo_claim(register, str(rng.choice([one.id for one in said])), now=AT)
        elif rows:
            row = rows[int(rng.integers(len(rows)))]
            same = bool(rng.random() < 0.5)
            claim = claim_of(row, same=same, id_=f"c{turn}", by="職員", now=AT)
            keep_claims(register, [claim])
            held = day_of(town, register).told.joined.held
            is_one = held.get(row.place_id, ("", ""))[0] == row.thing_id
            assert is_one is same, "the answer stands at the next look"


def check_once(day, town, register):
    joined, sites, rests = day.told.joined, day.town.sites, day.rests
    assert max(Counter(sites["site_id"]).values()) == max(Counter(rests["rest_id"]).values()) == 1
    own = set(town.sites["site_id"]) - {"s0"}
    shown = set(sites["site_id"])
    for place in own:
        is_held = place in joined.held
        assert is_held != (place in joined.free)
        thing = joined.held[place][0] if is_held else place
        assert thing in set(rests["rest_id"]), "who holds it is there in its stead"
        if thing != place:
            assert place not in shown and place not in set(rests["rest_id"])
    told = {one for one in register.site_ids() if one in set(rests["rest_id"])}
    assert told == set(register.site_ids()), "no record is lost"
    assert (sites["source"] == SOURCE).sum() + len(joined.free) + 1 == len(sites)
    rows = list_places(joined, register, town.plane)
    assert {one.place_id for one in rows} == own and len(rows) == len(own)


def test_an_answer_about_a_bench_inside_a_park_is_of_the_bench_alone(register):
    town = town_with([("osm-n1", "bench", "", 305.0, 300.0), ("osm-n2", "park", "", 300.0, 305.0)])
    lon, lat = (float(one[0]) for one in town.plane.to_lonlat([300.0], [300.0]))
    bench = {"_id": "b1", "point": [lon, lat]}
    park = record(town, "r1", "park", "公園", 300.0, 300.0)
    register.save(
        replace(park, patch={**park.patch, "benches/b1": 0, "benches/b1/point": bench["point"]})
    )
    joined = day_of(town, register).told.joined
    assert {(one.place_id, one.thing_id) for one in joined.asked} == {
        ("osm-n1", "r1/benches/b1"), ("osm-n2", "r1"),
    }  # fmt: skip
    rows = {one.place_id: one for one in list_places(joined, register, town.plane)}
    row = rows["osm-n1"]
    assert (row.site_id, row.number, row.called.ja) == ("r1", 1, "公園のベンチ")
    keep_claims(register, [claim_of(row, same=False, id_="c", by="職員", now=AT)])
    joined = day_of(town, register).told.joined
    assert joined.free == {"osm-n1"} and set(joined.held) == {"osm-n2"}
