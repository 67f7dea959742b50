"""Answers a declaration no longer takes, moved into the findings (使えない答えを移す)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from geo.base.words import Words
from surveys.declaration.common_fields import FINDINGS
from surveys.record.answers import LONGEST_TEXT, clean_text
from surveys.record.compose import KEEP, Keep
from surveys.record.history import PLACE
from surveys.record.say_path import say_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surveys.declaration.record_type import RecordType
    from surveys.record.answers import Fault
    from surveys.sync.submission import Submission

MOVED: Final = Words("気づいたことに移しました", "moved into the findings")


def move_unusable(
    type_: RecordType, submission: Submission, faults: Sequence[Fault], flat: Mapping[str, Any]
) -> tuple[Submission, list[Fault]]:
    """Return a submission whose faulty answers are told in words, and what was moved (答えを移す).

    Parameters
    ----------
    faults
        Why it is held, by path; what is about no answer stays as it is.
    flat
        The site's values now: the findings are added to, and things have their numbers.
    """
    patch, place, lines, moved = dict(submission.patch), submission.place, [], []
    seen = {**flat, **{path: value for path, value in patch.items() if value is not None}}
    for path in dict.fromkeys(path for path, _ in faults):
        if path == PLACE and not isinstance(place, Keep):
            lines.append(f"場所：{place.wkt if place is not None else 'なし'}")
            place = KEEP
        elif path in patch:
            lines.append(f"{say_path(type_, path, seen).ja}：{_say(patch.pop(path))}")
        else:
            continue
        moved.append((path, MOVED))
    if not moved:
        return submission, []
    text, note = "\n".join(lines), submission.note
    findings = _findings(type_, patch.get(FINDINGS.id, flat.get(FINDINGS.id)), text)
    if findings and FINDINGS.id not in submission.patch.keys() - patch.keys():
        patch[FINDINGS.id] = findings
    else:
        note = "\n".join(filter(None, (note, text)))
    return replace(submission, patch=patch, place=place, note=note), moved


def _findings(type_: RecordType, before: object, text: str) -> str:
    """Return the findings with a text added; "" where the type asks none, or they are full."""
    if not type_.asks(FINDINGS.id):
        return ""
    whole = clean_text("\n".join(filter(None, (before if isinstance(before, str) else "", text))))
    return whole if len(whole) <= LONGEST_TEXT else ""


def _say(value: object) -> str:
    """Return an answer as plain text: a choice that is no more has no words either."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        texts = [str(one.get("caption") or one.get("id") or "") for one in value]
        return f"{len(value)}件（{'、'.join(texts)}）"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "、".join(value)
    return "消した" if value is None else json.dumps(value, ensure_ascii=False)
