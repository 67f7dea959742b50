"""What is said once a record is saved (保存したあと)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.base.dates import parse_date, say_date
from geo.base.words import Words
from layers.cards.site_html import icon_img
from layers.maps.popup import entity
from pages.parts.frame.frame import no_markdown
from pages.parts.frame.office import address, button_link, title_of
from pages.parts.record.form import STATUS_KEY
from surveys.record.freshness import due_on
from surveys.record.history import ACTIVE
from surveys.record.site import find_type, make_title
from surveys.record.venue import say_not_meeting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages.parts.frame.office import Office
    from surveys.declaration.record_type import RecordType
    from surveys.record.history import SiteState
    from surveys.store.drafts import Draft
    from surveys.store.receipt import Receipt

# A site that is closed or gone asks nobody to come again.
_STANDING: Final = frozenset({"active", "paused"})


def show_receipt(
    office: Office,
    draft: Draft,
    receipt: Receipt,
    before: SiteState,
    answers: Mapping[str, Any],
) -> None:
    """Say that it is saved, with its number, and where to go on (保存したことを言う).

    Parameters
    ----------
    before
        The site as it was when the draft was begun.
    answers
        What was written of the site itself.
    """
    lang, type_ = office.lang, find_type(draft.type)
    title = title_of(type_, make_title(type_, dict(draft.answers)), receipt.number, lang)
    status = draft.answers.get(STATUS_KEY) or ACTIVE
    asks = status["is"] in _STANDING and not type_.log
    again = _say_again(office, draft, type_) if asks else Words("", "")
    head = Words("保存済み", "Saved")
    number = f"{receipt.number}-{receipt.seq}"
    told = Words(f"受付番号 {number}", f"receipt {number}")
    st.html(
        f"<div class='kz-saved' role='status'>{icon_img(type_.id, 40)} <b>{head.say(lang)}</b>　"
        f"{entity(title)}<br><span class='kz-note'>{told.say(lang)}　{again.say(lang)}</span></div>"
    )
    still = say_not_meeting(title, status, answers)
    if still and before.status["is"] != "active":
        st.warning(no_markdown(still.say(lang)))
    number_met = len(receipt.conflicts)
    if number_met:
        words = Words(
            f"あなたが書いているあいだに、ほかの人も同じ項目（{number_met}つ）を書きました。"
            "両方とも残してあります。カルテで選んでください。",
            f"Somebody else wrote the same {number_met} answers meanwhile; both are kept. "
            "Choose in the sheet.",
        )
        st.warning(words.say(lang))
    one, two, three = st.columns(3)
    if type_.log:
        with one:
            there = address("activities", lang, entry=receipt.site_id)
            button_link(there, Words("書いたものを見る", "See the entry"), lang)
        with two:
            more = Words(f"次の{type_.words.ja}を書く", f"Another {type_.words.en}")
            button_link(address("record", lang, type=type_.id), more, lang)
        with three:
            button_link(address("activities", lang), Words("活動記録へ", "To the log"), lang)
        return
    with one:
        button_link(
            address("karte", lang, site=receipt.site_id),
            Words("カルテを見る", "See the sheet"),
            lang,
        )
    with two:
        button_link(
            address("record", lang, type=type_.id),
            Words(f"次の{type_.words.ja}を書く", f"Another {type_.words.en}"),
            lang,
        )
    with three:
        button_link(address("sites", lang), Words("一覧へ", "To the list"), lang)


def _say_again(office: Office, draft: Draft, type_: RecordType) -> Words:
    """Return when a site that stands asks to be confirmed."""
    day = parse_date(due_on(draft.on, office.register.fresh_months(type_)))
    return Words(
        f"次に確認する日：{say_date(day, 'ja')}",
        f"asks to be confirmed on {say_date(day, 'en')}",
    )
