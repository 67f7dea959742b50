"""A site as it travels in files: out of the register and back into it (持ち運ぶ地点)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from surveys.record.history import ACTIVE, Origin
from surveys.record.home import is_home

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import shapely

    from geo.base.problems import Problem
    from geo.base.square import Told
    from surveys.declaration.paths import Answers
    from surveys.record.history import Version
    from surveys.record.site import Site

NO_ORIGIN: Final = Origin(source="imported", sure="sure", by="", on="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Portable:
    """One site as a file holds it (ファイルの中の地点).

    Attributes
    ----------
    id
        The register's id; "" in a file that is not ours.
    number
        The short number; for reading only, 0 when a file does not say.
    answers
        As `surveys.record.answers` keeps them, items as lists.
    place
        In degrees (EPSG:4326).
    status
        ``{"is", "on", "reason"}``, the last two when known.
    origin, origins
        Who says it; by path where a value differs from the rest.
    seen_on
        The last day somebody saw it or asked; for reading, "" when unknown.
    due_on
        The day it asks to be confirmed; for reading only.
    head
        The newest version the file knew, 0 when it does not say.
    told
        Of a home, whether its place is a square's middle or its own, as the file says; "" else.
    home
        Whether it is somebody's home, people differing on it included; for writing only.
    """

    type: str
    id: str = ""
    number: int = 0
    answers: Answers = field(default_factory=dict)
    place: shapely.Geometry | None = None
    status: Mapping[str, str] = field(default_factory=lambda: dict(ACTIVE))
    origin: Origin = NO_ORIGIN
    origins: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    seen_on: str = ""
    due_on: str = ""
    head: int = 0
    told: Told | Literal[""] = ""
    home: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One row of a file that is brought in, before it meets the register (取りこむ行).

    Attributes
    ----------
    sheet, row
        Where it stands, `row` as Excel numbers it.
    site
        What could be read; answers hold only what the file has a column for.
    given
        Ids of the fields, ``@place`` and ``@status``, that the file has a column for. A blank
        cell of a given field says "not asked"; a field that is not given is left as it is.
    problems
        Every cell that could not be read; the rest of the row is good.
    list_id
        What another's list calls the row, "" where it does not; later the id a new site of it
        takes.
    place_note
        How its place was taken, as a device told it; "" where the file does not say.
    """

    sheet: str
    row: int
    site: Portable
    given: frozenset[str]
    problems: tuple[Problem, ...] = ()
    list_id: str = ""
    place_note: str = ""


def make_portable(site: Site, versions: Iterable[Version]) -> Portable:
    """Return a site as it travels (持ち運ぶ形にする).

    Parameters
    ----------
    versions
        Those of the site that set a value standing now, or more.
    """
    by_seq = {one.seq: one for one in versions}
    said: dict[str, Origin] = {}
    for path in site.state.flat:
        version = by_seq.get(site.state.setters.get(path, 0))
        if version is not None:
            said[path] = version.origin_of(path)
    origin = _usual(said.values())
    return Portable(
        type=site.type.id, id=site.id, number=site.number, answers=site.answers, place=site.place,
        status=dict(site.state.status), origin=origin,
        origins={path: _differing(one, origin) for path, one in said.items() if one != origin},
        seen_on=site.state.seen_on, due_on=site.due_on, head=site.state.head,
        home=is_home(site),
    )  # fmt: skip


def _usual(origins: Iterable[Origin]) -> Origin:
    """Return the origin most values have; of equals the one said last."""
    counts = Counter(origins)
    if not counts:
        return NO_ORIGIN
    return max(counts, key=lambda one: (counts[one], one.on, one.source, one.sure, one.by))


def _differing(one: Origin, usual: Origin) -> dict[str, Any]:
    plain = usual.dump()
    return {key: value for key, value in one.dump().items() if value != plain[key]}
