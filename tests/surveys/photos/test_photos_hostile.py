"""Photos that harm, disks that fail, processes that die: only whole photos are ever on disk."""

import errno
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
import warnings
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from photo_samples import (
    GOOD,
    dump,
    files,
    head_only_png,
    heic,
    opened,
    png_bomb,
    png_chunk,
    secret_png,
    view,
)
from where import ROOT

from geo.base.problems import InputError
from surveys.photos import on_disk, picture
from surveys.photos.draw import SCENE_KINDS, draw_scene
from surveys.photos.keep import PhotoShelf


@pytest.fixture
def shelf(tmp_path):
    return PhotoShelf(tmp_path / "photos")


def text_bomb():
    body = png_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000)))
    good = dump(view(), "PNG")
    return good[:33] + body + good[33:]


def scan_bomb():
    """A small JPEG whose pixels are gone over again and again."""
    data = dump(view(4000, 3000), progressive=True)
    return data[:-2] + data[data.rindex(b"\xff\xda") : -2] * 1000 + data[-2:]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = [
    ("nothing", lambda: b"", "空です"),
    ("above 40 MB", lambda: GOOD + bytes(40_000_001), "40MBまで"),
    ("a page called .jpg", lambda: b"<!doctype html><script>alert(1)</script>", "読めません"),
    ("a drawing that can hold scripts", lambda: SVG, "読めません"),
    ("a zip", lambda: b"PK\x03\x04" + bytes(60), "読めません"),
    ("a zip with a JPEG inside", lambda: b"PK\x03\x04" + bytes(26) + GOOD, "読めません"),
    ("a page before a JPEG", lambda: b"<html>" + GOOD, "読めません"),
    ("PostScript, which runs", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "読めません"),
    ("a PDF", lambda: b"%PDF-1.7\n", "読めません"),
    ("TIFF: no phone makes it", lambda: dump(view(), "TIFF"), "読めません"),
    ("BMP: no phone makes it", lambda: dump(view(), "BMP"), "読めません"),
    ("only a JPEG's first bytes", lambda: GOOD[:20], "読めません"),
    ("half a JPEG", lambda: GOOD[: len(GOOD) // 2], "途中で切れている"),
    ("a JPEG without its last bytes", lambda: GOOD[:-200], "途中で切れている"),
    ("half a progressive JPEG", lambda: dump(view(), progressive=True)[:1100], "途中で切れている"),
    ("half a PNG", lambda: (data := draw_scene("bench", seed=1))[: len(data) // 2], "途中で切れている"),
    ("half a WebP", lambda: (data := dump(view(), "WEBP"))[: len(data) // 2], "ません|切れている"),
    ("half a GIF", lambda: (data := dump(view(), "GIF"))[: len(data) // 2], "途中で切れている"),
    ("half a HEIC", lambda: (data := heic(view()))[: len(data) // 2], "ません|切れている"),
    ("41 million pixels", lambda: png_bomb(8_200, 5_000), "8,200×5,000画素"),
    ("400 million pixels", lambda: head_only_png(20_000, 20_000), "4,000万画素まで"),
    ("the most a PNG can say", lambda: head_only_png(2**31 - 1, 2**31 - 1), "4,000万画素まで"),
    ("a GIF that says 65,535 × 65,535", lambda: b"GIF89a\xff\xff\xff\xff\0\0\0", "ません|画素"),
    ("a JPEG that takes minutes to decode", scan_bomb, "読めません"),
    ("a text that unpacks to 100 MB", text_bomb, "読めません|切れている"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "make", "says"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_no_photo_is_refused_in_words_and_leaves_nothing(shelf, why, make, says):
    with pytest.raises(InputError) as caught:
        shelf.take(make(), file="{x}%s.jpg")
    assert any(one in caught.value.words.ja for one in says.split("|")), caught.value.words.ja
    assert "写真「{x}%s.jpg」" in caught.value.words.ja
    assert "{x}%s.jpg" in caught.value.words.en and "{size}" not in caught.value.words.en
    assert not shelf.folder.exists()


def test_too_many_pixels_are_refused_whether_or_not_warnings_are_errors(shelf):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(InputError, match="too many pixels"):
            shelf.take(head_only_png(10_000, 10_000))


def test_a_refused_bomb_costs_no_memory(tmp_path):
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(png_bomb(20_000, 20_000))
    assert bomb.stat().st_size < 2_000_000
    code = """if True:
        import pathlib, sys
        from geo.base.problems import InputError
        from surveys.photos.keep import PhotoShelf
        try:
            PhotoShelf(pathlib.Path("never")).take(pathlib.Path(sys.argv[1]).read_bytes())
        except InputError as error:
            # Not ru_maxrss, which counts the memory of whoever started this process.
            print(pathlib.Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
    """
    run = [sys.executable, "-W", "ignore", "-c", code, str(bomb)]
    said = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(said.stdout) < 150_000  # kB


@given(st.data())
@settings(max_examples=150)
def test_a_damaged_upload_is_a_photo_or_is_refused_and_never_anything_else(data):
    sources = (GOOD, secret_png(), dump(view(), "WEBP"), dump(view(), "GIF"), heic(view()))
    torn = bytearray(data.draw(st.sampled_from(sources)))
    for place in data.draw(st.lists(st.integers(0, len(torn) - 1), max_size=12)):
        torn[place] = data.draw(st.integers(0, 255))
    try:
        made = picture.remake_picture(bytes(torn))
    except InputError as error:
        assert error.words.ja.startswith("写真")  # noqa: PT017 - either way is right
    else:
        assert opened(made.jpeg).size == (made.width, made.height)


@pytest.mark.parametrize("harm", ["gone", "empty", "half", "another's"])
def test_a_harmed_thumbnail_is_made_again(shelf, harm):
    photo = shelf.take(GOOD)
    path = shelf.path_of(photo.id, thumb=True)
    whole = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes({"empty": b"", "half": whole[:-90], "another's": GOOD}[harm])
    assert shelf.load(photo.id, thumb=True) == whole == path.read_bytes()


def test_the_check_names_each_damaged_photo_and_no_other(shelf):
    whole, torn, fake = (shelf.take(draw_scene(kind, seed=3)).id for kind in SCENE_KINDS[:3])
    assert shelf.check() == []
    path = shelf.path_of(torn)
    path.write_bytes(path.read_bytes()[:-1])
    no_photo = hashlib.sha256(b"no photo").hexdigest()
    shelf.path_of(no_photo).parent.mkdir(exist_ok=True)
    shelf.path_of(no_photo).write_bytes(b"no photo")
    (path.parent / f".{torn}.jpg.0123.part").write_bytes(b"left behind")
    assert sorted(shelf.ids()) == list(shelf.ids()) == sorted([whole, torn, fake, no_photo])
    said = " ".join(words.ja for words in shelf.check())
    assert len(shelf.check()) == 2 and torn in said and no_photo in said and whole not in said
    with pytest.raises(InputError, match="damaged"):
        shelf.load(torn)
    assert shelf.take(draw_scene(SCENE_KINDS[1], seed=3)).id == torn  # taken again, it is mended
    assert len(shelf.check()) == 1


def test_an_empty_shelf_holds_nothing(shelf):
    assert list(shelf.ids()) == [] and shelf.check() == []


NO_DISK = [
    (errno.ENOSPC, "ディスクがいっぱい"),
    (errno.EDQUOT, "ディスクがいっぱい"),
    (errno.EROFS, "書きこめるように"),
    (errno.EACCES, "書きこめるように"),
    (errno.EIO, "ディスクを確かめて"),
]


@pytest.mark.parametrize("step", ["mkdir", "open", "fsync", "replace"])
@pytest.mark.parametrize(("number", "says"), NO_DISK)
def test_a_full_or_locked_disk_is_told_and_leaves_nothing_half(
    shelf, monkeypatch, step, number, says
):
    def fail(*args, **kwargs):
        raise OSError(number, os.strerror(number))

    owner = on_disk.os if step == "fsync" else Path
    with monkeypatch.context() as patch:
        patch.setattr(owner, step, fail)
        with pytest.raises(InputError) as caught:
            shelf.take(GOOD)
    assert says in caught.value.words.ja and "もう一度送って" in caught.value.words.ja
    assert not shelf.folder.exists() or files(shelf) == []
    assert shelf.has(shelf.take(GOOD).id)


def test_a_shelf_that_may_not_be_written_still_shows_thumbnails(shelf, monkeypatch):
    photo = shelf.take(GOOD)
    shelf.path_of(photo.id, thumb=True).unlink()

    def locked(path, mode="r", *args, **kwargs):
        if mode != "rb":
            raise OSError(errno.EROFS, "read-only")
        return real(path, mode, *args, **kwargs)

    real = Path.open
    monkeypatch.setattr(Path, "open", locked)
    assert max(opened(shelf.load(photo.id, thumb=True)).size) == 320


TAKE_FOREVER = """if True:
    import io, os, pathlib, sys
    from PIL import Image
    from surveys.photos.keep import PhotoShelf
    shelf = PhotoShelf(pathlib.Path(sys.argv[1]))
    while True:
        out = io.BytesIO()
        Image.frombytes("L", (600, 400), os.urandom(240_000)).save(out, "PNG")
        print(shelf.take(out.getvalue()).id, flush=True)
"""


def test_a_process_killed_at_any_moment_leaves_only_whole_photos(shelf):
    rng = random.Random(5)  # noqa: S311 - moments, not secrets
    told = []
    for _ in range(20):
        run = [sys.executable, "-c", TAKE_FOREVER, str(shelf.folder)]
        with subprocess.Popen(run, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            told.append(process.stdout.readline().strip())
            time.sleep(rng.uniform(0.0, 0.15))
            process.send_signal(signal.SIGKILL)
            told += [line.strip() for line in process.stdout if line.endswith("\n")]
    assert shelf.check() == []
    assert len(told) >= 20 and set(told) <= set(shelf.ids())
    for path in shelf.folder.rglob("*.jpg"):
        opened(path.read_bytes())
    for photo_id in told:
        assert shelf.path_of(photo_id, thumb=True).is_file()


def test_a_photo_gets_its_name_only_when_whole_and_each_writer_has_a_file_of_its_own(
    shelf, monkeypatch
):
    steps, written = [], []
    real_open, real_replace, real_fsync = Path.open, Path.replace, os.fsync

    def note_open(path, mode="r", *args, **kwargs):
        if mode != "rb":
            written.append(path.name)
        return real_open(path, mode, *args, **kwargs)

    def note_replace(path, target):
        steps.append("replace")
        return real_replace(path, target)

    def note_fsync(handle):
        steps.append("fsync")
        real_fsync(handle)

    monkeypatch.setattr(Path, "open", note_open)
    monkeypatch.setattr(Path, "replace", note_replace)
    monkeypatch.setattr(on_disk.os, "fsync", note_fsync)
    photo = shelf.take(GOOD)
    for thumb in (False, True):
        shelf.path_of(photo.id, thumb=thumb).unlink()
    steps.clear()
    shelf.take(GOOD)
    # Each file before its renaming, then the two folders that list the names.
    assert steps == ["fsync", "replace", "fsync", "replace", "fsync", "fsync"]
    assert len(written) == len(set(written)) == 4
    assert all(name.endswith(".part") for name in written)


def test_two_processes_that_take_the_same_photo_never_break_it(shelf):
    code = """if True:
        import pathlib, sys
        from surveys.photos.draw import draw_scene
        from surveys.photos.keep import PhotoShelf
        scene = draw_scene("bench", seed=1)
        for _ in range(12):
            PhotoShelf(pathlib.Path(sys.argv[1])).take(scene)
    """
    run = [sys.executable, "-c", code, str(shelf.folder)]
    both = [subprocess.Popen(run, cwd=ROOT) for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0]
    assert shelf.check() == [] and len(files(shelf)) == 2
