"""A large block that is freed is the machine's again."""

import subprocess
import sys

import pytest

from layers.door.memory import bound_memory

# Blocks of 20 MB taken and freed in threads, as decoded photos are; prints what is left, in MB.
LOOK = """
import ctypes, sys, threading
from layers.door.memory import bound_memory
if sys.argv[1] == "bound":
    assert bound_memory()
c = ctypes.CDLL(None)
c.malloc.restype, c.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 1e6
before = resident()
def work():
    for _ in range(3):
        held = [c.malloc(size) for size in (20_000_000, 20_000_000)]
        small = c.malloc(1_000)  # keeps what lies below it in the heap
        for one in held:
            ctypes.memset(one, 1, 20_000_000)
        for one in held:
            c.free(one)
waiting = threading.Barrier(9)
def thread():
    work()
    waiting.wait()
    waiting.wait()
threads = [threading.Thread(target=thread) for _ in range(8)]
for one in threads: one.start()
waiting.wait()
print(resident() - before)
waiting.wait()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's own")
def test_what_eight_threads_took_and_freed_is_not_kept():
    left = [
        float(subprocess.run(
            [sys.executable, "-c", LOOK, how], capture_output=True, text=True, check=True
        ).stdout) for how in ("bound", "as it is")
    ]  # fmt: skip
    assert left[0] < 20 < left[1]


def test_elsewhere_it_is_left_as_it_is(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert not bound_memory()
