"""What was answered so far, each to be taken back (これまでの答え)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words
from layers.day.called import say_thing
from layers.maps.popup import entity
from pages.parts.frame.office import link, now_text, say_moment
from pages.parts.same.pairs import call_place
from pages.parts.same.told import Done, tell
from surveys.store.claims import redo_claim, undo_claim

if TYPE_CHECKING:
    from layers.day.places import Joined
    from pages.parts.frame.office import Office
    from surveys.record.claim import Claim

_MOST: Final = 30


def show_answers(office: Office, joined: Joined) -> None:
    """Show the newest answers, whether they stand, and which are of places no more there (答え)."""
    lang = office.lang
    if not joined.claims:
        return
    newest = joined.claims[::-1][:_MOST]
    head = Words("これまでの答え", "Answers so far")
    if len(joined.claims) > len(newest):
        head = Words(
            f"これまでの答え（{len(joined.claims):,}件のうち新しい {len(newest)}件）",
            f"Answers so far (the newest {len(newest)} of {len(joined.claims):,})",
        )
    st.subheader(head.say(lang), anchor=False)
    places = joined.places
    kinds = dict(zip(places["rest_id"], places["kind"], strict=True))
    names = dict(zip(places["rest_id"], places["name"], strict=True))
    sites = office.register.sites_of(one.site_id for one in newest)
    for one in newest:
        text, button = st.columns([0.75, 0.25], vertical_alignment="center")
        site, there = sites.get(one.site_id), one.place_id in kinds
        record = (
            ""
            if site is None
            else link("karte", say_thing(site, one.inside).say(lang), lang, site=site.id)
        )
        place = (
            call_place(kinds[one.place_id], names[one.place_id], lang) if there else one.place_id
        )
        when = "　".join(entity(part) for part in (say_moment(one.made_at, lang), one.by) if part)
        text.html(
            f"<p>{entity(place)} — {record}　<b class='nb'>{_say(one).say(lang)}</b>"
            f"{_say_standing(one, there=there).say(lang)}"
            f"<br><span class='kz-note'>{when}</span></p>"
        )
        words = Words("元に戻す", "Bring back") if one.undone_at else Words("取り消す", "Undo")
        button.button(
            words.say(lang), key=f"sm_turn_{one.id}", width="stretch",
            on_click=_turn, args=(office, one),
        )  # fmt: skip


def _say(claim: Claim) -> Words:
    return Words("同じ", "the same") if claim.same else Words("ちがう", "not the same")


def _say_standing(claim: Claim, *, there: bool) -> Words:
    if claim.undone_at:
        return Words("（取り消した）", " (taken back)")
    if claim.hidden:
        return Words("（記録が取り消されている）", " (the record is undone)")
    return Words("", "") if there else Words("（地図にもうない所）", " (on the map no more)")


def _turn(office: Office, claim: Claim) -> None:
    if claim.undone_at:
        redo_claim(office.register, claim.id)
        tell(Done(words=Words("答えを元に戻しました。", "The answer stands again.")))
    else:
        undo_claim(office.register, claim.id, now=now_text())
        tell(Done(words=Words("答えを取り消しました。", "The answer is taken back.")))
