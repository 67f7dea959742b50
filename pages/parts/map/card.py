"""The card of what was pressed on the map: a record, a place of the map, an area (地図のカード)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.problems import InputError
from geo.base.words import Words, count_in_english
from geo.export.keys import SITE_KEYS
from layers.cards.meetings import say_meetings, say_meetings_of
from layers.cards.open_lines import OPEN_HEAD, open_lines
from layers.cards.say_answer import answer_rows
from layers.cards.site_html import icon_img, photos_html, seen_state_html
from layers.layered.parts.signs import list_signs
from layers.maps.popup import entity
from layers.maps.sign_legend import STATE_WORDS
from layers.served.answers import answer
from layers.served.clock import now_in_japan
from layers.served.register import areas_of, register_now
from layers.served.walking import day_now
from pages.parts.coverage.areas import show_area
from pages.parts.frame.frame import label, no_markdown
from pages.parts.frame.office import address, button_link, title_of
from pages.parts.map.choice import put_choice
from pages.parts.near.point import put_point
from surveys.store.answered import is_over, schedule_keys
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from geo.town import Town
    from layers.asked import Asked
    from layers.layered.parts.signs import Sign
    from pages.parts.map.choice import Choice
    from surveys.record.site import Site

_MOST_ROWS: Final = 6
_DIGITS: Final = 6
_MANY: Final = 12  # of a group, named one by one
_SITE, _PLACE, _AREA, _GROUP = "site:", "place:", "area:", "group:"


def show_card(town: Town, choice: Choice, asked: Asked, lang: Lang) -> None:
    """Show the card of what the address says is chosen, and the way to shut it (カードを出す)."""
    if not choice.at:
        return
    with st.container(border=True, key="card_map"):
        if st.button("✕", key="m_close", help=Words("閉じる", "Close").say(lang)):
            put_choice(replace(choice, at=""), town)
            st.rerun(scope="fragment")
        if choice.at.startswith(_SITE):
            _show_site(town, choice.at.removeprefix(_SITE), lang)
        elif choice.at.startswith(_PLACE):
            _show_place(town, choice, lang)
        elif choice.at.startswith(_AREA):
            _show_area(town, asked, choice.at.removeprefix(_AREA), lang)
        elif choice.at.startswith(_GROUP):
            _show_group(town, choice, lang)


def find_sign(at: str, *, closed: bool = True) -> tuple[str, Sign] | None:
    """Return the kind and the sign of an id, None where the map has none (しるしを探す)."""
    for kind in RECORD_TYPES:
        for sign in list_signs(kind, closed=closed):
            if sign.id == at:
                return kind, sign
    return None


def _show_site(town: Town, id_: str, lang: Lang) -> None:
    site = register_now().site(id_) if id_ else None
    if site is None:
        _show_gone(lang)
        return
    area = areas_of(town, [site]).get(site.id, "")
    title = title_of(site.type, site.title, site.number, lang)
    _show_head(site.type.id, title, area, lang)
    st.html(f"<p class='kz-sub'>{_state_html(site, lang)}</p>")
    photos = photos_html(site, lang)
    if photos:
        with st.container(key="card_photos"):
            st.html(photos)
    st.html(_rows_html(site, lang))
    one, two = st.columns(2)
    with one:
        button_link(address("karte", lang, site=site.id), Words("カルテ", "Site sheet"), lang)
        button_link(
            address("walks", lang, add=site.id), Words("踏査に加える", "Add to a walk"), lang
        )
    with two:
        button_link(
            address("record", lang, site=site.id), Words("見て書く・直す", "Write or correct"), lang
        )
        if site.place is not None:
            at = site.place.representative_point()
            _show_near_button(at.y, at.x, lang)


def _state_html(site: Site, lang: Lang) -> str:
    differ = Words("人によってちがう", "people differ").say(lang)
    mark = f" <span class='kz-due'>{differ}</span>" if site.state.conflicts else ""
    return seen_state_html(site, lang, today=now_in_japan().date()) + mark


def _rows_html(site: Site, lang: Lang) -> str:
    """Return what is told first of a site; a schedule with its next days."""
    today = now_in_japan().date()
    of_groups = any("/" in key for key in schedule_keys().get(site.type.id, {}))
    when = open_lines(site, lang) if of_groups else []
    for group in site.type.fields:
        if group.item is None or not isinstance(site.answer(group.id), list):
            continue
        for one in (one for one in group.item.fields if one.kind == "schedule"):
            for item in site.answer(group.id):
                if isinstance(item.get(one.id), list) and not is_over(item):
                    when += say_meetings_of(item, item[one.id], today, lang)
    rows = [(OPEN_HEAD.say(lang), "\n".join(when))] if when else []
    for row in answer_rows(site.type, site.answers, lang, titles={}):
        if row.state != "told" or row.field.kind in ("photos", "point") or row.field.id == "name":
            continue
        if row.field.kind == "schedule":
            lines = say_meetings(site.answer(row.field.id), today, lang)
            rows.insert(0, (row.label, "\n".join([row.text, *lines])))
        else:
            rows.append((row.label, row.text))
    body = "".join(
        f"<tr><th>{entity(head)}</th><td>{'<br>'.join(map(entity, text.split(chr(10))))}</td></tr>"
        for head, text in rows[:_MOST_ROWS]
    )
    return f"<table class='kz-facts'>{body}</table>"


def _show_place(town: Town, choice: Choice, lang: Lang) -> None:
    found = find_sign(choice.at)
    if found is None:
        _show_gone(lang)
        return
    kind, sign = found
    id_ = choice.at.removeprefix(_PLACE)
    _show_head(kind, sign.name or label(RECORD_TYPES[kind].words, lang), "", lang)
    st.html(f"<p class='kz-sub'><span>{entity(STATE_WORDS[sign.state].say(lang))}</span></p>")
    sites = day_now().town.sites
    rows = sites[sites["site_id"] == id_]
    if len(rows):
        row, keys = rows.iloc[0], ("schedule", "note", "source")
        heads = {key: SITE_KEYS[key] if lang == "ja" else key.capitalize() for key in keys}
        body = "".join(
            f"<tr><th>{entity(heads[key])}</th><td>{entity(str(row[key]))}</td></tr>"
            for key in keys
            if str(row[key]).strip()
        )
        st.html(f"<table class='kz-facts'>{body}</table>")
    one, two = st.columns(2)
    with one:
        button_link(
            address("walks", lang, add_place=id_), Words("踏査に加える", "Add to a walk"), lang
        )
        button_link(address("same", lang), Words("記録と同じ所か", "Is it a record's?"), lang)
    with two:
        button_link(address("record", lang, type=kind), Words("記録する", "Record it"), lang)
        _show_near_button(sign.lat, sign.lon, lang)
    del town


def _show_area(town: Town, asked: Asked, id_: str, lang: Lang) -> None:
    division = town.division(asked.division or town.divisions[0])
    rows = [at for at, one in enumerate(division["area_id"]) if str(one) == id_]
    if not rows:
        _show_gone(lang)
        return
    name = str(division["area_name"].iloc[rows[0]])
    try:
        coverage = answer(asked)
    except InputError:
        st.html(f"<h3 style='margin:0'>{entity(name)}</h3>")
        return
    show_area(asked, coverage, rows[0], lang)
    area = f"{asked.division or town.divisions[0]}/{id_}"
    button_link(
        address("sites", lang, area=area), Words("この地区の一覧", "List of this area"), lang
    )


def _show_group(town: Town, choice: Choice, lang: Lang) -> None:
    count, ids = read_group(choice.at)
    words = Words(f"ここに {count:,}か所", f"{count_in_english(count, 'place')} here")
    st.html(f"<h3 style='margin:0'>{words.say(lang)}</h3>")
    for at, id_ in enumerate(ids):
        found = find_sign(id_)
        if found is None:
            continue
        kind, sign = found
        name = sign.name or label(RECORD_TYPES[kind].words, lang)
        icon, button = st.columns([0.14, 0.86], vertical_alignment="center")
        icon.html(icon_img(kind, 30))
        if button.button(no_markdown(name), key=f"m_group_{at}", width="stretch"):
            put_choice(replace(choice, at=id_), town)
            st.rerun(scope="fragment")
    if count > len(ids):
        more = Words(f"ほか {count - len(ids):,}か所", f"{count - len(ids):,} more")
        st.html(f"<p class='kz-note'>{more.say(lang)}</p>")


def say_group(ids: Sequence[str]) -> str:
    """Return a group of signs as the address has it: how many, and the first ids (しるしのまとまり).

    Examples
    --------
    >>> say_group(["site:a", "place:b"])
    'group:2:site:a,place:b'
    """
    return f"{_GROUP}{len(ids)}:{','.join(ids[:_MANY])}" if ids else ""


def read_group(at: str) -> tuple[int, list[str]]:
    """Return how many signs a group of an address has, and the first ids (しるしのまとまりを読む).

    Examples
    --------
    >>> read_group("group:2:site:a,place:b")
    (2, ['site:a', 'place:b'])
    >>> read_group("group:x")
    (0, [])
    """
    count, _, ids = at.removeprefix(_GROUP).partition(":")
    kept = [one for one in ids.split(",") if one][:_MANY]
    return (int(count[:_DIGITS]) if count.isdecimal() else len(kept)), kept


def _show_head(kind: str, title: str, area: str, lang: Lang) -> None:
    kind_name = label(RECORD_TYPES[kind].words, lang)
    where = f"　<span class='kz-note'>{entity(area)}</span>" if area else ""
    st.html(
        f"<h3 class='kz-itemhead'>{icon_img(kind, 36)}<span>{entity(title)}</span></h3>"
        f"<p class='kz-note'>{entity(kind_name)}{where}</p>"
    )


def _show_near_button(lat: float, lng: float, lang: Lang) -> None:
    if st.button(Words("ここから近い所", "Near here").say(lang), key="m_near", width="stretch"):
        put_point(lat, lng)
        st.switch_page("pages/near.py")


def _show_gone(lang: Lang) -> None:
    words = Words("選んだ所は、もうここにありません。", "What was chosen is not here any more.")
    st.html(f"<p class='kz-note'>{words.say(lang)}</p>")
