"""What every page declares, and the groups the pages stand in (画面の宣言).

A page is one file of ``pages/`` with a ``PAGE``. It runs when it is opened, so it is read here
without running it: the door knows every page without what only the pages need.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from geo.base.registry import by_id, in_order, read_entries
from geo.base.words import Words

HERE: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Pages for one thing a person wants to do: a name in the navigation (画面の組)."""

    id: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page (画面).

    Attributes
    ----------
    words
        Its name in the navigation; the title above it is a question of its own.
    group
        The id of one of `GROUPS`.
    order
        Where it stands among the others; the first is opened at ``/``.
    straight
        Its name where the town has no streets; None for the same.
    listed
        Whether the navigation names it; else it is reached from other pages only.
    kinds
        Ids of `surveys.store.kept`: what of the register is seen or written here.
    types
        Ids of the record types it is of; none for every one that has a place.
    """

    id: str
    words: Words
    group: str
    order: int
    straight: Words | None = None
    listed: bool = True
    kinds: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


GROUPS: Final[dict[str, Group]] = by_id(
    (
        Group(id="map", words=Words("地図", "Map")),
        Group(id="think", words=Words("考える", "Think")),
        Group(id="record", words=Words("記録", "Record")),
        Group(id="give", words=Words("渡す", "Hand over")),
        Group(id="town", words=Words("まち", "Town")),
    )
)


@cache
def find_pages(folder: Path = HERE) -> dict[str, Page]:
    """Return the pages in their order, by their ids, which are their addresses (画面の一覧).

    Raises
    ------
    ValueError
        When a page declares nothing, a group there is not, or the order of another.

    Examples
    --------
    >>> list(find_pages())[:2]
    ['today', 'coverage']
    """
    found: dict[str, Page] = read_entries(folder, "PAGE", {"Page": Page, "Words": Words})
    for one in found.values():
        if one.group not in GROUPS:
            raise ValueError(f"{one.id}.py: group {one.group!r} is none of {', '.join(GROUPS)}")
    return in_order(found)
