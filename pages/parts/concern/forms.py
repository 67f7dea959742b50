"""What a press writes on a concern's way: talked over, sent up, answered, told back (課題の経過を書く)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.base.dates import say_date
from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.maps.popup import entity
from pages.parts.form.noticed import show_noticed
from pages.parts.frame.frame import label
from pages.parts.frame.office import new_id, now_text, role_now, today
from pages.parts.question.day import ask_day
from surveys.record.compose import Written, compose
from surveys.record.history import Origin
from surveys.record.privacy import REASON, notice
from surveys.record.risen import (
    HAPPENING_WORDS,
    LEVEL_WORDS,
    LEVELS,
    WAY,
    add_step,
    level_above,
    level_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.words import Lang
    from pages.parts.frame.office import Office
    from surveys.record.risen import Happening
    from surveys.record.site import Site

_ID_LENGTH: Final = 10
_TURN: Final = "way_turn"
_FIRST_DAY: Final = date(1950, 1, 1)
_PRESS: Final[dict[Happening, Words]] = {
    "talked": Words("話し合った", "Talked over"),
    "sent_up": Words("上の層へ上げる", "Send up"),
    "answered": Words("答えを書く", "Write the answer"),
    "told": Words("伝えた", "Told back"),
    "sent_back": Words("戻した", "Sent back"),
    "raised": Words("出た会議を書く", "Where it was raised"),
}
_WORDS: Final[dict[Happening, Words]] = {
    "talked": Words("話したこと", "What was said"),
    "sent_up": Words("上げた内容", "What was sent up"),
    "answered": Words("答え", "The answer"),
    "told": Words("伝えたこと", "What was told"),
    "sent_back": Words("戻したわけ", "Why it was sent back"),
    "raised": Words("出たときの話", "What was said then"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """What was just written, and how it is taken back (書いたこと)."""

    concern: str
    step: str
    what: Happening
    before: Mapping[str, Any]


def show_forms(office: Office, concern: Site) -> None:
    """Show the buttons, and the small form of the one that was pressed (書く所を出す)."""
    lang = office.lang
    with st.container(border=True, key="card_way"):
        head = Words("経過を書く", "Write what happened").say(lang)
        st.html(f"<h3 class='kz-head'>{head}</h3>")
        _show_done(office, concern)
        offered = [
            one for one in _PRESS if one != "sent_up" or level_above(level_of(concern.answers))
        ]
        chosen = st.pills(
            head, offered, key=_what_key(concern), label_visibility="collapsed",
            format_func=lambda one: _PRESS[one].say(lang), width="stretch",
        )  # fmt: skip
        if chosen is not None:
            _ask_step(office, concern, chosen)


def _what_key(concern: Site) -> str:
    return f"way_what:{concern.id}:{st.session_state.get(_TURN, 0)}"


def _ask_step(office: Office, concern: Site, what: Happening) -> None:
    lang, key = office.lang, f"way:{concern.id}:{what}"
    now = level_of(concern.answers)
    level_key = f"{key}:level"
    if level_key not in st.session_state:
        st.session_state[level_key] = _first_level(what, now)
    if f"{key}:on" not in st.session_state:
        st.session_state[f"{key}:on"] = today()
    on = ask_day(Words("日", "Day").say(lang), f"{key}:on", lang, between=(_FIRST_DAY, today()))
    where = (
        Words("どの層へ", "To which level")
        if what in ("sent_up", "sent_back")
        else Words("どの層で", "At which level")
    )
    level = st.segmented_control(
        where.say(lang), _levels(what, now), key=level_key, required=True, width="stretch",
        format_func=lambda one: label(LEVEL_WORDS[one], lang),
    )  # fmt: skip
    meeting = st.text_input(
        Words("会議（第2回 第2層協議体 など）", "Meeting").say(lang), key=f"{key}:meeting"
    )
    show_noticed(meeting or "", lang)
    said = st.text_area(_WORDS[what].say(lang), key=f"{key}:note", height=110)
    show_noticed(said or "", lang)
    if st.button(
        Words("保存する", "Save").say(lang), key=f"{key}:save", type="primary", width="stretch"
    ):
        step = {
            "on": on.isoformat() if on else "", "what": what, "level": level or "",
            "meeting": (meeting or "").strip(), "note": (said or "").strip(),
        }  # fmt: skip
        _keep(office, concern, what, step)


def _levels(what: Happening, now: str) -> list[str]:
    """Return the levels a step may name: above for one sent up, below for one sent back."""
    at = LEVELS.index(now) if now in LEVELS else -1
    if what == "sent_up":
        return list(LEVELS[at + 1 :])
    if what == "sent_back":
        return list(LEVELS[:at]) if at > 0 else list(LEVELS[:1])
    return list(LEVELS)


def _first_level(what: Happening, now: str) -> str:
    offered = _levels(what, now)
    if what == "sent_up":
        return offered[0]
    if what == "sent_back":
        return offered[-1]
    return now or LEVELS[0]


def _keep(office: Office, concern: Site, what: Happening, step: Mapping[str, str]) -> None:
    lang = office.lang
    if not step["on"]:
        st.error(Words("日を入れてください。", "Give the day.").say(lang))
        return
    named = [one.text for key in ("meeting", "note") for one in notice(step[key])]
    if named and not concern.answer(REASON):
        told = "、".join(f"「{entity(one)}」" for one in dict.fromkeys(named))
        words = Words(
            f"保存していません。個人の名前や電話番号のようなことば（{told}）を、役職・年代・地区で書き直してください。"
            "どうしても残すときは「直す・書き足す」で、わけといっしょに書きます。",
            f"Not saved. Write role, age group and area instead of {told}; where it has to stay, write it"
            " under “Correct or add”, with the reason.",
        )
        st.html(f"<p class='kz-fault' role='alert'>{words.say(lang)}</p>")
        return
    id_ = new_id()[:_ID_LENGTH]
    after = add_step(concern.answers, step, id_=id_)
    before = {key: concern.answers.get(key) for key in ("tier", "state", "result")
              if after.get(key) != concern.answers.get(key)}  # fmt: skip
    if _save(office, concern, after):
        for part in ("on", "level", "meeting", "note"):
            st.session_state.pop(f"way:{concern.id}:{what}:{part}", None)
        # Another widget: the one that was pressed would take the same press again as its taking back.
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
        st.session_state["way_done"] = _Done(concern=concern.id, step=id_, what=what, before=before)
        st.rerun()


def _save(office: Office, concern: Site, answers: Mapping[str, Any]) -> bool:
    """Keep a version that says no more than what differs; says whether it was kept."""
    id_ = new_id()
    origin = Origin(source="told", sure="sure", by=role_now(office.lang), on=today().isoformat())
    version, faults = compose(
        concern.type, concern.state,
        Written(
            version_id=id_, record_id=id_, site_id=concern.id, kind="correct", origin=origin,
            made_at=now_text(), answers=answers,
        ),
    )  # fmt: skip
    told = [words for _, words in faults]
    if not told:
        try:
            office.register.save(version)
        except InputError as error:
            told = [outside(error.words)]
    for words in told:
        said = entity(words.say(office.lang))
        st.html(f"<p class='kz-fault' role='alert'>{said}</p>")
    return not told


def _show_done(office: Office, concern: Site) -> None:
    """Say what was just written, and offer to take it back."""
    lang: Lang = office.lang
    done: _Done | None = st.session_state.get("way_done")
    if done is None or done.concern != concern.id:
        return
    words = Words(
        f"「{HAPPENING_WORDS[done.what].ja}」を {say_date(today(), 'ja')} に保存しました。",
        f"Saved: {HAPPENING_WORDS[done.what].en}.",
    )
    st.html(f"<div class='kz-saved' role='status'><b>{words.say(lang)}</b></div>")
    if st.button(Words("取り消す", "Undo").say(lang), key="way_undo", width="stretch"):
        st.session_state.pop("way_done")
        if _save(office, concern, _without(concern, done)):
            st.rerun()


def _without(concern: Site, done: _Done) -> dict[str, Any]:
    """Return the answers without one step, and what followed of it as it was, unless somebody changed it since."""
    listed = concern.answers.get(WAY)
    items = listed if isinstance(listed, list) else []
    left = [one for one in items if one["_id"] != done.step]
    step = next((one for one in items if one["_id"] == done.step), None)
    out = {**concern.answers, WAY: left or None}
    if step is not None:
        past = {**out, **done.before, WAY: left}
        then = add_step(past, {k: v for k, v in step.items() if k != "_id"}, id_=done.step)
        out |= {
            key: value
            for key, value in done.before.items()
            if then.get(key) == concern.answers.get(key)
        }
    return out
