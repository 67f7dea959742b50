"""The list of sites as HTML: number, name, area, when it was seen, what matters (一覧の表)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.dates import parse_date, say_age, say_date
from geo.base.words import Words
from layers.cards.open_lines import OPEN_HEAD, open_lines
from layers.cards.say_answer import say_value
from layers.cards.scrolled import scrolled
from layers.cards.site_html import icon_img
from layers.maps.popup import entity
from surveys.declaration.field import UNKNOWN
from surveys.record.history import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from geo.base.words import Lang
    from surveys.record.site import Site

_HEADS: Final[Mapping[str, Words]] = {
    "number": Words("番号", "No."),
    "name": Words("名前", "Name"),
    "area": Words("地区", "Area"),
    "seen": Words("見た日", "Seen"),
    "open": OPEN_HEAD,
    "facts": Words("おもなこと", "Facts"),
}
_NAME: Final = Words("地点の表", "table of sites")
_MOST_FACTS: Final = 3


def list_html(
    sites: Sequence[Site],
    lang: Lang,
    *,
    today: date,
    areas: Mapping[str, str],
    link: Callable[[Site], str],
    here: str = "",
    times: bool = True,
) -> str:
    """Return sites as the rows of a table, those to be confirmed marked (一覧の表).

    On a narrow screen each row is a card, its cells under one another with their heads
    (``streamlit.css``).

    Parameters
    ----------
    areas
        The area's name by site id.
    link
        Makes the name of a site, with its link, as HTML.
    here
        The id of the site one came back from; its row is marked.
    times
        Whether days, hours and fees have a column.
    """
    heads = {id_: words.say(lang) for id_, words in _HEADS.items() if times or id_ != "open"}
    head = "".join(f"<th class='c-{id_}'>{text}</th>" for id_, text in heads.items())
    rows = "".join(
        _row(site, heads, lang, today, areas.get(site.id, ""), link(site), site.id == here)
        for site in sites
    )
    table = f"<table class='kz-table kz-list'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return scrolled(_NAME, table, lang)


def seen_html(seen_on: str, lang: Lang, today: date) -> str:
    """Return when a site was last seen, and how long ago (見た日)."""
    if not seen_on:
        return Words("まだ見ていない", "never seen").say(lang)
    day = parse_date(seen_on)
    return f"{say_date(day, lang)} <small>{say_age(day, today, lang)}</small>"


def _row(
    site: Site,
    heads: Mapping[str, str],
    lang: Lang,
    today: date,
    area: str,
    name: str,
    here: bool,  # noqa: FBT001 - passed in one place
) -> str:
    due = site.due_on <= today.isoformat()
    seen = seen_html(site.state.seen_on, lang, today)
    named = f"<span>{name}{_marks(site, lang)}</span>"
    cells = {
        "number": str(site.number),
        "name": f"<span class='kz-name'>{icon_img(site.type.id, 26, hollow=due)}{named}</span>",
        "area": entity(area),
        "seen": f"<span class='kz-due'>{seen}</span>" if due else seen,
        "open": "<br>".join(map(entity, open_lines(site, lang))) if "open" in heads else "",
        "facts": entity(_say_facts(site, lang)),
    }
    body = "".join(
        f"<td class='c-{id_}{'' if cells[id_] else ' c-none'}' data-head='{entity(text)}'>{cells[id_]}</td>"
        for id_, text in heads.items()
    )
    return (
        f"<tr class='kz-row{' kz-here' if here else ''}' data-row='{entity(site.id)}'>{body}</tr>"
    )


def _marks(site: Site, lang: Lang) -> str:
    marks = ""
    if site.state.status["is"] != "active":
        said = next(words for id_, words in STATUS_WORDS.items() if id_ == site.state.status["is"])
        marks += f" <span class='kz-gone'>{said.say(lang)}</span>"
    if site.state.conflicts:
        marks += f" <span class='kz-gone'>{Words('ちがいあり', 'differs').say(lang)}</span>"
    return marks


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
