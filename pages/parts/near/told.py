"""What is told of a point: the sentence, the cards, the ways, what is assumed (近い所を言う)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from geo.base.words import Words
from geo.say.near import line_nearest, line_off, lines_flattered, lines_near
from geo.say.sentence import Part
from layers.cards.near_html import place_card, salon_card
from layers.day.near import near_salons
from layers.day.near_places import near_places
from layers.maps.popup import entity
from layers.served.register import register_now
from surveys.record.claim import split_thing
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from datetime import date

    from geo.base.words import Lang
    from geo.coverage.question import Question
    from geo.say.sentence import Line
    from layers.day.near import NearSalon
    from layers.day.near_places import NearPlace
    from layers.day.spot import Spot
    from pages.parts.near.choices import Choices
    from surveys.record.site import Site

# As many as have a number on the map.
MOST: Final = 8
_CHOSEN: Final = "near_chosen"
_LOOKS: Final = "near_looks"
_OPEN: Final = "near_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that is near, as page and map show it (近い所の一つ).

    Attributes
    ----------
    number
        As on the map; 0 for one that is not on it.
    html
        Its card.
    walked
        Whether a way leads there.
    karte
        The register's id of its sheet, "" where nobody recorded it.
    """

    site_id: str
    kind: str
    at_m: tuple[float, float] | None
    number: int
    html: str
    walked: bool
    karte: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """All that is told of a point (近い所).

    Attributes
    ----------
    lines
        The sentence.
    rows
        The nearest, with their numbers.
    maybe
        Those that may be as wished, without numbers.
    notes
        What is left out, and why.
    """

    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    maybe: tuple[Row, ...] = ()
    notes: tuple[Words, ...] = ()


def find_near(spot: Spot, choices: Choices, lang: Lang, today: date) -> Near:
    """Return what is near, as it is told (近い所をさがす)."""
    if not spot.on:
        return Near(lines=(line_off(spot.off_m, lang),) if np.isfinite(spot.off_m) else (), rows=())
    if choices.kind == "salon":
        return _salons(spot, lang, today, lent=choices.lent)
    return _places(spot, choices.kind, lang, today)


def open_row(site_id: str) -> None:
    """Have the card of a place pressed on the map open, and its way drawn; "" shuts it (押した所を開く)."""
    st.session_state[_OPEN] = site_id
    if site_id:
        st.session_state[_CHOSEN] = site_id


def opened_row(near: Near) -> Row | None:
    """Return the row that was pressed on the map, None where none is open (開いている所)."""
    wanted = st.session_state.get(_OPEN)
    return next((row for row in near.rows if row.site_id == wanted), None)


def show_opened(near: Near, lang: Lang) -> None:
    """Show the card of the place pressed on the map, and the way to shut it (押した所のカード)."""
    row = opened_row(near)
    if row is None:
        return
    drawn = chosen_row(near) is row
    with st.container(border=True, key="card_map"):
        close = Words("閉じる", "Close").say(lang)
        st.button("✕", key="m_close", help=close, on_click=open_row, args=("",))
        _show_row(row, "opened", lang, drawn=drawn)


def show_near(near: Near, lang: Lang) -> None:
    """Show the cards, each with its buttons; the chosen one's way is on the map (カードを出す)."""
    chosen = chosen_row(near)
    for at, row in enumerate(near.rows):
        drawn = chosen is not None and row.site_id == chosen.site_id
        _show_row(row, f"{at}", lang, drawn=drawn)
    if near.maybe:
        title = Words(
            f"条件に合うか分からない所（{len(near.maybe)}）",
            f"Not known whether they fit ({len(near.maybe)})",
        )
        with st.expander(title.say(lang), key="n_maybe"):
            for at, row in enumerate(near.maybe):
                _show_row(row, f"maybe_{at}", lang, drawn=False)
    for words in near.notes:
        st.html(f"<p class='kz-note'>{entity(words.say(lang))}</p>")


def chosen_row(near: Near) -> Row | None:
    """Return the row whose way is drawn: the chosen one, else the nearest (道を出す所)."""
    walked = [row for row in near.rows if row.walked]
    wanted = st.session_state.get(_CHOSEN)
    return next((row for row in walked if row.site_id == wanted), walked[0] if walked else None)


def _show_row(row: Row, at: str, lang: Lang, *, drawn: bool) -> None:
    with st.container(border=True, key=f"card_near_{at}"):
        st.html(row.html)
        if not (row.karte or (row.walked and row.number)):
            return
        way, karte = st.columns(2)
        if row.walked and row.number:
            words = (
                Words("道を大きく見る", "Look at the way")
                if drawn
                else Words("道を地図に出す", "Show the way")
            )
            way.button(
                words.say(lang), key=f"n_way_{at}", width="stretch",
                on_click=_choose, args=(row.site_id,),
            )  # fmt: skip
        if row.karte and karte.button(
            Words("カルテを見る", "Site sheet").say(lang),
            key=f"n_karte_{at}",
            width="stretch",
        ):
            params = {"site": row.karte} | ({"lang": lang} if lang == "en" else {})
            st.switch_page("pages/karte.py", query_params=params)


def _choose(site_id: str) -> None:
    st.session_state[_CHOSEN] = site_id
    st.session_state[_LOOKS] = looks_now() + 1


def looks_now() -> int:
    """Return how often a way was asked to be looked at in this visit (道を見た回数)."""
    return int(st.session_state.get(_LOOKS, 0))


def _salons(spot: Spot, lang: Lang, today: date, *, lent: bool) -> Near:
    found = near_salons(spot, lent=lent)
    first = next((one for one in found.counted if np.isfinite(one.metres)), None)
    nearest = None if first is None else (first.listed.name, first.minutes)
    lines = lines_near(
        spot.day.as_asked(spot.question), lang,
        within=len(found.within), found=len(found.counted), nearest=nearest,
    )  # fmt: skip
    shown = found.counted[:MOST]
    rows = [_salon_row(spot, one, at, lang, today) for at, one in enumerate(shown, start=1)]
    maybe = [_salon_row(spot, one, 0, lang, today) for one in found.maybe[:MOST]]
    notes = []
    if lent:
        notes.append(
            Words("部屋を貸し出す所だけを出している。", "Only those that lend their room.")
        )
    if found.not_for_here:
        notes.append(
            Words(
                f"ほかの地区の人だけの通いの場 {found.not_for_here}か所は、出していない。",
                f"{found.not_for_here} salons for the people of other areas are left out.",
            )
        )
    more = len(found.counted) - len(shown)
    if more:
        notes.append(Words(f"もっと遠い所が、ほかに {more}か所ある。", f"{more} more are farther."))
    return Near(lines=lines, rows=tuple(rows), maybe=tuple(maybe), notes=tuple(notes))


def _salon_row(spot: Spot, one: NearSalon, number: int, lang: Lang, today: date) -> Row:
    html = salon_card(
        one, number, lang, today=today, limit=spot.question.within.words,
        slopes=spot.question.heights, straight=spot.question.straight,
    )  # fmt: skip
    return Row(
        site_id=one.listed.site_id, kind="salon", at_m=one.listed.at_m, number=number, html=html,
        walked=bool(np.isfinite(one.metres)) and not spot.question.straight,
        karte="" if one.listed.own else one.listed.site_id,
    )  # fmt: skip


def _places(spot: Spot, kind: str, lang: Lang, today: date) -> Near:
    found = near_places(spot, kind)
    name = RECORD_TYPES[kind].words
    if not found:
        none = Words(
            f"{name.ja}は、見つかりません。"
            if spot.question.straight
            else f"ここから歩いて行ける{name.ja}は、見つかりません。",
            f"No {name.en} was found."
            if spot.question.straight
            else f"No {name.en} within a walk from here was found.",
        )
        return Near(lines=(_line(none, lang),), rows=())
    sites = register_now().sites_of([one.site_id for one in found[:MOST] if not one.mapped])
    return Near(
        lines=(
            _nearest_place(found[0], lang, spot.question),
            *lines_flattered(spot.question, lang),
        ),
        rows=tuple(
            _place_row(spot, one, at, lang, today, sites.get(one.site_id))
            for at, one in enumerate(found[:MOST], start=1)
        ),
        notes=_place_notes(spot, len(found)),
    )


def _place_row(
    spot: Spot, one: NearPlace, number: int, lang: Lang, today: date, site: Site | None
) -> Row:
    return Row(
        site_id=one.site_id, kind=one.kind, at_m=one.at_m, number=number,
        walked=not spot.question.straight,
        html=place_card(
            one, number, lang, today=today, slopes=spot.question.heights, site=site,
            straight=spot.question.straight,
        ),
        karte="" if one.mapped else split_thing(one.site_id)[0],
    )  # fmt: skip


def _place_notes(spot: Spot, found: int) -> tuple[Words, ...]:
    """Return how many more there are, and which of the question's rules do not hold here."""
    question, notes = spot.question, []
    if found > MOST:
        more = found - MOST
        notes.append(Words(f"もっと遠い所が、ほかに {more}か所ある。", f"{more} more are farther."))
    if question.rest_m is not None or question.toilet_m is not None or question.trip != "there":
        notes.append(
            Words(
                "通いの場でない所は、休む所・トイレの決まりを入れず、行きの道のりで出している。",
                "To places other than salons: the way there, without rules of rests or toilets.",
            )
        )
    return tuple(notes)


def _nearest_place(one: NearPlace, lang: Lang, question: Question) -> Line:
    name = one.name.strip() or RECORD_TYPES[one.kind].words.say(lang)
    return line_nearest(name, one.minutes, lang, straight=question.straight)


def _line(words: Words, lang: Lang) -> Line:
    return (Part(text=words.say(lang)),)
