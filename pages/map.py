"""地図: what is where in the town, layer by layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import folium
import numpy as np
import pandas as pd
import streamlit as st

from geo.base.problems import InputError
from geo.base.words import Lang, Words
from geo.export.keys import SITE_KEYS
from geo.tables.tables import SITE_KINDS
from layers.asked import Asked
from layers.maps.browser_layers import area_layer, border_layer, pin_layer, site_layer
from layers.maps.coverage_map import area_at, people_layers
from layers.maps.icons import icon_data_uri
from layers.maps.legend import coverage_legend, people_legend, places_legend
from layers.maps.popup import entity
from layers.maps.town_map import GROUNDS, map_key, town_map
from layers.served.answers import answer, answer_key
from layers.served.register import register_now
from layers.served.walking import day_now
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import asked_before, begin_page, label, no_markdown, pick, split_page
from pages.parts.frame.show_map import show_map
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from geo.town import Town

PAGE = Page(id="map", words=Words("地図", "Map"), group="map", order=20)
TITLE = Words("この地区には、何がどこにあるか", "What is where in this town?")
HEIGHT = 560
NEAR_M = 1.0
MANY = 200  # more signs of one kind would hide the map at first sight


def show_page() -> None:
    """Show the page (画面)."""
    town, lang = begin_page(TITLE, reads=())
    controls, main, _ = split_page()
    with controls, st.container(key="controls"):
        kinds = _choose_kinds(town, lang)
        divisions = _choose_divisions(town, lang)
        extra = _choose_people(town, lang)
        ground = st.selectbox(
            Words("背景の地図", "Background").say(lang),
            list(GROUNDS),
            key="m_ground",
            format_func=lambda name: GROUNDS[name].say(lang),
            persist_state="session",
        )
        if ground != "town":
            words = Words("インターネットにつながるときだけ出ます。", "Shown only when online.")
            st.html(f"<p class='kz-note'>{words.say(lang)}</p>")
    with main:
        _show_map(town, lang, kinds, divisions, extra, str(ground or "town"))


def _choose_kinds(town: Town, lang: Lang) -> list[str]:
    with st.container(key="kinds"):
        return _tick_kinds(town, lang)


def _tick_kinds(town: Town, lang: Lang) -> list[str]:
    st.subheader(Words("出すもの", "Show").say(lang), anchor=False)
    counts = town.sites["kind"].value_counts()
    chosen: list[str] = []
    for kind in [name for name in RECORD_TYPES if name in SITE_KINDS]:
        number = int(counts.get(kind, 0))
        if not number:
            continue
        icon, box = st.columns([0.16, 0.84], vertical_alignment="center", gap="small")
        icon.html(f"<img alt='' width='30' height='30' src='{icon_data_uri(kind, 30)}'>")
        text = f"{label(RECORD_TYPES[kind].words, lang)}　{number:,}"
        if box.checkbox(
            text, value=kind != "bench" or number < MANY, key=f"m_{kind}", persist_state="session"
        ):
            chosen.append(kind)
    if town.sites.empty:
        st.html(
            f"<p class='kz-note'>{Words('地点がまだありません。', 'No places yet.').say(lang)}</p>"
        )
    return chosen


def _choose_divisions(town: Town, lang: Lang) -> list[str]:
    with st.container(key="divisions"):
        st.subheader(Words("区域の境", "Borders").say(lang), anchor=False)
        return [
            name
            for number, name in enumerate(town.divisions)
            if st.checkbox(
                no_markdown(name),
                value=number == 0,
                key=f"m_division_{name}",
                persist_state="session",
            )
        ]


def _choose_people(town: Town, lang: Lang) -> str:
    if town.cells.empty:
        return "none"
    names = {
        "none": Words("出さない", "None").say(lang),
        "homes": Words("住む所", "Homes").say(lang),
        "areas": Words("届く割合", "Share").say(lang),
    }
    return pick(
        Words("人口と徒歩圏", "People and reach"), list(names), names, "m_people", lang, "none"
    )


@st.fragment
def _show_map(
    town: Town, lang: Lang, kinds: list[str], divisions: list[str], extra: str, ground: str
) -> None:
    asked, version = asked_before(town), map_key()
    signs = f"{version}-{register_now().stamp()}"
    group = folium.FeatureGroup(name="layers", control=False)
    if extra == "areas":
        url = f"/answer/areas.geojson?{asked.query}&v={answer_key(asked)}"
        area_layer(url, shade=True).add_to(group)
    if extra == "homes":
        for layer in people_layers(asked, answer_key(asked)):
            layer.add_to(group)
    for name in divisions:
        tiered = bool((town.division(name)["tier"] != "").any())
        query = Asked(people="", walker="", within="", division=name).query
        border_layer(f"/answer/borders.geojson?{query}&v={version}", strong=tiered).add_to(group)
    for kind in kinds:
        site_layer(f"/answer/sites.geojson?kind={kind}&v={signs}", kind).add_to(group)
    picked = st.session_state.get("m_picked")
    if picked:
        pin_layer(*picked).add_to(group)
    at = show_map(
        town_map(town, ground), group, key=f"map-{version}", height=HEIGHT, lang=lang, remember=True
    )
    st.html(places_legend(kinds, lang))
    if extra == "homes":
        st.html(people_legend(lang, asked=asked))
    if extra == "areas":
        st.html(coverage_legend(lang, streets=False, asked=asked, signs=False))
    if at is not None:
        _show_place(town, lang, asked, kinds, at.lat, at.lng)


def _show_place(
    town: Town, lang: Lang, asked: Asked, kinds: list[str], lat: float, lng: float
) -> None:
    site = _site_at(town, kinds, lat, lng)
    if site is not None:
        before = st.session_state.get("m_picked")
        st.session_state["m_picked"] = (lat, lng)
        _show_site(town, lang, site)
        if before != (lat, lng):
            st.rerun(scope="fragment")
        return
    if st.session_state.pop("m_picked", None):
        st.rerun(scope="fragment")
    row = area_at(town, asked.division, lng, lat)
    if row is None:
        return
    area = town.division(asked.division).iloc[row]
    text = f"{asked.division}：{area['area_name']}"
    try:
        figures = answer(asked).areas.iloc[row]
        text += Words(
            f"　人数 {int(figures['people']):,}人・届かない人 {int(figures['outside']):,}人",
            f" · people {int(figures['people']):,} · out of reach {int(figures['outside']):,}",
        ).say(lang)
    except InputError:
        pass
    with st.container(border=True, key="card_area"):
        st.html(f"<b>{entity(text)}</b>")


def _show_site(town: Town, lang: Lang, site: pd.Series) -> None:
    off_m = float(town.site_snaps(pd.DataFrame([site])).off_m[0])
    far = off_m > town.snap_limit_m
    rows = [(SITE_KEYS["schedule"] if lang == "ja" else "When", site["schedule"])]
    rows += [(SITE_KEYS["note"] if lang == "ja" else "Note", site["note"])]
    rows += [(SITE_KEYS["source"] if lang == "ja" else "Source", site["source"])]
    if site["site_id"] in day_now().told.joined.free:
        alone = Words("まだない（地図だけにある所）", "none yet: on the map alone")
        rows += [(Words("記録", "Record").say(lang), alone.say(lang))]
    note = Words(
        f"いちばん近い道まで {off_m:,.0f}m" + ("（道につながらない）" if far else ""),
        f"{off_m:,.0f} m to the nearest street" + (" (off the network)" if far else ""),
    )
    with st.container(border=True, key="card_site"):
        icon, body = st.columns([0.08, 0.92], vertical_alignment="center")
        icon.html(
            f"<img alt='' width='40' height='40' src='{icon_data_uri(site['kind'], 40, ring=far)}'>"
        )
        lines = "".join(
            f"<br>{entity(head)}：{entity(str(text))}" for head, text in rows if str(text).strip()
        )
        kind = label(RECORD_TYPES[site["kind"]].words, lang)
        body.html(
            f"<b>{entity(str(site['name']))}</b>　{kind}{lines}<br><span class='kz-note'>{note.say(lang)}</span>"
        )


def _site_at(town: Town, kinds: list[str], lat: float, lng: float) -> pd.Series | None:
    shown = town.sites[town.sites["kind"].isin(kinds)]
    if shown.empty:
        return None
    x_m, y_m = town.plane.to_m(lng, lat)
    away = np.hypot(shown["x_m"].to_numpy() - x_m, shown["y_m"].to_numpy() - y_m)
    at = int(away.argmin())
    return shown.iloc[at] if away[at] <= NEAR_M else None


show_page()
