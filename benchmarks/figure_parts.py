"""What docs/figures.md measures: each part a command, its tables, and how long it took."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from figure_counts import each_test

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

ROOT: Final = Path(__file__).parents[1]
_RULE: Final = re.compile(r"\|(-+\|)+$")
_LAST: Final = 12  # lines of what a failed command said


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One command of a part: as it is called, and how it is written on the page."""

    told: str
    call: Sequence[str]
    env: tuple[tuple[str, str], ...] = ()
    read: Callable[[str], dict[str, Any]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the page; `steps` gives its commands, small ones for a quick run."""

    id: str
    title: str
    what: str
    steps: Callable[[Namespace, Path], list[Step]]


def run_part(part: Part, args: Namespace, home: Path) -> dict[str, Any]:
    """Run a part's commands one after another; return what they said, whatever became of them."""
    began, load = time.monotonic(), os.getloadavg()[0]
    steps = [_run(step, args.longest) for step in part.steps(args, home)]
    return {
        "steps": steps, "seconds": round(time.monotonic() - began), "quick": bool(args.quick),
        "load": [round(load, 1), round(os.getloadavg()[0], 1)],
    }  # fmt: skip


def _run(step: Step, longest_s: int) -> dict[str, Any]:
    began = time.monotonic()
    env = os.environ | {"PYTHONPATH": str(ROOT)} | dict(step.env)
    said = wrong = ""
    try:
        run = subprocess.Popen(
            step.call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=env,
            start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        end = str(error)
    else:
        try:
            said, wrong = run.communicate(timeout=longest_s)
            end = str(run.returncode)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)  # with whatever it started
            said, wrong = run.communicate()
            end = f"stopped after {longest_s} s"
        finally:
            if run.poll() is None:  # somebody broke it off
                os.killpg(run.pid, signal.SIGKILL)
    told = {"command": step.told, "seconds": round(time.monotonic() - began), "end": end}
    found = (step.read or read_tables)(said)
    if end != "0":
        rest = [one for one in (said + wrong).splitlines() if one.strip() and one[0] != "|"]
        told["said"] = "\n".join(rest[-_LAST:])
    return told | found


def read_tables(text: str) -> dict[str, Any]:
    """Return the Markdown tables a command printed, and its other lines."""
    tables: list[dict[str, Any]] = []
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith("|"):
            if line.strip():
                lines.append(line.strip())
        elif _RULE.fullmatch(line):
            tables.append({"heads": _cells(lines.pop()), "rows": []})
        elif tables and len(_cells(line)) == len(tables[-1]["heads"]):
            tables[-1]["rows"].append(_cells(line))
        else:
            lines.append(line)  # a head, till its rule comes
    return {"tables": tables, "lines": lines}


def _cells(line: str) -> list[str]:
    return [one.strip() for one in line.strip().removeprefix("|").removesuffix("|").split("|")]


def read_engine(file: Path) -> dict[str, Any]:
    """Return of the engine's own report a row a case: our time, each peer's time over it."""
    if not file.is_file():
        return {"tables": [], "lines": []}
    result = json.loads(file.read_text(encoding="utf-8"))
    rows = [
        [
            f"{task['id']} {task['title']}", city, case,
            *_beside([one for one in task["rows"] if (one["city"], one["case"]) == (city, case)]),
        ]
        for task in result["tasks"]
        for city, case in dict.fromkeys((one["city"], one["case"]) for one in task["rows"])
    ]  # fmt: skip
    rows += [
        ["T10 the whole process", city, "file to GeoJSON",
         *_beside([one for one in result["whole"] if one["city"] == city])]
        for city in dict.fromkeys(one["city"] for one in result["whole"])
    ]  # fmt: skip
    heads = ["task", "city", "case", "this project", "beside it (times our time)"]
    wrong = f"answers of this project off by more than 1 cm: {len(result['failures'])}"
    return {"tables": [{"heads": heads, "rows": rows}], "lines": [wrong]}


def _beside(rows: list[dict[str, Any]]) -> list[str]:
    ours = next((one for one in rows if one["engine"] == "this project"), None)
    ours = ours or next((one for one in rows if one["engine"].startswith("this project")), None)
    if ours is None:
        return ["–", ""]
    others = [
        f"{one['engine']} {one['ratio']:.2f}"
        for one in rows
        if one is not ours and one["ratio"] == one["ratio"]  # a peer that failed has none
    ]
    return [f"{1000 * ours['median_s']:,.1f} ms", ", ".join(others)]


def _bench(name: str, *more: str, **said: Any) -> Step:  # noqa: ANN401 - a step's own
    told = f"python benchmarks/{name} {' '.join(more)}".strip()
    return Step(told=told, call=[sys.executable, str(ROOT / "benchmarks" / name), *more], **said)


def _tests(*paths: str, env: tuple[tuple[str, str], ...] = (), more: Sequence[str] = ()) -> Step:
    asked = ["-m", "pytest", "-q", "-rfE", *more, *paths]
    told = " ".join([*(f"{name}={value}" for name, value in env), "python", *asked])
    return Step(told=told, call=[sys.executable, *asked], env=env, read=_read_pytest)


def _read_pytest(text: str) -> dict[str, Any]:
    """Return what tests print of themselves, and their last line."""
    told = [one for one in text.splitlines() if "acknowledged" in one or one.startswith("FAILED")]
    last = [one for one in text.splitlines() if re.search(r"\d+ (passed|failed|error)", one)]
    return {"tables": [], "lines": [re.sub(r"^\.+", "", one) for one in (*told, *last[-1:])]}


def _engine(args: Namespace, home: Path) -> list[Step]:
    out = home / "engine"
    more = ("--quick", "--only", "ours") if args.quick else ("--cities", *args.cities)
    step = _bench("run.py", *more, read=lambda _: read_engine(out / "engine.json"))
    return [Step(told=step.told, call=[*step.call, "--out", str(out)], read=step.read)]


def _screens(args: Namespace, _home: Path) -> list[Step]:
    chromium = args.chromium or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    step = _bench("screens.py", *(("--only", "pages") if args.quick else ()))
    return [Step(told=step.told, call=[*step.call, "--chromium", chromium or "chromium"])]


def _load(args: Namespace, _home: Path) -> list[Step]:
    register = _bench("register.py", "--sites", "200" if args.quick else "10000")
    return [register] if args.quick else [register, _bench("at_once.py")]


def _kills(args: Namespace, _home: Path) -> list[Step]:
    env = (("KAYOI_KILLS", "1" if args.quick else str(args.kills)),)
    return [
        _tests("tests/journeys/test_killed.py", env=env, more=("-s",)),
        *([] if args.quick else [_tests("tests/surveys/store/test_kill.py")]),
    ]


def _attack(args: Namespace, _home: Path) -> list[Step]:
    more = ("--seconds", "2", "--only", "1100 silent") if args.quick else ("--seconds", "5")
    return [_bench("attack.py", *more)]


def _hostile(args: Namespace, _home: Path) -> list[Step]:
    words = ("hostile",) if args.quick else ("attack", "hostile", "fuzz")
    paths = {path for path, _ in each_test() if any(word in path.stem for word in words)}
    more = ("-n", "2", "-m", "not browser and not postgis")
    names = sorted(str(path.relative_to(ROOT)) for path in paths)
    step = _tests(*names, more=more)
    told = f"python -m pytest -n 2 -m 'not browser and not postgis', {len(names)} files named so"
    return [Step(told=told, call=step.call, read=step.read)]


def _laws(args: Namespace, _home: Path) -> list[Step]:
    return [_bench("laws.py", "--towns", "2" if args.quick else "100")]


def _size(args: Namespace, home: Path) -> list[Step]:
    more = ["--wheel-only"] if args.quick else []
    more += ["--wheel", str(args.wheel.resolve())] if args.wheel else []
    step = _bench("size.py", *more)
    return [Step(told=step.told, call=[*step.call, str(home / "size")])]


PARTS: Final = (
    Part(id="engine", title="The engine beside its peers", steps=_engine,
         what="Medians of rounds on a made city; of a peer, its time over ours: below 1 it is quicker. Peers that are "
              "not installed are left out (`pip install -r benchmarks/requirements.txt`)."),
    Part(id="screens", title="Screens of the demo", steps=_screens,
         what="Seconds until each page of the demo was still, in headless Chromium: the middle of three."),
    Part(id="load", title="Load", steps=_load,
         what="A register of 30,000 versions and what pages ask of it; the largest and longest that may come at once."),
    Part(id="kills", title="Kills", steps=_kills,
         what="The whole app killed under eight who write; what somebody was told is kept is looked for after each."),
    Part(id="attack", title="Strangers who hold connections", steps=_attack,
         what="A server of 1,024 files under strangers while somebody signed in saves twice a second."),
    Part(id="hostile", title="Hostile input", steps=_hostile,
         what="Files, texts, photos, backups and requests made to do harm; a test each, failing where one does."),
    Part(id="laws", title="Laws of plans on random towns", steps=_laws,
         what="Gained less lost is the difference, undoing is nothing, every count is a fresh answer's."),
    Part(id="size", title="Size", steps=_size,
         what="The wheel, and a fresh environment with it and all it needs."),
)  # fmt: skip
