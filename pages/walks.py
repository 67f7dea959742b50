"""踏査: the walks, planned and done; the page of one, and of one being planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.base.dates import parse_date, say_date
from geo.base.problems import InputError
from geo.base.words import Lang, Words
from layers.cards.scrolled import scrolled
from layers.maps.popup import entity
from layers.served.register import register_now
from pages.parts.frame.declared import Page
from pages.parts.frame.draft_bar import press_throw_away
from pages.parts.frame.frame import label, show_empty
from pages.parts.frame.office import (
    Office,
    address,
    begin_office,
    button_link,
    link,
    new_id,
    now_text,
    role_now,
    title_of,
    today,
)
from pages.parts.question.visit import write_address
from pages.parts.walk.after import show_walk
from pages.parts.walk.draft import PLAN_KEY, forget_draft, put_draft
from pages.parts.walk.outing import look_at, order_outings
from pages.parts.walk.planning import show_planning
from surveys.record.walk import WALK, places_seen
from surveys.store.drafts import Draft, drop_draft, find_draft, list_drafts
from surveys.store.listing import list_walks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.parts.walk.outing import Outing
    from surveys.record.site import Site

PAGE = Page(id="walks", words=Words("踏査", "Walks"), group="record", order=50)
TITLE: Final = Words("次に、どこを歩くか", "Where to walk next?")
PLANNING: Final = Words("どこを、どの順に歩くか", "Where to walk, in which order?")
LANGS: Final[tuple[Lang, ...]] = ("ja", "en")
_WRAP: Final = " style='white-space:normal;overflow-wrap:anywhere'"
_PAGE: Final = 20
_DRAFTS_SHOWN: Final = 3


def show_page() -> None:
    """Show the list, a walk, or a walk being planned, as the address says (画面)."""
    params = st.query_params
    if params.get("walk"):
        _show_one(params["walk"])
    elif params.get("draft"):
        _show_draft(params["draft"])
    elif params.get("edit") or params.get("rest"):
        _open_from(params.get("edit") or params["rest"], rest="rest" in params)
    else:
        _show_list()


def _show_one(walk_id: str) -> None:
    walk = _find_walk(walk_id)
    if walk is None:
        _show_list(
            Words("その踏査は、台帳にありません。", "The register has no such walk."),
        )
        return
    ja, en = (title_of(WALK, walk.title, walk.number, one) for one in LANGS)
    show_walk(begin_office(Words(ja, en)), walk)


def _show_draft(draft_id: str) -> None:
    key = f"draft:{draft_id}"
    try:
        draft = st.session_state.get(key) or find_draft(register_now(), draft_id)
    except InputError:
        draft = st.session_state.get(key)
    saved = _find_walk(f"w{draft_id}")
    if draft is None and saved is not None:
        write_address({"draft": "", "walk": saved.id})
        st.rerun()
    if draft is None or draft.type != WALK.id:
        _show_list(
            Words(
                "その下書きは、もうありません（保存したか、捨てました）。",
                "That draft is gone: saved or thrown away.",
            )
        )
        return
    st.session_state.setdefault(key, draft)
    show_planning(begin_office(PLANNING), draft)


def _find_walk(walk_id: str) -> Site | None:
    try:
        walk = register_now().site(walk_id)
    except InputError:
        return None
    return walk if walk is not None and walk.type.id == WALK.id and not walk.hidden else None


def _open_from(walk_id: str, *, rest: bool) -> None:
    """Make a draft of a walk to correct it, or of the places it did not come to."""
    walk = _find_walk(walk_id)
    office = begin_office(TITLE)
    if walk is None:
        write_address(dict.fromkeys(("edit", "rest"), ""))
        st.rerun()
        return
    if rest:
        versions = office.register.versions_of_walk(walk.id)
        came_to = places_seen(walk.answers.get("places") or [], versions)
        name = title_of(WALK, walk.title, walk.number, office.lang)
        answers: dict[str, Any] = {
            "name": Words(f"{name}のつづき", f"{name}, the rest").say(office.lang),
            "places": [id_ for id_, state in came_to.items() if state == "missed"],
        }
        kept = walk.answers
        answers |= {key: kept[key] for key in ("surveyors", "area") if key in kept}
        _open_draft(office, answers)
        return
    _open_draft(office, walk.answers, walk)


def _open_draft(office: Office, answers: dict[str, Any], walk: Site | None = None) -> None:
    """Begin a draft and go to it; one that holds anything is kept at once."""
    draft = Draft(
        id=new_id(), type=WALK.id, changed_at=now_text(), answers=answers,
        site_id=walk.id if walk else None, base=walk.state.head if walk else 0,
        shape=walk.place if walk else None, by=role_now(office.lang), on=today().isoformat(),
    )  # fmt: skip
    if answers:
        put_draft(office, draft)
    st.session_state[f"draft:{draft.id}"] = draft
    write_address({"edit": "", "rest": "", "draft": draft.id})
    st.rerun()


# ---- the list ------------------------------------------------------------------------------


def _show_list(told: Words | None = None) -> None:
    office = begin_office(TITLE)
    lang = office.lang
    if told:
        st.warning(told.say(lang))
    said, button = st.columns([0.7, 0.3], vertical_alignment="center")
    walks = list_walks(office.register)
    if button.button(
        Words("踏査を計画する", "Plan a walk").say(lang),
        key="new_walk",
        type="primary",
        width="stretch",
    ):
        _open_draft(office, {})
    outings = order_outings(look_at(office.register, walk, today()) for walk in walks)
    planned = sum(one.planned for one in outings)
    words = Words(
        f"<span class='nb'>これから歩く踏査が <b>{planned}</b>回、</span>"
        f"<span class='nb'>歩き終わった踏査が <b>{len(outings) - planned}</b>回あります。</span>",
        f"<b>{planned}</b> walks are planned, <b>{len(outings) - planned}</b> are done.",
    )
    said.html(f"<p class='kz-read'>{words.say(lang)}</p>")
    came, outdoors, _ = st.columns([0.25, 0.35, 0.4])
    with came:
        button_link(address("received", lang), Words("届いた記録", "What devices sent"), lang)
    with outdoors:
        button_link(
            "/field/",
            Words("タブレットで書く（野外アプリ）", "Write on a tablet (field app)"),
            lang,
        )
    _show_drafts(office)
    if not outings:
        body = Words(
            "「踏査を計画する」で、行く所をえらぶと、まわる順と道のりが出ます。",
            "“Plan a walk” gives the order of visit and the way.",
        )
        show_empty(Words("踏査がまだありません", "no walk yet"), body, lang)
        return
    pages = -(-len(outings) // _PAGE)
    page = int(st.session_state.get("walks_page") or 1)
    st.html(_table(outings[(page - 1) * _PAGE : page * _PAGE], lang))
    if pages > 1:
        st.pagination(pages, key="walks_page")


def _table(outings: Sequence[Outing], lang: Lang) -> str:
    heads = [
        (Words("日", "Date"), ""), (Words("踏査・歩く人（役職）", "Walk, surveyors"), ""), (Words("地区", "Area"), ""),
        (Words("行く所", "Places"), "n"), (Words("見た", "Seen"), "n"),
        (Words("なかった", "Not there"), "n"), (Words("行かなかった", "Missed"), "n"),
    ]  # fmt: skip
    rows = ""
    for one in outings:
        walk, counts = one.walk, one.counts
        on = walk.answer("on")
        day = say_date(parse_date(on), lang) if on else Words("日は未定", "no day yet").say(lang)
        name = link("walks", title_of(WALK, walk.title, walk.number, lang), lang, walk=walk.id)
        mark = ""
        if one.planned:
            mark = f" <span class='kz-due'>{Words('これから', 'planned').say(lang)}</span>"
        if walk.state.conflicts:
            mark += f" <span class='kz-gone'>{Words('ちがいあり', 'differs').say(lang)}</span>"
        # Before a walk nothing was missed.
        known = [_say_count(counts[key], told=not one.planned, lang=lang) for key in counts]
        who = f"<br><span class='kz-note'>{entity(str(walk.answer('surveyors') or ''))}</span>"
        cells = [day, name + mark + who, entity(str(walk.answer("area") or ""))]
        rows += "<tr class='kz-row'>" + "".join(
            f"<td{wrap}>{cell}</td>" for cell, wrap in zip(cells, ("", _WRAP, ""), strict=True)
        )
        figures = [_say_count(sum(counts.values()), told=True, lang=lang), *known]
        rows += "".join(f"<td class='n'>{cell}</td>" for cell in figures) + "</tr>"
    head = "".join(f"<th class='{style}'>{words.say(lang)}</th>" for words, style in heads)
    table = f"<table class='kz-table'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return scrolled(Words("踏査の表", "table of walks"), table, lang)


def _say_count(count: int, *, told: bool, lang: Lang) -> str:
    if not told:
        return ""
    return Words(f"{count}か所", f"{count}").say(lang)


def _show_drafts(office: Office) -> None:
    drafts = [one for one in list_drafts(office.register) if one.type == WALK.id]
    for draft in drafts[:_DRAFTS_SHOWN]:
        with st.container(
            border=True, key=f"card_draft_{draft.id}", horizontal=True, vertical_alignment="center"
        ):
            _show_draft_card(office, draft)


def _show_draft_card(office: Office, draft: Draft) -> None:
    lang = office.lang
    title = str(draft.answers.get("name") or label(WALK.words, lang))
    count = len(draft.answers.get("places") or [])
    said = Words(f"書きかけ・{count}か所", f"unsaved draft, {count} places").say(lang)
    st.html(
        f"<b>{entity(title)}</b>　<span class='kz-note'>{said}　{entity(draft.by)}</span>",
        width="stretch",
    )
    with st.container(horizontal=True, width="content"):
        if st.button(Words("続きを書く", "Go on").say(lang), key=f"go_{draft.id}"):
            if draft.site_id and PLAN_KEY not in draft.answers:
                st.query_params["walk"] = draft.site_id  # its notes, not its plan
            st.query_params["draft"] = draft.id
            st.rerun()
        with st.popover(Words("捨てる", "Throw away").say(lang), width="content"):
            if press_throw_away(draft.id, lang):
                drop_draft(office.register, draft.id)
                forget_draft(draft.id)
                st.rerun()


show_page()
