"""A sheet as a PDF to hand over: marked for whom, dated, with its photos, and its file's name (渡すPDF)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.square import OFFICE_ONLY
from layers.pdf.cut import mark_of, title_of
from layers.pdf.make import make_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.sheets.parts.frame import Frame

# What no system takes in a file's name, with what hides or turns round the signs beside it.
_NOT_IN_NAMES: Final = re.compile(
    r'[\x00-\x20\x7f-\x9f"*/:<>?\\|\u200b-\u200f\u202a-\u202e\u2066-\u2069\u3000]+'
)
_LONGEST: Final = 60


def hand_over(
    pages: Sequence[str],
    frame: Frame,
    *,
    for_office: bool,
    title: str = "",
    contents: bool = False,
) -> bytes:
    """Return sheets as one PDF, with the register's photos (渡すPDFをつくる).

    Parameters
    ----------
    frame
        What the sheets were drawn with; with `as_file`, the same twice a day.
    for_office
        Whether 庁内用 stands under every page, before the day, where the sheets do not say for whom
        they are.
    title
        The document's; "" for the first sheet's own.

    Raises
    ------
    ValueError, PdfError
        As `layers.pdf.make.make_pdf`.
    """
    mark = mark_of(pages[0]) or (OFFICE_ONLY.say(frame.lang) if for_office else "")

    def photo(id_: str) -> bytes | None:
        try:
            return frame.register.photos.load(id_)
        except InputError:  # gone or damaged: said where it would stand
            return None

    return make_pdf(
        pages,
        title=title or title_of(pages[0]),
        lang=frame.lang,
        foot="　".join(filter(None, (mark, frame.today))),
        contents=contents,
        photo=photo,
    )


def file_name(page: str, frame: Frame, *, for_office: bool) -> str:
    """Return the name a sheet's PDF is kept under, ``公園カルテ_中央公園_2026-12-02_庁内用.pdf`` (ファイル名)."""
    title = plain_name(title_of(page))
    told = mark_of(page)
    mark = OFFICE_ONLY.ja if (told == OFFICE_ONLY.say(frame.lang) if told else for_office) else ""
    return "_".join(filter(None, (title or "sheet", frame.today, mark))) + ".pdf"


def plain_name(text: str) -> str:
    """Return text as a part of a file's name, "" where nothing of it can be (名前に使える字).

    Examples
    --------
    >>> plain_name("A/B 一丁目"), plain_name("..")
    ('A_B_一丁目', '')
    """
    return _NOT_IN_NAMES.sub("_", text).strip("._")[:_LONGEST].rstrip("._")
