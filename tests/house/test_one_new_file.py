"""A new thing is one new file of a few lines: planted in a copy, it is found everywhere at once."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from town_fixtures import LAT, LON, write_town
from where import ROOT

FLOORS = ("geo", "surveys", "layers", "pages", "docs")
MOST_LINES = 20

NEW = {
    "surveys/types/aed.py": """
from geo.base.words import Words
from surveys.declaration.common_fields import ADDRESS, NAME, text
from surveys.declaration.field import yes_no
from surveys.declaration.record_type import Marker, RecordType

TYPE = RecordType(
    id="aed", words=Words("AED", "AED"), sheet=Words("AED調べ", "AED sheet"),
    marker=Marker(colour="#B00020", shape="M4 4h24v24H4z"),
    walking_m=None, walking_source=Words("目安はない", "none"), order=99, fresh_months=12,
    fields=(NAME, ADDRESS, text("spot", "設置位置", "Where"), yes_no("child", "小児対応", "For children")),
)
""",
    "geo/measures/sites_half.py": '''
from geo.base.arrays import Floats
from geo.base.words import Words
from geo.measures.measure import Measure, Walks


def score(walks: Walks) -> Floats:
    """Return half the number of sites (半分)."""
    return walks.sites_within / 2.0


MEASURE = Measure(
    id="sites_half", key_ja="半分", words=Words("半分の数", "half the number"), unit="sites",
    better="more", summary="mean", score=score, order=999, source=Words("試し", "a trial"),
)
''',
    "layers/sheets/greeting.py": '''
from geo.base.words import Words
from layers.sheets.parts.declare import Sheet
from layers.sheets.parts.frame import render


def draw(frame, path, params):
    """Return one page (一枚)."""
    lines = [{"text": frame.say("{n}人", "{n} people", n=path["count"]), "due": False}]
    return render("frame.html", frame, sheet="ご案内", title=frame.town.name, facts=lines)


SHEET = Sheet(
    id="greeting", words=Words("案内の紙", "Greeting"), address="greeting/{count:int}",
    asked_with=Words("人数", "a number"), draw=draw,
)
''',
    "pages/greeting.py": """
import streamlit as st

from geo.base.words import Words
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import begin_page

PAGE = Page(id="greeting", words=Words("ごあいさつ", "Greeting"), group="give", order=95)

town, lang = begin_page(Words("だれに渡すか", "For whom?"))
st.markdown(town.name)
""",
    "geo/sources/heights/xyz.py": '''
import numpy as np

from geo.base.words import Words
from geo.relief.grid import HeightGrid
from geo.sources.declare import HeightFormat


def read(sheet, window):
    """Read "west north step columns", then the heights row by row (読む)."""
    west, north, step, columns, *heights = map(float, sheet.load().split())
    rows = np.array(heights, dtype=np.float32).reshape(-1, int(columns))
    return [HeightGrid(height_m=rows, x0=west, y0=north, dx=step, dy=-step)]


SOURCE = HeightFormat(
    id="xyz", words=Words("数の並び", "bare numbers"), endings=(".xyz",), read=read,
    origin=Words("試し", "a trial"),
)
''',
    "geo/sources/streets/lines.py": '''
from geo.base.words import Words
from geo.sources.declare import StreetFormat
from geo.sources.streets.osm import load_osm


def load(path, wanted):
    """Read OpenStreetMap under another name (読む)."""
    copy = path.with_suffix(".osm")
    copy.write_bytes(path.read_bytes())
    return load_osm(copy, wanted.keep_lonlat)


SOURCE = StreetFormat(
    id="lines", words=Words("別の名前の道", "streets by another name"), endings=(".lines",),
    load=load, origin=Words("試し", "a trial"),
)
''',
    "surveys/formats/ids.py": '''
from geo.base.words import Words
from surveys.formats.parts.declare import Format, Reading
from surveys.formats.raw.delimited import read_delimited


def dump(type_, portables, lang, made_at):
    """Write the ids, a line each (idを書く)."""
    return "".join(f"{one.id}\\n" for one in portables).encode()


FORMAT = Format(
    id="ids", words=Words("idだけ", "ids only"), suffix=".ids", mime="text/plain", order=9,
    dump=dump, reading=Reading(words=Words("id", "ids"), endings=(".ids",), read=read_delimited),
)
''',
    "layers/routes/greeting.py": """
from starlette.responses import Response
from starlette.routing import Route

from geo.base.words import Words
from layers.routes.parts.declare import Routes

ROUTES = Routes(
    id="greeting", words=Words("あいさつ", "a greeting"), seen_by="signed in",
    make=lambda: [Route("/greeting.txt", lambda _request: Response("hello"))],
)
""",
}  # fmt: skip
WALKER = """
        Walker(
            id="stroller",
            words=Words("ベビーカー", "pushchair"),
            speed_m_s=0.9,
            source=Words("試し", "a trial"),
        ),
"""
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
sys.path.insert(0, "docs")
from make_reference import reference
from pages.parts.frame.declared import find_pages
from surveys.formats.upload import read_upload

arguments = json.loads(sys.argv[1])
town = Path(sys.argv[2])
assert main(["build", "--out", str(town), *arguments]) == 0
os.environ["KAYOI_TOWN"] = str(town)
table = town / "areas.csv"
ask = ["coverage", "--town", str(town), "--walker", "stroller", "--within", "500m"]
ask += ["--division", "町丁目", "--out", str(town / "a.geojson"), "--table", str(table)]
asked = main(ask)
taken = town / "list.csv"
taken.write_text("名称,緯度,経度,設置位置\\n役場,35.001,138.601,玄関\\n", encoding="utf-8")
got = main(["records", "import", "--town", str(town), "--type", "aed", str(taken)])
out = town / "out.ids"
gave = main(["records", "export", "--town", str(town), "--type", "aed", "--format", "ids", "--out", str(out)])
page = AppTest.from_file("pages/greeting.py", default_timeout=120).run()
with TestClient(Starlette(routes=make_all_routes())) as client:
    seen = {one: client.get(one) for one in
            ("/print/greeting/12", "/print/form/aed", "/print/list?type=aed", "/greeting.txt")}
print("LOOK" + json.dumps({
    "codes": [asked, got, gave], "table": table.read_text("utf-8-sig"), "ids": out.read_text(),
    "facts": json.loads((town / "data" / "town.json").read_text())["facts"]["heights"],
    "page": [one.value for one in page.title], "faults": [str(one.value) for one in page.exception],
    "pages": list(find_pages()), "reference": reference(),
    "back": read_upload(b"a,b\\n1,2\\n", file="x.ids").kind,
    "answers": {path: [one.status_code, one.text] for path, one in seen.items()},
}, ensure_ascii=False))
register_now().engine.dispose()
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What the app says of itself when each kind has one new file."""
    house = tmp_path_factory.mktemp("house")
    for floor in FLOORS:
        ignore = shutil.ignore_patterns("node_modules", "__pycache__", "*.png")
        shutil.copytree(ROOT / floor, house / floor, ignore=ignore)
    for name, text in NEW.items():
        (house / name).write_text(text.lstrip(), encoding="utf-8")
    walkers = house / "geo/walk/walkers.py"
    head, mark, tail = walkers.read_text("utf-8").partition("    for walker in (\n")
    walkers.write_text(head + mark + WALKER.lstrip("\n") + tail, encoding="utf-8")
    files = tmp_path_factory.mktemp("files")
    arguments = write_town(files)
    streets = files / "streets.lines"
    (files / "streets.osm").rename(streets)
    arguments[arguments.index("--streets") + 1] = str(streets)
    # A plain that rises to the east, 100 m a cell.
    heights = "\n".join(" ".join(str(column) for column in range(30)) for _ in range(30))
    (files / "plain.xyz").write_text(f"{LON - 0.01} {LAT + 0.02} 0.001 30\n{heights}\n")
    arguments += ["--heights", str(files / "plain.xyz")]
    code = [sys.executable, "-c", LOOK, json.dumps(arguments), str(files / "town")]
    plain = {"PYTHONPATH": str(house), "KAYOI_LANG": "ja", "KAYOI_SIGN_IN": "off"}
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    done = subprocess.run(
        code, cwd=house, env=kept | plain, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.partition("LOOK")[2])


@pytest.mark.parametrize("name", NEW)
def test_a_new_thing_is_one_file_of_a_few_lines(name):
    lines = [line for line in NEW[name].splitlines() if line.strip()]
    assert len(lines) < MOST_LINES


def test_a_new_record_type_is_taken_in_listed_printed_and_given_out(seen):
    assert seen["codes"] == [0, 0, 0]
    for path in ("/print/form/aed", "/print/list?type=aed"):
        status, text = seen["answers"][path]
        assert status == 200 and "AED" in text
    assert "役場" in seen["answers"]["/print/list?type=aed"][1]
    assert "設置位置" in seen["reference"]


def test_a_new_measure_is_a_column_of_the_table_and_a_row_of_the_reference(seen):
    assert seen["table"].splitlines()[0].endswith(",sites_half")
    assert "| sites_half | 半分の数 | half the number |" in seen["reference"]


def test_a_new_walker_is_taken_by_the_command_and_told(seen):
    assert "| stroller | ベビーカー | pushchair | 0.90 |" in seen["reference"]


def test_a_new_sheet_has_its_address(seen):
    status, text = seen["answers"]["/print/greeting/12"]
    assert status == 200 and "12人" in text and "試験町" in text
    assert "`/print/greeting/{count:int}`" in seen["reference"]


def test_a_new_page_opens_and_stands_in_the_navigation(seen):
    assert seen["page"] == ["だれに渡すか"] and seen["faults"] == []
    assert seen["pages"][-1] == "greeting" and "`/greeting`" in seen["reference"]


def test_new_formats_of_streets_and_heights_build_a_town(seen):
    assert seen["facts"]["share_known"] == 1.0
    assert [one["file"].endswith("plain.xyz") for one in seen["facts"]["files"]] == [True]
    assert (
        "| xyz | 数の並び |" in seen["reference"]
        and "| lines | 別の名前の道 |" in seen["reference"]
    )
    assert ".xyz" in seen["reference"].partition("| heights |")[2].splitlines()[0]


def test_a_new_file_format_is_written_and_read(seen):
    assert len(seen["ids"].split()) == 1 and seen["back"] == "csv"
    assert "| ids | idだけ | ids only | .ids | .ids |" in seen["reference"]


def test_a_new_route_answers(seen):
    assert seen["answers"]["/greeting.txt"] == [200, "hello"]
    assert "| `/greeting.txt` | GET | signed in |" in seen["reference"]
