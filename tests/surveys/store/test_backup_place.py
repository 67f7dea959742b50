"""Where backups go: chosen, never in the town's own folder, and told by when the last was made."""

from pathlib import Path

import pytest

from geo.base.problems import InputError
from surveys.store.backup_place import find_last, keep_place, read_place, save_there
from surveys.store.register import open_register


@pytest.fixture
def register(tmp_path):
    found = open_register(tmp_path / "town")
    yield found
    found.engine.dispose()


def test_a_place_is_kept_and_chosen_anew(register, tmp_path):
    assert read_place(register) is None
    for name in ("usb", "共有 フォルダ"):
        (tmp_path / name).mkdir()
        keep_place(register, tmp_path / name, tmp_path / "town")
        assert read_place(register) == (tmp_path / name).resolve()


@pytest.mark.parametrize("place", ["gone", "town", "town/register"])
def test_no_folder_and_the_towns_own_are_refused(register, tmp_path, place):
    with pytest.raises(InputError):
        keep_place(register, tmp_path / place, tmp_path / "town")
    with pytest.raises(InputError):
        keep_place(register, Path("usb"), tmp_path / "town")
    assert read_place(register) is None


def test_each_backup_is_a_file_of_its_own_and_the_last_is_told(register, tmp_path):
    place = tmp_path / "usb"
    place.mkdir()
    assert find_last(place) is None and find_last(tmp_path / "gone") is None
    made = [
        save_there(tmp_path / "town", place, day="20261121", now="2026-11-21T01:00:00Z")[0].name
        for _ in range(3)
    ]
    assert made == ["kayoi-20261121.zip", "kayoi-20261121-2.zip", "kayoi-20261121-3.zip"]
    assert find_last(place) is not None
    with pytest.raises(InputError, match="not there"):
        save_there(tmp_path / "town", tmp_path / "gone", day="20261121", now="2026-11-21T01:00:00Z")
