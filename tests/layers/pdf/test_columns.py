"""Columns as wide as what stands in them needs."""

import xml.etree.ElementTree as ET

import pytest

from layers.pdf import columns
from layers.pdf.columns import width_em


def shares(given, wide_mm=180.0):
    return columns.shares(given, wide_mm=wide_mm)


def rows(*texts, classes=()):
    out = []
    for line in texts:
        cells = []
        for i, text in enumerate(line):
            cell = ET.Element("td", {"class": classes[i]} if i < len(classes) else {})
            cell.text = text
            cells.append(cell)
        out.append(cells)
    return out


def test_shares_are_of_the_whole():
    found = shares(rows(("1", "公園", "木のベンチが二つある。" * 20), ("2", "ベンチ", "なし")))
    assert sum(found) == pytest.approx(1)
    assert found[0] < found[1] < found[2]


def test_a_number_and_a_day_are_never_broken_nor_stretched():
    day = "令和8年11月21日"
    found = shares(rows(("12", day, "あ" * 400), classes=("n", "when")))
    assert found[1] * 180 >= width_em(day) * 3.36
    short = shares(rows(("1", "あ"), classes=("n",)))
    assert short[0] * 180 == pytest.approx(6.0, abs=0.2)


def test_no_word_however_long_takes_the_table():
    found = shares(rows(("x" * 4000, "あ" * 100)))
    assert found[0] * 180 < 170 and found[1] * 180 > 6


def test_a_row_of_another_length_counts_for_nothing_and_no_row_has_no_column():
    assert shares(rows(("1", "2"), ("あ" * 50,))) == shares(rows(("1", "2")))
    assert shares([]) == ()


def test_on_wider_paper_a_column_that_needs_no_more_has_no_more():
    day = "令和8年11月21日"
    given = rows(("12", day, "あ" * 400), classes=("n", "when"))
    narrow, wide = shares(given), shares(given, 267.0)
    assert narrow[1] * 180 == pytest.approx(wide[1] * 267) and wide[2] > narrow[2]


def test_a_short_column_beside_long_ones_has_a_line_that_reads_where_there_is_room():
    found = shares(rows(("場所", "あ" * 18, "い" * 400, "う" * 400)), 267.0)
    assert found[0] * 267 >= 2 * 3.36 + 3.8 and found[1] * 267 >= 4 * 3.36 + 3.8
    many = shares(rows(("あ" * 18,) * 12), 180.0)
    assert sum(many) == pytest.approx(1)


def test_long_heads_of_numbers_do_not_break_a_month():
    month = "令和8年10月"
    heads = rows(
        ("月", *("個別課題解決のためのネットワーク化の調整回数",) * 8), classes=("", *"n" * 8)
    )
    for head in heads[0]:
        head.tag = "th"
    body = rows((month, *("5回",) * 8), classes=("when", *"n" * 8))
    found = shares(heads + body, 267.0)
    assert found[0] * 267 >= width_em(month) * 3.36 + 3.8
    assert all(one * 267 >= 4 * 3.36 for one in found[1:])
