"""Files written whole or not at all, copied without losing what was there."""

import hashlib

import pytest

from geo.base.files import copy_source, hash_file, save_text
from geo.base.problems import InputError


def test_a_file_is_written_whole_and_nothing_lies_beside_it(tmp_path):
    file = tmp_path / "答え.txt"
    file.write_text("old", encoding="utf-8")
    save_text(file, "新しい")
    assert file.read_text(encoding="utf-8") == "新しい"
    assert [one.name for one in tmp_path.iterdir()] == ["答え.txt"]


def test_a_write_that_fails_leaves_the_old_file_and_no_part(tmp_path, monkeypatch):
    file = tmp_path / "a.txt"
    save_text(file, "old")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geo.base.files.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        save_text(file, "new")
    assert file.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_is_no_file_to_write(tmp_path):
    with pytest.raises(InputError, match="give a file's name"):
        save_text(tmp_path, "text")


def test_the_mark_of_a_file_is_its_sha256(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")
    assert hash_file(tmp_path / "a") == hashlib.sha256(b"abc").hexdigest()


def test_a_shapefile_is_copied_with_all_that_belongs_to_it(tmp_path):
    source = tmp_path / "from"
    source.mkdir()
    for name in ("area.shp", "area.shx", "area.dbf", "area.prj", "other.dbf", "attributes.csv"):
        (source / name).write_text(name, encoding="utf-8")
    copy_source(source / "area.shp", tmp_path / "to")
    copied = {one.name for one in (tmp_path / "to").iterdir()}
    assert copied == {"area.shp", "area.shx", "area.dbf", "area.prj", "attributes.csv"}


def test_another_file_of_the_same_name_is_never_overwritten(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "人口.csv").write_text(folder, encoding="utf-8")
    to = tmp_path / "to"
    first = copy_source(tmp_path / "a" / "人口.csv", to)
    again = copy_source(tmp_path / "a" / "人口.csv", to)
    other = copy_source(tmp_path / "b" / "人口.csv", to)
    assert first == again == to / "人口.csv" and other == to / "2" / "人口.csv"
    assert first.read_text(encoding="utf-8") == "a" and other.read_text(encoding="utf-8") == "b"


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"there is no file .*none\.csv"):
        copy_source(tmp_path / "none.csv", tmp_path / "to")
