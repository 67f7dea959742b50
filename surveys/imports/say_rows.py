"""What each row of a plan would change, a line a row, for the terminal (行ごとの予定)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.base.words import Words, count_in_english
from surveys.declaration.paths import field_at
from surveys.formats.parts.cells import dump_cell
from surveys.imports.plan import say_action
from surveys.record.history import STATUS, STATUS_WORDS
from surveys.record.say_path import say_path

if TYPE_CHECKING:
    from geo.base.words import Lang
    from surveys.declaration.record_type import RecordType
    from surveys.imports.plan import Change, Plan, PlanRow

MOST_ROWS: Final = 30
_MOST_CHANGES: Final = 6
_LONGEST: Final = 60
_NOTHING: Final = Words("（なし）", "(nothing)")
_THERE: Final = Words("ある", "there")


def say_rows(plan: Plan, lang: Lang, most: int = MOST_ROWS) -> list[str]:
    """Return a line for each row that is new, changes or cannot be taken, `most` of them (行の予定)."""
    rows = [row for row in plan.rows if row.action != "same"]
    lines = [_say_row(plan.type, row, lang) for row in rows[:most]]
    if len(rows) > most:
        rest = len(rows) - most
        lines.append(Words(f"ほか {rest}行", f"and {count_in_english(rest, 'more row')}").say(lang))
    return lines


def _say_row(type_: RecordType, row: PlanRow, lang: Lang) -> str:
    action = say_action(row.action, log=type_.log)
    head = Words(
        f"{row.row}行目　{action.ja}　{row.title}", f"row {row.row}, {action.en}, {row.title}"
    ).say(lang)
    if row.action != "change":
        return head
    flat = {one.path: one.after for one in row.changes}
    said = [_say_change(type_, one, flat, lang) for one in row.changes[:_MOST_CHANGES]]
    rest = len(row.changes) - _MOST_CHANGES
    if rest > 0:
        said.append(Words(f"ほか {rest}項目", f"and {rest} more").say(lang))
    return head + Words("：", ": ").say(lang) + Words("、", "; ").say(lang).join(said)


def _say_change(type_: RecordType, one: Change, flat: dict[str, Any], lang: Lang) -> str:
    name = say_path(type_, one.path, flat).say(lang)
    before, after = (_say_value(type_, one.path, each, lang) for each in (one.before, one.after))
    held = "" if one.taken else Words("（いまの値を残す）", " (what is there stays)").say(lang)
    return f"{name} {before} → {after}{held}"


def _say_value(type_: RecordType, path: str, value: Any, lang: Lang) -> str:  # noqa: ANN401 - an answer is any JSON value
    if value is None or value in ("", []):
        return _NOTHING.say(lang)
    if isinstance(value, shapely.Geometry):
        at = value.representative_point()
        return f"{at.y:.6f}, {at.x:.6f}"
    if path == STATUS:
        return STATUS_WORDS[value.get("is", "active")].say(lang)
    return _say_answer(type_, path, value, lang)


def _say_answer(type_: RecordType, path: str, value: Any, lang: Lang) -> str:  # noqa: ANN401 - an answer is any JSON value
    try:
        field, inner = field_at(type_, path)
    except KeyError:
        return _cut(str(value))
    if inner is None and "/" in path:
        return _THERE.say(lang)
    return _cut(str(dump_cell(inner or field, value, lang)))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
