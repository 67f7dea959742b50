"""docs/house.md and its picture say what the code is."""

import re
import sys
from collections import Counter
from dataclasses import replace
from functools import cache

import networkx as nx
from where import ROOT

sys.path.insert(0, str(ROOT / "docs"))

from make_house import PAGE, PICTURE, draw, page, read_house, table, without_counts

house = cache(read_house)  # read when a test asks, not at collection
TEXT = PAGE.read_text(encoding="utf-8")
# Named on the page, and moving in.
COMING = {"geo/base/settings.py", "surveys/store/kept/"}


def test_the_picture_and_the_table_are_what_the_code_is():
    told = "run python docs/make_house.py"
    assert without_counts(PICTURE.read_text(encoding="utf-8")) == without_counts(draw(house())), (
        told
    )
    assert without_counts(TEXT) == without_counts(page(house(), TEXT)), told


def test_a_new_arrow_or_room_is_seen_and_one_more_import_is_not():
    pair = ("geo.walk", "geo.relief")
    more = replace(house(), arrows=house().arrows + Counter({pair: 40}))
    fewer = replace(house(), arrows=house().arrows - Counter({pair: 1000}))
    for made in (draw, table):
        assert made(more) != made(house())
        assert without_counts(made(more)) == without_counts(made(house()))
        assert without_counts(made(fewer)) != without_counts(made(house()))


def test_every_room_says_what_is_in_it():
    rows = re.findall(r"^\| `([^`]+)` \(\d+\) \| (.*?) \|", TEXT, re.MULTILINE)
    assert len(rows) > 40 and all(said for _, said in rows)


def test_no_arrow_of_the_picture_goes_up():
    heights = {
        room: (floor, number)
        for floor, rows in house().rows.items()
        for number, row in enumerate(rows)
        for room in row
    }
    assert nx.is_directed_acyclic_graph(nx.DiGraph([*house().arrows]))
    for one, other in house().arrows:
        (floor, at), (below, under) = heights[one], heights[other]
        assert floor != below or at < under, (one, other)


def test_every_file_the_page_names_is_there():
    named = re.findall(r"`((?:geo|surveys|layers|pages|docs|tests)/[\w/]+(?:\.\w+|/))`", TEXT)
    assert len(named) > 30
    assert {one for one in named if not (ROOT / one).exists()} <= COMING


def test_every_place_for_a_new_thing_is_there():
    rooms = re.findall(r"`((?:geo|surveys|layers|pages)/[\w/]*)<\w+>\.py`", TEXT)
    assert len(rooms) > 9
    assert {one for one in rooms if not (ROOT / one).is_dir()} <= COMING
