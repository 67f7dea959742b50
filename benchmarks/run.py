"""Every benchmark of the walking engine in one command.

    python benchmarks/run.py [--quick] [--out DIR] [--only ours] [--tasks T2 T3] [--cities 100k]

Makes the cities, lets this project and its peers answer in turn, each in a process of its own,
and writes ``engine.md`` and ``engine.json``. Ends with 1 when an answer of this project is off
by more than a centimetre. Peers: ``pip install -r benchmarks/requirements.txt``; without them
this project runs alone. ``--tiles-python`` names a Python with ``requirements-tiles.txt``.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contest import HERE, hold_contest
from judge import find_errors, find_faults, floor_s, growth, ratio
from machine import describe_machine, measure_bandwidth, measure_load, middle
from plan import OURS, CityPlan, Plan, Task, make_plan
from report import write_report

from geo.base.settings import DATA

if TYPE_CHECKING:
    from contest import Row

_WHOLE = (OURS, "pandana", "OSMnx + networkx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How this run is held."""

    home: Path
    only: str | None
    tiles_python: str | None
    bandwidth: float

    @property
    def pythons(self) -> dict[bool, str]:
        """The interpreter for engines without and with tables of their own."""
        return {False: sys.executable, True: self.tiles_python or ""}


def main() -> int:
    """Run and report; 1 when this project was wrong somewhere."""
    args = _read_arguments()
    plan = make_plan(quick=args.quick, data=_data_folder())
    began, load = time.perf_counter(), measure_load()
    result: dict[str, Any] = {"machine": describe_machine(), "failures": [], "tasks": []}
    with tempfile.TemporaryDirectory(dir=args.work) as home:
        setting = Setting(
            home=Path(home),
            only=args.only,
            tiles_python=args.tiles_python,
            bandwidth=measure_bandwidth(),
        )
        wanted = [c for c in plan.cities if not args.cities or c.name in args.cities]
        result["cities"] = {city.name: _prepare(city, setting) for city in wanted}
        for task in plan.tasks:
            if not args.tasks or task.id in args.tasks:
                result["tasks"].append(_run_task(task, result, setting))
        result["whole"] = _run_whole(plan, result, setting) if _wants_whole(args.tasks) else []
    result["bandwidth_gb_s"] = setting.bandwidth
    result["load"] = [load, measure_load()]
    result["minutes"] = (time.perf_counter() - began) / 60
    args.out.mkdir(parents=True, exist_ok=True)
    text = write_report(result)
    (args.out / "engine.md").write_text(text, encoding="utf-8")
    told = json.dumps(_plain(result), indent=1, ensure_ascii=False)
    (args.out / "engine.json").write_text(told, encoding="utf-8")
    print(text)
    return 1 if result["failures"] else 0


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="one tiny city")
    parser.add_argument("--out", type=Path, default=HERE / "results")
    parser.add_argument("--only", help="only engines whose module holds this word: ours, scipy …")
    parser.add_argument("--tasks", nargs="+", help="only these: T1 … T10")
    parser.add_argument("--cities", nargs="+", help="only these: 10k, 100k, 700k, Liège, 浦安")
    parser.add_argument("--tiles-python", help="a Python 3.12 or later with OSRM's wheel")
    parser.add_argument("--work", type=Path, help="where the cities are put meanwhile")
    return parser.parse_args()


def _data_folder() -> Path | None:
    named = DATA.read()
    folder = Path(named) if named else HERE.parents[1] / "shared" / "data"
    return folder if folder.is_dir() else None


def _wants_whole(tasks: list[str] | None) -> bool:
    return not tasks or "T10" in tasks


def _prepare(city: CityPlan, setting: Setting) -> dict[str, Any]:
    _say(f"preparing {city.name}")
    began = time.perf_counter()
    command = [sys.executable, "prepare.py", str(setting.home / city.name)]
    command += ["--people", str(city.people), "--sites", str(city.sites)]
    command += ["--truth", *map(str, city.truth)]
    command += ["--real", str(city.real)] if city.real else ["--nodes", str(city.nodes)]
    command += ["--pbf"] if city.pbf else []
    told = subprocess.run(command, cwd=HERE, check=True, stdout=subprocess.PIPE, text=True).stdout
    facts: dict[str, Any] = json.loads(told)
    return facts | {"prepared_s": round(time.perf_counter() - began, 1)}


def _run_task(task: Task, result: dict[str, Any], setting: Setting) -> dict[str, Any]:
    found: list[dict[str, Any]] = []
    load: dict[str, float] = {}
    for city in task.cases:
        if city not in result["cities"]:
            continue
        _say(f"{task.id} {city}")
        folder = setting.home / city
        load[city] = measure_load()
        rows = hold_contest(task, city, folder, setting.pythons, setting.only)
        for case in task.cases[city]:
            some = [row for row in rows if row.case == case]
            found += _judge(task, some, folder, result, setting)
        for kept in folder.glob("T*.npy"):
            kept.unlink()
    return {
        "id": task.id,
        "title": task.title,
        "load": load,
        "rows": found,
        "growth": _growths(found, result["cities"]),
    }


def _judge(
    task: Task, rows: list[Row], folder: Path, result: dict[str, Any], setting: Setting
) -> list[dict[str, Any]]:
    told = []
    for row, errors in zip(rows, find_errors(rows, folder), strict=True):
        fault = find_faults(row, errors)
        if fault:
            result["failures"].append(fault)
            _say(f"WRONG {fault}")
        median_s = middle(row.wall_s) * row.scaled
        told.append(
            {
                "city": row.city,
                "engine": row.engine.name,
                "case": row.case.name,
                "build_s": row.build_s,
                "median_s": median_s,
                "first_s": row.first_s,
                "wall_s": row.wall_s,
                "cpu_s": row.cpu_s,
                "cpu_ratio": middle([c / w for c, w in zip(row.cpu_s, row.wall_s, strict=True)]),
                "scaled": row.scaled,
                "mib": row.mib,
                "ratio": ratio(row, rows[0]),
                "floor_ratio": median_s / floor_s(row, rows, task.floor, setting.bandwidth),
                "errors": errors and errors | {"sided": row.engine.check in {"door", "street"}},
                "note": row.note,
                "remark": row.engine.remark,
            }
        )
    return told


def _growths(rows: list[dict[str, Any]], cities: dict[str, dict[str, Any]]) -> dict[str, float]:
    """Return this project's exponent for each case asked in two made cities or more."""
    times: dict[str, dict[int, float]] = {}
    for row in rows:
        if row["engine"] == OURS and row["city"].endswith("k") and not math.isnan(row["median_s"]):
            nodes = cities[row["city"]]["nodes"]
            times.setdefault(row["case"], {})[nodes] = row["median_s"]
    return {case: growth(seconds) for case, seconds in times.items() if len(seconds) > 1}


def _run_whole(plan: Plan, result: dict[str, Any], setting: Setting) -> list[dict[str, Any]]:
    """Start every engine from nothing, in turn, and time it from outside."""
    told: list[dict[str, Any]] = []
    for city, rounds in plan.whole.items():
        if city not in result["cities"]:
            continue
        _say(f"T10 {city}")
        engines = [e for e in _WHOLE if e == OURS or setting.only in {None, e}]
        walls: dict[str, list[float]] = {engine: [] for engine in engines}
        last: dict[str, dict[str, Any]] = {}
        for _ in range(rounds):
            for engine in engines:
                if "missing" not in last.get(engine, {}):
                    seconds, last[engine] = _whole_once(engine, setting.home / city)
                    walls[engine].append(seconds)
        for engine in engines:
            pairs = zip(walls[engine], walls[OURS], strict=False)
            missing = "missing" in last[engine]
            told.append(
                {
                    "city": city,
                    "engine": engine,
                    "wall_s": walls[engine],
                    "median_s": math.nan if missing else middle(walls[engine]),
                    "ratio": math.nan if missing else middle([one / other for one, other in pairs]),
                    "cpu_s": last[engine]["cpu_s"],
                    "mib": last[engine]["mib"],
                    "share": last[engine].get("share"),
                    "note": last[engine].get("missing", ""),
                }
            )
    return told


def _whole_once(engine: str, folder: Path) -> tuple[float, dict[str, Any]]:
    began = time.perf_counter()
    command = [sys.executable, "whole.py", engine, str(folder)]
    told = subprocess.run(
        command, cwd=HERE, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ).stdout
    seconds = time.perf_counter() - began
    reply: dict[str, Any] = json.loads(told.splitlines()[-1])
    return seconds, reply


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return the value with what JSON cannot hold made null."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
