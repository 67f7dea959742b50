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
# Until somebody has been told something after a start: pages come last, imports take longest.
LONGEST_S = 120
BUSY_S = (0.05, 4.0, 0.8)


@pytest.fixture
def town(built_towns, tmp_path, monkeypatch):
    """The demo town, drawn once with its register."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return shutil.copytree(built_towns.filled(), tmp_path / "town")


def work_until_killed(app, rng):
    """Let all work a while once somebody was told something, then kill the server."""
    before, ends = app.count(), time.monotonic() + LONGEST_S
    while app.count() == before and time.monotonic() < ends:
        time.sleep(0.02)
    assert app.count() > before, "nobody was told anything"
    time.sleep(rng.triangular(*BUSY_S))
    app.kill()


@pytest.mark.skipif(os.name == "nt", reason="kills as Unix does")
def test_nothing_that_was_acknowledged_is_lost_however_often_the_app_is_killed(town):
    register = open_register(town)
    sites = [one for one in register.site_ids() if register.site(one).type.id == "park"][:SITES]
    register.engine.dispose()
    app, rng = App(town), random.Random(14)  # noqa: S311 - when to kill
    writers = make_writers(app, sites)
    for one in writers:
        one.start()
    try:
        for number in range(int(KILLS.read())):
            app.start()
            work_until_killed(app, rng)
            told = {kind: list(found) for kind, found in app.told.items()}
            assert find_lost(town, told) == [], number
    finally:
        app.over.set()
        app.kill()
        for one in writers:
            one.join(timeout=60)
    assert [str(one.fault) for one in writers if one.fault] == []
    assert find_lost(town, app.told) == [] and find_damage(town) == []
    counted = {kind: len(found) for kind, found in sorted(app.told.items())}
    print(f"{KILLS.read()} kills, acknowledged: {counted}, 0 lost")  # noqa: T201
    assert app.count() >= int(KILLS.read())
