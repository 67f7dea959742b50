"""One engine at one task, in a process of its own: ``python worker.py ENGINE TASK FOLDER``.

It builds, says how long that took, and then answers one question a line (JSON) on standard
input, so that the questions to several engines can take turns. Memory is the process's own
high-water mark, read right after the last question that is timed.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from store import Case, Work

if TYPE_CHECKING:
    from collections.abc import Callable

    Answer = Callable[[], Any]
    Ask = Callable[[Case], Answer]


def main() -> None:
    """Build, then answer until the input ends."""
    engine, task, folder = sys.argv[1:4]
    say = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # some engines print
    work = Work(folder=Path(folder))
    try:
        build: Callable[[Work], Ask] = importlib.import_module(engine).TASKS[task]
        before, cpu = time.perf_counter(), time.process_time()
        ask = build(work)
    except ImportError as error:
        _tell(say, {"missing": str(error)})
        return
    _tell(say, {"build_s": time.perf_counter() - before, "build_cpu_s": time.process_time() - cpu})
    case, answer, found = None, None, None
    for line in sys.stdin:
        order = json.loads(line)
        if "save" in order:
            np.save(order["save"], np.asarray(found))
            _tell(say, {"saved": True})
            continue
        if order["case"] != case or answer is None:
            found = None
            case, answer = order["case"], ask(Case(**order["case"]))
        found = None
        found, timed = _time(answer)
        _tell(say, timed | {"size": int(np.size(found)) if found is not None else 0})


def measure_memory_mib() -> float:
    """Return the most memory this process has held, MiB."""
    try:  # ru_maxrss of a child begins at its parent's size; this does not
        status = Path("/proc/self/status").read_text(encoding="ascii")
        kib = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        kib = str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return int(kib) / 1024


def _time(answer: Answer) -> tuple[Any, dict[str, float]]:
    gc.collect()
    gc.disable()
    kids = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall, cpu = time.perf_counter(), time.process_time()
    found = answer()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    gc.enable()
    cpu += after.ru_utime + after.ru_stime - kids.ru_utime - kids.ru_stime
    return found, {"wall_s": wall, "cpu_s": cpu, "mib": measure_memory_mib()}


def _tell(say: Any, reply: dict[str, Any]) -> None:  # noqa: ANN401 - a text stream
    say.write(json.dumps(reply) + "\n")
    say.flush()


if __name__ == "__main__":
    main()
