"""Real places where one more 通いの場 could meet, of the map, the register and a file (増やせる所の候補)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from geo.analysis.siting import CANDIDATES, site_gains
from geo.base.brackets import in_brackets
from geo.base.pairs import SAME_M
from geo.base.words import Words
from geo.schedule import fit_schedule, parse_schedule
from geo.tables.tables import each_row
from layers.day.candidate_kinds import CANDIDATE_KINDS, GIVEN, KIND_WORDS
from surveys.record.home import is_home
from surveys.store.listing import SiteQuery, each_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from geo.analysis.siting import Gains
    from geo.coverage.question import Question
    from layers.day.day import Day
    from surveys.record.site import Site

_SHOWN: Final = 5
_UNNAMED: Final = Words("名前なし", "unnamed")
_LENT: Final = {
    "anyone": None,
    "members": Words("貸し出しは地区の人だけ", "lent to the area's people only"),
}
_GATHERINGS: Final = frozenset({"gathering", "cafe", "event", "meal"})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidates:
    """Places to try, and those that were not taken (候補と、外したもの).

    Attributes
    ----------
    table
        `geo.analysis.siting.check_candidates`.
    notes
        What is told beside a candidate, by its id.
    left_out
        Names of those that were not taken, by why.
    missing
        Kinds asked for of which the town has none, a line each.
    """

    table: pd.DataFrame
    notes: Mapping[str, Words] = field(default_factory=dict)
    left_out: Mapping[Words, tuple[str, ...]] = field(default_factory=dict)
    missing: tuple[Words, ...] = ()

    def say(self) -> list[Words]:
        """Return how many of each kind are tried, and what was left out, a line each (候補の文)."""
        counts = self.table["kind"].value_counts()
        each = [(KIND_WORDS[one], int(counts[one])) for one in CANDIDATE_KINDS if one in counts]
        ja = "・".join(f"{words.ja} {count}" for words, count in each)
        en = ", ".join(f"{words.en} {count}" for words, count in each)
        kinds = in_brackets(Words(ja, en))
        lines = [
            Words(
                f"候補　{len(self.table)}か所{kinds.ja}", f"Candidates: {len(self.table)}{kinds.en}"
            )
        ]
        for why, names in self.left_out.items():
            shown = [one.strip() for one in names[:_SHOWN]]
            ja = "、".join(one or _UNNAMED.ja for one in shown)
            en = ", ".join(one or _UNNAMED.en for one in shown)
            more = len(names) > _SHOWN
            lines.append(
                Words(
                    f"{why.ja} {len(names)}か所は候補にしない（{ja}{'など' if more else ''}）",
                    f"{why.en}, not tried: {len(names)} ({en}{' …' if more else ''})",
                )
            )
        return [*lines, *self.missing]


SALON_THERE: Final = Words("すでに通いの場がある", "a salon meets there already")
_NO_SEAT: Final = Words(
    "カルテに座れる所とトイレの両方がそろわない公園", "parks without both seat and toilet on record"
)
_SERVICE: Final = Words("集いの場でない地域資源", "services that are no place to gather")
_MOBILE: Final = Words("移動販売", "mobile shops")
_NOT_THEN: Final = Words("開ける日時が条件に合わない", "not open at the time asked for")
_NO_SCHOOLS: Final = Words(
    "学校は、この街のデータに場所がないので候補にない。--candidates で学校の表を渡せば数えられる",
    "schools are no candidates, as this town's data does not have them; give a list with --candidates",
)


def find_candidates(
    day: Day,
    kinds: tuple[str, ...],
    *,
    given: pd.DataFrame | None = None,
    with_salons: bool = False,
) -> Candidates:
    """Return the places where one more 通いの場 could meet (候補をさがす).

    Parameters
    ----------
    kinds
        Of `CANDIDATE_KINDS`.
    given
        Sites of a file on the town's plane. One that tells a ``schedule`` is a candidate only if it
        is as the day's wishes ask.
    with_salons
        Whether places within 25 m of a 通いの場 that counts are tried too.

    Notes
    -----
    Map and register are one list (`layers.day.places`); what is closed or removed is in neither, and
    somebody's home is never a candidate. Cost: a query of the register.
    """
    out: dict[Words, list[str]] = {}
    rows = [row for kind in kinds if kind != GIVEN for row in _of_kind(day, kind, out)]
    if given is not None and GIVEN in kinds:
        rows += _given(day, given, out)
    table = pd.DataFrame([row[:-1] for row in rows], columns=list(CANDIDATES))
    table = _apart(table.astype({"x_m": float, "y_m": float}), day)
    told = zip(table["candidate_id"], (row[-1] for row in rows), strict=True)
    notes = {id_: note for id_, note in told if note is not None}
    there = _near(table, day.salons)
    if not with_salons and there.any():
        out[SALON_THERE] = [str(name) for name in table["name"][there]]
        table = table[~there].reset_index(drop=True)
    else:
        notes |= dict.fromkeys(table["candidate_id"][there], SALON_THERE)
    for id_ in table["candidate_id"][_near(table, day.source.aside())]:
        notes.setdefault(
            id_,
            Words("選んだ条件に合わない通いの場がある所", "a salon meets there, not as chosen"),
        )
    missing = (_NO_SCHOOLS,) if "school" in kinds else ()
    return Candidates(
        table=table, notes=notes, missing=missing,
        left_out={why: tuple(names) for why, names in out.items()},
    )  # fmt: skip


def day_gains(
    day: Day,
    question: Question,
    candidates: Candidates,
    *,
    ends: bool = True,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> Gains:
    """Return what each candidate alone would bring on a day; a column ``note`` beside (一つ増やすなら).

    As `geo.analysis.siting.site_gains`: a gain is what `Day.ask` says with the place among the day's
    通いの場, less what it says now.
    """
    looked = day.looked_for(question) if question.rest_m is not None else None
    seen = None if looked is None else np.asarray(looked != "", dtype=bool)
    gains = site_gains(
        day.town_for(question), day.as_asked(question), candidates.table, rests=day.rests,
        surveyed=seen, eligible=day.eligible, ends=ends, tell=tell,
    )  # fmt: skip
    notes = [candidates.notes.get(one) for one in gains.table["candidate_id"]]
    return replace(gains, table=gains.table.assign(note=pd.Series(notes, dtype=object)))


_Row = tuple[str, str, str, float, float, str, Words | None]


def _of_kind(day: Day, kind: str, out: dict[Words, list[str]]) -> Iterator[_Row]:
    if kind == "lent":
        yield from _lent(day)
    elif kind == "park":
        yield from _parks(day, out)
    elif kind in ("hall", "shop"):
        yield from _listed(day, kind, out)


def _sites_of(day: Day, *types: str) -> dict[str, Site]:
    """Return the register's open sites of some types that lie somewhere and are nobody's home."""
    register = day.told.register
    if register is None:
        return {}
    query = SiteQuery(types=types, statuses=("active",), order="number")
    return {
        one.id: one
        for one in each_site(register, query)
        if one.place is not None and not one.place.is_empty and not is_home(one)
    }


def _listed(day: Day, kind: str, out: dict[Words, list[str]]) -> Iterator[_Row]:
    """Yield halls or shops of the one list of map and register.

    A service recorded at a hall of the map stands for that hall, under the hall's own name.
    """
    of = "resource" if kind == "hall" else "shop"
    known, joined = _sites_of(day, of), day.told.joined
    called = dict(zip(joined.places["rest_id"], joined.places["name"], strict=True))
    mapped = {thing: str(called[place]) for place, (thing, _) in joined.held.items()}
    for row in each_row(joined.sites[joined.sites["kind"] == of]):
        site, name = known.get(row.site_id), row.name
        if site is None and row.site_id not in joined.free:
            continue
        why = None if site is None else _unfit(site)
        if why == _SERVICE and row.site_id in mapped:
            why, name = None, mapped[row.site_id] or name
        if why is not None:
            out.setdefault(why, []).append(str(name))
        else:
            yield row.site_id, kind, name, row.x_m, row.y_m, row.source, None


def _unfit(site: Site) -> Words | None:
    """Return why nobody could gather at a shop or resource of the register."""
    if site.type.id == "shop":
        return _MOBILE if site.answer("kind") == "mobile" else None
    service, category = site.answer("service"), site.answer("category")
    gathers = category in _GATHERINGS or (isinstance(service, list) and "salon" in service)
    return None if gathers else _SERVICE


def _parks(day: Day, out: dict[Words, list[str]]) -> Iterator[_Row]:
    """Yield the parks on record where one can sit, and use a toilet."""
    known, told = _sites_of(day, "park"), day.told.rests
    has = {
        need: {str(id_).split("/", maxsplit=1)[0] for id_ in told["rest_id"][told[need] == "yes"]}
        for need in ("seat", "toilet")
    }
    sites = day.told.joined.sites
    for row in each_row(sites[sites["kind"] == "park"]):
        if row.site_id in known and all(row.site_id in some for some in has.values()):
            yield row.site_id, "park", row.name, row.x_m, row.y_m, row.source, None
        else:
            out.setdefault(_NO_SEAT, []).append(str(row.name))


def _lent(day: Day) -> Iterator[_Row]:
    """Yield the venues of the register that are lent; one may have no group that meets now."""
    for site in _sites_of(day, "salon").values():
        lent = site.answer("lendable")
        if lent in _LENT and site.place is not None:
            at = site.place.representative_point()
            x_m, y_m = (float(np.atleast_1d(one)[0]) for one in day.built.plane.to_m(at.x, at.y))
            yield site.id, "lent", site.title, x_m, y_m, "台帳", _LENT[str(lent)]


def _given(day: Day, given: pd.DataFrame, out: dict[Words, list[str]]) -> Iterator[_Row]:
    times = day.wanted.times
    for row in each_row(given):
        if (
            row.schedule
            and not times.empty
            and fit_schedule(parse_schedule(row.schedule), times).fits != "yes"
        ):
            out.setdefault(_NOT_THEN, []).append(str(row.name))
            continue
        yield row.site_id, GIVEN, row.name, row.x_m, row.y_m, row.source, None


def _near(table: pd.DataFrame, salons: pd.DataFrame) -> np.ndarray:
    """Return which candidates lie within 25 m of one of the 通いの場."""
    if table.empty or salons.empty:
        return np.zeros(len(table), dtype=bool)
    far, _ = cKDTree(salons[["x_m", "y_m"]].to_numpy(float)).query(
        table[["x_m", "y_m"]].to_numpy(float)
    )
    return np.asarray(far <= SAME_M, dtype=bool)


def _apart(table: pd.DataFrame, day: Day) -> pd.DataFrame:
    """Return candidates whose ids are nobody else's: a venue that is lent has its 通いの場's."""
    taken, ids = set(day.salons["site_id"]), []
    for id_ in table["candidate_id"]:
        one = str(id_)
        while one in taken:
            one += "+"
        taken.add(one)
        ids.append(one)
    return table.assign(candidate_id=ids)
