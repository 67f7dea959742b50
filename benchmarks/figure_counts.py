"""What docs/figures.md counts: tests by what they are, as written and as a run of the suite had them."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT: Final = Path(__file__).parents[1]
_USUAL_DRAWS: Final = 100  # Hypothesis's own, where a law says no other
_HOSTILE: Final = ("attack", "hostile", "fuzz")
_BROWSERS: Final = {"browser", "window", "visit", "tablet", "chromium"}
# A kind of test → whether a test of a file is one.
KINDS: Final[dict[str, tuple[str, Callable[[Path, ast.FunctionDef], bool]]]] = {
    "laws": ("laws, whose cases are drawn (`@given`)", lambda _, one: _given(one)),
    "kills": ("kill the program or a write", lambda path, _: "kill" in path.stem),
    "hostile": (
        "hostile input: files named attack, hostile, fuzz",
        lambda path, _: any(word in path.stem for word in _HOSTILE),
    ),
    "data": ("real files (`data`, a folder of open data)", lambda _, one: "data" in _asks(one)),
    "browser": ("in a browser", lambda _, one: bool(_BROWSERS & _asks(one))),
}


def each_test(root: Path = ROOT) -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Yield every test function with its file."""
    for path in sorted((root / "tests").rglob("test_*.py")):
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(one, ast.FunctionDef) and one.name.startswith("test_"):
                yield path, one


def count_tests(junit: Path | None, root: Path = ROOT) -> dict[str, Any]:
    """Return functions by kind, and of a run of the suite its cases by kind and its minutes."""
    tests = list(each_test(root))
    mine = {
        id_: {(_module(path, root), one.name) for path, one in tests if is_one(path, one)}
        for id_, (_, is_one) in KINDS.items()
    }
    found: dict[str, Any] = {
        "functions": {"all": len(tests)} | {id_: len(names) for id_, names in mine.items()},
        "draws": sum(_draws(one) for _, one in tests if _given(one)),
    }
    if junit is None:
        return found
    suites = list(ET.parse(junit).getroot().iter("testsuite"))  # noqa: S314 - pytest's own file
    cases: dict[str, Counter[str]] = {id_: Counter() for id_ in ("all", *KINDS)}
    for case in (case for suite in suites for case in suite.iter("testcase")):
        name = str(case.get("name")).split("[")[0]
        known = (str(case.get("classname")), name)
        for id_ in ("all", *(one for one, names in mine.items() if known in names)):
            cases[id_][_end(case)] += 1
    found["cases"] = {id_: dict(counted) for id_, counted in cases.items()}
    found["minutes"] = round(sum(float(one.get("time", 0)) for one in suites) / 60, 1)
    found["run_at"] = str(suites[0].get("timestamp", ""))[:16] if suites else ""
    return found


def count_files() -> tuple[int, int]:
    """Return how many real files docs/inspected.md lists, and how many are of use as something."""
    text = (ROOT / "docs" / "inspected.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")][1:]
    return len(rows), sum("**" in row[2] for row in rows)


def _module(path: Path, root: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts)


def _end(case: ET.Element) -> str:
    tags = {one.tag for one in case}
    return "failed" if tags & {"failure", "error"} else "skipped" if "skipped" in tags else "passed"


def _asks(one: ast.FunctionDef) -> set[str]:
    return {arg.arg for arg in one.args.args}


def _named(decorator: ast.expr) -> str:
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    return str(getattr(call, "id", getattr(call, "attr", "")))


def _given(one: ast.FunctionDef) -> bool:
    return any(_named(each) == "given" for each in one.decorator_list)


def _draws(one: ast.FunctionDef) -> int:
    """Return how many cases a law asks for; the usual number where it says it by a name."""
    for each in one.decorator_list:
        if _named(each) == "settings" and isinstance(each, ast.Call):
            for said in each.keywords:
                if said.arg == "max_examples" and isinstance(said.value, ast.Constant):
                    return int(str(said.value.value))
    return _USUAL_DRAWS
