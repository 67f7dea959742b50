"""A new thing is one new file of a few lines: planted in a copy, it is found everywhere at once."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from new_things import NEW, lines_of, plant
from town_fixtures import LAT, LON, write_town
from where import ROOT

FLOORS = ("geo", "surveys", "layers", "pages", "docs", "tests")
BESIDE = ("app.py", "pyproject.toml")
MOST_LINES = 20  # but for words
# The rooms' own tests, which run over each new thing without being told.
CONTRACTS = (
    "surveys/types/test_types.py", "surveys/formats/test_formats.py",
    "surveys/formats/test_formats_roundtrip.py", "geo/measures/test_measures.py",
    "geo/walk/test_walkers.py", "layers/surveyed/test_register_rests.py",
    "layers/sheets/test_every_sheet.py", "surveys/reports/test_reports.py",
    "layers/routes/test_every_route.py", "pages/test_every_page.py", "house/test_registries.py",
    "house/test_named.py", "house/test_house.py", "house/test_house_page.py",
)  # fmt: skip
# The round trip of every type in every format takes a minute: here the new type in the new format.
CHOSEN = (
    "(sample_ and not (test_formats_roundtrip and every_site))"
    " or (every_site and sample_only-sample_only) or the_same_sites or no_two_formats"
    " or order_of_cells or twice_the_people or names_its_columns or old_caller"
    " or fixed_order or stand_in_groups or no_two_routes or left_open or own_reader"
    " or other_ending or another_ending or reason_is_still or reference or picture_and_the_table"
)
# Run in the copy: what a person sees of each new thing, as JSON.
LOOK = """
import json, os, sys
from pathlib import Path

from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from geo.cli import main
from layers.routes.all import make_all_routes
from layers.served.register import register_now
from pages.parts.frame.declared import find_pages
from surveys.formats.upload import read_upload

arguments = json.loads(sys.argv[1])
town = Path(sys.argv[2])
assert main(["build", "--out", str(town), *arguments]) == 0
os.environ["KAYOI_TOWN"] = str(town)
table = town / "areas.csv"
ask = ["coverage", "--town", str(town), "--walker", "sample_only", "--within", "500m"]
ask += ["--division", "町丁目", "--out", str(town / "a.geojson"), "--table", str(table)]
asked = main(ask)
taken = town / "list.csv"
taken.write_text("名称,緯度,経度,設置位置\\n役場,35.001,138.601,玄関\\n", encoding="utf-8")
got = main(["records", "import", "--town", str(town), "--type", "sample_only", str(taken)])
export = ["records", "export", "--town", str(town), "--type", "sample_only"]
outs = {one: town / f"out.{one}" for one in ("sample_only", "sample_told")}
gave = [main([*export, "--format", one, "--out", str(out)]) for one, out in outs.items()]
page = AppTest.from_file("pages/sample_only.py", default_timeout=120).run()
register = register_now()
sheet = "/print/sample_only/" + outs["sample_told"].read_text().split()[-1]
with TestClient(Starlette(routes=make_all_routes())) as client:
    seen = {one: client.get(one) for one in
            (sheet, "/print/form/sample_only", "/print/list?type=sample_only", "/sample_only.txt",
             "/print/report/sample_only?from=2026-04-01&to=2026-04-01")}
print("LOOK" + json.dumps({
    "codes": [asked, got, *gave], "table": table.read_text("utf-8-sig"), "sheet": sheet,
    "outs": {one: out.read_text("utf-8-sig") for one, out in outs.items()},
    "facts": json.loads((town / "data" / "town.json").read_text())["facts"]["heights"],
    "page": [one.value for one in page.title], "faults": [str(one.value) for one in page.exception],
    "pages": list(find_pages()), "reference": Path("docs/reference.md").read_text("utf-8"),
    "back": read_upload(b"a,b\\n1,2\\n", file="x.sample_only").kind,
    "answers": {path: [one.status_code, one.text] for path, one in seen.items()},
}, ensure_ascii=False))
register.engine.dispose()
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the house with one new file of each kind, its reference made by the command."""
    house = tmp_path_factory.mktemp("house")
    for floor in FLOORS:
        ignore = shutil.ignore_patterns("node_modules", "__pycache__", "*.png")
        shutil.copytree(ROOT / floor, house / floor, ignore=ignore)
    for name in BESIDE:
        shutil.copy(ROOT / name, house / name)
    plant(house)
    run(house, "docs/make_reference.py")
    return house


def run(house, *code):
    """What Python says in the copy, which must end well."""
    plain = {"PYTHONPATH": str(house), "KAYOI_LANG": "ja", "KAYOI_SIGN_IN": "off"}
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, *code], cwd=house, env=kept | plain, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
    return done.stdout


@pytest.fixture(scope="module")
def seen(house, tmp_path_factory):
    """What the app says of itself when each kind has one new file."""
    files = tmp_path_factory.mktemp("files")
    arguments = write_town(files)
    streets = files / "streets.sample_only"
    (files / "streets.osm").rename(streets)
    arguments[arguments.index("--streets") + 1] = str(streets)
    # A plain that rises to the east, 100 m a cell.
    heights = "\n".join(" ".join(str(column) for column in range(30)) for _ in range(30))
    (files / "plain.sample_only").write_text(f"{LON - 0.01} {LAT + 0.02} 0.001 30\n{heights}\n")
    arguments += ["--heights", str(files / "plain.sample_only")]
    said = run(house, "-c", LOOK, json.dumps(arguments), str(files / "town"))
    return json.loads(said.partition("LOOK")[2])


@pytest.mark.parametrize("name", NEW)
def test_a_new_thing_is_one_file_of_a_few_lines(name):
    assert len(lines_of(NEW[name])) < MOST_LINES


def test_a_new_record_type_is_taken_in_listed_printed_and_given_out(seen):
    assert seen["codes"] == [0, 0, 0, 0]
    for path in ("/print/form/sample_only", "/print/list?type=sample_only"):
        status, text = seen["answers"][path]
        assert status == 200 and "腰かけ" in text
    assert "役場" in seen["answers"]["/print/list?type=sample_only"][1]
    assert "設置位置" in seen["reference"]


def test_a_new_measure_is_a_column_of_the_table_and_a_row_of_the_reference(seen):
    assert seen["table"].splitlines()[0].endswith(",sample_only")
    assert "| sample_only | か所の半分の数 | half the number of sites |" in seen["reference"]


def test_a_new_walker_is_taken_by_the_command_and_told(seen):
    assert "| sample_only | ベビーカーの試し | sample pushchair | 0.90 |" in seen["reference"]


def test_a_new_sheet_has_its_address(seen):
    status, text = seen["answers"][seen["sheet"]]
    assert status == 200 and "名札" in text and "役場" in text and "ここにはる" in text
    assert "`/print/sample_only/{id}`" in seen["reference"]


def test_a_new_report_is_printed_and_in_the_reference(seen):
    (path,) = [one for one in seen["answers"] if "report" in one]
    status, text = seen["answers"][path]
    assert status == 200 and "令和8年度 月ごとの件数" in text and "令和9年3月" in text
    assert "| sample-only | 月ごとの試し | sample by month | year |" in seen["reference"]


def test_a_new_page_opens_and_stands_in_the_navigation(seen):
    assert seen["page"] == ["だれに渡すか"] and seen["faults"] == []
    assert seen["pages"][-1] == "sample_only" and "`/sample_only`" in seen["reference"]


def test_new_formats_of_streets_and_heights_build_a_town(seen):
    assert seen["facts"]["share_known"] == 1.0
    assert [one["file"].endswith("plain.sample_only") for one in seen["facts"]["files"]] == [True]
    for words in ("数の並び", "別の名前の道"):
        assert f"| sample_only | {words} |" in seen["reference"]
    assert ".sample_only" in seen["reference"].partition("| heights |")[2].splitlines()[0]


def test_a_new_file_format_is_written_and_read_and_one_is_only_written(seen):
    assert "役場" in seen["outs"]["sample_only"] and seen["back"] == "csv"
    assert len(seen["outs"]["sample_told"].split()) == 2
    row = "| sample_only | 別の名前の表 | the table by another name | .sample_only | .sample_only |"
    assert row in seen["reference"]
    assert "| sample_told | idだけ | ids only | .sample_told | – |" in seen["reference"]


def test_a_new_route_answers(seen):
    assert seen["answers"]["/sample_only.txt"] == [200, "hello"]
    assert "| `/sample_only.txt` | GET | signed in |" in seen["reference"]


def test_the_new_files_are_written_as_the_house_writes(house):
    files = [name for name in NEW if name.endswith(".py")]
    run(house, "-m", "ruff", "check", "-q", "--no-cache", *files)
    run(house, "-m", "ruff", "format", "-q", "--check", "--no-cache", *files)


def test_the_tests_of_every_room_hold_for_the_new_things_and_the_old(house):
    tests = [f"tests/{one}" for one in CONTRACTS]
    said = run(house, "-m", "pytest", "-v", "-p", "no:cacheprovider", "-k", CHOSEN, *tests)
    assert "SKIPPED" not in said
    # Of each room something ran, and over each new thing.
    assert [one for one in tests if f"{one}::" not in said] == []
    assert said.count("sample_") > len(NEW) * 2
