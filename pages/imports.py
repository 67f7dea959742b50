"""取りこみ: bring in what the municipality already has, looked at before it is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.dates import parse_date
from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sheets.choose import ManySheetsError
from layers.maps.popup import entity
from layers.served.town import town_folder
from layers.surveyed.addresses import known_town
from layers.surveyed.areas import lies_in
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import label
from pages.parts.frame.office import (
    Office,
    begin_office,
    new_id,
    now_text,
    role_now,
)
from pages.parts.frame.where_link import WHERE, where_address
from pages.parts.imports.addresses import ask_addresses, given_books, given_names
from pages.parts.imports.batches import show_batches
from pages.parts.imports.columns import Given, ask_columns, map_key, say_kept
from pages.parts.imports.doubts import ask_doubts, ask_encoding, ask_kind, ask_sheets, ask_zone
from pages.parts.imports.given import GivenFile, given_before
from pages.parts.imports.looked import (
    TYPE_KEY,
    add_town_data,
    needs_a_look,
    show_seen,
)
from pages.parts.imports.own_list import show_own_list
from pages.parts.imports.private import ask_reason
from pages.parts.imports.rows import ask_rows, left_out, show_problems
from pages.parts.imports.taken import DONE, show_taken
from surveys.imports.asked import find_asked, say_doubt
from surveys.imports.bring_in import bring_in
from surveys.imports.importing import apply_plan, say_plan
from surveys.imports.layout import keep_choices
from surveys.imports.private import find_private, with_reason
from surveys.imports.zoned import ZoneAskedError
from surveys.record.counted import say_count
from surveys.types import EVERY_TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.located.asked_zone import ZoneFit
    from geo.base.words import Lang
    from surveys.formats.parts.reading import Reading
    from surveys.imports.importing import Plan

PAGE = Page(
    id="imports", words=Words("取りこみ", "Bring in"), group="town", order=80,
    kinds=("batch",),
)  # fmt: skip
TITLE: Final = Words("どの表を読みこむか", "Which table to bring in?")


@dataclass(frozen=True, slots=True, kw_only=True)
class _How:
    """How a person wants a file to be read."""

    mapping: Mapping[str, Mapping[str, str | None]] | None
    sheets: tuple[str, ...]
    encoding: str
    zone: int
    addresses: tuple[tuple[str, str], ...]


def show_page() -> None:
    """Show the page (画面)."""
    office = begin_office(TITLE)
    lang = office.lang
    intro = Words(
        "何の表か分からなくても、ファイルを置いてください。何のファイルかを言い、取りこむ前に、"
        "何が変わるかを1行ずつ見せます（CSV・Excel・GeoJSON・GeoPackage・zip）。",
        "Drop a file even if you are not sure what it is: you are told, and every row is shown before"
        " anything is brought in (CSV, Excel, GeoJSON, GeoPackage, zip).",
    )
    there = f"<a target='_self' href='{entity(where_address(lang))}'>{WHERE.say(lang)}</a>"
    st.html(f"<p class='kz-note'>{intro.say(lang)}<br>{there}</p>")
    done = st.session_state.pop("in_done", None)
    if done:
        st.session_state.pop(DONE, None)
        st.html(f"<div class='kz-saved' role='status'><b>{entity(done)}</b></div>")
    show_own_list(office)
    turn = st.session_state.setdefault("in_turn", 0)
    # Of any kind: whoever does not know which file is which gets an answer.
    file = st.file_uploader(
        Words("ファイル（50MBまで）", "File (at most 50 MB)").say(lang),
        key=f"in_file_{turn}", max_upload_size=50,
    )  # fmt: skip
    one, two, three = st.columns([0.34, 0.33, 0.33], vertical_alignment="bottom")
    names = {id_: label(type_.words, lang) for id_, type_ in EVERY_TYPE.items()}
    kind = one.selectbox(
        Words("何の表か", "What it lists").say(lang), list(names), key=TYPE_KEY, index=None,
        format_func=names.__getitem__,
        placeholder=Words("ファイルから見分ける", "Find out from the file").say(lang),
    )  # fmt: skip
    on = two.text_input(
        Words("いつの内容か（空けてもよい）", "As of (may be left empty)").say(lang),
        key="in_on", placeholder=Words("令和8年4月1日", "2026-04-01").say(lang),
    )  # fmt: skip
    three.text_input(
        Words("だれが（役職）", "By (role)").say(lang), value=role_now(lang), key="in_by"
    )
    ask_addresses(lang)
    given = given_before(lang) if file is None else GivenFile(name=file.name, data=file.getvalue())
    if file is not None:
        st.session_state.pop(DONE, None)
    if not show_taken(office) and given is not None:
        if kind:
            _show_plan(office, kind, given, on or "")
        else:
            show_seen(given.look(lang), None, lang)
    show_batches(office)


def _read(office: Office, kind: str, file: GivenFile, on: str) -> tuple[Plan, Reading] | None:
    """Read a file as a list of a kind; ask and tell where that cannot be done as it is."""
    lang, digest = office.lang, file.digest
    mapping = st.session_state.get(map_key(file.name, kind))
    encoding = ask_encoding(file.data, digest, lang)
    many = st.session_state.get(f"in_many:{digest}:{kind}", ())
    sheets = ask_sheets(many, digest, lang) if many else ()
    if many and not sheets:
        return None
    fits = st.session_state.get(_zone_key(kind, digest))
    zone = 0 if fits is None else ask_zone(fits, digest, lang)
    how = _How(
        mapping=mapping, sheets=sheets, encoding=encoding, zone=zone, addresses=given_names()
    )
    try:
        with st.spinner(Words("読んでいます…", "Reading…").say(lang)):
            read = _plan(office, kind, file, on, how)
    except ZoneAskedError as error:
        if fits is None:
            _ask_zone(kind, digest, error.fits)
        _say_fault(error, lang)
    except ManySheetsError as error:
        if many:  # no headings are those of more sheets than any other
            _say_fault(error, lang)
            return None
        st.session_state[f"in_many:{digest}:{kind}"] = error.names
        st.rerun()
    except InputError as error:
        _say_fault(error, lang)
        show_seen(file.look(lang), EVERY_TYPE[kind], lang)
    else:
        if read[1].zones and fits is None:
            _ask_zone(kind, digest, read[1].zones)
        return read
    return None


def _say_fault(error: InputError, lang: Lang) -> None:
    unchanged = Words("元のデータは変わっていません。", "Nothing was changed.")
    st.html(
        f"<p class='kz-fault'>{entity(outside(error.words).say(lang))}<br>{unchanged.say(lang)}</p>"
    )


def _zone_key(kind: str, digest: str) -> str:
    return f"in_zones:{digest}:{kind}"


def _ask_zone(kind: str, digest: str, fits: tuple[ZoneFit, ...]) -> None:
    """Have the page ask of which zone a file's metres are."""
    st.session_state[_zone_key(kind, digest)] = fits
    st.rerun()


def _show_plan(office: Office, kind: str, file: GivenFile, on: str) -> None:
    lang = office.lang
    read = _read(office, kind, file, on)
    if read is None:
        return
    plan, reading = read
    chosen = plan.without(left_out(plan))
    asked = find_asked(chosen, lies_in(office.town))
    if needs_a_look(plan):
        asked = add_town_data(asked, plan, file.look(lang))
    if asked.kind is not None:
        show_seen(file.look(lang), plan.type, lang, say_doubt(plan, asked, "kind"))
        if not ask_kind(plan, lang):
            return
    head, *rest = say_plan(plan)
    said, button = st.columns([0.7, 0.3], vertical_alignment="center")
    said.html(f"<p class='kz-read'>{entity(head.say(lang))}</p>")
    notes = "".join(f"<p class='kz-note'>{entity(one.say(lang))}</p>" for one in rest)
    st.html(notes or "<span></span>")
    given = Given(name=file.name, type=plan.type, reading=reading, lang=lang)
    say_kept(given, office.register)
    if not plan.rows:
        show_seen(file.look(lang), plan.type, lang)
    answered = ask_doubts(plan, asked, lang)
    private = find_private(office.register, chosen)
    reason = ask_reason(plan, private, lang)
    answered = answered and bool(reason or not private)
    ask_columns(given)
    show_problems(plan, lang)
    ask_rows(plan, lang)
    if plan.without(left_out(plan)).rows != chosen.rows:
        st.rerun()  # what is asked above follows what was left out below
    taken = chosen.counts["new"] + chosen.counts["change"]
    # The plan is made anew when the register changes: what is taken is what was seen.
    shown = st.session_state.get("in_shown")
    st.session_state["in_shown"] = plan.batch_id
    many = say_count(plan.type, taken)
    words = Words(f"{many.ja}を取りこむ", f"Bring in {many.en}")
    if button.button(
        words.say(lang),
        type="primary",
        width="stretch",
        disabled=not (taken and answered) or bool(reading.zones),
        key="in_take",
    ):
        if shown == plan.batch_id:
            _take(office, with_reason(chosen, private, reason), given)
            return
        words = Words(
            "見ているあいだに一覧が変わりました。上の予定を見直して、もう一度押してください。何も取りこんでいません。",
            "The register changed meanwhile: look at the plan anew and press again. Nothing was brought in.",
        )
        st.html(f"<p class='kz-fault'>{words.say(lang)}</p>")


def _take(office: Office, chosen: Plan, given: Given) -> None:
    lang, name = office.lang, given.name
    try:
        with st.spinner(Words("取りこんでいます…", "Bringing in…").say(lang)):
            number = apply_plan(office.register, chosen)
            if st.session_state.pop(given.map_key, None) is not None:
                keep_choices(office.register, given.type, given.reading)
    except InputError as error:
        st.html(f"<p class='kz-fault'>{entity(outside(error.words).say(lang))}</p>")
        return
    many = say_count(chosen.type, number)
    done = Words(
        f"{name} から {many.ja}を取りこみました。下の「これまでの取りこみ」から、まとめて取り消せます。",
        f"Brought in {many.en} from {name}; “What was brought in” below can undo it as a whole.",
    )
    st.session_state[DONE] = done.say(lang)
    st.session_state["in_turn"] += 1
    st.rerun()


def _plan(
    office: Office,
    kind: str,
    file: GivenFile,
    on: str,
    how: _How,
) -> tuple[Plan, Reading]:
    """Plan the file once for each way it is asked, not at every touch of the page."""
    by = str(st.session_state.get("in_by") or "")
    day = parse_date(on).isoformat() if on.strip() else ""
    asked = (
        kind,
        file.name,
        file.digest,
        by,
        day,
        repr(how),
        office.register.stamp(),
    )
    held = st.session_state.get("in_plan")
    if held is None or held[0] != asked:
        known = known_town(office.town, town_folder())
        made = bring_in(
            office.register, kind, file.data, file=file.name, by=by, on=day, now=now_text(), new_id=new_id,
            mapping=how.mapping, sheets=how.sheets, encoding=how.encoding, zone=how.zone,
            border=known.border, books=given_books(known),
        )  # fmt: skip
        held = st.session_state["in_plan"] = (asked, made)
    plan: tuple[Plan, Reading] = held[1]
    return plan


show_page()
