"""Whatever is killed, and whenever: what was acknowledged is there, and nothing is half there."""

import io
import itertools
import json
import os
import random
import signal
import time
import warnings
import zipfile
import zlib

import pytest
from PIL import Image
from register_fixtures import NOW, READ, new_version, open_sqlite

from surveys.commands.shared import save_export
from surveys.formats.format import dump_type
from surveys.store.backup import save_backup
from surveys.store.checking import check_register
from surveys.store.portables import portables_of
from surveys.store.receipt import Batch
from surveys.store.restoring import restore_backup
from surveys.types import RECORD_TYPES

KILLS = 42  # of each kind: 210 in all
SITES, ROWS = 12, 15
_RUNS = itertools.count()


@pytest.fixture(autouse=True)
def _no_database(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)


def save_visit(register, _folder, name):
    register.save(
        new_version(
            f"s{zlib.crc32(name.encode()) % SITES}", {"name": name}, version_id=name, record_id=name
        )
    )


def take_import(register, _folder, name):
    batch = Batch(
        id=name, file="公園.csv", sha256="0" * 64, type="park", by="公園課", made_at=NOW,
        counts={"new": ROWS}, undone_at=None,
    )  # fmt: skip
    rows = [
        new_version(f"{name}-{at}", {"name": f"公園{at}"}, kind="import", origin=READ, batch_id=name,
            version_id=f"{name}-{at}", record_id=f"{name}-{at}")
        for at in range(ROWS)
    ]  # fmt: skip
    register.save_all(rows, batch)


def take_photo(register, _folder, name):
    out = io.BytesIO()
    Image.new("RGB", (320, 240), sum(name.encode()) * 7919 % (1 << 24)).save(out, "JPEG")
    return register.photos.take(out.getvalue()).id


def write_export(register, folder, _name):
    park = RECORD_TYPES["park"]
    save_export(
        folder / "公園.geojson",
        dump_type("geojson", park, portables_of(register, park), made_at=NOW),
    )


def write_backup(_register, folder, _name):
    save_backup(folder, folder / "控え.zip", now=NOW)


def has_visits(register, _folder, told):
    assert set(told) <= {one.id for one in register.all_versions()}


def has_imports(register, _folder, told):
    counts = {}
    for one in register.all_versions():
        counts[one.batch_id] = counts.get(one.batch_id, 0) + 1
    counts.pop(None, None)
    assert set(counts.values()) <= {ROWS} and set(told) <= set(counts)
    assert set(counts) == {one.id for one in register.batches()}


def has_photos(register, _folder, told):
    assert set(told) <= set(register.photos.ids()) and register.photos.check() == []


def has_export(_register, folder, told):
    if told or (folder / "公園.geojson").exists():
        table = json.loads((folder / "公園.geojson").read_text(encoding="utf-8"))
        assert len(table["features"]) == SITES


def has_backup(_register, folder, told):
    if told or (folder / "控え.zip").exists():
        with zipfile.ZipFile(folder / "控え.zip") as archive:
            assert archive.testzip() is None and "manifest.json" in archive.namelist()


WORK = {
    "saves": (save_visit, has_visits),
    "imports": (take_import, has_imports),
    "photos": (take_photo, has_photos),
    "exports": (write_export, has_export),
    "backups": (write_backup, has_backup),
}


def work_until_killed(folder, do, run, pipe):
    """Do one thing over and over, telling the pipe after each; the life of a child."""
    register = open_sqlite(folder)
    for at in itertools.count():
        name = f"{run}-{at}"
        told = do(register, folder, name) or name
        os.write(pipe, f"{told}\n".encode())


def kill_one(folder, do, after_s):
    """Start a child, kill it a moment after its first word, and return all it told."""
    run = next(_RUNS)
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking where threads wait
        child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            work_until_killed(folder, do, run, writer)
        finally:
            os._exit(1)  # it comes here by an error only
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        text = os.read(reader, 1 << 16)
        time.sleep(after_s)
        os.kill(child, signal.SIGKILL)
        text += told.read()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the child failed by itself"
    assert text, "the child told nothing"
    return text.decode().splitlines()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
@pytest.mark.parametrize("kind", WORK)
def test_nothing_that_was_acknowledged_is_lost_by_killing(tmp_path, kind):
    do, holds = WORK[kind]
    rng = random.Random(kind)  # noqa: S311 - when to kill
    register = open_sqlite(tmp_path)
    for at in range(SITES):
        register.save(
            new_version(
                f"s{at}", {"name": f"公園{at}"}, version_id=f"first{at}", record_id=f"first{at}"
            )
        )
    register.engine.dispose()
    told = []
    for _ in range(KILLS):
        told += kill_one(tmp_path, do, rng.triangular(0.002, 0.16, 0.01))
        register = open_sqlite(tmp_path)
        holds(register, tmp_path, told)
        register.engine.dispose()
    register = open_sqlite(tmp_path)
    assert check_register(register) == []
    register.engine.dispose()
    if kind == "backups":
        assert restore_backup(tmp_path / "控え.zip", tmp_path / "out").sites == SITES
    print(f"{kind}: {KILLS} kills, {len(told)} acknowledged, 0 lost")  # noqa: T201
