"""docs/figures.md is made of what was kept, and its parts say so when a command goes wrong."""

import argparse
import json
import sys
from pathlib import Path

import pytest
from where import ROOT

PAGE = ROOT / "docs" / "figures.md"


@pytest.fixture(scope="module")
def made():
    """The modules that make the page, which are scripts and no package."""
    import importlib

    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        yield {
            name: importlib.import_module(name)
            for name in ("figures", "figure_parts", "figure_counts")
        }
    finally:
        sys.path.remove(str(ROOT / "benchmarks"))


def test_the_page_is_made_of_what_was_kept(made):
    kept = json.loads(PAGE.with_suffix(".json").read_text(encoding="utf-8"))
    told = "run python benchmarks/figures.py --only"
    assert PAGE.read_text(encoding="utf-8") == made["figures"].write_page(kept), told
    for part in made["figure_parts"].PARTS:
        said = f"## {part.title}\n"
        assert said in PAGE.read_text(encoding="utf-8")


def test_what_was_not_measured_is_said_to_be(made):
    counted = made["figure_counts"].count_tests(None) | {
        "files": 2, "of_use": 1, "on": "2026-11-21", "commit": "abc", "machine": "two cores",
    }  # fmt: skip
    page = made["figures"].write_page({"tests": counted})
    assert page.count("Not measured: `python benchmarks/figures.py --only") == len(
        made["figure_parts"].PARTS
    )
    assert "no `--junit FILE` was given" in page


def test_every_part_names_commands_that_are_there(made, tmp_path):
    for quick in (True, False):
        args = argparse.Namespace(
            quick=quick, cities=["10k"], chromium=None, kills=10, wheel=None, longest=9
        )
        for part in made["figure_parts"].PARTS:
            steps = part.steps(args, tmp_path)
            assert steps
            for step in steps:
                files = [one for one in step.call if one.endswith(".py")]
                assert files and all((ROOT / one).is_file() for one in files), step.told


def test_tables_of_a_command_are_read_and_its_other_lines_kept(made):
    text = (
        "two cores\n\n| what | s |\n|---|---|\n| a page | 0.2 |\n| another | 0.3 |\n3 ms a save\n"
    )
    assert made["figure_parts"].read_tables(text) == {
        "tables": [{"heads": ["what", "s"], "rows": [["a page", "0.2"], ["another", "0.3"]]}],
        "lines": ["two cores", "3 ms a save"],
    }


@pytest.mark.parametrize(
    ("script", "end", "said"),
    [
        ("print('3 ms a save')", "0", None),
        ("import sys; print('a'); sys.exit('it broke')", "1", "it broke"),
        ("import time; time.sleep(60)", "stopped after 1 s", ""),
    ],
)
def test_how_a_command_ends_is_kept_and_told(made, script, end, said):
    parts = made["figure_parts"]
    step = parts.Step(told="python -c …", call=[sys.executable, "-c", script])
    part = parts.Part(id="laws", title="Laws", what="", steps=lambda _args, _home: [step])
    args = argparse.Namespace(longest=1 if "sleep" in script else 60, quick=False)
    found = parts.run_part(part, args, Path())
    assert (found["steps"][0]["end"] == end and said is None) or said in found["steps"][0]["said"]
    stamp = {"on": "2026-11-21", "commit": "abc", "machine": "two cores"}
    told = "\n".join(made["figures"].say_part(part, found | stamp))
    assert ("**It ended with" in told) == (end != "0") and (said or "") in told


def test_tests_are_counted_by_what_they_are_and_how_they_ended(made, tmp_path):
    counts = made["figure_counts"]
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_sums_fuzz.py").write_text(
        "@settings(max_examples=7)\n@given(x=1)\ndef test_law(x): pass\n"
        "@given(x=1)\ndef test_other_law(x): pass\ndef test_real(data): pass\n",
        encoding="utf-8",
    )
    junit = tmp_path / "junit.xml"
    junit.write_text(
        '<testsuites><testsuite time="90" timestamp="2026-11-21T09:00:00.1">'
        '<testcase classname="tests.test_sums_fuzz" name="test_law"/>'
        '<testcase classname="tests.test_sums_fuzz" name="test_real[a]"><failure/></testcase>'
        '<testcase classname="tests.test_sums_fuzz" name="test_real[b]"><skipped/></testcase>'
        "</testsuite></testsuites>",
        encoding="utf-8",
    )
    found = counts.count_tests(junit, tmp_path)
    assert found["functions"] == {
        "all": 3, "laws": 2, "kills": 0, "hostile": 3, "data": 1, "browser": 0,
    }  # fmt: skip
    assert found["draws"] == 107 and found["minutes"] == 1.5
    assert found["cases"]["laws"] == {"passed": 1}
    assert found["cases"]["data"] == {"failed": 1, "skipped": 1}
    assert sum(found["cases"]["all"].values()) == 3


def test_what_is_counted_in_this_house_is_found(made):
    functions = made["figure_counts"].count_tests(None)["functions"]
    assert all(functions.values()) and functions["laws"] > 50
    files, of_use = made["figure_counts"].count_files()
    assert 0 < of_use < files
