"""A town folder and register made by the version before open unchanged."""

import json
import shutil
import zipfile

import pytest
from make_old_town import QUESTIONS, cover, tell
from register_fixtures import new_version, open_sqlite
from where import TESTS

from geo.sources.town_folder import load_town
from surveys.store.backup import save_backup
from surveys.store.engine import known_levels, reading
from surveys.store.field_tables import SESSION
from surveys.store.register import open_register
from surveys.store.restoring import restore_backup
from surveys.store.tables import METADATA

FILE = TESTS / "fixtures" / "town_22ac45e.zip"
NOW = "2026-11-21T01:00:00.000Z"
# Tables the version before did not have.
SINCE = {"look", "claim", "plan", "report_word"}


def plain(value):
    """As JSON has it: pairs are lists."""
    return json.loads(json.dumps(value, ensure_ascii=False))


@pytest.fixture
def old(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with zipfile.ZipFile(FILE) as archive:
        archive.extractall(tmp_path / "old")
    return tmp_path / "old"


@pytest.fixture
def told(old):
    """What the version before said."""
    return json.loads((old / "told.json").read_text(encoding="utf-8"))


def rows_of(register):
    with reading(register.engine) as connection:
        return {
            name: sorted(map(repr, connection.execute(table.select()).all()))
            for name, table in METADATA.tables.items()
        }


def test_its_file_is_small_and_holds_one_of_everything(told):
    assert FILE.stat().st_size < 200_000
    assert all(told["register"][part] for part in told["register"].keys() - {"faults"})
    assert told["register"]["faults"] == []


OF_SLOPES = ("minutes_flat", "slope_cost")


def test_the_town_loads_and_its_coverage_is_what_it_was(old, told, tmp_path):
    town = load_town(old / "town")
    assert town.name == "試験町" and list(town.divisions) == ["町丁目", "小学校区"]
    # The ground alone: what the register adds to a figure is no matter of the town's files.
    shutil.copytree(old / "town", tmp_path / "town", ignore=shutil.ignore_patterns("register"))
    for name, options in QUESTIONS.items():
        now, before = cover(tmp_path, *options), told["coverage"][name]
        assert now.keys() == before.keys() and before["町丁目"], name
        for division, areas in before.items():
            for area, wanted in zip(now[division], areas, strict=True):
                for key, was in wanted.items():
                    # Without heights nothing is known of slopes; 0 was told once.
                    right = None if key.startswith(OF_SLOPES) else was
                    assert area.get(key) == right, (name, division, key)


def test_its_register_opens_and_says_what_it_said(old, told):
    before = (old / "town" / "register" / "register.db").read_bytes()
    assert before.startswith(b"SQLite format 3")
    register = open_sqlite(old / "town")
    assert plain(tell(register)) == told["register"]
    with reading(register.engine) as connection:
        (level,) = connection.exec_driver_sql("SELECT version_num FROM alembic_version").one()
    assert level == max(known_levels())
    receipt = register.save(
        new_version("later", {"name": "あとの公園"}, version_id="v7", record_id="r7")
    )
    assert (receipt.seq, receipt.number) == (7, 5)
    register.engine.dispose()


def test_opening_it_changes_no_row(old):
    register = open_sqlite(old / "town")
    rows = rows_of(register)
    register.engine.dispose()
    again = open_sqlite(old / "town")
    assert rows_of(again) == rows
    assert {name for name, found in rows.items() if not found} == SINCE
    again.engine.dispose()


def test_its_backup_is_put_back(old, told):
    summary = restore_backup(old / "backup.zip", old / "back")
    assert summary.made_at == NOW and summary.faults == ()
    assert (summary.sites, summary.versions, summary.photos) == (4, 6, 2)
    assert summary.bytes == told["backup"]["bytes"]
    back = open_sqlite(old / "back")
    assert plain(tell(back)) == told["register"]
    was, now = open_sqlite(old / "town"), rows_of(back)
    kept = {name: rows for name, rows in rows_of(was).items() if now[name]}
    assert now.keys() - kept.keys() == {SESSION.name, "sign_in_try", *SINCE}
    assert {name: now[name] for name in kept} == kept
    for name in ("town.toml", "sources/salons.csv"):
        assert (old / "back" / name).read_bytes() == (old / "town" / name).read_bytes()
    was.engine.dispose()
    back.engine.dispose()


@pytest.mark.postgis
def test_its_backup_is_put_into_a_database(old, told, postgres_url):
    restore_backup(old / "backup.zip", old / "back", url=postgres_url)
    back = open_register(old / "back", postgres_url)
    assert plain(tell(back)) == told["register"]
    back.engine.dispose()


def test_a_backup_of_today_is_of_the_same_kind_part_by_part(old):
    save_backup(old / "town", old / "today.zip", now=NOW)
    with (
        zipfile.ZipFile(old / "backup.zip") as before,
        zipfile.ZipFile(old / "today.zip") as today,
    ):
        assert before.namelist() == today.namelist()
        for info, other in zip(before.infolist(), today.infolist(), strict=True):
            for same in ("compress_type", "external_attr", "date_time", "create_system"):
                assert getattr(info, same) == getattr(other, same), info.filename
            if info.filename not in ("register.db", "manifest.json"):
                assert before.read(info) == today.read(other), info.filename
        was, now = (json.loads(one.read("manifest.json")) for one in (before, today))
    for manifest in (was, now):
        # A database's pages may lie otherwise; what is in it is compared above.
        register = manifest["members"].pop(0)
        assert register.pop("sha256") and register.pop("size")
        assert register == {"name": "register.db"}
    assert was == now
