"""When the disk is full or may not be written: words that say what to do, and nothing half there.

A full disk is played by a limit on how large a process may make its files, moved up step by step
so that each write fails in its turn; a disk that may not be written, by the database's own
``query_only`` and by an error in place of the opened file (tests may run as root, whom no
permission stops).
"""

import errno
import io
import json
import os
import pathlib
import warnings

import pytest
from PIL import Image
from register_fixtures import LATER, NOW, READ, new_version, open_sqlite
from sqlalchemy import event

from geo.base.problems import InputError
from surveys.commands.shared import save_export
from surveys.store.backup import save_backup
from surveys.store.checking import check_register
from surveys.store.drafts import Draft, find_draft, keep_draft, save_draft
from surveys.store.receipt import Batch

resource = pytest.importorskip("resource", reason="limits of a process are Unix's")

OLD = "前の書き出し"
DRAFT = Draft(id="d", type="park", changed_at=NOW, answers={"name": "書きかけ"})
NAME = "長い名前" * 500
# What may be kept of a file, in bytes above what is there: from nothing to enough.
STEPS = (0, 1, 400, 4_000, 6_000, 9_000, 13_000, 20_000, 30_000, 60_000)


@pytest.fixture(autouse=True)
def _no_database(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)


def picture():
    out = io.BytesIO()
    Image.effect_noise((400, 300), 80).save(out, "JPEG", quality=95)
    return out.getvalue()


def a_save(register, _folder):
    save_draft(register, "d", new_version("s1", {"name": NAME}, version_id="late"))


def a_draft(register, _folder):
    keep_draft(register, Draft(id="d", type="park", changed_at=LATER, answers={"name": NAME}))


def a_photo(register, _folder):
    register.photos.take(picture())


def an_export(_register, folder):
    save_export(folder / "out.geojson", b"x" * 25_000)


def a_backup(_register, folder):
    save_backup(folder, folder / "b.zip", now=NOW)


def an_import(register, _folder):
    batch = Batch(
        id="b", file="f", sha256="0" * 64, type="park", by="", made_at=NOW, counts={}, undone_at=None
    )  # fmt: skip
    rows = [
        new_version(f"i{at}", {"name": f"公園{at}"}, kind="import", origin=READ, batch_id="b")
        for at in range(20)
    ]
    register.save_all(rows, batch)


WORK = [a_save, a_draft, a_photo, an_export, a_backup, an_import]


def holds(register, folder, do, *, done):
    """Look at what is there: all of it if it was done, else as it was before."""
    versions = {one.id for one in register.all_versions()}
    draft = find_draft(register, "d")
    if do is a_save:
        assert ("late" in versions, draft is None) == (done, done)
    elif do is a_draft:
        assert draft.answers == {"name": NAME if done else "書きかけ"}
    else:
        assert draft == DRAFT
    if do is an_import:
        assert len(versions) == (21 if done else 1) and len(register.batches()) == done
    if do is a_photo:
        assert len(list(register.photos.ids())) == done and register.photos.check() == []
    if do is an_export and not done:
        assert (folder / "out.geojson").read_text(encoding="utf-8") == OLD
    if do is a_backup:
        assert (folder / "b.zip").exists() == done
    assert not list(folder.glob(".*")) and check_register(register) == []


@pytest.fixture
def town(tmp_path):
    register = open_sqlite(tmp_path)
    register.save(new_version("s0", {"name": "公園"}))
    keep_draft(register, DRAFT)
    (tmp_path / "out.geojson").write_text(OLD, encoding="utf-8")
    yield tmp_path, register
    register.engine.dispose()


def try_in_child(folder, do, step):
    """Return what a process that may write so much says: "" when it was done."""
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking where threads wait
        child = os.fork()
    if child == 0:
        said = {"bug": "it never ended"}
        try:
            register = open_sqlite(folder)
            register.stamp()  # connected
            files = [one for one in (folder / "register").iterdir() if one.is_file()]
            base = max(one.stat().st_size for one in files if one.name.endswith("-wal"))
            base = base if do in (a_save, a_draft, an_import) else 0
            resource.setrlimit(resource.RLIMIT_FSIZE, (base + step, resource.RLIM_INFINITY))
            try:
                do(register, folder)
                said = {"ja": ""}
            except InputError as error:
                said = {"ja": error.words.ja}
            except BaseException as error:  # noqa: BLE001 - told to the parent
                said = {"bug": repr(error)}
        finally:
            os.write(writer, json.dumps(said).encode())
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        said = json.loads(told.read())
    os.waitpid(child, 0)
    assert "bug" not in said, said
    return said["ja"]


@pytest.mark.parametrize("do", WORK, ids=lambda do: do.__name__)
def test_a_full_disk_is_told_and_leaves_what_was_there(town, do):
    folder, register = town
    failed = 0
    for step in STEPS:
        register.engine.dispose()
        ja = try_in_child(folder, do, step)
        holds(register, folder, do, done=not ja)
        if not ja:
            break
        failed += 1
        assert any(word in ja for word in ("空きをつく", "空きを増や", "ディスクを確かめ")), ja
    assert failed >= 2, "the limit was never felt"
    register.engine.dispose()
    assert try_in_child(folder, do, 50_000_000) == "" or do in (a_save, an_import)
    holds(register, folder, do, done=True)


def _refuse_writes(monkeypatch):
    real = pathlib.Path.open

    def open_(self, mode="r", *args, **kwargs):
        if set(mode) & set("wxa+"):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(self))
        return real(self, mode, *args, **kwargs)

    monkeypatch.setattr(pathlib.Path, "open", open_)


@pytest.mark.parametrize("do", WORK, ids=lambda do: do.__name__)
def test_a_disk_that_may_not_be_written_is_told_and_leaves_what_was_there(town, do, monkeypatch):
    folder, register = town
    if do in (a_save, a_draft, an_import):
        register.engine.dispose()
        event.listen(
            register.engine, "connect", lambda raw, _record: raw.execute("PRAGMA query_only=ON")
        )
    else:
        _refuse_writes(monkeypatch)
    with pytest.raises(InputError) as told:
        do(register, folder)
    assert any(word in told.value.words.ja for word in ("許可", "書きこめるように")), (
        told.value.words.ja
    )
    monkeypatch.undo()
    holds(register, folder, do, done=False)


def test_a_register_whose_folder_is_a_file_is_told(tmp_path):
    (tmp_path / "register").write_text("", encoding="utf-8")
    with pytest.raises(InputError) as told:
        open_sqlite(tmp_path)
    assert "つくれません" in told.value.words.ja


def test_a_file_that_is_no_register_is_told(tmp_path):
    (tmp_path / "register").mkdir()
    (tmp_path / "register" / "register.db").write_bytes(b"no database, only words" * 100)
    with pytest.raises(InputError) as told:
        open_sqlite(tmp_path)
    assert "台帳のファイルではありません" in told.value.words.ja
