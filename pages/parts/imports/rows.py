"""The rows of a file that is brought in: what each would do, and which are taken (取りこむ行を選ぶ)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from geo.base.problems import dump_problems
from geo.base.words import Words
from layers.cards.site_story import say_path_value
from layers.maps.popup import entity
from pages.parts.frame.frame import label
from surveys.imports.plan import say_action
from surveys.record.history import PLACE
from surveys.record.say_path import say_path

if TYPE_CHECKING:
    from geo.base.words import Lang
    from surveys.imports.importing import Plan, PlanRow

Left = set[tuple[str, int]]
_SHOWN: Final = 20
_CHANGES_SHOWN: Final = 6
_PROBLEMS_SHOWN: Final = 200
_PROBLEMS_UNROLLED: Final = 8
_ROW_PX: Final = 48
_HEAD_PX: Final = 40
_MOST_PX: Final = 480
# Of a register's sites, and of a log's entries.
_CHANGE: Final = {
    False: Words("変わる地点", "Sites that change"),
    True: Words("変わる記録", "Entries that change"),
}
_REFUSED: Final = Words(
    "読めない値だけを空けて、ほかの値は取りこみます。もうある地点では、いまの値が残ります。",
    "Only values that cannot be read are left out; of a site that is there already, what it has stays.",
)
_NEW: Final = {False: Words("新しい地点", "New sites"), True: Words("新しい記録", "New entries")}


def show_problems(plan: Plan, lang: Lang) -> None:
    """Show every problem by row and column, and all of them as a file (気をつけること)."""
    if not plan.problems:
        return
    number = len(plan.problems)
    with st.expander(
        Words(f"気をつけること {number:,}件", f"{number:,} problems").say(lang), expanded=True
    ):
        st.html(f"<p class='kz-note'>{_REFUSED.say(lang)}</p>")
        with st.container(height=260 if number > _PROBLEMS_UNROLLED else "content", border=False):
            lines = "".join(
                f"<li>{entity(one.say(lang))}</li>"
                for one in sorted(plan.problems, key=lambda one: one.row or 0)[:_PROBLEMS_SHOWN]
            )
            st.html(f"<ul class='kz-log'>{lines}</ul>")
        st.download_button(
            Words(f"{number:,}件すべてをCSVで", f"All {number:,} as CSV").say(lang),
            ("\ufeff" + dump_problems(plan.problems)).encode(),
            file_name=f"{plan.file}_problems.csv", mime="text/csv", key="in_problems", on_click="ignore",
        )  # fmt: skip


def ask_rows(plan: Plan, lang: Lang) -> None:
    """Show what each row would do, and let it be left out (行を選ぶ).

    What is left out stands in the session, by sheet and row: see `left_out`.
    """
    changing = [row for row in plan.rows if row.action == "change"]
    others = [row for row in plan.rows if row.action in ("new", "problem")]
    if not changing and not others:
        st.html(
            f"<p class='kz-note'>{Words('変わるところはありません。', 'Nothing would change.').say(lang)}</p>"
        )
    if changing:
        st.subheader(_CHANGE[plan.type.log].say(lang), anchor=False)
        _ask_changes(plan, changing, lang)
    if others:
        st.subheader(_NEW[plan.type.log].say(lang), anchor=False)
        _ask_table(plan, others, lang)


def left_out(plan: Plan) -> Left:
    """Return the rows a person left out of a plan (はずした行)."""
    found: Left = st.session_state.setdefault(f"in_out:{plan.sha256}:{plan.type.id}", set())
    return found


def _ask_changes(plan: Plan, rows: list[PlanRow], lang: Lang) -> None:
    out = left_out(plan)
    pages = -(-len(rows) // _SHOWN)
    page = int(st.session_state.get("in_page", 1)) if pages > 1 else 1
    for row in rows[(page - 1) * _SHOWN : page * _SHOWN]:
        place = (row.sheet, row.row)
        with st.container(border=True, key=f"card_in_{row.sheet}_{row.row}"):
            tick, text = st.columns([0.18, 0.82], vertical_alignment="center")
            taken = tick.checkbox(
                Words("取りこむ", "Bring in").say(lang),
                value=place not in out,
                key=f"in_row:{plan.sha256}:{place}",
            )
            (out.discard if taken else out.add)(place)
            text.html(_say_changes(plan, row, lang))
    if pages > 1:
        st.pagination(pages, key="in_page")


def _say_changes(plan: Plan, row: PlanRow, lang: Lang) -> str:
    where = Words(f"{row.row}行目", f"row {row.row}").say(lang)
    flat = {one.path: one.after for one in row.changes}
    colon = Words("：", ": ").say(lang)
    lines = [
        f"<b>{entity(row.title or where)}</b>　<span class='kz-note'>{entity(row.sheet)} {where}</span>"
    ]
    for one in row.changes[:_CHANGES_SHOWN]:
        before = say_path_value(plan.type, one.path, one.before, lang, {})
        after = say_path_value(plan.type, one.path, one.after, lang, {})
        held = "" if one.taken else Words("（いまの値を残す）", " (what is there stays)").say(lang)
        said = entity(say_path(plan.type, one.path, flat).say(lang))
        lines.append(f"{said}{colon}<del>{entity(before)}</del> → {entity(after)}{held}")
    rest = len(row.changes) - _CHANGES_SHOWN
    if rest > 0:
        lines.append(Words(f"ほか {rest}項目", f"and {rest} more").say(lang))
    return "<br>".join(lines)


def _ask_table(plan: Plan, rows: list[PlanRow], lang: Lang) -> None:
    """Show new rows, and those that cannot be taken, as one table with a tick each."""
    out = left_out(plan)
    many = len({row.sheet for row in plan.rows}) > 1
    take, row_head, name, result, note = (
        Words("取りこむ", "Bring in").say(lang), Words("行", "Row").say(lang), Words("名前", "Name").say(lang),
        Words("どうなるか", "Result").say(lang), Words("気をつけること", "Note").say(lang),
    )  # fmt: skip
    dated = (
        next((one for one in plan.type.fields if one.kind == "date"), None)
        if plan.type.log
        else None
    )
    days = {} if dated is None else {
        dated.words.say(lang): [_say_patched(plan, row, dated.id, lang) for row in rows]
    }  # fmt: skip
    frame = pd.DataFrame(
        {
            take: [row.version is not None and (row.sheet, row.row) not in out for row in rows],
            row_head: [f"{row.sheet} {row.row}" if many else str(row.row) for row in rows],
            **days,
            name: [row.title for row in rows],
            result: [_say_result(plan, row, lang) for row in rows],
            note: ["／".join(one.reason.say(lang) for one in row.problems) for row in rows],
        }
    )
    edited = st.data_editor(
        frame, key=f"in_table:{plan.sha256}:{plan.type.id}", disabled=[row_head, *days, name, result, note],
        column_config={take: st.column_config.CheckboxColumn(width=120), row_head: st.column_config.Column(width=90)},
        hide_index=True, row_height=_ROW_PX, height=min(_MOST_PX, _ROW_PX * len(rows) + _HEAD_PX), width="stretch",
    )  # fmt: skip
    for row, taken in zip(rows, edited[take].tolist(), strict=True):
        (out.discard if taken else out.add)((row.sheet, row.row))


def _say_patched(plan: Plan, row: PlanRow, path: str, lang: Lang) -> str:
    value = None if row.version is None else row.version.patch.get(path)
    return "" if value is None else say_path_value(plan.type, path, value, lang, {})


def _say_result(plan: Plan, row: PlanRow, lang: Lang) -> str:
    """Return what becomes of a row: a new site without a place stands on no map, and that is said."""
    said = label(say_action(row.action, log=plan.type.log), lang)
    if row.action != "new" or plan.type.log or row.version is None:
        return said
    placed = row.version.patch.get(PLACE) is not None
    return said if placed else said + Words("（場所なし）", " (no place)").say(lang)
