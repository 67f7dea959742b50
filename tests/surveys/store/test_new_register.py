"""Registers of these tests begin as copies: one made as ever holds the same, to the last sign."""

import sqlite3
from threading import Thread

from new_register import MIGRATE

from surveys.store import engine
from surveys.store.register import FILE, FOLDER, open_register


def contents(folder):
    with sqlite3.connect(folder / FOLDER / FILE) as connection:
        lines = sorted(connection.iterdump())  # indexes are made in no order
        lines += connection.execute("PRAGMA journal_mode").fetchone()
        lines += connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return lines


def test_a_copied_register_is_what_is_made_anew(tmp_path, monkeypatch):
    open_register(tmp_path / "copied").engine.dispose()
    assert engine._migrate is not MIGRATE
    monkeypatch.setattr(engine, "_migrate", MIGRATE)
    open_register(tmp_path / "made").engine.dispose()
    assert contents(tmp_path / "copied") == contents(tmp_path / "made") != []
    modes = {(tmp_path / one / FOLDER / FILE).stat().st_mode for one in ("copied", "made")}
    assert len(modes) == 1


def test_threads_that_open_a_new_one_at_once_all_find_it_whole(tmp_path):
    made = []
    threads = [
        Thread(target=lambda: made.append(open_register(tmp_path / "town"))) for _ in range(8)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(made) == 8
    for one in made:
        one.engine.dispose()
    assert "CREATE TABLE site" in "\n".join(map(str, contents(tmp_path / "town")))
