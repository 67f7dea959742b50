"""Measure the wheel and what installing it takes: python benchmarks/size.py FOLDER [--wheel FILE]."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Build or take the wheel, install it into a fresh environment, print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where all is put; must not be there yet")
    parser.add_argument("--wheel", type=Path, help="one built before")
    parser.add_argument("--wheel-only", action="store_true", help="install nothing")
    args = parser.parse_args()
    args.folder.mkdir(parents=True)
    pip = ("-m", "pip", "--disable-pip-version-check", "-q")
    wheel = args.wheel
    if wheel is None:
        _call(sys.executable, *pip, "wheel", "--no-deps", "-w", str(args.folder), str(ROOT))
        (wheel,) = args.folder.glob("*.whl")
    print("| what | MB | s |\n|---|---|---|")
    print(f"| {wheel.name} | {wheel.stat().st_size / 1e6:.1f} | |", flush=True)
    if args.wheel_only:
        return 0
    home = args.folder / "fresh"
    _call(sys.executable, "-m", "venv", str(home))
    began = time.monotonic()
    python = str(home / "bin" / "python")
    _call(python, *pip, "install", "-c", str(ROOT / "constraints.txt"), str(wheel))
    took = time.monotonic() - began
    size = sum(
        one.stat().st_size for one in home.rglob("*") if one.is_file() and not one.is_symlink()
    )
    print(f"| installed with all it needs | {size / 1e6:,.0f} | {took:.0f} |")
    return 0


def _call(*command: str) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    sys.exit(main())
