"""The map's places as a table, and answers about them as a plan (地図の所の表と、答えの予定)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.base.delimited import Limits, find_column, parse_delimited
from geo.base.problems import InputError, Problem
from geo.base.text import tidy
from geo.base.words import Words
from geo.tables.pairing import near_things
from geo.tables.rests import REST_WORDS
from geo.tables.tables import each_row
from surveys.record.claim import Claim, join_thing, split_thing
from surveys.store.listing import SiteQuery, each_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from geo.base.place import Plane
    from layers.day.places import Joined
    from surveys.record.site import Site
    from surveys.store.register import Register

State = Literal["claimed", "asked", "free"]
STATES: Final[Mapping[State, Words]] = {
    "claimed": Words("記録あり", "claimed"),
    "asked": Words("尋ねている", "asked"),
    "free": Words("記録なし", "free"),
}
NOT_THE_SAME: Final = "-"
_LIMITS: Final = Limits(rows=100_000, columns=50, cells=2_000_000)
_PLACE: Final = ("place", "place_id", "所", "地図の所")
_SITE: Final = ("site", "site_id", "地点", "記録")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """One place of the map, and the record that is of it or may be (地図の所の行).

    Attributes
    ----------
    thing_id
        The site, or the thing inside it; "" for a place nobody recorded.
    number, title
        Of the site; 0 and "" without one.
    metres
        How far the record is; ``None`` without one.
    alike
        Whether both names are like each other.
    taken
        Whether they are taken as one while nobody says otherwise.
    """

    place_id: str
    kind: str
    name: str
    lon: float
    lat: float
    thing_id: str
    number: int
    title: str
    metres: float | None
    state: State
    alike: bool = False
    taken: bool = False

    @property
    def site_id(self) -> str:
        """The site it is of, or may be (地点)."""
        return split_thing(self.thing_id)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPlan:
    """What the rows of a file come to (答えの予定).

    Attributes
    ----------
    claims
        The answers to keep; none of them while there is a problem.
    lines
        What each does, in the order of the rows.
    skipped
        Rows that say nothing, or what stands already.
    """

    claims: tuple[Claim, ...]
    lines: tuple[Words, ...]
    skipped: int
    problems: tuple[Problem, ...]


def list_places(joined: Joined, register: Register | None, plane: Plane) -> list[PlaceRow]:
    """Return every place of the map, the asked first and the surest of them first (地図の所の表)."""
    asked = {one.place_id: one for one in joined.asked}
    things = {id_: thing for id_, (thing, _) in joined.held.items()}
    things |= {id_: one.thing_id for id_, one in asked.items()}
    wanted = [split_thing(thing)[0] for thing in things.values()] + list(things.values())
    sites = {} if register is None else register.sites_of(wanted)
    at = dict(zip(joined.things["rest_id"], joined.things[["x_m", "y_m"]].to_numpy(), strict=True))
    lon, lat = plane.to_lonlat(joined.places["x_m"], joined.places["y_m"])
    rows = []
    for row, place in enumerate(each_row(joined.places)):
        thing, pair = things.get(place.rest_id, ""), asked.get(place.rest_id)
        site = sites.get(thing) or sites.get(split_thing(thing)[0])
        apart = at[thing] - (place.x_m, place.y_m) if thing else None
        rows.append(
            PlaceRow(
                place_id=place.rest_id, kind=place.kind, name=place.name,
                lon=float(lon[row]), lat=float(lat[row]),
                thing_id=thing, number=site.number if site else 0,
                title=site.title if site else "",
                metres=None if apart is None else float((apart @ apart) ** 0.5),
                state="asked" if pair else "claimed" if thing else "free",
                alike=bool(pair and pair.alike), taken=bool(pair and pair.taken),
            )
        )  # fmt: skip
    order = {id_: at for at, id_ in enumerate(asked)}
    return sorted(rows, key=lambda one: (order.get(one.place_id, len(order)), one.state))


def say_totals(rows: Sequence[PlaceRow], joined: Joined) -> list[Words]:
    """Return how many places stand how, a line each (合計)."""
    count = {state: sum(one.state == state for one in rows) for state in STATES}
    taken = sum(one.taken for one in rows)
    lines = [
        Words(
            f"地図の所 {len(rows):,}：記録あり {count['claimed']:,}・尋ねている {count['asked']:,}・"
            f"記録なし {count['free']:,}",
            f"{len(rows):,} places of the map: {count['claimed']:,} claimed, {count['asked']:,} "
            f"asked, {count['free']:,} free",
        )
    ]
    if taken:
        lines.append(
            Words(
                f"尋ねているうち {taken:,} は、答えがあるまで同じ所として1回だけ数える",
                f"{taken:,} of those asked are taken as one until somebody says otherwise",
            )
        )
    if joined.lost:
        lines.append(
            Words(
                f"地図にもうない所の答え {len(joined.lost):,}件は、残してある",
                f"{len(joined.lost):,} answers are of places the map has no more; they are kept",
            )
        )
    return lines


def claim_of(row: PlaceRow, *, same: bool, id_: str, by: str, now: str) -> Claim:
    """Return the answer to a row that is asked (行への答え)."""
    site_id, inside = split_thing(row.thing_id)
    return Claim(
        id=id_, place_id=row.place_id, site_id=site_id, inside=inside, same=same, by=by, made_at=now
    )


def plan_claims(
    data: bytes,
    joined: Joined,
    register: Register,
    *,
    file: str,
    by: str,
    now: str,
    new_id: Callable[[], str],
) -> ClaimPlan:
    """Return what the rows of a table come to, every wrong row named (表の答えを予定にする).

    A row names a place and a site: its number, its id, or ``-`` for none of those it might be.
    An empty site says nothing.

    Parameters
    ----------
    data
        CSV with a column 所 (place) and a column 地点 (site); others are not read.

    Raises
    ------
    InputError
        When it is no table, or lacks one of the two columns.
    """
    table = parse_delimited(data, file=file, limits=_LIMITS)
    place_at, site_at = (_column(table.columns, names, file) for names in (_PLACE, _SITE))
    reading = _Reading(joined, register)
    claims, lines, problems, skipped = [], [], list(table.problems), 0
    seen: dict[str, int] = {}
    for number, cells in table.rows:
        place, site = (tidy(cells[at]).removeprefix("'") for at in (place_at, site_at))
        if place.startswith("#"):
            continue
        if not site:
            skipped += 1
            continue
        found = reading.read(place, site)
        if place in seen:
            found = Words(
                f"同じ所が {seen[place]}行目にもあります", f"row {seen[place]} is of this place too"
            )
        seen.setdefault(place, number)
        if isinstance(found, Words):
            value = f"{place}, {site}"
            problems.append(Problem(file=file, row=number, column="", value=value, reason=found))
            continue
        skipped += not found
        for thing, same in found:
            site_id, inside = split_thing(thing)
            claims.append(
                Claim(
                    id=new_id(), place_id=place, site_id=site_id, inside=inside, same=same, by=by,
                    made_at=now,
                )
            )  # fmt: skip
            lines.append(reading.say(place, thing, same=same))
    return ClaimPlan(
        claims=() if problems else tuple(claims), lines=tuple(lines), skipped=skipped,
        problems=tuple(problems),
    )  # fmt: skip


class _Reading:
    """What rows are read against: the places, and the records by number and id."""

    def __init__(self, joined: Joined, register: Register) -> None:
        self.joined = joined
        self.kinds = dict(zip(joined.places["rest_id"], joined.places["kind"], strict=True))
        self.named = dict(zip(joined.places["rest_id"], joined.places["name"], strict=True))
        self.things = dict(zip(joined.things["rest_id"], joined.things["kind"], strict=True))
        sites: Iterable[Site] = each_site(register, SiteQuery(statuses=()))
        self.sites = {one.id: one for one in sites}
        self.numbers = {str(one.number): one.id for one in self.sites.values()}

    def read(self, place: str, site: str) -> list[tuple[str, bool]] | Words:
        """Return the things a row speaks of and whether they are the place, or what is wrong."""
        if place not in self.kinds:
            return Words("この所は、街の地図にありません", "the town's map has no such place")
        if site == NOT_THE_SAME:
            return self._none(place)
        if self.joined.held.get(place) == (self._thing(site), "id"):
            return []
        return self._one(place, site)

    def _none(self, place: str) -> list[tuple[str, bool]] | Words:
        """Return that a place is none of the records it might be."""
        near = near_things(self.joined.things, self.joined.places, place)
        near = [one for one in near if one != place]
        if not near:
            return Words(
                "近くに、同じかもしれない記録がありません", "no record is near that it might be"
            )
        return [(one, False) for one in near if (place, one) not in self.joined.said.no]

    def _one(self, place: str, site: str) -> list[tuple[str, bool]] | Words:
        """Return that a place is a record."""
        if self.joined.held.get(place, ("", "near"))[1] == "id":
            return Words(
                "この所を台帳に入れた記録があります", "a record of this very place is there already"
            )
        thing = self._thing(site)
        if thing is None:
            return Words(
                "この番号・IDの地点は台帳にありません",
                "the register has no site of this number or id",
            )
        if thing not in self.things:
            return Words("この記録には場所がありません", "this record has no place")
        if self.things[thing] != self.kinds[place]:
            one, other = REST_WORDS[self.kinds[place]], REST_WORDS[self.things[thing]]
            return Words(
                f"種類がちがいます（所は{one.ja}、記録は{other.ja}）",
                f"of another kind: the place is a {one.en}, the record a {other.en}",
            )
        return [] if self.joined.said.yes.get(place) == thing else [(thing, True)]

    def _thing(self, site: str) -> str | None:
        """Return the thing of a number or id, with what is inside it; ``None`` for none there is."""
        if site in self.sites or site in self.things:
            return site
        head, inside = split_thing(site)
        id_ = self.numbers.get(head)
        return join_thing(id_, inside) if id_ else None

    def say(self, place: str, thing: str, *, same: bool) -> Words:
        """Return what an answer does (答えの文)."""
        site = self.sites[split_thing(thing)[0]]
        kind = REST_WORDS[self.kinds[place]]
        name, title = (f"「{one}」" if one else "" for one in (self.named[place], site.title))
        if same:
            return Words(
                f"{place}（{kind.ja}{name}）は、記録 {site.number}{title} と同じ所",
                f"{place} ({kind.en}{name}) is record {site.number}{title}",
            )
        return Words(
            f"{place}（{kind.ja}{name}）は、記録 {site.number}{title} とちがう所",
            f"{place} ({kind.en}{name}) is not record {site.number}{title}",
        )


def _column(columns: Sequence[str], names: Sequence[str], file: str) -> int:
    found = find_column(columns, names)
    if found is None:
        words = Words(
            f"{file} に列「{names[2]}」がありません。所と地点の2列が要ります",
            f"{file} has no column {names[0]}; it needs place and site",
        )
        raise InputError(words)
    return list(columns).index(found)
