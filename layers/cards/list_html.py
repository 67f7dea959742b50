"""The list of sites as HTML: number, name, area, when it was seen, what matters (一覧の表)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.dates import parse_date, say_age, say_date
from geo.base.words import Words
from layers.cards.say_answer import say_value
from layers.cards.scrolled import scrolled
from layers.cards.site_html import icon_img
from layers.maps.popup import entity
from surveys.declaration.field import UNKNOWN
from surveys.record.history import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from geo.base.words import Lang
    from surveys.record.site import Site

_HEADS: Final = (
    Words("番号", "No."),
    Words("名前", "Name"),
    Words("地区", "Area"),
    Words("見た日", "Seen"),
    Words("おもなこと", "Facts"),
)
_NAME: Final = Words("地点の表", "table of sites")
_MOST_FACTS: Final = 3


def list_html(
    sites: Iterable[Site],
    lang: Lang,
    *,
    today: date,
    areas: Mapping[str, str],
    link: Callable[[Site], str],
) -> str:
    """Return sites as the rows of a table, those to be confirmed marked (一覧の表).

    Parameters
    ----------
    areas
        The area's name by site id.
    link
        Makes the name of a site, with its link, as HTML.
    """
    head = "".join(f"<th>{one.say(lang)}</th>" for one in _HEADS)
    rows = "".join(_row(site, lang, today, areas.get(site.id, ""), link(site)) for site in sites)
    table = f"<table class='kz-table kz-list'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return scrolled(_NAME, table, lang)


def seen_html(seen_on: str, lang: Lang, today: date) -> str:
    """Return when a site was last seen, and how long ago (見た日)."""
    if not seen_on:
        return Words("まだ見ていない", "never seen").say(lang)
    day = parse_date(seen_on)
    return f"{say_date(day, lang)} <small>{say_age(day, today, lang)}</small>"


def _row(site: Site, lang: Lang, today: date, area: str, name: str) -> str:
    due = site.due_on <= today.isoformat()
    marks = ""
    if site.state.status["is"] != "active":
        said = next(words for id_, words in STATUS_WORDS.items() if id_ == site.state.status["is"])
        marks += f" <span class='kz-gone'>{said.say(lang)}</span>"
    if site.state.conflicts:
        marks += f" <span class='kz-gone'>{Words('ちがいあり', 'differs').say(lang)}</span>"
    seen = seen_html(site.state.seen_on, lang, today)
    cells = (
        f"<span class='kz-name'>{icon_img(site.type.id, 26, hollow=due)}<span>{name}{marks}</span></span>",
        entity(area),
        f"<span class='kz-due'>{seen}</span>" if due else seen,
        entity(_say_facts(site, lang)),
    )
    body = "".join(f"<td>{cell}</td>" for cell in cells)
    return f"<tr class='kz-row'><td class='n'>{site.number}</td>{body}</tr>"


def _say_facts(site: Site, lang: Lang) -> str:
    """Return what a line says of a site: its things and first choices."""
    said: list[str] = []
    answers = site.answers
    for field in site.type.fields:
        value = answers.get(field.id)
        if value is None or value == UNKNOWN or len(said) == _MOST_FACTS:
            continue
        if field.kind == "items" or (field.kind == "choice" and field.first):
            # A list is called by what it lists: 「トイレ 1か所」, not 「トイレ（くわしく） 1か所」.
            words = field.item.words if field.item and lang == "ja" else field.words
            said.append(f"{words.say(lang)} {say_value(field, value, lang)}")
    return "・".join(said) if lang == "ja" else " · ".join(said)
