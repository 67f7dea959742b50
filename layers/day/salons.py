"""The 通いの場 that count on a day: the register's, and the town's own nobody recorded yet (数える通いの場)."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from geo.base.dates import say_date
from geo.base.text import tidy
from geo.base.words import Words
from geo.schedule import fit_schedule, parse_schedule, worse
from geo.tables.tables import SITES, check_sites, each_row
from surveys.declaration.paths import assemble, known_paths
from surveys.record.as_of import JAPAN, state_known_on, state_on
from surveys.record.home import is_home
from surveys.record.meeting import DOUBT_WORDS, fit_content
from surveys.record.site import make_title
from surveys.record.venue import UNFIT, Venue, is_private_home, judge_venue
from surveys.record.wanted import Wanted
from surveys.store.listing import SiteQuery, each_site
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import shapely

    from geo.base.arrays import Flags
    from geo.base.place import Plane
    from geo.town import Town
    from surveys.declaration.paths import Answers
    from surveys.record.as_of import OnDay
    from surveys.record.history import Version
    from surveys.record.site import Site
    from surveys.record.venue import Counts
    from surveys.store.register import Register

SALON: Final = RECORD_TYPES["salon"]
SOURCE: Final = "台帳"
# As surveys.imports.match: of one name this near is one place; of any name as Rests are.
SAME_NAME_M: Final = 50.0
SAME_M: Final = 25.0
OF_A_FILE: Final = Words("渡された表", "of a file")
NOTHING_MORE: Final = Words("", "")
_ALL: Final = Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Which day is asked of, and by whose knowledge (いつの時点).

    Attributes
    ----------
    on
        The day, ``2026-11-21``.
    known
        Whether by what the register knew at the end of that day, and not by what is known now.
    """

    on: str
    known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One 通いの場 of the list, counting or not (一覧の通いの場).

    Attributes
    ----------
    at_m
        On the town's plane; ``None`` without a place.
    own
        Whether only the town's files tell of it: no record speaks of it yet.
    home
        Whether it is somebody's home, by what is known now or was then.
    open
        How it would count if nothing were wished.
    """

    site_id: str
    name: str
    at_m: tuple[float, float] | None
    venue: Venue
    schedule: str
    sessions_per_month: float
    capacity: float
    note: str
    source: str
    own: bool
    open: Counts
    home: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SalonList:
    """All 通いの場 known on a day, and the tables that count (その日の一覧).

    Attributes
    ----------
    listed
        Every one, counting or not, by id.
    newest_at
        When the newest record of any was written, ISO text; "" for none.
    """

    listed: tuple[Listed, ...]
    newest_at: str

    def sites(self, *counts: str) -> pd.DataFrame:
        """Return Sites of those that count so: ``yes``, ``unsure``, ``early`` (数える表)."""
        return _sites([one for one in self.listed if one.venue.counts in counts])

    def aside(self) -> pd.DataFrame:
        """Return Sites of those that count if nothing is wished, and are not as wished (外した表)."""
        counted = ("yes", "unsure")
        return _sites(
            [one for one in self.listed if one.open in counted and one.venue.counts not in counted]
        )

    def say(self, of: Words | None = None) -> list[Words]:
        """Return what was taken into account, a line each (数えた通いの場の文).

        Parameters
        ----------
        of
            Where they are from, if not from the register.
        """
        counted = [
            one
            for one in self.listed
            if one.venue.counts in ("yes", "unsure") and one.at_m is not None
        ]
        unsure = sum(one.venue.counts == "unsure" for one in counted)
        out = Counter(
            one.venue.why for one in self.listed if one.venue.counts in ("no", "early", "maybe")
        )
        notes = [] if of is None else [of]
        if unsure:
            notes.append(
                Words(
                    f"ようすの分からない {unsure} をふくむ", f"{unsure} of unknown state among them"
                )
            )
        if placeless := sum(one.at_m is None for one in self.listed):
            out[Words("場所の分からない", "without a place")] += placeless
        notes += [
            Words(f"{why.ja} {count} は数えない", f"{why.en}, {count}, not counted")
            for why, count in out.items()
        ]
        return say_counted(len(counted), notes, _say_newest(self.newest_at))


def say_counted(count: int, notes: Sequence[Words], last: Words = NOTHING_MORE) -> list[Words]:
    """Return how many 通いの場 count, with notes in brackets (数えた数の文)."""
    ja, en = "。".join(one.ja for one in notes), "; ".join(one.en for one in notes)
    more = Words(f"（{ja}）", f" ({en})") if notes else NOTHING_MORE
    return [Words(f"通いの場　{count}か所{more.ja}{last.ja}", f"Salons: {count}{more.en}{last.en}")]


def _sites(listed: Sequence[Listed]) -> pd.DataFrame:
    """Return Sites of those that have a place."""
    rows = [one for one in listed if one.at_m is not None]
    table = {
        "site_id": [one.site_id for one in rows],
        "kind": ["salon"] * len(rows),
        "name": [one.name for one in rows],
        "x_m": np.array([one.at_m[0] for one in rows if one.at_m], dtype=float),
        "y_m": np.array([one.at_m[1] for one in rows if one.at_m], dtype=float),
        "schedule": [one.schedule for one in rows],
        "note": [one.note for one in rows],
        "source": [one.source for one in rows],
        "sessions_per_month": np.array([one.sessions_per_month for one in rows], dtype=float),
        "capacity": np.array([one.capacity for one in rows], dtype=float),
    }
    frame = pd.DataFrame({name: table[name] for name in SITES})
    texts = [name for name, kind in SITES.items() if kind == "str"]
    return check_sites(frame.astype(dict.fromkeys(texts, object)))


def _say_newest(at: str) -> Words:
    """Return when the newest record was written, on Japan's clock."""
    if not at:
        return Words("", "")
    try:
        written = datetime.fromisoformat(at).astimezone(JAPAN)
    except ValueError:
        return Words("", "")
    ja, en = (say_date(written.date(), lang) for lang in ("ja", "en"))
    return Words(
        f"。最後の記録 {ja} {written:%H:%M}", f"; the newest record is of {en}, {written:%H:%M}"
    )


def list_salons(
    town: Town, register: Register | None, when: When, wanted: Wanted = _ALL
) -> SalonList:
    """Return all 通いの場 known on a day (その日の一覧をつくる).

    The register's people decide. What only the town's files tell is listed too, as long as no
    record is about it: of the same id, of the same name within 50 m, or within 25 m. What is
    wished of their groups is looked for in what each tells.

    Notes
    -----
    Cost: one query for the sites, one for their versions.
    """
    found, newest, places = [], "", []
    if register is not None:
        query = SiteQuery(types=("salon",), statuses=(), order="number")
        sites = list(each_site(register, query))
        versions = register.versions_of(site.id for site in sites)
        for site in sites:
            told = versions.get(site.id, [])
            newest = max([newest, *(one.made_at for one in told)])
            place = site.place if site.place is not None and not site.place.is_empty else None
            at = None if place is None else _at_m(town.plane, place)
            places.append((site.id, tidy(site.title), at))
            on = _on(told, when)
            if on is not None:
                found.append(_listed(site, on, when, town.plane, wanted))
    own = town.salons[~_known(town.salons, places)]
    return SalonList(listed=(*found, *_own(own, wanted)), newest_at=newest)


def list_given(salons: pd.DataFrame, wanted: Wanted) -> SalonList:
    """Return the 通いの場 of a file, held against what is wished (渡された表の一覧).

    Parameters
    ----------
    salons
        Sites on the town's plane. What is done there, a table of Sites does not tell.
    """
    return SalonList(listed=tuple(_own(salons, wanted)), newest_at="")


def _on(versions: Sequence[Version], when: When) -> OnDay | None:
    return state_known_on(versions, when.on) if when.known else state_on(versions, when.on)


def _listed(site: Site, on: OnDay, when: When, plane: Plane, wanted: Wanted) -> Listed:
    answers: Answers = assemble(SALON, known_paths(SALON, on.state.answers))
    venue = judge_venue(on, answers, when.on, wanted)
    place = on.state.place
    return Listed(
        site_id=site.id,
        name=make_title(SALON, answers),
        at_m=None if place is None or place.is_empty else _at_m(plane, place),
        venue=venue,
        schedule=venue.schedule,
        sessions_per_month=venue.sessions_per_month,
        capacity=venue.capacity,
        note="",
        source=SOURCE,
        own=False,
        open=judge_venue(on, answers, when.on).counts if wanted.of_groups else venue.counts,
        home=is_home(site) or is_private_home(answers),
    )


def _at_m(plane: Plane, place: shapely.Geometry) -> tuple[float, float]:
    at = place.representative_point()
    x_m, y_m = plane.to_m([at.x], [at.y])
    return float(np.atleast_1d(x_m)[0]), float(np.atleast_1d(y_m)[0])


def _own(salons: pd.DataFrame, wanted: Wanted) -> list[Listed]:
    fits = [_fit_text(one, wanted) for one in salons["schedule"]]
    return [
        Listed(
            site_id=row.site_id,
            name=row.name,
            at_m=(float(row.x_m), float(row.y_m)),
            venue=venue,
            schedule=row.schedule,
            sessions_per_month=float(row.sessions_per_month) if sessions is None else sessions,
            capacity=float(row.capacity),
            note=row.note,
            source=row.source,
            own=True,
            open="yes",
        )
        for row, (venue, sessions) in zip(each_row(salons), fits, strict=True)
    ]


def _fit_text(schedule: str, wanted: Wanted) -> tuple[Venue, float | None]:
    """Return how a 通いの場 counts of which a text alone tells, and its sessions as wished."""
    if not wanted.of_groups:
        return Venue(counts="yes", why=Words("", ""), meetings=()), None
    found = fit_schedule(parse_schedule(schedule), wanted.times)
    fits = worse(found.fits, fit_content(None, wanted))
    if fits == "no":
        return Venue(counts="no", why=UNFIT, meetings=()), None
    sessions = None if wanted.times.empty else found.per_month
    if fits == "yes":
        return Venue(counts="yes", why=Words("", ""), meetings=()), sessions
    why = DOUBT_WORDS[found.doubt or "content"]
    return Venue(counts="maybe", why=why, meetings=()), sessions


def _known(
    salons: pd.DataFrame, places: Sequence[tuple[str, str, tuple[float, float] | None]]
) -> Flags:
    """Return which of the town's own 通いの場 a record of the register is about: (n,)."""
    known = np.array(salons["site_id"].isin([id_ for id_, _, _ in places]), dtype=bool)
    placed = [(name, at) for _, name, at in places if at is not None]
    if salons.empty or not placed:
        return known
    tree = cKDTree(np.array([at for _, at in placed], dtype=float))
    points = salons[["x_m", "y_m"]].to_numpy(dtype=float)
    near = tree.query_ball_point(points, SAME_NAME_M)
    names = [tidy(str(name)) for name in salons["name"]]
    for row, rows in enumerate(near):
        for one in rows:
            name, at = placed[one]
            far = math.hypot(points[row][0] - at[0], points[row][1] - at[1])
            if far <= SAME_M or (name and name == names[row]):
                known[row] = True
    return known
