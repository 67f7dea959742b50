"""Where a private home stands is in no file, unless the office asks for it.

Through `layers.commands.records`, `surveys.record.home` and `surveys.imports.blurred`.
"""

import codecs
import csv
import io
import json
import math
import re
import struct
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pyogrio
import pytest
import shapely
from import_fixtures import site_named
from register_strategies import READ_BACK
from sheet_fixtures import put
from town_fixtures import at

from geo.base.square import OFFICE_MARK, TOLD_WORDS, centre_of_square, is_centre, square_of
from geo.cli import main
from geo.people.mesh import mesh_bounds, mesh_code
from geo.sources.town_folder import load_town
from surveys.formats.format import FORMATS
from surveys.imports.bring_in import bring_in
from surveys.store.register import open_register

NAME = "上野えんがわ"
NEAR_M = 60.0
SALONS = ("salon", "all")


@pytest.fixture(scope="module")
def filled(filled_town):
    """The demo, its home put far enough from its square's middle to be searched for."""
    register = open_register(filled_town)
    site = site_named(register, NAME)
    lon, lat = centre_of_square(site.place.x, site.place.y)
    away = shapely.Point(round(lon + 0.0008, 7), round(lat - 0.0006, 7))
    put(register, "salon", site.id, None, place=away, kind="correct")
    register.engine.dispose()
    return filled_town


@pytest.fixture(scope="module")
def door(filled):
    register = open_register(filled)
    site = site_named(register, NAME)
    register.engine.dispose()
    return site.id, site.place.x, site.place.y


def far_m(one, other):
    east = (one[0] - other[0]) * math.cos(math.radians(other[1]))
    return 111_000 * math.hypot(east, one[1] - other[1])


def contents(data):
    """A file's bytes, and those of its members when it is a zip."""
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from contents(archive.read(name))


def points_of(data):
    """Every point a file tells: of GeoJSON, of tables with two columns for it, of GeoPackages."""
    for part in contents(data):
        if part[:6] == b"SQLite":
            yield from layer_points(part)
        elif part.lstrip()[:1] == b"{":
            shapes = [one["geometry"] for one in json.loads(part)["features"]]
            yield from (one["coordinates"] for one in shapes if one and one["type"] == "Point")
        elif part[:3] == codecs.BOM_UTF8:
            yield from pairs(list(csv.reader(io.StringIO(part.decode("utf-8-sig")))))
    if b"xl/workbook.xml" in data:
        for sheet in openpyxl.load_workbook(io.BytesIO(data)):
            yield from pairs([list(row) for row in sheet.iter_rows(values_only=True)])


def layer_points(data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.gpkg"
        path.write_bytes(data)
        for layer, kind in pyogrio.list_layers(path):
            if kind is not None:
                shapes = pyogrio.read_dataframe(path, layer=layer).geometry
                yield from ((one.x, one.y) for one in shapes if one and one.geom_type == "Point")


def pairs(rows):
    head = [str(one).strip() for one in rows[0]] if rows else []
    if "経度" in head and "緯度" in head:
        x, y = head.index("経度"), head.index("緯度")
        yield from ((float(row[x]), float(row[y])) for row in rows[1:] if row[x] and row[y])


def tells(data, door, *, others=False):
    """Whether a file tells where a home is, by its digits or by a point near it.

    Fewer digits than all count where both numbers stand side by side: a border may have one.
    With `others` the file holds points of other things, which may stand near.
    """
    _, lon, lat = door
    whole = [repr(lon).encode(), repr(lat).encode()]
    whole += [struct.pack(order + "d", one) for order in "<>" for one in (lon, lat)]
    pairs_ = [
        re.escape(f"{one:.{n}f}").encode() + rb".{1,40}?" + re.escape(f"{two:.{n}f}").encode()
        for n in (5, 6, 7)
        for one, two in ((lon, lat), (lat, lon))
    ]
    for part in contents(data):
        if any(mark in part for mark in whole) or any(re.search(one, part) for one in pairs_):
            return True
    return not others and any(far_m(one, (lon, lat)) <= NEAR_M for one in points_of(data))


def run(*args):
    assert main([str(one) for one in args]) == 0


def export(filled, out, *more, form="geojson", type_id="salon"):
    run(
        "records",
        "export",
        "--town",
        filled,
        "--type",
        type_id,
        "--format",
        form,
        "--out",
        out,
        *more,
    )
    files = sorted(out.rglob("*.*")) if out.is_dir() else [out]
    return b"".join(one.read_bytes() for one in files) if len(files) > 1 else files[0].read_bytes()


def test_a_square_is_one_of_the_meshes_of_japan(door):
    for lon, lat in ((door[1], door[2]), (139.767125, 35.681236), (138.325, 34.8675)):
        assert square_of(lon, lat) == pytest.approx(mesh_bounds(mesh_code(lon, lat, 10)))
        middle = centre_of_square(lon, lat)
        assert centre_of_square(*middle) == middle and is_centre(middle, (lon, lat))


def test_the_sample_stands_far_enough_from_the_middle_to_be_searched_for(door):
    assert far_m(centre_of_square(*door[1:]), door[1:]) > NEAR_M


@pytest.mark.parametrize("type_id", SALONS)
@pytest.mark.parametrize("form", FORMATS)
def test_no_export_of_the_register_tells_where_a_home_is(filled, door, tmp_path, form, type_id):
    one_file = type_id == "salon" or FORMATS[form].dump_many
    ending = FORMATS[form].suffix if one_file else ".zip"
    blurred = export(filled, tmp_path / f"a{ending}", form=form, type_id=type_id)
    assert not tells(blurred, door)
    name = tmp_path / f"a_{OFFICE_MARK}{ending}"
    exact = export(filled, name, "--exact", form=form, type_id=type_id)
    # What is written only may tell no place at all.
    assert tells(exact, door) or FORMATS[form].reading is None
    marked = any(OFFICE_MARK.encode() in part for part in contents(exact))
    assert marked or not tells(exact, door), "a file with exact homes says so in itself"
    assert not any(OFFICE_MARK.encode() in part for part in contents(blurred)) or form in (
        "xlsx",  # the list to choose from holds both words
        "gpkg",
    )


def test_the_planners_file_tells_no_home_in_any_byte_unless_the_office_asks(
    filled, door, tmp_path, capsys
):
    out, exact = tmp_path / "p.gpkg", tmp_path / f"p_{OFFICE_MARK}.gpkg"
    run("export", "--town", filled, "--out", out, "--rest", "150")
    assert "個人の家 1か所は、町丁と250m四方" in capsys.readouterr().out
    run("export", "--town", filled, "--out", exact, "--exact")
    assert not tells(out.read_bytes(), door, others=True)
    assert tells(exact.read_bytes(), door, others=True)
    for path, named, told in ((out, "通いの場", "square"), (exact, "通いの場_庁内用", "exact")):
        salons = pyogrio.read_dataframe(path, layer=named).set_index("site_id")
        at = salons.loc[door[0]]
        assert at["place_told_by"] == TOLD_WORDS[told].ja
        assert (far_m(at.geometry.coords[0], door[1:]) < 1) == (told == "exact")
        near = [
            layer
            for layer, kind in pyogrio.list_layers(path)
            if kind == "Point"
            and any(
                far_m((one.x, one.y), door[1:]) < NEAR_M / 3
                for one in pyogrio.read_dataframe(path, layer=layer).geometry
                if one
            )
        ]
        assert set(near) == (
            {"台帳_通いの場_庁内用", "通いの場_庁内用"} if told == "exact" else set()
        )
        for layer in ("届く範囲", "届く道"):
            name = f"{layer}_{OFFICE_MARK}" if told == "exact" else layer
            reach = pyogrio.read_dataframe(path, layer=name).set_index("site_id")
            assert (reach.geometry[door[0]] is None) == (told == "square")
            assert reach.geometry.notna().sum() == len(reach) - (told == "square")


def test_an_exact_file_must_say_so_in_its_name(filled, tmp_path, capsys):
    out = tmp_path / "a.csv"
    args = ["--town", str(filled), "--exact", "--out", str(out)]
    assert main(["records", "export", "--type", "salon", "--format", "csv", *args]) == 2
    assert "a_庁内用.csv" in capsys.readouterr().err
    planners = ["--town", str(filled), "--exact", "--out", str(tmp_path / "a.gpkg")]
    assert main(["export", *planners]) == 2 and "a_庁内用.gpkg" in capsys.readouterr().err
    shapes = ["--town", str(filled), "--exact", "--out", str(tmp_path / "a.geojson")]
    assert main(["reach", *shapes]) == 2 and "a_庁内用.geojson" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_reach_leaves_the_shape_of_a_home_out(filled, door, tmp_path, capsys):
    out, exact = tmp_path / "r.geojson", tmp_path / f"r_{OFFICE_MARK}.geojson"
    run("reach", "--town", filled, "--out", out)
    assert "個人の家 1か所は、形を入れていません" in capsys.readouterr().out
    run("reach", "--town", filled, "--out", exact, "--exact")
    found, whole = (json.loads(one.read_text("utf-8")) for one in (out, exact))
    mine = [one for one in found["features"] if one["properties"]["site_id"] == door[0]]
    assert len(mine) == 2 and all(one["geometry"] is None for one in mine)
    assert all(one["properties"]["street_metres"] is None for one in mine)
    assert mine[0]["properties"]["place_told_by"] == "area and 250 m square"
    assert found["kayoi"]["left_out"]["private_homes"] == 1
    theirs = [one for one in whole["features"] if one["properties"]["site_id"] == door[0]]
    assert all(one["geometry"] for one in theirs) and whole["kayoi"]["audience"] == OFFICE_MARK
    assert not tells(out.read_bytes(), door)


def test_files_of_answers_tell_no_metres_to_a_home_and_the_same_people(filled, door, tmp_path):
    ask = ("--town", filled, "--division", "町丁目", "--rest", "150", "--benches", "5")
    division = load_town(filled).divisions[0]
    ask = (*ask[:3], division, *ask[4:])
    files = {}
    for mark in ("", f"_{OFFICE_MARK}"):
        named = {key: tmp_path / f"{key}{mark}.geojson" for key in ("out", "cells", "benches-out")}
        more = ("--exact",) if mark else ()
        run(
            "coverage", *ask, *(x for key, path in named.items() for x in (f"--{key}", path)), *more
        )
        files[mark] = {key: json.loads(path.read_text("utf-8")) for key, path in named.items()}
        if not mark:
            assert not any(tells(path.read_bytes(), door, others=True) for path in named.values())
    blurred, exact = files[""], files[f"_{OFFICE_MARK}"]
    assert blurred["out"]["features"] == exact["out"]["features"]
    mine = [one["properties"] for one in blurred["cells"]["features"]]
    true = [one["properties"] for one in exact["cells"]["features"]]
    hidden = [one for one in mine if one["site_id"] == door[0]]
    assert hidden and all(one["metres"] is None and one["minutes"] is None for one in hidden)
    assert all(one["metres"] is not None for one in true if one["site_id"] == door[0])
    assert [one["people"] for one in mine] == [one["people"] for one in true]
    assert blurred["cells"]["kayoi"]["audience"] == OFFICE_MARK


def test_a_plan_that_moves_a_home_tells_its_square(filled, door, tmp_path):
    out, division = tmp_path / "s.geojson", load_town(filled).divisions[0]
    move = f"{door[0]}={door[1]},{door[2]}"
    file = tmp_path / "plan.geojson"
    run(
        "scenario", "--town", filled, "--division", division, "--move", move, "--out", out,
        "--save-plan", file,
    )  # fmt: skip
    assert not tells(out.read_bytes(), door) and not tells(file.read_bytes(), door)
    (told,) = json.loads(out.read_text("utf-8"))["kayoi"]["plan"]
    assert told["site"] == door[0] and is_centre(tuple(told["at"]), door[1:])
    (own,) = json.loads(file.read_text("utf-8"))["features"]
    assert is_centre(tuple(own["geometry"]["coordinates"]), door[1:])


@pytest.mark.parametrize(
    ("form", "stripped"),
    # A workbook's cell is taken off as a CSV's is.
    [*((form, False) for form in READ_BACK), ("csv", True), ("geojson", True)],
)
def test_no_import_moves_a_home_to_the_middle_of_its_square(filled, door, tmp_path, form, stripped):
    out = tmp_path / f"salon{FORMATS[form].suffix}"
    data = export(filled, out, form=form)
    for words in ("町丁と250m四方",) if stripped else ():
        assert words.encode() in data
        data = data.replace(f'"{words}"'.encode(), b"null") if form == "geojson" else data
        data = data.replace(words.encode(), b"") if form == "csv" else data
    register = open_register(filled)
    try:
        before = register.site(door[0])
        plan, _ = bring_in(
            register, "salon", data, file=out.name, by="係", on="", now="2026-11-25T00:00:00.000Z",
            new_id=iter(map(str, range(10_000))).__next__,
        )  # fmt: skip
        row = next(one for one in plan.rows if one.site_id == door[0])
        assert row.changes == () and row.action == "same"
        assert any("ぼかした" in one.ja for one in plan.said)
        assert before.place.equals(shapely.Point(door[1:]))
    finally:
        register.engine.dispose()


def test_a_list_of_salons_given_instead_takes_no_place_from_a_blurred_row(
    small_town, tmp_path, capsys
):
    folder = small_town
    lon, lat = at(1, 1)
    sites = tmp_path / "s.csv"
    sites.write_text(
        f"名称,経度,緯度,位置の示し方\nえんがわ,{lon},{lat},町丁と250m四方\n集会所,{lon},{lat},\n",
        encoding="utf-8",
    )
    run("reach", "--town", folder, "--sites", sites, "--out", tmp_path / "r.geojson")
    said = capsys.readouterr()
    assert "1か所の届く範囲" in said.out and "ぼかした行" in said.err
