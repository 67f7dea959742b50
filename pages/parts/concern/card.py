"""One concern: what it is, its way so far, what the log says of it, and the next step on its way (課題の一件)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words
from layers.maps.popup import entity
from pages.parts.concern.board import NO_LEVEL, area_names, say_due
from pages.parts.concern.forms import show_forms
from pages.parts.frame.frame import label, no_markdown
from pages.parts.frame.office import address, button_link, link, title_of
from pages.parts.log.about import about_html
from surveys.record.privacy import REASON, notice_answers
from surveys.record.risen import (
    LEVEL_WORDS,
    TYPE,
    answer_of,
    level_of,
    may_be_shown,
    say_step,
    steps_of,
    waits,
)
from surveys.record.service_kinds import KIND_WORDS, service_kinds_of

if TYPE_CHECKING:
    from geo.base.words import Lang
    from pages.parts.frame.office import Office
    from surveys.record.site import Site

_DOT: Final = "border-left:3px solid #264A82;padding:.1rem 0 .7rem .9rem;margin:0 0 0 .4rem"


def show_card(office: Office, concern: Site) -> None:
    """Show a concern whole, with what can be done of it (一件を出す)."""
    lang = office.lang
    back = link("concerns", Words("← 課題の一覧へもどる", "← Back to the concerns").say(lang), lang)
    st.html(f"<p class='kz-note'>{back}</p>")
    st.subheader(
        no_markdown(title_of(concern.type, concern.title, concern.number, lang)), anchor=False
    )
    one, two, _ = st.columns([0.25, 0.25, 0.5])
    with one:
        button_link(address("karte", lang, site=concern.id), Words("カルテ", "Site sheet"), lang)
    with two:
        there = address("record", lang, site=concern.id)
        button_link(there, Words("直す・書き足す", "Correct or add"), lang)
    if concern.state.conflicts:
        differ = Words(
            "人によって答えのちがう項目があります。カルテで選んでください。",
            "People differ on some answers: choose in the sheet.",
        )
        st.html(f"<p class='kz-fault' role='status'>{differ.say(lang)}</p>")
    _show_noticed(concern, lang)
    left, right = st.columns([0.55, 0.45], gap="medium")
    with left:
        st.html(_facts(office, concern))
        st.html(_history(concern, lang))
        said = about_html(office, concern.id)
        if said:
            st.html(said)
    with right:
        show_forms(office, concern)


def _show_noticed(concern: Site, lang: Lang) -> None:
    noticed = notice_answers(concern.type, concern.answers)
    if not noticed or concern.answer(REASON):
        return
    named = "、".join(
        dict.fromkeys(f"「{entity(each.text)}」" for some in noticed.values() for each in some)
    )
    words = Words(
        f"個人の名前や電話番号のようなことばがあります：{named}。役職・年代・地区で書き直すか、残すわけを書いてください。",
        f"Words that may tell who somebody is: {named}. Write role, age group and area, or say why they stay.",
    )
    st.html(f"<p class='kz-fault' role='alert'>{words.say(lang)}</p>")


def _facts(office: Office, concern: Site) -> str:
    lang, answers = office.lang, concern.answers
    level = level_of(answers)
    at = label(LEVEL_WORDS[level] if level else NO_LEVEL, lang)
    if waits(answers):
        at += Words("（答え待ち）", " (waits for an answer)").say(lang)
    state = concern.type.field("state").choice(str(answers.get("state") or ""))
    seen = (
        Words("会議の画面に題名・層・答えが出ます", "title, level and answer are shown at meetings")
        if may_be_shown(answers)
        else Words("庁内だけ（会議の画面に出ません）", "the office only; not shown at meetings")
    )
    kinds = service_kinds_of(TYPE, answers)
    rows = [
        (Words("いまの層", "Level"), entity(at)),
        (Words("種類", "Kinds"), entity("・".join(label(KIND_WORDS[one], lang) for one in kinds))),
        (Words("地区", "Area"), entity("・".join(area_names(office, [concern])[concern.id]))),
        (Words("いまのようす", "State"), entity(label(state.words, lang)) if state else ""),
        (Words("担当", "Who acts"), entity(str(answers.get("actor") or ""))),
        (Words("次にすること", "Next step"), entity(str(answers.get("next_step") or ""))),
        (Words("いつまでに", "Due"), say_due(concern, lang)),
        (Words("答え", "Answer"), _lines(answer_of(answers))),
        (Words("公開範囲", "Who may see it"), entity(seen.say(lang))),
    ]
    body = "".join(
        f"<tr><th scope='row' style='text-align:left;vertical-align:top;white-space:nowrap;padding:.3rem .8rem'>"
        f"{head.say(lang)}</th><td style='padding:.3rem .8rem;overflow-wrap:anywhere'>{said}</td></tr>"
        for head, said in rows
        if said
    )
    return f"<table class='kz-facts'><tbody>{body}</tbody></table>"


def _history(concern: Site, lang: Lang) -> str:
    head = Words("経過", "Its way").say(lang)
    steps = steps_of(concern.answers)
    if not steps:
        none = Words(
            "まだ何も書かれていません。話し合った日や上げた日を書くと、ここに順に並びます。",
            "Nothing yet: what is written here stands in its order.",
        )
        return f"<h3 class='kz-head'>{head}</h3><p class='kz-note'>{none.say(lang)}</p>"
    rows = "".join(
        f"<li style='{_DOT}'><b>{entity(say_step(one).say(lang))}</b>"
        + (f"<br>{_lines(one.said)}" if one.said else "")
        + "</li>"
        for one in steps
    )
    return (
        f"<h3 class='kz-head'>{head}</h3>"
        f"<ol class='kz-way' style='list-style:none;margin:0;padding:0;overflow-wrap:anywhere'>{rows}</ol>"
    )


def _lines(text: str) -> str:
    return entity(text).replace("&#10;", "<br>").replace("\n", "<br>")
