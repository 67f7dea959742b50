"""Make the set that is carried to a machine without internet: make carry (持って行く一式をつくる).

Run by the environment ``make`` makes. Everything pinned in ``constraints.txt`` that the app needs
on the other system is fetched by pip, with the app itself as a wheel, so that neither node nor a
compiler is needed there.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from carrying.closure import Target, find_needed, plain, read_pins
from starting.carried import NOTE, WHEELS, hash_file

ROOT: Final = Path(__file__).resolve().parents[1]
PYTHONS: Final = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS: Final = {
    "windows": Target(
        tags=("win_amd64",), sys_platform="win32", platform_system="Windows", os_name="nt",
        platform_machine="AMD64",
    ),
    "mac": Target(
        tags=("macosx_14_0_arm64",), sys_platform="darwin", platform_system="Darwin",
        os_name="posix", platform_machine="arm64",
    ),
    "linux": Target(
        tags=("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_17_x86_64",
              "manylinux2014_x86_64"),
        sys_platform="linux", platform_system="Linux", os_name="posix", platform_machine="x86_64",
    ),
}  # fmt: skip
_ENDINGS: Final = {"windows": ".bat", "mac": ".command", "linux": ".sh"}
_DOORS: Final = {"start": "はじめる", "stop": "とめる"}


def main() -> int:
    """Make what the arguments ask for (実行)."""
    args = read_arguments()
    system = "" if args.small else args.system
    made_on, version = edition(), read_version()
    name = "small" if args.small else args.system
    folder = args.out / f"kayoi-carry-{name}" / f"kayoi-map-{version}-{made_on[:10]}"
    shutil.rmtree(folder.parent, ignore_errors=True)
    wheels = folder / WHEELS
    wheels.mkdir(parents=True)
    print("・アプリの部品をつくっています / building the app …", flush=True)
    app = args.wheel or build_app()
    shutil.copy(app, wheels)
    fetch(["pip"], wheels, SYSTEMS[args.system], args.python[0])
    if not args.small:
        for python in args.python:
            print(f"・{system} の Python {python} の部品 / parts for it …", flush=True)
            fetch_all(wheels, app, SYSTEMS[args.system], python)
    lay(folder, system)
    if args.installer:
        (folder / "python").mkdir()
        shutil.copy(args.installer, folder / "python")
    note = {
        "edition": made_on, "version": version, "whole": not args.small, "system": system,
        "pythons": [] if args.small else args.python,
        "files": {one.name: hash_file(one) for one in sorted(wheels.glob("*.whl"))},
    }  # fmt: skip
    text = json.dumps(note, ensure_ascii=False, indent=1)
    (wheels / NOTE).write_text(text, encoding="utf-8")
    archive = pack(folder, args.out / f"kayoi-carry-{name}.zip", made_on)
    size = sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())
    print(f"できました / made: {archive}（{archive.stat().st_size / 1e6:,.0f} MB）")
    print(f"　　　　　　　　　 {folder}（{size / 1e6:,.0f} MB、部品 {len(note['files'])}）")
    return 0


def read_arguments() -> argparse.Namespace:
    """Return what is asked for (引数)."""
    parser = argparse.ArgumentParser(description="持って行く一式 / the set to carry")
    here = {"win32": "windows", "darwin": "mac"}.get(sys.platform, "linux")
    add = parser.add_argument
    add("--system", choices=sorted(SYSTEMS), default=here, help="使う機械 / the machine it is for")
    add("--python", type=lambda text: text.split(","), default=list(PYTHONS),
        help="その Python（3.12,3.13 のように）/ its Pythons, by commas")  # fmt: skip
    add("--small", action="store_true",
        help="部品を入れない（使う所でインターネットから取る）/ without parts: fetched there")  # fmt: skip
    add("--installer", type=Path, help="一緒に入れる Python のインストーラー / of Python, put in")
    add("--wheel", type=Path, help="つくってあるアプリ / the app, built already")
    add("--out", type=Path, default=ROOT / "dist", help="置き場所 / where to")
    return parser.parse_args()


def read_version() -> str:
    """Return the app's version (版)."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(told["project"]["version"])


def edition() -> str:
    """Return when what is carried was last changed, as text that sorts (いつの物か)."""
    asked = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        when = datetime.fromtimestamp(int(told), UTC)
    except (OSError, ValueError, subprocess.CalledProcessError):  # no git, or no repository
        when = datetime.now(UTC)
    return when.strftime("%Y-%m-%d %H:%M")


def build_app() -> Path:
    """Build the app's wheel, with the browser's files in it, and return it (アプリをつくる)."""
    folder = Path(tempfile.mkdtemp())
    pip("wheel", "--no-deps", "-w", str(folder), str(ROOT))
    (made,) = folder.glob("kayoi_map-*.whl")
    with zipfile.ZipFile(made) as wheel:
        if "layers/assets/dist/manifest.json" not in wheel.namelist():
            raise SystemExit("ブラウザの部品がありません / layers/assets/dist is missing")
    return made


def fetch_all(wheels: Path, app: Path, target: Target, python: str) -> None:
    """Fetch everything the app needs on a system and a Python (すべて取る)."""
    environment = target.environment(python)
    while True:
        needed = find_needed(wheels, app, environment)
        lacking = sorted(name for name, file in needed.items() if file is None)
        if not lacking:
            return
        fetch(lacking, wheels, target, python)
        there = find_needed(wheels, app, environment)
        if never := [name for name in lacking if there.get(name) is None]:
            raise SystemExit(f"取れません / not to be had: {', '.join(never)}")


def fetch(names: list[str], wheels: Path, target: Target, python: str) -> None:
    """Fetch pinned packages as they are, without asking what they need (取る)."""
    pins = read_pins((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    if unpinned := [name for name in names if plain(name) not in pins]:
        raise SystemExit(f"constraints.txt にありません / not pinned: {', '.join(unpinned)}")
    short = python.replace(".", "")
    abis = [f"--abi={one}" for one in (f"cp{short}", "abi3", "none")]
    pip(
        "download", "--no-deps", "--only-binary=:all:", f"--python-version={python}",
        "--implementation=cp", *abis, *(f"--platform={one}" for one in target.tags),
        "-d", str(wheels), *(f"{name}=={pins[plain(name)]}" for name in names),
    )  # fmt: skip


def pip(*words: str) -> None:
    """Run pip, in its own words where it fails (pip)."""
    command = [sys.executable, "-m", "pip", *words, "-q", "--disable-pip-version-check"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stdout[-2000:] + done.stderr[-2000:])


def lay(folder: Path, system: str) -> None:
    """Lay out what is beside the wheels (並べる)."""
    start = folder / "start"
    ignored = shutil.ignore_patterns("__pycache__", "carry.py", "carrying", "READ-ME-FIRST.txt")
    shutil.copytree(ROOT / "start", start, ignore=ignored)
    for other in set(SYSTEMS) - {system} if system else ():
        for door in _DOORS:
            (start / f"{door}-{other}{_ENDINGS[other]}").unlink()
    shutil.copy(ROOT / "start" / "READ-ME-FIRST.txt", folder / "はじめにお読みください.txt")
    for file in ("constraints.txt", "LICENSE", "docs/licences.md"):
        shutil.copy(ROOT / file, folder)
    for one in [system] if system else SYSTEMS:
        for door, ja in _DOORS.items():
            place = ja if system else f"{ja}（{one.capitalize()}）"
            top = folder / f"{place}{_ENDINGS[one]}"
            top.write_bytes(make_door(one, door).encode())
            top.chmod(0o755)


def make_door(system: str, door: str) -> str:
    """Return the file at the top, by a Japanese name, that leads to the one in ``start/`` (入口).

    What it names is ASCII, so that it works even where unpacking spoils its own name.
    """
    if system != "windows":
        return f'#!/bin/sh\nexec sh "$(dirname "$0")/start/with-python.sh" {door} "$@"\n'
    text = (ROOT / "start" / f"{door}-windows.bat").read_bytes().decode("ascii")
    return text.replace("%~dp0with-python.bat", r"%~dp0start\with-python.bat")


def pack(folder: Path, archive: Path, made_on: str) -> Path:
    """Write the folder as a zip whose names are UTF-8 and whose doors may be run (zip にする)."""
    when = datetime.strptime(made_on, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    part = archive.with_name(f".{archive.name}.part")
    with zipfile.ZipFile(part, "w") as packed:
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            name = file.relative_to(folder.parent).as_posix()
            info = zipfile.ZipInfo(name, when.timetuple()[:6])
            runs = file.suffix in {".sh", ".command"}
            info.external_attr = (0o100755 if runs else 0o100644) << 16
            info.create_system = 3  # where it may be said what runs
            stored = file.suffix == ".whl"  # packed already
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            packed.writestr(info, file.read_bytes())
    return part.replace(archive)


if __name__ == "__main__":
    sys.exit(main())
