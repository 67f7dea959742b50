"""What is made once a run, whichever of its workers comes first; and one at a time."""

import os
import shutil
import time
from contextlib import contextmanager
from pathlib import Path

# Longer than anything made here takes, also on a busy machine.
LONGEST_S = 240


@contextmanager
def alone(lock):
    """Hold a file that only one process at a time can make; a killed holder's is taken over."""
    ends = time.monotonic() + LONGEST_S
    while not _take(lock) and time.monotonic() < ends:
        time.sleep(0.05)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _take(lock):
    try:
        lock.touch(exist_ok=False)
    except FileExistsError:
        try:
            age = time.time() - lock.stat().st_mtime
        except FileNotFoundError:  # let go of in between
            return False
        if age > LONGEST_S:
            lock.unlink(missing_ok=True)
        return False
    return True


def folder_of_run(tmp_path_factory):
    """The folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


def make_once(folder: Path, make):
    """Return a folder that `make` filled, called by the first who needs it; nobody changes it."""
    with alone(folder.with_name(f"{folder.name}.lock")):
        if not folder.exists():
            half = folder.with_name(f"{folder.name}.half")
            shutil.rmtree(half, ignore_errors=True)
            make(half)
            half.rename(folder)
    return folder
