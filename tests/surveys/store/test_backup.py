"""A backup holds everything, is put back as it was, and is refused when any part is damaged."""

import io
import json
import os
import random
import shutil
import stat
import zipfile

import pytest
from PIL import Image
from register_fixtures import HERE, LATER, NOW, READ, new_version, open_sqlite

from geo.base.problems import InputError
from geo.cli import main
from surveys.store import remaking
from surveys.store.backup import save_backup
from surveys.store.checking import check_register, count_orphans
from surveys.store.copying import differing_tables
from surveys.store.drafts import Draft, keep_draft
from surveys.store.engine import reading, writing
from surveys.store.receipt import Batch
from surveys.store.register import open_register
from surveys.store.restoring import restore_backup
from surveys.store.seal import LENGTH
from surveys.types import RECORD_TYPES


@pytest.fixture(autouse=True)
def _no_database(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)


def jpeg(seed):
    out = io.BytesIO()
    shade = (seed * 7919) % (1 << 24)
    Image.new("RGB", (64, 48), shade).save(out, "JPEG")
    return out.getvalue()


def fill(register):
    """A little of everything a register can hold."""
    photo, orphan = register.photos.take(jpeg(1)), register.photos.take(jpeg(2))
    answers = {
        "name": "さくら公園", "photos": [{"id": photo.id, "caption": "入口"}],
        "benches": [{"_id": "a", "back": "yes", "photos": [{"id": photo.id, "caption": ""}]}],
    }  # fmt: skip
    register.save(new_version("s1", answers))
    seen = register.site("s1").state
    register.save(new_version("s1", answers | {"toilet": "usable"}, before=seen))
    register.save(new_version("s1", answers | {"toilet": "none"}, before=seen))
    batch = Batch(
        id="b1", file="公園.csv", sha256="0" * 64, type="park", by="公園課", made_at=NOW,
        counts={"new": 1}, undone_at=None,
    )  # fmt: skip
    rows = [
        new_version(f"i{at}", {"name": f"公園{at}"}, kind="import", origin=READ, batch_id="b1")
        for at in (1, 2)
    ]
    register.save_all(rows, batch)
    register.undo_batch("b1", now=LATER)
    keep_draft(
        register, Draft(id="d", type="park", changed_at=NOW, answers={"name": "途中"}, shape=HERE)
    )
    register.set_fresh_months(RECORD_TYPES["park"], 18)
    return photo, orphan


def write_recipe(folder):
    (folder / "sources" / "2").mkdir(parents=True)
    (folder / "sources" / "通いの場.csv").write_text("名称\n西町\n", encoding="utf-8")
    (folder / "sources" / "2" / "border.shx").write_bytes(b"\0\1")
    text = '[[sources]]\nrole = "sites"\nfile = "sources/通いの場.csv"\n'
    (folder / "town.toml").write_text(text, encoding="utf-8")


def same_rows(one, other):
    with reading(one.engine) as left, reading(other.engine) as right:
        return differing_tables(left, right) == []


@pytest.fixture
def town(tmp_path):
    folder = tmp_path / "街"
    folder.mkdir()
    write_recipe(folder)
    register = open_sqlite(folder)
    fill(register)
    yield folder, register
    register.engine.dispose()


def test_a_backup_put_back_is_the_same_row_by_row_on_each_database(register, tmp_path):
    folder, file = tmp_path / "town", tmp_path / "控え.zip"
    write_recipe(folder)
    photo, orphan = fill(register)
    url = register.engine.url.render_as_string(hide_password=False)
    summary = save_backup(folder, file, url=url, now=NOW)
    assert (summary.sites, summary.versions, summary.photos, summary.faults) == (3, 5, 2, ())
    assert os.name == "nt" or file.stat().st_mode & 0o077 == 0, "passwords' fingerprints are inside"
    assert restore_backup(file, tmp_path / "新しい街") == summary
    back = open_sqlite(tmp_path / "新しい街")
    assert same_rows(register, back) and check_register(back) == [] and count_orphans(back) == 1
    for one in (photo, orphan):
        assert back.photos.load(one.id) == register.photos.load(one.id)
    for name in ("town.toml", "sources/通いの場.csv", "sources/2/border.shx"):
        assert (tmp_path / "新しい街" / name).read_bytes() == (folder / name).read_bytes()
    receipt = back.save(new_version("s9", {"name": "次"}))
    assert (receipt.seq, receipt.number) == (6, 4)
    back.engine.dispose()


@pytest.mark.postgis
def test_a_backup_is_put_into_an_empty_database_and_no_other(town, postgres_url, tmp_path):
    folder, register = town
    file = tmp_path / "b.zip"
    save_backup(folder, file, now=NOW)
    restore_backup(file, tmp_path / "out", url=postgres_url)
    back = open_register(tmp_path / "out", postgres_url)
    assert same_rows(register, back) and check_register(back) == []
    assert not (tmp_path / "out" / "register" / "register.db").exists()
    receipt = back.save(new_version("s9", {"name": "次"}))
    assert (receipt.seq, receipt.number) == (6, 4)
    with pytest.raises(InputError) as told:
        restore_backup(file, tmp_path / "other", url=postgres_url)
    assert "もう記録があります" in told.value.words.ja and not (tmp_path / "other").exists()
    back.engine.dispose()


def test_the_same_register_makes_the_same_bytes(town, tmp_path):
    files = [tmp_path / "a.zip", tmp_path / "b.zip"]
    for file in files:
        save_backup(town[0], file, now=NOW)
    assert files[0].read_bytes() == files[1].read_bytes()
    with zipfile.ZipFile(files[0]) as archive:
        kinds = {
            info.filename.rpartition(".")[2]: info.compress_type for info in archive.infolist()
        }
        names = archive.namelist()
    assert kinds["jpg"] == zipfile.ZIP_STORED and kinds["db"] == zipfile.ZIP_DEFLATED
    assert names[0] == "register.db" and names[-1] == "manifest.json"
    assert not [name for name in names if "thumb" in name or "wal" in name]


def test_a_town_without_a_recipe_has_its_data_inside(town, tmp_path):
    folder, _ = town
    (folder / "town.toml").unlink()
    (folder / "data").mkdir()
    (folder / "data" / "town.json").write_text("{}", encoding="utf-8")
    save_backup(folder, tmp_path / "b.zip", now=NOW)
    restore_backup(tmp_path / "b.zip", tmp_path / "out")
    assert (tmp_path / "out" / "data" / "town.json").read_text(encoding="utf-8") == "{}"
    assert not (tmp_path / "out" / "sources").exists()


def test_what_people_dropped_is_not_in_the_backup(town, tmp_path):
    folder, register = town
    dropped = "消したはずの下書き"
    keep_draft(register, Draft(id="x", type="park", changed_at=NOW, answers={"name": dropped * 50}))
    with writing(register.engine) as connection:
        connection.exec_driver_sql("DELETE FROM draft")
    save_backup(folder, tmp_path / "b.zip", now=NOW)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        data = archive.read("register.db")
    assert json.dumps(dropped)[1:-1].encode() not in data and dropped.encode() not in data


def test_a_damaged_photo_is_told_and_the_rest_is_backed_up_and_restored(town, tmp_path):
    folder, register = town
    for one in register.photos.ids():
        register.photos.path_of(one).write_bytes(b"\xff\xd8broken")
    summary = save_backup(folder, tmp_path / "b.zip", now=NOW)
    assert summary.photos == 0 and len(summary.faults) == 1
    assert "地点 1 の写真" in summary.faults[0].ja
    assert restore_backup(tmp_path / "b.zip", tmp_path / "out").faults == summary.faults


def test_a_folder_that_holds_records_is_left_alone(town, tmp_path):
    folder, _ = town
    save_backup(folder, tmp_path / "b.zip", now=NOW)
    before = sorted((one, one.stat().st_mtime_ns) for one in folder.rglob("*") if one.is_file())
    with pytest.raises(InputError) as told:
        restore_backup(tmp_path / "b.zip", folder)
    assert "もう台帳があります" in told.value.words.ja
    assert (
        sorted((one, one.stat().st_mtime_ns) for one in folder.rglob("*") if one.is_file())
        == before
    )


def test_a_town_that_was_built_anew_keeps_its_recipe(town, tmp_path):
    folder, register = town
    save_backup(folder, tmp_path / "b.zip", now=NOW)
    out = tmp_path / "out"
    (out / "data").mkdir(parents=True)
    (out / "town.toml").write_text("name = '新しい'\n", encoding="utf-8")
    assert restore_backup(tmp_path / "b.zip", out).town_kept
    assert (out / "town.toml").read_text(encoding="utf-8") == "name = '新しい'\n"
    back = open_sqlite(out)
    assert same_rows(register, back) and sorted(one.name for one in out.iterdir()) == [
        "data", "register", "sources", "town.toml",
    ]  # fmt: skip
    back.engine.dispose()


def rebuilt(file, out, change):
    """Write a zip whose parts `change(name, data)` alters; `None` leaves one out."""
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in archive.infolist():
            data = change(info.filename, archive.read(info.filename))
            if data is not None:
                new.writestr(info.filename, data)
    return out


def listing(change):
    """Alter the manifest's table."""

    def at(name, data):
        if name != "manifest.json":
            return data
        table = json.loads(data)
        change(table)
        return json.dumps(table).encode()

    return at


def only(part, altered):
    return lambda name, data: altered(data) if name.startswith(part) else data


def _rename(table):
    table["members"][1]["name"] = "town/../../evil"


DAMAGES = [
    (
        "the register changed",
        only("register.db", lambda data: data[:5000] + b"x" + data[5001:]),
        "台帳",
    ),
    ("the register shortened", only("register.db", lambda data: data[:-4096]), "台帳"),
    ("a photo changed", only("photos/", lambda data: data[:-1] + b"x"), "写真"),
    ("a photo gone", only("photos/", lambda _: None), "写真"),
    ("a source changed", only("town/sources", lambda data: data + b"x"), "街のファイル"),
    ("the recipe gone", only("town/town.toml", lambda _: None), "街のファイル（town.toml）"),
    ("no list", only("manifest.json", lambda _: None), "目録"),
    ("a list that is none", only("manifest.json", lambda _: b"{"), "目録"),
    ("another program's list", listing(lambda t: t.update(format="other")), "目録"),
    ("a newer release's", listing(lambda t: t.update(version=2)), "新しい版"),
    ("a name that leaves the folder", listing(_rename), "目録"),
    ("an unlisted part", listing(lambda t: t["members"].pop()), "目録にない物"),
    ("a size that is not its own", listing(lambda t: t["members"][0].update(size=1)), "台帳"),
    ("a negative size", listing(lambda t: t["members"][0].update(size=-1)), "目録"),
    (
        "a fingerprint of another",
        listing(lambda t: t["members"][0].update(sha256="0" * 64)),
        "台帳",
    ),
]


@pytest.mark.parametrize(("why", "change", "said"), DAMAGES, ids=[one[0] for one in DAMAGES])
def test_a_damaged_or_foreign_file_is_refused_and_the_part_is_named(
    town, tmp_path, why, change, said
):
    save_backup(town[0], tmp_path / "b.zip", now=NOW)
    bad = rebuilt(tmp_path / "b.zip", tmp_path / "bad.zip", change)
    with pytest.raises(InputError) as told:
        restore_backup(bad, tmp_path / "out")
    assert said in told.value.words.ja, why
    assert sorted(one.name for one in tmp_path.iterdir()) == ["b.zip", "bad.zip", "街"]


def hostile(town, tmp_path, add):
    save_backup(town[0], tmp_path / "b.zip", now=NOW)
    with zipfile.ZipFile(tmp_path / "b.zip", "a") as archive:
        archive.comment = b""  # who changes it on purpose would not leave the seal to tell
        add(archive)
    with pytest.raises(InputError) as told:
        restore_backup(tmp_path / "b.zip", tmp_path / "out")
    assert not (tmp_path / "out").exists() and not (tmp_path / "evil").exists()
    return told.value.words.ja


def test_a_name_that_leaves_the_folder_is_refused(town, tmp_path):
    for name in ("../evil", "/evil", "town/../../evil", "C:\\evil"):
        assert "目録にない物" in hostile(
            town, tmp_path, lambda archive, name=name: archive.writestr(name, b"x")
        )


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_second_part_of_one_name_is_refused(town, tmp_path):
    assert "目録にない物" in hostile(
        town, tmp_path, lambda archive: archive.writestr("register.db", b"x")
    )


def test_a_link_is_refused(town, tmp_path):
    save_backup(town[0], tmp_path / "b.zip", now=NOW)
    with (
        zipfile.ZipFile(tmp_path / "b.zip") as archive,
        zipfile.ZipFile(tmp_path / "bad.zip", "w") as new,
    ):
        for info in archive.infolist():
            made = zipfile.ZipInfo(info.filename)
            link = info.filename == "town/town.toml"
            made.external_attr = (stat.S_IFLNK if link else stat.S_IFREG) << 16
            new.writestr(made, archive.read(info.filename))
    with pytest.raises(InputError, match=r"town\.toml"):
        restore_backup(tmp_path / "bad.zip", tmp_path / "out")


def test_a_bomb_is_refused_before_it_is_unpacked(town, tmp_path):
    (town[0] / "sources" / "zeros").write_bytes(bytes(120_000_000))
    save_backup(town[0], tmp_path / "b.zip", now=NOW)
    with pytest.raises(InputError, match="far too large"):
        restore_backup(tmp_path / "b.zip", tmp_path / "out")
    assert not list(tmp_path.glob(".*"))


def test_every_truncation_is_noticed(town, tmp_path):
    save_backup(town[0], tmp_path / "b.zip", now=NOW)
    data = (tmp_path / "b.zip").read_bytes()
    rng = random.Random(8)  # noqa: S311 - where to cut
    bad = tmp_path / "bad.zip"
    for at in [*range(len(data) - 110, len(data)), *(rng.randrange(len(data)) for _ in range(100))]:
        bad.write_bytes(data[:at])
        with pytest.raises(InputError):
            restore_backup(bad, tmp_path / "out")
        assert not (tmp_path / "out").exists()


def test_every_flipped_bit_is_noticed(town, tmp_path):
    save_backup(town[0], tmp_path / "b.zip", now=NOW)
    data = (tmp_path / "b.zip").read_bytes()
    rng = random.Random(9)  # noqa: S311 - which bit
    # Anywhere, and every bit of the end, where the seal and the zip's own directory stand.
    bits = [rng.randrange(8 * len(data)) for _ in range(200)]
    for bit in [*bits, *range(8 * (len(data) - 110), 8 * len(data), 3)]:
        bad = bytearray(data)
        bad[bit // 8] ^= 1 << bit % 8
        (tmp_path / "bad.zip").write_bytes(bad)
        with pytest.raises(InputError):
            restore_backup(tmp_path / "bad.zip", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def unsealed(file, out):
    """Write a backup as the release before made it: without a comment."""
    data = bytearray(file.read_bytes()[:-LENGTH])
    data[-2:] = b"\0\0"
    out.write_bytes(data)
    return out


def test_a_backup_of_before_has_no_seal_and_is_put_back(town, tmp_path):
    save_backup(town[0], tmp_path / "b.zip", now=NOW)
    old = unsealed(tmp_path / "b.zip", tmp_path / "old.zip")
    assert restore_backup(old, tmp_path / "out").sites == 3


def test_a_flipped_bit_of_a_backup_without_a_seal_is_noticed_or_harmless(town, tmp_path):
    save_backup(town[0], tmp_path / "b.zip", now=NOW)
    data = unsealed(tmp_path / "b.zip", tmp_path / "old.zip").read_bytes()
    rng = random.Random(9)  # noqa: S311 - which bit
    refused = 0
    for _ in range(60):
        at = rng.randrange(len(data))
        bad = bytearray(data)
        bad[at] ^= 1 << rng.randrange(8)
        (tmp_path / "bad.zip").write_bytes(bad)
        try:
            restore_backup(tmp_path / "bad.zip", tmp_path / "out")
        except InputError:
            refused += 1
        else:
            back = open_sqlite(tmp_path / "out")
            assert same_rows(town[1], back)
            back.engine.dispose()
            shutil.rmtree(tmp_path / "out")
    assert refused > 40


def test_a_register_that_was_changed_by_hand_is_refused_by_what_does_not_fit(town, tmp_path):
    folder, register = town
    save_backup(folder, tmp_path / "b.zip", now=NOW)
    with writing(register.engine) as connection:
        connection.exec_driver_sql("UPDATE site SET flat = json_set(flat, '$.name', '別の名')")
    summary = save_backup(folder, tmp_path / "c.zip", now=NOW)
    assert "地点 1 が履歴と合いません" in summary.faults[0].ja
    # As the list tells it: what was known to be wrong is put back; what was not is refused.
    assert restore_backup(tmp_path / "c.zip", tmp_path / "out").faults == summary.faults
    bad = rebuilt(tmp_path / "c.zip", tmp_path / "bad.zip", listing(lambda t: t.update(faults=[])))
    with pytest.raises(InputError) as told:
        restore_backup(bad, tmp_path / "out2")
    assert "地点 1 が履歴と合いません" in told.value.words.ja


def test_a_newer_releases_register_is_refused(town, tmp_path):
    folder, register = town
    with writing(register.engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    register.engine.dispose()
    with pytest.raises(InputError) as told:
        save_backup(folder, tmp_path / "b.zip", now=NOW)
    assert "新しい版" in told.value.words.ja


def test_a_backup_of_a_newer_release_is_refused(town, tmp_path, monkeypatch):
    save_backup(town[0], tmp_path / "b.zip", now=NOW)
    monkeypatch.setattr(remaking, "known_levels", frozenset)
    with pytest.raises(InputError) as told:
        restore_backup(tmp_path / "b.zip", tmp_path / "out")
    assert "新しい版" in told.value.words.ja and not (tmp_path / "out").exists()


def test_no_register_is_made_where_there_is_none(tmp_path):
    with pytest.raises(InputError, match="no register"):
        save_backup(tmp_path / "typo", tmp_path / "b.zip", now=NOW)
    assert list(tmp_path.iterdir()) == []


def test_the_commands_say_what_they_did(town, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("KAYOI_LANG", "ja")
    file, out = tmp_path / "控え.zip", tmp_path / "戻し"
    assert main(["backup", "--town", str(town[0]), str(file)]) == 0
    assert "地点と活動記録 3・記録の版 5・写真 2" in capsys.readouterr().out
    assert main(["restore", str(file), "--out", str(out)]) == 0
    assert f"kayoi build --recipe {out / 'town.toml'}" in capsys.readouterr().out
    assert main(["restore", str(file), "--out", str(out)]) == 2
    assert "もう台帳があります" in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "none.zip"), "--out", str(tmp_path / "x")]) == 2
    assert "開けません" in capsys.readouterr().err
