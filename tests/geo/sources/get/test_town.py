"""A town's five files from stand-ins that answer in the official layouts (`geo.sources.get.town`)."""

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

import geopandas as gpd
import pytest
from official_files import ages_zip, areas_zip, n03_zip, pack, streets_osm, text_tile
from shapely.geometry import box
from stand_in import Answer, stand_in

from geo.base.municipal.listed import municipality_of
from geo.base.problems import InputError
from geo.sources.get.around import border_of
from geo.sources.get.declared import ADDRESSES, TABLE, read_table
from geo.sources.get.got import build_arguments
from geo.sources.get.kept import RECORD, load_record, source_facts
from geo.sources.get.town import PARTS, fetch_town
from layers.getting.eyes import check_file

URAYASU, TODAY = municipality_of("12227"), date(2026, 7, 9)
BORDER, AREAS, PEOPLE, STREETS = (
    "N03-20260101_12_GML.zip", "A002005212020DDSWC12227-JGD2011.zip", "tblT001082C12.zip", "osm-12227.osm",
)  # fmt: skip
HEIGHTS = "gsi-dem10b-12227.tif"


class Office:
    """A stand-in for all servers of the table, and a person who fetches from it."""

    def __init__(self, server, host, folder):
        self.server, self.folder = server, folder / "浦安市"
        text = TABLE.read_text(encoding="utf-8")
        paths = {}
        for one in ADDRESSES.addresses:
            text = text.replace(one.url.partition("{")[0].partition("?")[0],
                                f"http://{host}/{one.id}/", 1)  # fmt: skip
            paths[one.id] = f"/{one.id}/"
        self.table = read_table(text, plain_hosts=frozenset({host}))
        n03 = urlsplit(self.table.addresses[0].url).path.replace("{number}", "12")
        made = folder / "made"
        self.paths = paths | {"n03": n03}
        server.give(n03, Answer(n03_zip(made)))
        server.give("/estat-areas/", Answer(areas_zip(made), etag=""))
        server.give("/estat-ages/", Answer(ages_zip(), etag=""))
        server.give("/overpass/", Answer(streets_osm(), etag="", ranges=False))
        server.give("*", Answer(text_tile()))  # every tile
        self.said, self.progress = [], []

    def fetch(self, **more):
        more = {"check": lambda *_: None, "table": self.table, "sleep": lambda _: None} | more
        return fetch_town(
            URAYASU, self.folder, today=TODAY, say=lambda words: self.said.append(words.ja),
            progress=lambda *one: self.progress.append(one), **more,
        )  # fmt: skip

    def asked(self, id_):
        return [path for path, _ in self.server.asked if path.startswith(self.paths[id_])]


@pytest.fixture
def office(tmp_path):
    with stand_in() as (server, host):
        yield Office(server, host, tmp_path)


def test_all_five_come_looked_at_one_at_a_time_and_are_told_with_terms(office):
    got = office.fetch(check=check_file)
    assert [one.file for one in got.files] == [BORDER, AREAS, PEOPLE, STREETS, HEIGHTS], office.said
    assert not got.missing and not got.stopped and got.answered
    assert sorted(one.name for one in office.folder.iterdir()) == sorted(
        [RECORD, *(one.file for one in got.files)]
    )
    assert office.server.most_at_once == 1
    told = json.loads((office.folder / RECORD).read_text(encoding="utf-8"))
    first = told["files"][0]
    assert (
        first["credit"].startswith("「国土数値情報（行政区域データ）」")
        and "CC BY" in first["licence"]
    )
    assert first["on"] == "2026-07-09" and first["date"] == "2026-01-01"
    assert len(first["sha256"]) == 64 and first["address"].endswith("/12_GML.zip")
    facts = source_facts(office.folder / HEIGHTS)
    assert (
        facts["credit"] == "地理院タイル（標高タイル）を加工して作成"
        and facts["date"] == "2026-07-09"
    )


def test_streets_and_heights_are_asked_for_round_the_border(office):
    office.fetch()
    (asked,) = office.asked("overpass")
    query = parse_qs(urlsplit(asked).query)["data"][0]
    south, west, north, east = map(float, query.split("[bbox:")[1].split("]")[0].split(","))
    assert 35.640 < south < 35.642 and 139.883 < west < 139.885  # 1 km beyond 35.65, 139.895
    assert 35.668 < north < 35.670 and 139.925 < east < 139.927
    assert '"highway"' in query and '"building"' in query and query.endswith("out body;")
    tiles = office.asked("tiles")
    assert 4 <= len(tiles) == len(set(tiles)) <= 9 and all("/14/14" in one for one in tiles)
    assert office.progress[-1] == (HEIGHTS, len(tiles), len(tiles))


def test_what_is_there_is_not_asked_for_again_until_it_is_changed_or_wanted_anew(office):
    office.fetch()
    count = len(office.server.asked)
    office.fetch()
    assert len(office.server.asked) == count and "市の境: もうあります" in office.said
    (office.folder / AREAS).write_bytes(b"changed")
    got = office.fetch()
    assert len(office.server.asked) == count + 1 and len(got.files) == 5
    office.fetch(kinds=["people"], again=True)
    assert len(office.asked("estat-ages")) == 2


@pytest.mark.parametrize("steps", [1, 3, 5, 8, 11])
def test_a_stop_anywhere_leaves_what_came_and_the_next_run_goes_on(office, steps):
    asked = []

    def stop():
        asked.append(1)
        return len(asked) > 2 * steps

    got = office.fetch(stop=stop)
    assert got.stopped and got.missing and len(got.files) < 5
    assert {one.kind.id for one in got.missing} | {one.kind for one in got.files} == {
        "border", "areas", "people", "streets", "heights",
    }  # fmt: skip
    got = office.fetch()
    assert len(got.files) == 5 and not (office.folder / PARTS).exists()
    tiles = office.asked("tiles")
    assert len(tiles) - len(set(tiles)) <= 1  # each once, but for the one that was on the way


def test_each_kind_that_fails_leaves_the_others_and_says_what_to_do(office):
    office.server.give("/estat-areas/", Answer(b"<html>sorry</html>", etag=""))
    office.server.give("/estat-ages/", Answer(pack({"readme.txt": b"none"}), etag=""))
    office.server.give(
        "/overpass/", Answer(streets_osm(remark="runtime error: Query timed out"), etag="")
    )
    office.server.give("*", Answer(status=404))
    got = office.fetch(check=check_file)
    assert [one.kind for one in got.files] == ["border"]
    why = {one.kind.id: one.words.ja for one in got.missing}
    assert "画面（HTML）" in why["areas"] and "statmap-search" in why["areas"]
    assert "そのままでは使えません" in why["people"]
    assert "そのままでは使えません" in why["streets"]
    assert "標高タイルが一枚もありません" in why["heights"]
    assert not (office.folder / PEOPLE).exists()


def test_another_towns_border_is_refused_and_what_needs_it_is_not_asked_for(office, tmp_path):
    office.server.give(
        office.paths["n03"], Answer(n03_zip(tmp_path / "b", code="12100", name="他市"))
    )
    got = office.fetch()
    why = {one.kind.id: one.words.ja for one in got.missing}
    assert (
        "千葉県浦安市（12227）の境がありません" in why["border"]
        and "市の境がない" in why["streets"]
    )
    assert not office.asked("overpass") and not office.asked("tiles")


def test_a_designated_city_is_all_its_wards(tmp_path):
    frame = gpd.GeoDataFrame(
        [("千葉県", "千葉市", "中央区", "12101"), ("千葉県", "千葉市", "緑区", "12105"),
         ("千葉県", None, "市川市", "12203")],
        columns=["N03_001", "N03_003", "N03_004", "N03_007"],
        geometry=[box(n, 0, n + 1, 1) for n in (140, 141, 142)], crs="EPSG:6668",
    )  # fmt: skip
    frame.to_file(tmp_path / "n03.geojson")
    shape, chosen = border_of(tmp_path / "n03.geojson", municipality_of("12100"))
    assert shape.bounds == (140, 0, 142, 1) and chosen
    with pytest.raises(InputError, match="does not hold the border of 東京都中央区"):
        border_of(tmp_path / "n03.geojson", municipality_of("13102"))


def test_a_tile_that_is_none_ends_the_heights_alone(office):
    office.server.give("*", Answer(b"1,2,3"))
    (missing,) = office.fetch().missing
    assert missing.kind.id == "heights" and "256行" in missing.words.ja


def test_a_folder_of_another_town_is_left_alone(office):
    office.fetch(kinds=["people"])
    other = municipality_of("12203")
    with pytest.raises(InputError, match="another municipality"):
        load_record(office.folder, other)
    (office.folder / RECORD).write_text(
        '{"format": 1, "code": "12227", "files": [{"file": "../a"}]}'
    )
    with pytest.raises(InputError, match="cannot read the record"):
        office.fetch()


def test_a_disk_that_is_full_while_looking_is_said_so(office, monkeypatch):
    def full(_path, _kind):
        raise OSError(28, "No space left on device")

    with pytest.raises(InputError, match="disk is full"):
        office.fetch(check=full)
    assert len(office.fetch().files) == 5


def test_without_any_server_each_is_tried_and_nothing_more(office, monkeypatch):
    waited = []
    office.table = read_table(TABLE.read_text(encoding="utf-8"))
    monkeypatch.setattr("requests.Session.get", _no_line)
    got = office.fetch(table=office.table, sleep=waited.append)
    assert not got.answered and len(got.missing) == 5
    assert sum(waited) == pytest.approx(3 + 6 + 12 + 3 + 2)  # of the first, then pauses alone


def _no_line(*_args, **_more):
    import requests

    raise requests.ConnectionError


def test_the_arguments_of_a_build_name_what_came(office, tmp_path):
    got = office.fetch()
    told = " ".join(build_arguments(got, tmp_path / "town"))
    for part in (
        f"{BORDER}:12227",
        f"町丁目={office.folder}/{AREAS}:S_NAME",
        f"--people {office.folder}/{PEOPLE} ",
        "--heights",
    ):
        assert part in told, told
