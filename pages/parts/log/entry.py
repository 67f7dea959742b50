"""One entry of a log: all that was written, what may tell who somebody is, what comes next (活動記録の一件)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.maps.popup import entity
from pages.parts.frame.frame import no_markdown
from pages.parts.frame.office import (
    address,
    button_link,
    link,
    new_id,
    now_text,
    role_now,
    title_of,
    today,
)
from pages.parts.log.said import say_answer, say_day, say_title
from surveys.record.compose import Written, compose
from surveys.record.history import Origin
from surveys.record.privacy import REASON, notice_answers

if TYPE_CHECKING:
    from pages.parts.frame.office import Office
    from surveys.record.site import Site


def show_entry(office: Office, entry: Site) -> None:
    """Show an entry whole, with its way back and its form (一件を出す)."""
    lang = office.lang
    back = link("activities", Words("← 活動記録へもどる", "← Back to the log").say(lang), lang)
    st.html(f"<p class='kz-note'>{back}</p>")
    st.subheader(
        no_markdown(f"{say_day(entry.answers, lang)}　{say_title(entry, lang)}"), anchor=False
    )
    one, two, _ = st.columns([0.25, 0.35, 0.4])
    with one:
        there = address("record", lang, site=entry.id)
        button_link(there, Words("直す・書き足す", "Correct or add"), lang)
    if entry.answer("next_on") and entry.answer("next_state") is None:
        words = Words("次回のアプローチをした", "The next step is done")
        if two.button(words.say(lang), key=f"next_{entry.id}", width="stretch"):
            _finish_step(office, entry)
            st.rerun()
    noticed = notice_answers(entry.type, entry.answers)
    if noticed and not entry.answer(REASON):
        named = "、".join(
            dict.fromkeys(f"「{entity(each.text)}」" for some in noticed.values() for each in some)
        )
        words = Words(
            f"個人の名前や電話番号のようなことばがあります：{named}。役職・年代・地区で書き直すか、残すわけを書いてください。",
            f"Words that may tell who somebody is: {named}. Write role, age group and area, or say why they stay.",
        )
        st.html(f"<p class='kz-fault' role='alert'>{words.say(lang)}</p>")
    names = _names(office, entry)
    rows = "".join(
        f"<tr><th scope='row' style='text-align:left;vertical-align:top;white-space:nowrap;padding:.3rem .8rem'>"
        f"{entity(field.words.say(lang))}</th><td style='padding:.3rem .8rem;overflow-wrap:anywhere'>"
        f"{entity(say_answer(field, entry.answers[field.id], names, lang)).replace(chr(10), '<br>')}</td></tr>"
        for field in entry.type.fields
        if field.id in entry.answers
    )
    st.html(f"<table class='kz-facts'><tbody>{rows}</tbody></table>")


def _names(office: Office, entry: Site) -> dict[str, str]:
    asked = [one.id for one in entry.type.fields if one.kind == "sites"]
    ids = [id_ for key in asked for id_ in entry.answer(key) or []]
    found = office.register.sites_of(ids)
    return {
        id_: title_of(one.type, one.title, one.number, office.lang) for id_, one in found.items()
    }


def _finish_step(office: Office, entry: Site) -> None:
    id_ = new_id()
    origin = Origin(source="told", sure="sure", by=role_now(office.lang), on=today().isoformat())
    version, faults = compose(
        entry.type,
        entry.state,
        Written(
            version_id=id_, record_id=id_, site_id=entry.id, kind="correct", origin=origin,
            made_at=now_text(), answers={**entry.answers, "next_state": "done"},
        ),
    )  # fmt: skip
    try:
        if not faults:
            office.register.save(version)
    except InputError as error:
        st.error(no_markdown(outside(error.words).say(office.lang)))
