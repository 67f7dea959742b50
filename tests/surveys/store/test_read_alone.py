"""A register in a folder where nothing may be written is read, and written by nobody."""

import os
import subprocess
import sys

import pytest
from register_fixtures import new_version

from surveys.record.cannot_keep import CannotKeepError
from surveys.store.read_alone import reads_alone
from surveys.store.register import FILE, FOLDER, find_register, open_register

# Root may write anywhere unless it gives that up.
DROP = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"]
READ = """
import sys
from pathlib import Path
from surveys.store.register import find_register
print(find_register(Path(sys.argv[1])).site("s").state.flat["name"])
"""


@pytest.fixture
def kept(tmp_path):
    """A folder with a register of one site, closed by who wrote it."""
    _write(tmp_path, "会館", base=0)
    return tmp_path


def _write(folder, name, *, base):
    register = open_register(folder)
    before = register.site("s") if base else None
    register.save(new_version("s", {"name": name}, type="salon", before=before and before.state))
    register.engine.dispose()


@pytest.fixture
def closed(monkeypatch):
    """Whether the folder may not be written, as the operating system would say."""
    said = {"closed": True}
    allowed = os.access
    monkeypatch.setattr(
        os,
        "access",
        lambda path, mode: (mode != os.W_OK or not said["closed"]) and allowed(path, mode),
    )
    return said


def test_a_folder_without_write_permission_is_read(kept):
    (kept / FOLDER).chmod(0o555)
    drop = DROP if os.geteuid() == 0 else []
    try:
        found = subprocess.run(
            [*drop, sys.executable, "-c", READ, str(kept)],
            capture_output=True, text=True, check=True, env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        assert found.stdout.strip() == "会館"
        assert {one.name for one in (kept / FOLDER).iterdir()} == {FILE, "photos"}
    finally:
        (kept / FOLDER).chmod(0o755)


def test_it_is_not_written(kept, closed):
    assert closed["closed"]
    register = find_register(kept)
    state = register.site("s").state
    with pytest.raises(CannotKeepError, match="cannot be written"):
        register.save(new_version("s", {"name": "新会館"}, type="salon", before=state))
    assert register.site("s").state.flat["name"] == "会館"
    register.engine.dispose()


def test_what_somebody_else_writes_is_read_at_the_next_look(kept, closed):
    register = find_register(kept)
    assert register.site("s").state.flat["name"] == "会館"
    closed["closed"] = False
    _write(kept, "新会館", base=1)
    closed["closed"] = True
    assert register.site("s").state.flat["name"] == "新会館"
    register.engine.dispose()


def test_a_register_at_work_is_not_read_past_its_journal(kept, closed):
    path = kept / FOLDER / FILE
    assert reads_alone(str(path))
    journal = kept / FOLDER / f"{FILE}-wal"
    journal.write_bytes(b"")
    assert not reads_alone(str(path))
    journal.unlink()
    closed["closed"] = False
    assert not reads_alone(str(path))
