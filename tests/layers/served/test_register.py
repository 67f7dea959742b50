"""The register of the town being served takes the town's own list when it is first opened."""

import os
import shutil

import pytest

from geo.sources.editions import DATA
from layers.served.register import register_now
from layers.served.town import VARIABLE, town_now
from layers.served.walking import day_now
from surveys.store.own_batches import own_batches


@pytest.fixture
def folder(small_town, tmp_path, monkeypatch):
    made = tmp_path / "town"
    shutil.copytree(small_town, made, ignore=shutil.ignore_patterns("register"))
    monkeypatch.setenv(VARIABLE, str(made))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield made
    register_now().engine.dispose()


def test_the_list_is_taken_when_the_register_is_first_opened_and_once(folder):
    register = register_now()
    (batch,) = register.batches()
    assert batch.counts == {"new": 2} and batch.id in own_batches(register)
    assert len(register_now().all_versions()) == 2
    assert list(day_now().salons["source"]) == ["台帳", "台帳"]


def test_built_anew_with_the_same_list_nothing_is_taken_and_with_another_it_waits(folder):
    register = register_now()
    file = folder / DATA / "town.json"
    later = file.stat().st_mtime + 60
    os.utime(file, (later, later))
    assert len(register_now().batches()) == 1
    sites = town_now().sites
    sites.loc[sites["site_id"] == "t0", "name"] = "名を変えた集い"
    sites.to_parquet(folder / DATA / "sites.parquet")
    os.utime(file, (later + 60, later + 60))
    assert len(register_now().batches()) == 1
    assert town_now().salons["name"].tolist() == ["名を変えた集い", "サロン1"]
    assert sorted(day_now().salons["name"]) == ["サロン0", "サロン1"]
    assert register.batches()[0].undone_at is None


def test_a_folder_without_a_town_opens_its_register_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    register = register_now()
    assert register.batches() == []
    register.engine.dispose()
