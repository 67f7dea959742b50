"""One list that counts: the register's people decide which 通いの場 a figure is made from."""

import csv
import json
import shutil

import pandas as pd
import pytest
from register_fixtures import new_version
from shapely import Point

from geo.cli import main
from geo.coverage.asking import parse_question
from geo.export.keys import LEDGER_KEYS
from geo.sources.town_folder import load_town
from layers.day.day import Day
from layers.day.ledger import ledger_between
from layers.day.own_import import settle_own
from layers.day.salons import When, list_salons
from layers.day.told import Told
from surveys.store.register import open_register

QUESTION = parse_question(division="町丁目", people="65", walker="elderly", within="500m")
TODAY = When(on="2026-11-21")


@pytest.fixture(scope="module")
def filled(filled_town):
    return filled_town


@pytest.fixture(scope="module")
def town(filled):
    return load_town(filled)


@pytest.fixture
def register(filled, tmp_path):
    copy = shutil.copytree(filled, tmp_path / "town")
    made = open_register(copy)
    yield made
    made.engine.dispose()


def day(town, register, when=TODAY):
    return Day(told=Told(town=town, register=register), when=when)


def outside(one):
    return one.ask(QUESTION).totals["outside"]


def test_the_demo_counts_its_registers_salons(town, register):
    today = day(town, register)
    low, high = today.ends()
    assert (outside(low), outside(today), outside(high)) == (1303, 1216, 1216)
    said = today.say_salons()[0].ja
    assert said.startswith(
        "通いの場　18か所（ようすの分からない 1 をふくむ。休止 1 は数えない。準備中 1 は数えない）。最後の記録 令和8年"
    )
    (least,) = today.say_ends(QUESTION)
    assert least.ja == "ようすの分からない通いの場 1か所を数えなければ、届かない人は 1,303人"


def test_the_demos_own_list_is_recorded_already_and_changes_no_figure(town, register):
    settled = settle_own(town, register, now="2026-11-21T01:00:00.000Z")
    assert (settled.plan.counts["new"], settled.same, settled.say()) == (0, 15, [])
    today = day(town, register)
    low, high = today.ends()
    assert (outside(low), outside(today), outside(high)) == (1303, 1216, 1216)
    assert register.batches()[0].counts == {"same": 15}


def test_without_a_register_or_with_an_empty_one_the_towns_own_count(town, tmp_path):
    empty = open_register(tmp_path)
    alone, beside = day(town, None), day(town, empty)
    assert outside(alone) == outside(beside) == 1470
    pd.testing.assert_frame_equal(alone.salons, town.salons, check_dtype=False)
    empty.engine.dispose()


def test_the_day_before_a_hall_paused_it_counts(town, register):
    before = day(town, register, When(on="2026-06-22"))
    names = set(before.salons["name"])
    assert "西町公会堂" in names and "西町公会堂" not in set(day(town, register).salons["name"])
    assert outside(before) == 1113


def test_a_new_salon_counts_at_the_next_look_and_one_that_closed_no_more(town, register):
    told = day(town, register)
    lon, lat = town.plane.to_lonlat([-1300.0], [3600.0])
    register.save(
        new_version(
            "new", {"name": "新しい集い", "activities": [{"_id": "a", "state": "active"}]},
            type="salon", place=Point(float(lon[0]), float(lat[0])), made_at="2026-11-21T09:00:00Z",
        )
    )  # fmt: skip
    closed = register.site("S03")
    register.save(
        new_version(
            "S03", None, type="salon", kind="retire", before=closed.state,
            status={"is": "closed", "on": "2026-11-20"}, made_at="2026-11-21T09:00:00Z",
        )
    )  # fmt: skip
    fresh = day(town, register)
    ids = set(fresh.salons["site_id"])
    assert ids == set(told.salons["site_id"]) - {"S03"} | {"new"}
    hand_made = day(town, None).among(fresh.salons.copy())
    assert fresh.ask(QUESTION).totals == hand_made.ask(QUESTION).totals
    assert (
        day(town, register, When(on="2026-11-19"))
        .listed.sites("yes", "unsure", "early")["site_id"]
        .isin(["S03"])
        .any()
    )


@pytest.mark.parametrize(
    ("dx", "name", "again", "why"),
    [
        (20.0, "別の名", True, "within 25 m it is the same place"),
        (45.0, "本町いきいき体操", True, "of one name within 50 m too"),
        (45.0, "別の名", False, "else it is another"),
        (60.0, "本町いきいき体操", False, "of one name farther off, too"),
    ],
)
def test_what_a_record_is_about_counts_once(town, tmp_path, dx, name, again, why):
    register = open_register(tmp_path)
    own = town.salons.iloc[0]
    lon, lat = town.plane.to_lonlat([own.x_m + dx], [own.y_m])
    register.save(
        new_version("r1", {"name": name}, type="salon", place=Point(float(lon[0]), float(lat[0])))
    )
    ids = set(list_salons(town, register, TODAY).sites("yes", "unsure")["site_id"])
    assert ("S01" not in ids) == again, why
    register.engine.dispose()


def test_the_command_counts_any_day(filled, tmp_path, capsys, japanese):
    told = {}
    for name, more in (
        ("today", []), ("then", ["--as-of", "令和8年6月22日"]), ("known", ["--known-on", "2026-06-22"]),
    ):  # fmt: skip
        out = ["--division", "町丁目", "--out", str(tmp_path / f"{name}.geojson")]
        assert main(["coverage", "--town", str(filled), *out, *more]) == 0
        told[name] = capsys.readouterr().out
    assert "1,216人" in told["today"] and "1,113人" in told["then"] and "1,113人" in told["known"]
    salons = tmp_path / "s.csv"
    salons.write_text("名称,緯度,経度\nA,35,139\n", encoding="utf-8")
    out = [
        "--division",
        "町丁目",
        "--out",
        "x.geojson",
        "--as-of",
        "2026-06-22",
        "--sites",
        str(salons),
    ]
    assert main(["coverage", "--town", str(filled), *out]) == 2


def test_the_ledger_tells_what_a_pause_cost_and_whom(filled, tmp_path, capsys, japanese):
    out, table = tmp_path / "l.geojson", tmp_path / "l.csv"
    asked = ["--division", "町丁目", "--from", "2026-06-22", "--to", "2026-11-21"]
    picture = tmp_path / "l.svg"
    files = ["--out", str(out), "--table", str(table), "--picture", str(picture)]
    assert main(["ledger", "--town", str(filled), *asked, *files]) == 0
    said = capsys.readouterr().out
    assert "変わった地区" in picture.read_text(encoding="utf-8")
    assert "新しく届く 0人、届かなくなる 103人" in said and "西町公会堂 休止 −103" in said
    told = json.loads(out.read_text(encoding="utf-8"))
    assert told["kayoi"]["from"] == "2026-06-22" and told["kayoi"]["ledger"]["lost"] == 103
    assert list(told["features"][0]["properties"]) == list(LEDGER_KEYS)
    rows = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert sum(int(row["lost"]) for row in rows) == 103
    assert main(["ledger", "--town", str(filled), *asked[:2], "--from", "2026-11-21", "--to",
                 "2026-11-21", *files]) == 2  # fmt: skip


def test_a_salon_first_recorded_between_two_days_is_said_to_be_so(town, register):
    then, now = day(town, register, When(on="2024-06-22")), day(town, register)
    ledger, _ = ledger_between(then, now, QUESTION)
    said = " ".join(one.ja for one in ledger.reasons[""])
    assert "緑ヶ丘自治会館 初めて記録 +371" in said and "西町公会堂 休止 −103" in said
