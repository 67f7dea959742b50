"""一覧: find what is recorded, the oldest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import folium
import shapely
import streamlit as st

from geo.base.marks import shown
from geo.base.square import EXACT_WORDS, OFFICE_MARK
from geo.base.words import Words
from layers.cards.list_html import list_html, seen_html
from layers.cards.list_query import dump_query
from layers.cards.site_html import icon_img
from layers.maps.legend import register_legend
from layers.maps.register_layers import register_layer
from layers.maps.town_map import map_key, town_map
from layers.served.register import areas_of
from layers.served.walking import day_now
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import label, show_empty
from pages.parts.frame.office import (
    Office,
    address,
    begin_office,
    button_link,
    link,
    now_text,
    title_of,
    today,
)
from pages.parts.frame.show_map import show_map
from pages.parts.record.freshness import show_freshness
from surveys.declaration.field import UNKNOWN_WORDS
from surveys.formats.format import FORMATS, dump_all, dump_type
from surveys.record.home import is_home
from surveys.record.portable import make_portable
from surveys.store.listing import SiteQuery, count_types, each_site, list_pins, list_sites
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from surveys.declaration.record_type import RecordType
    from surveys.record.portable import Portable
    from surveys.record.site import Site

PAGE = Page(id="sites", words=Words("一覧", "List"), group="record", order=40)
TITLE: Final = Words("どこを、いつ見たか", "What was seen, and when?")
ALL: Final = "all"
_PER_PAGE: Final = 30
_MAP_HEIGHT: Final = 380
_NEAR_DEG: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the list shows (一覧の条件)."""

    query: SiteQuery
    area: tuple[str, str] | None

    @property
    def text(self) -> str:
        """The question as a query string (アドレスの文字列)."""
        return dump_query(self.query, self.area)


def show_page() -> None:
    """Show the page (画面)."""
    office = begin_office(TITLE)
    lang = office.lang
    counts = count_types(office.register)
    if not counts:
        words = Words(
            "「記録する」で最初の地点を書くか、「取りこみ」で市町村の表を読みこみます。",
            "Write the first site under “Record”, or bring in a municipality's table.",
        )
        show_empty(Words("記録がまだありません", "nothing is recorded yet"), words, lang)
        button_link(address("record", lang), Words("記録する", "Record"), lang)
        return
    with st.container(key="filters"):
        wanted = _ask_query(office, counts)
    _show_list(office, wanted, list(counts))
    _show_same(office)
    show_freshness(office)


def _ask_query(office: Office, counts: dict[str, int]) -> Wanted:
    lang = office.lang
    one, two, three, four = st.columns([0.3, 0.26, 0.22, 0.22])
    words = one.text_input(
        Words("ことばでさがす", "Search").say(lang), key="l_words", persist_state="session",
        placeholder=Words("名前・住所・メモ", "name, address, note").say(lang),
    )  # fmt: skip
    # Without their counts: those of the sentence below follow the other filters too.
    names = {ALL: Words("すべて", "All").say(lang)}
    names |= {id_: label(RECORD_TYPES[id_].words, lang) for id_ in counts}
    kind = two.selectbox(
        Words("種類", "Kind").say(lang), list(names), key="l_type", format_func=lambda id_: names[id_],
        persist_state="session",
    )  # fmt: skip
    area, shape = None, None
    division = office.town.division(office.town.divisions[0])
    areas = {ALL: Words("どこでも", "Anywhere").say(lang)}
    areas |= {str(row["area_id"]): str(row["area_name"]) for _, row in division.iterrows()}
    chosen = three.selectbox(
        Words("地区", "Area").say(lang), list(areas), key="l_area", format_func=lambda id_: shown(areas[id_]),
        persist_state="session",
    )  # fmt: skip
    if chosen and chosen != ALL:
        area = (office.town.divisions[0], str(chosen))
        row = division[division["area_id"] == chosen].iloc[0]
        shape = office.town.plane.to_degrees(row.geometry)
    kinds = {
        "usual": Words("いまあるもの", "In use").say(lang),
        "due": Words("確認が古いもの", "To be confirmed").say(lang),
        "differing": Words("ちがいのあるもの", "Where people differ").say(lang),
        ALL: Words("閉鎖・撤去も", "Closed ones too").say(lang),
    }
    state = four.selectbox(
        Words("状態", "State").say(lang), list(kinds), key="l_state", format_func=lambda id_: kinds[id_],
        persist_state="session",
    )  # fmt: skip
    type_ = RECORD_TYPES.get(str(kind))
    query = SiteQuery(
        types=(type_.id,) if type_ else (), words=words or "", within=shape,
        choices=_ask_choices(type_, office) if type_ else {},
        due_by=today().isoformat() if state == "due" else "", differing=state == "differing",
        statuses=() if state == ALL else SiteQuery().statuses,
    )  # fmt: skip
    return Wanted(query=query, area=area)


def _ask_choices(type_: RecordType, office: Office) -> dict[str, tuple[str, ...]]:
    """Ask the type's own filters, behind one line."""
    lang = office.lang
    fields = {one.id: one for one in type_.fields if one.filtered and one.choices}
    for group in type_.fields:
        inner = group.item.fields if group.item else ()
        fields |= {f"{group.id}/{one.id}": one for one in inner if one.filtered and one.choices}
    if not fields:
        return {}
    out: dict[str, tuple[str, ...]] = {}
    with st.expander(Words("くわしくしぼる", "More filters").say(lang)):
        keys = list(fields)
        for at in range(0, len(keys), 2):
            for column, key in zip(st.columns(2), keys[at : at + 2], strict=False):
                words = {one.id: label(one.words, lang) for one in fields[key].choices}
                words["unknown"] = label(UNKNOWN_WORDS, lang)
                chosen = column.multiselect(
                    fields[key].words.say(lang), list(words), key=f"l_{type_.id}_{key}",
                    format_func=words.__getitem__,
                    placeholder=Words("どれでも", "Any").say(lang), persist_state="session",
                )  # fmt: skip
                out[key] = tuple(chosen)
    return out


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


@st.fragment
def _show_list(office: Office, wanted: Wanted, kinds: list[str]) -> None:
    lang, register = office.lang, office.register
    key = f"l_page:{wanted.text}"
    page = int(st.session_state.get(key, 1))
    sites, total = list_sites(
        register, wanted.query, limit=_PER_PAGE, offset=(page - 1) * _PER_PAGE
    )
    due = list_sites(register, replace(wanted.query, due_by=today().isoformat()), limit=1)[1]
    told = (
        Words("<b>0</b>か所です。", "<b>0</b> sites.")
        if not total
        else Words(
            f"<b>{total:,}</b>か所。そのうち <b class='gap'>{due:,}</b>か所は、確認の時期です。",
            f"<b>{total:,}</b> sites, of which <b class='gap'>{due:,}</b> ask to be confirmed.",
        )
    )
    st.html(f"<p class='kz-read'>{told.say(lang)}</p>")
    _show_map(office, wanted)
    st.html(register_legend(wanted.query.types or kinds, lang, crowded=True))
    if not total:
        none = Words(
            "この条件に合う地点はありません。条件をへらすか、ことばを短くしてください。",
            "No site matches: take a filter away, or search for less.",
        )
        st.html(f"<p class='kz-note'>{none.say(lang)}</p>")
        again = Words("条件をすべてはずす", "Clear all filters").say(lang)
        if st.button(again, key="sites_clear", on_click=_clear_filters):
            st.rerun()  # the whole page: the filters stand outside this part
        return
    order = Words(
        "確認を急ぐ順（まだ見ていない所、次に、見てから日がたった所）",
        "Those to be confirmed soonest come first.",
    )
    st.html(f"<p class='kz-note'>{order.say(lang)}</p>")

    def name(site: Site) -> str:
        title = title_of(site.type, site.title, site.number, lang)
        return link("karte", title, lang, site=site.id)

    areas = areas_of(office.town, sites)
    st.html(list_html(sites, lang, today=today(), areas=areas, link=name))
    pages = -(-total // _PER_PAGE)
    if pages > 1:
        st.pagination(pages, key=key)
    _show_files(office, wanted, total)


def _clear_filters() -> None:
    for key in map(str, list(st.session_state)):
        if key in ("l_type", "l_area"):
            st.session_state[key] = ALL
        elif key == "l_state":
            st.session_state[key] = "usual"
        elif key == "l_words":
            st.session_state[key] = ""
        elif key.startswith("l_") and isinstance(st.session_state[key], list):
            st.session_state[key] = []


def _show_map(office: Office, wanted: Wanted) -> None:
    group = folium.FeatureGroup(name="layers", control=False)
    url = f"/register/pins.geojson?{wanted.text}&v={office.register.stamp()}"
    register_layer(url).add_to(group)
    at = show_map(
        town_map(office.town), group, key=f"sites-{map_key()}", height=_MAP_HEIGHT, lang=office.lang
    )
    if at is None:
        return
    near = shapely.box(
        at.lng - _NEAR_DEG, at.lat - _NEAR_DEG, at.lng + _NEAR_DEG, at.lat + _NEAR_DEG
    )
    pins = list_pins(office.register, replace(wanted.query, within=near))
    if pins:
        pin = pins[0]
        title = title_of(RECORD_TYPES[pin.type], pin.title, pin.number, office.lang)
        with st.container(border=True, key="card_picked"):
            st.html(
                f"<p class='kz-itemhead'>{icon_img(pin.type, 36)} {link('karte', title, office.lang, site=pin.id)}"
                f"　<span class='kz-note'>{seen_html(pin.seen_on, office.lang, today())}</span></p>"
            )


def _show_files(office: Office, wanted: Wanted, total: int) -> None:
    """Offer what is shown as files, and as paper."""
    lang = office.lang
    st.subheader(Words("この一覧を渡す", "Hand this list on").say(lang), anchor=False)
    note = Words(
        f"{total:,}か所を書き出します。記録は庁内用です（公開の同意はまだ扱っていません）。",
        f"{total:,} sites. Records are for the office: consent to publish is not handled yet.",
    )
    st.html(f"<p class='kz-note'>{note.say(lang)}</p>")
    exact = st.checkbox(EXACT_WORDS.say(lang), key="l_exact")
    mark = f"_{OFFICE_MARK}" if exact else ""
    row = st.container(horizontal=True, gap="small")
    many = not wanted.query.types
    what = "register" if many else wanted.query.types[0]
    for format_ in FORMATS.values():
        suffix, mime = format_.suffix, format_.mime
        if many and format_.dump_many is None:
            suffix, mime = ".zip", "application/zip"
        row.download_button(
            label(format_.words, lang),
            partial(_dump, office, wanted, format_.id, exact=exact),
            file_name=f"{office.town.name}_{what}_{today():%Y%m%d}{mark}{suffix}",
            mime=mime, key=f"l_get_{format_.id}", on_click="ignore",
        )  # fmt: skip
    with row.container(width="content"):
        button_link(
            f"/print/list?{wanted.text}&lang={lang}", Words("印刷する", "Print"), lang, new_tab=True
        )


def _dump(office: Office, wanted: Wanted, format_id: str, *, exact: bool) -> bytes:
    register = office.register
    sites = list(each_site(register, wanted.query))
    versions = register.versions_of([site.id for site in sites])
    areas = areas_of(office.town, [site for site in sites if is_home(site)])
    by_type: dict[str, list[Portable]] = {}
    for site in sites:
        by_type.setdefault(site.type.id, []).append(make_portable(site, versions.get(site.id, [])))
    more: dict[str, Any] = {
        "lang": office.lang,
        "made_at": now_text(),
        "exact": exact,
        "areas": areas,
    }
    if not wanted.query.types:
        parts = {RECORD_TYPES[id_]: part for id_, part in by_type.items()}
        return dump_all(format_id, parts, **more)[0]
    type_ = RECORD_TYPES[wanted.query.types[0]]
    return dump_type(format_id, type_, by_type.get(type_.id, []), **more)


show_page()
