"""Which kinds the log has: renamed, put in order, hidden, added, and taken back (種類を決める)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words, count_in_english
from layers.maps.popup import entity
from pages.parts.form.noticed import show_noticed
from pages.parts.frame.office import address, button_link, link, new_id
from surveys.declaration.field import REST
from surveys.record.own_choices import OwnChoice, declared_choices
from surveys.store.log import count_choices
from surveys.store.own_choices import MovedOnError, find_choices, keep_choices
from surveys.types import LOGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.base.words import Lang
    from pages.parts.frame.office import Office
    from surveys.record.own_choices import Own
    from surveys.store.own_types import KeptChoices

TYPE: Final = LOGS["activity"]
FIELD: Final = TYPE.field("kind")
PARAM: Final = "kinds"
WORDS: Final = Words("種類を決める", "Decide the kinds")
_KEY: Final = "log_kinds"
_DONE: Final = "log_kinds_done"
_ID_SIGNS: Final = 12
_GIVEN_UP: Final = "-"
_NAME: Final = Words("種類の名前を書く", "what it is called, in Japanese")
_ENGLISH: Final = Words("英語の名前（なくてもよい）", "in English (may be left out)")


@dataclass(slots=True, kw_only=True)
class _Desk:
    """The list as it is being changed, in this visit alone.

    Attributes
    ----------
    mark
        Of the list it was made from.
    turn
        Grows when it is begun anew, so that widgets forget what stood in them.
    """

    mark: str
    rows: list[OwnChoice]
    turn: int = 0


def show_kinds(office: Office) -> None:
    """Show the kinds as a list to change, saved with one press (種類の一覧を直す)."""
    lang = office.lang
    back = link("activities", Words("← 活動記録へもどる", "← Back to the log").say(lang), lang)
    st.html(f"<p class='kz-note'>{back}</p>")
    st.subheader(WORDS.say(lang), anchor=False)
    note = Words(
        "役所で使う呼び方に直せます。使わない種類は、フォームに出なくなるだけで、もう書いた記録では、そのまま読めます。"
        "古いファイルの前の呼び方も、読みこめます。",
        "Call them as your office does. A kind not used is no longer offered; entries already written"
        " keep its word, and files that say an earlier name are still read.",
    )
    st.html(f"<p class='kz-note'>{note.say(lang)}</p>")
    done = st.session_state.pop(_DONE, None)
    if done:
        st.html(f"<div class='kz-saved' role='status'><b>{entity(done)}</b></div>")
    kept = find_choices(office.register, TYPE.id, FIELD.id)
    desk = _desk(kept)
    counts = count_choices(office.register, FIELD.id, TYPE.id)
    used = [one for one in desk.rows if not one.hidden]
    for at, one in enumerate(used):
        _show_row(desk, one, at, used, counts.get(one.id, 0), lang)
    st.button(
        Words("種類を足す", "Add a kind").say(lang), key="kinds_add", on_click=_add, args=(desk,)
    )
    _show_aside(desk, counts, lang)
    _show_save(office, desk, kept)
    _show_undo(office, desk, kept)


def _desk(kept: KeptChoices) -> _Desk:
    desk: _Desk | None = st.session_state.get(_KEY)
    if desk is None or (desk.mark != kept.mark and not _is_touched(desk)):
        turn = 0 if desk is None else desk.turn + 1
        desk = _Desk(mark=kept.mark, rows=list(kept.choices), turn=turn)
        st.session_state[_KEY] = desk
        st.session_state[f"{_KEY}:from"] = kept.choices
    return desk


def _is_touched(desk: _Desk) -> bool:
    return tuple(desk.rows) != st.session_state.get(f"{_KEY}:from")


def _show_row(
    desk: _Desk, one: OwnChoice, at: int, used: list[OwnChoice], count: int, lang: Lang
) -> None:
    names = (Words(f"{at + 1}番目の名前", f"Name of kind {at + 1}"),
             Words(f"{at + 1}番目の英語の名前", f"Its English name, kind {at + 1}"))  # fmt: skip
    with st.container(
        key=f"kindrow_{one.id}", horizontal=True, vertical_alignment="center", gap="small"
    ):
        with st.container(width="stretch", key=f"kindname_{one.id}", gap="xsmall"):
            ja = _ask(f"kind:{desk.turn}:{one.id}:ja", one.ja, names[0].say(lang), _NAME.say(lang))
            en = one.en
            if lang == "en":
                en = _ask(
                    f"kind:{desk.turn}:{one.id}:en", one.en, names[1].say(lang), _ENGLISH.say(lang)
                )
            elif ja != one.ja and en == _declared_en(one.id):
                en = ""  # the English of another word
        with st.container(
            horizontal=True, width="content", vertical_alignment="center", gap="xsmall"
        ):
            number = Words(f"{count:,}件", count_in_english(count, "entry", "entries")).say(lang)
            st.html(
                f"<span class='kz-note' style='display:inline-block;min-width:3.5em;text-align:right'>{number}</span>",
                width="content",
            )
            _press_move(desk, one, used, at, lang)
            st.button(
                Words("使わない", "Do not use").say(lang), key=f"kind_off_{one.id}",
                on_click=_set_aside, args=(desk, one.id, True), disabled=one.id == REST,
            )  # fmt: skip
    if (ja, en) != (one.ja, one.en):
        desk.rows[desk.rows.index(one)] = replace(one, ja=ja, en=en)
    show_noticed(ja, lang)


def _press_move(desk: _Desk, one: OwnChoice, used: list[OwnChoice], at: int, lang: Lang) -> None:
    for id_, words, step in (
        ("up", Words("上へ", "Up"), -1),
        ("down", Words("下へ", "Down"), 1),
    ):
        st.button(
            words.say(lang), key=f"kind_{id_}_{one.id}", on_click=_move, args=(desk, one.id, step),
            disabled=not 0 <= at + step < len(used),
        )  # fmt: skip


def _ask(key: str, text: str, words: str, hint: str) -> str:
    if key not in st.session_state:
        st.session_state[key] = text
    given = st.text_input(words, key=key, label_visibility="collapsed", placeholder=hint)
    return (given or "").strip()


def _declared_en(id_: str) -> str:
    choice = FIELD.choice(id_)
    return "" if choice is None else choice.words.en


def _show_aside(desk: _Desk, counts: dict[str, int], lang: Lang) -> None:
    aside = [one for one in desk.rows if one.hidden]
    if not aside:
        return
    head = Words(f"使わない種類　{len(aside)}", f"Kinds not used: {len(aside)}")
    with st.container(border=True, key="card_kinds_aside"):
        st.html(f"<h3 class='kz-head'>{head.say(lang)}</h3>")
        for one in aside:
            with st.container(
                key=f"kindaside_{one.id}", horizontal=True, vertical_alignment="center", gap="small"
            ):
                count = counts.get(one.id, 0)
                number = Words(f"{count:,}件", count_in_english(count, "entry", "entries")).say(
                    lang
                )
                st.html(
                    f"{entity(_say(one, lang))}　<span class='kz-note'>{number}</span>",
                    width="stretch",
                )
                st.button(
                    Words("使う", "Use").say(lang), key=f"kind_on_{one.id}",
                    on_click=_set_aside, args=(desk, one.id, False),
                )  # fmt: skip


def _show_save(office: Office, desk: _Desk, kept: KeptChoices) -> None:
    lang = office.lang
    touched = _is_touched(desk)
    if touched:
        words = Words(
            "直したところは、まだ保存していません。", "What you changed is not saved yet."
        )
        st.html(f"<p class='kz-note' role='status'>{words.say(lang)}</p>")
    if st.button(
        Words("種類を保存する", "Save the kinds").say(lang), type="primary", key="kinds_save",
        disabled=not touched,
    ):  # fmt: skip
        done = Words("種類を保存しました。", "The kinds are saved.")
        _keep(office, desk.rows, desk.mark, done, kept)
    if touched:
        st.button(
            Words("直すのをやめる", "Give up the changes").say(lang), key="kinds_drop",
            on_click=_drop,
        )  # fmt: skip


def _show_undo(office: Office, desk: _Desk, kept: KeptChoices) -> None:
    lang, ten = office.lang, declared_choices(FIELD)
    touched = _is_touched(desk)  # what is not saved yet would be gone
    if kept.before is None:
        return
    head = Words("もとに戻す", "Take it back")
    body = Words(
        "すぐに保存します。足した種類は「使わない種類」にのこり、もう一度戻せます。",
        "This is saved at once. Kinds you added stay among those not used; it can be undone again.",
    )
    with st.container(border=True, key="card_kinds_undo"):
        st.html(f"<h3 class='kz-head'>{head.say(lang)}</h3><p class='kz-note'>{body.say(lang)}</p>")
        with st.container(horizontal=True, gap="small"):
            words = Words("ひとつ前の種類に戻す", "Back to the kinds before")
            if st.button(words.say(lang), key="kinds_before", disabled=touched):
                _keep(office, kept.before, desk.mark, _PUT_BACK, kept)
            words = Words("はじめの10種類（大田原市）に戻す", "Back to the first ten (Otawara)")
            if st.button(words.say(lang), key="kinds_first", disabled=touched):
                _keep(office, ten, desk.mark, _PUT_BACK, kept)


_PUT_BACK: Final = Words("種類をもとに戻しました。", "The kinds are as they were.")


def _keep(
    office: Office, rows: Iterable[OwnChoice], mark: str, done: Words, kept: KeptChoices
) -> None:
    lang = office.lang
    try:
        keep_choices(office.register, TYPE.id, FIELD.id, rows, made_from=mark)
    except MovedOnError as error:
        _show_moved_on(error, kept, lang)
        return
    except InputError as error:
        st.html(f"<p class='kz-fault' role='alert'>{entity(outside(error.words).say(lang))}</p>")
        return
    _drop()
    st.session_state[_DONE] = done.say(lang)
    st.rerun()


def _show_moved_on(error: MovedOnError, kept: KeptChoices, lang: Lang) -> None:
    """Say that somebody was first, and what the list is now; what was typed stays until it is given up."""
    now = "・".join(_say(one, lang) for one in kept.choices if not one.hidden)
    words = Words(
        f"いまの種類：{now}。あなたの直しを書きとめてから「直すのをやめる」を押すと、いまの種類から直せます。",
        f"The kinds now: {now}. Note what you changed, press “Give up the changes”, and begin from these.",
    )
    st.html(
        f"<p class='kz-fault' role='alert'>{entity(outside(error.words).say(lang))}。<br>"
        f"{entity(words.say(lang))}</p>"
    )


def _say(one: OwnChoice, lang: Lang) -> str:
    return one.en or one.ja if lang == "en" else one.ja


def _add(desk: _Desk) -> None:
    made = OwnChoice(id=f"own_{new_id()[:_ID_SIGNS]}", ja="")
    rest = next((at for at, one in enumerate(desk.rows) if one.id == REST), len(desk.rows))
    desk.rows.insert(rest, made)  # before that for all others, which usually stands last


def _set_aside(desk: _Desk, id_: str, hidden: bool) -> None:  # noqa: FBT001 - a callback
    at = next(at for at, one in enumerate(desk.rows) if one.id == id_)
    known: Own = st.session_state[f"{_KEY}:from"]
    if hidden and not any(one.id == id_ for one in known):
        del desk.rows[at]  # added a moment ago, and never saved
        return
    desk.rows[at] = replace(desk.rows[at], hidden=hidden)


def _move(desk: _Desk, id_: str, step: int) -> None:
    used = [at for at, one in enumerate(desk.rows) if not one.hidden]
    mine = next(n for n, at in enumerate(used) if desk.rows[at].id == id_)
    one, other = used[mine], used[mine + step]
    desk.rows[one], desk.rows[other] = desk.rows[other], desk.rows[one]


def _drop() -> None:
    """Begin anew from what is kept, at the next look."""
    desk: _Desk | None = st.session_state.get(_KEY)
    if desk is not None:
        desk.mark, desk.rows = _GIVEN_UP, list(st.session_state[f"{_KEY}:from"])


def show_way(lang: Lang) -> None:
    """Show the way to the list of kinds (種類を決める画面へ)."""
    with st.columns([0.3, 0.7])[0]:
        button_link(address("activities", lang, **{PARAM: "1"}), WORDS, lang)
