"""The map's places as a table, each with the record it is or may be (地図の所の表)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.base.words import Words, count_in_english
from geo.tables.tables import each_row
from layers.day.called import say_site, say_thing, say_way
from surveys.record.claim import Claim, split_thing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """One place of the map, and the record that is of it or may be (地図の所の行).

    Attributes
    ----------
    thing_id
        The site, or the thing inside it; "" for a place nobody recorded.
    number
        Of the site; 0 without one.
    called
        What the record is called, 中央公園のベンチ2; ``None`` without one.
    metres
        How far the record is; ``None`` without one.
    ways
        Where the place lies: seen from the record, and from the site the thing is inside.
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
    called: Words | None
    metres: float | None
    state: State
    ways: tuple[Words, ...] = ()
    alike: bool = False
    taken: bool = False

    @property
    def site_id(self) -> str:
        """The site it is of, or may be (地点)."""
        return split_thing(self.thing_id)[0]

    @property
    def key(self) -> str:
        """The pair, by which what is asked now is told from what was asked before (組の名)."""
        return f"{self.place_id}|{self.thing_id}"


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
                called=say_thing(site, thing[len(site.id) + 1 :]) if site else None,
                metres=None if apart is None else float((apart @ apart) ** 0.5),
                state="asked" if pair else "claimed" if thing else "free",
                ways=_say_ways(at, thing, (place.x_m, place.y_m), site) if site else (),
                alike=bool(pair and pair.alike), taken=bool(pair and pair.taken),
            )
        )  # fmt: skip
    order = {id_: at for at, id_ in enumerate(asked)}
    return sorted(rows, key=lambda one: (order.get(one.place_id, len(order)), one.state))


def _say_ways(
    at: Mapping[str, NDArray[np.float64]], thing: str, place: tuple[float, float], site: Site
) -> tuple[Words, ...]:
    """Return where a place lies, from its record and from what the record's thing is inside."""
    origins = [(thing, Words("記録", "the record"))]
    if thing != site.id and site.id in at:
        # Two benches of one park may lie just where their records do.
        origins.append(
            (site.id, Words(f"{say_site(site).ja}の印", f"the sign of {say_site(site).en}"))
        )
    apart = [(place - at[one], words) for one, words in origins]
    return tuple(say_way(float(way[0]), float(way[1]), words) for way, words in apart)


def say_totals(rows: Sequence[PlaceRow], joined: Joined) -> list[Words]:
    """Return how many places stand how, a line each (合計)."""
    count = {state: sum(one.state == state for one in rows) for state in STATES}
    taken = sum(one.taken for one in rows)
    lines = [
        Words(
            f"地図の所 {len(rows):,}：記録あり {count['claimed']:,}・尋ねている {count['asked']:,}・"
            f"記録なし {count['free']:,}",
            f"{count_in_english(len(rows), 'place')} of the map: {count['claimed']:,} claimed, {count['asked']:,} "
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
