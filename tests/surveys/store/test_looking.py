"""A register looked at as it stands, without a file made, moved or brought up to date."""

import shutil

import pytest
from register_fixtures import new_version

from geo.base.problems import InputError
from surveys.store.looking import file_of, look_at
from surveys.store.register import FILE, FOLDER, open_register, register_url


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A folder with a register of one site."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    folder = tmp_path / "town"
    folder.mkdir()
    register = open_register(folder)
    register.save(new_version("s", {"name": "会館"}, type="salon"))
    register.engine.dispose()
    return folder


@pytest.mark.postgis
def test_a_database_is_looked_at_and_an_empty_one_stays_empty(tmp_path, postgres_url):
    seen = look_at(postgres_url)
    assert (seen.level, seen.sites, seen.is_newest) == ("", 0, False)
    assert look_at(postgres_url) == seen
    open_register(tmp_path, postgres_url).engine.dispose()
    assert look_at(postgres_url).is_newest


def test_an_address_of_another_kind_is_refused_without_telling_it():
    for url in ("mysql://a:himitsu@b/c", "himitsu"):
        with pytest.raises(InputError) as told:
            file_of(url)
        assert "himitsu" not in str(told.value.words)


def test_looking_at_a_register_changes_no_file_also_beside_a_writer(kept):
    def state():
        return {
            one.name: (one.stat().st_mtime_ns, one.read_bytes())
            for one in (kept / FOLDER).iterdir() if one.is_file() and not one.name.endswith("-shm")
        }  # fmt: skip

    before = state()
    assert look_at(register_url(kept)).versions == 1
    assert state() == before
    register = open_register(kept)
    try:
        state_ = register.site("s").state
        register.save(new_version("s", {"name": "新しい会館"}, type="salon", before=state_))
        before = state()
        assert look_at(register_url(kept)).versions == 2 and f"{FILE}-wal" in before
        assert state() == before
        copied = kept.parent / "copied"
        (copied / FOLDER).mkdir(parents=True)
        for name in (FILE, f"{FILE}-wal"):  # as a crash leaves it
            shutil.copy(kept / FOLDER / name, copied / FOLDER)
        assert look_at(register_url(copied)).versions == 2
        assert sorted(one.name for one in (copied / FOLDER).iterdir()) == [FILE, f"{FILE}-wal"]
    finally:
        register.engine.dispose()
