"""``python tests/mutants/try_faults.py --count 40 --seed 1``: which faults do the tests notice?

A sample of small faults is put, one at a time, into a copy of the tree. Of each fault only those
tests run that come by its line, the quickest first, until one fails. A survivor without a reason in
``survivors.toml``, and a reason whose line is gone, end the run with 1.
"""

import argparse
import hashlib
import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from faults import marked, mutants_of  # noqa: E402 - as above
from listening import Chosen, Recorder  # noqa: E402 - beside this file

ROOT = HERE.parents[1]
ROOMS = ("geo/walk", "geo/coverage", "surveys/record")
SKIP = "not browser and not postgis and not data"
ELSEWHERE = ("commands", "demo", "field_app", "api")  # whole journeys: slow, and far from a line
ASLEEP_TIMES = 20.0
HUNG, CRASHED = "the time-out", "a crash"
PATIENCE_TIMES = 10.0  # a fault may take ten times what the tests take without it
RECORDING_S = 1_800.0
SLOW_S = 20.0  # a test that takes longer listens to no fault


def main(argv=None):
    """Run a sample and tell, fault by fault, who noticed."""
    args = _arguments().parse_args(argv)
    root = args.root.resolve()
    modules = [
        path.relative_to(root).as_posix()
        for room in args.rooms
        for path in sorted((root / room).rglob("*.py"))
        if path.read_text(encoding="utf-8").strip()
    ]
    with tempfile.TemporaryDirectory(prefix="mutants-") as temporary:
        folder = Path(temporary).resolve() / "tree"
        _copy(root, folder)
        known = _listen(root, folder, modules, args)
        sample = choose(root, args.rooms, modules, count=args.count, seed=args.seed)
        reasons, stale = read_reasons(args.survivors, root)
        bare, sound, broken = 0, set(), set()
        for number, one in enumerate(sample, 1):
            caught = _noticed(folder, one, known, args.patience, sound, broken)
            why = reasons.get((one.module, one.text, one.change), "")
            bare += not caught and not why
            said = f"caught by {caught}" if caught else f"SURVIVED: {why or 'no reason given'}"
            print(f"{number:3} {one.module}:{one.line} | {one.change} | {said}", flush=True)
            args.caught += bool(caught)
    lived = len(sample) - args.caught
    print(f"{len(sample)} tried, {args.caught} caught, {lived} survived, {bare} without a reason")
    for row in stale:
        print(f"survivors.toml: {row['module']} has no such line any more: {row['text']}")
    for name in sorted(broken):
        print(f"{name} fails without any fault")
    return 1 if bare or stale or broken else 0


def choose(root, rooms, modules, *, count, seed):
    """A sample, the same share of each room; the same again for the same seed and tree."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    chosen = []
    for at, room in enumerate(rooms):
        faults = [
            one
            for module in modules
            if module.startswith(f"{room}/")
            for one in mutants_of(module, (root / module).read_text(encoding="utf-8"))
        ]
        share = count // len(rooms) + (at < count % len(rooms))
        chosen += chance.sample(faults, min(share, len(faults)))
    return chosen


def read_reasons(path, root):
    """Why some faults may live, by module, line and change; and the rows that fit no line."""
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("survivor", [])
    reasons, stale = {}, []
    for row in rows:
        file = root / row["module"]
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        if row["text"] not in {line.strip() for line in lines} or not row["why"].strip():
            stale.append(row)
        reasons[row["module"], row["text"], row["change"]] = row["why"]
    return reasons, stale


def _arguments():
    made = argparse.ArgumentParser(description=__doc__)
    made.add_argument("--count", type=int, default=40)
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--rooms", nargs="+", default=ROOMS)
    made.add_argument("--root", type=Path, default=ROOT)
    made.add_argument("--survivors", type=Path, default=HERE / "survivors.toml")
    made.add_argument("--patience", type=float, default=30.0, help="seconds beside that")
    made.set_defaults(caught=0)
    return made


def _copy(root, folder):
    told = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, check=True, capture_output=True,
    )  # fmt: skip
    for name in told.stdout.decode().rstrip("\0").split("\0"):
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, folder / name)
    built = root / "layers" / "assets" / "dist"
    if built.exists():
        (folder / "layers" / "assets").mkdir(parents=True, exist_ok=True)
        (folder / "layers" / "assets" / "dist").symlink_to(built)


def tests_of(root, modules):
    """The test files of the modules: of the same rooms, and those of their floor that name one."""
    rooms = {Path(module).parent.as_posix() for module in modules}
    floors = {module.split("/")[0] for module in modules}
    names = [module.removesuffix(".py").replace("/", ".") for module in modules]
    found = set()
    for path in (root / "tests").rglob("test_*.py"):
        text = path.read_text(encoding="utf-8")
        file = path.relative_to(root)
        parts = file.parts[1:-1]
        if not floors.intersection(parts[:1]) or parts[-1] in ELSEWHERE:
            continue
        if file.parent.relative_to("tests").as_posix() in rooms or any(
            name in text for name in names
        ):
            found.add(file.as_posix())
    return sorted(found)


def _listen(root, folder, modules, args):
    """Which test comes by which line; kept beside the tree until a test or a module changes."""
    files = [*tests_of(root, modules), *modules]
    digest = hashlib.sha256()
    for name in files:
        digest.update((root / name).read_bytes())
    kept = root / ".mutants" / f"{digest.hexdigest()[:16]}.json"
    if not kept.exists():
        print(f"listening to {len(files)} files of tests, once", flush=True)
        out = folder.parent / "lines.json"
        if _apart(_record, folder, (folder, modules, files, out), RECORDING_S) != 0:
            told = (folder.parent / "said.txt").read_text(encoding="utf-8")
            raise SystemExit(f"the tests do not pass without any fault:\n{told[-3_000:]}")
        kept.parent.mkdir(exist_ok=True)
        shutil.copy(out, kept)
    return json.loads(kept.read_text(encoding="utf-8"))


def _record(folder, modules, files, out):
    before = {module: (folder / module).read_text(encoding="utf-8") for module in modules}
    for module, source in before.items():
        (folder / module).write_text(marked(module, source), encoding="utf-8")
    recorder = Recorder()
    code = pytest.main([*_quiet(folder), *files], plugins=[recorder])
    for module, source in before.items():
        (folder / module).write_text(source, encoding="utf-8")
    sys.stdout.flush()
    if code != pytest.ExitCode.OK:
        os._exit(1)
    lines = {
        id_: {module: sorted(n for m, n in seen if m == module) for module in {m for m, _ in seen}}
        for id_, seen in recorder.lines.items()
    }
    out.write_text(json.dumps({"seconds": recorder.seconds, "lines": lines}), encoding="utf-8")


def _noticed(folder, mutant, known, patience_s, sound, broken):
    """The test that notices a fault; one that fails without it too has noticed nothing."""
    while True:
        caught = _try(folder, mutant, known, patience_s)
        if caught not in known["lines"] or caught in sound:
            return caught
        if not _run_tests(folder, [caught], patience_s, known):
            sound.add(caught)
            return caught
        broken.add(caught)
        known["lines"].pop(caught)


def _try(folder, mutant, known, patience_s):
    """The test that notices a fault, or "" when none does."""
    ids = [
        id_
        for id_, seen in known["lines"].items()
        # What runs at import, every test may stand on.
        if (mutant.statement is None or mutant.statement in seen.get(mutant.module, ()))
        and known["seconds"].get(id_, 0.0) <= SLOW_S
    ]
    ids.sort(key=lambda id_: known["seconds"].get(id_, 0.0))
    file = folder / mutant.module
    before = file.read_text(encoding="utf-8")
    file.write_text(mutant.source, encoding="utf-8")
    try:
        return _run_tests(folder, ids, patience_s, known) if ids else ""
    finally:
        file.write_text(before, encoding="utf-8")


def _run_tests(folder, ids, patience_s, known):
    """The first of the tests that fails, or ""."""
    out = folder.parent / "failed.txt"
    out.write_text("", encoding="utf-8")
    took = sum(known["seconds"].get(id_, 0.0) for id_ in ids)
    code = _apart(_run, folder, (folder, ids, out), patience_s + PATIENCE_TIMES * took)
    if code is None:
        return HUNG
    return out.read_text(encoding="utf-8") or ("" if code == 0 else CRASHED)


def _run(folder, ids, out):
    chosen = Chosen(ids)
    files = list(dict.fromkeys(id_.split("::")[0] for id_ in ids))
    code = pytest.main(["-x", *_quiet(folder), *files], plugins=[chosen])
    out.write_text(chosen.failed, encoding="utf-8")
    sys.stdout.flush()
    os._exit(int(code))


def _quiet(folder):
    return ["-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-m", SKIP,
            "--hypothesis-seed=0", f"--rootdir={folder}"]  # fmt: skip


def _apart(task, folder, values, patience_s):
    """Run a task in a process that stands in the copy; its exit code, None when it hung."""
    # Of the processor's time: a busy machine makes no fault look noticed. One that sleeps for
    # good is ended by the clock.
    child = multiprocessing.get_context("spawn").Process(
        target=_in_copy, args=(task, folder, values, int(patience_s))
    )
    child.start()
    child.join(ASLEEP_TIMES * patience_s)
    if child.is_alive():
        os.killpg(child.pid, signal.SIGKILL)
        child.join()
        return None
    return None if child.exitcode == -signal.SIGXCPU else child.exitcode


def _in_copy(task, folder, values, patience_s):
    os.setsid()
    resource.setrlimit(resource.RLIMIT_CPU, (patience_s, patience_s + 5))
    os.chdir(folder)
    shutil.rmtree(folder / ".hypothesis", ignore_errors=True)
    sys.dont_write_bytecode = True  # a fault of the same length within a second would be missed
    sys.path[:] = [str(folder), *(one for one in sys.path if Path(one or ".").resolve() != ROOT)]
    quiet = os.open(folder.parent / "said.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    task(*values)


if __name__ == "__main__":
    sys.exit(main())
