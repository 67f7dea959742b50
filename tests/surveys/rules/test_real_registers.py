"""Real open data of Yaizu, Takamatsu and four bus services, brought into a register."""

import csv
import json
import warnings
import zipfile
from collections import Counter

import geopandas as gpd
import pytest
from import_fixtures import Desk, counts, site_named

from surveys.rules import RULES

pytestmark = pytest.mark.data

YAIZU, TAKAMATSU = "yaizu/facilities", "takamatsu/facilities"


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    yield made
    made.book.engine.dispose()


def as_geojson(folder):
    """Return a shapefile as a planner brings it: named as its attributes.csv says, in degrees."""
    (path,) = folder.glob("*.shp")
    with warnings.catch_warnings():
        # GDAL warns of the number column that holds words: the defect the rule mends.
        warnings.simplefilter("ignore", RuntimeWarning)
        frame = gpd.read_file(path)
    with (folder / "attributes.csv").open(encoding="utf-8-sig") as file:
        names = {row[0]: row[1] for row in csv.reader(file) if row}
    return frame.rename(columns=names).to_crs(4326).to_json().encode()


def stops_of(path):
    with zipfile.ZipFile(path) as archive:
        name = next(one for one in archive.namelist() if one.endswith("stops.txt"))
        return archive.read(name)


# The file, its record type, rows as taken, rows refused, and how many of the problems there are.
LISTS = [
    (f"{YAIZU}/公園一覧/222127_park_info.csv", "park", 142, 0, 133),
    (f"{YAIZU}/公衆トイレ一覧/222127_public_toilet.csv", "toilet", 112, 0, 0),
    (f"{YAIZU}/地域交流センター/222127_community_center.csv", "salon", 9, 0, 0),
    (f"{YAIZU}/福祉会館/222127_facilities_welfare.csv", "salon", 2, 0, 0),
    (f"{YAIZU}/まちなか涼みどころ/machinakasuzumidokoro.csv", "resource", 108, 0, 1),
    (f"{YAIZU}/魚フェス周辺スポット_休憩場所/bench_walkingevent.csv", "bench", 13, 0, 0),
    (f"{TAKAMATSU}/public_toilet/data.csv", "toilet", 166, 3, 3),
    (f"{TAKAMATSU}/public_toilet/data.xlsx", "toilet", 166, 3, 3),
    (f"{TAKAMATSU}/old_0065.csv", "toilet", 164, 3, 3),
    (f"{TAKAMATSU}/park/data.xlsx", "park", 310, 0, 0),
    (f"{TAKAMATSU}/old_0041.csv", "park", 299, 0, 0),
    (f"{TAKAMATSU}/rural_park/data.xlsx", "park", 12, 0, 0),
    (f"{TAKAMATSU}/community_center/data.xlsx", "salon", 52, 0, 0),
    (f"{TAKAMATSU}/old_0004.csv", "salon", 52, 0, 0),
    (f"{TAKAMATSU}/elderly_wedding_house/data.xlsx", "salon", 10, 0, 0),
    (f"{TAKAMATSU}/old_0048.csv", "salon", 10, 1, 2),
]


@pytest.mark.parametrize(("path", "type_id", "new", "refused", "problems"), LISTS)
def test_a_list_is_taken_whole_and_is_the_same_the_next_time(
    desk, data, path, type_id, new, refused, problems
):
    content, file = (data / path).read_bytes(), path.rpartition("/")[2]
    made = desk.take(content, type_id=type_id, file=file)
    assert (made.counts["new"], made.counts["problem"]) == (new, refused)
    assert len(made.problems) == problems, [one.say("ja") for one in made.problems]
    assert all(one.row for one in made.problems)
    again = desk.plan(content, type_id=type_id, file=file)
    assert (again.counts["same"], again.counts["problem"]) == (new, refused)


SHAPES = [
    ("大島・三和地区_タクシー乗降位置", 3, 3),
    ("大島・三和地区_タクシー指定施設", 2, 2),
    ("焼津IC周辺地区_タクシー乗降位置", 10, 0),
    ("焼津市自主運行バス路線図_停留所", 154, 10),
]


@pytest.mark.parametrize(("name", "new", "problems"), SHAPES)
def test_boarding_places_are_taken_whole(desk, data, name, new, problems):
    content = as_geojson(data / YAIZU / name)
    made = desk.take(content, type_id="bus_stop", file=f"{name}.geojson")
    assert counts(made) == {"new": new}
    assert len(made.problems) == problems
    assert all(desk.book.site(row.site_id).place is not None for row in made.rows)
    assert counts(desk.plan(content, type_id="bus_stop", file=f"{name}.geojson")) == {"same": new}


FEEDS = [
    ("403491_fureaibus_gtfs_20190401.zip", 131, 66),
    ("city_uozu_omotenashi_gtfs.zip", 16, 8),
    ("gtfs.1034.uenomura_com.zip", 16, 9),
    ("satukibus_kbus.zip", 125, 125),
]


@pytest.mark.parametrize(("feed", "rows", "poles"), FEEDS)
def test_the_poles_of_a_feed_are_taken_and_each_station_is_named(desk, data, feed, rows, poles):
    content = stops_of(data / "gtfs" / feed)
    made = desk.take(content, type_id="bus_stop", file="stops.txt")
    assert counts(made) == {"new": poles}
    assert len(made.problems) == rows - poles
    assert {one.column for one in made.problems} <= {"location_type"}
    assert all(desk.book.site(row.site_id).place is not None for row in made.rows)
    assert counts(desk.plan(content, type_id="bus_stop", file="stops.txt")) == {"same": poles}


def test_the_sentences_of_yaizus_parks_become_answers_marked_as_inferred(desk, data):
    path = data / YAIZU / "公園一覧/222127_park_info.csv"
    made = desk.take(path.read_bytes(), file=path.name)
    sites = [desk.book.site(row.site_id) for row in made.rows]
    assert Counter(site.answer("toilet") for site in sites) == {"there": 83, None: 59}
    parted = Counter(one["parting"] for site in sites for one in site.answer("toilets") or [])
    assert parted == {"separate": 60, "shared": 22}
    accessible = [s for s in sites if any("wheelchair" in t for t in s.answer("toilets") or [])]
    assert len(accessible) == 51
    assert sum(site.answer("shelter") == "yes" for site in sites) == 29
    assert not any(site.answer("benches") or site.answer("equipment") for site in sites)
    assert not any(site.answer("water") for site in sites)  # only tanks for disasters are told
    assert all(site.answer("area_m2") for site in sites if site.title == "石津浜公園")
    assert site_named(desk.book, "石津浜公園").answer("area_m2") == 32500
    assert site_named(desk.book, "石津浜公園").answer("parking") == "free"
    for row in made.rows:
        version = row.version
        told = {path for path in version.patch if version.origin_of(path).sure == "sure"}
        assert not told & {"toilet", "shelter"}
    reasons = Counter(one.reason.en.partition(" ")[0] for one in made.problems)
    assert reasons == {"benches": 129, "exercise": 2, "a": 2}
    assert {one.column for one in made.problems} == {"施設等"}


def test_the_stops_of_yaizus_own_buses_have_their_lines(desk, data):
    content = as_geojson(data / YAIZU / "焼津市自主運行バス路線図_停留所")
    made = desk.take(content, type_id="bus_stop", file="bus.geojson")
    sites = [desk.book.site(row.site_id) for row in made.rows]
    assert {site.answer("service") for site in sites} == {"community"}
    hospital = site_named(desk.book, "焼津市立病院前").answer("lines")
    assert sorted((one["line"][:5], one["direction"]) for one in hospital) == [
        ("大井川焼津", "大井川庁舎行き"), ("大井川焼津", "焼津駅行き"),
        ("焼津循環線", "さつき"), ("焼津循環線", "ゆりかもめ"),
    ]  # fmt: skip
    station = site_named(desk.book, "焼津駅前(1番のりば)").answer("lines")
    assert [
        (one["weekday_count"], one["saturday_count"], one["holiday_count"], one["wheelchair"])
        for one in station
    ] == [(9, 8, 8, "yes"), (9, 8, 8, "yes")]
    assert (station[0]["first_time"], station[0]["last_time"]) == ("07:27", "18:32")
    # Every time of the table is a trip of its line, but those the table itself tells twice.
    told = sum(
        len(
            {
                (row.get(f"{side}_方面"), time)
                for side in "AB"
                for key, time in row.items()
                if key.startswith(f"{side}_平日便") and time
            }
        )
        for row in (one["properties"] for one in json.loads(content)["features"])
    )
    lines = [one for site in sites for one in site.answer("lines") or []]
    assert sum(one.get("weekday_count", 0) for one in lines) == told > 1400
    dated = desk.book.versions(site_named(desk.book, "焼津駅前(1番のりば)").id)[0]
    assert dated.origin.on == "2023-08-01"


def test_booked_taxis_have_their_deadlines_and_the_spilt_names_are_mended(desk, data):
    for name, word in (("乗降位置", "場所"), ("指定施設", "施設")):
        content = as_geojson(data / YAIZU / f"大島・三和地区_タクシー{name}")
        made = desk.take(content, type_id="bus_stop", file="taxi.geojson")
        assert all(one.value.startswith(word) for one in made.problems)
    grove = site_named(desk.book, "大島萩の森（デマンドタクシー）")
    (line,) = grove.answer("lines")
    assert line["deadline"] == "1便 前日17:00、2便 9:05"
    assert (line["weekday_count"], line["first_time"], line["last_time"]) == (2, "08:20", "10:05")
    assert (grove.answer("service"), grove.answer("booking")) == ("demand", "yes")
    assert grove.answer("office_phone") == "054-622-0016"
    hospital = site_named(desk.book, "焼津市立総合病院（デマンドタクシー）")
    assert hospital.answer("service") == "designated"
    assert desk.book.versions(hospital.id)[0].origin_of("name").sure == "inferred"


def test_halls_become_venues_with_hours_and_no_meetings(desk, data):
    path = data / YAIZU / "地域交流センター/222127_community_center.csv"
    desk.take(path.read_bytes(), type_id="salon", file=path.name)
    port = site_named(desk.book, "港地域交流センター").answers
    assert (port["venue"], port["open_at"], port["close_at"]) == (
        "community_centre",
        "09:00",
        "21:30",
    )
    assert port["open_weekday"] == "火水木金土日"
    assert port["hours_note"] == "【開館時間】9:00～21:30 【休館日】月曜日"
    assert "activities" not in port
    path = data / TAKAMATSU / "elderly_wedding_house/data.xlsx"
    made = desk.take(path.read_bytes(), type_id="salon", file=path.name)
    venues = {desk.book.site(row.site_id).answer("venue") for row in made.rows}
    assert venues == {"elder_hall"}


def test_cooling_shelters_have_the_hours_of_each_day(desk, data):
    path = data / YAIZU / "まちなか涼みどころ/machinakasuzumidokoro.csv"
    made = desk.take(path.read_bytes(), type_id="resource", file=path.name)
    hall = desk.book.site(made.rows[0].site_id)
    assert hall.answer("schedule") == [
        {"freq": "weekly", "weekdays": [0, 1, 2, 3, 4], "start": "08:30", "end": "17:15"}
    ]
    assert [one.value for one in made.problems] == ["9:00～9:00"]  # an hour to itself, by mistake


def test_a_later_list_meets_the_sites_of_an_earlier_one(desk, data):
    # Other columns, other decimals, another order: the same places of Takamatsu.
    old, new = data / TAKAMATSU / "old_0041.csv", data / TAKAMATSU / "park/data.xlsx"
    desk.take(old.read_bytes(), file=old.name)
    made = desk.take(new.read_bytes(), file=new.name)
    assert counts(made) == {"new": 11, "change": 13, "same": 286}
    assert len(desk.book.site_ids()) == 299 + 11


def test_every_rule_is_met_by_a_real_file(desk, data):
    files = [
        *((data / path, type_id) for path, type_id, *_ in LISTS),
        *((data / YAIZU / name, "bus_stop") for name, *_ in SHAPES),
        *((data / "gtfs" / feed, "bus_stop") for feed, *_ in FEEDS),
    ]
    used = set()
    for path, type_id in files:
        if path.is_dir():
            content, file = as_geojson(path), "a.geojson"
        elif path.suffix == ".zip":
            content, file = stops_of(path), "stops.txt"
        else:
            content, file = path.read_bytes(), path.name
        used |= set(desk.plan(content, type_id=type_id, file=file).said)
    # No municipality among them publishes a list of its groups with their days, of services, or
    # of visits to parks.
    without = {"salon_list", "service_list", "park_visits"}
    assert used == {rule.words for id_, rule in RULES.items() if id_ not in without}
