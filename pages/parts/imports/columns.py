"""Which column of a file became what, and what of it is not used, to be chosen anew (列の読み方)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words, count_in_english
from layers.maps.popup import entity
from pages.parts.frame.frame import no_markdown
from surveys.formats.parts.columns import number_columns
from surveys.formats.parts.list_heads import LIST_ID, LIST_ID_WORDS, base_key
from surveys.imports.layout import forget_choices, offered_keys
from surveys.imports.unused import count_unused, suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.problems import Problem
    from geo.base.words import Lang
    from surveys.declaration.record_type import RecordType
    from surveys.formats.parts.reading import Reading
    from surveys.store.register import Register

_SHOWN: Final = 200
_UNUSED: Final = Words("（使わない）", "(not used)")
_READ_AS: Final = Words("どの項目として読むか", "Read as")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file as it was given, and how it is read (渡されたファイル)."""

    name: str
    type: RecordType
    reading: Reading
    lang: Lang

    @property
    def map_key(self) -> str:
        """Where the session keeps what is chosen for the columns (列の読み方の置き場)."""
        return map_key(self.name, self.type.id)


def map_key(name: str, kind: str) -> str:
    """Return where the session keeps what is chosen for a file's columns (列の読み方の置き場)."""
    return f"in_map:{name}:{kind}"


def ask_columns(given: Given) -> None:
    """Show what is not used, and what each column became, and let it be chosen anew (列の読み方)."""
    lang, reading = given.lang, given.reading
    chosen: dict[str, dict[str, str | None]] = {
        sheet: {**targets, **dict.fromkeys(reading.ignored.get(sheet, ()))}
        for sheet, targets in reading.matched.items()
    }
    before = repr(chosen)
    offered = _offered(given)
    count = count_unused(reading)
    if count.ja:
        # What may have been meant is not left folded away.
        meant = any(
            suggestion(given.type, one) for heads in reading.unused().values() for one in heads
        )
        with st.expander(count.say(lang), expanded=meant):
            _ask_unused(given, offered, chosen)
            _show_problems(reading.aside, lang, Words("行とシート", "Rows and sheets"))
    matched = sum(map(len, (*reading.matched.values(), *reading.ruled.values())))
    if matched:
        _ask_matched(given, offered, chosen, matched)
    if reading.mended:
        number = len(reading.mended)
        words = Words(
            f"直して読んだもの {number:,}件", f"{count_in_english(number, 'thing')} read otherwise"
        )
        with st.expander(words.say(lang)):
            _show_problems(reading.mended, lang)
    if repr(chosen) != before:
        st.session_state[given.map_key] = chosen
        st.rerun()


def _ask_matched(
    given: Given,
    offered: dict[str, str],
    chosen: dict[str, dict[str, str | None]],
    matched: int,
) -> None:
    lang, reading = given.lang, given.reading
    with st.expander(
        Words(f"読む列 {matched}", f"{count_in_english(matched, 'column')} read").say(lang)
    ):
        for sheet, targets in reading.matched.items():
            heads = [*targets, *reading.ruled.get(sheet, ())]
            for at in range(0, len(heads), 3):
                for column, header in zip(st.columns(3), heads[at : at + 3], strict=False):
                    with column:
                        picked = _ask_one(given, offered, sheet, header, no_markdown(header))
                    chosen[sheet][header] = picked


def say_kept(given: Given, register: Register) -> None:
    """Say that what is chosen will be kept, or that what was kept is used and may be forgotten (控えのこと)."""
    lang = given.lang
    if given.map_key in st.session_state:
        words = Words(
            "列の読み方は、取りこむときに控えます。同じ見出しの表では、次からこの読み方を使います。",
            "How columns are read is kept when the file is brought in, and used for the next one of these headings.",
        )
        st.html(f"<p class='kz-note'>{words.say(lang)}</p>")
    elif given.reading.kept:
        words = Words("前に選んだ読み方を忘れる", "Forget how it was read before")
        if st.button(words.say(lang), key="in_forget"):
            forget_choices(register, given.type, given.reading)
            # The widgets begin anew: what they hold is what was chosen.
            st.session_state["in_cols_turn"] = st.session_state.get("in_cols_turn", 0) + 1
            st.rerun()


def _ask_unused(
    given: Given, offered: dict[str, str], chosen: dict[str, dict[str, str | None]]
) -> None:
    lang = given.lang
    for sheet, heads in given.reading.unused().items():
        for header in heads:
            card = st.container(border=True, key=f"card_in_col_{sheet}_{header}")
            text, ask = card.columns([0.55, 0.45], vertical_alignment="center")
            text.html(_say_column(given, sheet, header))
            with ask:
                words = Words(f"「{header}」を{_READ_AS.ja}", f"{_READ_AS.en}: {header}")
                picked = _ask_one(
                    given, offered, sheet, header, no_markdown(words.say(lang)), hidden=True
                )
            chosen[sheet][header] = picked


def _say_column(given: Given, sheet: str, header: str) -> str:
    lang = given.lang
    lines = [f"<b>{Words('列', 'Column').say(lang)}「{entity(header)}」</b>"]
    samples = given.reading.samples.get(sheet, {}).get(header, ())
    if samples:
        said = "、".join(one if len(one) <= 20 else f"{one[:20]}…" for one in samples)  # noqa: PLR2004 - to know it by
        lines.append(entity(Words(f"例：{said}", f"such as: {said}").say(lang)))
    else:
        lines.append(Words("すべて空です", "all empty").say(lang))
    found = suggestion(given.type, header)
    if found is not None:
        words = Words(f"「{found[1].ja}」のことかもしれません", f"may be “{found[1].en}”")
    else:
        words = Words("当てはまる項目がありません", "no field fits")
    lines.append(entity(words.say(lang)))
    first, *rest = lines
    return first + "".join(f"<br><span class='kz-note'>{one}</span>" for one in rest)


def _ask_one(
    given: Given,
    offered: dict[str, str],
    sheet: str,
    header: str,
    words: str,
    *,
    hidden: bool = False,
) -> str | None:
    now = given.reading.matched.get(sheet, {}).get(header) or ""
    found = suggestion(given.type, header) if not now else None
    # What it may be stands first, after what it is.
    options = _apart([now, *([found[0]] if found else []), "", *offered], offered)
    turn = st.session_state.get("in_cols_turn", 0)
    picked = st.selectbox(
        words, options, index=0,
        key=f"in_col:{turn}:{given.name}:{given.type.id}:{sheet}:{header}",
        format_func=lambda key: no_markdown(offered.get(key or "", key or "")),
        label_visibility="collapsed" if hidden else "visible",
    )  # fmt: skip
    return picked or None


def _apart(keys: Sequence[str], offered: Mapping[str, str]) -> list[str]:
    """Return the keys that are called differently, the first of each name.

    A browser tells a choice by its name: of two of one name (曜日 and 時間 are both 日時) it would
    choose another than the one that is shown.
    """
    by_name: dict[str, str] = {}
    for key in keys:
        by_name.setdefault(offered.get(key, key), key)
    return list(by_name.values())


def _offered(given: Given) -> dict[str, str]:
    """Name what a column may be taken for, and what a list's plain headings are taken for."""
    lang, type_ = given.lang, given.type
    offered = {"": _UNUSED.say(lang)}
    offered |= {key: words.say(lang) for key, words in offered_keys(type_).items()}
    keys = {key for sheet in given.reading.matched.values() for key in sheet.values()}
    if LIST_ID in keys:
        offered[LIST_ID] = LIST_ID_WORDS.say(lang)
    things = {one.id: one for one in type_.fields if one.item}
    for key in keys:
        thing, _, rest = key.partition("#")
        number = rest.partition("/")[0]
        if thing not in things or not number.isdecimal():
            continue
        for one in number_columns(type_, things[thing], int(number)):
            if one.key == base_key(key):
                offered[key] = one.heads.say(lang)
    return offered


def _show_problems(problems: Sequence[Problem], lang: Lang, head: Words | None = None) -> None:
    if not problems:
        return
    if head is not None:
        st.html(f"<b>{head.say(lang)}</b>")
    lines = "".join(f"<li>{entity(one.say(lang))}</li>" for one in problems[:_SHOWN])
    rest = len(problems) - _SHOWN
    if rest > 0:
        lines += f"<li>{Words(f'ほか {rest:,}件', f'and {rest:,} more').say(lang)}</li>"
    st.html(f"<ul class='kz-log'>{lines}</ul>")
