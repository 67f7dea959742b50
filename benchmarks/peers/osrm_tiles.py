"""OSRM, an engine with tables of its own: built from the city's OSM file by its walking profile.

Its wheels are for Python 3.12 and later, so this file runs in another Python and imports no
more than NumPy and OSRM. OSRM leaves out the way between street and door.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import osrm

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Case, Work

_AT_ONCE = 2_000
_HOME = Path(osrm.__file__).parent


def points(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Ask for tables of people by sites, some people at a time, and take the least of each row."""
    folder = Path(tempfile.mkdtemp(dir=work.folder))
    base = folder / "city"
    pbf = folder / "city.osm.pbf"
    pbf.symlink_to(work.pbf.resolve())
    profile = _HOME / "share" / "profiles" / "foot.lua"
    for tool, arguments in (
        ("osrm-extract", ["-p", str(profile), str(pbf)]),
        ("osrm-contract", [f"{base}.osrm"]),
    ):
        subprocess.run([_HOME / "bin" / tool, *arguments], check=True, capture_output=True)
    engine = osrm.OSRM(f"{base}.osrm")

    def ask(case: Case) -> Callable[[], Any]:
        sites = work.points["sites_lonlat"][: case.sites].tolist()
        people = work.points["people_lonlat"][: case.people].tolist()

        def answer() -> Any:  # noqa: ANN401 - an array
            found = []
            for at in range(0, len(people), _AT_ONCE):
                some = people[at : at + _AT_ONCE]
                query = osrm.TableParameters(
                    coordinates=[tuple(place) for place in (*some, *sites)],
                    sources=list(range(len(some))),
                    destinations=list(range(len(some), len(some) + len(sites))),
                    annotations=["distance"],
                )
                found.append(_least(engine.Table(query)["distances"]))
            metres = np.concatenate(found)
            return np.where(metres <= case.limit_m, metres, np.inf)

        return answer

    return ask


def _least(table: Any) -> Any:  # noqa: ANN401 - OSRM has no types
    return np.array([[np.inf if m is None else m for m in row] for row in table]).min(axis=1)


TASKS = {"points": points}
