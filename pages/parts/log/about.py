"""The entries of a log that speak of a site: the day and kind of each, not its texts (この所の活動記録)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from pages.parts.frame.frame import label
from pages.parts.frame.office import link
from pages.parts.log.said import say_known_day
from surveys.store.log import entries_about

if TYPE_CHECKING:
    from pages.parts.frame.office import Office

_SHOWN = 20


def about_html(office: Office, site_id: str) -> str:
    """Return the entries that speak of a site, each a link; "" where there are none (活動記録)."""
    lang = office.lang
    entries = entries_about(office.register, site_id)
    if not entries:
        return ""
    count = len(entries)
    head = Words(f"この所の活動記録　{count:,}件", f"Entries of the log: {count:,}").say(lang)
    rows = []
    for one in entries[:_SHOWN]:
        kind = one.type.field("kind").choice(str(one.answer("kind") or ""))
        day = link("activities", say_known_day(one.answers, lang), lang, entry=one.id)
        said = label(kind.words if kind else one.type.words, lang)
        rows.append(f"<li style='padding:.5rem 0;border-top:1px solid #DCD6C8'>{day}　{said}</li>")
    if count > _SHOWN:
        more = Words(f"ほか {count - _SHOWN:,}件", f"{count - _SHOWN:,} more").say(lang)
        rows.append(f"<li class='kz-note'>{more}</li>")
    return (
        f"<h3 class='kz-head'>{head}</h3>"
        f"<ul class='kz-about' style='list-style:none;margin:0;padding:0'>{''.join(rows)}</ul>"
    )
