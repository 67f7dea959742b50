"""The list of a log: its filters, its days, its files (活動記録の一覧)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.dates import parse_date
from geo.base.marks import shown
from geo.base.problems import InputError
from geo.base.square import OFFICE_MARK
from geo.base.words import Words, count_in_english
from pages.parts.frame.frame import label, show_empty
from pages.parts.frame.linked import linked, linked_choice, quiet
from pages.parts.frame.office import address, button_link, now_text, today
from pages.parts.log.kinds import show_way
from pages.parts.log.said import entry_html, say_day
from surveys.declaration.field import UNKNOWN
from surveys.formats.format import FORMATS, dump_type
from surveys.record.portable import make_portable
from surveys.reports import REPORTS
from surveys.reports.parts.days import cut_days
from surveys.store.log import LogQuery, areas_used, count_choices, each_entry, list_entries
from surveys.store.own_choices import type_of
from surveys.types import LOGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from pages.parts.frame.office import Office
    from surveys.declaration.field import Field
    from surveys.record.site import Site

TYPE: Final = LOGS["activity"]
_EVERY: Final = ""
_MONTHS: Final = 36
_ON_A_PAGE: Final = 50
_BRING_IN: Final = Words("表を読みこむ", "Bring in a table")


@dataclass(frozen=True, slots=True)
class _Month:
    """A month of the list's filter (月)."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """The first day (一日)."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """The last day (末日)."""
        return _next(self.first) - timedelta(days=1)


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def show_list(office: Office) -> None:
    """Show filters, entries by day, and what they are handed on as (一覧を出す)."""
    lang = office.lang
    head, way = st.columns([0.7, 0.3], vertical_alignment="center")
    note = Words(
        "電話・会議・訪問など、歩いて調べるほかにしたこと。庁内の記録で、ほかの一覧・地図・踏査には出ません。"
        "ファイルになるのは、この画面の下の書き出しと「報告」だけです。",
        "Calls, meetings, visits: what was done besides walking. For the office: on no other list, map or walk; "
        "in no file but those below and the reports.",
    )
    head.html(f"<p class='kz-note'>{note.say(lang)}</p>")
    with way:
        new = Words("活動を書く", "Write an entry")
        button_link(address("record", lang, type=TYPE.id), new, lang)
        button_link(address("imports", lang), _BRING_IN, lang)
    query = _ask(office, type_of(office.register, TYPE.id).field("kind"))
    entries, total = list_entries(office.register, query, limit=_ON_A_PAGE)
    if not total:
        _show_none(office, query)
        return
    pages = -(-total // _ON_A_PAGE)
    count = Words(f"{total:,}件", count_in_english(total, "entry", "entries")).say(lang)
    st.html(f"<p class='kz-read' role='status'>{count}</p>")
    if pages > 1:
        at = _turn(pages, office)
        entries = list_entries(
            office.register, query, limit=_ON_A_PAGE, offset=(at - 1) * _ON_A_PAGE
        )[0]
    _show_days(entries, office)
    _show_files(office, query, total)
    show_way(lang)


def _ask(office: Office, kind_field: Field) -> LogQuery:
    lang, day = office.lang, today()
    months: dict[str, _Month | None] = {_EVERY: None}
    at = _next(day.replace(day=1))  # what is planned for the next month, too
    for _ in range(_MONTHS):
        months[f"{at:%Y-%m}"] = _Month(at.year, at.month)
        at = (at - timedelta(days=1)).replace(day=1)
    kinds = {_EVERY: Words("すべて", "All").say(lang)}
    kinds |= _say_kinds(office, kind_field)
    used = areas_used(office.register, TYPE.id)
    areas = [_EVERY, *dict.fromkeys([*office.town.areas["area_name"], *used])]
    every = kinds[_EVERY]
    with quiet("log"):
        one, two, three, four = st.columns([0.22, 0.3, 0.24, 0.24])
        month = one.selectbox(
            Words("月", "Month").say(lang), list(months),
            format_func=lambda key: _say_month(key, months[key], office) or every,
            **linked_choice("log_month", "month", list(months), first=_EVERY),
        )  # fmt: skip
        kind = two.selectbox(
            TYPE.field("kind").words.say(lang), list(kinds), format_func=lambda id_: shown(kinds[id_]),
            **linked_choice("log_kind", "kind", list(kinds), first=_EVERY),
        )  # fmt: skip
        area = three.selectbox(
            TYPE.field("area").words.say(lang), areas,
            format_func=lambda name: shown(name) if name else every,
            **linked("log_area", "in", first=_EVERY, read=partial(_area_of, areas), say=str),
        )  # fmt: skip
        words = four.text_input(
            Words("ことば", "Words").say(lang),
            **linked("log_words", "words", first="", read=str, say=str),
        )
    chosen = months[month or _EVERY]
    return LogQuery(
        type=TYPE.id, first="" if chosen is None else chosen.first.isoformat(),
        last="" if chosen is None else chosen.last.isoformat(), kind=kind or "", area=area or "",
        words=words or "",
    )  # fmt: skip


def _say_kinds(office: Office, field: Field) -> dict[str, str]:
    """Return the kinds to look for by id: those offered, then those that are not and were used."""
    lang = office.lang
    named = {one.id: label(one.words, lang) for one in field.offered}
    aside = [one for one in field.choices if one.hidden]
    used = count_choices(office.register, field.id, TYPE.id) if aside else {}
    mark = Words("（いまは使わない）", " (no longer used)").say(lang)
    return named | {one.id: label(one.words, lang) + mark for one in aside if one.id in used}


def _area_of(areas: Sequence[str], text: str) -> str:
    if text in areas:
        return text
    raise InputError(
        Words(f"「{shown(text)}」というエリアの記録はありません", f"no entry is of {shown(text)!r}")
    )


def _say_month(key: str, month: _Month | None, office: Office) -> str:
    if month is None:
        return ""
    return Words(f"令和{month.year - 2018}年{month.month}月", key).say(office.lang)


def _turn(pages: int, office: Office) -> int:
    with quiet("log_pages"):
        words = Words(f"ページ（全{pages:,}）", f"Page (of {pages:,})").say(office.lang)
        return int(
            st.number_input(
                words, min_value=1, max_value=pages, step=1,
                **linked("log_page", "page", first=1, read=partial(_page_of, pages), say=str),
            )
        )  # fmt: skip


def _page_of(pages: int, text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= pages:
        return int(text)
    raise InputError(Words(f"{pages}ページまでです", f"there are {pages} pages"))


def _show_days(entries: Sequence[Site], office: Office) -> None:
    lang = office.lang
    parts = []
    for day, some in groupby(entries, key=lambda one: _head_of(one, lang)):
        rows = "".join(
            f"<li style='padding:.5rem 0;border-top:1px solid #DCD6C8'>{entry_html(one, lang)}</li>"
            for one in some
        )
        parts.append(
            f"<h3 class='kz-head'>{shown(day)}</h3><ul style='list-style:none;margin:0;padding:0'>{rows}</ul>"
        )
    st.html("".join(parts))


def _head_of(entry: Site, lang: Lang) -> str:
    on = entry.answer("on")
    day = say_day(entry.answers, lang)
    if on and on != UNKNOWN:
        return day
    return Words(f"日がはっきりしない：{day}", f"Day not clear: {day}").say(lang)


def _show_none(office: Office, query: LogQuery) -> None:
    lang = office.lang
    if query != LogQuery(type=TYPE.id):
        show_empty(
            Words("この条件の活動記録はありません", "no entry is like this"),
            Words("月や種類を「すべて」に戻してください。", "Set month and kind back to all."),
            lang,
        )
        return
    show_empty(
        Words("活動記録は、まだありません", "no entry yet"),
        Words(
            "電話や会議を1つ書くか、これまでの表（日程・対応時間・エリア・相手方…）を「取りこみ」で読みこみます。",
            "Write one call or meeting, or bring in the table kept so far.",
        ),
        lang,
    )
    one, two = st.columns(2)
    with one:
        words = Words("1つ書く", "Write one")
        button_link(address("record", lang, type=TYPE.id), words, lang)
    with two:
        button_link(address("imports", lang), _BRING_IN, lang)
    show_way(lang)


def _show_files(office: Office, query: LogQuery, total: int) -> None:
    lang = office.lang
    note = Words(
        f"いまの条件の {total:,}件を書き出します（庁内用）。",
        f"{count_in_english(total, 'entry', 'entries')}, as filtered here, for the office.",
    )
    st.html(f"<p class='kz-note'>{note.say(lang)}</p>")
    row = st.container(horizontal=True, gap="small")
    if query.first and query.last:
        _offer_halves(office, query)
    for format_ in FORMATS.values():
        row.download_button(
            label(format_.words, lang), partial(_dump, office, query, format_.id),
            file_name=f"{office.town.name}_{TYPE.words.ja}_{today():%Y%m%d}_{OFFICE_MARK}{format_.suffix}",
            mime=format_.mime, key=f"log_get_{format_.id}", on_click="ignore",
        )  # fmt: skip


def _offer_halves(office: Office, query: LogQuery) -> None:
    """Offer the two half months of a chosen month; other filters do not part them."""
    lang, report = office.lang, REPORTS["half_month"]
    row = st.container(horizontal=True, gap="small")
    for first, last in cut_days(parse_date(query.first), parse_date(query.last)):
        words = Words(
            f"{report.words.ja} {first.day}〜{last.day}日",
            f"{report.words.en}, {first.day}–{last.day}",
        )
        with row:
            there = address("reports", lang, form=report.id, since=first.isoformat())
            button_link(there, words, lang)


def _dump(office: Office, query: LogQuery, format_id: str) -> bytes:
    entries = list(each_entry(office.register, query))
    versions = office.register.versions_of(one.id for one in entries)
    rows = [make_portable(one, versions.get(one.id, [])) for one in entries]
    type_ = type_of(office.register, TYPE.id)
    return dump_type(format_id, type_, rows, lang=office.lang, made_at=now_text())
