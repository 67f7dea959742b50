"""The column of a list of meetings that tells the venue, and the one that tells the group's name (会場の列)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.delimited import column_key, find_column
from geo.base.problems import Problem
from geo.base.text import visible
from geo.base.words import Words
from surveys.rules.groups import THING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surveys.formats.raw.table import RawSheet
    from surveys.record.portable import Incoming

GROUP: Final = f"{THING}#1/group"
# Where somebody meets, under a heading that elsewhere is an address.
_WHERE: Final = ("場所", "会場・住所", "開催場所・住所")
# Of so many rows one at least names its venue where blanks are those below it.
_MOST_GROUPS: Final = 6
_PLACE_NAMES: Final = ("名称", "名前", "name", "施設名", "施設名称", "団体名", "title")


def venue_column(sheet: RawSheet, heads: Mapping[str, str]) -> str:
    """Return the column that tells where a group meets, "" for none (会場の列)."""
    if "name" in heads:
        return heads["name"]
    where = find_column(sheet.columns, _WHERE) or ""
    return where if heads.get("address") == where else ""


def shows_gaps(venues: Sequence[str]) -> bool:
    """Say whether blank venues are those above them: the column is otherwise filled (空欄は上と同じか)."""
    return sum(map(bool, venues)) * _MOST_GROUPS >= len(venues)


def say_named(sheet: RawSheet, heads: Mapping[str, str], column: str) -> list[Problem]:
    """Return that a column that is called like a place's was taken for the group's name (名称は集まりの名前と言う)."""
    named = heads.get(GROUP, "")
    if column_key(named) not in map(column_key, _PLACE_NAMES):
        return []
    reason = Words(
        f"「{visible(column)}」と並んでいるので、集まりの名前としました",
        f"stands beside {visible(column)}, so it was taken for the group's name",
    )
    return [Problem(file=sheet.name, row=None, column=named, value="", reason=reason)]


def is_nowhere(one: Incoming) -> bool:
    """Say whether a row tells no place, name or address (場所がないか)."""
    return one.site.place is None and not {"name", "address"} & one.site.answers.keys()
