"""The town's own list of 通いの場 on the page of imports: one that waits, and one that was taken (街の表)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.dates import say_date
from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words, count_in_english
from layers.day.own_import import NAME, find_waiting, gone_sites, take_waiting
from layers.day.own_list import own_digest
from layers.maps.popup import entity
from layers.served.town import town_now
from pages.parts.frame.office import link, now_text
from pages.parts.imports.rows import ask_rows, left_out
from surveys.imports.importing import say_plan
from surveys.store.own_batches import is_own_batch, leave_own, own_batch_id, own_batches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from layers.day.own_import import Waiting
    from pages.parts.frame.office import Office
    from surveys.record.site import Site
    from surveys.store.receipt import Batch

_MEANWHILE: Final = Words(
    "見ているあいだに一覧が変わりました。上の予定を見直して、もう一度押してください。何も取りこんでいません。",
    "The register changed meanwhile: look at the plan anew and press again. Nothing was brought in.",
)


def show_own_list(office: Office) -> None:
    """Show a newer list of the town, to be taken or left; nothing where all is decided (待っている表)."""
    lang = office.lang
    waiting = find_waiting(town_now(), office.register, now=now_text())
    if waiting is None:
        _say_beside(office)
        return
    if waiting.left:
        with st.expander(
            Words(
                f"取りこまないことにした表：{waiting.plan.file}",
                f"Not brought in: {waiting.plan.file}",
            ).say(lang)
        ):
            _show_waiting(office, waiting)
        return
    with st.container(border=True, key="card_own_list"):
        _show_waiting(office, waiting)


def title_of_batch(batch: Batch) -> Words:
    """Return what an import is called: the town's own list says so (取りこみの名前)."""
    if not is_own_batch(batch.id):
        return Words(batch.file, batch.file)
    return Words(f"{NAME.ja}（{batch.file}）", f"{NAME.en[:1].upper()}{NAME.en[1:]} ({batch.file})")


def say_days(days: Sequence[str], lang: Lang) -> str:
    """Return what day the rows of an import speak of, as HTML; "" where none is told (いつの内容か)."""
    if not days:
        return ""
    first, last = (say_date(date.fromisoformat(one), lang) for one in (days[0], days[-1]))
    span = first if first == last else f"{first}～{last}"
    return f"<span class='nb'>{Words(f'{span} の内容', f'as of {span}').say(lang)}</span>　"


def brings_nothing(batch: Batch) -> bool:
    """Say whether an import wrote nothing: there is nothing to undo (何も書かなかった取りこみか)."""
    return not (batch.counts.get("new") or batch.counts.get("change"))


def _say_beside(office: Office) -> None:
    """Say that the town's list counts beside the register, where it could not be taken."""
    if town_now().salons.empty or own_batches(office.register):
        return
    words = Words(
        f"{NAME.ja}は、一覧に取りこんでいません（書きこめませんでした）。一覧にない所は、そのまま数えます。",
        f"{NAME.en} is not in the register, which could not be written; it counts beside it.",
    )
    st.html(f"<p class='kz-note'>{words.say(office.lang)}</p>")


def _show_waiting(office: Office, waiting: Waiting) -> None:
    lang, plan = office.lang, waiting.plan
    if not waiting.left:
        counts = waiting.say_counts()
        said = Words(
            f"{counts.ja}。決めるまで、一覧のまま数えます",
            f"{counts.en}; until you decide, the register counts as it is",
        )
        st.html(f"<p class='kz-read'><b>{entity(said.say(lang))}</b></p>")
    notes = "".join(f"<p class='kz-note'>{entity(one.say(lang))}</p>" for one in say_plan(plan)[1:])
    if waiting.same:
        same = Words(
            f"ほかの記録がもうある {waiting.same}か所は、その記録のままです。",
            f"{waiting.same} recorded otherwise stay as they are recorded.",
        )
        notes += f"<p class='kz-note'>{same.say(lang)}</p>"
    st.html(notes or "<span></span>")
    ask_rows(plan, lang)
    if waiting.gone:
        st.html(_say_gone(waiting.gone, lang))
    chosen = plan.without(left_out(plan))
    number = chosen.counts["new"] + chosen.counts["change"]
    take, leave, _ = st.columns([0.3, 0.3, 0.4])
    shown = st.session_state.get("own_shown")
    st.session_state["own_shown"] = waiting.seen
    words = Words(f"{number:,}か所を取りこむ", f"Bring in {count_in_english(number, 'site')}")
    if not number:
        words = Words("見たことにする", "Seen")
    if take.button(words.say(lang), type="primary", width="stretch", key="own_take"):
        if shown != waiting.seen:
            st.html(f"<p class='kz-fault'>{_MEANWHILE.say(lang)}</p>")
            return
        try:
            take_waiting(office.register, waiting, chosen, now=now_text())
        except InputError as error:
            st.html(f"<p class='kz-fault'>{entity(outside(error.words).say(lang))}</p>")
            return
        _done(
            Words(
                f"{plan.file} から {number:,}か所を取りこみました。下の一覧から、まとめて取り消せます。",
                f"Brought in {count_in_english(number, 'site')} from {plan.file}; "
                "the list below can undo it as a whole.",
            ),
            lang,
        )
    words = Words("取りこまない", "Do not bring in")
    if not waiting.left and leave.button(words.say(lang), width="stretch", key="own_leave"):
        leave_own(office.register, plan.sha256)
        _done(
            Words(
                f"{plan.file} は取りこまず、一覧のままにします。",
                f"{plan.file} is not brought in: the register stays as it is.",
            ),
            lang,
        )


def show_gone(office: Office, batch: Batch) -> None:
    """Show, with the import of the town's list, what the list has no more (なくなった所を見せる)."""
    own, town = own_batches(office.register), town_now()
    if batch.undone_at or len(own) < len(("first", "newer")):
        return
    if batch.id != own_batch_id(own_digest(town)):
        return
    gone = gone_sites(town, office.register)
    if not gone:
        return
    words = Words(f"なくなった {len(gone)}か所を見る", f"See the {len(gone)} that are gone")
    with st.expander(words.say(office.lang)):
        st.html(_say_gone(gone, office.lang))


def _say_gone(gone: Sequence[Site], lang: Lang) -> str:
    head = Words(
        f"新しい表にない {len(gone)}か所（一覧はそのまま。閉まった所は、カルテで状態を変えてください）",
        f"{len(gone)} not in the new list (left as they are; where one is closed, change its status on its sheet)",
    )
    names = [link("karte", one.title or str(one.number), lang, site=one.id) for one in gone]
    lines = "".join(f"<li>{one}</li>" for one in names)
    return f"<p class='kz-note'>{head.say(lang)}</p><ul class='kz-log'>{lines}</ul>"


def _done(words: Words, lang: Lang) -> None:
    st.session_state["in_done"] = words.say(lang)
    st.session_state.pop("own_shown", None)
    st.rerun()
