"""`layers.commands.sheets`: sheets in one file or one each, the same bytes, nothing a council may not see."""

import re
import shutil
import subprocess
import zipfile

import pytest
import shapely
from made_city import DISTRICTS, OVER
from pdf_pages import pages_of
from town_fixtures import write_geojson

from geo.cli import main
from geo.say.masked import MASKED, MASKED_LINE
from geo.sources.town_folder import load_town
from layers.pdf.areas import CONTENTS_FROM, ORDERS, places_in_order


@pytest.fixture(scope="module")
def filled(built_towns, tmp_path_factory):
    return shutil.copytree(built_towns.filled(), tmp_path_factory.mktemp("filled") / "town")


def sheets(town, out, *more, division="町丁目"):
    given = ["sheets", "--town", str(town), "--division", division, "--out", str(out), *more]
    return main(given)


def test_every_area_has_its_sheet_in_one_file_with_contents_and_twice_the_same_bytes(
    filled, tmp_path
):
    for name in ("one.pdf", "two.pdf"):
        assert sheets(filled, tmp_path / name) == 0
    one, two = ((tmp_path / name).read_bytes() for name in ("one.pdf", "two.pdf"))
    assert one == two
    pages, town = pages_of(one), load_town(filled)
    for area in town.division("町丁目")["area_name"]:
        assert f"{area}では、歩いて通えるか" in pages[0].replace(" ", "")
        assert sum(f"{area}では、歩いて通えるか" in page for page in pages[1:]) >= 1
    assert all("庁内用" in page and f"/ {len(pages)}" in page for page in pages)
    if shutil.which("qpdf"):
        done = subprocess.run(
            ["qpdf", "--check", str(tmp_path / "one.pdf")], capture_output=True, check=False
        )
        assert done.returncode == 0, done.stdout


def test_a_few_sheets_have_no_page_of_contents(filled, tmp_path):
    named = ("西町", "港町", "上野", "仲町")
    for few in (named[:3], named):
        out = tmp_path / "few.pdf"
        assert sheets(filled, out, *(part for one in few for part in ("--area", one))) == 0
        first = pages_of(out.read_bytes())[0].replace(" ", "")
        told = [one for one in few if f"{one}では、歩いて通えるか" in first]
        assert told == ([few[0]] if len(few) < CONTENTS_FROM else list(few))


def test_one_each_in_a_zip_by_name_in_order(filled, tmp_path, capsys):
    out = tmp_path / "each.zip"
    assert sheets(filled, out, "--area", "西町", "--area", "港町", "--size", "A3") == 0
    assert "2枚の地区シート" in capsys.readouterr().out
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
        assert [one[:4] for one in names] == ["001_", "002_"]
        assert all(one.endswith("_庁内用.pdf") for one in names)
        for name, area in zip(names, ("西町", "港町"), strict=True):
            assert f"{area}では" in "".join(pages_of(archive.read(name)))


def test_a_councils_file_holds_nothing_of_the_offices(filled, tmp_path):
    office, council = tmp_path / "office.pdf", tmp_path / "council.pdf"
    assert sheets(filled, office) == 0
    assert sheets(filled, council, "--for", "council") == 0
    mine, theirs = ("\n".join(pages_of(one.read_bytes())) for one in (council, office))
    assert "庁内用" not in mine and "協議体の資料" in mine
    assert MASKED.ja in mine and MASKED_LINE.ja[:12] in mine.replace("\n", "")
    # The titles of concerns, and counts from which few follow, are the office's.
    titles = re.findall(r"坂の上から|駅前から市役所", theirs)
    assert titles and not any(one in mine for one in titles)
    assert "なぜ届かないか" in theirs and "なぜ届かないか" not in mine


def test_two_areas_of_a_council_hide_what_the_run_hides_and_say_what_is_being_decided(
    filled, tmp_path, capsys
):
    out = tmp_path / "two.pdf"
    areas = ["--area", "西町", "--area", "港町"]
    assert sheets(filled, out, "--for", "council", *areas) == 0
    said = capsys.readouterr().err
    assert "伏せるかを決めています" in said and "0/2" in said
    text = "\n".join(pages_of(out.read_bytes()))
    assert MASKED.ja in text
    counts = re.findall(r"(?<![0-9.,])([0-9][0-9,]*)人", text.replace(MASKED_LINE.ja, ""))
    counts = [int(one.replace(",", "")) for one in counts]
    assert any(counts) and not [one for one in counts if 0 < one < 10]


def test_a_drawn_shape_has_one_sheet(filled, tmp_path, capsys):
    town = load_town(filled)
    x_m, y_m = (float(town.cells[one].median()) for one in ("x_m", "y_m"))
    ring = town.plane.to_degrees(shapely.Point(x_m, y_m).buffer(400))
    write_geojson(tmp_path / "駅のまわり.geojson", [({}, ring)])
    for audience in ("office", "council"):
        out = tmp_path / f"{audience}.pdf"
        given = ["--shape", str(tmp_path / "駅のまわり.geojson"), "--for", audience]
        assert sheets(filled, out, *given) == 0
        assert "駅のまわりでは、歩いて通えるか" in "".join(pages_of(out.read_bytes()))
    capsys.readouterr()
    assert sheets(filled, tmp_path / "x.pdf", *given, "--area", "西町") != 0
    assert "--shape" in capsys.readouterr().err


def test_357_districts_stand_on_the_sheets_of_29_and_6_and_192_are_named(built_towns, tmp_path):
    town, out = built_towns.made_city(), tmp_path / "machi.pdf"
    given = ["--people", "55"]
    assert sheets(town, out, *given, division="全域") == 0
    text = "".join(pages_of(out.read_bytes())).replace("\n", "")
    assert f"{DISTRICTS}地区のうち{OVER}地区（53.8％）で、55歳以上が半分を超えています" in text
    assert all(f"第{n + 1:03}区" in text for n in range(OVER))
    assert f"第{OVER + 1:03}区" not in text.partition("53.8％")[2].partition("地区のうち")[0]
    assert sheets(town, tmp_path / "kan.pdf", *given, "--area", "kan01", division="公民館区") == 0
    rows = "".join(pages_of((tmp_path / "kan.pdf").read_bytes()))
    assert "第001区" in rows and "行政区ごとの内訳" in rows and "（一部）" in rows


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--area", "ない町"], "ない町"),
        (["--compare", "2999-01-01"], "2999"),
        (["--walker", "fox"], "fox"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_what_can(filled, tmp_path, capsys, more, said):
    assert sheets(filled, tmp_path / "x.pdf", *more) != 0
    assert said in capsys.readouterr().err and not (tmp_path / "x.pdf").exists()
    assert sheets(filled, tmp_path / "x.txt") != 0


def test_the_orders_are_by_people_out_of_reach_and_by_name(filled):
    from layers.areas.now import shared_of
    from layers.asked import read_asked
    from layers.day.told import Told

    town = load_town(filled)
    asked = read_asked({"division": "町丁目"})
    shared = shared_of(Told(town=town), filled, asked, audience="office", today="2026-11-21")
    ids = [str(one) for one in town.division("町丁目")["area_id"]]
    orders = {one: places_in_order(shared, ids, one) for one in ORDERS}
    outside = [shared.run.part(one).totals["outside"] for one in orders["outside"]]
    assert outside == sorted(outside, reverse=True) and len(set(outside)) > 1
    assert [one.name for one in orders["name"]] == sorted(one.name for one in orders["name"])
    assert [one.area_id for one in orders["file"]] == ids
