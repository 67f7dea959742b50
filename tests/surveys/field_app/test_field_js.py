"""The field app's JavaScript: typed strictly, and its own tests run by node."""

import json

import pytest
from js_tools import HERE, run_node

APP = HERE.parent.parent / "surveys" / "field_app"


def test_every_module_passes_the_strict_type_check(js_packages):
    came = run_node(js_packages / "typescript/bin/tsc", "--project", ".")
    assert came.returncode == 0, came.stdout


def test_a_wrong_type_would_be_found(js_packages, tmp_path):
    (tmp_path / "wrong.js").write_text('/** @type {number} */ export const n = "1";', "utf-8")
    config = {"extends": str(HERE / "tsconfig.json"), "include": [str(tmp_path / "wrong.js")]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(config), encoding="utf-8")
    came = run_node(js_packages / "typescript/bin/tsc", "--project", tmp_path / "tsconfig.json")
    assert "TS2322" in came.stdout


@pytest.mark.parametrize("file", sorted(one.name for one in HERE.glob("*.test.mjs")))
@pytest.mark.usefixtures("js_packages")
def test_its_own_tests_pass_in_node(file):
    came = run_node("--import", "./loader.mjs", "--test", "--test-reporter=tap", file)
    failed = [line for line in came.stdout.splitlines() if "not ok" in line or "error:" in line]
    assert came.returncode == 0, "\n".join(failed) + came.stderr
    assert "# pass 0" not in came.stdout


def test_the_placeholders_the_server_fills_in_stand_once_in_the_service_worker():
    text = (APP / "sw.js").read_text(encoding="utf-8")
    assert text.count('/*SHELL_VERSION*/""') == 1
    assert text.count("/*SHELL_FILES*/[]") == 1


def test_a_distance_is_told_as_a_straight_one_and_else_only_a_circles_radius_is():
    said = {path.name for path in APP.rglob("*.js") if "sayDistance(" in path.read_text("utf-8")}
    assert said == {"position.js", "concern.js"}


def test_no_module_writes_markup_or_runs_text():
    banned = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function")  # fmt: skip
    found = [
        (path.name, word)
        for path in [*APP.rglob("*.js")]
        for word in banned
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []
