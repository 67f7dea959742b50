"""The filters behind one press: state, days, and each kind's own (くわしくしぼる)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.marks import shown
from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from layers.cards.list_area import find_division
from layers.cards.list_asked import offered
from layers.cards.list_query import (
    AREA,
    DAYS,
    DIVISION,
    FIELD,
    HOURS,
    OPEN,
    PLACELESS,
    UNCLEAR,
    WEEKDAYS,
)
from layers.cards.open_lines import tells_times, tells_whom
from pages.parts.frame.frame import label
from pages.parts.frame.office import today
from pages.parts.listed.bound import ALL, PAGE_PART, REFUSED, ROW, bound, many_of, one_of
from pages.parts.listed.ranges import ask_range
from pages.parts.question.visit import write_address
from surveys.declaration.field import RANGED, UNKNOWN, UNKNOWN_WORDS
from surveys.record.found_by import DAY_WORDS, HALF_WORDS
from surveys.record.history import STATUS_WORDS, STATUSES

if TYPE_CHECKING:
    from geo.base.words import Lang
    from layers.cards.list_asked import Question
    from pages.parts.frame.office import Office
    from surveys.declaration.record_type import RecordType

_USUAL: Final = "usual"
_NONE: Final[list[str]] = []
_OPEN: Final = Words("利用できる地区", "Who may come: people of")
_ANYBODY: Final = Words("どこの人でも", "Any area")
_OPEN_HELP: Final = Words(
    "選んだ地区の人が利用できる所です。だれでも利用できる所と、地区の決まりを聞いていない所もふくみます。",
    "Those open to people of the area, those open to anybody, and those where no limit was told.",
)


def say_more(type_: RecordType | None) -> Words:
    """Return what is behind the press, the first few by name (くわしくしぼるの見出し)."""
    ja, en = ["状態", "曜日・時間"], ["state", "days"]
    if type_ is None or tells_whom([type_.id]):
        ja, en = [*ja, _OPEN.ja], [*en, "who may come"]
    if type_ is not None:
        own = [one.words for one in offered(type_)]
        ja, en = ja + [one.ja for one in own], en + [one.en for one in own]
    most = 5
    return Words(
        f"くわしくしぼる（{'・'.join(ja[:most])}{' など' if len(ja) > most else ''}）",
        f"More filters ({', '.join(en[:most])}{' …' if len(en) > most else ''})",
    )


def ask_more(office: Office, type_: RecordType | None, kinds: list[str], lang: Lang) -> None:
    """Ask state, areas' division, days and hours, and what a kind's declaration offers (くわしくきく)."""
    left, right = st.columns(2)
    with left:
        _ask_state(lang)
    with right:
        _ask_division(office, lang)
        _ask_only(lang)
    if tells_times([type_.id] if type_ else kinds):
        _ask_when(lang)
    if tells_whom([type_.id] if type_ else kinds):
        _ask_open(office, lang)
    asked = offered(type_) if type_ else []
    chosen = [one for one in asked if one.field.choices]
    for at in range(0, len(chosen), 2):
        for column, one in zip(st.columns(2), chosen[at : at + 2], strict=False):
            with column:
                _ask_choices(one, lang)
    for one in asked:
        if one.field.kind in RANGED:
            ask_range(one, lang)


def _ask_choices(asked: Question, lang: Lang) -> None:
    words = {one.id: label(one.words, lang) for one in asked.field.choices}
    words[UNKNOWN] = label(UNKNOWN_WORDS, lang)
    found = bound(
        f"l_{FIELD}{asked.key}", FIELD + asked.key,
        first=_NONE, read=many_of(list(words)), say=",".join,
    )  # fmt: skip
    st.multiselect(
        asked.words.say(lang), list(words), format_func=words.__getitem__,
        placeholder=Words("どれでも", "Any").say(lang), **found,
    )  # fmt: skip


def _ask_state(lang: Lang) -> None:
    names = {
        _USUAL: Words("閉まった所・撤去した所のほか", "All but closed and removed").say(lang),
        ALL: Words("閉まった所・撤去した所も", "Closed and removed ones too").say(lang),
    }
    names |= {id_: label(STATUS_WORDS[id_], lang) for id_ in STATUSES}
    st.selectbox(
        Words("状態", "State").say(lang), list(names), format_func=names.__getitem__,
        **bound("l_state", "status", first=_USUAL, read=one_of(list(names)), say=str),
    )  # fmt: skip


def _ask_only(lang: Lang) -> None:
    st.checkbox(
        Words("確認の時期の所だけ", "Only those to be confirmed").say(lang),
        **bound("l_due", "due", first=False, read=_is_day, say=_say_due),
    )
    st.checkbox(
        Words("ちがいのある所だけ", "Only where people differ").say(lang),
        **bound("l_differing", "differing", first=False, read=_is_on, say=_say_on),
    )
    st.checkbox(
        Words("場所がまだの所だけ", "Only those without a place yet").say(lang),
        **bound("l_placeless", PLACELESS, first=False, read=_is_on, say=_say_on),
    )


def _is_day(raw: str) -> bool:
    try:
        date.fromisoformat(raw)
    except ValueError:
        raise InputError(REFUSED) from None
    return True


def _say_due(on: bool) -> str:  # noqa: FBT001 - a checkbox
    return today().isoformat() if on else ""


def _is_on(raw: str) -> bool:
    return one_of(["1"])(raw) == "1"


def _say_on(on: bool) -> str:  # noqa: FBT001 - a checkbox
    return "1" if on else ""


def _ask_division(office: Office, lang: Lang) -> None:
    names = list(office.town.divisions)
    if len(names) == 1:
        return
    now = find_division(office.town, st.query_params.to_dict())
    key = "l_division"
    st.session_state[key] = now  # an area's own division, where one is asked for

    def change() -> None:
        chosen = str(st.session_state[key])
        said = "" if chosen == names[0] else chosen
        write_address({DIVISION: said, AREA: "", PAGE_PART: "", ROW: ""})

    st.selectbox(
        Words("地区の分け方", "Areas by").say(lang), names, format_func=shown, key=key,
        on_change=change,
    )  # fmt: skip


def _ask_open(office: Office, lang: Lang) -> None:
    """Ask whose people are to be allowed: those of an area of the division the list speaks of."""
    division = find_division(office.town, st.query_params.to_dict())
    areas = [tidy(str(one)) for one in office.town.division(division)["area_name"]]
    told = tidy(st.query_params.get(OPEN, ""))  # of another division, of a link somebody made
    names = list(dict.fromkeys([ALL, *areas, *filter(None, [told])]))
    st.selectbox(
        _OPEN.say(lang), names, help=_OPEN_HELP.say(lang),
        format_func=lambda one: _ANYBODY.say(lang) if one == ALL else shown(one),
        **bound("l_open", OPEN, first=ALL, read=lambda raw: one_of(names)(tidy(raw)), say=str),
    )  # fmt: skip


def _ask_when(lang: Lang) -> None:
    days = dict(zip(WEEKDAYS, DAY_WORDS, strict=True))
    left, right = st.columns([0.55, 0.45])
    left.pills(
        Words("開く曜日", "Open on").say(lang), WEEKDAYS, selection_mode="multi",
        format_func=lambda id_: days[id_].say(lang)[: 1 if lang == "ja" else 3],
        **bound("l_weekday", DAYS, first=_NONE, read=many_of(WEEKDAYS), say=",".join),
    )  # fmt: skip
    halves = {ALL: Words("いつでも", "Any time")} | HALF_WORDS
    right.segmented_control(
        Words("時間", "Time").say(lang), list(halves), required=True,
        format_func=lambda id_: label(halves[id_], lang), width="stretch",
        **bound("l_half", HOURS, first=ALL, read=one_of(list(HALF_WORDS)), say=str),
    )  # fmt: skip
    right.checkbox(
        Words("曜日や時間がはっきりしない所も", "Also where days or hours are not clear").say(lang),
        **bound("l_unclear", UNCLEAR, first=False, read=_is_on, say=_say_on),
    )
