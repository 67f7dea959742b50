"""Which place of the map is the thing a record tells of (地図の所と記録の組).

The one place where the two lists are put together: what is counted, what is drawn and what a
person is asked follow from the same pairs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from scipy.spatial import cKDTree

from geo.base.pairs import SAME_M, each_once, names_alike

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    import pandas as pd

# How it is known: one id, a person's word, or nothing but that they are near.
How = Literal["id", "said", "near"]
# Of like names a person is asked so far: a park's pin may stand at its gate or in its middle.
ASK_M: Final = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What people said of places and things (人のことば).

    Attributes
    ----------
    yes
        The thing each place is, by place id.
    no
        Pairs of place and thing that are two.
    """

    yes: Mapping[str, str] = field(default_factory=dict)
    no: AbstractSet[tuple[str, str]] = frozenset()


NOTHING_SAID: Final = Said()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A place of the map and a thing of a record (組).

    Attributes
    ----------
    metres
        How far one is from the other.
    alike
        Whether their names are like each other.
    taken
        Whether they are taken as one while nobody says otherwise.
    """

    place_id: str
    thing_id: str
    kind: str
    metres: float
    alike: bool
    taken: bool


def pair_things(
    things: pd.DataFrame,
    places: pd.DataFrame,
    *,
    within_m: float = SAME_M,
    said: Said = NOTHING_SAID,
) -> dict[str, tuple[str, How]]:
    """Return the thing each place is, and how that is known, by place id (どの記録の物か).

    They are one that have one id; then those of which somebody said so, however far apart; then
    those of one kind at most `within_m` apart, the nearest pair first, ties by row, each thing
    and each place once, and none of which somebody said that they are two.

    Parameters
    ----------
    things, places
        Tables with ``rest_id``, ``kind``, ``x_m`` and ``y_m`` (`geo.tables.rests.RESTS`).
    """
    known = set(things["rest_id"])
    out: dict[str, tuple[str, How]] = {}
    for id_ in places["rest_id"]:
        if id_ in known:
            out[id_] = (id_, "id")
        elif said.yes.get(id_) in known:
            out[id_] = (said.yes[id_], "said")
    used = {id_ for id_, _ in out.values()}
    free = things[~things["rest_id"].isin(used).to_numpy(dtype=bool)]
    left = places[~places["rest_id"].isin(out).to_numpy(dtype=bool)]
    for thing, place in each_once(
        (thing, place) for _, thing, place in _near(free, left, within_m, said)
    ):
        out[place] = (thing, "near")
    return out


def find_asked(
    things: pd.DataFrame,
    places: pd.DataFrame,
    *,
    within_m: float = SAME_M,
    said: Said = NOTHING_SAID,
) -> tuple[Pair, ...]:
    """Return the pairs a person is to be asked about, the surest first (尋ねる組).

    Those `pair_things` takes as one because they are near; and of what it leaves, those of one
    kind and like names at most `ASK_M` apart, the nearest first, each once. Names that are like
    each other make a pair surer, then nearness does.
    """
    paired = pair_things(things, places, within_m=within_m, said=said)
    taken = [(thing, place) for place, (thing, how) in paired.items() if how == "near"]
    names = dict(zip(things["rest_id"], things["name"], strict=True))
    called = dict(zip(places["rest_id"], places["name"], strict=True))
    used = {thing for thing, _ in paired.values()}
    free = things[~things["rest_id"].isin(used).to_numpy(dtype=bool)]
    left = places[~places["rest_id"].isin(paired).to_numpy(dtype=bool)]
    more = each_once(
        (thing, place)
        for _, thing, place in _near(free, left, ASK_M, said)
        if names_alike(names[thing], called[place])
    )
    found = [*_pairs(things, places, taken, taken=True)]
    found += _pairs(things, places, list(more), taken=False)
    return tuple(sorted(found, key=lambda one: (not one.alike, one.metres, one.place_id)))


def _near(
    things: pd.DataFrame, places: pd.DataFrame, within_m: float, said: Said
) -> Iterator[tuple[float, str, str]]:
    """Yield metres, thing and place of one kind, not said to be two, the nearest first."""
    for kind in sorted(set(places["kind"])):
        a, b = (one[(one["kind"] == kind).to_numpy(dtype=bool)] for one in (things, places))
        if a.empty or b.empty:
            continue
        trees = [cKDTree(one[["x_m", "y_m"]].to_numpy(dtype=float)) for one in (a, b)]
        near = trees[0].sparse_distance_matrix(trees[1], within_m, output_type="ndarray")
        ids, others = a["rest_id"].tolist(), b["rest_id"].tolist()
        for at in np.lexsort((near["j"], near["i"], near["v"])):
            thing, place = ids[near["i"][at]], others[near["j"][at]]
            if (place, thing) not in said.no:
                yield float(near["v"][at]), thing, place


def _pairs(
    things: pd.DataFrame, places: pd.DataFrame, found: list[tuple[str, str]], *, taken: bool
) -> Iterator[Pair]:
    a, b = (one.set_index("rest_id") for one in (things, places))
    for thing, place in found:
        one, other = a.loc[thing], b.loc[place]
        yield Pair(
            place_id=place,
            thing_id=thing,
            kind=str(other["kind"]),
            metres=float(np.hypot(one["x_m"] - other["x_m"], one["y_m"] - other["y_m"])),
            alike=names_alike(str(one["name"]), str(other["name"])),
            taken=taken,
        )
