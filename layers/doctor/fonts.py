"""Whether a PDF can be made with the font that comes along (PDFの字体)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from layers.doctor.parts.declare import Check, Finding, good, mend
from layers.pdf.make import FONTS, make_pdf

if TYPE_CHECKING:
    from layers.doctor.parts.declare import Subject

_FILES: Final = ("regular.ttf", "bold.ttf")
_LINE: Final = (
    '<html xmlns="http://www.w3.org/1999/xhtml" lang="ja"><head/><body>'
    '<main class="sheet"><p>通いの場</p></main></body></html>'
)


def look(_subject: Subject) -> list[Finding]:
    """Make a PDF of one line in memory (字体を見る)."""
    missing = [one for one in _FILES if not (FONTS / one).is_file()]
    if missing:
        told = ", ".join(missing)
        return [mend(
            f"付いてくる字体がありません（{told}）。かよいマップを入れなおしてください",
            f"the font that comes along is missing ({told}); install Kayoi Map again",
        )]  # fmt: skip
    made = make_pdf([_LINE], title="通いの場", lang="ja", photo=lambda _: None)
    return [good(
        f"1行の PDF をつくれました（{len(made):,}バイト）", f"a PDF of one line was made ({len(made):,} bytes)"
    )]  # fmt: skip


CHECK = Check(id="fonts", order=50, words=Words("PDF の字体", "Font for PDF"), look=look)
