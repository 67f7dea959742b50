"""Every module is named by a test, or has a reason; whoever opens it finds what would fail.

Named means: its dotted name, or ``from room import module``, or its file's path, stands in a
test file, or it holds an example that is run itself.
"""

import ast
import re
import sys
import tomllib
from collections import deque
from functools import cache

import pytest
from where import ROOT, TESTS

sys.path.insert(0, str(ROOT / "docs"))

from read_imports import read_imports, read_modules

MODULES = read_modules()
DOTTED = re.compile(r"\b(?:geo|surveys|layers|pages)(?:\.\w+)+")
PATH = re.compile(r"\b((?:geo|surveys|layers|pages)/[\w/]+)\.py\b")
PAGE = re.compile(r'"pages" / "(\w+)\.py"|"/(\w+)(?:[?"])')

# A module or a room → the test file it is reached from, and how.
REASONS = {
    "geo.demo": ("geo/demo/test_demo_sources.py", "one invented town, checked as it is written"),
    "geo.export.comparison": ("layers/commands/test_scenario_command.py", "its table, read back"),
    "geo.measures": ("geo/measures/test_measures.py", "every entry of the room, by hand and law"),
    "geo.export.ledger": ("layers/day/test_day.py", "its files, read back"),
    "geo.people.beside": ("geo/sources/test_people.py", "tables joined to areas as a build does"),
    "geo.say.ledger": ("layers/day/test_day.py", "as the command says it"),
    "geo.relief": ("geo/relief/test_relief.py", "through the relief of a network"),
    "geo.sheets": ("geo/sheets/test_doctor.py", "any table file, from its bytes to its table"),
    "geo.sources": ("layers/commands/test_commands.py", "read by a build, end to end"),
    "geo.walk": ("geo/walk/test_search.py", "through the search, beside a brute-force oracle"),
    "geo.walk.mending": ("geo/walk/test_standing.py", "through what one more site changes"),
    "layers.inspected": ("layers/inspected/test_look.py", "each kind of file by its smallest"),
    "surveys.api": ("surveys/api/test_gate.py", "through the app's own addresses"),
    "surveys.commands": ("surveys/commands/test_record_commands.py", "run as people run them"),
    "surveys.demo": ("layers/test_demo_register.py", "one invented register, filled whole"),
    "surveys.formats": ("surveys/formats/test_formats.py", "every format of the room, both ways"),
    "surveys.imports": ("surveys/imports/test_importing.py", "through an import, row by row"),
    "surveys.photos": ("surveys/photos/test_photos.py", "through the shelf photos lie on"),
    "surveys.photos.app_icon": (
        "layers/routes/test_field_routes.py",
        "as the field app fetches it",
    ),
    "surveys.rules": (
        "surveys/rules/test_import_rules.py",
        "every rule of the room, on real heads",
    ),
    "surveys.store": ("surveys/store/test_register.py", "through the register, on both databases"),
    "surveys.sync": ("surveys/sync/test_sync.py", "through the one door for what devices send"),
    "surveys.types": ("surveys/types/test_types.py", "every type of the room"),
    "layers.areas": ("layers/sheets/test_area.py", "through the sheet of each area"),
    "layers.day.reached_streets": (
        "layers/routes/test_routes.py",
        "as the map fetches them",
    ),
    "layers.cards.change_table": ("pages/test_before_after.py", "on its page"),
    "layers.cards": ("pages/test_browser_register.py", "as a page shows them"),
    "layers.commands.doctor": ("layers/doctor/test_look_over.py", "run as people run it"),
    "layers.doctor": ("layers/doctor/test_checks.py", "every check by the fault it is there for"),
    "layers.commands.ledger": ("layers/day/test_day.py", "run as people run it"),
    "layers.commands.places": ("layers/commands/test_places_command.py", "run as people run it"),
    "layers.layered": ("layers/layered/test_every_layer.py", "every layer of the room"),
    "layers.maps.ground_layers": ("layers/layered/test_every_layer.py", "every layer's own"),
    "layers.maps": ("pages/test_browser_register.py", "drawn on a page, in a browser"),
    "layers.served": ("layers/routes/test_register_routes.py", "what the routes stand on"),
    "layers.routes": ("layers/routes/test_every_route.py", "found by scanning their room"),
    "layers.sheets": ("layers/routes/test_register_routes.py", "every sheet, printed"),
    "pages": ("pages/test_every_page.py", "opened on a town, filled, empty and none"),
    "pages.parts.coverage": ("pages/test_coverage.py", "on its page"),
    "pages.parts.plans": ("pages/test_plans.py", "on its page"),
    "pages.parts.received": ("pages/test_received.py", "on its page"),
    "pages.parts.same": ("pages/test_same.py", "on its page"),
}


def all_tests():
    return [path for path in TESTS.rglob("*.py") if TESTS / "house" not in path.parents]


def imported_by(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                yield f"{node.module}.{one.name}"
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


def module_of(name):
    """The module a dotted name lies in: a function's, its module."""
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name


def named_in(text):
    """The modules a test file names."""
    found = {module_of(name) for name in imported_by(ast.parse(text))}
    found |= {module_of(name) for name in DOTTED.findall(text)}
    found |= {path.replace("/", ".") for path in PATH.findall(text)}
    found |= {f"pages.{one}" for one, _ in PAGE.findall(text) if one}
    return found & set(MODULES)


def unnamed():
    named = set().union(*(named_in(path.read_text(encoding="utf-8")) for path in all_tests()))
    return [
        name
        for name, path in MODULES.items()
        if name not in named
        and path.name != "__init__.py"
        and ">>> " not in path.read_text(encoding="utf-8")
    ]


def row_of(name):
    """The nearest reason: the module's own, else its room's."""
    while name and name not in REASONS:
        name = name.rpartition(".")[0]
    return name


@cache
def arrows():
    """What each module brings along: its imports, the registry it scans, `kayoi`'s commands."""
    found = {name: set() for name in MODULES}
    for one in read_imports(MODULES):
        if one.imported in MODULES:
            found[one.importer].add(one.imported)
    scans = re.compile(r'find_entries\(\s*(?:__name__|"([\w.]+)")')
    for name, path in MODULES.items():
        for room in scans.findall(path.read_text(encoding="utf-8")):
            found[name] |= {one for one in MODULES if one.startswith(f"{room or name}.")}
        if re.search(r"(?<!def )read_entries\(", path.read_text(encoding="utf-8")):
            # Files of its floor that are scripts, read without running them: the pages.
            floor = name.split(".")[0]
            found[name] |= {one for one in MODULES if one.rpartition(".")[0] == floor}
        found[name].add(name.rpartition(".")[0])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found["geo.cli"] |= set(project["project"]["entry-points"]["kayoi.commands"].values())
    return found


def reached_from(test):
    """Every module a test file brings along, with what the shared fixtures do."""
    support = {path.stem: path for path in TESTS.rglob("*.py")}
    files, todo = {test, TESTS / "conftest.py"}, deque([test, TESTS / "conftest.py"])
    start = set()
    while todo:
        text = todo.popleft().read_text(encoding="utf-8")
        start |= named_in(text) | {f"pages.{other}" for _, other in PAGE.findall(text) if other}
        shared = {name.split(".")[0] for name in imported_by(ast.parse(text))} & set(support)
        todo.extend(new := {support[name] for name in shared} - files)
        files |= new
    if any(path.stem == "browser_town" for path in files):  # it starts the app by its door
        start |= named_in((ROOT / "app.py").read_text(encoding="utf-8"))
    seen, todo = set(), deque(start & set(MODULES))
    while todo:
        name = todo.popleft()
        if name and name not in seen:
            seen.add(name)
            todo.extend(arrows()[name])
    return seen


@cache
def reached(row):
    return reached_from(TESTS / REASONS[row][0])


@pytest.mark.parametrize("name", unnamed())
def test_a_module_no_test_names_is_reached_from_the_test_its_reason_names(name):
    row, file = row_of(name), MODULES[name].relative_to(ROOT)
    assert row, (
        f"no test names {name}: write tests/{file.parent}/test_{file.stem}.py, or name it in a"
        " test of its room, or add a row for its room to REASONS in tests/house/test_named.py"
    )
    assert name in reached(row), (
        f"tests/{REASONS[row][0]}, which is to reach {name}, does not: import it there, let what"
        " scans its room find it, or give it a row of its own in REASONS in"
        " tests/house/test_named.py"
    )


def test_every_reason_is_still_needed():
    needed = {row_of(name) for name in unnamed()} - {""}
    assert needed == set(REASONS), (
        f"take {', '.join(sorted(set(REASONS) - needed))} off REASONS: tests name all of it now"
    )
