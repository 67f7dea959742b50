"""Which ids the register tells of: sites, things inside them, and not what was undone."""

import pytest
from register_fixtures import READ, new_version, open_sqlite

from layers.surveyed.known import known_ids
from surveys.store.receipt import Batch

AT = "2026-11-21T09:00:00.000Z"


@pytest.fixture
def register(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    made = open_sqlite(tmp_path)
    yield made
    made.engine.dispose()


def test_sites_and_things_inside_them_are_known_until_their_import_is_undone(register):
    batch = Batch(
        id="b", file="f.csv", sha256="1" * 64, type="park", by="係", made_at=AT, counts={},
        undone_at=None,
    )  # fmt: skip
    row = new_version("s1", {"name": "公園"}, kind="import", origin=READ, batch_id="b")
    register.save_all([row], batch)
    asked = ["s1", "s1/benches/b1", "osm-n1", "osm-n1/benches/b1"]
    assert known_ids(register, asked) == {"s1", "s1/benches/b1"}
    register.undo_batch("b", now=AT)
    assert known_ids(register, asked) == frozenset()
