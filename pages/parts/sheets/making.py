"""The files of sheets: made by a press, with progress, and kept while nothing else is chosen (つくる)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.walk.walkers import WALKERS
from layers.maps.popup import entity
from layers.pdf.areas import as_pdf, as_zip, draw_each, name_of_file
from layers.pdf.make import PdfError
from layers.served.clock import now_in_japan
from layers.served.register import register_now
from layers.served.town import town_folder
from layers.sheets.parts.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.delta_generator import DeltaGenerator

    from geo.base.words import Lang
    from layers.areas.place import Place
    from layers.areas.sheets import Shared
    from pages.parts.sheets.paper import Paper

_MADE: Final = "sh_made"
_PDF, _ZIP = "application/pdf", "application/zip"
_KB: Final = 1_000
_JOINING: Final = Words("PDF にまとめています…", "Putting the PDF together…")
_NO_PDF: Final = Words(
    "PDF にできませんでした。元のデータは変わっていません。「のせるもの」か地区をへらして、もう一度つくってください。",
    "No PDF could be made; your data is as it was. Leave some parts out, or make fewer areas at a time.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file that was made (できたファイル).

    Attributes
    ----------
    of
        What it was made of: of anything else it is none.
    why
        Why there is none.
    """

    of: str
    data: bytes = b""
    name: str = ""
    sheets: int = 0
    why: Words | None = None


def show_button(count: int, lang: Lang) -> bool:
    """Show the press that makes the sheets; say whether it was pressed (つくるボタン)."""
    return st.button(
        Words("シートをつくる", "Make the sheets").say(lang), key="sh_make", type="primary",
        width="stretch", disabled=not count,
    )  # fmt: skip


def make_sheets(
    at: DeltaGenerator, shared: Shared, places: Sequence[Place], paper: Paper, *, what: str,
    of: str, lang: Lang,
) -> None:  # fmt: skip
    """Make the file, telling how far it is; keep it, or why there is none (つくる).

    Parameters
    ----------
    what
        As `layers.pdf.areas.name_of_file` takes it.
    of
        What changes when another file would be made.
    """
    # What was made before goes first: two files are not held at a time.
    st.session_state.pop(_MADE, None)
    bar = at.progress(0.0, _say_done(0, len(places)).say(lang))

    def done(number: int, of_all: int) -> None:
        bar.progress(number / max(of_all, 1), _say_done(number, of_all).say(lang))

    def done_zip(number: int, of_all: int) -> None:
        told = Words(f"{number}/{of_all} を PDF にしています", f"{number} of {of_all} as PDF")
        bar.progress(number / max(of_all, 1), told.say(lang))

    try:
        frame = Frame(
            town_folder=town_folder(), town=shared.run.town, register=register_now(),
            walker=WALKERS["elderly"], now=now_in_japan(), lang=lang, told=shared.run.day.told,
            as_file=True,
        )  # fmt: skip
        pages = list(draw_each(frame, shared, places, size=paper.size, show=paper.shown, done=done))
        if paper.whole:
            bar.progress(1.0, _JOINING.say(lang))
            data = as_pdf(pages, frame)
        else:
            data = as_zip(pages, frame, done_zip)
        name = name_of_file(what, frame, paper.audience, whole=paper.whole)
        made = Made(of=of, data=data, name=name, sheets=len(pages))
    except InputError as error:
        made = Made(of=of, why=outside(error.words))
    except PdfError:
        made = Made(of=of, why=_NO_PDF)
    bar.empty()
    st.session_state[_MADE] = made


def show_made(at: DeltaGenerator, of: str, lang: Lang) -> None:
    """Show the way to the file that was made of what is chosen now (できたファイル)."""
    made: Made | None = st.session_state.get(_MADE)
    if made is None:
        return
    if made.of != of:
        del st.session_state[_MADE]
        return
    if made.why is not None:
        at.html(f"<p class='kz-fault' role='alert'>{entity(made.why.say(lang))}</p>")
        return
    size = f"{max(1, round(len(made.data) / _KB)):,} kB"
    words = Words(
        f"{made.sheets:,}枚ができました：{made.name}（{size}）",
        f"{made.sheets:,} made: {made.name} ({size})",
    )
    box = at.container(key="sh_ready")
    box.html(f"<p class='kz-saved' role='status'>{entity(words.say(lang))}</p>")
    box.download_button(
        Words("ファイルを受けとる", "Download the file").say(lang), made.data, file_name=made.name,
        mime=_PDF if made.name.endswith(".pdf") else _ZIP, key="sh_get", width="stretch",
        on_click="ignore",
    )  # fmt: skip


def _say_done(number: int, of_all: int) -> Words:
    now = min(number + 1, of_all)
    return Words(f"{now:,}/{of_all:,} をつくっています", f"Making {now:,} of {of_all:,}")
