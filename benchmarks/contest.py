"""Let engines answer in turn, each in a process of its own, and gather their times."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from plan import Engine, Task
    from store import Case

HERE: Final = Path(__file__).parent
# Whoever takes longer than this for one answer is asked no more.
PATIENCE_S: Final = 240.0
# An answer that takes this long is asked for fewer times, or once.
_SLOW_S, _VERY_SLOW_S = 3.0, 25.0
_SLOW_ROUNDS: Final = 3


@dataclass(slots=True, kw_only=True)
class Row:
    """What one engine did with one question, or why not.

    `first_s` is the warm-up, `wall_s` holds every round; `scaled` says how many times the
    measured work the full question is; `note` says what a reader must know; `answer` is where
    the answer was kept.
    """

    task: str
    city: str
    engine: Engine
    case: Case
    build_s: float = float("nan")
    first_s: float = float("nan")
    wall_s: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    mib: float = float("nan")
    scaled: float = 1.0
    note: str = ""
    answer: Path | None = None


class Contestant:
    """One engine's process. `fault` says why it can no longer be asked."""

    def __init__(self, engine: Engine, folder: Path, python: str) -> None:
        self.engine = engine
        self.fault = ""
        self.build_s = float("nan")
        self._replies: queue.Queue[str] = queue.Queue()
        self._process = subprocess.Popen(
            [python, "worker.py", engine.module, engine.task, folder],
            cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        self._errors: list[str] = []
        for listen in (self._listen, self._overhear):
            threading.Thread(target=listen, daemon=True).start()
        reply = self._wait(3 * PATIENCE_S)
        if "missing" in reply:
            self.fault = f"not installed ({reply['missing']})"
        self.build_s = reply.get("build_s", float("nan"))

    def ask(self, order: dict[str, Any]) -> dict[str, Any]:
        """Return the reply to an order, or nothing once there is a fault."""
        if self.fault or self._process.stdin is None:
            return {}
        try:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
        except OSError:
            self.fault = self.fault or self._last_words()
            return {}
        return self._wait(PATIENCE_S)

    def end(self) -> None:
        """End the process."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _wait(self, seconds: float) -> dict[str, Any]:
        try:
            line = self._replies.get(timeout=seconds)
        except queue.Empty:
            self.fault = f"no answer in {seconds:.0f} s"
            self._process.kill()
            return {}
        if not line:
            self.fault = self._last_words()
            return {}
        reply: dict[str, Any] = json.loads(line)
        return reply

    def _last_words(self) -> str:
        self._process.wait()
        lines = [line for line in "".join(self._errors).splitlines() if line.strip()]
        return f"failed ({lines[-1].strip()})" if lines else "failed"

    def _listen(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        for line in self._process.stdout:
            self._replies.put(line)
        self._replies.put("")

    def _overhear(self) -> None:
        assert self._process.stderr is not None  # noqa: S101 - asked for above
        for line in self._process.stderr:
            self._errors.append(line)


def hold_contest(
    task: Task, city: str, folder: Path, pythons: dict[bool, str], only: str | None = None
) -> list[Row]:
    """Return the rows of one task in one city.

    All engines build first; then, question by question, each answers once untimed and in
    rounds in turn.

    Parameters
    ----------
    folder
        The city's folder; answers are kept beside it.
    pythons
        The interpreter, by whether the engine is one with tables of its own (`Engine.tiles`).
    only
        A word that the modules of the engines must hold.
    """
    engines = [e for e in task.engines if only is None or only in e.module]
    engines = [e for e in engines if pythons.get(e.tiles)]
    entrants = [Contestant(e, folder, pythons[e.tiles]) for e in engines]
    rows = []
    try:
        for number, case in enumerate(task.cases[city]):
            rows += _ask_all(task, city, case, entrants)
            for entrant, row in zip(entrants, rows[-len(entrants) :], strict=True):
                if entrant.engine.check and row.wall_s:
                    keep = folder / f"{task.id}-{entrants.index(entrant)}-{number}.npy"
                    row.answer = keep if entrant.ask({"save": str(keep)}) else None
    finally:
        for entrant in entrants:
            entrant.end()
    return rows


def _ask_all(task: Task, city: str, case: Case, entrants: list[Contestant]) -> list[Row]:
    rows, left = [], []
    for entrant in entrants:
        asked = _part_of(case, entrant.engine)
        row = Row(task=task.id, city=city, engine=entrant.engine, case=case)
        row.scaled = _size(case) / _size(asked)
        row.build_s = entrant.build_s
        rows.append(row)
        first = entrant.ask({"case": asked.told()})
        row.note = entrant.fault
        row.first_s = first.get("wall_s", float("nan"))
        if first.get("wall_s", 0.0) > _VERY_SLOW_S:
            row.note = "asked once"
            _note(row, first)
            left.append(0)
        elif first:
            left.append(
                min(task.rounds, _SLOW_ROUNDS) if first["wall_s"] > _SLOW_S else task.rounds
            )
        else:
            left.append(0)
    for turn in range(task.rounds):
        for entrant, row, count in zip(entrants, rows, left, strict=True):
            if turn < count:
                reply = entrant.ask({"case": _part_of(case, entrant.engine).told()})
                row.note = row.note or entrant.fault
                if reply:
                    _note(row, reply)
    return rows


def _part_of(case: Case, engine: Engine) -> Case:
    """Return the part of the question an engine is asked: of the people, else of the sites."""
    if engine.share == 1.0:
        return case
    if case.people:
        return replace(case, people=max(1, round(case.people * engine.share)))
    return replace(case, sites=max(1, round(case.sites * engine.share)))


def _size(case: Case) -> int:
    return case.people or case.sites or 1


def _note(row: Row, reply: dict[str, Any]) -> None:
    row.wall_s.append(reply["wall_s"])
    row.cpu_s.append(reply["cpu_s"])
    row.mib = reply["mib"]
