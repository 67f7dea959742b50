"""What the log says comes next, as a card of today (次回のアプローチ)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.dates import parse_date, say_date
from geo.base.words import Words
from layers.cards.site_html import icon_img
from pages.parts.frame.office import address, button_link, link, today
from pages.parts.log.said import say_title
from surveys.store.log import list_steps

if TYPE_CHECKING:
    from geo.base.words import Lang
    from pages.parts.frame.office import Office
    from surveys.record.site import Site

_AHEAD_DAYS: Final = 7
_SHOWN: Final = 3
_LONGEST: Final = 60


def show_steps(office: Office) -> None:
    """Show the next steps whose day has come or is within a week, where there are any (次の一手を出す)."""
    lang = office.lang
    steps = list_steps(office.register, today().isoformat(), days=_AHEAD_DAYS)
    if not steps:
        return
    with st.container(border=True, key="card_steps"):
        head = Words(f"次回のアプローチ　{len(steps):,}件", f"Next steps: {len(steps):,}")
        rows = "".join(_row(one, lang) for one in steps[:_SHOWN])
        st.html(f"<h3 class='kz-head'>{head.say(lang)}</h3>{rows}")
        if len(steps) > _SHOWN:
            button_link(address("activities", lang), Words("活動記録を見る", "See the log"), lang)


def _row(step: Site, lang: Lang) -> str:
    text = str(step.answer("next_step") or say_title(step, lang)).split("\n")[0]
    short = text[:_LONGEST] + ("…" if len(text) > _LONGEST else "")
    way = link("activities", short, lang, entry=step.id)
    on = parse_date(step.answer("next_on"))
    late = "kz-due" if on <= today() else "kz-note"
    said = f"<span>{way}</span><span class='{late}'>{say_date(on, lang)}</span>"
    return f"<p class='kz-todo'>{icon_img(step.type.id, 28)}{said}</p>"
