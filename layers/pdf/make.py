"""One PDF of one or several sheets, made of the pages a browser prints (PDFをつくる)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, cast

import typst

from geo.base.words import Words
from layers.maps.base_map import ASSETS
from layers.pdf.cut import cut_page
from layers.pdf.glyphs import drawable, signs_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.base.words import Lang

FONTS: Final = ASSETS / "biz-udpgothic"
# A long list takes most of a gigabyte while it is made: a server makes one after another.
_ONE_AT_A_TIME: Final = Lock()
_TEMPLATE: Final = Path(__file__).parent / "sheet.typ"
_LACKING: Final = Words(
    "〓はこの字体にない字。正しい字は画面で見る",
    "〓: a character this font lacks; see it on the screen",
)
_NO_PHOTO: Final = Words("写真が見つからない", "the photo is not to be found")


class PdfError(Exception):
    """A PDF could not be made of a sheet: a fault of ours (PDFにならない)."""


def make_pdf(
    pages: Sequence[str],
    *,
    title: str,
    lang: Lang,
    foot: str = "",
    contents: bool = False,
    photo: Callable[[str], bytes | None],
) -> bytes:
    """Return sheets as one PDF (PDFをつくる).

    Each sheet begins a page. Its headings are the bookmarks; texts can be selected and searched;
    the font is in it, and nothing of the machine it is made on: the same sheets make the same
    bytes. No address is asked for anything.

    Parameters
    ----------
    pages
        HTML of sheets, as `layers.sheets.parts.frame.render` makes it, each on the paper it asks
        for (`layers.pdf.cut.PAPER`).
    title
        The document's, as a reader's window shows it.
    lang
        Of the contents' page and of what stands under every page.
    foot
        Stands under every page, beside its number: who it is for, and of what day.
    contents
        A first page with each sheet's name, linked, and the number of its page.
    photo
        From a photo's id (64 hex digits) to its JPEG; ``None`` where it is not to be had.

    Raises
    ------
    ValueError
        When there is no page, or one holds what `layers.pdf.cut.cut_page` refuses.
    PdfError
        When it cannot be set: the template does not know what stands in a page.
    """
    if not pages:
        raise ValueError("a PDF needs one sheet at least")
    signs = _signs()
    files: dict[str, bytes] = {}
    names, lacking = [], []
    for number, page in enumerate(pages):
        cut = cut_page(page, photo, signs)
        name = f"sheet-{number}.xml"
        files |= cut.files | {name: cut.xml}
        names.append(name)
        if cut.missing:
            lacking.append(name)
    job: dict[str, Any] = {
        "title": drawable(title, signs)[0],
        "lang": lang,
        "foot": drawable(foot, signs)[0],
        "contents": contents,
        "pages": names,
        "lacking": lacking,
        "words": {"lacking": _LACKING.say(lang), "no-photo": _NO_PHOTO.say(lang)},
    }
    files["job.json"] = json.dumps(job, ensure_ascii=False).encode()
    files["main"] = _TEMPLATE.read_bytes()
    try:
        # Files in memory are taken, which the types of the package do not tell.
        with _ONE_AT_A_TIME:
            made: bytes = typst.compile(
                cast("Any", files), font_paths=_fonts(), ignore_system_fonts=True
            )
    except typst.TypstError as error:
        raise PdfError(error.message) from None
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


@cache
def _signs() -> frozenset[int]:
    """Return what can be drawn whatever the weight."""
    regular, bold = (signs_of(FONTS / f"{one}.ttf") for one in ("regular", "bold"))
    return regular & bold
