"""The faults `make mutants` makes, and whether it hears who noticed."""

import ast
import random
import subprocess
import sys

import pytest
from where import ROOT

sys.path.insert(0, str(ROOT / "tests" / "mutants"))
from faults import marked, mutants_of

CODE = '''"""A room."""

LEAST = 2


def is_grown(age):
    """Say whether."""
    return age >= 20


def spin(many):
    while many:
        many -= 1
    return "done"


def unread(many):
    return -many * many
'''
TESTS = """from room.people import is_grown, spin


def test_twenty_is_grown():
    assert is_grown(20) and not is_grown(19)


def test_spinning_ends():
    assert spin(3) == "done"
"""
REASON = """[[survivor]]
module = "room/people.py"
text = "{}"
change = "2 → 3"
why = "nobody asks"
"""


def changes(source):
    return {one.change for one in mutants_of("m.py", source)}


@pytest.mark.parametrize(
    ("source", "change"),
    [
        ("def f(x):\n    return x < 1", "x < 1 → x <= 1"),
        ("def f(x):\n    return x and f(x)", "x and f(x) → x or f(x)"),
        ("def f(x):\n    return x + 1", "x + 1 → x - 1"),
        ("def f(x):\n    return x", "return x → return None"),
        ("def f(x):\n    x += 1", "x += 1 → pass"),
        ("def f(x):\n    x['a'] = g(x)", "x['a'] = g(x) → pass"),
        ("def f(x):\n    x.sort()", "x.sort() → pass"),
        ("def f(x):\n    raise x", "raise x → pass"),
        ("def f(x):\n    return not x", "not x → x"),
        ("def f(x):\n    if x:\n        x.go()", "x → not x"),
        ("LEAST = 2.5", "2.5 → 3.5"),
        ("SORT = True", "True → False"),
    ],
)
def test_a_fault_of_each_kind_is_made(source, change):
    assert change in changes(source)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ('"""A docstring."""\nfrom m import n', "nothing runs"),
        ("def f(x: tuple[int, 1]) -> dict[str, 2]: ...", "types"),
        ("if TYPE_CHECKING:\n    x = 1", "only the type checker reads it"),
        ("def f(n):\n    return None", "it returns nothing anyway"),
        ("SAID = Words('1', f'{1 + 1}')", "what people read"),
    ],
)
def test_no_fault_is_made_where_no_test_could_notice(source, why):
    assert changes(source) == set(), why


def test_a_marked_module_tells_each_statement_it_comes_by():
    source = CODE.replace(
        "    while many:", "    if not many:\n        return None\n    while many:"
    )
    told = []
    names = {"came_by": lambda module, line: told.append((module, line))}
    exec(marked("room/people.py", source), names)  # noqa: S102 - our own text
    assert names["spin"](2) == "done" and names["is_grown"].__doc__ == "Say whether."
    lines = [source.splitlines()[line - 1].strip() for _, line in told]
    assert lines == ["if not many:", "while many:", "many -= 1", "many -= 1", 'return "done"']


def test_every_fault_is_a_module_that_can_be_read_and_differs():
    paths = sorted((ROOT / "surveys" / "record").glob("*.py"))
    for path in random.Random(1).sample(paths, 4):  # noqa: S311 - a sample, no secret
        source = path.read_text(encoding="utf-8")
        for one in mutants_of(path.name, source):
            assert one.source != source and ast.dump(ast.parse(one.source)) != ast.dump(
                ast.parse(source)
            ), one.change


@pytest.fixture
def tree(tmp_path):
    """A small project of one room, with tests."""
    for name, text in {
        "room/__init__.py": "", "room/people.py": CODE,
        "tests/room/test_people.py": TESTS,
        "pyproject.toml": "[tool.pytest.ini_options]\naddopts = ['--import-mode=importlib']\n"
        "markers = ['browser', 'postgis', 'data']\npythonpath = ['.']\n",
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    return tmp_path


def run(tree, reasons, count):
    (tree / "survivors.toml").write_text(reasons, encoding="utf-8")
    return subprocess.run(
        [sys.executable, ROOT / "tests/mutants/try_faults.py", "--root", tree, "--rooms", "room",
         "--survivors", tree / "survivors.toml", "--count", str(count), "--patience", "4"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_each_fault_is_told_with_who_noticed_and_a_survivor_wants_a_reason(tree):
    before = (tree / "room/people.py").read_text(encoding="utf-8")
    found = run(tree, REASON.format("LEAST = 2"), 100)
    told = found.stdout
    assert (
        "age >= 20 → age > 20 | caught by tests/room/test_people.py::test_twenty_is_grown" in told
    )
    assert "many -= 1 → pass | caught by the time-out" in told
    assert "2 → 3 | SURVIVED: nobody asks" in told
    assert "-many * many → -many / many | SURVIVED: no reason given" in told
    assert "10 tried, 6 caught, 4 survived, 3 without a reason" in told
    assert found.returncode == 1
    assert (tree / "room/people.py").read_text(encoding="utf-8") == before
    assert run(tree, REASON.format("LEAST = 2"), 0).returncode == 0
    gone = run(tree, REASON.format("MOST = 2"), 0)
    assert gone.returncode == 1 and "has no such line any more: MOST = 2" in gone.stdout
