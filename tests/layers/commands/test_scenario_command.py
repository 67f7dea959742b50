"""`kayoi scenario`: plans are read, counted and told, on a small town."""

import argparse
import json

import pytest
from geojson_rules import faults
from town_fixtures import at

from geo.base.problems import InputError
from geo.cli import main
from geo.export.keys import CHANGE_KEYS
from geo.sources.town_folder import load_town
from layers.commands.plan_options import parse_changes
from surveys.record.plan import Change, check_changes

pytestmark = pytest.mark.usefixtures("japanese")


def totals(town, tmp_path, *more):
    out = tmp_path / "out.geojson"
    ask = ["coverage", "--town", str(town), "--division", "町丁目", "--out", str(out), *more]
    assert main(ask) == 0
    return json.loads(out.read_text(encoding="utf-8"))["kayoi"]["totals"]


def scenario(town, tmp_path, *more):
    out = tmp_path / "plan.geojson"
    ask = ["scenario", "--town", str(town), "--division", "町丁目", "--out", str(out)]
    assert main([*ask, *more]) == 0
    document = json.loads(out.read_text(encoding="utf-8"))
    assert faults(document) == []
    return document


def spot(column, row):
    lon, lat = at(column, row)
    return f"{lon},{lat}"


def test_each_change_is_told_by_itself_and_the_plan_is_a_picture(small_town, tmp_path, capsys):
    picture = tmp_path / "plan.svg"
    scenario(small_town, tmp_path, "--add", spot(4, 4), "--pause", "t1", "--picture", str(picture))
    said = capsys.readouterr().out
    assert "・1. 通いの場をふやす：" in said and "・2. 通いの場を休みにする：" in said
    assert "・いくつかが合わさって：新しく届く " in said and "これがあるので届いたまま" in said
    art = picture.read_text(encoding="utf-8")
    assert "kz-sign-salon-paused" in art and "この案で変えること" in art
    scenario(small_town, tmp_path, "--add", spot(4, 4))
    assert "いくつかが合わさって" not in capsys.readouterr().out  # one change does all there is


def test_a_plan_adds_up_area_by_area_and_is_the_coverage_of_its_salons(
    small_town, tmp_path, capsys
):
    found = scenario(
        small_town, tmp_path, "--add", spot(4, 4), "--remove", "t1", "--move", f"t0={spot(0, 0)}"
    )
    rows = [one["properties"] for one in found["features"]]
    told = found["kayoi"]
    assert [list(row) for row in rows] == [list(CHANGE_KEYS)] * 2
    for row in rows:
        assert row["within_after"] - row["within_before"] == row["gained"] - row["lost"]
        for when in ("before", "after"):
            alive = row[f"within_{when}"] + row[f"outside_{when}"] + row["off_network"]
            assert alive == row["people"]
    assert told["gained"] == sum(row["gained"] for row in rows) > 0
    assert told["lost"] == sum(row["lost"] for row in rows) > 0
    lines = ["id,名称,緯度,経度"]
    for id_, place in (("t0", at(0, 0)), ("new-1", at(4, 4))):
        lines.append(f"{id_},サロン,{place[1]},{place[0]}")
    other = tmp_path / "salons.csv"
    other.write_text("\n".join(lines), encoding="utf-8")
    assert told["totals"] == totals(small_town, tmp_path, "--sites", str(other))
    assert told["before"] == totals(small_town, tmp_path)
    said = capsys.readouterr().out
    total = f"全体: {told['before']['within']}人 → {told['totals']['within']}人"
    assert total in said and f"新しく届く{told['gained']}人" in said


def test_one_more_salon_takes_nothing_from_anybody(small_town, tmp_path):
    told = scenario(small_town, tmp_path, "--add", spot(4, 4))["kayoi"]
    assert told["lost"] == 0 < told["gained"]
    assert told["plan"] == [{"do": "add", "at": [round(one, 7) for one in at(4, 4)]}]


def test_a_salon_moved_to_where_it_stands_changes_nothing(small_town, tmp_path, capsys):
    told = scenario(small_town, tmp_path, "--move", f"t0={spot(1, 1)}")["kayoi"]
    assert (told["gained"], told["lost"]) == (0, 0) and told["before"] == told["totals"]
    assert "変わらない" in capsys.readouterr().out


def test_a_salon_that_closes_has_no_seat_to_offer(small_town, tmp_path):
    rule = ["--rest", "100", "--within", "800m"]
    told = scenario(small_town, tmp_path, "--remove", "t1", *rule)["kayoi"]
    assert sum(one["seat_yes"] for one in told["rests"] if one["kind"] == "salon") == 1


NAMED = ("add", "remove", "pause", "move", "days", "bench", "new_toilets", "mend", "stop")


def parse(**named):
    return parse_changes(argparse.Namespace(**{one: named.get(one, []) for one in NAMED}))


def test_every_change_is_read_as_it_is_written():
    found = parse(
        add=["138.6,35.0,毎週火曜 10:00〜11:30, 13:00〜"], remove=["a"], pause=["b"],
        move=["c=d=138.6,35"], days=["e=毎週木曜=午前"], bench=["138.6,35"], new_toilets=["138.6,35"],
        mend=["138.6,35=5", "138.6,35=5.5%", "138.6,35=open", "42=open"], stop=["f=138.6,35"],
    )  # fmt: skip
    here = (138.6, 35.0)
    assert found == [
        Change(do="add", at=here, schedule="毎週火曜 10:00〜11:30, 13:00〜"),
        Change(do="close", site_id="a"),
        Change(do="pause", site_id="b"),
        Change(do="move", site_id="c=d", at=here),
        Change(do="stop", site_id="f", at=here),
        Change(do="days", site_id="e", schedule="毎週木曜=午前"),
        Change(do="bench", at=here),
        Change(do="toilet", at=here),
        Change(do="mend", at=here, grade=5.0),
        Change(do="mend", at=here, grade=5.5),
        Change(do="open", at=here),
    ]


def test_a_plans_file_says_the_same_as_the_command_line(small_town, tmp_path):
    file = tmp_path / "file.geojson"
    named = ["--add", f"{spot(4, 4)},毎週火曜", "--pause", "t1", "--bench", spot(2, 2)]
    named += ["--toilet", spot(2, 2), "--toilet", "500"]  # one is added, and the rule of the walk
    first = scenario(small_town, tmp_path, *named, "--rest", "200", "--save-plan", str(file))
    saved = json.loads(file.read_text(encoding="utf-8"))
    assert faults(saved) == []
    assert [one["properties"]["do"] for one in saved["features"]] == [
        "add", "pause", "bench", "toilet",
    ]  # fmt: skip
    assert saved["features"][1]["properties"]["site_name"] == "サロン1"
    again = scenario(small_town, tmp_path, "--plan", str(file), "--rest", "200", "--toilet", "500")
    assert again["kayoi"]["plan"] == first["kayoi"]["plan"]
    assert again["features"] == first["features"]


def test_a_street_is_named_by_its_way(small_town, tmp_path, capsys):
    way = "999999"
    where = ["--town", str(small_town), "--division", "町丁目"]
    assert main(["scenario", *where, "--mend", f"{way}=open"]) == 2
    assert f"番号「{way}」の道" in capsys.readouterr().err


def test_a_stop_moved_is_told_beside_who_can_walk(demo_town, capsys):
    stop = load_town(demo_town).sites.query("kind == 'bus_stop'")["site_id"].iloc[0]
    salon = load_town(demo_town).salons.iloc[0]
    lon, lat = load_town(demo_town).plane.to_lonlat([salon.x_m], [salon.y_m])
    where = [
        "--town",
        str(demo_town),
        "--division",
        "町丁目",
        "--stop",
        f"{stop}={lon[0]},{lat[0]}",
    ]
    assert main(["scenario", *where]) == 0
    said = capsys.readouterr().out
    assert "停留所から歩ける通いの場は" in said and "路線・時刻・予約は入れていない" in said
    assert "届くことと、通うことは同じではありません" in said


@pytest.mark.parametrize(
    ("add", "remove", "move", "said"),
    [
        (["138.6"], [], [], "経度,緯度"),  # half a place
        (["138.6,35,0"], [], [], "経度,緯度"),
        (["35.0,138.6"], [], [], "経度,緯度"),  # the other way round: no such latitude
        (["nan,35"], [], [], "経度,緯度"),
        (["東,西"], [], [], "経度,緯度"),
        ([], [], ["t0"], "コード=経度,緯度"),  # where to?
        ([], [], ["=138.6,35"], "コード=経度,緯度"),
        ([], [], ["t0=138.6,35", "t0=138.7,35"], "2回"),
    ],
)
def test_a_plan_that_cannot_be_read_is_refused(add, remove, move, said):
    with pytest.raises(InputError) as caught:
        check_changes(parse(add=add, remove=remove, move=move))
    assert said in caught.value.words.ja and caught.value.words.en


REFUSED = [
    ([], "--add"),  # no change
    (["--remove", "t9"], "t0（サロン0）、t1（サロン1）"),  # and which there are
    (["--remove", "t0", "--remove", "t1"], "1つも残りません"),
    (["--remove", "t0", "--move", "t0=138.6,35.0"], "2回"),
    (["--remove", "t0", "--remove", "t0"], "2回"),
    (["--add", "139.6,35.0"], "道がありません"),  # another town
    (["--add", "35.0,138.6"], "経度,緯度"),
    (["--add", "138.6,35.0", "--rest", "9"], "50〜500"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_a_refused_value_ends_with_two_and_says_what_would_do(
    small_town, tmp_path, monkeypatch, capsys, arguments, said
):
    monkeypatch.chdir(tmp_path)
    where = ["--town", str(small_town), "--out", "o.geojson", "--division", "町丁目"]
    try:
        code = main(["scenario", *where, *arguments])
    except SystemExit as stop:
        code = stop.code
    told = capsys.readouterr().err.strip().splitlines()
    assert code == 2 and said in told[-1], told
    assert not (tmp_path / "o").exists()
