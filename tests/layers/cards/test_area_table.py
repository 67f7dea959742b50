"""The table of areas: order, words, and nothing executed."""

import re

import numpy as np
import pytest
from asked_coverage import areas_of, ask

from geo.measures import MEASURES
from geo.toy import toy_cells, toy_network, toy_sites
from layers.cards.area_table import ORDERS, area_table
from layers.maps.area_answer import gap_ranks

MINUTES = MEASURES["minutes"]
HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}"


@pytest.fixture(scope="module")
def coverage():
    cells = toy_cells([(0, 0), (100, 0), (400, 400), (300, 400), (400, 300)])
    cells["people_65"] = [5, 5, 1, 2, 4]
    areas = areas_of(
        (-1, -1, 150, 150),
        (350, 350, 401, 401),
        (250, 350, 349, 401),
        (350, 250, 401, 349),
        (9, 9, 10, 10),
    )
    areas["area_name"] = ["近く", "角", HOSTILE, "東", "空き地"]
    cell_area = np.array([0, 0, 1, 2, 3])
    return ask(toy_network(), cells, toy_sites([(0, 0)]), areas=areas, cell_area=cell_area)


def names(html):
    return [
        re.sub(r"<[^>]+>", "", row.split("</td>")[1])
        for row in re.findall(r"<tr[^>]*>(<td.*?)</tr>", html)
    ]


@pytest.mark.parametrize(
    ("order", "first"),
    [("outside", "東"), ("share", "角"), ("more", "角"), ("people", "近く"), ("file", "近く")],
)
def test_each_order_puts_its_own_first_and_the_unknown_last(coverage, order, first):
    found = names(area_table(coverage, order, MINUTES, None, "ja"))
    assert found[0] == first and len(found) == 5
    if order in {"share", "more"}:
        assert found[-1] == "空き地"


def test_the_number_is_the_maps_whatever_the_order(coverage):
    ranks = dict(zip(coverage.areas["area_name"], gap_ranks(coverage), strict=True))
    html = area_table(coverage, "people", MINUTES, None, "ja")
    assert ranks["東"] == 1 and "<b>1</b></td><td>東" in html


def test_unknown_is_said_in_words_and_never_as_zero(coverage):
    last = area_table(coverage, "share", MINUTES, None, "ja").split("<tr")[-1]
    assert last.count("データなし") == 4 and "0.0％" not in last


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_hostile_names_stay_text_in_every_order(coverage, lang):
    for order in ORDERS:
        html = area_table(coverage, order, MINUTES, None, lang)
        assert "<img" not in html and "{{" not in html and "&#60;img" in html


def test_a_short_table_holds_the_first_rows(coverage):
    assert len(names(area_table(coverage, "outside", MINUTES, 2, "ja"))) == 2


def test_the_two_figures_a_council_asks_first_stand_alone_until_more_is_asked_for(coverage):
    brief, full = (area_table(coverage, "outside", more, None, "ja") for more in (None, MINUTES))
    assert brief.count("<th ") == 4 and full.count("<th ") > 8
    assert names(brief) == names(full) and names(area_table(coverage, "more", None, None, "ja"))
    assert "横に動かせます" in full and "横に動かせます" not in brief
