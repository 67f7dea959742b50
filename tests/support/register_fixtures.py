"""Registers to test with: on SQLite, and on a PostgreSQL of our own."""

import contextlib
import itertools
import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from pathlib import Path

import psycopg
import pytest
import shapely

from geo.base.settings import TEST_POSTGRES
from surveys.record.compose import KEEP, Written, compose
from surveys.record.history import NOTHING, Origin
from surveys.record.site import find_type
from surveys.store.register import open_register

SEEN = Origin(source="surveyed", sure="sure", by="生活支援コーディネーター", on="2026-11-21")
READ = Origin(source="imported", sure="sure", by="地域包括ケア推進課", on="")
NOW = "2026-11-21T09:00:00+09:00"
LATER = "2026-11-21T10:00:00+09:00"
HERE = shapely.Point(139.8956, 35.6449)
_COUNT = itertools.count(1)


def new_version(site_id="s1", answers=None, **more):
    """Return a version, as the form would make it of what was written.

    `before` is the state its writer saw (none for a new site).
    """
    before = more.pop("before", None) or NOTHING
    number = next(_COUNT)
    written = {
        "version_id": f"v{number}", "record_id": f"r{number}", "kind": "visit", "origin": SEEN,
        "made_at": NOW, "place": KEEP if before.head else HERE,
    }  # fmt: skip
    type_ = find_type(more.pop("type", "park"))
    version, faults = compose(
        type_, before, Written(site_id=site_id, answers=answers, **(written | more))
    )
    assert not faults, faults
    return version


def open_sqlite(folder):
    return open_register(folder, f"sqlite:///{folder}/register/register.db")


def find_binaries():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    named = shutil.which("initdb")
    return Path(named).parent if named else found[-1].parent if found else None


@contextlib.contextmanager
def own_server():
    """Give the address of a PostgreSQL with PostGIS, or skip saying why."""
    if TEST_POSTGRES.read():
        with _template(TEST_POSTGRES.read()) as address:
            yield address
        return
    binaries = find_binaries()
    if binaries is None or not list(
        Path("/usr/share/postgresql").glob("*/extension/postgis.control")
    ):
        pytest.skip("no PostgreSQL with PostGIS here (apt-get install postgresql-15-postgis-3)")
    folder = Path(tempfile.mkdtemp(prefix="kayoi-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    options = (
        f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
    )
    try:
        _as_postgres(f"{binaries}/initdb -D {data} -U kayoi -A trust -E UTF8 --locale=C.UTF-8 -N")
        _as_postgres(f'{binaries}/pg_ctl -D {data} -w -l {folder}/log -o "{options}" start')
        with _template(f"postgresql://kayoi@127.0.0.1:{port}/postgres") as address:
            yield address
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            _as_postgres(f"{binaries}/pg_ctl -D {data} -m immediate -w stop")
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def own_database(template):
    """Give the address of a new database like `template`; it is gone afterwards."""
    server, _, like = template.rpartition("/")
    name = f"kayoi_{uuid.uuid4().hex}"
    _run(f"{server}/postgres", f"CREATE DATABASE {name} TEMPLATE {like}")
    try:
        yield f"{server}/{name}"
    finally:
        _run(f"{server}/postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextlib.contextmanager
def emptied_database(template, free):
    """Give the address of a database like `template`, which has tables and no row in them.

    `free` holds such databases; this one joins them once what its test wrote is gone. Making one
    takes a second, emptying one a hundredth of it.
    """
    server, _, like = template.rpartition("/")
    if not free:
        free.append(f"kayoi_{uuid.uuid4().hex}")
        _run(f"{server}/postgres", f"CREATE DATABASE {free[-1]} TEMPLATE {like}")
    name = free.pop()
    yield f"{server}/{name}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
    with psycopg.connect(f"{server}/{name}", autocommit=True) as connection:
        tables = connection.execute(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
            " AND tablename NOT IN ('alembic_version', 'spatial_ref_sys')"
        ).fetchall()
        connection.execute(
            f"TRUNCATE {', '.join(one for (one,) in tables)} RESTART IDENTITY CASCADE"
        )
    free.append(name)


@contextlib.contextmanager
def _template(address):
    # PostGIS takes half a second to set up; a copy of it does not.
    with own_database(f"{address.rpartition('/')[0]}/template1") as template:
        _run(template, "CREATE EXTENSION IF NOT EXISTS postgis")
        yield template


def _run(address, command):
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(command)


def _as_postgres(command):
    # PostgreSQL refuses to run as root.
    full = ["su", "postgres", "-c", command] if os.geteuid() == 0 else ["sh", "-c", command]
    subprocess.run(full, check=True, capture_output=True, cwd="/", timeout=60)
