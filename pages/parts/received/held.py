"""Records that are held until a person decides, and photos nobody can open (預かった記録の画面)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.maps.popup import entity
from pages.parts.frame.office import now_text, say_moment
from surveys.record.history import PLACE
from surveys.record.say_path import say_path
from surveys.record.site import find_type, knows_type
from surveys.store.field_receipts import list_held_photos, list_noted, list_received
from surveys.store.received_photos import load_held_photo
from surveys.store.settling import settle_held
from surveys.sync.received import payload_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.words import Lang
    from pages.parts.frame.office import Office
    from surveys.store.field_receipts import Received


def show_held(office: Office, codes: Mapping[str, str]) -> None:
    """Show what is held, why, and what can be done (預かっているもの)."""
    lang = office.lang
    held, photos = list_received(office.register, state="held"), list_held_photos(office.register)
    if not held and not photos:
        return
    head = Words(f"預かっている記録（{len(held):,}件）", f"Held records ({len(held):,})")
    st.subheader(head.say(lang), anchor=False)
    for one in held:
        with st.container(border=True, key=f"card_held_{one.id}"):
            _show_card(office, one, codes)
    for photo in photos:
        _show_photo(office, photo, codes)


def show_noted(office: Office, codes: Mapping[str, str]) -> None:
    """Show the kept records of which something is to be said, as of a wrong clock (注意のある記録)."""
    noted = list_noted(office.register)
    if not noted:
        return
    lang = office.lang
    st.subheader(Words("確かめてほしい記録", "Records to look at again").say(lang), anchor=False)
    rows = "".join(_say_noted(one, codes.get(one.device_id, "?"), lang) for one in noted)
    st.html(f"<ul>{rows}</ul>")


def _name_of(one: Received, lang: Lang) -> str:
    return one.title or (
        find_type(one.type).words.say(lang) if knows_type(one.type) else one.id[:8]
    )


def _say_noted(one: Received, code: str, lang: Lang) -> str:
    who = Words(f"端末{code}", f"Device {code}").say(lang)
    faults = "<br>".join(entity(text) for text in say_faults(one, lang))
    name = entity(_name_of(one, lang))
    return f"<li>{name}　<span class='kz-note'>{who}　{entity(one.label)}</span>：{faults}</li>"


def say_faults(one: Received, lang: Lang) -> list[str]:
    """Return why a record is held, one line each (預かったわけ)."""
    patch = one.payload.get("patch")
    flat = patch if isinstance(patch, dict) else {}
    return [_say_fault(one.type, fault, flat, lang) for fault in one.faults]


def _say_fault(type_id: str, fault: Mapping[str, Any], flat: Mapping[str, Any], lang: Lang) -> str:
    words = Words(fault["words"]["ja"], fault["words"]["en"]).say(lang)
    path = str(fault["path"])
    if not path or path == "@clock":
        return words
    if knows_type(type_id) and (path in flat or path == PLACE):
        usable = {key: value for key, value in flat.items() if value is not None}
        try:
            name = say_path(find_type(type_id), path, usable).say(lang)
        except (TypeError, ValueError):
            name = path
    else:
        name = path
    return f"{name}: {words}" if lang == "en" else f"{name}：{words}"


def _show_card(office: Office, one: Received, codes: Mapping[str, str]) -> None:
    lang = office.lang
    code = codes.get(one.device_id, "?")
    who = Words(f"端末{code}", f"Device {code}").say(lang)
    faults = "<br>".join(entity(text) for text in say_faults(one, lang))
    st.html(
        f"<b>{entity(_name_of(one, lang))}</b>　<span class='kz-note'>{who}　"
        f"{entity(one.label)}　{say_moment(one.received_at, lang)}</span>"
        f"<p class='kz-fault'>{faults}</p>"
    )
    again, move, raw = st.columns([0.25, 0.45, 0.3])
    words = Words("もう一度ためす", "Try again")
    if again.button(words.say(lang), key=f"rc_again_{one.id}", width="stretch"):
        _settle(office, one.id, move=False)
    words = Words(
        "使えない答えを気づいたことに移して記録する",
        "Move unusable answers into the findings, and keep",
    )
    if movable(one) and move.button(words.say(lang), key=f"rc_move_{one.id}", width="stretch"):
        _settle(office, one.id, move=True)
    raw.download_button(
        Words("届いたままを保存する", "Save as it came").say(lang), payload_text(dict(one.payload)),
        file_name=f"{one.id}.json", mime="application/json", key=f"rc_raw_{one.id}",
        width="stretch", on_click="ignore",
    )  # fmt: skip


def movable(one: Received) -> bool:
    """Say whether an answer, rather than the whole record, is what is wrong (移せるか)."""
    patch = one.payload.get("patch")
    known = {PLACE, *(patch if isinstance(patch, dict) else ())}
    return knows_type(one.type) and any(fault["path"] in known for fault in one.faults)


def _settle(office: Office, id_: str, *, move: bool) -> None:
    lang = office.lang
    try:
        answer = settle_held(office.register, id_, now=now_text(), move=move)
    except InputError as error:
        st.html(f"<p class='kz-fault'>{entity(outside(error.words).say(lang))}</p>")
        return
    if answer.state == "kept":
        words = Words(f"地点 {answer.number} に記録しました。", f"Kept at site {answer.number}.")
    else:
        words = Words(
            "まだ記録できません。預かったままです。", "It cannot be kept yet; it stays held."
        )
    st.session_state["rc_done"] = words.say(lang)
    st.rerun()


def _show_photo(office: Office, photo: Mapping[str, Any], codes: Mapping[str, str]) -> None:
    lang, id_ = office.lang, str(photo["id"])
    fault = photo["fault"]
    with st.container(border=True, key=f"card_photo_{id_}"):
        text, raw = st.columns([0.7, 0.3], vertical_alignment="center")
        code = codes.get(photo["device_id"], "?")
        said = Words(
            f"端末{code}の写真 {id_[:8]}…（{photo['size']:,}バイト）",
            f"Photo {id_[:8]}… of device {code} ({photo['size']:,} bytes)",
        )
        why = Words(fault["ja"], fault["en"]).say(lang)
        text.html(f"<b>{said.say(lang)}</b><p class='kz-fault'>{entity(why)}</p>")
        raw.download_button(
            Words("届いたままを保存する", "Save as it came").say(lang),
            lambda: load_held_photo(office.register, id_) or b"", file_name=f"{id_}.bin",
            mime="application/octet-stream", key=f"rc_photo_{id_}", width="stretch",
            on_click="ignore",
        )  # fmt: skip
