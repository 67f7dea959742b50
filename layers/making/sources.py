"""From a draft to a recipe: the files chosen, and what stays of the town that stands (作り方にする)."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.base.files import copy_source, hash_file
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.heights.heights import tell_source
from geo.sources.recipe import OSM_CREDIT, RECIPE, Options, Recipe, SourceFile, load_recipe
from geo.sources.roles import ROLES
from geo.sources.where.declared import FILE_KINDS
from layers.making.draft import making_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from geo.sources.where.declared import FileKind, Place
    from layers.making.choose import Chosen
    from layers.making.draft import Draft

_OSM: Final = re.compile(r"\.(osm|pbf|osm\.gz|osm\.bz2)$|osm|overpass|geofabrik", re.IGNORECASE)
# What published files are called, whatever their year and place, and where they come from.
_CALLED: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), id_)
    for pattern, id_ in (
        ("^N03-", "n03"), ("^(A00200521|r2ka)", "estat-areas"), ("^tblT00108", "estat-ages"),
        ("^tblT001(09|1)", "estat-mesh"), ("^A27-", "a27"), ("^A32-", "a32"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the next town would be made of (街のもと).

    Attributes
    ----------
    new
        Files of the draft, in the order a recipe has them.
    stays
        Sources of the town that stands which are used again.
    goes
        Those that are not: replaced, or dropped.
    """

    new: tuple[Chosen, ...]
    stays: tuple[SourceFile, ...]
    goes: tuple[SourceFile, ...]

    def roles(self) -> frozenset[str]:
        """Return the roles there is a file for (そろっている役)."""
        return frozenset([one.use.id for one in self.new if one.use] + [s.role for s in self.stays])


def standing_recipe(folder: Path) -> Recipe | None:
    """Return the recipe of the town that stands, ``None`` where there is none (いまの作り方)."""
    return load_recipe(folder / RECIPE) if (folder / RECIPE).is_file() else None


def join_parts(draft: Draft, chosen: Sequence[Chosen], standing: Recipe | None) -> Parts:
    """Return what a new town is made of: what was given, and the rest of the one there (街のもと).

    A new file takes the place of what the town has for the same: streets, border and people once,
    a division by its name, a list of 通いの場 by its file's name.
    """
    order = list(ROLES)
    used = [one for one in chosen if one.state == "used" and one.use is not None]
    used.sort(key=lambda one: (order.index(one.use.id if one.use else ""), -_areas(one)))
    stays: list[SourceFile] = []
    goes: list[SourceFile] = []
    for source in standing.sources if standing is not None else ():
        gone = source.file in draft.dropped or any(_replaces(one, source) for one in used)
        (goes if gone else stays).append(source)
    return Parts(new=tuple(used), stays=tuple(stays), goes=tuple(goes))


def make_recipe(folder: Path, parts: Parts, name: str, standing: Recipe | None) -> Recipe:
    """Copy the files into the town's folder and return their recipe (作り方をつくる).

    Raises
    ------
    InputError
        A file is not what it was when it was given.
    """
    kept = folder / "sources"
    kept.mkdir(parents=True, exist_ok=True)
    new = [_source(folder, kept, one) for one in parts.new]
    order = list(ROLES)
    joined = sorted([*new, *parts.stays], key=lambda one: order.index(one.role))
    options = standing.options if standing is not None else Options()
    return Recipe(name=name, options=options, sources=tuple(joined))


def draft_recipe(folder: Path, parts: Parts, name: str) -> Recipe:
    """Return the recipe of the files where they lie, before anything is copied (置いたままの作り方)."""
    new = [_plain(folder, one, making_of(folder) / one.given.path) for one in parts.new]
    return Recipe(name=name, options=Options(), sources=(*new, *parts.stays))


def find_place(role: str, name: str) -> Place | None:
    """Return where a file of this name is to be had, by the table of places (どこのファイルか).

    Examples
    --------
    >>> found = find_place("border", "N03-20260101_12_GML.zip")
    >>> found.id if found else ""
    'n03'
    """
    id_ = next((id_ for pattern, id_ in _CALLED if pattern.search(name)), "")
    return next((one for kind in kinds_of(role) for one in kind.places if one.id == id_), None)


def kinds_of(role: str) -> list[FileKind]:
    """Return the kinds of files of a role (役のファイルの種類)."""
    return [one for one in FILE_KINDS.values() if one.role == role]


def missing_roles(have: Iterable[str]) -> list[FileKind]:
    """Return a kind of file for each role that is not there, streets first (足りないもの)."""
    there = set(have)
    return [
        next(iter(kinds_of(role)))
        for role in ROLES
        if role not in there and kinds_of(role) and role != "addresses"
    ]


def _areas(one: Chosen) -> int:
    """Return how many areas a division has: the finest comes first."""
    return one.given.seen.rows or 0 if one.use is not None and one.use.id == "division" else 0


def _replaces(one: Chosen, source: SourceFile) -> bool:
    if one.use is None or one.use.id != source.role:
        return False
    if source.role == "division":
        return one.division == source.division
    if source.role in ("sites", "heights", "addresses"):
        return source.file.rsplit("/", 1)[-1] == one.given.name
    return True


def _source(folder: Path, kept: Path, one: Chosen) -> SourceFile:
    assert one.use is not None  # noqa: S101 - only what is used comes here
    file = making_of(folder) / one.given.path
    if not file.is_file() or hash_file(file) != one.given.sha256:
        raise InputError(
            Words(
                f"「{one.given.called().ja}」の中身が、置いたときから変わっています。もう一度置いてください",
                f"{one.given.called().en} has changed since it was given; give it again",
            )
        )
    return _credit(_plain(folder, one, copy_source(file, kept)), one, file)


def _plain(folder: Path, one: Chosen, file: Path) -> SourceFile:
    """Return a file as a source, without what is printed of it."""
    source = SourceFile(
        role=one.use.id if one.use is not None else "", file=file.relative_to(folder).as_posix(),
        sha256=one.given.sha256, pick=one.pick,
    )  # fmt: skip
    if source.role == "division":
        source = replace(source, name=one.division, division=one.division, column=one.column)
    return source


def _credit(source: SourceFile, one: Chosen, file: Path) -> SourceFile:
    """Fill in what is to be printed: what somebody said, else what the file or its name tells."""
    told = {key: value for key, value in one.given.facts.items() if value}
    return replace(_credit_of(source, one, file), **told)


def _credit_of(source: SourceFile, one: Chosen, file: Path) -> SourceFile:
    if source.role == "heights":
        return replace(source, **asdict(tell_source(file)))
    place = find_place(source.role, one.given.name)
    if source.role == "streets" and (place is not None or _OSM.search(one.given.name)):
        name, licence, credit = OSM_CREDIT
        return replace(source, name=name, licence=licence, credit=credit)
    if place is not None:
        name = source.name or place.words.ja
        return replace(source, name=name, licence=place.licence.ja, credit=place.credit)
    seen = one.given.seen
    return replace(source, licence=seen.licence.ja) if seen.licence is not None else source
