"""The folder a town is kept in: remembered, and never one that holds other things."""

import pytest

from geo.base.problems import InputError
from geo.sources.own_folder import HOME, check_home, default_folder, holds_town, keep_folder


def test_the_usual_folder_unless_another_was_chosen_and_is_there(tmp_path):
    assert default_folder(tmp_path) == tmp_path / HOME
    other = tmp_path / "共有 フォルダ"
    keep_folder(other, tmp_path)
    assert default_folder(tmp_path) == tmp_path / HOME, "not there: a stick that is not plugged in"
    other.mkdir()
    assert default_folder(tmp_path) == other
    (tmp_path / HOME / "folder.txt").write_bytes(b"\xff\xfe\x00")
    assert default_folder(tmp_path) == tmp_path / HOME


def test_a_folder_with_other_things_is_refused_and_ours_is_not(tmp_path):
    assert check_home(tmp_path / "new") == (tmp_path / "new").resolve()
    (tmp_path / "making").mkdir()
    assert check_home(tmp_path) == tmp_path.resolve()
    (tmp_path / "写真.jpg").touch()
    with pytest.raises(InputError, match="写真"):
        check_home(tmp_path)
    with pytest.raises(InputError, match="no folder"):
        check_home(tmp_path / "写真.jpg")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "town.json").touch()
    assert check_home(tmp_path) == tmp_path.resolve() and holds_town(tmp_path)
