"""What is asked of whom: cities, tasks, engines, questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from store import Case

if TYPE_CHECKING:
    from pathlib import Path

Check = Literal["door", "street", "field", "off"]
ALL: Final = float("inf")
OURS: Final = "this project"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Someone who takes part in a task.

    Attributes
    ----------
    name
        What the report calls it.
    module, task
        Where its function is: ``module.TASKS[task]``.
    check
        What its answer is held against: the truth from ``door`` to door or along the ``street``
        alone, the first engine's ``field`` of junctions or metres ``off`` the street.
    share
        Part of the people (where none are asked for, of the sites) it is asked for, where all
        would take too long; its time is then scaled up, and the report says so.
    tiles
        Whether it runs in the other Python.
    remark
        What a reader must know of its figures.
    """

    name: str
    module: str
    task: str
    check: Check | None = None
    share: float = 1.0
    tiles: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing that is timed: T1 to T9. The first engine is the one ratios are taken to."""

    id: str
    title: str
    engines: tuple[Engine, ...]
    cases: dict[str, tuple[Case, ...]]
    rounds: int = 5
    floor: Literal["search", "bytes"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CityPlan:
    """One city: generated with `nodes`, or the streets of the file `real`.

    `truth` are the numbers of sites for which the right walks are worked out.
    """

    name: str
    people: int
    sites: int
    truth: tuple[int, ...]
    nodes: int = 0
    real: Path | None = None
    pbf: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A whole run; `whole` are the cities of T10 with the number of rounds."""

    cities: tuple[CityPlan, ...]
    tasks: tuple[Task, ...]
    whole: dict[str, int]


def make_plan(*, quick: bool, data: Path | None) -> Plan:
    """Return what a full or a quick run asks."""
    if quick:
        tiny = CityPlan(
            name="tiny", nodes=2_000, people=5_000, sites=100, truth=(10, 100), pbf=True
        )
        return Plan(cities=(tiny,), tasks=_tasks(("tiny",), (), 5_000), whole={"tiny": 1})
    people, sites = 1_000_000, 1000
    made = (
        CityPlan(
            name="10k", nodes=10_000, people=people, sites=sites, truth=(10, 100, 1000), pbf=True
        ),
        CityPlan(name="100k", nodes=100_000, people=people, sites=sites, truth=(1000,), pbf=True),
        CityPlan(name="700k", nodes=700_000, people=people, sites=sites, truth=(1000,)),
    )
    real = _real_cities(data)
    names = tuple(city.name for city in made)
    tasks = _tasks(names, tuple(city.name for city in real), people)
    return Plan(cities=made + real, tasks=tasks, whole={"100k": 3, "700k": 3})


def _real_cities(data: Path | None) -> tuple[CityPlan, ...]:
    if data is None:
        return ()
    files = {
        "Liège": data / "perf" / "liege_streets.parquet",
        "浦安": data / "urayasu" / "urayasu_osm2023_derived.gpkg",
    }
    return tuple(
        CityPlan(name=name, real=path, people=100_000, sites=100, truth=(100,))
        for name, path in files.items()
        if path.is_file()
    )


def _tasks(made: tuple[str, ...], real: tuple[str, ...], people: int) -> tuple[Task, ...]:
    small = made[0]
    middle = made[1] if len(made) > 1 else small
    crowd = {name: 100_000 if name in real else people for name in (*made, *real)}
    return (
        _reading(made[:2]),
        _snapping(crowd),
        _field(made, real),
        _points(crowd, real),
        _tiles(small, min(10_000, people)),
        _parts(made),
        _polygons(made[:2]),
        _slopes(made),
        _rests(made[:2], crowd),
        _rests_run(middle, people),
        _scenario(middle, min(100_000, people)),
    )


def _reading(cities: tuple[str, ...]) -> Task:
    return Task(
        id="T1",
        title="OSM file to network arrays",
        engines=(
            Engine(name=OURS, module="ours", task="read"),
            Engine(name="pyrosm", module="peers.pyrosm_file", task="read"),
            Engine(name="pyosmium alone (no network)", module="peers.osmium_raw", task="read"),
        ),
        cases={city: (Case(),) for city in cities},
        rounds=3,
    )


def _snapping(crowd: dict[str, int]) -> Task:
    tree = "peers.shapely_tree"
    return Task(
        id="T2",
        title="people onto the nearest street",
        engines=(
            Engine(name=OURS, module="ours", task="snap", check="off"),
            Engine(name="Shapely STRtree.nearest", module=tree, task="snap", check="off", share=0.1),
            Engine(
                name="Shapely query_nearest (GeoPandas sjoin_nearest)",
                module="peers.shapely_query", task="snap", check="off", share=0.1,
            ),
            Engine(
                name="OSMnx nearest_edges", module="peers.osmnx_nodes", task="snap", check="off",
                share=0.1, remark="indexes the streets in every call, which scaling multiplies",
            ),
            Engine(
                name="pandana, nearest junction", module="peers.pandana_nodes", task="snap_nodes"
            ),
        ),
        cases={city: (Case(people=people),) for city, people in crowd.items()},
        floor="bytes",
    )  # fmt: skip


def _field(made: tuple[str, ...], real: tuple[str, ...]) -> Task:
    counts = (10, 100) if made == ("tiny",) else (10, 100, 1000)
    most = counts[-1]
    asked = (
        *(Case(sites=count, limit_m=800.0) for count in counts),
        *(Case(sites=count) for count in counts),
        Case(sites=most, limit_m=500.0),
    )
    plain = (Case(sites=100, limit_m=800.0), Case(sites=100))
    return Task(
        id="T3",
        title="every junction's nearest site",
        engines=(
            Engine(name=OURS, module="ours", task="nearest", check="field"),
            *(
                Engine(name=name, module=f"peers.{module}", task="nearest", check="field")
                for name, module in (
                    ("SciPy dijkstra alone", "scipy_bare"),
                    ("networkx", "networkx_plain"),
                    ("igraph (no limit)", "igraph_c"),
                    ("NetworKit (no limit)", "networkit_c"),
                    ("edsger (no limit)", "edsger_c"),
                )
            ),
            Engine(
                name="pandana, from junctions", module="peers.pandana_nodes", task="nearest"
            ),
            Engine(name="floor: breadth-first", module="peers.floor", task="nearest"),
        ),
        cases=dict.fromkeys(made, asked) | dict.fromkeys(real, plain),
        floor="search",
    )  # fmt: skip


def _points(crowd: dict[str, int], real: tuple[str, ...]) -> Task:
    def asked(city: str, people: int) -> tuple[Case, ...]:
        count = 100 if city in {"tiny", *real} else 1000
        return (Case(people=people, sites=count, limit_m=500.0), Case(people=people, sites=count))

    return Task(
        id="T4",
        title="every person's walk and the coverage, the field being known",
        engines=(
            Engine(name=OURS, module="ours", task="points", check="door"),
            Engine(name="pandana", module="peers.pandana_nodes", task="points", check="street"),
            Engine(
                name="OSMnx + networkx", module="peers.osmnx_nodes", task="points", check="street"
            ),
        ),
        cases={city: asked(city, people) for city, people in crowd.items()},
    )


def _tiles(city: str, people: int) -> Task:
    return Task(
        id="T4b",
        title="the same from scratch, beside an engine with tables of its own",
        engines=(
            Engine(name=OURS, module="ours", task="scratch", check="door"),
            Engine(
                name="OSRM table", module="peers.osrm_tiles", task="points", check="street",
                tiles=True,
            ),
        ),
        cases={city: (Case(people=people, sites=10), Case(people=people, sites=100))},
        rounds=3,
    )  # fmt: skip


def _parts(made: tuple[str, ...]) -> Task:
    count = 100 if made == ("tiny",) else 1000
    return Task(
        id="T5",
        title="the streets within reach of each site (peers: junctions only)",
        engines=(
            Engine(name=OURS, module="ours_beyond", task="parts"),
            Engine(name="SciPy dijkstra, dense rows", module="peers.scipy_bare", task="parts"),
            Engine(name="networkx", module="peers.networkx_plain", task="parts"),
            Engine(name="pandana", module="peers.pandana_nodes", task="parts"),
        ),
        cases={city: (Case(sites=count, limit_m=800.0),) for city in made},
    )


def _polygons(cities: tuple[str, ...]) -> Task:
    return Task(
        id="T6",
        title="a polygon of each site's reach",
        engines=(
            Engine(name=OURS, module="ours_beyond", task="polygons"),
            Engine(
                name="Shapely, each buffered, union",
                module="peers.shapely_buffers",
                task="buffer_each",
            ),
            Engine(
                name="Shapely, one buffer of all lines",
                module="peers.shapely_buffers",
                task="buffer_all",
            ),
        ),
        cases={city: (Case(sites=10, limit_m=800.0),) for city in cities},
        rounds=3,
    )


def _slopes(made: tuple[str, ...]) -> Task:
    return Task(
        id="T7",
        title="heights along all streets and what slopes cost, both ways",
        engines=(
            Engine(name=OURS, module="ours_beyond", task="slopes"),
            Engine(
                name="SciPy map_coordinates, unsmoothed", module="peers.heights_bare", task="slopes"
            ),
        ),
        cases={city: (Case(),) for city in made},
        rounds=3,
    )


def _rests(cities: tuple[str, ...], crowd: dict[str, int]) -> Task:
    return Task(
        id="T8",
        title="walks with a rest at least every 150 m, all places being on the streets",
        engines=(
            Engine(name=f"{OURS}, without the rule", module="ours", task="again"),
            Engine(name=f"{OURS}, rests every 150 m", module="ours_beyond", task="rests"),
        ),
        cases={
            city: (Case(people=min(100_000, crowd[city]), sites=100, limit_m=800.0),)
            for city in cities
        },
    )


def _rests_run(city: str, people: int) -> Task:
    return Task(
        id="T8b",
        title="the same from places on the plane, the rests among them: a coverage's whole run",
        engines=(
            Engine(name=f"{OURS}, without the rule", module="ours", task="scratch"),
            Engine(name=f"{OURS}, rests every 150 m", module="ours_beyond", task="rests_scratch"),
        ),
        cases={city: (Case(people=people, sites=1000, limit_m=800.0),)},
        rounds=3,
    )


def _scenario(city: str, people: int) -> Task:
    return Task(
        id="T9",
        title="one site more, less, elsewhere",
        engines=(
            Engine(name=f"{OURS}, only what changes", module="ours_scenario", task="scenario"),
            Engine(name=f"{OURS}, all anew", module="ours", task="again"),
        ),
        cases={city: (Case(people=people, sites=100),)},
        rounds=50,
    )
