"""What is there, what is missing, and what can be done without it (足りないもの)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.roles import ROLES
from geo.sources.where.declared import Lies
from layers.getting.carry import draw_carry_list
from layers.making.partly import say_unfinished
from layers.making.sources import missing_roles
from layers.making.work import begin_work
from layers.maps.popup import entity
from layers.served.clock import now_in_japan
from pages.parts.frame.where_link import MAKE, where_address

if TYPE_CHECKING:
    from pathlib import Path

    from geo.base.municipal.listed import Listed
    from geo.base.words import Lang
    from geo.sources.where.declared import FileKind
    from layers.making.draft import Draft
    from layers.making.sources import Parts

_NEEDED: Final = ("border", "division", "streets")
BUILD: Final = Words("この街をつくる", "Make the town")
BUILD_AGAIN: Final = Words(
    "新しい街をつくって、いまとくらべる", "Make it, and compare it with the present one"
)
_MEND: Final = Words(
    "つくれなかったわけを上に書きました。そのファイルを外すか、使いみちを「使わない」にするか、直したものを置いて、もう一度つくってください。",
    "Why it could not be made stands above. Take that file out, choose “Not used”, or give it mended, and try again.",
)
_AND: Final = Words("・", ", ")
_WITHOUT: Final = {
    "streets": Words(
        "なくてもつくれます。道のりではなく直線の距離で数え、どこでもそう書きます。"
        "道をあとから足すと、道のりで数え直します。",
        "A town can be made without: distances are straight lines then, and called so everywhere. "
        "Streets may be added later.",
    ),
    "people": Words(
        "なくてもつくれます。地図・一覧・踏査は使えますが、届く人の数は出ません。",
        "A town can be made without: map, register and walks work, but no people are counted.",
    ),
}


def say_lead(
    parts: Parts,
    draft: Draft,
    city: Listed | None,
    lang: Lang,
    *,
    stands: bool,
    failed: bool,
    waiting: bool,
) -> None:
    """Say in a sentence how far it is (いまの様子).

    Parameters
    ----------
    waiting
        Whether a table of people is given that cannot be counted as it stands.
    """
    words = _MEND if failed else _lead(parts, draft, city, stands=stands, waiting=waiting)
    st.html(f"<p class='kz-read'>{entity(words.say(lang))}</p>")


def _lead(parts: Parts, draft: Draft, city: Listed | None, *, stands: bool, waiting: bool) -> Words:
    if stands and not parts.new and not draft.dropped:
        return Words(
            "街はできています。新しい資料を置くと、替えると何が変わるかを見てから、入れ替えられます。",
            "The town is made. Give a newer file, and you see what it changes before it is taken.",
        )
    if not draft.files and not stands:
        return Words(
            "市区町村の資料のファイルを置くと、何のファイルかを見分けて、街をつくります。"
            "ファイルは、このパソコンの中だけで使います。",
            "Give the files of your municipality: each is recognised, and a town is made of them. "
            "They stay on this computer.",
        )
    have = parts.roles()
    listed = [ROLES[one].words for one in ROLES if one in have]
    named = Words(_AND.ja.join(one.ja for one in listed), _AND.en.join(one.en for one in listed))
    if not have & set(_NEEDED):
        return Words(
            "市の境か、地区の分け方か、道のどれかがあれば、つくりはじめられます。",
            "A border, areas, or streets are enough to begin with.",
        )
    name = city.name if city is not None else "この街"
    press = BUILD_AGAIN if stands else BUILD
    there = Words(
        f"{name}の{named.ja}がそろいました。",
        f"{city.name if city is not None else 'This town'} has {named.en}.",
    )
    if waiting:
        there = Words(
            f"{there.ja}人口の表は、まだ数えられません（わけは、そのカードにあります）。",
            f"{there.en} The table of people cannot be counted yet; its card says why.",
        )
    return Words(
        f"{there.ja}下の「{press.ja}」を押してください。", f"{there.en} Press “{press.en}” below."
    )


def show_missing(
    folder: Path, draft: Draft, parts: Parts, city: Listed | None, lang: Lang, *, salons: bool
) -> None:
    """Show the kinds of files that are not there: what goes without, where they are to be had (足りないもの).

    Parameters
    ----------
    salons
        Whether a list of 通いの場 is given, or the register has one: without any nobody is in reach.
    """
    missing = [one for one in missing_roles(parts.roles()) if one.role]
    if not missing and salons:
        return
    lies = Lies(prefecture=city.prefecture, city=city.name) if city is not None else Lies()
    with st.container(border=True, key="card_mk_missing"):
        st.subheader(Words("まだないもの", "Not there yet").say(lang), anchor=False)
        partly = say_unfinished(folder, parts, city)
        rows = "".join(_row(one, lies, partly.get(one.role), lang) for one in missing)
        rows += "" if salons else _row_salons(lang)
        st.html(f"<table class='kz-facts'><tbody>{rows}</tbody></table>")
        if city is not None:
            _offer(folder, draft, city, lang)


def _offer(folder: Path, draft: Draft, city: Listed, lang: Lang) -> None:
    """Offer to fetch what is missing, or a list to carry to a computer with internet."""
    left, right = st.columns(2, vertical_alignment="bottom")
    words = Words("インターネットから取り寄せる", "Fetch it from the internet")
    if left.button(words.say(lang), key="mk_fetch", width="stretch"):
        try:
            begin_work(folder, draft.number, "fetch")
        except InputError as error:
            st.html(f"<p class='kz-note' role='alert'>{entity(outside(error.words).say(lang))}</p>")
            return
        st.rerun()
    page = draw_carry_list(city, lang, today=now_in_japan().date(), back=MAKE.say(lang))
    words = Words("ほかのパソコンで取るための一覧", "A list for another computer")
    right.download_button(
        words.say(lang), page.encode(), file_name=f"{city.code}.html", mime="text/html",
        key="mk_carry", width="stretch", on_click="ignore",
    )  # fmt: skip


def _row_salons(lang: Lang) -> str:
    words = Words(
        "なくてもつくれます。届く人の数は、通いの場を入れてから出ます。市区町村の通いの場の一覧（名前・住所・曜日）を"
        "ここに置くか、つくったあと「取りこみ」「記録する」で入れてください。",
        "A town can be made without. Who is within reach is counted once there are salons: give the municipality's "
        "list (name, address, weekday) here, or add them afterwards under “Bring in” or “Record”.",
    )
    role = ROLES["sites"].words.say(lang)
    return (
        f"<tr><th>{entity(role)}</th>"
        f"<td style='white-space:normal'>{entity(words.say(lang))}</td></tr>"
    )


def _row(kind: FileKind, lies: Lies, partly: Words | None, lang: Lang) -> str:
    without = _WITHOUT.get(kind.role, kind.without)
    place = kind.places[0]
    where = Words("手に入る所：", "To be had at: ").say(lang)
    file = Words("ファイル：", "File: ").say(lang)
    there = f"<a target='_self' href='{entity(where_address(lang))}#{kind.id}'>{entity(place.words.say(lang))}</a>"
    role = ROLES[kind.role].words.say(lang)
    begun = ""
    if partly is not None:
        words = Words(
            f"取り寄せの途中です（{partly.ja}）。下の「インターネットから取り寄せる」で、続きから始まります。",
            f"Its fetch is not done ({partly.en}): “Fetch it from the internet” below goes on from there.",
        )
        begun = f"<span class='kz-due'>{entity(words.say(lang))}</span><br>"
    return (
        f"<tr><th>{entity(role)}</th><td style='white-space:normal'>{begun}{entity(without.say(lang))}<br>"
        f"{where}{there}<br><small>{file}{entity(lies.fill(place.file, lang))}</small></td></tr>"
    )
