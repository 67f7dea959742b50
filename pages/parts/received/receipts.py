"""Receipts: what a device says it sent on a day, and what is here of it (照合)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.base.dates import parse_date, say_date
from geo.base.words import Words, count_in_english
from layers.cards.scrolled import scrolled
from layers.maps.palette import GREEN, GREEN_PALE, VERMILION, VERMILION_PALE
from layers.maps.popup import entity
from pages.parts.frame.office import link, say_moment
from surveys.store.field_receipts import name_received

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.words import Lang
    from pages.parts.frame.office import Office


def say_receipt(body: Mapping[str, Any], lang: Lang) -> str:
    """Return a receipt as one line: what the device has, and what is here (受取を言う)."""
    device, server = body["device"], body["server"]
    sign = "＝" if body["matches"] else "≠"
    day = say_date(parse_date(body["day"]), lang)
    return Words(
        f"端末{body['code']}　{day}　端末 {device['records']:,}件・写真 {device['photos']:,}枚 {sign} "
        f"サーバー {server['records']:,}件・{server['photos']:,}枚",
        f"Device {body['code']}, {day}: device {count_in_english(device['records'], 'record')}, {device['photos']:,} "
        f"photos {sign} server {server['records']:,}, {server['photos']:,}",
    ).say(lang)


def show_receipts(office: Office, receipts: Sequence[Mapping[str, Any]]) -> None:
    """Show the last receipt of each device and day, with its ids (照合の一覧)."""
    if not receipts:
        return
    lang = office.lang
    st.subheader(Words("数の確かめ", "Compared").say(lang), anchor=False)
    for body in receipts:
        _show_line(body, lang)
        missing = [*body["missing"]["records"], *body["missing"]["photos"]]
        if missing:
            words = Words(f"届いていない番号（{len(missing)}）", f"Missing ids ({len(missing)})")
            with st.expander(words.say(lang)):
                st.code("\n".join(missing), language=None)
        if "ids" in body:
            with st.expander(
                Words(f"届いた記録を見る（{len(body['ids']['records'])}件）", "See what came").say(
                    lang
                )
            ):
                _show_ids(office, body["ids"], frozenset(body["held"]))


def _show_line(body: Mapping[str, Any], lang: Lang) -> None:
    fine = body["matches"]
    ink, ground = (GREEN, GREEN_PALE) if fine else (VERMILION, VERMILION_PALE)
    mark = Words("合っている", "all here") if fine else Words("足りない", "missing")
    held = len(body["held"])
    note = Words(f"（うち預かり {held}件）", f" ({held} of them held)").say(lang) if held else ""
    st.html(
        f"<p style='background:{ground};border-left:6px solid {ink};padding:.6rem 1rem;margin:0;"
        f"border-radius:0 8px 8px 0'><b>{entity(say_receipt(body, lang))}</b>　"
        f"<b class='nb' style='color:{ink}'>{mark.say(lang)}{note}</b>　"
        f"<span class='kz-note nb'>{say_moment(body['at'], lang)}</span></p>"
    )


def _show_ids(office: Office, ids: Mapping[str, Sequence[str]], held: frozenset[str]) -> None:
    lang, names = office.lang, name_received(office.register, ids["records"])
    rows = []
    for id_ in ids["records"]:
        label, title, site = names.get(id_, ("", "", ""))
        there = site and id_ not in held
        name = link("karte", title or label, lang, site=site) if there else entity(title)
        rows.append(f"<tr><td>{entity(label)}</td><td>{name}</td><td>{entity(id_)}</td></tr>")
    heads = (Words("受付", "Number"), Words("地点", "Site"), Words("番号", "Id"))
    head = "".join(f"<th>{words.say(lang)}</th>" for words in heads)
    photos = "<br>".join(entity(id_) for id_ in ids["photos"])
    words = Words(
        f"写真 {len(ids['photos']):,}枚", count_in_english(len(ids["photos"]), "photo")
    ).say(lang)
    table = f"<table class='kz-table'><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    st.html(
        scrolled(Words("受け取った記録の表", "table of what was received"), table, lang)
        + f"<p class='kz-note'>{words}<br>{photos}</p>"
    )
