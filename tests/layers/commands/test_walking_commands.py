"""Slopes, rests, the band and benches from the command line, on the demo town."""

import json
import re
import shutil
import subprocess
import sys

import numpy as np
import pytest
from geojson_rules import faults
from streamlit.testing.v1 import AppTest
from where import ROOT

from geo.base.arguments import Parser
from geo.base.version import VERSION
from geo.cli import main
from geo.export.facts import Stamp
from geo.export.keys import AREA_KEYS, BENCH_KEYS
from geo.say.sentence import say_coverage
from layers.commands import coverage as coverage_command
from layers.commands import reach as reach_command
from layers.commands import scenario as scenario_command
from layers.commands.shared import open_town, question_of
from layers.day.salons import When

STAMP = re.compile(r'"made_at": "[^"]+"')
PAGES = ROOT / "pages"
DIVISION = "日常生活圏域"

pytestmark = pytest.mark.usefixtures("japanese")


def coverage(town, tmp_path, *more, division=DIVISION):
    out = tmp_path / "out.geojson"
    arguments = ["coverage", "--town", str(town), "--division", division, "--out", str(out)]
    assert main([*arguments, *more]) == 0
    return json.loads(out.read_text(encoding="utf-8"))


def totals(town, tmp_path, *more, **where):
    return coverage(town, tmp_path, *more, **where)["kayoi"]["totals"]


def test_slopes_never_bring_anybody_nearer(demo_town, tmp_path):
    flat, sloped = totals(demo_town, tmp_path), totals(demo_town, tmp_path, "--slope")
    assert sloped["within"] < flat["within"] and sloped["people"] == flat["people"]
    there, back, worse, both = (
        totals(demo_town, tmp_path, "--slope", "--walker", "cane", "--trip", trip)["within"]
        for trip in ("there", "back", "worse", "round")
    )
    assert worse <= min(there, back) and worse <= both


def test_a_file_with_slopes_tells_of_them(demo_town, tmp_path, capsys):
    told = coverage(demo_town, tmp_path, "--slope", "--trip", "worse")["kayoi"]
    assert told["heights"]["counted"] and told["trip"] == "worse"
    assert "行きも帰りも、坂の分を足した距離で500m以内" in capsys.readouterr().out


def test_rests_and_toilets_only_take_away(demo_town, tmp_path):
    plain = totals(demo_town, tmp_path)
    for rule in (["--rest", "150"], ["--toilet", "300"], ["--rest", "150", "--toilet", "300"]):
        ruled = totals(demo_town, tmp_path, *rule)
        assert ruled["within"] < plain["within"]
        assert ruled["within"] + ruled["no_rest"] == plain["within"]


def test_the_band_holds_the_figure(demo_town, tmp_path, capsys):
    told = coverage(demo_town, tmp_path, "--rest", "150", "--band")["kayoi"]
    bad, known, good = (told["band"][run]["within"] for run in ("bad", "known", "good"))
    assert bad <= known <= good and bad < good and known == told["totals"]["within"]
    said = capsys.readouterr().out
    assert "分からない所のみかたで" in said and "先に見て歩く道1: " in said
    assert "band" not in coverage(demo_town, tmp_path, "--rest", "150")["kayoi"]


def test_benches_are_printed_and_written(demo_town, tmp_path, capsys):
    out = tmp_path / "benches.geojson"
    coverage(demo_town, tmp_path, "--rest", "150", "--benches", "3", "--benches-out", str(out))
    document = json.loads(out.read_text(encoding="utf-8"))
    rows = [one["properties"] for one in document["features"]]
    assert faults(document) == [] and [list(row) for row in rows] == [list(BENCH_KEYS)] * 3
    assert rows[0]["gained"] >= rows[1]["gained"] >= rows[2]["gained"] > 0
    said = capsys.readouterr().out
    assert f"＋{rows[0]['gained']}人" in said and "足し算にならない" in said


def test_a_walker_of_ones_own_is_asked_and_named(demo_town, tmp_path):
    own = "custom:speed=0.5,steps=bar"
    told = coverage(demo_town, tmp_path, "--walker", own, "--within", "10min")["kayoi"]
    assert told["walker"] == own and told["assumes"]["limit_metres"] == pytest.approx(300)


def test_reach_with_slopes_differs_by_the_way(demo_town, tmp_path):
    files = {}
    for way in ("there", "back"):
        out = tmp_path / f"{way}.geojson"
        ask = ["reach", "--town", str(demo_town), "--walker", "cane", "--slope", "--trip", way]
        assert main([*ask, "--out", str(out)]) == 0
        files[way] = json.loads(out.read_text(encoding="utf-8"))
        assert faults(files[way]) == [] and files[way]["kayoi"]["trip"] == way
    there, back = (
        [f["properties"]["street_metres"] for f in one["features"]] for one in files.values()
    )
    assert there != back


REFUSED = [
    (["coverage", "--rest", "30"], "50〜500"),  # shorter than a stretch can be
    (["coverage", "--rest", "abc"], "50〜500"),
    (["coverage", "--toilet", "5000"], "100〜2,000"),
    (["coverage", "--trip", "home"], "使えません"),
    (["coverage", "--walker", "custom:speed=9"], "speed=9"),  # nobody walks so fast
    (["coverage", "--slope"], "--heights"),  # a town without heights, and what to do
    (["coverage", "--band"], "--rest"),  # nothing would be unknown
    (["coverage", "--benches", "3"], "--rest"),  # a bench for what?
    (["coverage", "--rest", "150", "--benches", "0"], "1〜20"),
    (["coverage", "--rest", "150", "--benches", "21"], "1〜20"),
    (["coverage", "--rest", "150", "--benches", "many"], "整数"),
    (["coverage", "--rest", "150", "--benches-out", "b.geojson"], "--benches が要ります"),
    (["coverage", "--rest", "150", "--benches", "1", "--benches-out", "o.geojson"], "同じファイル"),
    (["reach", "--trip", "worse"], "使えません"),  # ground is reached one way or the other
    (["reach", "--slope"], "--heights"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_a_refused_value_ends_with_two_and_says_what_would_do(
    small_town, tmp_path, monkeypatch, capsys, arguments, said
):
    monkeypatch.chdir(tmp_path)
    command, *more = arguments
    where = ["--town", str(small_town), "--out", "o.geojson"]
    where += [] if command == "reach" else ["--division", "町丁目"]
    try:
        code = main([command, *where, *more])
    except SystemExit as stop:
        code = stop.code
    told = capsys.readouterr().err.strip().splitlines()
    assert code == 2 and said in told[-1], told
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize("which", ["demo_town", "filled_town"])
@pytest.mark.parametrize(
    ("words", "options"),
    [
        ({}, []),
        ({"slopes": "on", "trip": "worse"}, ["--slope", "--trip", "worse"]),
        ({"rest": "150", "toilet": "800"}, ["--rest", "150", "--toilet", "800"]),
        ({"rest": "150", "band": "on"}, ["--rest", "150", "--band"]),
    ],
)
def test_the_apps_files_are_those_of_the_command_line(
    request, tmp_path, monkeypatch, which, words, options
):
    from geo.export.files import export_areas, export_cells
    from geo.export.homes import Homes
    from layers.asked import Asked
    from layers.served.answers import (
        answer,
        answer_band,
        day_for,
        rests_for,
        salon_words,
        town_for,
    )
    from layers.served.register import register_now

    town = tmp_path / "town"
    shutil.copytree(request.getfixturevalue(which), town)
    monkeypatch.setenv("KAYOI_TOWN", str(town))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    asked = Asked(people="65", walker="slow", within="500m", division=DIVISION, **words)
    cells = tmp_path / "cells.geojson"
    register_now()  # takes the town's own list: both say then that it is the register's
    coverage(town, tmp_path, "--walker", "slow", "--cells", str(cells), *options)
    band = answer_band(asked) if asked.band else None
    more = {
        "keys": "en",
        "stamp": Stamp(version=VERSION, made_at="x"),
        "rests": rests_for(asked),
        "band": band,
        "said": say_coverage(answer(asked), band),
    }
    homes = Homes(ids=day_for(asked).homes)
    files = {
        tmp_path / "out.geojson": export_areas(
            town_for(asked), answer(asked), counted=salon_words(asked), **more
        ),
        cells: export_cells(
            town_for(asked), answer(asked), town_for(asked).salons, homes=homes, **more
        ),
    }
    for path, app in files.items():
        own = path.read_text(encoding="utf-8")
        assert STAMP.sub("", own) == STAMP.sub("", app) and STAMP.search(app)


def test_seats_and_salons_of_the_register_count_for_the_command_as_for_the_page(
    filled_town, demo_town, tmp_path, monkeypatch
):
    from layers.asked import Asked
    from layers.served.answers import answer

    monkeypatch.setenv("KAYOI_TOWN", str(filled_town))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    asked = Asked(people="65", walker="elderly", within="500m", division="町丁目", rest="200")
    own = totals(filled_town, tmp_path, "--rest", "200", division="町丁目")
    assert own == answer(asked).totals
    bare = totals(demo_town, tmp_path, "--rest", "200", division="町丁目")
    assert own["within"] > bare["within"]


def test_with_a_salon_goes_its_seat_in_the_register_too(filled_town, tmp_path):
    day = open_town(filled_town, When(on="2026-11-21"))
    gone = day.salons.iloc[[0]]
    left = day.among(day.salons.iloc[1:].reset_index(drop=True))
    near = (left.rests["x_m"] - gone["x_m"].iloc[0]).abs() < 1
    assert not (near & (left.rests["kind"] == "salon")).any()
    assert set(day.among(day.salons).rests["rest_id"]) == set(day.rests["rest_id"])


def test_the_command_starts_without_what_only_the_app_needs():
    heavy = ("streamlit", "folium", "starlette", "openpyxl", "rasterio", "osmnx")
    code = f"import sys, layers.commands.coverage; print([m for m in {heavy} if m in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.stdout.strip() == "[]", run.stdout + run.stderr


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_the_commands_of_the_readmes_are_ones_that_are_taken(name):
    modules = {
        "coverage": coverage_command,
        "reach": reach_command,
        "scenario": scenario_command,
    }
    lines = (PAGES.parent / name).read_text(encoding="utf-8").splitlines()
    found = [line.split()[1:] for line in lines if line.startswith("kayoi ")]
    taken = []
    for command, *rest in found:
        if command in modules:
            parser = Parser(prog=command, allow_abbrev=False)
            modules[command].add_arguments(parser, "ja")
            args = parser.parse_args(rest)
            taken.append(command)
            if command != "reach":
                assert question_of(args).division == "町丁目"
    assert set(taken) == set(modules) and taken.count("coverage") >= 5


@pytest.mark.parametrize(
    ("chosen", "files"),
    [
        ({}, 6),
        ({"q_slopes": True, "q_resting": True, "q_rest": "150"}, 7),  # and the best benches
    ],
)
def test_the_page_offers_its_files_for_every_question(
    demo_town, tmp_path, monkeypatch, chosen, files
):
    town = tmp_path / "town"
    shutil.copytree(demo_town, town)
    monkeypatch.setenv("KAYOI_TOWN", str(town))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    page = AppTest.from_file(str(PAGES / "export.py"), default_timeout=60)
    for key, value in chosen.items():
        page.session_state[key] = value
    page.run()
    assert not page.exception
    assert len(page.get("download_button")) == files


def test_the_table_has_every_figure_of_the_map(demo_town, tmp_path):
    table = tmp_path / "t.csv"
    found = coverage(demo_town, tmp_path, "--rest", "150", "--table", str(table), "--keys", "ja")
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].split(",") == list(AREA_KEYS.values())
    values = found["features"][0]["properties"].values()
    assert lines[1].split(",") == ["" if one is None else str(one) for one in values]
    assert np.isfinite(found["features"][0]["properties"]["届く割合"])
