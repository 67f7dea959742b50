"""A process that is told to stop takes back what it began."""

import os
import signal
import threading

import pytest

from geo.base.files import save_bytes, whole_or_nothing
from geo.base.stopping import stop_in_order


def begin(folder, number):
    """Begin a town as a build does, and be told to stop."""
    with stop_in_order(), whole_or_nothing(folder):
        (folder / "sources").mkdir(parents=True)
        (folder / ".town.toml.new").write_text("draft")
        os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_what_was_begun_is_gone_when_a_build_is_stopped(tmp_path, number):
    folder = tmp_path / "town"
    before = signal.getsignal(number)
    with pytest.raises(SystemExit) as caught:
        begin(folder, number)
    assert caught.value.code == 128 + number
    assert not folder.exists()
    assert signal.getsignal(number) is before


def test_files_that_were_there_before_stay(tmp_path):
    (tmp_path / "town.toml").write_text("old")
    with pytest.raises(SystemExit):
        begin(tmp_path, signal.SIGTERM)
    assert [one.name for one in tmp_path.iterdir()] == ["town.toml"]


def test_a_file_half_written_when_stopped_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("old")
    monkeypatch.setattr(os, "fsync", lambda _: os.kill(os.getpid(), signal.SIGTERM))
    with pytest.raises(SystemExit), stop_in_order():
        save_bytes(path, b"new")
    assert path.read_text() == "old" and [one.name for one in tmp_path.iterdir()] == ["a.csv"]


def test_in_another_thread_nothing_is_changed():
    met = []

    def work():
        with stop_in_order():
            met.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert met == [signal.getsignal(signal.SIGTERM)]
