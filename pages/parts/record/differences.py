"""Where people wrote different things of one site or walk: both sides, to choose (食いちがいを選ぶ)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.base.words import Words
from layers.cards.site_story import tell_differences
from layers.maps.popup import entity
from pages.parts.frame.office import new_id, now_text, role_now
from surveys.record.history import Version
from surveys.record.settle import settle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages.parts.frame.office import Office
    from surveys.record.site import Site


def show_differences(
    office: Office, site: Site, versions: list[Version], titles: Mapping[str, str]
) -> None:
    """Show both sides of every path on which people differ, one button a side (食いちがい)."""
    lang = office.lang
    differences = tell_differences(site, versions, lang, titles)
    head = Words(
        f"{len(differences)}つの項目で、2人が別のことを書きました。両方とも残してあります。正しいほうを選んでください。",
        f"Answers on which people differ: {len(differences)}. Both are kept: choose the right one.",
    )
    st.html(f"<p class='kz-fault'>{head.say(lang)}</p>")
    for difference in differences:
        path = difference.path
        with st.container(border=True, key=f"card_differ_{path.replace('/', '_').strip('@')}"):
            st.html(f"<b>{entity(difference.label)}</b>")
            columns = st.columns(len(difference.sides), vertical_alignment="bottom")
            sides = tuple(side.seq for side in difference.sides)
            # A press meant for two sides is none when a third has come meanwhile.
            shown = st.session_state.get(f"differ:{site.id}:{path}", sides)
            st.session_state[f"differ:{site.id}:{path}"] = sides
            for column, side in zip(columns, difference.sides, strict=True):
                now = Words("いまの値", "stands now").say(lang) if side.stands else ""
                now = f"　<span class='nb'>{now}</span>" if now else ""
                column.html(
                    f"<p class='kz-itemhead'><b>{entity(side.text)}</b></p>"
                    f"<p class='kz-note'>{entity(side.who)}{now}</p>"
                )
                take = Words("これにする", "Take this").say(lang)
                pressed = column.button(take, key=f"take_{path}_{side.seq}", width="stretch")
                if pressed and shown == sides:
                    settle_difference(office, site, path, versions, side.seq)
                    st.rerun()


def settle_difference(
    office: Office, site: Site, path: str, versions: list[Version], seq: int
) -> None:
    """Keep the decision as a version of its own; it has seen all sides (食いちがいを決める)."""
    chosen = next(one for one in versions if one.seq == seq)
    id_ = new_id()
    by = Words(f"{role_now('ja')}が選んだ", f"chosen by {role_now('en')}")
    office.register.save(
        Version(
            seq=0, id=id_, record_id=id_, site_id=site.id, type=site.type.id, kind="resolve",
            made_at=now_text(), origin=chosen.origin_of(path), patch=settle(site.state, path, chosen),
            base=site.state.head, note=by.say(office.lang),
        )
    )  # fmt: skip
