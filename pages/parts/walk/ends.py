"""Where a walk begins and ends, who walks, and what a tap on the map means (踏査の両端)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.base.marks import shown
from geo.base.words import Words
from geo.walk.walkers import WALKERS
from layers.walks.places import find_starts
from pages.parts.frame.frame import asked_before, label, pick
from pages.parts.walk.choice_list import name_of
from pages.parts.walk.draft import (
    PLAN_KEY,
    Wish,
    put_draft,
    remember,
    toggle_place,
    wish_in,
    with_answers,
)

if TYPE_CHECKING:
    from geo.walk.walkers import Walker
    from layers.walks.places import Place
    from pages.parts.frame.office import Office
    from surveys.store.drafts import Draft

_TARGETS: Final = {
    "place": Words("所を選ぶ", "Choose places"),
    "start": Words("出発の所を決める", "Set the start"),
    "end": Words("終わりの所を決める", "Set the end"),
}


def ask_ends(office: Office, draft: Draft) -> Wish:
    """Ask where the walk begins and ends (両端を聞く)."""
    lang, wish = office.lang, wish_in(office, draft)
    st.html(f"<h3 class='kz-items'>{Words('どこから、どこまで', 'From and to').say(lang)}</h3>")
    starts = {
        "free": Words("最初の所", "First place"), "site": Words("決まった所", "Named place"),
        "tap": Words("地図でおす", "On the map"),
    }  # fmt: skip
    start = _ask_end(office, draft, Words("出発", "Start"), "start", starts, dict(wish.start))
    ends = {
        "free": Words("最後の所", "Last place"), "back": Words("出発にもどる", "Back to start"),
        "tap": Words("地図でおす", "On the map"),
    }  # fmt: skip
    end = _ask_end(office, draft, Words("終わり", "End"), "end", ends, dict(wish.end))
    return Wish(start=start, end=end, own=wish.own)


def _ask_end(
    office: Office, draft: Draft, title: Words, name: str, options: dict[str, Words], kept: dict[str, Any],
) -> dict[str, Any]:  # fmt: skip
    lang, key = office.lang, f"w:{draft.id}:{name}"
    words = {one: said.say(lang) for one, said in options.items()}
    chosen = pick(title, list(words), words, key, lang, kept["by"])
    if chosen == "site":
        return _ask_start_site(office, draft, kept)
    if chosen == "tap" and kept["by"] != "tap":
        return {"by": "tap"}
    return kept if chosen == kept["by"] else {"by": chosen}


def _ask_start_site(office: Office, draft: Draft, kept: dict[str, Any]) -> dict[str, Any]:
    lang = office.lang
    found = remember(office, "walk_starts", (), lambda: find_starts(office.town, office.register))
    places = {one.id: one for one in found}
    key = f"w:{draft.id}:start_site"
    if key not in st.session_state or st.session_state[key] not in places:
        st.session_state[key] = kept.get("site") if kept.get("site") in places else None
    chosen = st.selectbox(
        Words("出発する所", "Where to start").say(lang), list(places), index=None, key=key,
        format_func=lambda id_: shown(name_of(places[id_], lang)),
        placeholder=Words("役場・会館・停留所など", "a hall, a stop …").say(lang),
    )  # fmt: skip
    if chosen is None:
        return {"by": "site"}
    place = places[chosen]
    lon, lat = office.town.plane.to_lonlat([place.x_m], [place.y_m])
    return {"by": "site", "site": chosen, "at": [round(float(lon[0]), 7), round(float(lat[0]), 7)]}


def ask_walker(office: Office) -> Walker:
    """Ask whose pace the minutes are of (歩く人を聞く)."""
    words = {name: label(one.words, office.lang) for name, one in WALKERS.items()}
    first = asked_before(office.town).walker
    chosen = pick(
        Words("歩く人の速さ", "Walking pace"), list(words), words, "q_walker", office.lang,
        first if first in words else "elderly",
    )  # fmt: skip
    return WALKERS.get(chosen) or WALKERS["elderly"]


def ask_target(draft: Draft, wish: Wish, office: Office) -> str:
    """Ask what a tap means, when a start or an end is to be tapped (おすと何になるか)."""
    tapping = [
        name for name, end in (("start", wish.start), ("end", wish.end)) if end["by"] == "tap"
    ]
    if not tapping:
        return "place"
    key = f"w:{draft.id}:target"
    words = {name: _TARGETS[name].say(office.lang) for name in ("place", *tapping)}
    open_ = [name for name in tapping if not getattr(wish, name).get("at")]
    if st.session_state.get(key) not in words or (
        open_ and f"{key}:{open_[0]}" not in st.session_state
    ):
        st.session_state[key] = open_[0] if open_ else "place"
        st.session_state[f"{key}:{st.session_state[key]}"] = True
    chosen = st.segmented_control(
        Words("地図を押すと", "A tap on the map").say(office.lang), list(words), key=key, required=True,
        format_func=words.__getitem__, width="stretch",
    )  # fmt: skip
    return str(chosen or "place")


def use_tap(
    office: Office,
    draft: Draft,
    target: str,
    tapped: tuple[float, float],
    place: Place | None,
) -> None:
    """Make the tapped point the start or the end, or tick the place there (おした所を使う)."""
    wish = wish_in(office, draft)
    if target != "place":
        end = {"by": "tap", "at": [round(tapped[1], 7), round(tapped[0], 7)]}
        new = replace(wish, start=end) if target == "start" else replace(wish, end=end)
        put_draft(office, with_answers(draft, {PLAN_KEY: new.dump()}))
        st.session_state.pop(f"w:{draft.id}:target", None)
        st.rerun()
    if place is not None:
        toggle_place(office, draft.id, place.id)
        st.rerun()
