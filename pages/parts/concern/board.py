"""The board of concerns: how many stand at each level, and each in words (課題の一覧)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.dates import parse_date, say_date
from geo.base.marks import shown
from geo.base.problems import InputError
from geo.base.words import Words
from layers.maps.popup import entity
from layers.served.register import areas_of
from pages.parts.frame.frame import label, show_empty
from pages.parts.frame.linked import linked, linked_choice, linked_switch, quiet
from pages.parts.frame.office import address, button_link, link, title_of, today
from surveys.declaration.field import UNKNOWN
from surveys.record.risen import (
    LEVEL_WORDS,
    LEVELS,
    TYPE,
    answer_of,
    is_overdue,
    level_of,
    meeting_of,
    say_overdue,
    waits,
)
from surveys.record.service_kinds import KIND_WORDS, service_kinds_of
from surveys.store.listing import SiteQuery, each_site
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from geo.base.words import Lang
    from pages.parts.frame.office import Office
    from surveys.record.site import Site

NO_LEVEL: Final = Words("層が未定", "no level yet")
_EVERY: Final = ""
_OPEN: Final = "open"
_ON_A_PAGE: Final = 50
_LONGEST: Final = 120
_CHIP = "display:inline-block;padding:0 .5rem;border-radius:6px;background:#E6ECF5;color:#17325F"
_WAIT = "display:inline-block;padding:0 .5rem;border-radius:6px;background:#FFF4DC;color:#7A4F00"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What the board is filtered by; "" for all (条件)."""

    area: str = ""
    kind: str = ""
    state: str = ""
    words: str = ""
    late: bool = False

    def takes(self, one: Site, areas: Collection[str], day: str) -> bool:
        """Say whether a concern is wanted; its words are asked of the register."""
        state = one.answer("state")
        wanted = (
            not self.area or self.area in areas,
            not self.kind or self.kind in service_kinds_of(TYPE, one.answers),
            not self.state
            or state == self.state
            or (self.state == _OPEN and state not in ("solved", "dropped")),
            not self.late or is_overdue(one.answers, day),
        )
        return all(wanted)


def show_board(office: Office) -> None:
    """Show counts by level, the filters and every concern in words (一覧を出す)."""
    lang = office.lang
    head, way = st.columns([0.7, 0.3], vertical_alignment="center")
    note = Words(
        "地域から出た課題が、第3層 → 第2層 → 第1層 → 市と上がり、答えがもどるまで。",
        "Concerns rise from tier 3 to tier 2, tier 1 and the town, until the answer comes back.",
    )
    head.html(f"<p class='kz-note'>{note.say(lang)}</p>")
    with way:
        new = Words("課題を書く", "Write a concern")
        button_link(address("record", lang, type=TYPE), new, lang)
    every = list(each_site(office.register, SiteQuery(types=(TYPE,), order="changed")))
    if not every:
        show_empty(
            Words("課題は、まだありません", "no concern yet"),
            Words(
                "協議体や電話で聞いた困りごとを1つ書くと、ここからどこまで上がったかが分かります。",
                "Write one that was raised at a council or by telephone: its way up is told here.",
            ),
            lang,
        )
        return
    areas = area_names(office, every)
    asked = _ask(office, {name for some in areas.values() for name in some})
    found = {one.id for one in every}
    if asked.words:
        query = SiteQuery(types=(TYPE,), words=asked.words)
        found = {one.id for one in each_site(office.register, query)}
    day = today()
    wanted = [
        one for one in every if one.id in found and asked.takes(one, areas[one.id], day.isoformat())
    ]
    _show_counts(wanted, lang)
    if not wanted:
        show_empty(
            Words("この条件の課題はありません", "no concern is like this"),
            Words("条件を「すべて」に戻してください。", "Set the filters back to all."),
            lang,
        )
        return
    _show_levels(office, wanted, areas)


def area_names(office: Office, concerns: Sequence[Site]) -> dict[str, tuple[str, ...]]:
    """Return the names of the areas each concern is of: those written, else where it lies (地区)."""
    placed = areas_of(office.town, list(concerns))
    out = {}
    for one in concerns:
        written = one.answer("area")
        lies = placed.get(one.id, "")
        out[one.id] = (
            tuple(map(str, written)) if isinstance(written, list) else (lies,) if lies else ()
        )
    return out


def _ask(office: Office, areas: Collection[str]) -> _Asked:
    lang = office.lang
    every = Words("すべて", "All").say(lang)
    type_ = RECORD_TYPES[TYPE]
    named = [_EVERY, *sorted(areas)]
    kinds = {_EVERY: every, **{id_: label(words, lang) for id_, words in KIND_WORDS.items()}}
    states = {_EVERY: every, _OPEN: Words("終わっていない", "Not over").say(lang)}
    states |= {one.id: label(one.words, lang) for one in type_.field("state").choices}
    with quiet("concerns"):
        one, two, three, four = st.columns(4)
        area = one.selectbox(
            Words("地区", "Area").say(lang), named, format_func=lambda name: shown(name) if name else every,
            **linked("co_area", "in", first=_EVERY, read=partial(_area_of, named), say=str),
        )  # fmt: skip
        kind = two.selectbox(
            Words("種類", "Kind").say(lang), list(kinds), format_func=kinds.__getitem__,
            **linked_choice("co_kind", "kind", list(kinds), first=_EVERY),
        )  # fmt: skip
        state = three.selectbox(
            Words("いまのようす", "State").say(lang), list(states), format_func=states.__getitem__,
            **linked_choice("co_state", "state", list(states), first=_EVERY),
        )  # fmt: skip
        words = four.text_input(
            Words("ことば", "Words").say(lang), **linked("co_words", "words", first="", read=str, say=str),
        )  # fmt: skip
        late = st.toggle(
            Words("期限をすぎたものだけ", "Past their day only").say(lang), **linked_switch("co_late", "late"),
        )  # fmt: skip
    return _Asked(area=area or "", kind=kind or "", state=state or "", words=words or "", late=late)


def _area_of(areas: Sequence[str], text: str) -> str:
    if text in areas:
        return text
    raise InputError(
        Words(f"「{shown(text)}」という地区の課題はありません", f"no concern is of {shown(text)!r}")
    )


def _show_counts(concerns: Sequence[Site], lang: Lang) -> None:
    at = Counter(level_of(one.answers) for one in concerns)
    waiting = sum(waits(one.answers) for one in concerns)
    parts = [
        f"{LEVEL_WORDS[level].say(lang)} <b>{at[level]:,}</b>{Words('件', '').say(lang)}" for level in LEVELS
    ]  # fmt: skip
    if at[""]:
        parts.append(f"{NO_LEVEL.say(lang)} <b>{at['']:,}</b>{Words('件', '').say(lang)}")
    told = Words("　", "; ").say(lang).join(f"<span class='nb'>{one}</span>" for one in parts)
    wait = Words(
        f"答えを待っているもの <b class='gap'>{waiting:,}</b>件。",
        f"<b class='gap'>{waiting:,}</b> wait for an answer.",
    )
    st.html(f"<p class='kz-read' role='status'>{told}<br>{wait.say(lang)}</p>")


def _show_levels(
    office: Office, concerns: Sequence[Site], areas: Mapping[str, Sequence[str]]
) -> None:
    """Show them under their levels, the highest first; a page of the whole at a time."""
    lang = office.lang
    order = (*reversed(LEVELS), "")
    ranked = sorted(concerns, key=lambda one: order.index(level_of(one.answers)))
    pages = -(-len(ranked) // _ON_A_PAGE)
    at = 1
    if pages > 1:
        with quiet("concern_pages"):
            words = Words(f"ページ（全{pages:,}）", f"Page (of {pages:,})").say(lang)
            at = int(
                st.number_input(
                    words, min_value=1, max_value=pages, step=1,
                    **linked("co_page", "page", first=1, read=partial(_page_of, pages), say=str),
                )
            )  # fmt: skip
    part = ranked[(at - 1) * _ON_A_PAGE : at * _ON_A_PAGE]
    for level in order:
        rows = [
            f"<li style='padding:.6rem 0;border-top:1px solid #DCD6C8'>{_row(one, areas[one.id], lang)}</li>"
            for one in part
            if level_of(one.answers) == level
        ]
        if rows:
            name = (LEVEL_WORDS[level] if level else NO_LEVEL).say(lang)
            st.html(
                f"<h3 class='kz-head'>{name[:1].upper() + name[1:]}</h3>"
                f"<ul style='list-style:none;margin:0;padding:0'>{''.join(rows)}</ul>"
            )


def _page_of(pages: int, text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= pages:
        return int(text)
    raise InputError(Words(f"{pages}ページまでです", f"there are {pages} pages"))


def _row(one: Site, areas: Sequence[str], lang: Lang) -> str:
    answers = one.answers
    title = title_of(one.type, one.title, one.number, lang)
    chips = [
        _chip(label(KIND_WORDS[kind], lang), _CHIP) for kind in service_kinds_of(TYPE, answers)
    ]
    if waits(answers):
        chips.append(_chip(Words("答え待ち", "waits for an answer").say(lang), _WAIT))
    state = one.type.field("state").choice(str(answers.get("state") or ""))
    meeting = meeting_of(answers)
    facts = [
        "・".join(areas),
        label(state.words, lang) if state else "",
        Words(f"出た会議：{meeting}", f"Raised at: {meeting}").say(lang) if meeting else "",
        _told(answers, "actor", Words("担当", "Who acts"), lang),
    ]
    lines = [
        f"<p style='margin:0'>{link('concerns', title, lang, concern=one.id)}　{' '.join(chips)}</p>",
        f"<p class='kz-note' style='margin:0'>{'　'.join(entity(part) for part in facts if part)}</p>",
    ]
    step = _told(answers, "next_step", Words("次にすること", "Next"), lang)
    due = say_due(one, lang)
    if step or due:
        lines.append(f"<p style='margin:0;overflow-wrap:anywhere'>{entity(step)}　{due}</p>")
    answer = answer_of(answers)
    if answer:
        said = Words("答え：", "Answer: ").say(lang) + _short(answer)
        lines.append(f"<p style='margin:0;overflow-wrap:anywhere;color:#2C6E49'>{entity(said)}</p>")
    return "".join(lines)


def say_due(one: Site, lang: Lang) -> str:
    """Return a concern's day as HTML, with how long it is past; "" where none is set (期限)."""
    due = one.answer("due")
    if not due or due == UNKNOWN:
        return ""
    on = say_date(parse_date(due), lang)
    late = say_overdue(one.answers, today())
    said = Words(f"{on}まで", f"by {on}").say(lang)
    if late is None:
        return f"<span class='kz-note'>{said}</span>"
    return f"<span class='kz-due'>{said}：{late.say(lang)}</span>"


def _chip(text: str, style: str) -> str:
    return f"<span style='{style}'>{entity(text)}</span>"


def _told(answers: Mapping[str, object], key: str, head: Words, lang: Lang) -> str:
    value = answers.get(key)
    return f"{head.say(lang)}{Words('：', ': ').say(lang)}{_short(str(value))}" if value else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line[:_LONGEST] + ("…" if len(line) > _LONGEST else "")
