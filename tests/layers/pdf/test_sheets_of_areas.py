"""Areas' sheets in an order that tells nothing it hides, and the names of their files."""

import pytest
from area_sheets import number
from sheet_fixtures import frame

from geo.base.problems import InputError
from geo.sources.town_folder import load_town
from layers.areas.figures import row_of
from layers.areas.now import shared_of
from layers.areas.place import find_areas, place_of
from layers.asked import read_asked
from layers.day.told import Told
from layers.pdf.areas import ids_in_order, name_of_file, places_in_order
from layers.pdf.handed import plain_name
from layers.sheets.parts.area_asked import SHOWN, read_shown
from surveys.store.register import open_register

TODAY = "2026-11-25"


@pytest.fixture(scope="module")
def demo(demo_town):
    register = open_register(demo_town, f"sqlite:///{demo_town}/register/register.db")
    yield demo_town, load_town(demo_town), register
    register.engine.dispose()


def shared(demo, audience):
    told = Told(town=demo[1], register=demo[2])
    asked = read_asked({"division": "町丁目"})
    return shared_of(told, demo[0], asked, audience=audience, today=TODAY)


def test_a_masked_count_has_no_place_among_those_shown(demo):
    made = shared(demo, "council")
    ids = find_areas(demo[1], "町丁目", [])
    ordered = ids_in_order(made, ids, "outside")
    said = [
        row_of(made.run, place_of(demo[1], "町丁目", one)).say("outside", "ja") for one in ordered
    ]
    counts = [number(one) for one in said]
    shown = [one for one in counts if one is not None]
    assert counts[: len(shown)] == sorted(shown, reverse=True)
    hidden = ordered[len(shown) :]
    assert hidden and hidden == [one for one in ids if one in hidden]


def test_the_orders_are_those_of_the_office(demo):
    made = shared(demo, "office")
    ids = find_areas(demo[1], "町丁目", [])
    assert ids_in_order(made, ids, "file") == ids
    names = [one.name for one in places_in_order(made, ids, "name")]
    assert names == sorted(names) and len(names) == len(ids)
    counts = [
        row_of(made.run, one).counts["outside"] for one in places_in_order(made, ids, "outside")
    ]
    assert counts == sorted(counts, reverse=True)


def test_a_file_is_named_by_town_division_and_day_and_marked_for_the_office(demo):
    held = frame(*demo)
    name = name_of_file("町丁目", held, "office", whole=True)
    assert name == f"{demo[1].name}_町丁目_地区シート_{held.today}_庁内用.pdf"
    assert name_of_file("町丁目", held, "council", whole=False).endswith(f"シート_{held.today}.zip")
    assert "/" not in name_of_file("../x", held, "office", whole=True)
    assert plain_name("a/b\u202e　c") == "a_b_c"


def test_what_stands_on_a_sheet_is_read_from_what_does_not():
    assert read_shown("") == tuple(SHOWN)
    assert set(SHOWN) - set(read_shown("why,memo")) == {"why", "memo"}
    with pytest.raises(InputError, match="nothing"):
        read_shown("nothing")
