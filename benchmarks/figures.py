"""Measure what docs/figures.md says, and write it: python benchmarks/figures.py [options].

Each part is a command of its own (benchmarks/figure_parts.py); what it said is kept in figures.json, and the
page is made of that alone. Parts that are not asked for keep what they had, with their day. On two cores
with nothing else at work all of it takes about a quarter of an hour; ``--quick`` shows that all runs.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from figure_counts import KINDS, count_files, count_tests
from figure_parts import PARTS, ROOT, Part, run_part
from machine import describe_machine

OUT: Final = ROOT / "docs" / "figures.md"
_INTRO: Final = """# Figures

Made by `python benchmarks/figures.py`; what its commands said is in `figures.json` beside this page. Each part says by
which command, when, on which commit, and how busy the machine was: load is that of the last minute, before and after.
Two cores are busy from 2 on: seconds of such a run say little. Earlier: [benchmarks](../benchmarks/README.md).
"""


def write_page(kept: dict[str, Any]) -> str:
    """Return the page of what was kept."""
    parts = kept.get("parts", {})
    told = [_INTRO, "## Tests\n", *_say_tests(kept["tests"])]
    for part in PARTS:
        told += [f"## {part.title}\n\n{part.what}\n", *say_part(part, parts.get(part.id))]
    return "\n".join(told)


def _say_tests(counted: dict[str, Any]) -> list[str]:
    cases = counted.get("cases", {})
    heads = ("what", "functions", "passed", "failed", "skipped")
    rows = [
        [
            name, f"{counted['functions'][id_]:,}",
            *(f"{cases[id_].get(end, 0):,}" if cases else "not measured" for end in heads[2:]),
        ]
        for id_, name in (("all", "all tests"), *((id_, name) for id_, (name, _) in KINDS.items()))
    ]  # fmt: skip
    of_use, files = counted["of_use"], counted["files"]
    suite = (
        f"The suite's tests took {counted['minutes']:,.1f} minutes one after another, in the run of "
        f"{counted['run_at']} (`pytest --junitxml`)."
        if cases
        else "The suite's minutes and how its tests end are not measured: no `--junit FILE` was given."
    )
    return [
        f"Counted in tests/ {_when(counted)}.\n",
        _table(heads, rows),
        f"Laws draw {counted['draws']:,} cases a run, where none is stopped by its time (`max_examples`, else 100).",
        f"Of {files} real files {of_use} are of use as something ([inspected.md](inspected.md)).",
        f"{suite}\n",
    ]  # fmt: skip


def say_part(part: Part, kept: dict[str, Any] | None) -> list[str]:
    """Return what was measured of a part, in lines; that it was not, where it was not."""
    if kept is None:
        return [f"Not measured: `python benchmarks/figures.py --only {part.id}`.\n"]
    before, after = kept["load"]
    quick = ", **by a quick run with small counts**" if kept["quick"] else ""
    told = [
        f"Measured {_when(kept)}, in {kept['seconds']:,} s, load {before} to {after}{quick}.\n",
    ]
    for step in kept["steps"]:
        told.append(f"`{step['command']}`, {step['seconds']:,} s:\n")
        told += [_table(one["heads"], one["rows"]) for one in step["tables"]]
        told += [f"* {line}" for line in step["lines"]]
        if step["end"] != "0":
            told.append(
                f"* **It ended with {step['end']}**: what is marked is beyond its goal, or it failed."
            )
            last = step.get("said", "").replace("```", "'''")
            told += [f"  The last it said:\n\n```text\n{last}\n```"] if last else []
        told.append("")
    return told


def _when(kept: dict[str, Any]) -> str:
    return f"on {kept['on']} at commit {kept['commit']}, {kept['machine']}"


def _table(heads: list[str] | tuple[str, ...], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


def _stamp() -> dict[str, str]:
    git = shutil.which("git") or "git"
    at = subprocess.run(
        [git, "rev-parse", "--short=9", "HEAD"], capture_output=True, text=True, check=False, cwd=ROOT
    ).stdout.strip()  # fmt: skip
    about = describe_machine()
    machine = f"{about['processor']}, {os.cpu_count()} cores, Python {about['python']}"
    return {"on": f"{datetime.now(UTC):%Y-%m-%d}", "commit": at or "unknown", "machine": machine}


def main() -> int:
    """Measure what is asked for, keep it, write the page; 1 where a command did not end well."""
    ids = [one.id for one in PARTS]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only", nargs="*", choices=ids, default=ids, help="these parts; none: count alone"
    )
    parser.add_argument("--quick", action="store_true", help="small counts, to see that all runs")
    parser.add_argument("--junit", type=Path, help="what the whole suite's --junitxml wrote")
    parser.add_argument("--wheel", type=Path, help="a wheel of this commit; built unless given")
    parser.add_argument("--cities", nargs="+", default=["10k"], help="the engine's: 10k 100k 700k")
    parser.add_argument("--kills", type=int, default=10, help="how often the app is killed")
    parser.add_argument("--chromium", help="of screens; found unless given")
    parser.add_argument("--longest", type=int, default=900, metavar="S", help="of one command")
    parser.add_argument(
        "--out", type=Path, default=OUT, help="the page; its .json stands beside it"
    )
    args = parser.parse_args()  # fmt: skip
    json_file = args.out.with_suffix(".json")
    kept = json.loads(json_file.read_text(encoding="utf-8")) if json_file.is_file() else {}
    files, of_use = count_files()
    kept["tests"] = count_tests(args.junit) | {"files": files, "of_use": of_use} | _stamp()
    bad = False
    for part in (one for one in PARTS if one.id in args.only):
        print(f"{part.id} …", flush=True)
        with tempfile.TemporaryDirectory() as home:
            found = run_part(part, args, Path(home)) | _stamp()
        kept.setdefault("parts", {})[part.id] = found
        bad |= any(one["end"] != "0" for one in found["steps"])
        _keep(kept, json_file)
    _keep(kept, json_file)
    args.out.write_text(write_page(kept), encoding="utf-8")
    return int(bad)


def _keep(kept: dict[str, Any], file: Path) -> None:
    file.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
