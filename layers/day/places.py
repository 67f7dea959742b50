"""Places of the map and the records that claim them, put together once (地図の所と記録).

A place is what the town was built with, other than a 通いの場: OpenStreetMap's park, toilet,
bench, shop, stop or hall. It stands until a record is of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.tables.pairing import Said, find_asked, pair_things
from geo.tables.rests import rests_of_sites
from geo.tables.tables import SITES, check_sites, each_row
from surveys.record.claim import fold_claims
from surveys.store.claims import list_claims
from surveys.store.listing import SiteQuery, list_pins

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.tables.pairing import How, Pair
    from surveys.record.claim import Claim
    from surveys.store.register import Register

SOURCE: Final = "台帳"
# Whoever asks for the nearest of these wants to use it: one that is broken is none.
_USED: Final = {"bench": "seat", "toilet": "toilet"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Joined:
    """Places and records as one list (合わせた一覧).

    Attributes
    ----------
    places
        The map's places as Rests (`geo.tables.rests`), and `things` the register's.
    sites
        Sites other than 通いの場, each thing once: the places nobody recorded, then the records.
    free
        Ids of the places nobody recorded.
    held
        The thing each other place is, and how that is known, by place id.
    asked
        The pairs a person is asked about, the surest first.
    said, claims
        What people said that stands; and all they said, the oldest first.
    """

    places: pd.DataFrame
    things: pd.DataFrame
    sites: pd.DataFrame
    free: frozenset[str]
    held: Mapping[str, tuple[str, How]]
    asked: tuple[Pair, ...]
    said: Said
    claims: tuple[Claim, ...]

    @property
    def lost(self) -> list[Claim]:
        """Answers that stand, of places the town has no more (地図にもうない所の答え)."""
        there = set(self.places["rest_id"])
        return [
            one
            for one in self.claims
            if not one.undone_at and not one.hidden and one.place_id not in there
        ]


def join_places(
    sites: pd.DataFrame, rests: pd.DataFrame | None, register: Register | None
) -> Joined:
    """Return a town's places and its register's records as one list (一覧に合わせる).

    Parameters
    ----------
    sites
        The town's own, 通いの場 among them.
    rests
        The register's (`layers.surveyed.rests.read_rests`); ``None`` without a register.

    Notes
    -----
    Cost: two queries of the register.
    """
    own = sites[(sites["kind"] != "salon").to_numpy(dtype=bool)].reset_index(drop=True)
    places = rests_of_sites(own)
    if register is None or rests is None:
        return Joined(
            places=places, things=places.iloc[:0], sites=own, free=frozenset(own["site_id"]),
            held={}, asked=(), said=Said(), claims=(),
        )  # fmt: skip
    claims = tuple(list_claims(register))
    yes, no = fold_claims(claims)
    said = Said(yes=yes, no=no)
    things = rests[(rests["kind"] != "salon").to_numpy(dtype=bool)].reset_index(drop=True)
    held = pair_things(things, places, said=said)
    left = own[~own["site_id"].isin(held).to_numpy(dtype=bool)]
    active = {one.id for one in list_pins(register, SiteQuery(statuses=("active",)))}
    return Joined(
        places=places, things=things, held=held, said=said, claims=claims,
        sites=check_sites(pd.concat([left, _sites_of(things, active)], ignore_index=True)),
        free=frozenset(left["site_id"]), asked=find_asked(things, places, said=said),
    )  # fmt: skip


def _sites_of(things: pd.DataFrame, active: set[str]) -> pd.DataFrame:
    """Return records as Sites: those in use, and of seats and toilets those that can be used."""
    stands = np.array(
        [
            getattr(row, _USED[row.kind]) != "no" if row.kind in _USED else row.rest_id in active
            for row in each_row(things)
        ],
        dtype=bool,
    )
    kept = things[stands]
    table = {
        "site_id": kept["rest_id"],
        "kind": kept["kind"],
        "name": kept["name"],
        "x_m": kept["x_m"],
        "y_m": kept["y_m"],
        "schedule": "",
        "note": "",
        "source": SOURCE,
        "sessions_per_month": np.nan,
        "capacity": np.nan,
    }
    return pd.DataFrame({name: table[name] for name in SITES}, index=kept.index)
