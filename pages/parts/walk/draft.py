"""A walk while it is planned: its draft, its ends, and the plan they come to (踏査の下書き)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np
import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from layers.maps.town_map import map_key
from layers.served.walking import day_now
from layers.walks.places import find_places_of
from layers.walks.plan import WalkPlan, plan_walk, read_ends
from pages.parts.frame.office import clock_text, now_text
from surveys.record.claim import split_thing
from surveys.store.drafts import Draft, keep_draft

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.base.arrays import Floats
    from layers.walks.places import Place
    from pages.parts.frame.office import Office

Made = TypeVar("Made")
PLAN_KEY: Final = "@plan"
GAP_KEY: Final = "@gap"  # the place of 空白をさがす it was begun for
# by: free (at a place), site (a named place), tap (a tapped point); for the end also back.
FREE: Final[dict[str, Any]] = {"by": "free"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a walk is to go (歩き方の望み).

    Attributes
    ----------
    start, end
        ``{"by", "at": [lon, lat], "site"}``.
    own
        Whether the places stand in the person's own order.
    """

    start: Mapping[str, Any]
    end: Mapping[str, Any]
    own: bool

    def dump(self) -> dict[str, Any]:
        """Return it as a draft keeps it (下書きの形)."""
        return {"start": dict(self.start), "end": dict(self.end), "own": self.own}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Planned:
    """A draft's places in their order, and their plan (計画の中身).

    Attributes
    ----------
    ids
        In the order of visit.
    places
        By id; what is in neither the register nor the town is not among them.
    shortest_m
        The length of the shortest order, when the person chose another.
    """

    ids: tuple[str, ...]
    places: Mapping[str, Place]
    plan: WalkPlan
    shortest_m: float

    @property
    def stops(self) -> list[tuple[Place, int]]:
        """Places that can be put on a map, each with its number (番号つきの所)."""
        return [
            (self.places[id_], number)
            for number, id_ in enumerate(self.ids, start=1)
            if id_ in self.places and self.places[id_].at_m is not None
        ]


def places_in(draft: Draft) -> list[str]:
    """Return the ids on a draft's list; of a place that is a record's, the record's (行く所)."""
    held = day_now().told.joined.held
    ids = list(draft.answers.get("places") or [])
    meant = (split_thing(held[id_][0])[0] if id_ in held else id_ for id_ in ids)
    return list(dict.fromkeys(meant))


def wish_in(office: Office, draft: Draft) -> Wish:
    """Return how the walk is to go; of a kept walk, as its line says (歩き方を読む)."""
    kept = draft.answers.get(PLAN_KEY)
    if kept:
        return Wish(start=kept["start"], end=kept["end"], own=bool(kept["own"]))
    ids = places_in(draft)
    if not ids or draft.shape is None:
        return Wish(start=FREE, end=FREE, own=bool(ids) and draft.site_id is not None)
    found = find_places_of(office.town, office.register, ids)
    points = [found[id_].at_m if id_ in found else None for id_ in ids]
    start_m, end_m = read_ends(office.town, points, draft.shape)
    first = start_m if start_m is not None else next(one for one in points if one is not None)
    start = FREE if start_m is None else {"by": "tap", "at": _lonlat(office, start_m)}
    end = FREE if end_m is None else {"by": "tap", "at": _lonlat(office, end_m)}
    if end_m is not None and np.hypot(*(end_m - first)) <= 1.0:
        end = {"by": "back"}
    return Wish(start=start, end=end, own=True)


def point_of(office: Office, end: Mapping[str, Any]) -> Floats | None:
    """Return the point of a start or end on the town's plane, ``None`` at a place (両端の点)."""
    at = end.get("at")
    if end["by"] in ("free", "back") or not at:
        return None
    x_m, y_m = office.town.plane.to_m([at[0]], [at[1]])
    return np.array([x_m[0], y_m[0]])


def plan_draft(office: Office, draft: Draft) -> Planned:
    """Return the plan of a draft, kept while nothing it depends on changes (下書きの計画)."""
    ids, wish = places_in(draft), wish_in(office, draft)
    key = (tuple(ids), repr(wish.dump()))
    return remember(office, f"plan:{draft.id}", key, lambda: _plan_both(office, ids, wish))


def remember(office: Office, name: str, key: object, make: Callable[[], Made]) -> Made:
    """Return what was made for this visit, made anew when town, register or `key` changed (覚える)."""
    now = (map_key(), office.register.stamp(), key)
    kept = st.session_state.get(name)
    if kept and kept[0] == now:
        made: Made = kept[1]
        return made
    made = make()
    st.session_state[name] = (now, made)
    return made


def _plan_both(office: Office, ids: Sequence[str], wish: Wish) -> Planned:
    found = find_places_of(office.town, office.register, ids)
    points = [found[id_].at_m if id_ in found else None for id_ in ids]
    shortest = _plan(office, points, wish, keep_order=False)
    plan = _plan(office, points, wish, keep_order=True) if wish.own else shortest
    return Planned(
        ids=tuple(ids[row] for row in plan.order), places=found, plan=plan,
        shortest_m=shortest.metres,
    )  # fmt: skip


def _plan(
    office: Office, points: Sequence[Floats | None], wish: Wish, *, keep_order: bool
) -> WalkPlan:
    return plan_walk(
        office.town, points, start_m=point_of(office, wish.start), end_m=point_of(office, wish.end),
        round_trip=wish.end["by"] == "back", keep_order=keep_order,
    )  # fmt: skip


def _lonlat(office: Office, at_m: Floats) -> list[float]:
    lon, lat = office.town.plane.to_lonlat([at_m[0]], [at_m[1]])
    return [round(float(lon[0]), 7), round(float(lat[0]), 7)]


# ---- keeping -------------------------------------------------------------------------------


def draft_now(draft_id: str) -> Draft:
    """Return the draft as it stands in this visit (いまの下書き)."""
    draft: Draft = st.session_state[f"draft:{draft_id}"]
    return draft


def with_answers(draft: Draft, answers: Mapping[str, Any]) -> Draft:
    """Return the draft with some answers more; ``None`` takes one away (答えを入れる)."""
    whole = {**draft.answers, **answers}
    return replace(draft, answers={key: one for key, one in whole.items() if one is not None})


def put_draft(office: Office, draft: Draft) -> bool:
    """Keep the draft when it changed; say whether it is kept (下書きを残す)."""
    key = f"draft:{draft.id}"
    if _same(st.session_state.get(key), draft):
        return not st.session_state.get(f"{key}:lost")
    draft = replace(draft, changed_at=now_text())
    st.session_state[key] = draft
    if _is_blank(draft) and not st.session_state.get(f"{key}:stored"):
        return True  # a page that was opened and nothing else is no draft
    try:
        keep_draft(office.register, draft)
    except InputError as error:
        st.session_state[f"{key}:lost"] = outside(error.words)
        return False
    st.session_state[f"{key}:lost"] = None
    st.session_state[f"{key}:stored"] = clock_text()
    return True


def toggle_place(office: Office, draft_id: str, site_id: str) -> None:
    """Put a place on the list, or take it off (入れる・はずす)."""
    draft = draft_now(draft_id)
    ids = places_in(draft)
    ids = [one for one in ids if one != site_id] if site_id in ids else [*ids, site_id]
    wish = wish_in(office, draft)
    put_draft(office, with_answers(draft, {"places": ids, PLAN_KEY: wish.dump()}))


def move_place(office: Office, draft_id: str, ids: Sequence[str], at: int, by: int) -> None:
    """Move a place up or down; the order is the person's own from then on (順を変える)."""
    order = list(ids)
    order.insert(at + by, order.pop(at))
    draft = draft_now(draft_id)
    wish = replace(wish_in(office, draft), own=True)
    put_draft(office, with_answers(draft, {"places": order, PLAN_KEY: wish.dump()}))


def use_shortest(office: Office, draft_id: str) -> None:
    """Give the order back to the streets (短い順にもどす)."""
    draft = draft_now(draft_id)
    wish = replace(wish_in(office, draft), own=False)
    put_draft(office, with_answers(draft, {PLAN_KEY: wish.dump()}))


def forget_draft(draft_id: str) -> None:
    """Forget a draft that was saved or thrown away (下書きを忘れる)."""
    for part in ("", ":stored", ":lost", ":begun"):
        st.session_state.pop(f"draft:{draft_id}{part}", None)


def _is_blank(draft: Draft) -> bool:
    return draft.answers in ({}, {PLAN_KEY: Wish(start=FREE, end=FREE, own=False).dump()})


def _same(one: Draft | None, other: Draft) -> bool:
    if one is None:
        return False
    return one.shape == other.shape and replace(one, changed_at="", shape=None) == replace(
        other, changed_at="", shape=None
    )
