"""A sheet on the paper it asks for, upright or across: wide tables whole on every page of it."""

import itertools

import numpy as np
import pypdfium2
import pytest
from pdf_pages import page, pages_of, text_of
from sheet_fixtures import frame

from geo.sources.town_folder import load_town
from layers.pdf.cut import PAPER, cut_page, mark_of
from layers.pdf.handed import hand_over
from layers.pdf.make import make_pdf
from layers.sheets.parts.frame import render
from surveys.store.register import open_register

MM = 72 / 25.4
HEADS = [
    "日付",
    "件名",
    "かかわった人",
    "聞いたこと",
    "考えたこと",
    "次にすること",
    "場所",
    "種類",
    "つながる先",
    "担当",
]
# A sign for each column, that stands nowhere else.
SIGNS = "アイウエオカキクケコ"
TEXTS = (3, 12, 18, 260, 90, 40, 8, 4, 22, 5)


def pdf(*pages):
    return make_pdf(pages, title="題", lang="ja", foot="庁内用　2026-11-25", photo=lambda _id: None)


def table(rows, *, kind="items listed", times=1):
    head = "".join(f"<th>{one}</th>" for one in HEADS)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td class="text">{sign * (many * times)}</td>'
            for sign, many in zip(SIGNS, TEXTS, strict=True)
        )
        + "</tr>"
        for _ in range(rows)
    )
    return (
        f'<h2>活動記録</h2><table class="{kind}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def signs_of(sheet):
    """The text of a page, and the box of each sign: left, bottom, right, top."""
    text = sheet.get_textpage()
    many = text.count_chars()
    return text.get_text_range(0, many), np.array([text.get_charbox(at) for at in range(many)])


def overlaps(boxes):
    """How many signs lie on another, by more than a quarter of a millimetre both ways."""
    solid = boxes[(boxes[:, 2] > boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1])]
    wide = np.minimum(solid[:, None, 2], solid[None, :, 2]) - np.maximum(
        solid[:, None, 0], solid[None, :, 0]
    )
    high = np.minimum(solid[:, None, 3], solid[None, :, 3]) - np.maximum(
        solid[:, None, 1], solid[None, :, 1]
    )
    both = (wide > 0.7) & (high > 0.7)
    np.fill_diagonal(both, val=False)
    return int(both.sum()) // 2


@pytest.mark.parametrize("size", PAPER)
def test_the_paper_is_as_the_page_asks(size):
    with pypdfium2.PdfDocument(pdf(page("<p>x</p>", size))) as document:
        found = document[0].get_size()
    assert found == pytest.approx([one * MM for one in PAPER[size]], abs=0.5)


def test_each_sheet_has_its_own_paper():
    made = pdf(page("<p>x</p>"), page("<p>y</p>", "A4 landscape"), page("<p>z</p>", "A3"))
    with pypdfium2.PdfDocument(made) as document:
        found = [tuple(round(one / MM) for one in sheet.get_size()) for sheet in document]
    assert found == [(210, 297), (297, 210), (297, 420)]


def test_a_paper_nobody_has_is_refused():
    with pytest.raises(ValueError, match="A4 landscape"):
        cut_page(page("<p>x</p>", "B5"), lambda _id: None, frozenset())


@pytest.mark.parametrize("size", ["A4 landscape", "A3 landscape"])
@pytest.mark.parametrize("kind", ["items listed", "items wide"])
def test_ten_columns_of_long_text_are_whole_on_every_page(size, kind):
    made = pdf(page(table(30, kind=kind), size))
    pages, (wide, high) = pages_of(made), PAPER[size]
    assert len(pages) > 3
    for number, said in enumerate(pages, 1):
        bare = said.replace("\n", "")
        assert all(one in bare for one in HEADS), number
        assert "庁内用　2026-11-25" in said and f"{number} / {len(pages)}" in said
    said = text_of(made)
    counts = {sign: said.count(sign) - "".join(HEADS).count(sign) * len(pages) for sign in SIGNS}
    assert counts == {sign: 30 * many for sign, many in zip(SIGNS, TEXTS, strict=True)}
    with pypdfium2.PdfDocument(made) as document:
        for sheet in document:
            text, boxes = signs_of(sheet)
            drawn = boxes[boxes[:, 2] > boxes[:, 0]] / MM
            assert drawn[:, 0].min() > 14 and drawn[:, 2].max() < wide - 14
            assert drawn[:, 1].min() > 3 and drawn[:, 3].max() < high - 13
            columns = [boxes[[at for at, one in enumerate(text) if one == sign]] for sign in SIGNS]
            edges = [(one[:, 0].min(), one[:, 2].max()) for one in columns if len(one)]
            assert all(left[1] < right[0] for left, right in itertools.pairwise(edges))
            assert overlaps(boxes) == 0
            # Below the table stands the foot alone.
            foot = drawn[:, 1] < 11
            assert set("".join(np.array(list(text))[boxes[:, 2] > boxes[:, 0]][foot])).isdisjoint(
                SIGNS
            )


def rows_on(made, sign):
    """On which pages a column's sign stands, and how often."""
    return [said.count(sign) for said in pages_of(made)]


def test_a_row_that_fits_on_a_page_is_on_one():
    made = pdf(page(table(30), "A4 landscape"))
    assert all(many % TEXTS[3] == 0 for many in rows_on(made, SIGNS[3]))


@pytest.mark.parametrize("size", ["A4", "A4 landscape"])
def test_a_row_longer_than_a_page_goes_on_with_the_head_again(size):
    made = pdf(page(table(2, times=12), size))
    pages = pages_of(made)
    assert len(pages) > 2 and all("聞いたこと" in one.replace("\n", "") for one in pages)
    assert text_of(made).count(SIGNS[3]) == 2 * 12 * TEXTS[3]
    with pypdfium2.PdfDocument(made) as document:
        for sheet in document:
            _, boxes = signs_of(sheet)
            assert boxes[:, 1].min() >= 0 and overlaps(boxes) == 0


def test_letters_and_days_wider_than_their_column_stay_in_it():
    words = ("https://example.jp/abc", "令和8年11月21日", "kayoi.map@example.jp", "W" * 24)
    cells = "".join(f"<td>{words[at % 4]}</td>" for at in range(12))
    made = pdf(page(f'<table class="items wide"><tr>{cells}</tr></table>', "A4 landscape"))
    with pypdfium2.PdfDocument(made) as document:
        text, boxes = signs_of(document[0])
        assert overlaps(boxes) == 0
        assert boxes[:, 2].max() < (297 - 14) * MM
    assert text.count("W") == 3 * 24 and text.count("令") == 3


def test_a_sheet_asks_for_its_paper_and_says_for_whom_it_is(small_town, tmp_path):
    register = open_register(tmp_path)
    held = frame(small_town, load_town(small_town), register)
    given = {"sheet": "x", "title": "題", "facts": []}
    plain = render("frame.html", held, **given)
    across = render("frame.html", held, **given, size="A4 landscape", mark="庁内用")
    register.engine.dispose()
    assert "@page{size:A4 landscape}" in across and 'data-size="A4 landscape"' in across
    assert "A4の紙に横向きで" in across and "A4の紙に出る" in plain and "landscape}" not in plain
    assert (mark_of(across), mark_of(plain)) == ("庁内用", "")
    made = hand_over([across], held, for_office=False)
    with pypdfium2.PdfDocument(made) as document:
        assert document[0].get_width() > document[0].get_height()
    assert "庁内用" in text_of(made)
