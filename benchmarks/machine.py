"""What the run stood on: processor, memory bandwidth, load, versions."""

from __future__ import annotations

import os
import platform
import statistics
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import numpy as np

_LIBRARIES: Final = (
    "numpy", "scipy", "shapely", "geopandas", "osmium", "networkx", "osmnx", "pandana", "igraph",
    "networkit", "edsger", "pyrosm",
)  # fmt: skip
_TRIAD_ITEMS: Final = 20_000_000
_TRIAD_BYTES: Final = 5 * 8  # NumPy's two steps read b, write a, then read a and c, write a


def describe_machine() -> dict[str, Any]:
    """Return processor, cores, memory, Python and library versions."""
    return {
        "processor": _first_line("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count(),
        "memory": _first_line("/proc/meminfo", "MemTotal"),
        "python": platform.python_version(),
        "system": platform.platform(),
        "versions": {name: _version(name) for name in _LIBRARIES},
    }


def measure_bandwidth() -> float:
    """Return what memory gives one thread, GB/s: the triad a = b + 3 c in NumPy, best of five."""
    b, c = np.ones(_TRIAD_ITEMS), np.ones(_TRIAD_ITEMS)
    a = np.empty(_TRIAD_ITEMS)
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        np.multiply(c, 3.0, out=a)
        np.add(a, b, out=a)
        seconds.append(time.perf_counter() - began)
    return _TRIAD_ITEMS * _TRIAD_BYTES / min(seconds) / 1e9


def measure_load() -> float:
    """Return the load average of the last minute."""
    return round(os.getloadavg()[0], 2)


def middle(values: list[float]) -> float:
    """Return the median; NaN of nothing."""
    return statistics.median(values) if values else float("nan")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _first_line(path: str, start: str) -> str:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return "unknown"
    return next((li.partition(":")[2].strip() for li in lines if li.startswith(start)), "unknown")
