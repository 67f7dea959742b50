"""踏査: the walks, planned and done; the page of one, and of one being planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.dates import parse_date, say_date
from geo.base.problems import InputError
from geo.base.words import Lang, Words, count_in_english
from layers.cards.scrolled import scrolled
from layers.maps.popup import entity
from layers.served.register import register_now
from pages.parts.frame.declared import Page
from pages.parts.frame.draft_bar import press_throw_away
from pages.parts.frame.frame import label, no_markdown, show_empty
from pages.parts.frame.office import (
    Office,
    address,
    begin_office,
    button_link,
    link,
    title_of,
    today,
)
from pages.parts.question.visit import write_address
from pages.parts.walk.after import show_walk
from pages.parts.walk.came import state_html
from pages.parts.walk.draft import PLAN_KEY, forget_draft
from pages.parts.walk.outing import look_at, order_outings
from pages.parts.walk.planning import show_planning
from pages.parts.walk.starting import add_place, open_area, open_draft, open_rest
from surveys.record.walk import WALK
from surveys.store.drafts import drop_draft, find_draft, list_drafts
from surveys.store.listing import list_walks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.parts.walk.outing import Outing
    from surveys.record.site import Site
    from surveys.store.drafts import Draft

PAGE = Page(
    id="walks", words=Words("踏査", "Walks"), group="record", order=50,
    kinds=("walk", "draft", "site"),
)  # fmt: skip
TITLE: Final = Words("次に、どこを歩くか", "Where to walk next?")
PLANNING: Final = Words("どこを、どの順に歩くか", "Where to walk, in which order?")
LANGS: Final[tuple[Lang, ...]] = ("ja", "en")
_KEEP: Final = " style='white-space:nowrap'"
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
    elif params.get("edit") or params.get("left"):
        _open_from(params.get("edit") or params["left"], rest="left" in params)
    elif params.get("area") or params.get("add") or params.get("add_place"):
        _show_list(begins=True)
    else:
        _show_list()


def _show_one(walk_id: str) -> None:
    walk = _find_walk(walk_id)
    if walk is None:
        _show_list(
            Words("その踏査は、一覧にありません。", "The register has no such walk."),
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
    if walk is None:
        write_address(dict.fromkeys(("edit", "left"), ""))
        st.rerun()
        return
    office = begin_office(TITLE)
    if rest:
        open_rest(office, walk)
    else:
        open_draft(office, walk.answers, walk)


# ---- the list ------------------------------------------------------------------------------


def _show_list(told: Words | None = None, *, begins: bool = False) -> None:
    office = begin_office(TITLE)
    lang = office.lang
    if begins:  # what goes well leads on to the plan
        params = st.query_params
        place_id = params.get("add") or params.get("add_place")
        told = add_place(office, place_id) if place_id else open_area(office, params.to_dict())
    if told:
        st.warning(no_markdown(told.say(lang)))
    said, button = st.columns([0.7, 0.3], vertical_alignment="center")
    walks = list_walks(office.register)
    if button.button(
        Words("踏査を計画する", "Plan a walk").say(lang),
        key="new_walk",
        type="primary",
        width="stretch",
    ):
        open_draft(office, {})
    outings = order_outings(look_at(office.register, walk, today()) for walk in walks)
    states = [one.outcome.state for one in outings]
    yet, begun = states.count("yet"), states.count("begun")
    done = len(states) - yet - begun
    words = Words(
        f"<span class='nb'>まだの踏査が <b>{yet}</b>回、</span>"
        f"<span class='nb'>途中の踏査が <b>{begun}</b>回、</span>"
        f"<span class='nb'>おわった踏査が <b>{done}</b>回あります。</span>",
        f"<b>{yet}</b> walks are not begun, <b>{begun}</b> under way, <b>{done}</b> ended.",
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
        far = Words("道のり", "the way")
        if office.town.streetless:
            far = Words("直線でつないだ長さ", "its length in straight lines")
        body = Words(
            f"踏査は、歩いて調べることです。「踏査を計画する」で、行く所を選ぶと、まわる順と{far.ja}が出ます。",
            f"A walk is an outing to look at places. “Plan a walk” gives the order of visit and {far.en}.",
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
        (Words("予定", "Planned"), "n"), (Words("見た", "Seen"), "n"), (Words("見ていない", "Not seen"), "n"),
        (Words("閉まった", "Closed"), "n"), (Words("途中でたした", "Added"), "n"),
    ]  # fmt: skip
    rows = ""
    for one in outings:
        walk, outcome = one.walk, one.outcome
        on = walk.answer("on")
        day = say_date(parse_date(on), lang) if on else Words("日は未定", "no day yet").say(lang)
        name = link("walks", title_of(WALK, walk.title, walk.number, lang), lang, walk=walk.id)
        mark = f" {state_html(outcome, lang)}"
        if walk.state.conflicts:
            mark += f" <span class='kz-gone'>{Words('ちがいあり', 'differs').say(lang)}</span>"
        who = f"<br><span class='kz-note'>{entity(str(walk.answer('surveyors') or ''))}</span>"
        cells = [day, name + mark + who, entity(str(walk.answer("area") or ""))]
        rows += "<tr class='kz-row'>" + "".join(
            f"<td{wrap}>{cell}</td>" for cell, wrap in zip(cells, (_KEEP, _WRAP, ""), strict=True)
        )
        unseen = outcome.count("missed", "unseen")
        figures = [
            _say_count(count, told=told, lang=lang)
            for count, told in (
                (len(outcome.planned), True), (outcome.count("seen"), outcome.begun),
                (unseen, outcome.begun),  # before a walk nothing was missed
                (len(outcome.gone), outcome.begun), (len(outcome.added), outcome.begun),
            )
        ]  # fmt: skip
        rows += "".join(f"<td class='n'>{cell}</td>" for cell in figures) + "</tr>"
    head = "".join(f"<th class='{style}'>{words.say(lang)}</th>" for words, style in heads)
    table = f"<table class='kz-table'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return scrolled(Words("踏査の表", "table of walks"), table, lang, wide=True)


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
    said = Words(
        f"書きかけ・{count}か所", f"unsaved draft, {count_in_english(count, 'place')}"
    ).say(lang)
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
