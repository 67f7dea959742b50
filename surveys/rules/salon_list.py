"""通いの場の一覧: a row a group with its days, as ``kayoi build --sites`` reads the same file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from geo.base.delimited import column_key
from geo.base.list_heads import NOTES, find_whens, names_open_hours
from geo.base.words import Words
from surveys.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surveys.formats.raw.table import RawSheet
    from surveys.record.portable import Incoming
    from surveys.rules.rule import Improved

_FINDINGS: Final = "note"
_ABOUT: Final = "about"
_THING: Final = "activities"


def _fits(sheet: RawSheet) -> bool:
    return any(not names_open_hours(one) for one in find_whens(sheet.columns).parts)


def _improve(sheet: RawSheet, rows: Sequence[Incoming]) -> Improved:
    remarks = bool(set(map(column_key, sheet.columns)) & set(map(column_key, NOTES)))
    return [_read(one, remarks=remarks) for one in rows], []


def _read(one: Incoming, *, remarks: bool) -> Incoming:
    answers: dict[str, Any] = dict(one.site.answers)
    origins, given = dict(one.site.origins), set(one.given)
    groups = answers.get(_THING)
    if isinstance(groups, list) and len(groups) == 1 and "state" not in groups[0]:
        group = {**groups[0], "state": "active"}
        answers[_THING] = [group]
        origins[f"{_THING}/{group['_id']}/state"] = {"sure": "inferred"}
    if remarks and _FINDINGS in answers and _ABOUT not in answers:
        answers[_ABOUT] = answers.pop(_FINDINGS)
        given = (given - {_FINDINGS}) | {_ABOUT}
    site = replace(one.site, answers=answers, origins=origins)
    return replace(one, site=site, given=frozenset(given))


RULE = Rule(
    id="salon_list",
    words=Words(
        "通いの場の一覧として読みました。一覧にある所は、ことわりがなければ活動中とします（推定）。備考は会場の説明に入れます",
        "read as a list of salons: those in it are active where it does not say otherwise (inferred);"
        " remarks are kept as what is said about the venue",
    ),
    type="salon",
    fits=_fits,
    improve=_improve,
)
