"""Choose where a walk goes: filters, the map, and a list to tick (行く所を選ぶ)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import folium
import numpy as np
import streamlit as st

from geo.base.problems import InputError
from geo.base.words import Words
from layers.asked import make_question
from layers.maps.browser_layers import pin_layer
from layers.maps.register_layers import look_layer
from layers.maps.town_map import map_key, town_map
from layers.served.answers import answer_band, day_for
from layers.served.gaps import gaps_now
from layers.served.walking import day_now
from layers.walks.gap_walk import walk_to_gap
from layers.walks.layers import (
    box_of,
    choice_layer,
    reason_layer,
    stop_layer,
    survey_layer,
    survey_lines,
    way_layer,
)
from layers.walks.places import find_recorded, find_unrecorded, sort_near
from pages.parts.frame.frame import asked_before, label, no_markdown
from pages.parts.frame.office import today
from pages.parts.frame.show_map import show_map
from pages.parts.walk.draft import GAP_KEY, point_of, remember
from surveys.store.listing import SiteQuery
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    import shapely

    from geo.base.words import Lang
    from layers.walks.places import Place
    from pages.parts.frame.office import Office
    from pages.parts.walk.draft import Planned, Wish
    from surveys.store.drafts import Draft

_NEVER: Final = "0001-01-01"  # due by the first of days: only what nobody ever saw
_MOST: Final = 300
_HEIGHT: Final = 470
_TAP_M: Final = 25.0
_RIM_DEG: Final = 0.0025
_STATES: Final = {
    "due": Words("確認の時期がきた所", "To be confirmed"),
    "never": Words("まだ見ていない所", "Never seen"),
    "all": Words("記録のある所すべて", "All recorded"),
    "town": Words("街のデータにあって、まだ記録のない所", "In the town's data, not recorded yet"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The places offered now (候補).

    Attributes
    ----------
    places
        At most 300, each with the metres from the start when they are ordered by it.
    total
        How many there are in all.
    """

    places: list[tuple[Place, float | None]]
    total: int
    near: bool


def ask_choices(office: Office, draft: Draft, wish: Wish) -> Choices:
    """Ask which places to offer, and return them (候補をしぼる)."""
    lang, key = office.lang, f"c:{draft.id}"
    st.html(f"<h3 class='kz-items'>{Words('どんな所へ行くか', 'Which places').say(lang)}</h3>")
    state = st.radio(
        Words("どんな所へ行くか", "Which places").say(lang), list(_STATES), key=f"{key}:state",
        format_func=lambda one: _STATES[one].say(lang), label_visibility="collapsed",
    )  # fmt: skip
    kinds = tuple(
        st.pills(
            Words("種類（選ばなければ全部）", "Kinds (none: all)").say(lang),
            list(RECORD_TYPES),
            selection_mode="multi",
            key=f"{key}:kinds",
            format_func=lambda one: label(RECORD_TYPES[one].words, lang),
        )
        or ()
    )
    words = st.text_input(Words("ことばでさがす", "Search").say(lang), key=f"{key}:words") or ""
    within = _ask_within(office, draft)
    start_m = point_of(office, wish.start)
    near = start_m is not None and _ask_near(key, lang)
    query = SiteQuery(
        types=kinds, words=words, within=within,
        due_by={"due": today().isoformat(), "never": _NEVER}.get(state or "", ""),
    )  # fmt: skip
    if state == "town":
        asked = (kinds, words, within.wkt if within is not None else "")
        found = remember(
            office, f"{key}:town", asked,
            lambda: find_unrecorded(
                office.town, office.register, kinds=kinds, words=words, within=within,
                asked={one.place_id for one in day_now().told.joined.asked},
            ),
        )  # fmt: skip
    else:
        found = find_recorded(office.town, office.register, query)
    if near and start_m is not None:
        return Choices(
            places=sort_near(office.town, found, start_m)[:_MOST], total=len(found), near=True
        )
    return Choices(places=[(one, None) for one in found[:_MOST]], total=len(found), near=False)


def _ask_near(key: str, lang: Lang) -> bool:
    orders = {
        "due": Words("確認を急ぐ順", "To be confirmed soonest").say(lang),
        "near": Words("出発から近い順", "Nearest to the start").say(lang),
    }
    if f"{key}:order" not in st.session_state:
        st.session_state[f"{key}:order"] = "near"
    chosen = st.segmented_control(
        Words("並べかえ", "Sort").say(lang), list(orders), key=f"{key}:order", required=True,
        format_func=orders.__getitem__, width="stretch",
    )  # fmt: skip
    return chosen != "due"


def _ask_within(office: Office, draft: Draft) -> shapely.Geometry | None:
    """Ask whether to stay in the walk's area, when that is one of the town's."""
    lang, area = office.lang, str(draft.answers.get("area") or "")
    rows = office.town.areas[office.town.areas["area_name"] == area]
    if rows.empty:
        return None
    words = {
        "in": Words(f"{area}だけ", f"{area} only").say(lang),
        "any": Words("どこでも", "Anywhere").say(lang),
    }
    key = f"c:{draft.id}:within"
    if key not in st.session_state:
        st.session_state[key] = "in"
    chosen = st.segmented_control(
        Words("範囲", "Where").say(lang), list(words), key=key, required=True,
        format_func=lambda one: no_markdown(words[one]), width="stretch",
    )  # fmt: skip
    return office.town.plane.to_degrees(rows.geometry.iloc[0]) if chosen != "any" else None


# ---- the map -------------------------------------------------------------------------------


def show_choice_map(
    office: Office, draft: Draft, wish: Wish, planned: Planned, choices: Choices
) -> tuple[float, float] | None:
    """Show what is offered, what is chosen and the way; return the (lat, lon) tapped now (地図)."""
    plane = office.town.plane
    group = folium.FeatureGroup(name="layers", control=False)
    listed = set(planned.ids)
    offered = [one for one, _ in choices.places if one.id not in listed]
    choice_layer(offered, plane, today().isoformat()).add_to(group)
    surveys = _find_surveys(office)
    if surveys is not None:
        survey_layer(surveys).add_to(group)
    reasons = _find_reasons(office, draft)
    if reasons is not None:
        reason_layer(reasons).add_to(group)
    line = planned.plan.line_m
    if line is not None:
        way_layer(plane.to_degrees(line)).add_to(group)
    stop_layer(planned.stops, plane).add_to(group)
    for end in (wish.start, wish.end):
        if end["by"] in ("site", "tap") and end.get("at"):
            pin_layer(end["at"][1], end["at"][0]).add_to(group)
    # A walk that is opened is looked at; while it grows the view is the person's own.
    key = f"w:{draft.id}:box"
    if key not in st.session_state:
        st.session_state[key] = box_of([place for place, _ in planned.stops], plane, _RIM_DEG)
    if st.session_state[key]:
        look_layer(st.session_state[key], draft.id).add_to(group)
    at = show_map(
        town_map(office.town, outlined=True), group, key=f"walk-{draft.id}-{map_key()}", height=_HEIGHT,
        lang=office.lang,
    )  # fmt: skip
    show_map_note(
        office.lang, offered=True, surveys=surveys is not None, reasons=reasons is not None
    )
    if at is None:
        return None
    now = (at.lat, at.lng)
    if st.session_state.get(f"w:{draft.id}:tapped") == now:
        return None
    st.session_state[f"w:{draft.id}:tapped"] = now
    return now


def _find_reasons(office: Office, draft: Draft) -> shapely.Geometry | None:
    """Return the streets that are the reasons of the place the walk was begun for, if it was."""
    gap_id = str(draft.answers.get(GAP_KEY) or "")
    if not gap_id:
        return None
    asked = asked_before(office.town)

    def look() -> shapely.Geometry | None:
        day = day_for(asked)
        question = day.as_asked(make_question(asked, day.built))
        try:
            found = walk_to_gap(day, office.register, question, gaps_now(asked), gap_id)
        except InputError:  # town, records or question are others now
            return None
        return None if found is None or found.lines.is_empty else found.lines

    return remember(office, f"reasons:{draft.id}", (gap_id, asked), look)


def _find_surveys(office: Office) -> shapely.Geometry | None:
    asked = asked_before(office.town)
    if not asked.band or office.town.salons.empty:
        return None
    return survey_lines(office.town, answer_band(asked))


def show_map_note(
    lang: Lang, *, offered: bool, surveys: bool = False, reasons: bool = False
) -> None:
    """Say what the signs of a walk's map mean (地図のしるしの説明)."""
    words = Words(
        "数字: まわる順　太い線: 歩く道", "Numbers: the order of visit · thick line: the way"
    )
    if offered:
        words = Words(
            f"{words.ja}　数字のない所: 候補（白ぬき: 確認の時期、点線: 地図だけの所）",
            f"{words.en} · without a number: offered (hollow: to be confirmed; dashed: "
            "on the map alone)",
        )
    if reasons:
        words = Words(
            f"{words.ja}　朱色の太い線: 届かないわけの道（階段・坂・座れる所のない区間）",
            f"{words.en} · broad vermilion line: streets that keep people away (steps, slopes, no seat)",
        )
    if surveys:
        words = Words(
            f"{words.ja}　茶色の太い線: 見て歩くと数字がはっきりする道（徒歩圏カバーの問いで）",
            f"{words.en} · broad brown line: streets to survey that make the figures of Walking reach surer",
        )
    st.html(f"<p class='kz-note'>{words.say(lang)}</p>")


def place_at(
    office: Office, tapped: tuple[float, float], planned: Planned, choices: Choices
) -> Place | None:
    """Return the place a tap means: the nearest within 25 m, ``None`` for none (おした所)."""
    offered = [*(place for place, _ in planned.stops), *(one for one, _ in choices.places)]
    if not offered:
        return None
    x_m, y_m = office.town.plane.to_m([tapped[1]], [tapped[0]])
    away = np.hypot(
        np.array([one.x_m for one in offered]) - x_m[0],
        np.array([one.y_m for one in offered]) - y_m[0],
    )
    best = int(np.argmin(away))
    return offered[best] if away[best] <= _TAP_M else None
