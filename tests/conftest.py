"""What every test may ask for, and the rule that nothing is skipped unseen."""

import gc
import os
import shutil
import sys
from functools import cache
from pathlib import Path

import pytest
from browser_town import (  # noqa: F401 - fixtures
    browser,
    demo_address,
    demo_folder,
    playwright,
    visit,
    window,
)
from built_towns import (  # noqa: F401 - fixtures
    built_towns,
    demo_town,
    filled_town,
    small_town,
)
from field_town import field_town, tablet  # noqa: F401 - fixtures
from hypothesis import settings
from js_tools import js_packages  # noqa: F401 - fixtures
from packing import long_files, packed

from geo.base.settings import DATA

HERE = Path(__file__).parent
# Pages are opened here without a browser's cookies; tests of signing in ask for it themselves.
os.environ["KAYOI_SIGN_IN"] = "off"
# A slow machine is no fault of a law: how long an example took is not looked at.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
# What tests write lies in memory where there is room for it: they ask for a disk at every save.
_MEMORY, _ROOM = Path("/dev/shm"), 6 << 30  # noqa: S108 - where Linux has it
if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
_SKIPPED: list[tuple[str, str]] = []


def _data_folder() -> Path | None:
    named = DATA.read()
    folder = Path(named) if named else HERE.parents[1] / "shared" / "data"
    return folder if (folder / "README.md").exists() else None


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real data; the test skips where there is none."""
    folder = _data_folder()
    if folder is None:
        pytest.skip("no real data folder here (set KAYOI_DATA)")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium; the test skips where there is none.

    Its headless shell draws the same pages with three fifths of the whole browser's work.
    """
    found = filter(None, map(shutil.which, ("chromium-headless-shell", "chromium")))
    path = next(found, None)
    if path is None:
        pytest.skip("no Chromium here (apt-get install chromium-headless-shell fonts-noto-cjk)")
    return path


@pytest.fixture(scope="session")
def postgres():
    """The address of a PostgreSQL with PostGIS; one of our own for the run."""
    from register_fixtures import own_server

    with own_server() as address:
        yield address


@pytest.fixture
def postgres_url(postgres):
    """The address of an empty database."""
    from register_fixtures import own_database

    with own_database(postgres) as address:
        yield address


@pytest.fixture(scope="session")
def postgres_register(postgres, tmp_path_factory):
    """The address of a database with an empty register in it, to be copied and left alone."""
    from register_fixtures import own_database

    from surveys.store.register import open_register

    with own_database(postgres) as address:
        open_register(tmp_path_factory.mktemp("register"), address).engine.dispose()
        yield address


@pytest.fixture(scope="session")
def emptied():
    """Databases that were used and are empty again."""
    return []


@pytest.fixture
def postgres_copy(postgres_register, emptied):
    """The address of a database with an empty register in it, its test's own."""
    from register_fixtures import emptied_database

    with emptied_database(postgres_register, emptied) as address:
        yield address


@pytest.fixture(scope="session", autouse=True)
def _new_registers(tmp_path_factory):
    """Tables of a new SQLite register are made once a worker: to make them takes six openings."""
    from new_register import copied_tables

    with copied_tables(tmp_path_factory.mktemp("new")):
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_other_components():
    """Streamlit's `AppTest` reads what packages are installed at every run; here, once a worker."""
    if "streamlit.testing.v1" not in sys.modules:  # no test of this run opens a page
        yield
        return
    from streamlit.components.v2 import manifest_scanner

    with pytest.MonkeyPatch.context() as patch:
        found = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@pytest.fixture(params=["sqlite", pytest.param("postgis", marks=pytest.mark.postgis)])
def register(request, tmp_path):
    """An empty register, on each database in turn."""
    from register_fixtures import open_sqlite

    from surveys.store.register import open_register

    folder = tmp_path / "town"
    folder.mkdir()
    if request.param == "sqlite":
        made = open_sqlite(folder)
    else:
        made = open_register(folder, request.getfixturevalue("postgres_copy"))
    yield made
    made.engine.dispose()


@pytest.fixture
def desk(tmp_path):
    """A register files are brought in to, and how to do that."""
    from import_fixtures import Desk

    made = Desk(tmp_path)
    yield made
    made.book.engine.dispose()


@pytest.fixture
def book(desk):
    """The desk's register."""
    return desk.book


@pytest.fixture
def plan(desk):
    """What bringing a file in would do."""
    return desk.plan


@pytest.fixture
def take(desk):
    """Bringing a file in."""
    return desk.take


@pytest.fixture
def door(register, monkeypatch):
    """A small app behind the gate, with one account."""
    from sign_in_desk import let_watches_end, open_door

    yield open_door(register, monkeypatch)
    let_watches_end()


@pytest.fixture
def japanese(monkeypatch):
    """Commands speak Japanese."""
    monkeypatch.setenv("KAYOI_LANG", "ja")


# What a fixture needs of the machine → the mark of every test that asks for it.
_NEEDS = {"chromium": "browser", "postgres": "postgis", "data": "data"}
# A browser's steps wait for a server, real data is large, and the packages may come over a line.
_SLOW, _SLOW_S = {"browser", "postgis", "data"}, 600


def pytest_collection_modifyitems(items):
    """Mark what a test needs and what is long, and put the files in the order of `packed`."""
    seconds = long_files()
    for item in items:
        for fixture, mark in _NEEDS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)
        marks = {mark.name for mark in item.iter_markers()}
        slow = marks & _SLOW or "js_packages" in getattr(item, "fixturenames", ())
        if slow and "timeout" not in marks:
            item.add_marker(pytest.mark.timeout(_SLOW_S))
        if item.path in seconds:
            item.add_marker("long")
    waiting = {item.path for item in items if item.get_closest_marker("browser")}
    order = packed(dict.fromkeys(item.path for item in items), waiting, seconds)
    items.sort(key=lambda item: order[item.path])


def pytest_collection_finish():
    """Leave all that was collected out of every later search for what nobody holds any more."""
    gc.collect()
    gc.freeze()


def pytest_runtest_logreport(report):
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        _SKIPPED.append((report.nodeid, reason))


def pytest_sessionfinish(session):
    """In CI a skip that is not on the written list fails the run."""
    if os.environ.get("CI") != "true" or hasattr(session.config, "workerinput"):
        return
    listed = (HERE / "allowed_skips.txt").read_text(encoding="utf-8").splitlines()
    allowed = tuple(line for line in listed if line and not line.startswith("#"))
    unseen = [(test, why) for test, why in _SKIPPED if not test.startswith(allowed or ("\0",))]
    for test, why in unseen:
        print(f"\nskipped in CI, and not in tests/allowed_skips.txt: {test}: {why}")  # noqa: T201
    if unseen:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
