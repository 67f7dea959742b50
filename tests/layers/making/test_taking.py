"""Files as they are dropped: kept before they are said to be there, unpacked, put together."""

import io
import zipfile
from dataclasses import replace

import geopandas as gpd
import pytest
from given_files import NOW, drop, small_files

from geo.base.problems import InputError
from layers.making import taking
from layers.making.draft import changing, drop_draft, making_of, read_draft
from layers.making.taking import drop_file


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return small_files(tmp_path_factory.mktemp("files"))


def _zip(members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_what_was_given_is_on_the_disk_and_read_again_the_same(tmp_path, files):
    (found,) = drop(tmp_path, files["cho.geojson"])
    kept = making_of(tmp_path) / found.path
    assert kept.read_bytes() == files["cho.geojson"].read_bytes()
    draft = read_draft(tmp_path)
    assert draft.files == (found,) and draft.begun_at == NOW and draft.number == 1
    assert [one.id for one in found.seen.uses][:1] == ["division"] and found.area_km2 > 0.5
    assert found.called().ja == "cho.geojson"


def test_two_files_of_one_name_are_both_kept(tmp_path, files):
    drop(tmp_path, files["cho.geojson"], files["school.geojson"], names=["a.geojson", "a.geojson"])
    found = read_draft(tmp_path).files
    assert [one.name for one in found] == ["a.geojson", "a.geojson"]
    assert len({one.path for one in found}) == 2


def test_a_zip_of_several_files_is_unpacked_with_its_folders(tmp_path, files):
    packed = _zip(
        {"街/境.geojson": files["border.geojson"].read_bytes(), "__MACOSX/x": b"x",
         "人口/people.csv": files["people.csv"].read_bytes()}
    )  # fmt: skip
    found = drop(tmp_path, packed, names=["全部.zip"])
    assert sorted(one.called().ja for one in found) == [
        "全部.zip の中の people.csv",
        "全部.zip の中の 境.geojson",
    ]
    assert read_draft(tmp_path).files == found
    assert not list(making_of(tmp_path).rglob("*.zip"))


def test_a_zip_that_reaches_out_of_its_folder_stays_in_it(tmp_path):
    packed = _zip({"../../../evil.csv": b"name,lat,lon\na,35.0,138.6\n"})
    (found,) = drop(tmp_path, packed, names=["../../up.zip"])
    path = (making_of(tmp_path) / found.path).resolve()
    assert path.is_relative_to(making_of(tmp_path).resolve()) and path.is_file()
    assert not list(tmp_path.parent.glob("evil*"))


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 broken", b"\x00" * 5000, "名前\n".encode("cp932") * 3]
)
@pytest.mark.parametrize("name", ["a.zip", "a.geojson", "a.xlsx", "a.pbf", "a.shp", "a"])
def test_a_broken_file_is_kept_and_called_so_and_the_others_go_on(tmp_path, files, data, name):
    found = drop(tmp_path, data, files["border.geojson"], names=[name, "border.geojson"])
    uses = {one.name: [use.id for use in one.seen.uses] for one in found}
    assert uses["border.geojson"] and not uses[name]


def test_names_are_tamed(tmp_path):
    odd = "a" * 300 + '<img src=x>".csv'
    (found,) = drop(tmp_path, b"x", names=[f"C:\\dir\\..\\{odd}"])
    assert len(found.name) <= 80 and found.name.endswith(".csv") and "<" not in found.name


def test_parts_of_a_shapefile_come_together_in_any_order(tmp_path, files):
    whole = tmp_path / "whole"
    whole.mkdir()
    gpd.read_file(files["cho.geojson"]).to_file(whole / "cho.shp", encoding="utf-8")
    town = tmp_path / "town"
    order = (".dbf", ".shp")
    parts = sorted(whole.iterdir(), key=lambda one: (one.suffix not in order, one.suffix))
    for part in parts:
        (given,) = drop(town, part)
        if part.suffix == ".shp":
            with changing(town, NOW) as held:
                held[0] = held[0].with_file(replace(given, facts={"date": "2026-10-01"}))
    found = read_draft(town).files
    (shape,) = [one for one in found if one.name == "cho.shp"]
    assert [one.id for one in shape.seen.uses][:1] == ["division"]
    assert shape.facts == {"date": "2026-10-01"}, "what was said of it was forgotten"
    assert {one.name for one in found if not one.seen.beside} == {"cho.shp"}


def test_one_that_is_taken_out_is_gone(tmp_path, files):
    found = drop(tmp_path, files["people.csv"], files["cho.geojson"])
    drop_file(tmp_path, found[0].id, NOW)
    draft = read_draft(tmp_path)
    assert [one.name for one in draft.files] == [found[1].name]
    assert not (making_of(tmp_path) / found[0].path).exists()
    drop_file(tmp_path, "nobody", NOW)
    assert read_draft(tmp_path) == draft
    drop_draft(tmp_path)
    assert not making_of(tmp_path).exists() and not read_draft(tmp_path).files


def test_too_much_is_refused_whole(tmp_path, files, monkeypatch):
    drop(tmp_path, files["people.csv"])
    monkeypatch.setattr(taking, "_MOST_FILES", 2)
    with pytest.raises(InputError, match="3 files"):
        drop(tmp_path, files["cho.geojson"], files["school.geojson"])
    assert [one.name for one in read_draft(tmp_path).files] == ["people.csv"]
    assert len([one for one in making_of(tmp_path).rglob("*") if one.suffix == ".geojson"]) == 0


def test_a_full_disk_keeps_nothing_of_a_drop_and_says_so(tmp_path, files, monkeypatch):
    drop(tmp_path, files["people.csv"])

    def full(path, _):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(taking, "save_bytes", full)
    with pytest.raises(InputError, match="disk is full"):
        drop(tmp_path, files["cho.geojson"])
    assert [one.name for one in read_draft(tmp_path).files] == ["people.csv"]


def test_a_draft_of_another_version_is_begun_anew(tmp_path, files):
    drop(tmp_path, files["people.csv"])
    path = making_of(tmp_path) / "draft.json"
    for text in ('{"format": 99}', "no json", "[]", '{"format": 1}'):
        path.write_text(text, encoding="utf-8")
        assert not read_draft(tmp_path).files
