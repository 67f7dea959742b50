"""Record types: plain data that draws and names a kind."""

import re
import subprocess
import sys

import pytest

from geo.tables import SITE_KINDS
from layers.palette import LAND
from surveys.types import RECORD_TYPES

TYPES = list(RECORD_TYPES.values())
IDS = [one.id for one in TYPES]


def brightness(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted([brightness(one), brightness(other)])
    return (high + 0.05) / (low + 0.05)


def test_every_kind_of_site_has_a_type():
    assert set(SITE_KINDS) <= set(RECORD_TYPES)


def test_types_stand_in_a_fixed_order_without_ties():
    orders = [one.order for one in TYPES]
    assert orders == sorted(set(orders))
    assert IDS[0] == "salon"


@pytest.mark.parametrize("one", TYPES, ids=IDS)
def test_an_id_is_a_plain_english_word(one):
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", one.id)
    assert one.words.ja and one.words.en
    assert not one.words.en.endswith("s") or one.id.endswith("s")


@pytest.mark.parametrize("one", TYPES, ids=IDS)
def test_a_walking_range_says_whose_it_is(one):
    assert one.walking_source.ja and one.walking_source.en
    assert one.walking_m is None or 0 < one.walking_m <= 2000


@pytest.mark.parametrize("one", TYPES, ids=IDS)
def test_a_marker_is_seen_on_the_map(one):
    marker = one.marker
    assert re.fullmatch(r"#[0-9A-F]{6}", marker.colour)
    assert marker.shape and (marker.glyph or marker.strokes)
    # The pale one has an outline and a figure in ink instead.
    assert marker.dark_glyph or contrast(marker.colour, LAND) >= 4.2


@pytest.mark.parametrize("one", TYPES, ids=IDS)
def test_a_marker_holds_path_data_and_nothing_else(one):
    for path in (one.marker.shape, one.marker.glyph, one.marker.strokes):
        assert re.fullmatch(r"[MmZzLlHhVvCcSsQqTtAa0-9 .,\-]*", path)


def test_types_import_neither_tables_nor_maps():
    heavy = "[m for m in ('pandas', 'streamlit', 'folium', 'numpy') if m in sys.modules]"
    code = f"import surveys.types, sys; print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
