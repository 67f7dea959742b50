"""空白をさがす: the page and the command agree to the person, and one press makes a walk or a plan."""

import csv
import io
import json
import re
import shutil
from urllib.parse import quote

import openpyxl
import pytest
from geojson_rules import faults
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from where import ROOT

from geo.base.arguments import Parser
from geo.cli import main
from geo.export.gaps import GAP_AREA_KEYS, gap_keys
from geo.sources.town_folder import load_named_streets, load_town
from layers.asked import Asked
from layers.cards.gap_table import gap_table, target_table
from layers.commands import gaps
from layers.maps.gap_legend import gap_legend
from layers.maps.gap_map import gap_at, read_numbered
from layers.routes.answers import make_answer_routes
from layers.served.answers import day_for
from layers.served.gaps import areas_now, gaps_now
from layers.served.register import register_now
from layers.served.town import VARIABLE
from layers.walks.places import find_places_of, record_town_site, spot_of
from surveys.store.drafts import find_draft
from surveys.store.plans import list_plans
from surveys.store.target import find_target

PAGE = ROOT / "pages" / "gaps.py"
ASKED = Asked(people="65", walker="elderly", within="500m", division="町丁目")


@pytest.fixture
def town(filled_town, tmp_path, monkeypatch):
    folder = shutil.copytree(filled_town, tmp_path / "town")
    monkeypatch.setenv(VARIABLE, str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield folder
    register_now().engine.dispose()


def opened(**query):
    page = AppTest.from_file(str(PAGE), default_timeout=120)
    for key, value in ({"lang": "ja"} | query).items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


def texts(page):
    raw = [re.sub(r"<[^>]+>", "", one.proto.body) for one in page.get("html")]
    told = " ".join(re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), one) for one in raw)
    return told.replace("\u200b", "")  # where a heading may break


def run(capsys, *parts):
    assert main(["gaps", *map(str, parts)]) == 0
    return capsys.readouterr().out


def test_page_command_and_files_agree_to_the_person(town, tmp_path, capsys, japanese):
    out, table, book = (tmp_path / f"o.{one}" for one in ("geojson", "csv", "xlsx"))
    asked = ["--town", town, "--division", "町丁目", "--out", out]
    said = run(capsys, *asked, "--table", table, "--target", "10min", "--other", "日常生活圏域")
    document = json.loads(out.read_text(encoding="utf-8"))
    assert faults(document) == []
    rows = [one["properties"] for one in document["features"]]
    assert sum(row["people"] for row in rows) == document["kayoi"]["totals"]["outside"]
    assert [row["rank"] for row in rows] == [*range(1, len(rows) + 1)]
    own, other = document["kayoi"]["targets"]
    assert (own["division"], own["target"], other["division"]) == (
        "町丁目",
        "10min",
        "日常生活圏域",
    )
    written = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    assert [int(row["people"]) for row in written] == [row["people"] for row in rows]
    assert list(written[0]) == list(gap_keys(("65", "75", "all")))
    run(capsys, *asked, "--table", book, "--keys", "ja", "--picture", tmp_path / "o.svg")
    drawn = (tmp_path / "o.svg").read_text(encoding="utf-8")
    assert "届かない人の多い所" in drawn and f"{rows[0]['people']:,}人" in drawn
    sheets = openpyxl.load_workbook(book).worksheets
    assert [one.value for one in sheets[1][1]] == list(GAP_AREA_KEYS.values()) and len(sheets) == 3
    shown = texts(opened(target="10min", other="日常生活圏域"))
    first = f"{rows[0]['people']:,}人です"
    assert first in said.splitlines()[0] and first in shown
    assert f"あわせて {document['kayoi']['totals']['outside']:,}人" in shown
    for row in rows[:9]:
        assert f"{row['people']:,}人" in shown and row["area_name"] in shown
    assert f"のうち {own['meet']}で" in shown and f"のうち {other['meet']}で" in shown
    assert main(["gaps", *map(str, asked), "--target", "far"]) == 2
    assert "徒歩圏「far」が読めません" in capsys.readouterr().err


def test_one_press_makes_a_plan_and_one_keeps_the_target(town, monkeypatch):
    gone = []
    monkeypatch.setattr("streamlit.switch_page", lambda page, **more: gone.append((page, more)))
    page = opened()
    first = gaps_now(ASKED).table.iloc[0]
    body = " ".join(one.proto.body for one in page.get("html"))
    assert "/walks?" in body and "踏査に加える" in body and quote(first["gap_id"], safe="") in body
    page.button(key="ga_plan_1").click().run()
    plan = list_plans(register_now())[0]  # the newest: the demo has its own
    assert [one.do for one in plan.changes] == ["add"]
    assert plan.changes[0].at == pytest.approx((first["lon"], first["lat"]), abs=1e-6)
    assert gone[0][0] == "pages/plans.py"
    page = opened(target="15min")
    page.button(key="ga_keep").click().run()
    assert find_target(register_now()) == "15min"
    assert "町の目標を15分に決めました" in texts(page)
    assert areas_now(ASKED, "町丁目", "").target.text == "15min"
    assert "「どの町丁目にも徒歩15分に1か所」" in texts(opened())


def test_a_press_on_the_map_opens_the_card_of_the_place(town):
    found, plane = gaps_now(ASKED), load_town(town).plane
    for row, shape in list(zip(found.table.itertuples(), found.shapes, strict=True))[::7]:
        middle = shape.representative_point()
        lon, lat = plane.to_lonlat(middle.x, middle.y)
        assert gap_at(found, plane, float(lat), float(lon)) == row.gap_id
    assert gap_at(found, plane, 0.0, 0.0) == ""
    row = found.table.iloc[2]
    page = opened(gap=str(row["gap_id"]))
    assert page.button(key="ga_here_3") and f"{row['people']:,}人" in texts(page)
    page.button(key="m_close").click().run()
    assert "gap" not in page.query_params
    assert "m_close" not in {one.key for one in page.button}


def test_a_walk_from_a_gap_goes_its_way_and_begins_with_what_keeps_people_away(town):
    found = gaps_now(ASKED)
    steep = found.table[(found.table["way_steps"] > 0) | (found.table["way_steepest"] >= 0.04)]
    row = (found.table if steep.empty else steep).iloc[0]
    page = AppTest.from_file(str(ROOT / "pages" / "walks.py"), default_timeout=120)
    asked = {"lang": "ja", "area": f"{found.small}/{row['area_id']}", "gap": row["gap_id"]}
    for key, value in asked.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    made = page.query_params["draft"]
    draft = find_draft(register_now(), made if isinstance(made, str) else made[0])
    ids = draft.answers["places"]
    day = day_for(ASKED)
    spots = [one for one in ids if spot_of(day.built, one)]
    assert bool(spots) == (not steep.empty) and ids[: len(spots)] == spots
    assert draft.answers["@plan"]["start"]["at"] == pytest.approx(
        [row["lon"], row["lat"]], abs=1e-6
    )
    assert "道すじの坂・階段・座れる所を先に" in texts(page) and "届かないわけの道" in texts(page)
    places = find_places_of(day.town, register_now(), spots)
    assert {one.kind for one in places.values()} <= {"slope"}
    assert all(record_town_site(day.town, one, version_id="v", by="係", made_at="2026-12-01T00:00:00Z")
               for one in spots)  # fmt: skip


def test_the_map_asks_for_hatched_squares_and_numbers(town):
    app = Starlette(routes=make_answer_routes())
    found = TestClient(app).get(f"/answer/gaps.geojson?{ASKED.query}&numbered=2").json()
    rows = [one["properties"] for one in found["features"]]
    assert [row["rank"] for row in rows][:3] == [1, 2, 0] and all(row["gap"] for row in rows)
    assert TestClient(app).get(f"/answer/gaps.geojson?{ASKED.query}&numbered=x").status_code == 400
    assert read_numbered("") == 9 and "番号は表の順" in gap_legend("ja")
    now = gaps_now(ASKED)
    table = gap_table(now, "ja", most=None)
    assert table.count("<tr class=gap>") == len(now.table) and "停留所まで" in table
    areas = areas_now(ASKED, "日常生活圏域", "5min")
    assert "まだ" in target_table(areas, "ja", most=None)
    named = load_named_streets(town, load_town(town))
    assert (named["name"] != "").all() and len(named)


def test_wishes_and_nobody_left_out_stand_on_the_page(town):
    page = texts(opened(weekday="tue", every="on", table="on", areas="on"))
    assert "ほかの曜日や回数なら届く人" in page and "月1回以上で" in page
    nobody = opened(within="300min")
    assert "徒歩300分以内に通いの場がない65歳以上は、いません" in texts(nobody)
    assert not [one for one in nobody.button if str(one.key).startswith("ga_plan")]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_the_command_takes_is_told(lang):
    parser = Parser(prog="kayoi", lang=lang)
    gaps.add_arguments(parser, lang)
    assert "--target" in parser.format_help() and gaps.WORDS.say(lang)
