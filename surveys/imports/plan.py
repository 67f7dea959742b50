"""What taking a file would do, row by row (取りこみの予定)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from geo.base.words import Words
from surveys.imports.kinds import NO_KIND, Kind
from surveys.record.say_path import say_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.base.problems import Problem
    from surveys.declaration.record_type import RecordType
    from surveys.record.history import Version

_NAMED: Final = 3
Action = Literal["new", "change", "same", "problem"]
ACTIONS: Final[dict[Action, Words]] = {
    "new": Words("新しい地点", "new site"),
    "change": Words("変わる", "changes"),
    "same": Words("同じ", "the same"),
    "problem": Words("取りこめない", "cannot be brought in"),
}


def say_action(action: str, *, log: bool) -> Words:
    """Return what an action is called, of a log's entries or of sites (行うこと).

    Examples
    --------
    >>> say_action("new", log=True).ja, say_action("new", log=False).ja
    ('新しい記録', '新しい地点')
    """
    if log and action == "new":
        return Words("新しい記録", "new entry")
    return next(words for known, words in ACTIONS.items() if known == action)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One value a row would change (変わる値).

    Attributes
    ----------
    taken
        Whether it will be; a value seen on site or told is not replaced by another's file.
    """

    path: str
    before: object
    after: object
    taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """What one row comes to (行の予定)."""

    sheet: str
    row: int
    action: Action
    site_id: str
    title: str
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    version: Version | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A file as it would be taken (取りこみの予定).

    Attributes
    ----------
    problems
        Every fault, those of the rows among them.
    said
        What the rules understood and inferred.
    undone
        Imports that were undone when it was made: they decide what a site was then.
    kind
        What the file is a list of, as it seems.
    """

    file: str
    sha256: str
    type: RecordType
    rows: tuple[PlanRow, ...]
    problems: tuple[Problem, ...]
    batch_id: str
    by: str
    now: str
    said: tuple[Words, ...] = ()
    undone: frozenset[str] = frozenset()
    kind: Kind = NO_KIND

    @property
    def counts(self) -> dict[Action, int]:
        """How many rows come to what (数)."""
        out: dict[Action, int] = dict.fromkeys(ACTIONS, 0)
        for row in self.rows:
            out[row.action] += 1
        return out

    def without(self, rows: Iterable[tuple[str, int]]) -> Plan:
        """Return the plan without some rows, by sheet and row (行をはずす)."""
        out = set(rows)
        return replace(
            self, rows=tuple(one for one in self.rows if (one.sheet, one.row) not in out)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """How a file is to be understood (取りこみ方).

    Attributes
    ----------
    own
        Whether it is an export of ours: ids are known, and a blank cell takes a value away.
        Another's file only adds, and replaces nothing that was seen or told.
    on
        The day the file speaks of, ``2026-11-21``, or "".
    abroad
        Whether places outside Japan are taken: those of a town that was built there.
    """

    file: str
    data_sha256: str
    own: bool
    by: str
    on: str
    now: str
    abroad: bool = False


def say_plan(plan: Plan) -> list[Words]:
    """Return the plan in sentences (予定を文で言う)."""
    counts = plan.counts
    held = [
        _name_value(plan.type, row, change.path)
        for row in plan.rows
        for change in row.changes
        if not change.taken
    ]
    new = say_action("new", log=plan.type.log).ja
    said = [
        Words(
            f"{plan.file}：{new} {counts['new']}・変わる {counts['change']}・同じ {counts['same']}"
            f"・取りこめない {counts['problem']}",
            f"{plan.file}: {counts['new']} new, {counts['change']} changed, {counts['same']} the same,"
            f" {counts['problem']} cannot be brought in",
        ),
        *plan.said,
    ]
    inferred = [
        _name_value(plan.type, row, path)
        for row in plan.rows
        if row.version is not None
        for path, one in row.version.origins.items()
        if one.get("sure") == "inferred"
    ]
    if inferred:
        said.append(_say_inferred(inferred))
    if held:
        named = _join_named(held)
        said.append(
            Words(
                f"現地で見た・聞いた値や、あとから調べた値とちがう {len(held)}件は、いまの値を残します（{named.ja}）",
                f"{len(held)} values differ from what was seen or told, or surveyed since; what is there"
                f" stays ({named.en})",
            )
        )
    if plan.problems:
        said.append(
            Words(
                f"気をつけることが {len(plan.problems)}件あります。下の一覧で確かめてください",
                f"{len(plan.problems)} things need a look; see the list below",
            )
        )
    return said


def _name_value(type_: RecordType, row: PlanRow, path: str) -> Words:
    where, what = row.title or str(row.row), say_path(type_, path, {})
    return Words(f"{where}の「{what.ja}」", f"“{what.en}” of {where}")


def _say_inferred(named: list[Words]) -> Words:
    """Return how many values are inferred, and the first of them by name."""
    told = _join_named(named)
    return Words(
        f"文や名前から読みとった {len(named)}件は「推定」と記します（{told.ja}）",
        f"{len(named)} values read out of texts or names are marked as inferred ({told.en})",
    )


def _join_named(named: list[Words]) -> Words:
    shown, rest = named[:_NAMED], len(named) - _NAMED
    return Words(
        "、".join(one.ja for one in shown) + (f" ほか {rest}件" if rest > 0 else ""),
        "; ".join(one.en for one in shown) + (f"; and {rest} more" if rest > 0 else ""),
    )
