"""Files of a small town as somebody drops them on the page that makes a town."""

import time

from town_fixtures import write_town

from layers.making.taking import Dropped, take_files

NOW = "2026-11-21T01:00:00Z"
NAMES = (
    "streets.osm",
    "border.geojson",
    "cho.geojson",
    "school.geojson",
    "people.csv",
    "salons.csv",
)


def drop(folder, *files, names=None):
    """Give files to a town's draft; return what became of them."""
    names = names or [one.name for one in files]
    dropped = [
        Dropped(name=name, data=one.read_bytes() if hasattr(one, "read_bytes") else one)
        for name, one in zip(names, files, strict=True)
    ]
    return take_files(folder, dropped, NOW, lambda *_: None)


def small_files(folder):
    """Write the small town's files; return them by name."""
    write_town(folder)
    return {one.name: one for one in folder.iterdir()}


def wait_for(ended, seconds=60):
    """Wait until something has come to its end."""
    until = time.monotonic() + seconds
    while not ended():
        assert time.monotonic() < until, "it never ended"
        time.sleep(0.05)
