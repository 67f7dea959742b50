"""カルテ: one site, all that is known of it and how it came to be known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import folium
import streamlit as st

from geo.base.dates import say_date
from geo.base.problems import InputError
from geo.base.words import Words
from geo.walk.walkers import WALKERS
from layers.cards.on_foot import NearPlace, nearest_on_foot
from layers.cards.site_html import (
    facts_html,
    history_html,
    icon_img,
    near_html,
    photos_html,
    seen_state_html,
    things_html,
)
from layers.cards.site_story import tell_history, tell_origins
from layers.day.decided import list_decided
from layers.maps.legend import register_legend
from layers.maps.popup import entity
from layers.maps.register_layers import look_layer, register_layer
from layers.maps.town_map import map_key, town_map
from layers.served.register import areas_of, register_now
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import asked_before, label, show_empty
from pages.parts.frame.office import (
    Office,
    address,
    begin_office,
    button_link,
    link,
    new_id,
    now_text,
    print_links,
    role_now,
    title_of,
    today,
)
from pages.parts.frame.show_map import show_map
from pages.parts.listed.back import show_back
from pages.parts.log.about import about_html
from pages.parts.plans.decided import say_decided
from pages.parts.record.differences import show_differences
from pages.parts.record.next_placeless import show_settled
from pages.parts.record.tapping import show_tapping
from surveys.record.compose import Written, compose
from surveys.record.history import Origin
from surveys.record.risen import TYPE as CONCERN
from surveys.store.listing import SiteQuery, count_types
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surveys.record.site import Site
    from surveys.store.receipt import Receipt

PAGE = Page(
    id="karte", words=Words("カルテ", "Site sheet"), group="record", order=60, listed=False,
    kinds=("site", "photo"),
)  # fmt: skip
TITLE: Final = Words("カルテ", "Site sheet")
_MAP_HEIGHT: Final = 320
_NEAR_DEG: Final = 0.0022


def show_page() -> None:
    """Show the page of the site the address names (画面)."""
    wanted = st.query_params.get("site", "")
    try:
        site = register_now().site(wanted) if wanted else None
    except InputError:
        site = None
    if site is None or site.type.id not in RECORD_TYPES:
        office = begin_office(TITLE)
        words = Words("一覧から、見たい地点を選んでください。", "Choose a site in the list.")
        show_empty(Words("地点が選ばれていません", "no site was chosen"), words, office.lang)
        button_link(address("sites", office.lang), Words("一覧へ", "To the list"), office.lang)
        return
    name = title_of(site.type, site.title, site.number, "ja")
    english = title_of(site.type, site.title, site.number, "en")
    office = begin_office(Words(name, english))
    _show_site(office, site)


def _show_site(office: Office, site: Site) -> None:
    lang = office.lang
    versions = office.register.versions(site.id)
    titles = _titles(office, site)
    show_back(site.id, lang)
    _show_head(office, site)
    _show_decided(office, site)
    if site.state.conflicts:
        show_differences(office, site, versions, titles)
    with st.container(key="karte"):
        left, right = st.columns([0.42, 0.58], gap="medium")
    with left:
        _show_map(office, site)
        if site.place is not None:
            _show_near(office, site)
    with right:
        origins = tell_origins(site, versions, lang)
        st.html(facts_html(site, lang, titles, origins, today=today()))
        st.html(things_html(site, lang, titles, today=today()) or "<span></span>")
    entries = about_html(office, site.id)
    if entries:
        st.html(entries)
    photos = photos_html(site, lang)
    if photos:
        st.subheader(Words("写真", "Photos").say(lang), anchor=False)
        st.html(photos)
    st.subheader(Words("これまで", "History").say(lang), anchor=False)
    st.html(history_html(tell_history(site.type, versions, lang, titles), lang))


def _titles(office: Office, site: Site) -> dict[str, str]:
    wanted = [
        id_
        for field in site.type.fields
        if field.kind == "sites" and isinstance(site.answer(field.id), list)
        for id_ in site.answer(field.id)
    ]
    found = office.register.sites_of(wanted)
    return {
        id_: title_of(one.type, one.title, one.number, office.lang) for id_, one in found.items()
    }


def _show_head(office: Office, site: Site) -> None:
    lang = office.lang
    area = areas_of(office.town, [site]).get(site.id, "")
    due = site.due_on <= today().isoformat()
    state = seen_state_html(site, lang, today=today())
    st.html(
        f"<p class='kz-sub'>{icon_img(site.type.id, 28, hollow=due)}"
        f"<span>{entity(label(site.type.sheet, lang))}</span>{f'<span>{entity(area)}</span>' if area else ''}"
        f"<span>{Words('番号', 'No.').say(lang)} {site.number}</span>{state}</p>"
    )
    one, two, three = st.columns(3)
    with one:
        button_link(
            address("record", lang, site=site.id), Words("見て書く・直す", "Write or correct"), lang
        )
    if two.button(
        Words("確認した、変わりなし", "Confirmed, unchanged").say(lang),
        key="k_confirm",
        width="stretch",
        type="primary",
    ):
        _add(office, site, "confirm")
        st.toast(
            Words(
                f"{say_date(today(), 'ja')} に確認した、と残しました", "kept as confirmed today"
            ).say(lang)
        )
        st.rerun()
    with three:
        if site.type.id == CONCERN:
            there = address("concerns", lang, concern=site.id)
            button_link(there, Words("どこまで上がったか", "How far it has risen"), lang)
        print_links(f"/print/karte/{site.id}", "", Words("A4で印刷する", "Print on A4"), lang)


def _show_decided(office: Office, site: Site) -> None:
    """Say what a plan that was put into the list has in mind for this site, until a record says it is so."""
    lang = office.lang
    lines = [
        say_decided(one, lang)
        for one in list_decided(office.register, office.town.plane)
        if one.site.id == site.id
    ]
    if lines:
        head = Words("決まったこと（まだ記録されていない）", "Decided, and not recorded yet").say(
            lang
        )
        st.html(f"<p class='kz-note' role='status'><b>{head}</b><br>{'<br>'.join(lines)}</p>")


def _add(
    office: Office, site: Site, kind: str, answers: Mapping[str, object] | None = None
) -> Receipt:
    """Add a version that changes nothing but what `answers` say."""
    id_ = new_id()
    origin = Origin(
        source="surveyed", sure="sure", by=role_now(office.lang), on=today().isoformat()
    )
    version, _ = compose(
        site.type,
        site.state,
        Written(
            version_id=id_, record_id=id_, site_id=site.id, kind=kind, origin=origin,  # type: ignore[arg-type]
            made_at=now_text(), answers=answers,
        ),
    )  # fmt: skip
    return office.register.save(version)


def _show_map(office: Office, site: Site) -> None:
    lang = office.lang
    if site.place is None:
        show_tapping(office, site)
        return
    show_settled(office, site)
    group = folium.FeatureGroup(name="layers", control=False)
    # A closed site is on no map but its own.
    closed = site.state.status["is"] not in SiteQuery().statuses
    url = f"/register/pins.geojson?{'status=all&' if closed else ''}v={office.register.stamp()}"
    register_layer(url, selected=site.id).add_to(group)
    west, south, east, north = site.place.bounds
    box = (west - _NEAR_DEG, south - _NEAR_DEG, east + _NEAR_DEG, north + _NEAR_DEG)
    look_layer(box, site.id).add_to(group)
    show_map(
        town_map(office.town, outlined=True), group, key=f"karte-{site.id}-{map_key()}", height=_MAP_HEIGHT,
        lang=lang,
    )  # fmt: skip
    st.html(register_legend(count_types(office.register), lang, picked=True))


def _show_near(office: Office, site: Site) -> None:
    """Show the nearest bench, toilet, stop and 通いの場 on foot."""
    lang = office.lang
    walker = WALKERS.get(asked_before(office.town).walker) or WALKERS["elderly"]
    found = nearest_on_foot(office.town, office.register, site, walker=walker)
    ids = [one.site_id for one in found if isinstance(one, NearPlace)]
    kept = office.register.sites_of(ids)

    def name(id_: str, text: str) -> str:
        return link("karte", text, lang, site=id_) if id_ in kept else entity(text)

    straight = office.town.streetless
    head = (
        Words(
            f"いちばん近い所（{walker.words.ja}・直線。道のりはこれより長い）",
            f"Nearest ({walker.words.en}, straight lines: real ways are longer)",
        )
        if straight
        else Words(
            f"歩いていちばん近い所（{walker.words.ja}・道のり）",
            f"Nearest on foot ({walker.words.en}, along streets)",
        )
    )
    st.html(f"<h3>{head.say(lang)}</h3>{near_html(site, found, lang, name, straight=straight)}")


show_page()
