"""Files and folders of their owner alone, whatever the umask, from the first moment."""

import os
import stat

import pytest

from geo.base.private import close, close_all, make_own_folder, open_own

pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights of Unix")


@pytest.fixture(autouse=True)
def _open_umask():
    old = os.umask(0)
    yield
    os.umask(old)


def mode(path):
    return stat.S_IMODE(path.lstat().st_mode)


def test_a_file_is_its_owners_alone_while_it_is_written(tmp_path):
    with open_own(tmp_path / "a") as file:
        assert mode(tmp_path / "a") == 0o600
        file.write(b"x")
    with pytest.raises(FileExistsError):
        open_own(tmp_path / "a", new=True)
    with open_own(tmp_path / "a"):
        pass
    assert (tmp_path / "a").read_bytes() == b""


def test_a_link_that_lies_in_the_way_is_not_written_through(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "target")
    for new in (True, False):
        with pytest.raises(OSError, match="a"):
            open_own(tmp_path / "a", new=new)
    assert not (tmp_path / "target").exists()


def test_a_folder_is_made_closed_and_one_that_is_there_is_closed(tmp_path):
    make_own_folder(tmp_path / "deep" / "a")
    assert mode(tmp_path / "deep" / "a") == 0o700 and mode(tmp_path / "deep") == 0o777
    (tmp_path / "b").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "b")
    make_own_folder(tmp_path / "link")
    assert mode(tmp_path / "b") == 0o700


def test_a_folder_is_closed_to_its_last_file_and_no_link_is_followed(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c").write_bytes(b"x")
    (tmp_path / "other").write_bytes(b"x")
    (tmp_path / "a" / "link").symlink_to(tmp_path / "other")
    close_all(tmp_path / "a")
    assert [mode(tmp_path / one) for one in ("a", "a/b", "a/b/c")] == [0o700, 0o700, 0o600]
    assert mode(tmp_path / "other") == 0o666


def test_what_is_not_there_is_no_fault_and_is_not_made(tmp_path):
    close(tmp_path / "none")
    close_all(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []
