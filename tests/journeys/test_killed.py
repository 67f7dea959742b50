"""The whole app killed again and again under eight who write: nothing acknowledged is lost."""

import os
import random
import shutil
import time

import pytest
from killed_app import App, find_damage, find_lost, make_writers

from geo.base.settings import KILLS
from surveys.store.register import open_register

SITES = 3
# What is waited for in turn after each start, so that the slow ones are at work too.
KINDS = ("forms", "imports", "records", "confirmed", "photos", "tracks")
LONGEST_S = 240
STEP_S = 0.02
BUSY_S = (0.0, 3.0, 0.3)


@pytest.fixture
def town(built_towns, tmp_path, monkeypatch):
    """The demo town, drawn once with its register."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return shutil.copytree(built_towns.filled(), tmp_path / "town")


def work_until_killed(app, rng, kind):
    """Let all work until somebody was told that a thing of a kind is kept, and a little on; kill."""
    before = len(app.told.get(kind, ()))
    for _ in range(int(LONGEST_S / STEP_S)):
        if len(app.told.get(kind, ())) > before:
            break
        time.sleep(STEP_S)
    assert len(app.told.get(kind, ())) > before, f"nobody was told anything of {kind}"
    time.sleep(rng.triangular(*BUSY_S))
    app.kill()


@pytest.mark.skipif(os.name == "nt", reason="kills as Unix does")
def test_nothing_that_was_acknowledged_is_lost_however_often_the_app_is_killed(town):
    register = open_register(town)
    every = register.sites_of(register.site_ids()).values()
    sites = [one.id for one in every if one.type.id == "park"][:SITES]
    register.engine.dispose()
    app, rng = App(town), random.Random(14)  # noqa: S311 - when to kill
    writers = make_writers(app, sites)
    for one in writers:
        one.start()
    try:
        for number in range(int(KILLS.read())):
            app.start()
            work_until_killed(app, rng, KINDS[number % len(KINDS)])
            told = {kind: list(found) for kind, found in app.told.items()}
            assert find_lost(town, told) == [], number
            counted = {kind: len(found) for kind, found in sorted(told.items())}
            print(f"killed {number + 1} times, acknowledged: {counted}, 0 lost", flush=True)  # noqa: T201
    finally:
        app.over.set()
        app.kill()
        for one in writers:
            one.join(timeout=60)
    assert [str(one.fault) for one in writers if one.fault] == []
    assert find_lost(town, app.told) == [] and find_damage(town) == []
    assert len(app.told) >= min(int(KILLS.read()), len(KINDS))
