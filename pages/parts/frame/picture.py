"""A figure as a picture for a slide: shown, saved as SVG, or as PNG by the browser (スライド用の絵)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.maps.base_map import asset_address
from layers.maps.popup import entity
from layers.paper.ground import load_ground
from layers.pictures.slide import HEIGHT, WIDTH, draw_slide
from layers.served.town import town_folder, town_now
from pages.parts.frame.show_map import mount_part
from pages.parts.question.visit import write_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.base.words import Lang
    from layers.paper.ground import Ground
    from layers.pictures.figure import Figure

# The part of an address that says the picture is open.
PICTURE: Final = "picture"
_ON: Final = "on"
_HEAD: Final = Words("スライド用の絵", "Picture for a slide")
_BODY: Final = Words(
    f"問い・文・地図・凡例・前提・出典の入った1枚（{WIDTH}×{HEIGHT}）。SVG（直せる絵）と PNG（写真と同じ絵）。",
    f"Question, sentence, map, legend, assumptions and sources on one picture ({WIDTH} × {HEIGHT}), "
    "as SVG (to be edited) and PNG.",
)
_SHUT: Final = Words("絵を閉じる", "Close the picture")
_WORDS: Final = {
    "picture": _HEAD,
    "svg": Words("SVG で保存する", "Save as SVG"),
    "png": Words("PNG で保存する", "Save as PNG"),
    "saved": Words("保存しました。", "Saved."),
    "not_saved": Words(
        "PNG にできませんでした。SVG で保存してください。", "No PNG could be made: save the SVG."
    ),
}
_NO_FILE: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@st.fragment
def show_picture(make: Callable[[], Figure], name: str, lang: Lang) -> None:
    """Offer a figure as a picture; it is made when it is asked for (絵を出す).

    Whether it is open stands in the address, as `PICTURE`.

    Parameters
    ----------
    name
        Of the file, without its ending.
    """
    on = st.query_params.get(PICTURE) == _ON
    with st.container(border=True, key="card_picture"):
        text, button = st.columns([0.72, 0.28], vertical_alignment="center")
        text.html(f"<b>{_HEAD.say(lang)}</b><br><span class='kz-note'>{_BODY.say(lang)}</span>")
        button.button(
            (_SHUT if on else _HEAD).say(lang), key="picture_open", width="stretch",
            on_click=write_address, args=({PICTURE: "" if on else _ON},),
        )  # fmt: skip
        if not on:
            return
        try:
            with st.spinner(Words("絵をつくっています…", "drawing…").say(lang)):
                svg = draw_slide(make(), lang, ground=ground_now())
        except InputError as error:
            st.html(f"<p class='kz-fault'>{entity(outside(error.words).say(lang))}</p>")
            return
        mount_part(
            "picture",
            {"module": asset_address("kayoi/kayoi_picture.js"), "svg": svg, "width": WIDTH,
             "height": HEIGHT, "name": _NO_FILE.sub("_", name),
             "words": {id_: words.say(lang) for id_, words in _WORDS.items()}},
        )  # fmt: skip


def offer_meeting(lang: Lang, plans: str = "") -> None:
    """Offer to show it to the council: large, one question and one map at a time (協議体で映す).

    Parameters
    ----------
    plans
        Ids of the plans that are shown, with commas; "" for those the meeting's page chooses.
    """
    if st.button(
        Words("協議体で映す", "Show it to the council").say(lang), key="to_meeting", width="stretch"
    ):
        said = {"step": "1", "plans": plans} | ({"lang": lang} if lang == "en" else {})
        st.switch_page(
            "pages/meeting.py", query_params={name: text for name, text in said.items() if text}
        )


def ground_now() -> Ground:
    """Return the ground of the town being served (いまの街の下絵).

    Raises
    ------
    InputError
        When it cannot be read.
    """
    return load_ground(town_folder(), town_now().plane)
