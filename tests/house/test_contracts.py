"""Forbidden imports planted where nobody thought of them: each breaks its contract.

The tables here say once more, and apart from pyproject.toml, what each room alone may use: a
contract made looser there is found here.
"""

import random
import shutil
import subprocess
import sys
from copy import deepcopy
from itertools import pairwise, product

import grimp
import pytest
from importlinter.api import read_configuration
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract
from where import ROOT

KINDS = {
    "forbidden": ForbiddenContract,
    "independence": IndependenceContract,
    "layers": LayersContract,
}
CONFIG = read_configuration(str(ROOT / "pyproject.toml"))
OPTIONS = {one["id"]: one for one in CONFIG["contracts_options"]}
FLOORS = ("pages", "layers", "surveys", "geo")
# Contract → each library it keeps, and the only rooms that may have it.
LIBRARIES = {
    "streamlit-in-pages": {"streamlit": ("pages",)},
    "folium-in-layers": {"folium": ("layers", "pages"), "branca": ("layers", "pages")},
    "light-surveys": {
        "pandas": ("geo", "layers", "pages"),
        "geopandas": ("geo", "layers", "pages"),
    },
    "sqlalchemy-in-store": {
        "sqlalchemy": ("surveys.store",),
        "alembic": ("surveys.store",),
        "psycopg": ("surveys.store",),
    },
    "pillow-in-photos": {"PIL": ("surveys.photos",), "pillow_heif": ("surveys.photos",)},
    "osmnx-in-its-source": {"osmnx": ("geo.sources.streets",)},
    "rasterio-in-its-source": {"rasterio": ("geo.sources.heights",)},
    "typst-in-pdf": {"typst": ("layers.pdf",)},
    "calamine-in-sheets": {"python_calamine": ("geo.sheets",)},
    "starlette-where-addresses-are": {
        "starlette": ("surveys.api", "layers.routes", "layers.door"),
        "uvicorn": ("layers.commands", "layers.door"),
    },
    "passwords-in-accounts": {
        "argon2": ("surveys.accounts.passwords",),
        "zxcvbn": ("surveys.accounts.new_password",),
    },
}
# Contract → the floor whose rooms it puts in order.
ORDERED = {
    "rooms-of-geo": "geo",
    "rooms-of-surveys": "surveys",
    "rooms-of-layers": "layers",
    "rooms-of-pages": "pages.parts",
}
DRAWS = 50


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(
        *CONFIG["session_options"]["root_packages"], include_external_packages=True, cache_dir=None
    )


def within(module, room):
    return module == room or module.startswith(f"{room}.")


def is_kept(contract, graph, *plants):
    """Whether a contract holds with the imports planted, and the chains that break it."""
    garden = deepcopy(graph)
    for importer, imported in plants:
        garden.add_import(
            importer=importer, imported=imported, line_number=1, line_contents="planted"
        )
    options = OPTIONS[contract]
    checker = KINDS[options["type"]](options["name"], CONFIG["session_options"], deepcopy(options))
    return checker.check(garden, verbose=False)


def read_order(contract):
    """The rooms of a layers contract, highest first, those side by side together."""
    clean = [row.replace("(", "").replace(")", "") for row in OPTIONS[contract]["layers"]]
    box = "" if contract == "floors" else ORDERED[contract] + "."
    return [[box + room.strip() for room in row.split("|")] for row in clean]


def forbidden_pairs(contract, graph):
    """Who may not import what: for each contract, pairs of sets of modules to draw from."""
    own = sorted(one for one in graph.modules if not graph.is_module_squashed(one))
    inside = {room: [one for one in own if within(one, room)] for room in _rooms(own)}
    if contract in LIBRARIES:
        return [
            ([one for one in own if not any(within(one, room) for room in rooms)], [library])
            for library, rooms in LIBRARIES[contract].items()
        ]
    if contract == "light-ground-for-surveys":
        heavy = [one for one in inside["geo"] if one.count(".") and not _is_light(one)]
        return [(inside["surveys"], heavy)]
    if contract == "pages-apart":
        named = [one for one in inside["pages"] if one.count(".") == 1 and one != "pages.parts"]
        return [(named, named), (inside["pages.parts"], named)]
    rows = [[room for room in row if room in inside] for row in read_order(contract)]
    rows = [row for row in rows if row]
    upward = [pair for above, below in pairwise(rows) for pair in product(below, above)]
    beside = [(one, other) for row in rows for one, other in product(row, row) if one != other]
    far = [(rows[-1][0], rows[0][0])]
    return [(inside[low], inside[high]) for low, high in [*upward, *beside, *far]]


def _rooms(modules):
    return {".".join(one.split(".")[:deep]) for one in modules for deep in (1, 2, 3)}


def _is_light(module):
    return any(within(module, one) for one in ("geo.base", "geo.sheets", "geo.schedule"))


def draw(contract, graph, rng):
    """One forbidden import, written nowhere yet, by modules drawn at random."""
    while True:
        importers, imported = rng.choice(forbidden_pairs(contract, graph))
        plant = (rng.choice(importers), rng.choice(imported))
        if plant[0] != plant[1]:
            return plant


def test_fifty_of_fifty_planted_imports_are_caught(graph):
    seed = random.SystemRandom().randrange(2**32)  # each run looks elsewhere, and says where
    rng = random.Random(seed)  # noqa: S311 - no secret
    contracts = [*OPTIONS] * (DRAWS // len(OPTIONS) + 1)
    plants = [(contract, draw(contract, graph, rng)) for contract in contracts[:DRAWS]]
    missed = [f"{at} in {one}" for one, at in plants if is_kept(one, graph, at).kept]
    assert len(plants) == DRAWS and missed == [], f"seed {seed}"


@pytest.mark.parametrize("contract", OPTIONS)
def test_a_contract_holds_with_nothing_planted(contract, graph):
    assert is_kept(contract, graph).kept


@pytest.mark.parametrize("contract", LIBRARIES)
def test_a_library_is_watched_in_every_module_outside_its_room(contract, graph):
    for outside, (library,) in forbidden_pairs(contract, graph):
        check = is_kept(contract, graph, *((one, library) for one in outside))
        chains = [one for found in check.metadata["invalid_chains"] for one in found["chains"]]
        told = {step["importer"] for chain in chains for step in chain}
        assert set(outside) <= told, library


def test_no_module_of_surveys_may_know_more_of_geo_than_its_light_part(graph):
    ((surveys, heavy),) = forbidden_pairs("light-ground-for-surveys", graph)
    rooms = sorted(graph.find_children("geo"))
    heavy_rooms = [room for room in rooms if not _is_light(room)]
    firsts = [next(one for one in heavy if within(one, room)) for room in heavy_rooms]
    assert len(rooms) == len(heavy_rooms) + 3
    for first in firsts:
        check = is_kept("light-ground-for-surveys", graph, *((one, first) for one in surveys))
        chains = [one for found in check.metadata["invalid_chains"] for one in found["chains"]]
        assert {chain[0]["importer"] for chain in chains} == set(surveys), first


@pytest.mark.parametrize("contract", ORDERED)
def test_every_room_has_its_place(contract, graph):
    placed = {room for row in read_order(contract) for room in row}
    assert set(graph.find_children(ORDERED[contract])) <= placed
    assert OPTIONS[contract]["exhaustive"] == "True"
    floor = [room.split(".")[0] for row in read_order("floors") for room in row]
    assert tuple(floor) == FLOORS


def test_every_contract_is_planted_in():
    assert set(OPTIONS) == {
        "floors", "light-ground-for-surveys", "pages-apart", *LIBRARIES, *ORDERED
    }  # fmt: skip


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("geo/base/words.py", "import surveys.declaration.record_type", "Floors"),
        ("surveys/sync/submission.py", "from starlette.requests import Request", "Starlette stays"),
    ],
)
def test_the_linter_itself_reports_a_broken_contract(tmp_path, module, line, contract):
    for floor in FLOORS:
        ignore = shutil.ignore_patterns("node_modules", "dist", "__pycache__")
        shutil.copytree(ROOT / floor, tmp_path / floor, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    broken = tmp_path / module
    broken.write_text(broken.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    linter = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as c; c()",
        "--no-cache",
    ]
    found = subprocess.run(linter, cwd=tmp_path, capture_output=True, text=True, check=False)
    told = next(
        row
        for row in found.stdout.splitlines()
        if contract in row and ("KEPT" in row or "BROKEN" in row)
    )
    assert found.returncode == 1 and "BROKEN" in told
