"""届いた記録: what devices sent, what they still hold, and what waits for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words, count_in_english
from layers.maps.popup import entity
from pages.parts.frame.declared import Page
from pages.parts.frame.office import begin_office, link, say_moment, title_of
from pages.parts.received.file import show_file
from pages.parts.received.held import show_held, show_noted
from pages.parts.received.receipts import show_receipts
from pages.parts.received.tracks import show_tracks
from surveys.store.devices import list_devices
from surveys.store.field_receipts import list_receipts, list_received, received_anything

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.words import Lang
    from pages.parts.frame.office import Office
    from surveys.store.devices import Device

PAGE = Page(
    id="received", words=Words("届いた記録", "From devices"), group="record", order=70,
    kinds=("received", "received_photo", "receipt", "device", "track"),
)  # fmt: skip
TITLE: Final = Words("端末の記録は、みな届いたか", "Has everything arrived from the devices?")
_RECEIPTS: Final = 60
_LISTED: Final = 500


def show_page() -> None:
    """Show the page (画面)."""
    office = begin_office(TITLE)
    lang = office.lang
    done = st.session_state.get("rc_done")
    if done:
        st.html(f"<div class='kz-saved' role='status'><b>{entity(done)}</b></div>")
    if not received_anything(office.register):
        empty = Words(
            "端末からは、まだ何も届いていません。",
            "Nothing has come from a device yet.",
        )
        start = Words("端末で書きはじめる", "Begin on a device").say(lang)
        st.html(
            f"<p class='kz-read'>{empty.say(lang)} <a target='_self' href='/field/'>{start}</a></p>"
        )
        show_file(office)
        return
    devices = list_devices(office.register)
    show_receipts(office, list_receipts(office.register)[:_RECEIPTS])
    _show_devices(devices, lang)
    codes = {one.id: one.code for one in devices}
    show_held(office, codes)
    show_noted(office, codes)
    _show_conflicts(office, codes)
    show_tracks(office, codes)
    show_file(office)


def _show_devices(devices: Sequence[Device], lang: Lang) -> None:
    if not devices:
        return
    st.subheader(Words("端末が持っているもの", "What devices hold").say(lang), anchor=False)
    rows = "".join(f"<p class='kz-note'>{_say_device(one, lang)}</p>" for one in devices)
    st.html(rows)


def _say_device(device: Device, lang: Lang) -> str:
    holds = device.holds
    seen = say_moment(device.seen_at, lang)
    records, photos, drafts, sites = (
        int(holds.get(name) or 0) for name in ("records", "photos", "drafts", "sites")
    )
    if records or photos or drafts:
        left = Words(
            f"端末{device.code}に まだ 記録{records:,}件・写真{photos:,}枚・書きかけ{drafts:,}件 残っている",
            f"Device {device.code} still holds {count_in_english(records, 'record')}, "
            f"{count_in_english(photos, 'photo')}, {count_in_english(drafts, 'draft')}",
        )
    else:
        left = Words(
            f"端末{device.code}：送り残しなし", f"Device {device.code} holds nothing unsent"
        )
    parts = [f"<b>{left.say(lang)}</b>（{seen}）"]
    if holds.get("walk_title") or sites:
        title = entity(str(holds.get("walk_title") or ""))
        parts.append(
            f"{title} {Words(f'{sites:,}か所', count_in_english(sites, 'site')).say(lang)}"
        )
    if holds.get("erased_at"):
        words = Words("消した", "erased").say(lang)
        parts.append(f"{words} {_say_told(str(holds['erased_at']), lang)}")
    return "　".join(parts)


def _say_told(moment: str, lang: Lang) -> str:
    """Return a moment a device told, "?" when no calendar has it."""
    try:
        return say_moment(moment, lang)
    except (OverflowError, ValueError):
        return "?"


def _show_conflicts(office: Office, codes: Mapping[str, str]) -> None:
    """Show the sites on which a device's record met another's."""
    lang = office.lang
    kept = [
        one
        for one in list_received(office.register, state="kept", most=_LISTED)
        if one.seq is not None
    ]
    sites = office.register.sites_of(one.site_id for one in kept)
    found: dict[str, set[str]] = {}
    for one in kept:
        site = sites.get(one.site_id)
        if site and any(one.seq in sides for sides in site.state.conflicts.values()):
            found.setdefault(site.id, set()).add(codes.get(one.device_id, "?"))
    if not found:
        return
    st.subheader(Words("差分", "Differences").say(lang), anchor=False)
    for id_, letters in found.items():
        site = sites[id_]
        name = link("karte", title_of(site.type, site.title, site.number, lang), lang, site=id_)
        who = "・".join(sorted(letters))
        words = Words(f"端末{who}の記録と、ほかの記録がちがう", f"device {who} and another differ")
        st.html(f"<p>{name}　<span class='kz-gone'>{words.say(lang)}</span></p>")


show_page()
