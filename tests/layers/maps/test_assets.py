"""The browser's files: pinned, from no named host, whole, and with their licences."""

import hashlib
import json
import re
import runpy

import pytest

from layers.maps.base_map import ASSETS

HOME = ASSETS.parent
LOCK = json.loads((HOME / "package-lock.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def manifest():
    return json.loads((ASSETS / "manifest.json").read_text(encoding="utf-8"))


def test_every_package_is_pinned_to_one_version_and_its_content():
    wanted = json.loads((HOME / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    packages = {name: entry for name, entry in LOCK["packages"].items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    for name, version in wanted.items():
        assert packages[f"node_modules/{name}"]["version"] == version


def test_the_lock_names_no_host():
    text = (HOME / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in text and "://" not in text


def test_nothing_runs_when_packages_are_installed():
    assert "scripts" not in json.loads((HOME / "package.json").read_text(encoding="utf-8"))
    assert '"--ignore-scripts"' in (HOME / "hatch_build.py").read_text(encoding="utf-8")


def test_the_built_files_are_those_of_the_manifest(manifest):
    found = {path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*") if path.is_file()}
    assert found == {*manifest["files"], "manifest.json"}
    for place, expected in manifest["files"].items():
        assert hashlib.sha256((ASSETS / place).read_bytes()).hexdigest() == expected, place


def test_our_own_sources_are_the_built_ones():
    for path in (HOME / "src").iterdir():
        built = (ASSETS / "kayoi" / path.name).read_bytes()
        assert built == path.read_bytes(), "run python layers/assets/hatch_build.py"


def test_every_package_in_the_bundle_brings_its_licence(manifest):
    carried = {
        name.removeprefix("node_modules/")
        for name in LOCK["packages"]
        if name and not name.startswith("node_modules/@types/")
    }
    assert set(manifest["packages"]) == carried
    for name in carried:
        text = (ASSETS / "licences" / f"{name.replace('/', '+')}.txt").read_text(encoding="utf-8")
        assert re.search(r"MIT|BSD|ISC|Permission|Redistribution", text), name


def test_no_built_script_asks_for_a_source_map():
    for path in ASSETS.rglob("*.js"):
        assert "sourceMappingURL" not in path.read_text(encoding="utf-8"), path.name


def test_building_again_does_nothing_when_nothing_changed(monkeypatch):
    built = runpy.run_path(str(HOME / "hatch_build.py"))
    monkeypatch.setattr("subprocess.run", lambda *_args, **_kw: pytest.fail("npm was run again"))
    assert built["build_assets"]() == ASSETS
