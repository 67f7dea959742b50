"""Say why a place could not be seen, and end a walk with what is left named (踏査をおわる)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.maps.popup import entity
from pages.parts.frame.frame import label, no_markdown, pick
from pages.parts.frame.office import new_id, now_text, role_now, today
from pages.parts.walk.choice_list import name_of
from surveys.record.compose import Written, compose
from surveys.record.history import Origin
from surveys.record.walk import WALK, WHY_UNSEEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.walks.places import Place
    from pages.parts.frame.office import Office
    from surveys.record.outcome import Outcome
    from surveys.record.site import Site

_NAMED: Final = 12


def ask_unseen(office: Office, walk: Site, id_: str) -> None:
    """Ask why a place of a walk could not be seen (見られなかったわけ)."""
    lang = office.lang
    with st.popover(Words("見られなかった", "Could not be seen").say(lang), width="content"):
        words = {one.id: label(one.words, lang) for one in WHY_UNSEEN}
        key = f"why_{id_}"
        why = pick(Words("わけ", "Reason"), list(words), words, key, lang, WHY_UNSEEN[0].id)
        note = st.text_input(Words("くわしく", "Details").say(lang), key=f"{key}:note")
        if st.button(Words("わけを残す", "Keep the reason").say(lang), key=f"unseen_{id_}"):
            item: dict[str, Any] = {"_id": new_id()[:12], "place": [id_], "why": why}
            if note.strip():
                item["note"] = note.strip()
            _say_of_walk(office, walk, {"unseen": [*(walk.answers.get("unseen") or []), item]})


def take_back_unseen(office: Office, walk: Site, id_: str) -> None:
    """Offer to have a place be still to see after all (わけを取り消す)."""
    if st.button(
        Words("やはり見に行く", "To be seen after all").say(office.lang), key=f"see_{id_}"
    ):
        left = [
            one for one in walk.answers.get("unseen") or [] if id_ not in (one.get("place") or [])
        ]
        _say_of_walk(office, walk, {"unseen": left or None})


def show_ending(office: Office, walk: Site, outcome: Outcome, places: Mapping[str, Place]) -> None:
    """Offer to end a walk with places left, each named; or to go on with it (おわる・つづける)."""
    lang = office.lang
    if outcome.state == "left" and st.button(
        Words("この踏査をつづける", "Go on with this walk").say(lang), key="go_on", width="stretch"
    ):
        _say_of_walk(office, walk, {"ended_on": None})
    if outcome.state not in ("yet", "begun") or not outcome.missed:
        return
    with st.popover(
        Words("見ていない所を残しておわる", "End with places left").say(lang), width="stretch"
    ):
        count = len(outcome.missed)
        asked = Words(
            f"見ていない所が{count}か所あります。残したまま、この踏査をおわりますか。",
            f"{count} places are not seen. End this walk and leave them?",
        )
        names = [name_of(places.get(id_), lang) for id_ in outcome.missed[:_NAMED]]
        rest = Words(f"ほか{count - _NAMED}か所", f"{count - _NAMED} more").say(lang)
        listed = [*names, *([rest] if count > _NAMED else [])]
        items = "".join(f"<li>{entity(one)}</li>" for one in listed)
        st.html(f"<p>{asked.say(lang)}</p><ul>{items}</ul>")
        if st.button(Words("残しておわる", "End it").say(lang), key="end_walk"):
            _say_of_walk(office, walk, {"ended_on": today().isoformat()})


def _say_of_walk(office: Office, walk: Site, said: Mapping[str, Any]) -> None:
    """Keep a version of the walk itself with some answers changed; ``None`` takes one away."""
    whole = {**walk.answers, **said}
    id_ = new_id()
    version, faults = compose(
        WALK,
        walk.state,
        Written(
            version_id=id_, record_id=id_, site_id=walk.id, kind="correct", made_at=now_text(),
            origin=Origin(
                source="surveyed", sure="sure", by=role_now(office.lang), on=today().isoformat()
            ),
            answers={key: one for key, one in whole.items() if one is not None},
        ),
    )  # fmt: skip
    told = [words for _, words in faults]
    if not told:
        try:
            office.register.save(version)
        except InputError as error:
            told = [outside(error.words)]
    if not told:
        st.rerun()
    for words in told:
        st.error(no_markdown(words.say(office.lang)))
