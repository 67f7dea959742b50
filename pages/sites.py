"""一覧: find what is recorded, the oldest first."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

import folium
import shapely
import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.cards.list_html import list_html, seen_html
from layers.cards.list_words import ORDER_SAID, ORDER_WORDS
from layers.cards.open_lines import tells_times
from layers.cards.site_html import icon_img
from layers.maps.base_map import asset_address
from layers.maps.legend import register_legend
from layers.maps.register_layers import register_layer
from layers.maps.town_map import map_key, town_map
from layers.served.register import areas_of
from layers.served.walking import day_now
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import show_empty
from pages.parts.frame.linked import linked, quiet
from pages.parts.frame.office import (
    LIST,
    Office,
    address,
    begin_office,
    button_link,
    link,
    title_of,
    today,
)
from pages.parts.frame.show_map import show_map
from pages.parts.listed.asking import ask_list
from pages.parts.listed.bound import PAGE_PART, ROW, bound, one_of
from pages.parts.listed.chips import show_chips, show_clear
from pages.parts.listed.files import show_files
from pages.parts.listed.placeless import all_placed, rough_areas, show_placeless
from pages.parts.question.visit import write_address
from pages.parts.record.freshness import show_freshness
from surveys.store.listing import count_sites, count_types, list_page, list_pins
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from geo.base.words import Lang
    from pages.parts.listed.asking import Wanted
    from surveys.record.site import Site
    from surveys.store.site_order import Order

PAGE = Page(
    id="sites", words=Words("一覧", "List"), group="record", order=40,
    kinds=("site",),
)  # fmt: skip
TITLE: Final = Words("どこを、いつ見たか", "What was seen, and when?")
_PER_PAGE: Final = 30
_SCRIPT: Final = "kayoi/kayoi_rows.js"
_MAP_HEIGHT: Final = 380
_NEAR_DEG: Final = 1e-6


def show_page() -> None:
    """Show the page (画面)."""
    office = begin_office(TITLE)
    lang = office.lang
    counts = count_types(office.register)
    if not counts:
        words = Words(
            "ここは、通いの場や店、ベンチなど社会資源の台帳です。「記録する」で最初の地点を書くか、"
            "「取りこみ」で市町村の表を読みこみます。",
            "This is the register of local resources. Write the first site under “Record”, or bring "
            "in a municipality's table.",
        )
        show_empty(Words("記録がまだありません", "nothing is recorded yet"), words, lang)
        button_link(address("record", lang), Words("記録する", "Record"), lang)
        return
    try:
        wanted = ask_list(office, counts)
    except InputError as error:
        show_empty(Words("一覧を出せません", "cannot list"), outside(error.words), lang)
        show_clear(lang, "sites_clear_refused")
        return
    _show_list(office, wanted, list(counts))
    _show_same(office)
    show_freshness(office)


def _show_same(office: Office) -> None:
    """Say how many places of the map may be of a record, with the way to answer."""
    asked = len(day_now().told.joined.asked)
    if not asked:
        return
    words = Words(
        f"地図の所と同じかもしれない記録が {asked:,}組あります。",
        f"{asked:,} records may be of places the map has.",
    )
    way = link("same", Words("同じ所か答える", "Say which").say(office.lang), office.lang)
    st.html(f"<p class='kz-note'>{words.say(office.lang)} {way}</p>")


def _show_list(office: Office, wanted: Wanted, kinds: list[str]) -> None:
    lang = office.lang
    total, due = count_sites(office.register, wanted.query, due_by=today().isoformat())
    told = (
        Words("<b>0</b>か所です。", "<b>0</b> sites.")
        if not total
        else Words(
            f"<b>{total:,}</b>か所。そのうち <b class='gap'>{due:,}</b>か所は、確認の時期です。",
            f"<b>{total:,}</b> sites, of which <b class='gap'>{due:,}</b> ask to be confirmed.",
        )
    )
    # The map has a place of its own: chips that come or go above would have it made anew.
    over, place = st.container(), st.container()
    with over:
        st.html(f"<p class='kz-read'>{told.say(lang)}</p>")
        show_chips(wanted, lang)
        _show_unclear(office, wanted, total)
        show_placeless(office, wanted)
    # None of what has no place is on a map: an empty one would stand before the names.
    if not wanted.query.placeless:
        with place:
            _show_map(office, wanted)
        st.html(register_legend(wanted.query.types or kinds, lang, crowded=True))
    if not total and wanted.query.placeless and all_placed(office):
        return
    if not total:
        none = Words(
            "この条件に合う地点はありません。条件をへらすか、ことばを短くしてください。",
            "No site matches: take a filter away, or search for less.",
        )
        st.html(f"<p class='kz-note'>{none.say(lang)}</p>")
        show_clear(lang, "sites_clear_none")
        return
    _show_order(wanted.query.order, lang)
    _show_rows(office, wanted, total)
    show_files(office, wanted, total)


def _show_unclear(office: Office, wanted: Wanted, total: int) -> None:
    """Say how many more may meet as wished: it is not told of them."""
    when = wanted.query.when
    if when.empty or when.unclear:
        return
    wider = replace(wanted.query, when=replace(when, unclear=True))
    more = count_sites(office.register, wider)[0] - total
    if not more:
        return
    words = Words(
        f"このほか、曜日や時間がはっきりしない所が {more:,}か所あります。",
        f"{more:,} more have no clear days or hours.",
    )
    with st.container(horizontal=True, vertical_alignment="center", key="unclear"):
        st.html(f"<p class='kz-note'>{words.say(office.lang)}</p>", width="content")
        st.button(
            Words("それもふくめる", "Show them too").say(office.lang), key="l_with_unclear",
            on_click=write_address, args=({"unclear": "1", PAGE_PART: "", ROW: ""},),
        )  # fmt: skip


def _show_order(order: Order, lang: Lang) -> None:
    """Say by what the rows go, and ask for another order."""
    said, asked = st.columns([0.66, 0.34], vertical_alignment="bottom")
    with asked, quiet("order"):
        names = {str(id_): words.say(lang) for id_, words in ORDER_WORDS.items()}
        st.selectbox(
            Words("並べかえ", "Sort").say(lang), list(names), format_func=names.__getitem__,
            **bound("l_order", "order", first=next(iter(names)), read=one_of(list(names)), say=str),
        )  # fmt: skip
    said.html(f"<p class='kz-note'>{ORDER_SAID[order].say(lang)}</p>")


@st.fragment
def _show_rows(office: Office, wanted: Wanted, total: int) -> None:
    """Show one page of the list; which one, and the row one came back to, is in the address."""
    lang, pages = office.lang, -(-total // _PER_PAGE)
    turned = linked("l_page", PAGE_PART, first=1, read=partial(_page_of, pages), say=str)
    page = int(st.session_state["l_page"])
    sites = list_page(office.register, wanted.query, limit=_PER_PAGE, offset=(page - 1) * _PER_PAGE)
    place = "&".join(filter(None, (wanted.text, f"{PAGE_PART}={page}" if page > 1 else "")))

    def name(site: Site) -> str:
        title = title_of(site.type, site.title, site.number, lang)
        return link("karte", title, lang, site=site.id, **{LIST: place} if place else {})

    st.html(
        list_html(
            sites,
            lang,
            today=today(),
            link=name,
            here=st.query_params.get(ROW, ""),
            areas=areas_of(office.town, sites, wanted.division) | rough_areas(office, sites),
            times=tells_times(wanted.query.types or RECORD_TYPES),
        )
    )  # fmt: skip
    # A file of our own: it puts the row into the address, and shows it again on the way back.
    st.html(f"<script src='{asset_address(_SCRIPT)}'></script>", unsafe_allow_javascript=True)
    if pages > 1:
        with quiet("pages"):
            st.pagination(pages, **turned)


def _page_of(pages: int, raw: str) -> int:
    if not raw.isdecimal() or not int(raw):
        raise InputError(Words("ページの番号ではありません", "no number of a page"))
    return min(int(raw), pages)


@st.fragment
def _show_map(office: Office, wanted: Wanted) -> None:
    group = folium.FeatureGroup(name="layers", control=False)
    url = f"/register/pins.geojson?{wanted.text}&v={office.register.stamp()}"
    register_layer(url).add_to(group)
    at = show_map(
        town_map(office.town, outlined=True), group, key=f"sites-{map_key()}", height=_MAP_HEIGHT,
        lang=office.lang,
    )  # fmt: skip
    if at is None:
        return
    near = shapely.box(
        at.lng - _NEAR_DEG, at.lat - _NEAR_DEG, at.lng + _NEAR_DEG, at.lat + _NEAR_DEG
    )
    pins = list_pins(office.register, replace(wanted.query, within=near))
    if pins:
        pin = pins[0]
        title = title_of(RECORD_TYPES[pin.type], pin.title, pin.number, office.lang)
        back = {LIST: wanted.text} if wanted.text else {}
        named = link("karte", title, office.lang, site=pin.id, **back)
        with st.container(border=True, key="card_picked"):
            st.html(
                f"<p class='kz-itemhead'>{icon_img(pin.type, 36)} {named}"
                f"　<span class='kz-note'>{seen_html(pin.seen_on, office.lang, today())}</span></p>"
            )


show_page()
