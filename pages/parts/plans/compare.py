"""Up to four plans side by side, and the difference of two (検討案をならべる)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.cards.plan_table import moved_table, side_by_side
from layers.maps.popup import entity
from layers.served.plans import differ_now, effect_now
from pages.parts.frame.frame import no_markdown
from pages.parts.plans.kept import names_of
from surveys.store.plans import list_plans

if TYPE_CHECKING:
    from geo.analysis.reached import Moved
    from layers.asked import Asked
    from pages.parts.frame.office import Office
    from surveys.record.plan import Plan

MOST: Final = 4
_TWO: Final = 2


def show_compared(office: Office, asked: Asked) -> None:
    """Ask which plans stand beside each other, and show them (ならべて出す)."""
    lang = office.lang
    plans = [one for one in list_plans(office.register) if one.state != "put_away" and one.changes]
    names, kept = names_of(plans), {one.id: one for one in plans}
    if len(kept) < _TWO:
        return
    st.subheader(Words("検討案をならべる", "Plans side by side").say(lang), anchor=False)
    chosen = st.multiselect(
        Words(f"ならべる案（{MOST}つまで）", f"Plans (up to {MOST})").say(lang), list(kept),
        default=list(kept)[:MOST], max_selections=MOST, key="pl_compared",
        format_func=lambda id_: no_markdown(names[id_]),
    )  # fmt: skip
    found = [(kept[id_], moved) for id_ in chosen if (moved := _found(office, asked, kept[id_]))]
    if not found:
        return
    st.html(side_by_side([(names[one.id], moved) for one, moved in found], asked.people, lang))
    if len(found) >= _TWO:
        _show_difference(office, asked, [one for one, _ in found], names)


def _found(office: Office, asked: Asked, plan: Plan) -> Moved | None:
    try:
        return effect_now(asked, plan.changes).known
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
