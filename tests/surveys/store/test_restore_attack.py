"""A restore believes nothing: whatever was planted in a backup is refused, or left behind."""

import json
import os
import shutil
import sqlite3
import stat
from contextlib import closing

import pytest
from crafted_backups import craft
from register_fixtures import NOW, new_version, open_sqlite
from sqlalchemy import insert, select
from sync_device import photo

from geo.base.problems import InputError
from geo.cli import main
from surveys.accounts.user import User
from surveys.record.history import NOTHING
from surveys.store.accounts import Account, Session, add_account, keep_session
from surveys.store.backup import save_backup
from surveys.store.checking import check_register
from surveys.store.engine import reading, writing
from surveys.store.field_tables import SESSION, SIGN_IN_TRY
from surveys.store.register import open_register
from surveys.store.restoring import restore_backup
from surveys.store.rows import read_version, version_values
from surveys.store.tables import VERSION

OURS = "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaA"
posix = pytest.mark.skipif(os.name == "nt", reason="rights of Unix")


@pytest.fixture(autouse=True)
def _no_database(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def backup(tmp_path):
    """A small town's backup: a park with a photo, an account, a recipe with a source."""
    folder = tmp_path / "街"
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / "通いの場.csv").write_text("名称\n西町\n", encoding="utf-8")
    recipe = '[[sources]]\nrole = "sites"\nfile = "sources/通いの場.csv"\n'
    (folder / "town.toml").write_text(recipe, encoding="utf-8")
    register = open_sqlite(folder)
    shot = register.photos.take(photo(1))
    register.save(new_version("s1", {"name": "公園", "photos": [{"id": shot.id, "caption": ""}]}))
    register.save(new_version("s1", {"name": "桜公園"}, before=register.site("s1").state))
    add_account(register, Account(user=User(id="a1", name="tanaka", title=""), password=OURS), NOW)
    save_backup(folder, tmp_path / "b.zip", now=NOW)
    register.engine.dispose()
    shutil.rmtree(folder)
    return tmp_path / "b.zip"


def restore(file):
    """Put a crafted backup back; return the summary, the register's raw file and its folder."""
    out = file.with_name("out")
    return restore_backup(file, out), out / "register" / "register.db", out


def objects(path):
    with closing(sqlite3.connect(path)) as raw:
        found = raw.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    return {str(name): str(sql) for name, sql in found}


def sane(path):
    return objects(path) == objects(fresh(path))


def fresh(path):
    made = path.with_name("fresh.db")
    made.unlink(missing_ok=True)
    open_register(path.parents[1] / "fresh", f"sqlite:///{made}").engine.dispose()
    return made


PLANTED = {
    "a table": ["CREATE TABLE evil (x)", "INSERT INTO evil VALUES ('x')"],
    "a table of QGIS": ["CREATE TABLE layer_styles (id INTEGER PRIMARY KEY)"],
    "a column": ["ALTER TABLE site ADD COLUMN evil TEXT DEFAULT '<script>'"],
    "a trigger": ["CREATE TRIGGER evil AFTER INSERT ON version BEGIN DELETE FROM account; END"],
    "a view": ["CREATE VIEW evil AS SELECT * FROM account"],
    "a view that never ends": [
        "CREATE VIEW evil AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c"
    ],
    "an index": ["CREATE INDEX evil ON version (patch, note)"],
    "a unique index that would refuse the next record": ["CREATE UNIQUE INDEX evil ON version (site_id, seq)"],
    "a computed column": ["ALTER TABLE site ADD COLUMN evil AS (length(title))"],
    "a virtual table": ["CREATE VIRTUAL TABLE evil USING rtree(a, b, c)"],
}  # fmt: skip


@pytest.mark.parametrize("why", PLANTED)
def test_what_is_none_of_ours_in_the_register_is_left_behind_and_told(backup, why):
    bad = craft(backup, backup.with_name("bad.zip"), register=PLANTED[why])
    told, path, out = restore(bad)
    assert sane(path) and told.left_out
    assert all("evil" in one or "layer_styles" in one for one in told.left_out), told.left_out
    register = open_sqlite(out)
    assert check_register(register) == []
    assert register.save(new_version("s9", {"name": "次"})).seq == 3
    register.engine.dispose()


def test_sessions_and_tries_that_were_planted_let_nobody_in(backup):
    sign_in = [
        "INSERT INTO session VALUES ('" + "0" * 64 + "', 'a1', '2026', '2026', '2999', NULL)",
        "INSERT INTO sign_in_try VALUES ('name:tanaka', 99, '2026', '2999')",
    ]
    _, _, out = restore(craft(backup, backup.with_name("bad.zip"), register=sign_in))
    register = open_sqlite(out)
    with reading(register.engine) as connection:
        assert connection.execute(select(SESSION)).all() == []
        assert connection.execute(select(SIGN_IN_TRY)).all() == []
    register.engine.dispose()


def test_a_session_of_the_moment_is_not_in_a_backup_at_all(backup, tmp_path):
    _, _, out = restore(backup)
    register = open_sqlite(out)
    keep_session(
        register,
        Session(id="f" * 64, account_id="a1", made_at=NOW, seen_at=NOW, ends_at="2999"),
    )
    save_backup(out, tmp_path / "c.zip", now=NOW)
    register.engine.dispose()
    restore_backup(tmp_path / "c.zip", tmp_path / "again")
    assert b"f" * 64 not in (tmp_path / "again" / "register" / "register.db").read_bytes()


def test_a_title_that_was_planted_is_made_anew_from_the_answers(backup):
    title = ["UPDATE site SET title = '<b>hacked</b>', search = 'hacked', due_on = '2999-01-01'"]
    _, _, out = restore(craft(backup, backup.with_name("bad.zip"), register=title))
    register = open_sqlite(out)
    site = register.site("s1")
    assert site.title == "桜公園" and site.due_on < "2999"
    register.engine.dispose()


def test_who_may_sign_in_is_told(backup):
    planted = [
        "INSERT INTO account VALUES ('a2', 'mallory', '', 'no form', '2026', NULL)",
        "INSERT INTO account VALUES ('a3', 'left', '', 'no form', '2026', '2026')",
    ]
    told, _, _ = restore(craft(backup, backup.with_name("bad.zip"), register=planted))
    assert told.accounts == ("mallory", "tanaka")


def version(**more):
    """Return what changes the second version, and its fingerprint so that it fits again."""

    def change(raw):
        raw.row_factory = sqlite3.Row
        row = dict(raw.execute("SELECT * FROM version WHERE seq = 2").fetchone()) | more
        read = {key: json.loads(row[key]) for key in ("patch", "origins")}
        row["digest"] = version_values(read_version(row | read | {"placed": bool(row["placed"])}))[
            "digest"
        ]
        for key in (*more, "digest"):
            raw.execute(f'UPDATE version SET "{key}" = ? WHERE seq = 2', (row[key],))  # noqa: S608

    return change


REFUSED = {
    "a text in a number": ["UPDATE site SET visits = 'x'"],
    "bytes in a name": ["UPDATE site SET title = x'00ff'"],
    "bytes that are no UTF-8": ["UPDATE site SET title = CAST(x'ff' AS TEXT)"],
    "a title of a megabyte": ["UPDATE site SET title = hex(zeroblob(600000))"],
    "an id of a thousand signs": ["UPDATE version SET walk_id = hex(zeroblob(500))"],
    "no JSON": ["UPDATE version SET patch = '{' WHERE seq = 2"],
    "JSON that no other program reads": ["UPDATE draft SET answers = 'x'",
        "INSERT INTO draft VALUES ('d', 'park', NULL, NULL, 0, '{\"a\": NaN}', NULL, '', '', '2026')"],
    "JSON a hundred lists deep": [
        "INSERT INTO setting VALUES ('x', '" + "[" * 100 + "]" * 100 + "')"],
    "a shape that is none": ["UPDATE site SET shape = x'0102'"],
    "a shape off the Earth": [
        "UPDATE site SET shape = x'01010000000000000000008940000000000000F03F'"],
    "a row of a site there is not": [
        "INSERT INTO claim VALUES (1, 'c', 'p', 'nowhere', '', 1, '', '2026', NULL)"],
    "a version of another's site": ["UPDATE version SET site_id = 's2' WHERE seq = 2"],
    "a value the versions do not make": ["UPDATE site SET flat = json_set(flat, '$.name', 'x')"],
    "a version that was changed": ["UPDATE version SET note = 'x' WHERE seq = 2"],
    "a kind there is not, its fingerprint made anew": version(kind="evil"),
    "a source there is not": version(source="evil"),
    "a day that is none": version(on="2026-99-99"),
    "an answer of a megabyte": version(patch='{"name": "' + "x" * 1_000_000 + '"}'),
    "signs that are none": version(note="a\x1b]0;b"),
    "a number no other program reads the same": version(patch='{"older": 1e300}'),
    "a name no question has": version(patch='{"@older": 1}'),
    "a password whose comparison takes all memory": [
        "UPDATE account SET password = '$argon2id$v=19$m=67108864,t=3,p=4$c2FsdHNhbHQ$aGFzaA'"],
    "a table of ours that is gone": ["PRAGMA foreign_keys=OFF", "DROP TABLE track"],
    "a column of ours that is gone": ["ALTER TABLE track DROP COLUMN points"],
    "a view in place of a table of ours": ["DROP TABLE track",
        "CREATE VIEW track AS SELECT * FROM device"],
    "a virtual table in place of one of ours": ["DROP TABLE look",
        "CREATE VIRTUAL TABLE look USING rtree(who, at, salons)"],
    "a computed column in place of one of ours": ["ALTER TABLE track DROP COLUMN points",
        "ALTER TABLE track ADD COLUMN points AS (zeroblob(1000000000))"],
    "no level": ["DELETE FROM alembic_version"],
    "two levels": ["INSERT INTO alembic_version VALUES ('0001')"],
    "a newer release's level": ["UPDATE alembic_version SET version_num = '9999'"],
    "an older level with newer tables": ["UPDATE alembic_version SET version_num = '0001'",
        "UPDATE version SET kind = 'evil'"],
    "a level that is a view": ["ALTER TABLE alembic_version RENAME TO x",
        "CREATE VIEW alembic_version AS SELECT version_num FROM x"],
    "a site it does not count": ["DELETE FROM version", "DELETE FROM record", "DELETE FROM site"],
}  # fmt: skip


@pytest.mark.parametrize("why", REFUSED)
def test_a_row_no_door_of_ours_lets_in_is_refused_and_nothing_is_put_back(backup, why):
    bad = craft(backup, backup.with_name("bad.zip"), register=REFUSED[why])
    before = sorted(backup.parent.iterdir())
    with pytest.raises(InputError):
        restore(bad)
    assert sorted(backup.parent.iterdir()) == before, why


def test_the_list_cannot_excuse_or_say_what_was_not_found(backup):
    excuses = [{"ja": "\x1b[2J版 2", "en": "version 2 was changed"}, {"ja": "x", "en": "y"}]
    bad = craft(
        backup, backup.with_name("bad.zip"), listing=lambda table: table.update(faults=excuses)
    )
    assert restore(bad)[0].faults == ()


@pytest.mark.parametrize(
    "change",
    [{"made_at": "\x1b[2J"}, {"made_at": "x" * 1000}, {"counts": {"sites": 5, "versions": 2, "photos": 1}},
     {"counts": {}}, {"members": {}}],
)  # fmt: skip
def test_a_list_that_says_what_is_not_is_refused(backup, change):
    bad = craft(backup, backup.with_name("bad.zip"), listing=lambda table: table.update(change))
    with pytest.raises(InputError, match="list of contents"):
        restore(bad)


LEFT = (
    ".streamlit/config.toml", ".streamlit/secrets.toml", "app.py", "sources/.env", "sources/x.py",
    "sources/run.SH", "data/lib.so", "sitecustomize.py", "pages/1_evil.py", "cache/x", "town.toml.py",
    "sources/.git/hooks/post-checkout", "notes.txt", "sources/evil.desktop",
)  # fmt: skip


def test_a_file_no_town_has_is_left_inside_and_told(backup):
    files = {f"town/{name}": b"evil = true" for name in LEFT}
    files |= {"town/sources/more.csv": b"x", "town/data/town.json": b"{}"}
    told, _, out = restore(craft(backup, backup.with_name("bad.zip"), files=files))
    assert sorted(told.left_out) == sorted(LEFT)
    plain = sorted(
        one.relative_to(out).as_posix()
        for one in out.rglob("*")
        if one.is_file() and "register" not in one.parts[len(out.parts) :]
    )
    assert plain == ["data/town.json", "sources/more.csv", "sources/通いの場.csv", "town.toml"]


def test_a_file_the_recipe_names_elsewhere_comes_along_but_no_program(backup):
    recipe = '[[sources]]\nfile = "lists/a.csv"\n[[sources]]\nfile = "app.py"\n'
    files = {"town/town.toml": recipe.encode(), "town/lists/a.csv": b"x", "town/app.py": b"x",
             "town/lists/b.csv": b"x"}  # fmt: skip
    told, _, out = restore(craft(backup, backup.with_name("bad.zip"), files=files))
    assert (out / "lists" / "a.csv").is_file() and sorted(told.left_out) == [
        "app.py",
        "lists/b.csv",
    ]


ESCAPES = ("town/../evil", "town/sources/../../evil", "/evil", "../evil", "town//evil", "town/C:evil",
           "town/sources\\..\\evil", "town/register/register.db", "town/Register/x", "photos/evil.jpg",
           "town/", "register.db/x", "town/sources/a\x00b", "town/sources/...")  # fmt: skip


@pytest.mark.parametrize("name", ESCAPES)
def test_a_name_that_leaves_its_place_is_refused(backup, name):
    bad = craft(backup, backup.with_name("bad.zip"), files={name: b"x"})
    before = sorted(backup.parent.iterdir())
    with pytest.raises(InputError):
        restore(bad)
    assert sorted(backup.parent.iterdir()) == before


KINDS = {
    "a link": stat.S_IFLNK, "a device": stat.S_IFCHR, "a disk": stat.S_IFBLK,
    "a pipe": stat.S_IFIFO, "a socket": stat.S_IFSOCK, "a folder": stat.S_IFDIR,
}  # fmt: skip


@pytest.mark.parametrize("why", KINDS)
def test_a_part_that_is_no_plain_file_is_refused(backup, why):
    name = "town/sources/通いの場.csv"
    bad = craft(backup, backup.with_name("bad.zip"), modes={name: KINDS[why] | 0o777})
    with pytest.raises(InputError, match="damaged"):
        restore(bad)


def modes(folder):
    return {
        one.relative_to(folder).as_posix(): stat.S_IMODE(one.lstat().st_mode)
        for one in (folder, *folder.rglob("*"))
    }


@posix
def test_what_is_put_back_is_its_owners_alone_whatever_the_zip_says(backup):
    every = dict.fromkeys(["register.db", "town/town.toml", "town/sources/通いの場.csv"], 0o106777)
    old = os.umask(0)
    try:
        _, _, out = restore(craft(backup, backup.with_name("bad.zip"), modes=every))
    finally:
        os.umask(old)
    for name, mode in modes(out).items():
        assert mode == (0o700 if (out / name).is_dir() else 0o600), (name, oct(mode))


@posix
def test_in_daily_use_folder_database_and_photos_are_their_owners_alone(tmp_path):
    old = os.umask(0)
    try:
        register = open_sqlite(tmp_path / "town")
        shot = register.photos.take(photo(2))
        register.save(
            new_version("s1", {"name": "公園", "photos": [{"id": shot.id, "caption": ""}]})
        )
        save_backup(tmp_path / "town", tmp_path / "b.zip", now=NOW)
        found = modes(tmp_path / "town" / "register") | modes(tmp_path / "b.zip")
        register.engine.dispose()
    finally:
        os.umask(old)
    assert {"register.db", "register.db-wal", f"photos/{shot.id[:2]}/{shot.id}.jpg"} <= found.keys()
    folders = {name for name in found if (tmp_path / "town" / "register" / name).is_dir()} - {"."}
    assert all(found[name] == 0o700 for name in folders | {"."} if name in folders)
    assert all(mode == 0o600 for name, mode in found.items() if name not in folders | {"."})


@posix
def test_a_register_that_was_open_to_others_is_closed_when_it_is_opened(tmp_path):
    open_sqlite(tmp_path).engine.dispose()
    folder = tmp_path / "register"
    folder.chmod(0o755)
    (folder / "register.db").chmod(0o644)
    open_sqlite(tmp_path).engine.dispose()
    found = modes(folder)
    assert (found["."], found["register.db"]) == (0o700, 0o600)


def test_the_command_tells_what_was_left_and_who_may_sign_in(backup, capsys, monkeypatch):
    monkeypatch.setenv("KAYOI_LANG", "ja")
    files = {"town/.streamlit/config.toml": b"x"}
    bad = craft(backup, backup.with_name("bad.zip"), files=files, register=PLANTED["a trigger"])
    assert main(["restore", str(bad), "--out", str(backup.with_name("out"))]) == 0
    told = capsys.readouterr().out
    assert "戻さなかったもの: .streamlit/config.toml, evil" in told
    assert "サインインできる人: tanaka" in told


def test_a_desks_hidden_files_are_not_taken_along(backup, tmp_path):
    _, _, out = restore(backup)
    (out / "sources" / ".DS_Store").write_bytes(b"x")
    (out / "sources" / ".通いの場.csv.part").write_bytes(b"x")
    save_backup(out, tmp_path / "c.zip", now=NOW)
    assert restore_backup(tmp_path / "c.zip", tmp_path / "again").left_out == ()
    assert len(list((tmp_path / "again" / "sources").iterdir())) == 1


def test_a_value_that_came_into_the_database_past_the_door_is_still_refused_by_a_restore(
    backup, tmp_path
):
    _, _, out = restore(backup)
    register = open_sqlite(out)
    wrong = version_values(new_version("s1", before=NOTHING, answers={"name": "x"}))
    wrong |= {"record_id": register.versions("s1")[0].record_id, "kind": "evil"}
    with writing(register.engine) as connection:
        connection.execute(insert(VERSION).values(wrong))
    register.engine.dispose()
    assert save_backup(out, tmp_path / "c.zip", now=NOW).faults
    with pytest.raises(InputError):
        restore_backup(tmp_path / "c.zip", tmp_path / "again")
