"""A register of 10,000 sites with three records each: list, search, save: python benchmarks/register.py."""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

from surveys.record.compose import KEEP, Written, compose
from surveys.record.history import NOTHING, Origin, add_version
from surveys.store.listing import SiteQuery, count_types, list_pins, list_sites
from surveys.store.register import open_register
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

    from surveys.record.history import Version
    from surveys.store.register import Register

KINDS = ("park", "bench", "toilet", "salon", "shop", "bus_stop")
BOX = (138.075, 34.715, 138.11, 34.745)
CHUNK = 3000


def main() -> None:
    """Fill a register and print what each question takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=10_000)
    parser.add_argument("--url", help="a database; a fresh SQLite file if not given")
    parser.add_argument(
        "--town", type=Path, help="fill this town's register, to look at it in the app"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        register = open_register(asked.town or Path(folder), asked.url)
        versions = make_versions(asked.sites)
        began = time.perf_counter()
        for at in range(0, len(versions), CHUNK):
            register.save_all(versions[at : at + CHUNK])
        took = time.perf_counter() - began
        print(
            f"{len(versions)} versions kept in {took:.1f} s, {took / len(versions) * 1000:.2f} ms each"
        )
        measure(register)
        register.engine.dispose()


def make_versions(count: int) -> list[Version]:
    """Return three visits of each of `count` sites, seeded."""
    rng = random.Random(1)  # noqa: S311 - places, not secrets
    out: list[Version] = []
    for number in range(count):
        type_, state = RECORD_TYPES[KINDS[number % len(KINDS)]], NOTHING
        place = shapely.Point(rng.uniform(BOX[0], BOX[2]), rng.uniform(BOX[1], BOX[3]))
        for turn in range(3):
            day = f"{2023 + turn}-0{1 + number % 9}-1{number % 9}"
            answers = {
                "name": f"地点{number}号 {'さくら' if number % 7 else 'みどり'}",
                "note": f"{turn}回目、坂の下",
            }
            written = Written(
                version_id=f"v{number}-{turn}", record_id=f"r{number}-{turn}", site_id=f"s{number}",
                kind="visit", origin=Origin(source="surveyed", sure="sure", by="職員", on=day),
                made_at=f"{day}T00:00:00Z", answers=answers, place=place if turn == 0 else KEEP,
            )  # fmt: skip
            version, _ = compose(type_, state, written)
            out.append(version)
            state = add_version(state, replace(version, seq=len(out)))
    return out


def measure(register: Register) -> None:
    """Print the median time of each question a page asks."""
    sites, _ = list_sites(register, SiteQuery(), limit=1)
    site, turn = sites[0], iter(range(10_000))

    def save() -> None:
        state = register.sites_of([site.id])[site.id].state
        id_ = f"x{next(turn)}"
        written = Written(
            version_id=id_, record_id=id_, site_id=site.id, kind="visit",
            origin=Origin(source="surveyed", sure="sure", by="職員", on="2026-11-21"),
            made_at="2026-11-21T00:00:00Z", answers={"name": f"新しい名前{id_}"},
        )  # fmt: skip
        register.save(compose(site.type, state, written)[0])

    questions: dict[str, Callable[[], object]] = {
        "a page of 30, stale first": lambda: list_sites(register, SiteQuery(), limit=30),
        "search of two words": lambda: list_sites(register, SiteQuery(words="さくら 坂"), limit=30),
        "search of a number": lambda: list_sites(register, SiteQuery(words="9999"), limit=30),
        "how many are due": lambda: list_sites(register, SiteQuery(due_by="2026-11-21"), limit=1),
        "how many of each kind": lambda: count_types(register),
        "signs of all for the map": lambda: list_pins(register, SiteQuery()),
        "one save": save,
    }
    for name, ask in questions.items():
        times = []
        for _ in range(9):
            began = time.perf_counter()
            ask()
            times.append(time.perf_counter() - began)
        print(f"{name}: {sorted(times)[4] * 1000:.1f} ms")


if __name__ == "__main__":
    main()
