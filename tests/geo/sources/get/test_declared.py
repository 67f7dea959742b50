"""The table of addresses (`geo.sources.get.declared`): every entry of one, and what it refuses."""

import pytest

from geo.base.municipal.listed import listed, municipality_of
from geo.base.problems import InputError
from geo.sources.get.declared import ADDRESSES, TABLE, read_table, wanted_of
from geo.sources.get.got import KINDS
from geo.sources.where.declared import FILE_KINDS

TEXT = TABLE.read_text(encoding="utf-8")
URAYASU = municipality_of("12227")


def test_every_kind_has_one_usual_place_and_all_that_are_fetched_are_of_the_table_of_pages():
    usual = [one.kind.id for one in ADDRESSES.addresses if not one.other]
    assert usual == list(KINDS)
    for one in ADDRESSES.addresses:
        assert one.place in FILE_KINDS[one.kind.id].places
        assert one.url.startswith("https://") and one.hosts


def test_of_every_municipality_every_mark_is_filled_and_files_stay_in_their_folder():
    for city in listed():
        for one in wanted_of(city, ADDRESSES, kinds=KINDS, by=["geofabrik"]):
            assert "{" not in one.url.replace("{z}/{x}/{y}", "") and one.url.isascii(), one.url
            assert one.file.isascii() and "/" not in one.file and not one.file.startswith(".")


def test_a_designated_city_asks_for_its_prefecture_where_wards_have_files_of_their_own():
    (areas,) = wanted_of(municipality_of("12100"), ADDRESSES, kinds=["areas"])
    assert "&code=12&" in areas.url and areas.file == "A002005212020DDSWC12-JGD2011.zip"
    (areas,) = wanted_of(URAYASU, ADDRESSES, kinds=["areas"])
    assert "&code=12227&" in areas.url and areas.column == "S_NAME"


def test_the_region_is_asked_for_in_place_of_the_usual():
    assert [one.id for one in wanted_of(URAYASU, ADDRESSES, kinds=["streets"])] == ["overpass"]
    asked = wanted_of(URAYASU, ADDRESSES, kinds=KINDS, by=["geofabrik"])
    assert [one.file for one in asked if one.kind.id == "streets"] == ["kanto-latest.osm.pbf"]
    with pytest.raises(InputError, match="there are n03"):
        wanted_of(URAYASU, ADDRESSES, kinds=KINDS, by=["google"])


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('"https://nlftp', '"http://nlftp', "not https"),
        ('"https://nlftp', '"https://u:p@nlftp', "not https"),
        ('hosts = ["nlftp.mlit.go.jp"]', 'hosts = ["mlit.go.jp"]', "not among hosts"),
        ('place = "n03"', 'place = "n04"', "no place of where.toml"),
        ('way = "overpass"', 'way = "torrent"', "torrent"),
        ('file = "tblT001082C{number}.zip"', 'file = "../t.zip"', "t.zip is not known"),
        ("C{number}.zip", "C{nummer}.zip", "nummer"),
        ('"沖縄県"]', "]", "沖縄県"),
        ("pause_s = 1.0", "pause = 1.0", "pause"),
        ("zoom = 14", "zoom = 14\n[address.sha256]\n'a.zip' = 'ab'", "sha256 of a.zip"),
        ('date = "2026-01-01"\n', "", "date missing"),
    ],
)
def test_a_slip_of_the_pen_stops_with_what_is_wrong(old, new, why):
    assert old in TEXT
    with pytest.raises(ValueError, match=why):
        read_table(TEXT.replace(old, new, 1))


def test_a_server_without_encryption_is_for_a_tests_own_alone():
    plain = TEXT.replace("https://nlftp.mlit.go.jp", "http://127.0.0.1:5000", 1)
    with pytest.raises(ValueError, match="not https"):
        read_table(plain)
    assert read_table(plain, plain_hosts=frozenset({"127.0.0.1:5000"}))
