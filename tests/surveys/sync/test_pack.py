"""The pack: what a walk takes along, and what it must not."""

import json
import math
from dataclasses import replace

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from sheet_fixtures import HOSTILE, fill_texts, put

from surveys.record.private_text import says_contact
from surveys.sync.pack import (
    PackAsked,
    PackContents,
    PackFree,
    PackTown,
    carry,
    choose_middle,
    choose_near,
    dump_pack,
    dump_site,
)
from surveys.types import RECORD_TYPES

LON, LAT = 138.1, 34.7
LON_M, LAT_M = 1 / 91_619, 1 / 110_941  # a metre in degrees at 34.7° N
TOWN = PackTown(
    name="街", box=(138.0, 34.6, 138.2, 34.8), credit="出典：架空", base_url="/field/base.pmtiles?v=1",
    base_bytes=5, base_stamp="1",
)  # fmt: skip


def away(east_m, north_m=0.0):
    return shapely.Point(LON + east_m * LON_M, LAT + north_m * LAT_M)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("090-1234-5678", "mobile"),
        ("09012345678", "no dashes"),
        ("090 1234 5678", "spaces"),
        ("０９０－１２３４－５６７８", "full width"),
        ("０５３８ー１２ー３４５６", "long vowels as dashes"),
        ("090−1234−5678", "minus signs"),
        ("090‐1234‐5678", "hyphens"),
        ("(0538)12-3456", "the area in brackets"),
        ("0538（12）3456", "the exchange in full-width brackets"),
        ("03-1234-5678", "Tokyo"),
        ("0120-123-456", "free of charge"),
        ("0800-123-4567", "free of charge, 11 digits"),
        ("+81-90-1234-5678", "from abroad"),
        ("+81 (0)538-12-3456", "from abroad, with the 0"),
        ("TEL0538123456", "right after letters"),
        ("電話は0538-12-3456。", "in a sentence"),
        ("1.090-1234-5678", "in a numbered list"),
        ("2026-11-21 0538-12-3456 5人", "after a day, before a count"),
        ("090の1234の5678", "as it is said"),
        ("〇九〇一二三四五六七八", "in kanji"),
        ("かぎは\n090-1234-\n5678", "over lines"),
        ("tanaka@example.jp", "mail"),
        ("ｔａｎａｋａ＠ｅｘａｍｐｌｅ．ｃｏ．ｊｐ", "mail, full width"),
        ("tanaka[at]example.jp", "mail, at written out"),
    ],
)
def test_a_way_to_reach_somebody_is_seen(text, why):
    assert says_contact(text), why
    assert says_contact(f"見たこと。{text}まで"), why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing"),
        ("2026-11-21", "a day"),
        ("2026/01/02 1030", "a day and an hour"),
        ("2026年01月02日 1000人", "a day and a count"),
        ("R08.01.02 10:30", "a day of an era"),
        ("09:00-12:00、13:00-16:30", "hours"),
        ("0830~1700", "hours without colons"),
        ("08 10 12 14 16", "minutes of a timetable"),
        ("00 10 20 30 40 50", "minutes of a timetable"),
        ("03 10 20 30 400", "minutes of a timetable, and a fare"),
        ("138.0965432, 34.7154321", "a place"),
        ("13201200012345", "a number of a facility"),
        ("4901234567890", "a bar code"),
        ("3f2b01234567890189010123456789ab", "an id of ours"),
        ("3f2b0123-4567-8901-8901-0123456789ab", "an id with dashes"),
        ("〒437-0064", "a postal code"),
        ("〒060-0001 123", "a postal code and a lot"),
        ("12-3456", "no area: nobody reaches it so"),
        ("1-2-3", "a house"),
        ("幅012cm、0.5m", "measures"),
        ("徒歩1,000m @公園", "a sign without an address"),
    ],
)
def test_harmless_figures_are_carried(text, why):
    assert not says_contact(text), why


@given(st.text(alphabet="0129-( )年月日:.〒ab@x〇", max_size=60))
def test_a_number_is_seen_whatever_words_stand_round_it(text):
    assert says_contact(f"{text}、090-1234-5678、{text}")


@pytest.mark.parametrize("part", ["0", "0 ", "09-", "a@", "0123456789abcdef-", "+81", "20"])
def test_a_long_hostile_text_is_read_in_no_time(part):
    assert says_contact(part * (10_000 // len(part))) in (True, False)


def test_what_is_left_behind_is_named_and_the_rest_is_carried():
    phone = "鍵は 090-1234-5678"
    flat, withheld = carry(
        RECORD_TYPES["salon"],
        {
            "name": "会館", "note": phone, "office_phone": "窓口", "activities/a": 1,
            "activities/a/subsidy": "yes", "activities/a/note": phone, "activities/a/group": "体操",
            "activities/a/schedule": [{"freq": "text", "text": phone}], "area": [phone],
            "photos": [{"id": "0" * 64, "caption": phone}], "activities/a/fee_yen": 1000,
            "activities/a/photos": [{"id": "0123456789" + "0" * 54, "caption": "庭"}],
        },
    )  # fmt: skip
    assert flat == {
        "name": "会館", "activities/a": 1, "activities/a/group": "体操", "activities/a/fee_yen": 1000,
        "activities/a/photos": [{"id": "0123456789" + "0" * 54, "caption": "庭"}],
    }  # fmt: skip
    assert withheld == [
        "activities/a/note", "activities/a/schedule", "activities/a/subsidy", "note",
        "office_phone", "photos",
    ]  # fmt: skip


def test_no_text_of_any_question_carries_a_number():
    for type_ in RECORD_TYPES.values():
        flat, _ = carry(type_, _flat(type_, "連絡は ０９０（１２３４）５６７８"))
        assert "１２３４" not in json.dumps(flat, ensure_ascii=False)
        assert not any(says_contact(one) for one in flat.values() if isinstance(one, str))


def _flat(type_, text):
    from surveys.declaration.paths import flatten

    return flatten(type_, fill_texts(type_, text))


def test_what_is_near_is_within_a_thousand_metres_nearest_first():
    line = shapely.LineString([away(0), away(500)])
    places = {
        "far": away(1502), "near": away(1498), "side": away(250, 997), "off": away(250, 1003),
        "on": away(250), "empty": shapely.Point(),
    }  # fmt: skip
    assert choose_near(places, [line]) == ["on", "side", "near"]
    assert choose_near(places, [line], most=2) == ["on", "side"]
    assert choose_near(places, []) == choose_near(places, [shapely.LineString()]) == []
    assert choose_near({}, [line]) == []


def test_a_long_thing_is_near_by_its_nearest_part():
    road = shapely.LineString([away(900), away(9000)])
    assert choose_near({"road": road}, [away(0)]) == ["road"]


@given(
    st.lists(st.tuples(st.floats(-3000, 3000), st.floats(-3000, 3000)), min_size=1, max_size=20),
    st.tuples(st.floats(-3000, 3000), st.floats(-3000, 3000)),
)
def test_near_agrees_with_the_distance_by_hand(spots, aim):
    places = {f"p{at:02}": away(*spot) for at, spot in enumerate(spots)}
    found = choose_near(places, [away(*aim)])
    for at, spot in enumerate(spots):
        metres = math.dist(spot, aim)
        if abs(metres - 1000) > 10:
            assert (f"p{at:02}" in found) == (metres < 1000)


def test_the_whole_town_takes_the_middle_first():
    places = {"edge": shapely.Point(138.0, 34.6), "mid": shapely.Point(138.1, 34.7)}
    assert choose_middle(places, TOWN.box) == ["mid", "edge"]
    assert choose_middle(places, TOWN.box, most=1) == ["mid"]


@pytest.fixture
def pack(register):
    def make(*ids, walk=None):
        return dump_pack(
            PackContents(
                made_at="2026-11-21T01:00:00Z", stamp="s", town=TOWN,
                types=tuple(RECORD_TYPES.values()), walk=register.site(walk) if walk else None,
                walks=(register.site(walk),) if walk else (),
                sites=tuple(register.site(id_) for id_ in ids), areas={"p1": "一区"}, total=7,
            )
        )  # fmt: skip

    return make


def test_an_app_of_before_gets_later_kinds_of_schedules_as_text(register):
    rules = [
        {"freq": "weekly", "weekdays": [1], "start": "10:00"},
        {"freq": "weekly", "times_per_week": 2, "about": "about"},
        {"freq": "yearly", "times_per_year": 4},
    ]
    put(register, "salon", "p1", {"activities": [{"_id": "a", "schedule": rules}]}, place=away(0))
    site = register.site("p1")
    path = "activities/a/schedule"
    assert dump_site(site, "")["flat"][path] == rules
    assert dump_site(site, "", rules=1)["flat"][path] == [
        rules[0], {"freq": "text", "text": "週2回程度"}, {"freq": "text", "text": "年4回"},
    ]  # fmt: skip
    assert site.state.answers == register.site("p1").state.answers


def test_a_pack_says_neither_who_wrote_nor_whom_to_call(register, pack):
    put(register, "salon", "p1", {"name": "会館", "office_phone": "0538-12-3456",
        "keeper": "田中一郎", "note": "090-1234-5678"}, place=away(0), by="民生委員の田中")  # fmt: skip
    put(register, "park", "p2", {"name": "公園 080-1111-2222"}, place=None)
    put(register, "walk", "w", {"name": "踏査", "surveyors": "民生委員2人", "places": ["p2", "p1", "gone"],
        "area": "3-1 電話0538123456"}, place=None)  # fmt: skip
    body = pack("p1", "p2", walk="w")
    found = json.loads(body)
    assert body == pack("p1", "p2", walk="w")
    first, second = found["sites"]
    # Only that there is more in the office is said.
    assert first.pop("withheld") == ["keeper", "note", "office_phone"]
    assert '"office_phone"' not in json.dumps(found["types"])
    del found["types"]
    text = json.dumps(found, ensure_ascii=False)
    for secret in ("田中", "office_phone", "keeper", "1234", "1111", '"by"', "origin", "v1"):
        assert secret not in text, secret
    assert first["flat"] == {"name": "会館"} and first["area"] == "一区" and second["area"] == ""
    assert (second["title"], second["withheld"], second["place"]) == ("", ["name"], None)
    assert found["walk"]["places"] == ["p2", "p1"] and found["walk"]["surveyors"] == "民生委員2人"
    assert found["walk"]["area"] == "" and found["walks"][0]["count"] == 3
    assert found["total"] == 7


def test_a_place_is_plain_geojson_of_seven_decimals(register):
    line = shapely.LineString([(138.12345678912, 34.7), (138.2, 34.7)])
    put(register, "slope", "s", {"name": "坂"}, place=line)
    put(register, "slope", "z", {}, place=shapely.Point(138.1, 34.7))
    found = dump_site(register.site("s"), "")
    assert found["place"] == {
        "type": "LineString", "coordinates": [[138.1234568, 34.7], [138.2, 34.7]],
    }  # fmt: skip
    assert found["head"] == register.site("s").state.head and found["status"] == "active"
    assert 138.12 < found["lon"] < 138.21
    assert dump_site(register.site("z"), "")["place"]["coordinates"] == [138.1, 34.7]


def test_hostile_names_stay_data(register, pack):
    for at, text in enumerate(HOSTILE):
        put(register, "park", f"h{at}", {"name": text, "note": text}, place=away(at))
    found = json.loads(pack(*(f"h{at}" for at in range(len(HOSTILE)))))
    for at, text in enumerate(HOSTILE):
        kept = register.site(f"h{at}").answer("name")
        assert found["sites"][at]["title"] == kept == found["sites"][at]["flat"]["name"], text


def test_places_asked_about_come_with_the_sites_that_are_carried(register):
    put(register, "park", "p1", {"name": "公園"}, place=away(0))
    asked = PackAsked(
        place_id="osm-n1", site_id="p1", inside="benches/b1", kind="bench",
        name="電話 090-1234-5678", metres=12.4, lon=138.10000000001, lat=34.7,
    )  # fmt: skip
    contents = PackContents(
        made_at="2026-11-21T01:00:00Z", stamp="s", town=TOWN, types=tuple(RECORD_TYPES.values()),
        walk=None, walks=(), sites=(register.site("p1"),), areas={}, total=1,
        asked=(asked, replace(asked, site_id="elsewhere")),
    )  # fmt: skip
    (told,) = json.loads(dump_pack(contents))["asked"]
    assert told == {
        "place_id": "osm-n1", "site_id": "p1", "inside": "benches/b1", "kind": "bench", "name": "",
        "metres": 12, "lon": 138.1, "lat": 34.7,
    }  # fmt: skip


def test_places_nobody_recorded_and_the_offices_roles_come_along(register):
    free = PackFree(place_id="osm-n2", kind="bus_stop", name="本町", lon=138.1, lat=34.7)
    contents = PackContents(
        made_at="2026-11-21T01:00:00Z", stamp="s", town=TOWN, types=tuple(RECORD_TYPES.values()),
        walk=None, walks=(), sites=(), areas={}, total=0, free=(free,),
        roles=("民生委員", "", "090-1234-5678", "民生委員", "保健師"),
    )  # fmt: skip
    told = json.loads(dump_pack(contents))
    assert told["free"] == [
        {"place_id": "osm-n2", "kind": "bus_stop", "name": "本町", "lon": 138.1, "lat": 34.7}
    ]
    assert told["roles"] == ["民生委員", "保健師"]
