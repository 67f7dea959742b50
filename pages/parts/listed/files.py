"""The list handed on: files, and paper (一覧を渡す)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.base.square import EXACT_WORDS, OFFICE_MARK
from geo.base.words import Words, count_in_english
from layers.served.register import areas_of
from pages.parts.frame.frame import label
from pages.parts.frame.office import now_text, print_links, today
from surveys.formats.format import FORMATS, dump_all, dump_type
from surveys.record.home import is_home
from surveys.record.portable import make_portable
from surveys.store.listing import each_site
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from pages.parts.frame.office import Office
    from pages.parts.listed.asking import Wanted
    from surveys.record.portable import Portable


def show_files(office: Office, wanted: Wanted, total: int) -> None:
    """Offer what is shown as files, and as paper, in the order shown (渡すファイル)."""
    lang = office.lang
    st.subheader(
        Words("この一覧（社会資源の台帳）を渡す", "Hand on this list (the register)").say(lang),
        anchor=False,
    )
    note = Words(
        f"いまの条件と並びで、{total:,}か所を書き出します。記録は庁内用です（公開の同意はまだ扱っていません）。",
        f"{count_in_english(total, 'site')}, as filtered and ordered here. Records are for the office: consent to"
        " publish is not handled yet.",
    )
    st.html(f"<p class='kz-note'>{note.say(lang)}</p>")
    exact = st.checkbox(EXACT_WORDS.say(lang), key="l_exact")
    mark = f"_{OFFICE_MARK}{'_exact' if exact else ''}"
    row = st.container(horizontal=True, gap="small")
    many = len(wanted.query.types) != 1
    what = "register" if many else wanted.query.types[0]
    for format_ in FORMATS.values():
        suffix, mime = format_.suffix, format_.mime
        if many and format_.dump_many is None:
            suffix, mime = ".zip", "application/zip"
        row.download_button(
            label(format_.words, lang),
            partial(dump_list, office, wanted, format_.id, exact=exact),
            file_name=f"{office.town.name}_{what}_{today():%Y%m%d}{mark}{suffix}",
            mime=mime, key=f"l_get_{format_.id}", on_click="ignore",
        )  # fmt: skip
    with row.container(width="content"):
        print_links("/print/list", wanted.text, Words("印刷する", "Print"), lang)


def dump_list(office: Office, wanted: Wanted, format_id: str, *, exact: bool) -> bytes:
    """Return the whole list as a file, its sites in the list's order (一覧のファイル).

    Of several kinds, kind after kind, each in that order.
    """
    register = office.register
    sites = list(each_site(register, wanted.query))
    versions = register.versions_of([site.id for site in sites])
    areas = areas_of(office.town, [site for site in sites if is_home(site)])
    by_type: dict[str, list[Portable]] = {}
    for site in sites:
        by_type.setdefault(site.type.id, []).append(make_portable(site, versions.get(site.id, [])))
    more: dict[str, Any] = {
        "lang": office.lang,
        "made_at": now_text(),
        "exact": exact,
        "areas": areas,
    }
    if len(wanted.query.types) != 1:
        parts = {RECORD_TYPES[id_]: part for id_, part in by_type.items()}
        return dump_all(format_id, parts, **more)[0]
    type_ = RECORD_TYPES[wanted.query.types[0]]
    return dump_type(format_id, type_, by_type.get(type_.id, []), **more)
