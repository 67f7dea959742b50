"""What a double click does, part by part: the folder, the words, the versions, the locks."""

import io
import json
import subprocess
import sys
from dataclasses import replace

import pytest
from starting import environment
from starting.carried import Carried, check_fits, check_whole, hash_file, make_stamp, read_carried
from starting.environment import MAKING, READY, find_ready, take_away_half_made, take_away_old
from starting.locks import Lock, is_held
from starting.pip_words import FAULTS, UNKNOWN, find_fault
from starting.places import NEEDED_MB, check_room, open_own, own_folder
from starting.state import State, is_older
from starting.telling import StoppedError, Teller, choose_lang
from where import ROOT

from geo.base.version import VERSION


def lay_set(folder, **note):
    """A set as `make carry` lays it, its wheels empty."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    (folder / "constraints.txt").write_text("a==1\n", encoding="utf-8")
    for name in (
        "kayoi_map-0.1.0-py3-none-any.whl",
        "a-1-py3-none-any.whl",
        "b-2-py3-none-any.whl",
    ):
        (wheels / name).write_bytes(name.encode())
    files = {one.name: hash_file(one) for one in wheels.iterdir()}
    told = {"edition": "2026-12-02 07:00", "whole": True, "system": "linux", "files": files, **note}
    (wheels / "carry.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


def test_a_set_and_a_source_folder_are_told_apart(tmp_path):
    carried = read_carried(lay_set(tmp_path / "持って行く 一式"))
    assert carried.wheel and carried.whole and carried.version == "0.1.0"
    source = read_carried(ROOT)
    assert source.wheel is None and not source.whole and source.version == VERSION


def test_a_folder_of_wheels_somebody_made_by_hand_needs_no_internet(tmp_path):
    (lay_set(tmp_path) / "wheels" / "carry.json").unlink()
    assert read_carried(tmp_path).whole


@pytest.mark.parametrize("lost", ["wheels/kayoi_map-0.1.0-py3-none-any.whl", "constraints.txt"])
def test_a_file_that_was_left_behind_is_named(tmp_path, lost):
    (lay_set(tmp_path) / lost).unlink()
    with pytest.raises(StoppedError, match="Extract All"):
        read_carried(tmp_path)


def test_a_part_cut_short_on_the_stick_is_named(tmp_path):
    carried = read_carried(lay_set(tmp_path))
    check_whole(carried)
    (tmp_path / "wheels" / "a-1-py3-none-any.whl").write_bytes(b"cut")
    with pytest.raises(StoppedError, match="a-1-py3"):
        check_whole(carried)


@pytest.mark.parametrize(
    ("system", "python", "machine", "said"),
    [
        ("linux", (3, 13), "x86_64", ""),
        ("win32", (3, 13), "AMD64", "is for Linux"),
        ("linux", (3, 15), "x86_64", "Install Python 3.13"),
        ("linux", (3, 13), "aarch64", "do not run"),
    ],
)
def test_a_set_for_another_machine_says_which_it_is_for(tmp_path, system, python, machine, said):
    carried = read_carried(lay_set(tmp_path, pythons=["3.11", "3.13"]))
    if not said:
        check_fits(carried, system=system, python=python, machine=machine)
        return
    with pytest.raises(StoppedError, match=said):
        check_fits(carried, system=system, python=python, machine=machine)


def test_the_stamp_changes_with_the_pins_the_app_and_the_python(tmp_path):
    carried = read_carried(lay_set(tmp_path))
    stamps = {make_stamp(carried), make_stamp(carried, (3, 99))}
    (tmp_path / "constraints.txt").write_text("a==2\n", encoding="utf-8")
    stamps.add(make_stamp(carried))
    carried.wheel.write_bytes(b"newer")
    stamps.add(make_stamp(carried))
    assert len(stamps) == 4
    moved = replace(carried, folder=tmp_path.rename(tmp_path.with_name("moved")))
    moved = replace(moved, wheel=moved.folder / "wheels" / carried.wheel.name)
    assert make_stamp(moved) in stamps, "moving the folder makes nothing anew"


# ---- environments --------------------------------------------------------------------------


def lay_environment(own, stamp, *, ready=True):
    folder = own / f"env-{stamp}"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to(sys.executable)
    (folder / MAKING).write_text("", encoding="utf-8")
    if ready:
        (folder / READY).write_text(json.dumps({"stamp": stamp}), encoding="utf-8")
    return folder


def test_only_a_whole_environment_that_runs_is_used(tmp_path):
    carried = read_carried(lay_set(tmp_path / "set"))
    own = tmp_path / "利用者 山田"
    folder = lay_environment(own, make_stamp(carried), ready=False)
    assert find_ready(own, carried) is None, "half-made"
    (folder / READY).write_text(json.dumps({"stamp": make_stamp(carried)}), encoding="utf-8")
    assert find_ready(own, carried) == folder / "bin" / "python"
    (folder / "bin" / "python").unlink()
    assert find_ready(own, carried) is None, "its Python is gone"


def test_what_is_taken_away_is_ours_alone(tmp_path):
    lay_environment(tmp_path, "half", ready=False)
    whole = [lay_environment(tmp_path, name) for name in ("one", "two", "three")]
    theirs = tmp_path / "env-of-somebody"
    theirs.mkdir()
    for age, folder in enumerate(whole):
        environment.os.utime(folder / READY, (age, age))
    take_away_half_made(tmp_path)
    assert not (tmp_path / "env-half").exists()
    take_away_old(tmp_path)
    assert [one.exists() for one in whole] == [False, True, True] and theirs.exists()


# ---- where it lies, and what is missing ----------------------------------------------------


def test_each_system_has_its_own_place():
    home = {"HOME": "/home/a", "LOCALAPPDATA": "/local"}
    assert own_folder("linux", home).as_posix() == "/home/a/.local/share/kayoi-map"
    assert own_folder("darwin", home).as_posix().endswith("Application Support/KayoiMap")
    assert own_folder("win32", home).as_posix() == "/local/KayoiMap"


def test_a_place_that_cannot_be_written_to_is_named(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoppedError, match="cannot be written to"):
        open_own(tmp_path / "file" / "below")


def test_a_full_disk_and_a_long_name_are_told_before_anything_is_made(tmp_path):
    with pytest.raises(StoppedError, match=r"1,500 MB are needed and 9 MB are free"):
        check_room(tmp_path, free_mb=9)
    check_room(tmp_path, free_mb=NEEDED_MB)
    with pytest.raises(StoppedError, match="too long"):
        check_room(tmp_path / ("長" * 90), free_mb=NEEDED_MB, system="win32")


@pytest.mark.parametrize(
    ("output", "offline", "en"),
    [
        ("OSError: [Errno 28] No space left on device", True, "disk is full"),
        ("[WinError 112] There is not enough space", True, "disk is full"),
        ("NewConnectionError: getaddrinfo failed", False, "No internet"),
        ("ERROR: No matching distribution found for scipy", True, "no parts for this machine"),
        ("SSLError(CERTIFICATE_VERIFY_FAILED) Max retries exceeded", False, "certificate"),
        ("ProxyError('Cannot connect to proxy.') Max retries", False, "proxy refused"),
        ("PermissionError: [WinError 32] used by another process", True, "antivirus"),
        ("[WinError 206] The filename or extension is too long", True, "name is too long"),
        ("something else", True, "could not be installed"),
    ],
)
def test_what_pip_says_is_said_in_words(output, offline, en):
    assert en in find_fault(output, offline=offline).en


def test_no_words_about_the_network_where_none_was_asked():
    assert find_fault("SSLError ProxyError NewConnectionError", offline=True) is UNKNOWN
    assert all(one.ja and one.en for one in FAULTS)


def test_the_language_is_japanese_unless_english_is_asked_for():
    assert choose_lang({}) == "ja" and choose_lang({"LANG": "C.UTF-8"}) == "ja"
    assert choose_lang({"LANG": "en_US.UTF-8"}) == "en"
    assert choose_lang({"KAYOI_LANG": "ja", "LANG": "en_US.UTF-8"}) == "ja"


def test_nobody_at_the_window_means_no_and_a_closed_one_stops_nothing():
    out = io.StringIO()
    teller = Teller(lang="ja", out=out)
    assert not teller.ask("はい？", "yes?")
    assert replace(teller, answers=lambda _: "はい").ask("", "")
    out.close()
    teller.tell("あ", "a")


# ---- what runs -----------------------------------------------------------------------------


def test_a_lock_ends_with_its_holder_and_passes_to_whom_it_was_handed(tmp_path):
    lock = Lock(tmp_path / "lock")
    assert not is_held(lock.file) and lock.take() and is_held(lock.file)
    child = subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[lock.number]
    )
    lock.let_go()
    assert is_held(lock.file), "the child holds it"
    child.communicate(b"\n")
    assert not is_held(lock.file)


def test_a_second_window_does_not_begin(tmp_path):
    state = State(tmp_path)
    locks = state.begin()
    assert locks and state.begin() is None and state.is_running()
    for lock in locks:
        lock.let_go()
    assert not state.is_running() and state.begin()


@pytest.mark.parametrize(
    ("one", "other", "older"),
    [
        (("0.1.0", "2026-12-01 10:00"), ("0.1.0", "2026-12-02 09:00"), True),
        (("0.2.0", "2026-01-01 10:00"), ("0.1.0", "2026-12-02 09:00"), False),
        (("0.9.0", ""), ("0.10.0", "2026-12-02 09:00"), True),
        (("0.1.0", ""), ("", ""), False),
    ],
)
def test_which_is_older(one, other, older):
    assert is_older(one, other) is older


def test_a_torn_file_of_ours_is_as_none(tmp_path):
    state = State(tmp_path)
    for text in ("", "{", "[]", '{"strange": 1}'):
        state.running.write_text(text, encoding="utf-8")
        state.used.write_text(text, encoding="utf-8")
        assert state.read_running() is None and state.read_used() == ("", "")


def test_a_set_says_what_it_holds():
    assert Carried(folder=ROOT, version="1").pythons == ()
