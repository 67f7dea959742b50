"""What stopped writes left is deleted at the next start: ours alone, and old alone."""

import os

import pytest
from register_fixtures import open_sqlite
from sync_device import photo

from geo.base.files import save_bytes
from surveys.photos import keep
from surveys.store.sweeping import OLD_S, sweep_parts

NOW = 2_000_000_000.0


def leave(path, age_s=OLD_S + 1):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half")
    os.utime(path, (NOW - age_s, NOW - age_s))
    return path


def test_what_a_stopped_photo_and_a_stopped_file_left_is_gone(tmp_path, monkeypatch):
    register = open_sqlite(tmp_path)
    left = []

    def stop(path, _target):
        left.append(path)
        os.utime(path, (NOW - 2 * OLD_S,) * 2)
        raise KeyboardInterrupt

    monkeypatch.setattr(type(tmp_path), "replace", stop)
    monkeypatch.setattr(type(tmp_path), "unlink", lambda *_, **__: None)
    for write in (
        lambda: register.photos.take(photo(1)),
        lambda: save_bytes(tmp_path / "town.json", b"x"),
    ):
        with pytest.raises(KeyboardInterrupt):
            write()
    monkeypatch.undo()
    assert len(left) == 2 and all(one.is_file() for one in left) and keep.PhotoShelf
    kept = register.photos.take(photo(2)).id
    assert sweep_parts(tmp_path, now=NOW) == 2
    assert not any(one.exists() for one in left)
    assert list(register.photos.ids()) == [kept]
    assert register.photos.load(kept, thumb=True)
    register.engine.dispose()


@pytest.mark.parametrize(
    "name",
    [f"arriving/{'0a' * 16}.part", f"waiting/ab/.{'ab' * 32}.bin.0123456789abcdef.part"],
)
def test_a_body_that_never_became_whole_is_gone_once_nobody_can_be_sending_it(tmp_path, name):
    path = leave(tmp_path / "register" / "photos" / name)
    assert sweep_parts(tmp_path, now=NOW - 2 * OLD_S) == 0
    assert sweep_parts(tmp_path, now=NOW) == 1 and not path.exists()


SHELF = "register/photos/ab"
NOT_OURS = (
    "notes.part", ".part", "..part", "data/list.part", "sources/.a.csv.part/x", "mine/.x.part",
    f"{SHELF}/{'ab' * 32}.jpg", f"{SHELF}/.x.jpg.0123456789abcdef.part", "register/register.db",
    f"{SHELF}/.{'ab' * 32}.jpg.part", f"{SHELF}/deep/.{'ab' * 32}.jpg.0123456789abcdef.part",
)  # fmt: skip


@pytest.mark.parametrize("name", NOT_OURS)
def test_what_is_not_ours_stays(tmp_path, name):
    path = leave(tmp_path / name)
    assert sweep_parts(tmp_path, now=NOW) == 0 and path.is_file()


@pytest.mark.parametrize("age_s", [0, OLD_S - 1, -10 * OLD_S])
def test_what_somebody_may_be_writing_stays(tmp_path, age_s):
    path = leave(tmp_path / SHELF / f".{'ab' * 32}.jpg.0123456789abcdef.part", age_s)
    assert sweep_parts(tmp_path, now=NOW) == 0 and path.is_file()


def test_a_link_under_our_name_stays_as_what_it_points_to_does(tmp_path):
    other = leave(tmp_path / "elsewhere" / "precious")
    link = tmp_path / ".town.json.part"
    link.symlink_to(other)
    (tmp_path / "register" / "photos").mkdir(parents=True)
    leave(tmp_path / "far" / f".{'ab' * 32}.jpg.0123456789abcdef.part")
    (tmp_path / "register" / "photos" / "ab").symlink_to(tmp_path / "far")
    assert sweep_parts(tmp_path, now=NOW) == 0
    assert link.is_symlink() and other.is_file() and len(list((tmp_path / "far").iterdir())) == 1


def test_a_folder_that_is_not_there_is_no_fault(tmp_path):
    assert sweep_parts(tmp_path / "none", now=NOW) == 0
