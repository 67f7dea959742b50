"""Tests of the tests: each file stands alone, waits for no clock, and cannot hang the run."""

import ast
import tomllib

import pytest
from where import ROOT, TESTS

FILES = sorted(TESTS.rglob("test_*.py"))
CLOCKS = {"monotonic", "perf_counter", "process_time", "thread_time", "timeit"}


def names_in(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id


def imported_by(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(TESTS).as_posix())
def test_a_file_of_tests_needs_no_other_and_reads_no_clock(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    stems = {one.stem for one in FILES}
    assert [name for name in imported_by(tree) if name in stems] == [], "tests/support is for that"
    read = CLOCKS & set(names_in(tree)) if file.name != "test_tests.py" else set()
    assert read == set(), "how long something takes is measured by benchmarks/"


def test_every_test_has_a_time_out_and_examples_have_no_deadline():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert 0 < asked["tool"]["pytest"]["ini_options"]["timeout"] <= 300
    from hypothesis import settings

    assert settings().deadline is None
