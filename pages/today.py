"""きょう: what there is to do, each one press away; the page the logo opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.dates import parse_date, say_age, say_date
from geo.base.problems import InputError
from geo.base.words import Words, count_in_english
from geo.say.sentence import lines_of, missed_lines
from geo.say.straight import say_flattered
from layers.cards.site_html import icon_img
from layers.day.decided import list_decided
from layers.maps.popup import entity
from layers.served.answers import answer
from pages.parts.coverage.sentence import draw_line
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import asked_before, label, show_empty
from pages.parts.frame.office import (
    Office,
    address,
    begin_office,
    button_link,
    link,
    say_moment,
    title_of,
    today,
)
from pages.parts.log.steps import show_steps
from pages.parts.making.backups import show_reminder
from pages.parts.record.begun import list_begun
from pages.parts.walk.draft import PLAN_KEY
from pages.parts.walk.outing import look_at, order_outings
from surveys.record.plan import DO_WORDS
from surveys.record.site import find_type, make_title
from surveys.record.walk import WALK
from surveys.store.drafts import list_drafts
from surveys.store.field_receipts import list_received
from surveys.store.listing import SiteQuery, list_sites, list_walks
from surveys.types import EVERY_TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.parts.walk.outing import Outing
    from surveys.record.site import Site
    from surveys.store.drafts import Draft
    from surveys.store.field_receipts import Received

PAGE = Page(
    id="today", words=Words("きょう", "Today"), group="map", order=1, listed=False,
    kinds=("site", "walk", "draft", "received", "plan"),
)  # fmt: skip
TITLE: Final = Words("きょう、何をするか", "What is there to do today?")
_FEW: Final = 3
_FIELD: Final = "/field/"


def show_page() -> None:
    """Show the page (画面)."""
    office = begin_office(TITLE)
    st.html(f"<p class='kz-sub'>{say_date(today(), office.lang)}</p>")
    # Filled last: counting may take a moment, and the day's work does not wait for it.
    sentence = st.container()
    walks, drafts = list_walks(office.register), _list_drafts(office)
    came = list_received(office.register, most=_FEW)
    if not (walks or drafts or came or _anything_seen(office)):
        _show_first_day(office)
        show_steps(office)
        _show_due(office)
    else:
        left, right = st.columns(2, gap="medium")
        with left:
            _show_walk(office, walks)
            _show_drafts(office, drafts)
        with right:
            show_steps(office)
            _show_decided(office)
            _show_due(office)
            _show_received(office, came)
            show_reminder(office)
    with sentence:
        _show_sentence(office)


def _anything_seen(office: Office) -> bool:
    """Say whether somebody has looked at a place: what a town is built with was seen by nobody."""
    last, _ = list_sites(office.register, SiteQuery(statuses=(), order="changed"), limit=1)
    return any(site.state.seen_on for site in last)


def _list_drafts(office: Office) -> list[Draft]:
    """Return the drafts of walks and sites, the last changed first."""
    drafts = [one for one in list_drafts(office.register) if one.type == WALK.id]
    return sorted([*drafts, *list_begun(office)], key=lambda one: one.changed_at, reverse=True)


def _show_first_day(office: Office) -> None:
    lang = office.lang
    body = Words(
        "市町村の表があれば読みこみ、なければ、知っている所を1つ書くところから始めます。",
        "Bring in a municipality's table, or begin by writing down one place you know.",
    )
    show_empty(
        Words("見て書いた記録は、まだありません", "no visit has been recorded yet"), body, lang
    )
    one, two, three = st.columns(3)
    with one:
        button_link(address("imports", lang), Words("表を読みこむ", "Bring in a table"), lang)
    with two:
        button_link(address("record", lang), Words("1つ書く", "Write one"), lang)
    with three:
        button_link(address("walks", lang), Words("踏査を計画する", "Plan a walk"), lang)


def _show_sentence(office: Office) -> None:
    """Show how many are within reach, by the visit's question, in one line."""
    lang, asked = office.lang, asked_before(office.town)
    if office.town.salons.empty:
        return
    try:
        with st.spinner(Words("届く人を数えています…", "counting who is within reach…").say(lang)):
            coverage = answer(asked)
    except InputError:
        return  # the page of coverage tells why
    line = lines_of(coverage, lang)[len(missed_lines(coverage, lang))]
    text, way = st.columns([0.72, 0.28], vertical_alignment="center")
    text.html(f"<p class='kz-read'>{draw_line(line)}</p>")
    see = Words("徒歩圏カバーを見る", "See walking reach")
    for words in say_flattered(coverage.question):
        text.html(f"<p class='kz-note'>{entity(words.say(lang))}。</p>")
        see = Words("直線で届く人を見る", "See straight-line reach")
    with way:
        button_link(address("coverage", lang), see, lang)


def _show_walk(office: Office, walks: Sequence[Site]) -> None:
    lang = office.lang
    outings = order_outings(look_at(office.register, walk, today()) for walk in walks)
    # One begun today is still today's while a place of it is unseen.
    begun = [
        one for one in outings
        if one.outcome.state == "begun" and one.walk.answer("on") == today().isoformat()
    ]  # fmt: skip
    planned = begun + [one for one in outings if one.planned]
    with st.container(border=True, key="card_walk"):
        if not planned:
            _head(Words("これから歩く踏査", "Walks to come"), 0, office)
            _note(Words("まだ決まっていません。", "None is planned."), office)
            button_link(address("walks", lang), Words("踏査を計画する", "Plan a walk"), lang)
            return
        first, *others = planned
        is_today = first.walk.answer("on") == today().isoformat()
        name = Words("きょうの踏査", "Today's walk") if is_today else Words("次の踏査", "Next walk")
        _head(name, None, office)
        st.html(_say_walk(first, office))
        plan, out = st.columns(2)
        with plan:
            there = address("walks", lang, walk=first.walk.id)
            button_link(there, Words("地図とまわる順を見る", "See map and order"), lang)
        with out:
            button_link(_FIELD, Words("タブレットで書く", "Write on a tablet"), lang)
        if others:
            words = Words(f"ほかに {len(others)}回", f"{len(others)} more").say(lang)
            st.html(f"<p class='kz-note'>{link('walks', words, lang)}</p>")


def _say_walk(outing: Outing, office: Office) -> str:
    walk, lang = outing.walk, office.lang
    on = walk.answer("on")
    count, left = len(outing.outcome.planned), len(outing.outcome.missed)
    day = Words("日は未定", "no day yet").say(lang)
    parts = [
        say_date(parse_date(on), lang) if on else day,
        str(walk.answer("surveyors") or ""),
        Words(f"{count}か所", count_in_english(count, "place")).say(lang),
        Words(f"あと {left}か所", f"{left} left").say(lang) if left < count else "",
    ]
    said = "　".join(entity(one) for one in parts if one)
    title = entity(title_of(WALK, walk.title, walk.number, lang))
    return f"<p><b>{title}</b><br><span class='kz-note'>{said}</span></p>"


def _show_due(office: Office) -> None:
    lang, now = office.lang, today()
    sites, total = list_sites(office.register, SiteQuery(due_by=now.isoformat()), limit=_FEW)
    with st.container(border=True, key="card_due"):
        _head(Words("確認の時期の所", "Places to be confirmed"), total, office)
        if not total:
            _note(Words("いまはありません。", "None now."), office)
            return
        never = Words("まだだれも見ていない", "seen by nobody yet").say(lang)
        rows = []
        for site in sites:
            title = title_of(site.type, site.title, site.number, lang)
            seen = site.state.seen_on
            when = say_age(parse_date(seen), now, lang) if seen else ""
            told = Words(f"{when}に見た", f"seen {when}").say(lang) if seen else never
            rows.append(_row(site.type.id, link("karte", title, lang, site=site.id), told))
        st.html("".join(rows))
        there = address("sites", lang, due=now.isoformat())
        button_link(there, Words("一覧で見る", "See the list"), lang)


def _show_decided(office: Office) -> None:
    """Show what was decided by a plan and no record says yet, where there is any."""
    lang = office.lang
    decided = list_decided(office.register, office.town.plane)
    if not decided:
        return
    with st.container(border=True, key="card_decided"):
        _head(
            Words("決まって、まだ記録のないこと", "Decided, not recorded yet"), len(decided), office
        )
        rows = []
        for one in decided[:_FEW]:
            name = title_of(one.site.type, one.site.title, one.site.number, lang)
            way = link("karte", name, lang, site=one.site.id)
            rows.append(_row(one.site.type.id, way, DO_WORDS[one.change.do].say(lang)))
        st.html("".join(rows))
        if len(decided) > _FEW:
            button_link(address("plans", lang), Words("検討案を見る", "See the plans"), lang)


def _show_drafts(office: Office, drafts: Sequence[Draft]) -> None:
    with st.container(border=True, key="card_drafts"):
        _head(Words("書きかけ", "Unsaved drafts"), len(drafts), office)
        if not drafts:
            _note(Words("いまはありません。", "None now."), office)
            return
        st.html("".join(_say_draft(one, office) for one in drafts[:_FEW]))
        if len(drafts) > _FEW:
            there = address("record", office.lang)
            button_link(there, Words("書きかけを全部見る", "See all drafts"), office.lang)


def _say_draft(draft: Draft, office: Office) -> str:
    lang, of_walk = office.lang, draft.type == WALK.id
    type_ = WALK if of_walk else find_type(draft.type)
    named = (
        str(draft.answers.get("name") or "") if of_walk else make_title(type_, dict(draft.answers))
    )
    values = {"draft": draft.id}
    if of_walk and draft.site_id and PLAN_KEY not in draft.answers:
        values["walk"] = draft.site_id  # its notes, not its plan
    way = link("walks" if of_walk else "record", named or label(type_.words, lang), lang, **values)
    who = "　".join(filter(None, (draft.by, say_moment(draft.changed_at, lang))))
    return _row(None if of_walk else type_.id, way, who)


def _show_received(office: Office, came: Sequence[Received]) -> None:
    lang = office.lang
    held = len(list_received(office.register, state="held"))
    with st.container(border=True, key="card_received"):
        _head(Words("届いた記録", "What devices sent"), None, office)
        if not came:
            _note(
                Words(
                    "端末からは、まだ何も届いていません。", "Nothing has come from a device yet."
                ),
                office,
            )
            return
        if held:
            words = Words(f"確かめる記録が {held}件", f"{held} to be looked at").say(lang)
            st.html(f"<p><span class='kz-due'>{words}</span></p>")
        st.html("".join(_say_received(one, office) for one in came))
        button_link(address("received", lang), Words("届いた記録を見る", "See what came"), lang)


def _say_received(one: Received, office: Office) -> str:
    lang = office.lang
    type_ = EVERY_TYPE.get(one.type)
    name = one.title or (label(type_.words, lang) if type_ else one.label)
    way = entity(name)
    if one.state == "kept" and type_ is not None:
        there = {"entry": one.site_id} if type_.log else {"site": one.site_id}
        way = link("activities" if type_.log else "karte", name, lang, **there)
    return _row(type_.id if type_ else None, way, say_moment(one.received_at, lang))


def _head(words: Words, count: int | None, office: Office) -> None:
    lang = office.lang
    number = "" if count is None else Words(f"　{count:,}件", f": {count:,}").say(lang)
    st.html(f"<h3 class='kz-head'>{label(words, lang)}{number}</h3>")


def _note(words: Words, office: Office) -> None:
    st.html(f"<p class='kz-note'>{words.say(office.lang)}</p>")


def _row(icon: str | None, way: str, said: str) -> str:
    """Return a line: a sign, what it is (HTML), and what is said of it (plain text)."""
    sign = icon_img(icon, 28) if icon else ""
    return f"<p class='kz-todo'>{sign}<span>{way}</span><span class='kz-note'>{entity(said)}</span></p>"


show_page()
