"""Up to four plans side by side, and the difference of two (検討案をならべる)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from geo.base.marks import shown
from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.asked import make_question
from layers.cards.plan_table import moved_table, side_by_side
from layers.maps.icons import svg_data_uri
from layers.maps.legend import join_items
from layers.maps.moved_legend import plan_items
from layers.maps.popup import entity
from layers.pictures.area_map import draw_area_map, whole_town
from layers.pictures.figure import legend_of
from layers.pictures.figures import plan_map_of
from layers.served.answers import day_for
from layers.served.plans import differ_now, effect_now
from pages.parts.frame.linked import linked_switch
from pages.parts.plans.kept import names_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from layers.asked import Asked
    from layers.day.plan_effect import Effect
    from pages.parts.frame.office import Office
    from surveys.record.plan import Plan

MOST: Final = 4
# Whether some stand beside each other, and which.
BESIDE, COMPARED = "pl_beside", "pl_compared"
_TWO: Final = 2
# A small map: its width, and the least and most it is high for that.
_WIDE_PX: Final = 460.0
# More signs than these hide a small map, and setting them apart takes longer than the answer.
_MOST_SIGNS: Final = 60
_LOW, _HIGH = 0.55, 1.25


def show_compared(office: Office, asked: Asked, every: Sequence[Plan]) -> None:
    """Ask which plans stand beside each other, of all there are, and show them (ならべて出す).

    When it is asked for: it is another question than what one press does, and takes as long again.
    """
    lang = office.lang
    plans = [one for one in every if one.state != "put_away" and one.changes]
    names, kept = names_of(plans), {one.id: one for one in plans}
    if len(kept) < _TWO:
        return
    st.subheader(Words("検討案をならべる", "Plans side by side").say(lang), anchor=False)
    words = Words(f"ならべて見る（{len(kept)}案）", f"Show them ({len(kept)} plans)")
    if not st.toggle(words.say(lang), persist_state="session", **linked_switch(BESIDE, "beside")):
        return
    chosen = st.multiselect(
        Words(f"ならべる案（{MOST}つまで）", f"Plans (up to {MOST})").say(lang), list(kept),
        default=list(kept)[:MOST], max_selections=MOST, key=COMPARED,
        format_func=lambda id_: shown(names[id_]),
    )  # fmt: skip
    found = [(kept[id_], effect) for id_ in chosen if (effect := _found(office, asked, kept[id_]))]
    if not found:
        return
    st.html(
        side_by_side([(names[one.id], effect.known) for one, effect in found], asked.people, lang)
    )
    _show_maps(asked, found, names, lang)
    if len(found) >= _TWO:
        _show_difference(office, asked, [one for one, _ in found], names)


def _show_maps(
    asked: Asked, found: list[tuple[Plan, Effect]], names: dict[str, str], lang: Lang
) -> None:
    """Show a small map of each plan, all at one extent: gained and lost lean to different sides."""
    day = day_for(asked)
    question = make_question(asked, day.built)
    west, south, east, north = whole_town(day.built.border)
    high = _WIDE_PX * float(np.clip((north - south) / (east - west), _LOW, _HIGH))
    crowded = len(day.salons) > _MOST_SIGNS
    figures = []
    for plan, effect in found:
        name, counts = names[plan.id], effect.known.of(asked.people)
        told = f"{name} ＋{counts['gained']:,} −{counts['lost']:,}"
        drawn = plan_map_of(day, plan, effect, question)
        if crowded:  # what the plan changes stays
            drawn = replace(drawn, signs=[one for one in drawn.signs if one.number])
        svg = draw_area_map(
            drawn, width_px=_WIDE_PX, height_px=high, lang=lang,
            spoken=told,
        )  # fmt: skip
        figures.append(
            f"<figure><figcaption><b>{entity(name)}</b></figcaption>"
            f"<img alt='{entity(told)}' src='{svg_data_uri(svg)}'></figure>"
        )
    does = {change.do for plan, _ in found for change in plan.changes}
    legend = join_items(legend_of(day, plan_items(does=does)), lang)
    if crowded:
        note = Words(
            "通いの場が多いので、小さい地図には、案で変える所だけを出しています。",
            "There are many salons: the small maps show only what a plan changes.",
        )
        legend += f"<p class='kz-note'>{note.say(lang)}</p>"
    st.html(f"<div class='kz-small kz-beside'>{''.join(figures)}</div>{legend}")


def _found(office: Office, asked: Asked, plan: Plan) -> Effect | None:
    try:
        return effect_now(asked, plan.changes)
    except InputError as error:
        said = f"{plan.title}: {outside(error.words).say(office.lang)}"
        st.html(f"<p class='kz-note'>{entity(said)}</p>")
        return None


def _show_difference(
    office: Office, asked: Asked, plans: list[Plan], names: dict[str, str]
) -> None:
    lang = office.lang
    first, second = st.columns(2)
    one, other = (
        place.selectbox(
            words.say(lang), [plan.id for plan in plans], index=at, key=f"pl_differ_{at}",
            format_func=lambda id_: names[id_],
        )
        for at, (place, words) in enumerate(
            ((first, Words("この案に替えて", "In place of")), (second, Words("この案なら", "this plan")))
        )
    )  # fmt: skip
    if one == other:
        return
    by_id = {plan.id: plan for plan in plans}
    moved = differ_now(asked, by_id[str(one)].changes, by_id[str(other)].changes)
    counts = moved.of(asked.people)
    said = Words(
        f"「{names[str(one)]}」に替えて「{names[str(other)]}」なら、新しく届くのは {counts['gained']:,}人、"
        f"届かなくなるのは {counts['lost']:,}人です",
        f"With {names[str(other)]} in place of {names[str(one)]}, {counts['gained']:,} are gained and "
        f"{counts['lost']:,} lost",
    )
    st.html(f"<p class='kz-read'>{entity(said.say(lang))}</p>")
    called = [
        Words(f"「{names[str(id_)]}」で届く", f"within: {names[str(id_)]}") for id_ in (one, other)
    ]
    st.html(moved_table(moved, lang, every=False, called=(called[0], called[1])))
