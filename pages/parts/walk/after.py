"""One walk: its map, its places in order, and what it came to (踏査の画面)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import folium
import streamlit as st

from geo.base.dates import parse_date, say_date
from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.walk.walkers import WALKERS
from layers.cards.site_html import icon_img
from layers.maps.popup import entity
from layers.maps.register_layers import look_layer
from layers.maps.town_map import map_key, town_map
from layers.walks.layers import box_of, stop_layer, way_layer
from layers.walks.places import find_places_of
from layers.walks.plan import reread_walk
from pages.parts.frame.frame import asked_before, no_markdown, split_page
from pages.parts.frame.office import (
    address,
    button_link,
    link,
    new_id,
    now_text,
    print_links,
    role_now,
    today,
)
from pages.parts.frame.show_map import show_map
from pages.parts.log.about import about_html
from pages.parts.record.differences import show_differences
from pages.parts.walk.came import came_html, outcome_html, state_html
from pages.parts.walk.choice_list import name_of, say_state, say_walk
from pages.parts.walk.choosing import show_map_note
from pages.parts.walk.draft import Planned
from pages.parts.walk.ending import ask_unseen, show_ending, take_back_unseen
from pages.parts.walk.notes import ask_notes
from pages.parts.walk.saving import show_receipt
from surveys.record.compose import KEEP, Written, compose
from surveys.record.history import ACTIVE, Origin
from surveys.record.outcome import HEADINGS, outcome_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.walk.walkers import Walker
    from layers.sheets.parts.way import Leg
    from layers.walks.places import Place
    from pages.parts.frame.office import Office
    from surveys.record.history import Kind
    from surveys.record.outcome import Outcome
    from surveys.record.site import Site

_HEIGHT: Final = 470
_RIM_DEG: Final = 0.0012


def show_walk(office: Office, walk: Site) -> None:
    """Show the page of one walk (踏査の画面)."""
    lang = office.lang
    listed = list(walk.answers.get("places") or [])
    outcome = outcome_of(walk.answers, office.register.versions_of_walk(walk.id))
    places = find_places_of(office.town, office.register, outcome.came)
    show_receipt(office, walk)
    _show_head(office, walk, outcome)
    if walk.state.conflicts:
        titles = {id_: name_of(one, lang) for id_, one in places.items()}
        show_differences(office, walk, office.register.versions(walk.id), titles)
    points = [places[id_].at_m if id_ in places else None for id_ in listed]
    plan = reread_walk(office.town, points, walk.place)
    planned = Planned(
        ids=tuple(listed[row] for row in plan.order),
        places=places,
        plan=plan,
        shortest_m=plan.metres,
    )
    walker = WALKERS.get(asked_before(office.town).walker) or WALKERS["elderly"]
    _say_outcome(office, planned, outcome, walker)
    controls, main, below = split_page()
    with main:
        _show_map(office, walk, planned)
    with controls:
        ask_notes(office, walk)
        show_ending(office, walk, outcome, places)
    with below:
        _show_stops(office, walk, planned, outcome, walker)
        entries = about_html(office, walk.id)
        if entries:
            st.html(entries)


def _show_head(office: Office, walk: Site, outcome: Outcome) -> None:
    lang = office.lang
    on = walk.answer("on")
    weather = walk.type.field("weather").choice(str(walk.answer("weather") or ""))
    facts = [
        say_date(parse_date(on), lang) if on else Words("日は未定", "no day yet").say(lang),
        str(walk.answer("area") or ""),
        str(walk.answer("surveyors") or ""),
        weather.words.say(lang) if weather else "",
        Words(f"番号 {walk.number}", f"No. {walk.number}").say(lang),
    ]
    said = entity("　".join(filter(None, facts)))
    st.html(f"<p class='kz-sub'>{state_html(outcome, lang)}　{said}</p>")
    one, two, three = st.columns(3)
    with one:
        print_links(f"/print/walk/{walk.id}", "", Words("印刷する", "Print"), lang)
    with two:
        words = Words("計画を直す", "Change the plan")
        button_link(address("walks", lang, edit=walk.id), words, lang)
    with three:
        button_link(address("walks", lang), Words("踏査の一覧へ", "To the list"), lang)


def _say_outcome(office: Office, planned: Planned, outcome: Outcome, walker: Walker) -> None:
    """Say how long the walk is, and what it came to."""
    lang, count = office.lang, len(planned.ids)
    if outcome.begun:
        st.html(f"<p class='kz-read'>{outcome_html(outcome, lang)}</p>")
        return
    said = Words(f"<b>{count}</b>か所です。", f"<b>{count}</b> places.")
    if planned.plan.legs:
        way = say_walk(
            planned.plan.metres, walker.metres_per_min, lang, straight=office.town.streetless
        )
        said = Words(
            f"<b>{count}</b>か所を、{way} でまわります。", f"<b>{count}</b> places in {way}."
        )
    st.html(f"<p class='kz-read'>{said.say(lang)}</p>")


def _show_map(office: Office, walk: Site, planned: Planned) -> None:
    plane = office.town.plane
    group = folium.FeatureGroup(name="layers", control=False)
    line = planned.plan.line_m
    way = plane.to_degrees(line) if line is not None else walk.place
    if way is not None:
        way_layer(way).add_to(group)
    stop_layer(planned.stops, plane).add_to(group)
    box = box_of([place for place, _ in planned.stops], plane, _RIM_DEG)
    if box:
        look_layer(box, walk.id).add_to(group)
    show_map(
        town_map(office.town, outlined=True), group, key=f"walk-{walk.id}-{map_key()}", height=_HEIGHT,
        lang=office.lang,
    )  # fmt: skip
    show_map_note(office.lang, offered=False)


# ---- place by place ------------------------------------------------------------------------


def _show_stops(
    office: Office, walk: Site, planned: Planned, outcome: Outcome, walker: Walker
) -> None:
    """Show the places under three headings: planned, added, found closed; each once."""
    lang = office.lang
    number = {id_: at for at, id_ in enumerate(planned.ids, start=1)}
    order = [*planned.ids, *(id_ for id_ in outcome.came if id_ not in number)]
    for name, ids in (
        ("planned", outcome.listed), ("added", outcome.added), ("gone", outcome.gone),
    ):  # fmt: skip
        shown = [id_ for id_ in order if id_ in set(ids)]
        if not shown:
            continue
        head = Words(f"{HEADINGS[name].ja}　{len(shown)}か所", f"{HEADINGS[name].en}: {len(shown)}")
        st.html(f"<h3 class='kz-items'>{head.say(lang)}</h3>")
        for id_ in shown:
            at = number.get(id_, 0) - 1
            leg = planned.plan.before[at] if at >= 0 else None
            far = _say_far(office, planned, at, leg, walker)
            _show_stop(office, walk, id_, planned.places.get(id_), outcome, number.get(id_), far)
    home = planned.plan.home
    if home is not None and home.metres is not None:
        words = Words("終わりの所まで", "to the end")
        way = say_walk(home.metres, walker.metres_per_min, lang, straight=office.town.streetless)
        st.html(f"<p class='kz-note'>{words.say(lang)}　{way}</p>")
    if outcome.missed and outcome.begun:
        words = Words("見なかった所で次の踏査をつくる", "Plan a walk to those not seen")
        button_link(address("walks", lang, left=walk.id), words, lang)


def _say_far(office: Office, planned: Planned, at: int, leg: Leg | None, walker: Walker) -> str:
    """Return the way from the place before, as HTML."""
    lang = office.lang
    if at < 0:
        return Words("予定の外", "not planned").say(lang)
    row = planned.plan.order[at]
    if row in planned.plan.cut_off:
        return entity(planned.plan.cut_off[row].say(lang))
    if leg is None or leg.metres is None:
        return Words("はじめ", "start").say(lang)
    return say_walk(leg.metres, walker.metres_per_min, lang, straight=office.town.streetless)


def _show_stop(
    office: Office,
    walk: Site,
    id_: str,
    place: Place | None,
    outcome: Outcome,
    number: int | None,
    far: str,
) -> None:
    lang, came = office.lang, outcome.came[id_]
    head = f"<b>{number}</b>" if number else ""
    with st.container(
        border=True,
        key=f"card_stop_{list(outcome.came).index(id_)}",
        horizontal=True,
        vertical_alignment="center",
        gap="small",
    ):
        name = entity(name_of(place, lang))
        icon = ""
        if place is not None and place.recorded:
            name = link("karte", name_of(place, lang), lang, site=id_)
            icon = icon_img(place.kind, 30, hollow=place.due_on <= today().isoformat())
        facts = "　".join(filter(None, (far, entity(say_state(place, lang)) if place else "")))
        st.html(
            f"<p class='kz-itemhead' style='min-width:15rem'>{head}{icon}<span>{name} "
            f"{came_html(outcome, id_, lang)}"
            f"<br><span class='kz-note'>{facts}</span></span></p>",
            width="stretch",
        )
        if place is not None and place.recorded:
            # Together, so that a narrow page takes all three to the next line.
            with st.container(horizontal=True, width="content", gap="small"):
                _show_buttons(office, walk, id_, fresh=came == "missed")
                if came == "missed":
                    ask_unseen(office, walk, id_)
                elif came == "unseen":
                    take_back_unseen(office, walk, id_)


def _show_buttons(office: Office, walk: Site, id_: str, *, fresh: bool) -> None:
    lang = office.lang
    where = entity(address("record", lang, site=id_, walk=walk.id))
    words = Words("見て書く", "Write").say(lang)
    st.html(f"<a class='kz-button' target='_self' href='{where}'>{words}</a>", width="content")
    if st.button(
        Words("確認した、変わりなし", "Confirmed, unchanged").say(lang), key=f"ok_{id_}",
        type="primary" if fresh else "secondary",
    ):  # fmt: skip
        _add(office, walk, id_, "confirm")
    with st.popover(Words("行ったが、見つからない", "Not found").say(lang), width="content"):
        asked = Words(
            "行ったが、見つからない、と残しますか。この地点の状態も「見つからない」になります。",
            "Keep that it was not there? The site becomes “not found”.",
        )
        st.html(f"<p>{asked.say(lang)}</p>")
        if st.button(Words("見つからない、と残す", "Keep").say(lang), key=f"absent_{id_}"):
            _add(office, walk, id_, "absent")


def _add(office: Office, walk: Site, site_id: str, kind: Kind) -> None:
    """Keep that a place of the walk was confirmed, or was not there."""
    site = office.register.site(site_id)
    if site is None:
        return
    on = today().isoformat()
    status: Mapping[str, str] | None = None
    if kind == "absent":
        status = {"is": "not_found", "on": on}
    elif site.state.status["is"] == "not_found":
        status = ACTIVE  # it was there after all
    id_ = new_id()
    version, _ = compose(
        site.type,
        site.state,
        Written(
            version_id=id_, record_id=id_, site_id=site_id, kind=kind, made_at=now_text(),
            origin=Origin(source="surveyed", sure="sure", by=role_now(office.lang), on=on),
            status=KEEP if status is None else status, walk_id=walk.id,
        ),
    )  # fmt: skip
    try:
        office.register.save(version)
    except InputError as error:
        st.error(no_markdown(outside(error.words).say(office.lang)))
        return
    st.rerun()
