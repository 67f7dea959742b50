"""No output takes the place of an input, whatever it is called."""

import shutil

import pytest

from geo.base.outputs import GEOJSON, TABLE, check_output, check_place
from geo.base.problems import InputError


@pytest.fixture
def town(tmp_path):
    folder = tmp_path / "town"
    for name in ("sources/people.csv", "data/cells.parquet", "town.toml", "register/register.db"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"what stands in {name}")
    return folder


KINDS = [
    ("a.geojson", GEOJSON, True), ("a.JSON", GEOJSON, True), ("a.csv", TABLE, True),
    ("people.csv", GEOJSON, False), ("a.geojson", TABLE, False), ("a", GEOJSON, False),
    ("a.xlsx", TABLE, False), ("a.geojson.csv", GEOJSON, False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "endings", "fits"), KINDS)
def test_a_name_says_what_will_be_written(tmp_path, name, endings, fits):
    path = tmp_path / name
    if fits:
        check_output(path, endings, town=None)
        return
    with pytest.raises(InputError) as caught:
        check_output(path, endings, town=None)
    assert endings[0] in caught.value.words.ja and name in caught.value.words.en


OWN = ["sources/people.csv", "sources/new.csv", "data/a.csv", "register/a.csv", "cache/a.csv"]


@pytest.mark.parametrize("name", OWN)
def test_nothing_is_written_among_a_towns_own_files(town, name):
    with pytest.raises(InputError, match="not written over"):
        check_output(town / name, TABLE, town=town)


def test_a_way_round_to_a_towns_own_file_is_seen(town, tmp_path):
    (tmp_path / "link.csv").symlink_to(town / "sources" / "people.csv")
    for path in (tmp_path / "link.csv", town / "x" / ".." / "sources" / "people.csv"):
        with pytest.raises(InputError):
            check_output(path, TABLE, town=town)


def test_the_table_a_town_was_built_from_is_not_written_over_where_it_lay(town, tmp_path):
    kept = tmp_path / "人口.csv"
    shutil.copyfile(town / "sources" / "people.csv", kept)
    with pytest.raises(InputError, match="a source"):
        check_output(kept, TABLE, town=town)
    kept.write_text("a table of an earlier question")
    check_output(kept, TABLE, town=town)


def test_a_file_the_command_reads_is_not_written_over(tmp_path):
    sites = tmp_path / "sites.csv"
    sites.write_text("名称")
    with pytest.raises(InputError):
        check_output(sites, TABLE, town=None, inputs=[sites])
    check_output(tmp_path / "other.csv", TABLE, town=None, inputs=[sites])


def test_beside_its_own_files_a_towns_folder_takes_outputs(town):
    check_output(town / "a.csv", TABLE, town=town)
    check_place(town / "out", town)
    check_output(None, TABLE, town=town)
