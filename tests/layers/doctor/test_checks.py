"""Each check of an installation finds the fault it is there for, and is content without it."""

import hashlib
import json
import os
import shutil
import socket
import sqlite3
import sys
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import pytest
from register_fixtures import new_version

from geo.base.problems import InputError
from layers.doctor import assets, disk, fonts, packages, port, rights, settings
from layers.doctor.all import find_checks
from layers.doctor.parts.declare import Subject
from surveys.store.backup import save_backup
from surveys.store.backup_note import last_noted, note_backup
from surveys.store.register import FILE, FOLDER, open_register

NOW = datetime(2026, 12, 2, 12, tzinfo=UTC)
CHECKS = find_checks()
EVERYWHERE = "0.0.0.0"  # noqa: S104 - asked about, not bound


@pytest.fixture(autouse=True)
def no_database(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)


def subject(folder, **more):
    given = {
        "folder": folder, "named": True, "host": "127.0.0.1", "port": 8501, "secure": False,
        "environment": {}, "now": NOW,
    }  # fmt: skip
    return Subject(**given | more)


def look(id_, folder, **more):
    """The states a check finds, and what it says in English."""
    found = CHECKS[id_].look(subject(folder, **more))
    return {one.state for one in found}, " | ".join(one.words.en for one in found)


@pytest.fixture
def kept(tmp_path):
    """A folder with a register of one site."""
    folder = tmp_path / "town"
    folder.mkdir()
    register = open_register(folder)
    register.save(new_version("s", {"name": "会館"}, type="salon"))
    register.engine.dispose()
    return folder


def test_a_python_that_is_too_old_or_of_32_bits_must_be_mended(tmp_path, monkeypatch):
    assert look("python", tmp_path)[0] == {"good"}
    with monkeypatch.context() as other:
        other.setattr(sys, "maxsize", 2**31 - 1)
        assert "64 bits" in look("python", tmp_path)[1]
    monkeypatch.setattr(sys, "version_info", (3, 10, 1, "final", 0))
    assert look("python", tmp_path)[0] == {"mend"}


def test_a_missing_package_is_named_and_another_version_than_was_tried(tmp_path, monkeypatch):
    pins = tmp_path / "constraints.txt"
    monkeypatch.setattr(packages, "PINS", (pins,))
    assert "is not here" in look("packages", tmp_path)[1]
    pins.write_text("# tried\nnumpy==0.1\n", encoding="utf-8")
    state, told = look("packages", tmp_path)
    assert state == {"careful"} and "numpy" in told and "0.1" in told
    pins.write_text("no-such-thing==1\n", encoding="utf-8")
    assert look("packages", tmp_path)[0] == {"good"}
    needed = ["no-such-package>=1", "numpy<1", 'other; extra == "dev"']
    monkeypatch.setattr(packages.metadata, "requires", lambda _name: needed)
    state, told = look("packages", tmp_path)
    assert state == {"mend"} and "no-such-package, numpy" in told and "other" not in told


@pytest.mark.parametrize(("free", "state"), [(10**8, "mend"), (10**9, "careful"), (10**10, "good")])
def test_a_disk_without_room_is_told(tmp_path, monkeypatch, free, state):
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _place: SimpleNamespace(free=free))
    assert look("disk", tmp_path / "not" / "there")[0] == {state}


def test_what_cannot_be_read_or_written_is_named(kept, monkeypatch):
    assert look("rights", kept)[0] == {"good"}
    assert (
        look("rights", kept / "no")[0] == {"mend"}
        and not look("rights", kept / "no", named=False)[0]
    )
    allowed = os.access
    for bit, state, part in ((os.R_OK, "mend", "read"), (os.W_OK, "careful", "written")):
        with monkeypatch.context() as other:
            shut = kept / FOLDER / FILE
            other.setattr(
                rights.os, "access",
                lambda path, mode, bit=bit, shut=shut: allowed(path, mode) and not (path == shut and mode & bit),
            )  # fmt: skip
            found, told = look("rights", kept)
            assert found == {state} and f"cannot be {part}" in told and FILE in told
    (kept / FOLDER).chmod(0o755)
    assert "open to others" in look("rights", kept)[1]


def test_a_font_that_is_missing_or_no_font_must_be_mended(tmp_path, monkeypatch):
    assert look("fonts", tmp_path)[0] == {"good"}
    monkeypatch.setattr(fonts, "FONTS", tmp_path)
    state, told = look("fonts", tmp_path)
    assert state == {"mend"} and "regular.ttf, bold.ttf" in told


def test_a_file_of_the_browsers_that_is_missing_or_changed_must_be_mended(tmp_path, monkeypatch):
    assert look("assets", tmp_path)[0] == {"good"}
    monkeypatch.setattr(assets, "ASSETS", tmp_path)
    assert "are missing" in look("assets", tmp_path)[1]
    (tmp_path / "map.js").write_text("whole", encoding="utf-8")
    files = {"map.js": hashlib.sha256(b"whole").hexdigest()}
    (tmp_path / "manifest.json").write_text(json.dumps({"files": files}), encoding="utf-8")
    assert look("assets", tmp_path)[0] == {"good"}
    (tmp_path / "map.js").write_text("cut", encoding="utf-8")
    assert look("assets", tmp_path)[0] == {"mend"} and "map.js" in look("assets", tmp_path)[1]
    (tmp_path / "map.js").write_text("whole", encoding="utf-8")
    monkeypatch.setattr(assets, "APP", tmp_path)
    assert "sw.js" in look("assets", tmp_path)[1]


def test_a_folder_without_a_town_and_one_that_is_broken_are_told(small_town, tmp_path):
    assert look("town", tmp_path)[0] == {"careful"}
    folder = tmp_path / "town"
    shutil.copytree(small_town, folder)
    state, told = look("town", folder, now=datetime.now(UTC) + timedelta(days=2))
    assert "試験町" in told and "mend" not in state
    assert "check its clock" in look("town", folder, now=NOW - timedelta(days=9000))[1]
    (folder / "town.toml").unlink(missing_ok=True)
    assert "its recipe" in look("town", folder)[1]
    (folder / ".next").mkdir()
    (folder / ".next" / "ready").write_text("", encoding="utf-8")
    assert "new edition waits" in look("town", folder)[1] and (folder / ".next" / "ready").is_file()
    shutil.rmtree(folder / ".next")
    (folder / "data" / "cells.parquet").write_bytes(b"cut")
    with pytest.raises(InputError):
        look("town", folder)


def test_a_register_that_is_older_newer_or_damaged_is_told(kept, tmp_path):
    assert look("register", tmp_path)[0] == {"good"}
    state, told = look("register", kept)
    assert state == {"good"} and "1 site or log entry, 1 version of records" in told
    file = kept / FOLDER / FILE
    for level, wanted in (("0002", "careful"), ("9999", "mend")):
        with sqlite3.connect(file) as connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (level,))
        connection.close()
        state, told = look("register", kept)
        assert state == {wanted} and level in told
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xff" * 40_000 + whole[48_192:])
    try:
        found, told = look("register", kept)
    except InputError as error:
        found, told = {"mend"}, error.words.en
    assert found == {"mend"} and "damaged" in told
    file.write_bytes(b"no database at all")
    with pytest.raises(InputError):
        look("register", kept)


def test_how_old_the_last_backup_is(kept, tmp_path):
    assert look("backup", tmp_path)[0] == {"good"}
    state, told = look("backup", kept)
    assert state == {"careful"} and "none is known" in told
    for days, wanted in ((1, "good"), (9, "careful"), (40, "mend")):
        at = (NOW - timedelta(days=days)).isoformat().replace("+00:00", "Z")
        note_backup(kept, tmp_path / "elsewhere.zip", at)
        assert look("backup", kept)[0] == {wanted}, days
        assert (kept / FOLDER / "backup.json").stat().st_mode & 0o077 == 0


def test_a_backup_is_known_by_its_note_and_by_lying_beside(kept, tmp_path):
    made = NOW.isoformat().replace("+00:00", "Z")
    save_backup(kept, tmp_path / "backup.zip", now=made)
    assert last_noted(kept) == NOW
    (kept / FOLDER / "backup.json").unlink()
    (tmp_path / "other.zip").write_bytes(b"no zip")
    assert look("backup", kept)[0] == {"good"}
    (tmp_path / "another" / FOLDER).mkdir(parents=True)  # it may be of either
    assert look("backup", kept)[0] == {"careful"}
    (tmp_path / "another" / FOLDER).rmdir()
    (tmp_path / "backup.zip").unlink()
    assert look("backup", kept)[0] == {"careful"}


class Answer(BaseHTTPRequestHandler):
    """Somebody who answers on a port."""

    body = b"{}"

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_):
        """Say nothing."""


def test_a_taken_port_is_told_unless_it_is_ours(tmp_path):
    assert look("port", tmp_path, port=0)[0] == {"mend"}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    assert look("port", tmp_path, port=number)[0] == {"good"}
    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        number = server.server_port
        assert look("port", tmp_path, port=number)[0] == {"careful"}
        Answer.body = b'{"required": false, "account": null}'
        assert port.is_ours("127.0.0.1", number)
        assert "is running" in look("port", tmp_path, port=number)[1]
    finally:
        server.shutdown()
        server.server_close()
    assert look("port", tmp_path, host="192.0.2.7")[0] == {"careful"}


def test_settings_that_are_none_or_may_not_be_so_are_told(tmp_path, monkeypatch):
    def told(**environment):
        return look("settings", tmp_path, environment=environment)

    assert told()[0] == {"good"} and told(HOME="/", KAYOI_LANG="ja")[0] == {"good"}
    wrong = "KAYOI_" + "LAGN"
    state, said = told(**{wrong: "en"})
    assert state == {"careful"} and "is KAYOI_LANG meant" in said
    for name, value in (
        ("KAYOI_LANG", "de"), ("KAYOI_SIGN_IN", "none"), ("KAYOI_PROXY", "proxy.example.jp"),
        ("KAYOI_TOWN", "/no/such/town"), ("DATABASE_URL", "mysql://a:himitsu@b/c"),
    ):  # fmt: skip
        state, said = told(**{name: value})
        assert state == {"mend"} and name in said and "himitsu" not in said, name
    assert told(KAYOI_PROXY="127.0.0.1, 10.0.0.2")[0] == {"good"}
    assert settings.CHECK.words.ja


def test_http_beyond_this_machine_is_told(tmp_path):
    assert look("https", tmp_path)[0] == {"good"}
    assert look("https", tmp_path, host=EVERYWHERE)[0] == {"careful"}
    assert look("https", tmp_path, host=EVERYWHERE, secure=True)[0] == {"good"}
    assert "proxy" in look("https", tmp_path, environment={"KAYOI_PROXY": "127.0.0.1"})[1]
