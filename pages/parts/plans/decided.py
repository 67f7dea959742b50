"""What was decided and no record says yet, in a line (決まったことの一行)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from layers.maps.popup import entity
from pages.parts.frame.office import link, say_moment
from surveys.record.plan import DO_WORDS

if TYPE_CHECKING:
    from geo.base.words import Lang
    from layers.day.decided import Decided


def say_decided(one: Decided, lang: Lang) -> str:
    """Return what is decided, by which plan and when, with the way there, as HTML (言い方)."""
    when = f"（{one.change.schedule}）" if one.change.schedule else ""
    what = entity(DO_WORDS[one.change.do].say(lang) + when)
    plan = link("plans", one.plan.title, lang, plan=f"{one.plan.id}.{one.plan.number}")
    said = entity(say_moment(one.plan.made_at, lang))
    more = Words("一覧に入れた", "put into the list").say(lang)
    return f"{what}　{plan}（{said} {more}）"
