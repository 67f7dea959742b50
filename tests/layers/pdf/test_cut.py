"""A page cut up: text stays text, drawings and photos become files, nothing is fetched."""

import xml.etree.ElementTree as ET

import pytest
from pdf_pages import page

from layers.pdf.cut import cut_page
from layers.pdf.glyphs import signs_of
from layers.pdf.make import FONTS

SIGNS = signs_of(FONTS / "regular.ttf")
ID = "ab" * 32


def cut(body, photo=lambda _id: b"jpeg"):
    return cut_page(page(body), photo, SIGNS)


def root_of(body):
    return ET.fromstring(cut(body).xml)  # noqa: S314 - our own


def test_the_hint_is_left_out_and_the_language_kept():
    root = root_of("<p>x</p>")
    assert (root.tag, root.get("lang")) == ("main", "en")
    assert "".join(root.itertext()) == "x"


def test_spaces_fold_as_in_a_browser_and_lines_stay_where_people_broke_them():
    root = root_of('<p> a \n b </p>\n<td class="text">c\nd</td>\n<p>e <b>f</b> g</p>')
    assert [ET.tostring(one, encoding="unicode") for one in root] == [
        "<p>a b</p>", '<td class="text">c<br />d</td>', "<p>e <b>f</b> g</p>",
    ]  # fmt: skip


def test_a_drawing_is_a_file_once_with_its_size_and_what_is_read_aloud():
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='96px' height='10mm' aria-label='地図'><text>⽬𠮷</text></svg>"
    made = cut(f"<p>{svg}</p><p>{svg}</p>")
    ((name, data),) = made.files.items()
    assert "<text>目〓</text>" in data.decode() and b"ns0" not in data
    image = ET.fromstring(made.xml)[0][0]  # noqa: S314 - our own
    assert image.attrib == {"src": name, "alt": "地図", "width": "25.400", "height": "10.000"}
    assert made.missing == 2


def test_a_photo_is_asked_for_by_its_id_and_one_that_is_gone_has_no_file():
    asked = []
    made = cut(f'<img src="/photos/{ID}.jpg" alt="x"/>', lambda id_: asked.append(id_) or b"jpeg")
    assert asked == [ID] and len(made.files) == 1
    gone = cut(f'<img src="/photos/{ID}.jpg" alt="x"/>', lambda _id: None)
    assert not gone.files and b"<photo" in gone.xml


@pytest.mark.parametrize(
    "source",
    [
        "https://example.jp/x.jpg",
        "/photos/../x.jpg",
        "data:image/png;base64,AA==",
        "file:///etc/passwd",
        "",
    ],
)
def test_any_other_image_is_refused(source):
    with pytest.raises(ValueError, match="no image is fetched"):
        cut(f'<img src="{source}" alt=""/>')


@pytest.mark.parametrize(
    "wrong", ["<p>", "no page", "<html xmlns='http://www.w3.org/1999/xhtml'/>"]
)
def test_what_is_no_sheet_is_refused(wrong):
    with pytest.raises(ValueError, match="page"):
        cut_page(wrong, lambda _id: None, SIGNS)


def test_a_table_says_its_columns_shares_unless_its_class_does():
    table = '<table class="items"><tr><td>1</td><td>{}</td></tr></table>'.format("あ" * 30)
    assert len(root_of(table)[0].get("shares").split()) == 2
    assert root_of(table.replace("items", "facts"))[0].get("shares") is None
