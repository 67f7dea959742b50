"""Files that are dropped, each as a card (ファイルを置く)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.marks import shown
from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words, count_in_english
from layers.inspected.say import say_facts
from layers.making.draft import NOT_USED, changing
from layers.making.sketch import draw, sketch_of
from layers.making.taking import Dropped, drop_file, take_files
from layers.maps.popup import entity
from layers.served.account import sign_in_needed
from pages.parts.frame.frame import label, no_markdown
from pages.parts.frame.office import now_text
from pages.parts.making.facts import ask_facts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geo.base.words import Lang
    from geo.sources.people_match import Matched
    from layers.making.choose import Chosen, State
    from layers.making.draft import Given

# An upload is held in memory: at one's own machine an extract of a region may come.
_ALONE_MB, _SHARED_MB = 1_000, 200
_TURN: Final = "mk_turn"
_SAID: Final = "mk_said"
_FIRST: Final[dict[State, int]] = {
    "used": 0, "elsewhere": 1, "broken": 1, "twice": 2, "unknown": 2, "register": 1, "spare": 2,
    "beside": 3,
}  # fmt: skip
_STATES: Final[dict[State, tuple[str, Words]]] = {
    "used": ("kz-has", Words("使う", "used")),
    "register": ("kz-has", Words("街のあとで", "after the town")),
    "spare": ("kz-due", Words("使わない", "not used")),
    "twice": ("kz-due", Words("同じもの", "the same")),
    "unknown": ("kz-due", Words("わからない", "not known")),
    "elsewhere": ("kz-gone", Words("ほかの街", "another town")),
    "broken": ("kz-gone", Words("読めない", "broken")),
}
_WIDTH, _HEIGHT = 168, 120


def ask_files(folder: Path, lang: Lang) -> None:
    """Ask for files, in any order, as often as wanted; each is kept and looked at (ファイルを置く)."""
    turn = st.session_state.setdefault(_TURN, 0)
    with st.container(border=True, key="card_mk_drop"):
        st.subheader(Words("ファイルを置く", "Give the files").say(lang), anchor=False)
        words = Words(
            "順番は自由です。何のファイルかわからなくても、まとめて置いてください。zip のままでかまいません。"
            "使わないものが混じっていても、外す必要はありません。",
            "In any order, all together, also those you are not sure of; zips as they are. What is not used may stay.",
        )
        st.html(f"<p class='kz-note'>{words.say(lang)}</p>")
        choose = Words("フォルダを選ぶ", "Choose a folder").say(lang)
        st.html(f"<style>[class*=st-key-mk_tree]{{--kz-choose:'{choose}'}}</style>")
        most = _SHARED_MB if sign_in_needed() else _ALONE_MB
        one, two = st.columns(2)
        files = one.file_uploader(
            Words("ファイル（いくつでも）", "Files (any number)").say(lang),
            accept_multiple_files=True, key=f"mk_files_{turn}", max_upload_size=most,
        )  # fmt: skip
        tree = two.file_uploader(
            Words("フォルダごと", "A whole folder").say(lang),
            accept_multiple_files="directory", key=f"mk_tree_{turn}", max_upload_size=most,
        )  # fmt: skip
        said = st.session_state.pop(_SAID, None)
        if said:
            st.html(f"<p class='kz-note' role='alert'><b>{entity(said)}</b></p>")
    given = [*(files or ()), *(tree or ())]
    if given:
        _take(folder, [Dropped(name=one.name, data=one.getvalue()) for one in given], lang)


def _take(folder: Path, dropped: Sequence[Dropped], lang: Lang) -> None:
    begin = Words("ファイルを見ています…", "looking at the files…").say(lang)
    bar = st.progress(0.0, begin)

    def say(done: int, of: int, name: str) -> None:
        words = Words(f"{done + 1}／{of}　{name}", f"{done + 1} of {of}: {name}")
        bar.progress(done / max(of, 1), no_markdown(words.say(lang)))

    try:
        found = take_files(folder, dropped, now_text(), say)
    except InputError as error:
        st.session_state[_SAID] = outside(error.words).say(lang)
    else:
        if not found:
            st.session_state[_SAID] = Words(
                "使えるファイルはありませんでした。", "There was no file to be used."
            ).say(lang)
    st.session_state[_TURN] += 1
    st.rerun()


def show_files(
    folder: Path, chosen: Sequence[Chosen], matched: Mapping[str, Matched], lang: Lang
) -> None:
    """Show each file as a card: what it is, what for, what is doubtful (置いたファイル).

    Parameters
    ----------
    matched
        By a file's id, how it fits the others: people the areas, streets and heights the town.
    """
    cards = sorted(
        (one for one in chosen if one.state != "beside"), key=lambda one: _FIRST[one.state]
    )
    if not cards:
        return
    beside = sum(one.state == "beside" for one in chosen)
    used = sum(one.state == "used" for one in cards)
    head = Words(
        f"置いたファイル {len(cards)}　使う {used}", f"Files given: {len(cards)}, used: {used}"
    )
    st.subheader(head.say(lang), anchor=False)
    for one in cards:
        _show_card(folder, one, matched.get(one.given.id), lang)
    if beside:
        words = Words(
            f"ほかに、いっしょに使うファイル {beside}個", f"and {beside} used with one of these"
        )
        st.html(f"<p class='kz-note'>{words.say(lang)}</p>")


def _show_card(folder: Path, one: Chosen, matched: Matched | None, lang: Lang) -> None:
    given = one.given
    with st.container(border=True, key=f"card_mk_{given.id}"):
        picture, said, ask = st.columns([0.18, 0.52, 0.3], vertical_alignment="top")
        art = draw(
            [(one.use.id if one.use else "", sketch_of(folder, one))],
            None,
            width=_WIDTH,
            height=_HEIGHT,
        )
        if art:
            alt = Words("このファイルの形", "the file's shape").say(lang)
            picture.html(
                f"<img src=\"{art}\" alt='{alt}' width='{_WIDTH}' height='{_HEIGHT}' "
                "style='max-width:100%;height:auto;border:1px solid #DCD6C8'>"
            )
        said.html(_say(one, lang) + (_say_matched(matched, lang) if matched else ""))
        with ask:
            _ask_use(folder, given, one, lang)
        _show_more(one, lang)
        if one.state == "used":
            ask_facts(folder, given, lang)


def _say(one: Chosen, lang: Lang) -> str:
    given, seen = one.given, one.given.seen
    style, state = _STATES[one.state]
    facts = entity(say_facts(seen, lang))
    said = (
        f"<b style='overflow-wrap:anywhere'>{entity(given.called().say(lang))}</b> "
        f"<span class='{style}'>{state.say(lang)}</span><br><span class='kz-note'>{facts}</span>"
    )
    if one.use is not None:
        colon = Words("：", ": ").say(lang)
        found = one.use.found
        if one.use.id == "division" and given.column:  # a look chose another
            found = Words(
                f"「{given.column}」を地区の名前にします", f"areas named by “{given.column}”"
            )
        said += f"<br><b>{entity(one.use.words.say(lang))}</b>{colon}{entity(found.say(lang))}"
    if one.pick:
        words = Words(f"このうち {one.pick} だけを使います", f"of these only {one.pick} is used")
        said += f"<br><span class='kz-note'>{entity(words.say(lang))}</span>"
    if one.why is not None:
        said += f"<br>{entity(one.why.say(lang))}"
    if seen.licence is not None:
        terms = Words("利用条件：", "Terms: ").say(lang)
        said += f"<br><span class='kz-note'>{terms}{entity(seen.licence.say(lang))}</span>"
    return said


def _say_matched(matched: Matched, lang: Lang) -> str:
    words = entity(outside(matched.words).say(lang))
    if matched.good:
        return f"<br><span class='kz-note'>{words}</span>"
    head = Words("合いません", "Does not fit").say(lang)
    return f"<br><span class='kz-gone'>{head}</span> <b role='alert'>{words}</b>"


def _ask_use(folder: Path, given: Given, one: Chosen, lang: Lang) -> None:
    """Ask what the file is for, and take it out."""
    options = ["", *(use.id for use in given.seen.uses), NOT_USED]
    words = {use.id: label(use.words, lang) for use in given.seen.uses}
    by_itself = label(one.use.words, lang) if one.use else ""
    auto = Words("おまかせ", "Decide for me").say(lang)
    words[""] = f"{auto}（{by_itself}）" if by_itself and lang == "ja" else auto
    words[NOT_USED] = Words("使わない", "Not used").say(lang)
    if given.seen.uses:
        chosen = st.selectbox(
            Words("使いみち", "Use").say(lang), options, index=options.index(given.use) if given.use in options else 0,
            format_func=lambda id_: shown(words[id_]), key=f"mk_use_{given.id}_{given.use}",
        )  # fmt: skip
        if chosen != given.use:
            _change(folder, replace(given, use=chosen))
    if one.use is not None and one.use.id == "division":
        _ask_division(folder, given, one, lang)
    if st.button(Words("外す", "Take out").say(lang), key=f"mk_out_{given.id}", width="stretch"):
        drop_file(folder, given.id, now_text())
        st.rerun()


def _ask_division(folder: Path, given: Given, one: Chosen, lang: Lang) -> None:
    """Ask what the division is called, and which column names its areas."""
    name = st.text_input(
        Words("分け方の名前", "What the division is called").say(lang), value=one.division,
        key=f"mk_div_{given.id}", max_chars=40,
    )  # fmt: skip
    columns = [column.name for column in given.seen.columns]
    column = one.column
    if column in columns:
        column = st.selectbox(
            Words("地区の名前の列", "Column of the areas' names").say(lang), columns,
            index=columns.index(column), format_func=shown, key=f"mk_col_{given.id}",
        )  # fmt: skip
    name = (name or "").strip()
    if (name and name != one.division) or column != one.column:
        _change(folder, replace(given, division=name or one.division, column=column))


def _change(folder: Path, given: Given) -> None:
    with changing(folder, now_text()) as held:
        held[0] = held[0].with_file(given)
    st.rerun()


def _show_more(one: Chosen, lang: Lang) -> None:
    """Show everything else a look says, folded."""
    seen, use = one.given.seen, one.use
    told = list(dict.fromkeys([*(use.told if use else ()), *seen.traps, *seen.missing]))
    read = [c for c in (use.columns if use else ()) if c.becomes is not None]
    if not told and not read:
        return
    count = len(told)
    head = (
        Words(f"くわしく（気をつけること {count}）", f"More ({count_in_english(count, 'note')})")
        if count
        else Words("くわしく", "More")
    )
    with st.expander(head.say(lang)):
        lines = [f"{c.name} → {c.becomes.say(lang)}" for c in read if c.becomes]
        lines += [words.say(lang) for words in told]
        items = "".join(f"<li>{entity(line)}</li>" for line in lines)
        st.html(f"<ul class='kz-log'>{items}</ul>")
