"""A PDF read back: its text, bookmarks and pictures, for tests."""

import pypdfium2
from pypdfium2 import raw


def page(body, size=""):
    """A sheet's page round a body, as `layers.sheets.parts.frame` makes it."""
    asked = f' data-size="{size}"' if size else ""
    return (
        '<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head/>'
        f'<body><p class="hint">print</p><main class="sheet"{asked}>{body}</main></body></html>'
    )


def pages_of(made):
    """The text of each page."""
    with pypdfium2.PdfDocument(made) as document:
        return [one.get_textpage().get_text_range().replace("\r\n", "\n") for one in document]


def text_of(made):
    """All the text, without the breaks of lines."""
    return "".join(pages_of(made)).replace("\n", "").replace("\ufffe", "")


def bookmarks(made):
    """The level and title of each."""
    with pypdfium2.PdfDocument(made) as document:
        return [(one.level, one.get_title()) for one in document.get_toc()]


def pictures(made):
    """The size of each picture, pixels."""
    with pypdfium2.PdfDocument(made) as document:
        return [
            image.get_px_size()
            for one in document
            for image in one.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=8)
        ]
