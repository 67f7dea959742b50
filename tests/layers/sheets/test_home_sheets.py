"""A private home on paper and coming back: its square is all that is told, and none of it is taken."""

import pytest
import shapely
from sheet_fixtures import frame, put
from town_fixtures import at

from geo.base.square import centre_of_square, square_of
from geo.export.homes import Homes
from geo.sources.town_folder import load_town
from layers.sheets.form import draw_form
from layers.sheets.karte import draw_karte
from layers.sheets.listing import draw_list
from layers.sheets.walk import draw_walk
from layers.surveyed.areas import name_areas
from surveys.imports.bring_in import bring_in
from surveys.imports.importing import apply_plan
from surveys.store.listing import SiteQuery
from surveys.store.register import open_register
from surveys.types import RECORD_TYPES


def home(register, place, address, **answers):
    said = {"name": "えんがわ", "private_home": "yes", "address": address, "building": address}
    put(register, "salon", "home", said | answers, place=shapely.Point(place))


def test_a_marked_row_gives_its_other_answers_and_a_stripped_one_too(tmp_path):
    lon, lat = 139.9001, 35.6002
    middle = centre_of_square(lon, lat)
    for place, mark in ((middle, ""), ((lon + 0.0005, lat), "町丁と250m四方")):
        register = open_register(tmp_path / (mark or "none"))
        home(register, (lon, lat), "西町1-2-3")
        text = f"名称,所在地,経度,緯度,位置の示し方,畳数\nえんがわ,西町,{place[0]:.6f},{place[1]:.6f},{mark},8\n"
        plan, _ = bring_in(
            register, "salon", text.encode(), file="a.csv", by="", on="",
            now="2026-11-26T00:00:00.000Z", new_id=iter(map(str, range(99))).__next__,
        )  # fmt: skip
        apply_plan(register, plan)
        kept = register.site("home")
        assert len(register.site_ids()) == 1 and kept.answer("tatami_count") == 8
        assert kept.place.equals(shapely.Point(lon, lat)) and kept.answer("address") == "西町1-2-3"
        register.engine.dispose()


def sheets(folder, town, register):
    """Every sheet a home may be on."""
    ja = frame(folder, town, register)
    walk = register.site("walk")
    return {
        "karte": draw_karte(ja, register.site("home")),
        "neighbour": draw_karte(ja, register.site("hall")),
        "list": draw_list(ja, SiteQuery()),
        "walk": draw_walk(ja, walk),
        **{f"form {one.id}": draw_form(ja, one) for one in RECORD_TYPES.values()},
    }


def test_a_sheet_is_the_same_wherever_in_its_square_a_home_stands(small_town, tmp_path):
    folder = small_town
    town = load_town(folder)
    west, south, east, north = square_of(*at(2, 2))
    drawn = []
    for number, part in enumerate(((0.2, 0.85), (0.35, 0.7))):
        place = (west + (east - west) * part[0], south + (north - south) * part[1])
        register = open_register(tmp_path / str(number))
        home(register, place, f"西町{number}-77-{number}")
        put(register, "bench", "hall", {"name": "辻"}, place=shapely.Point(at(2, 2)))
        put(register, "walk", "walk", {"name": "朝", "places": ["hall", "home"]})
        drawn.append(sheets(folder, town, register))
        register.engine.dispose()
    for name, page in drawn[0].items():
        other = drawn[1][name]
        assert page.replace("kz-", "") == other.replace("kz-", ""), name
        assert "-77-" not in page
    assert "個人の家" in drawn[0]["karte"]


def test_a_place_is_told_by_the_area_it_lies_in(small_town):
    town = load_town(small_town)
    places = {"in": shapely.Point(at(1, 1)), "out": shapely.Point(0, 0), "none": None}
    area = town.division(town.divisions[0])["area_name"]
    assert name_areas(town, places)["in"] in set(area) and len(name_areas(town, places)) == 1


@pytest.mark.parametrize(("exact", "hidden"), [(False, True), (True, False)])
def test_only_a_home_is_hidden_and_only_outside_the_office(exact, hidden):
    homes = Homes(ids=frozenset({"a"}), exact=exact)
    assert homes.hides("a") == hidden and not homes.hides("b") and homes.told("b") is None
