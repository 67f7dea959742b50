"""A sheet's page cut into what the maker of PDFs reads: text, drawings, photos (紙を切り分ける).

The page is the one a browser prints. Its drawings and photos become files in memory, each once;
what is left is a small XML of text, read by ``sheet.typ`` with Typst's own reader: no text ever
becomes a line of Typst.
"""

from __future__ import annotations

import base64
import hashlib
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from defusedxml.ElementTree import fromstring

from layers.pdf.columns import shares
from layers.pdf.glyphs import drawable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.etree.ElementTree import Element

_HTML: Final = "{http://www.w3.org/1999/xhtml}"
_SVG: Final = "{http://www.w3.org/2000/svg}"
_PHOTO: Final = re.compile(r"/photos/(?P<id>[0-9a-f]{64})\.jpg")
_LENGTH: Final = re.compile(r"(?P<number>[\d.]+)(?P<unit>mm|px|pt)?")
_MM: Final = {"mm": 1.0, "px": 25.4 / 96, "pt": 25.4 / 72, None: 25.4 / 96}
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
# Where people's line breaks stand, as sheet.css has it (white-space: pre-line).
_LINED: Final = frozenset({"text", "lines", "notes"})
_BLOCKS: Final = frozenset({
    "main", "header", "footer", "div", "section", "table", "thead", "tbody", "tr", "th", "td", "p",
    "h1", "h2", "ul", "li", "figure", "figcaption", "br", "i",
})  # fmt: skip
# Wide and high, millimetres, by the word for it in CSS (`@page{size:…}`).
PAPER: Final[Mapping[str, tuple[int, int]]] = {
    "A4": (210, 297),
    "A3": (297, 420),
    "A4 landscape": (297, 210),
    "A3 landscape": (420, 297),
}
_MARGINS_MM: Final = 30  # left and right, as sheet.css has them
_FIXED: Final = frozenset({"facts", "wide", "written", "figures"})


@dataclass(slots=True)
class Cut:
    """A page's text as XML, its files by name, and how many signs no font has (切り分けた紙)."""

    xml: bytes = b""
    files: dict[str, bytes] = field(default_factory=dict)
    missing: int = 0


def cut_page(page: str, photo: Callable[[str], bytes | None], signs: frozenset[int]) -> Cut:
    """Return a sheet's page cut up (紙を切り分ける).

    Parameters
    ----------
    page
        HTML as `layers.sheets.parts.frame.render` makes it, which reads as XML.
    photo
        From a photo's id to its JPEG; ``None`` where it is not to be had, which is said.
    signs
        The code points the font has.

    Raises
    ------
    ValueError
        When the page is no XML, has no sheet in it, asks for a paper not in `PAPER`, or names an
        image that is no photo of the register: nothing is ever fetched.
    """
    root = _read(page)
    main = root.find(f"{_HTML}body/{_HTML}main")
    if main is None:
        raise ValueError("the page holds no <main> to print")
    size = main.get("data-size") or "A4"
    if size not in PAPER:
        raise ValueError(f"the page asks for the paper {size[:40]!r}: {', '.join(PAPER)}")
    wide, high = PAPER[size]
    cut = Cut()
    out = _element(main, cut, photo, signs, lined=False)
    for table in out.iter("table"):
        if not _FIXED & set(table.get("class", "").split()):
            rows = [list(row) for row in table.iter("tr")]
            found = shares(rows, wide_mm=wide - _MARGINS_MM)
            table.set("shares", " ".join(f"{share:.4f}" for share in found))
    out.set("lang", root.get("lang") or "ja")
    out.set("wide", str(wide))
    out.set("high", str(high))
    cut.xml = ET.tostring(out, encoding="utf-8")
    return cut


def title_of(page: str) -> str:
    """Return what a page calls itself, in its ``<title>`` (紙の題名)."""
    return " ".join((_read(page).findtext(f"{_HTML}head/{_HTML}title") or "").split())


def mark_of(page: str) -> str:
    """Return for whom a page says it is, "" where it leaves that to who hands it over (紙の行き先)."""
    main = _read(page).find(f"{_HTML}body/{_HTML}main")
    return "" if main is None else main.get("data-mark") or ""


def _read(page: str) -> Element:
    try:
        root: Element = fromstring(page)
    except ET.ParseError as error:
        raise ValueError(f"the page does not read as XML: {error}") from None
    return root


def _element(
    one: Element,
    cut: Cut,
    photo: Callable[[str], bytes | None],
    signs: frozenset[int],
    *,
    lined: bool,
) -> Element:
    """Return an element without namespaces, drawings as images and spaces as a browser folds them."""
    if one.tag.startswith(_SVG):
        return _drawing(one, cut, signs)
    tag = one.tag.removeprefix(_HTML)
    if tag == "img":
        return _photo(one, cut, photo, signs)
    classes = (one.get("class") or "").split()
    lined = lined or bool(_LINED & set(classes))
    out = ET.Element(tag, {"class": one.get("class", "")} if classes else {})
    _add_text(out, one.text, cut, signs, lined=lined)
    for inner in one:
        out.append(_element(inner, cut, photo, signs, lined=lined))
        _add_text(out, inner.tail, cut, signs, lined=lined)
    if tag in _BLOCKS:
        _trim(out)
    return out


def _add_text(
    out: Element, text: str | None, cut: Cut, signs: frozenset[int], *, lined: bool
) -> None:
    """Add text behind what an element holds, folded as a browser does; lines as ``<br>`` if so set."""
    if not text:
        return
    lines = re.split(r"\r\n|[\n\r\u2028\u2029]", text) if lined else [text]
    for number, line in enumerate(lines):
        if number:
            ET.SubElement(out, "br")
        said, missing = drawable(_SPACE.sub(" ", line), signs)
        cut.missing += missing
        if len(out):
            out[-1].tail = (out[-1].tail or "") + said
        else:
            out.text = (out.text or "") + said


def _trim(out: Element) -> None:
    """Take away the spaces at the edges of a block and beside the blocks in it."""
    out.text = (out.text or "").lstrip(" ")
    for before, inner in zip([None, *out], out, strict=False):
        if inner.tag in _BLOCKS:
            inner.tail = (inner.tail or "").lstrip(" ")
            if before is None:
                out.text = out.text.rstrip(" ")
            else:
                before.tail = (before.tail or "").rstrip(" ")
    if len(out):
        out[-1].tail = (out[-1].tail or "").rstrip(" ")
    else:
        out.text = out.text.rstrip(" ")


def _drawing(one: Element, cut: Cut, signs: frozenset[int]) -> Element:
    size = {name: _mm(one.get(name, "")) for name in ("width", "height")}
    for part in one.iter():
        part.tag = part.tag.removeprefix(_SVG)
        for kept in ("text", "tail"):
            text = getattr(part, kept)
            if text and not text.isspace():
                said, missing = drawable(text, signs)
                # A title is read aloud, not drawn.
                cut.missing += missing if part.tag != "title" else 0
                setattr(part, kept, said)
    spoken, tail, one.tail = one.get("aria-label", ""), one.tail, None
    one.set("xmlns", _SVG[1:-1])
    name = _keep(cut, ET.tostring(one, encoding="utf-8"))
    one.tail = tail
    return ET.Element(
        "img",
        {"src": name, "alt": drawable(spoken, signs)[0]}
        | {key: f"{value:.3f}" for key, value in size.items()},
    )


def _photo(
    one: Element, cut: Cut, photo: Callable[[str], bytes | None], signs: frozenset[int]
) -> Element:
    source = one.get("src", "")
    asked = _PHOTO.fullmatch(source)
    if asked is None:
        raise ValueError(f"{source[:80]!r} is no photo of the register: no image is fetched")
    data = photo(asked["id"])
    out = ET.Element("photo", {"alt": drawable(one.get("alt", ""), signs)[0]})
    if data is not None:
        # The maker takes text alone: a drawing of its own size that holds the photo as it is.
        held = base64.b64encode(data).decode()
        svg = f"<svg xmlns='{_SVG[1:-1]}'><image href='data:image/jpeg;base64,{held}'/></svg>"
        out.set("src", _keep(cut, svg.encode()))
    return out


def _keep(cut: Cut, data: bytes) -> str:
    name = f"{hashlib.sha256(data).hexdigest()[:32]}.svg"
    cut.files[name] = data
    return name


def _mm(length: str) -> float:
    found = _LENGTH.fullmatch(length)
    if found is None:
        raise ValueError(f"a drawing's size {length[:20]!r} is no length")
    return float(found["number"]) * _MM[found["unit"]]
