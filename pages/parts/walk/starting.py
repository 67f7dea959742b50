"""Begin a walk's draft: empty, from a walk, from an area, or with one place more (踏査の計画をはじめる)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.asked import make_question
from layers.served.answers import day_for
from layers.served.gaps import gaps_now
from layers.served.walking import day_now
from layers.walks.area import choose_in_area
from layers.walks.gap_walk import walk_to_gap
from layers.walks.places import find_places_of
from pages.parts.frame.frame import asked_before
from pages.parts.frame.office import new_id, now_text, role_now, title_of, today
from pages.parts.question.visit import write_address
from pages.parts.walk.choice_list import name_of
from pages.parts.walk.draft import GAP_KEY, PLAN_KEY, Wish, places_in, put_draft, with_answers
from surveys.record.outcome import outcome_of
from surveys.record.walk import WALK
from surveys.store.drafts import Draft, find_draft, list_drafts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.walks.gap_walk import GapWalk
    from pages.parts.frame.office import Office
    from surveys.record.site import Site

# What an address may ask to begin with.
STARTS = ("edit", "left", "area", "gap", "add", "add_place")


def open_draft(office: Office, answers: Mapping[str, Any], walk: Site | None = None) -> None:
    """Begin a draft and go to it; one that holds anything is kept at once (下書きをはじめる)."""
    _go_to(_new(office, answers, walk).id)


def open_rest(office: Office, walk: Site) -> None:
    """Begin a walk to the places another did not come to (つづきの踏査)."""
    outcome = outcome_of(walk.answers, office.register.versions_of_walk(walk.id))
    name = title_of(WALK, walk.title, walk.number, office.lang)
    answers: dict[str, Any] = {
        "name": Words(f"{name}のつづき", f"{name}, the rest").say(office.lang),
        "places": list(outcome.missed),
    }
    kept = walk.answers
    answers |= {key: kept[key] for key in ("surveyors", "area") if key in kept}
    open_draft(office, answers)


def open_area(office: Office, params: Mapping[str, str]) -> Words | None:
    """Begin a walk to what is to see in an area; return why that cannot be (地区からはじめる)."""
    # Back, and the same link pressed again, lead to the draft that was made of it.
    key = f"started:{params.get('area')}:{params.get('kind', '')}:{params.get('gap', '')}"
    draft_id = st.session_state.get(key, "")
    if draft_id and find_draft(office.register, draft_id):
        _go_to(draft_id)
    try:
        gap = _gap_walk(office, params.get("gap", ""))
        found = choose_in_area(
            office.town, office.register, params, today=today().isoformat(),
            asked={one.place_id for one in day_now().told.joined.asked},
            first=() if gap is None else gap.spots,
        )  # fmt: skip
    except InputError as error:
        return outside(error.words)
    answers: dict[str, Any] = {"area": found.name, "places": list(found.ids)}
    said = _say_area(found.name, len(found.ids) - found.first, found.total - found.first)
    if gap is not None:
        start, end = ({"by": "tap", "at": list(one)} for one in (gap.start, gap.end))
        answers |= {
            PLAN_KEY: Wish(start=start, end=end, own=False).dump(), GAP_KEY: params["gap"],
            "name": Words(f"{gap.name}の道すじを見る", f"The way from {gap.name}").say(office.lang)[:80],
        }  # fmt: skip
        said = _say_gap(gap, said)
    draft = _new(office, answers)
    st.session_state[key] = draft.id
    st.session_state[f"draft:{draft.id}:begun"] = said
    _go_to(draft.id)
    return None


def add_place(office: Office, place_id: str) -> Words | None:
    """Put one place on the walk being planned, else on a new one; return why not (踏査に加える)."""
    place = find_places_of(office.town, office.register, [place_id]).get(place_id)
    if place is None:
        return Words(
            "その所は、一覧にも街のデータにもありません。",
            "Neither the register nor the town's data has that place.",
        )
    drafts = (one for one in list_drafts(office.register) if is_plan(one))
    draft = next(drafts, None) or _new(office, {})
    st.session_state.setdefault(f"draft:{draft.id}", draft)
    ids, name = places_in(draft), name_of(place, office.lang)
    there = place_id in ids
    if not there:
        put_draft(office, with_answers(draft, {"places": [*ids, place_id]}))
    said = Words(f"「{name}」を、この踏査に加えました。", f"{name} was put on this walk.")
    if there:
        said = Words(f"「{name}」は、もうこの踏査にあります。", f"{name} is on this walk already.")
    st.session_state[f"draft:{draft.id}:begun"] = said
    _go_to(draft.id)
    return None


def is_plan(draft: Draft) -> bool:
    """Whether a draft is of a walk's plan, and not of what one was like (計画の下書きか)."""
    return draft.type == WALK.id and (draft.site_id is None or PLAN_KEY in draft.answers)


def _new(office: Office, answers: Mapping[str, Any], walk: Site | None = None) -> Draft:
    draft = Draft(
        id=new_id(), type=WALK.id, changed_at=now_text(), answers=answers,
        site_id=walk.id if walk else None, base=walk.state.head if walk else 0,
        shape=walk.place if walk else None, by=role_now(office.lang), on=today().isoformat(),
    )  # fmt: skip
    if answers:
        put_draft(office, draft)
    st.session_state[f"draft:{draft.id}"] = draft
    return draft


def _gap_walk(office: Office, gap_id: str) -> GapWalk | None:
    """Return what is to be looked at for a place of 空白をさがす, None for none."""
    if not gap_id:
        return None
    asked = asked_before(office.town)
    day, gaps = day_for(asked), gaps_now(asked)
    question = day.as_asked(make_question(asked, day.built))
    return walk_to_gap(day, office.register, question, gaps, gap_id)


def _say_gap(gap: GapWalk, rest: Words) -> Words:
    """Return what the walk looks at first, and what was put on its list."""
    way = "。".join(one.ja for one in gap.said), "; ".join(one.en for one in gap.said)
    return Words(
        f"{gap.name}から、いちばん近い通いの場までの道すじを歩きます。"
        + (f"{way[0]}。" if way[0] else "") + f"道すじの坂・階段・座れる所を先に入れました。ほかに、{rest.ja}",
        f"The walk goes from {gap.name} to the nearest salon"
        + (f": {way[1]}" if way[1] else "") + f". Slopes, steps and seats on the way come first. {rest.en}",
    )  # fmt: skip


def _say_area(name: str, count: int, total: int) -> Words:
    if not total:
        return Words(
            f"{name}には、確認の時期がきた所も、まだ見ていない所もありません。",
            f"In {name} nothing is due and nothing is unseen.",
        )
    if not count:
        return Words(
            f"{name}の、確認の時期がきた所とまだ見ていない所（{total:,}か所）は、下の一覧でたせます。",
            f"{total:,} places of {name} that are due or unseen can be added below.",
        )
    more = total > count
    rest = Words(f"（全部で{total:,}か所）", f" of {total:,}") if more else Words("", "")
    return Words(
        f"{name}の、確認の時期がきた所とまだ見ていない所から、{count}か所{rest.ja}を入れました。"
        "はずす、たすは下の一覧でできます。",
        f"{count}{rest.en} places of {name} that are due or unseen are on the list; change it below.",
    )


def _go_to(draft_id: str) -> None:
    write_address(dict.fromkeys((*STARTS, "kind"), "") | {"draft": draft_id})
    st.rerun()
