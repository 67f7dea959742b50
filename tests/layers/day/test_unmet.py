"""Needs beside resources by area: which kinds nothing meets, on the map and in the card.

Through `layers.day.unmet`, `layers.maps.needs_map` and `pages.parts.reports.ground`.
"""

import json
from datetime import date

import pytest
from sheet_fixtures import point, put

from geo.base.problems import InputError
from geo.sources.town_folder import load_town
from layers.day.unmet import find_unmet
from layers.maps.needs_map import dump_needs, needs_legend
from surveys.record.service_kinds import KIND_WORDS
from surveys.store.register import open_register

TODAY = date(2026, 12, 2)


@pytest.fixture
def held(small_town, tmp_path):
    register = open_register(tmp_path)
    put(register, "concern", "c1", {"name": "ごみ", "tag": ["rubbish"]}, place=point(2, 2))
    put(register, "concern", "c2", {"name": "店", "tag": ["shopping"]}, place=point(2, 2))
    put(
        register,
        "concern",
        "c3",
        {"name": "済", "tag": ["watch"], "state": "solved"},
        place=point(2, 2),
    )
    put(register, "resource", "r1", {"name": "送迎", "service": ["outing"]}, place=point(2, 2))
    yield register, load_town(small_town)
    register.engine.dispose()


def test_a_kind_is_unmet_where_somebody_needs_it_and_nothing_there_gives_it(held):
    register, town = held
    division = town.divisions[0]
    found = find_unmet(register, town, division, TODAY, "ja")
    assert [one.area for one in found] == [str(one) for one in town.division(division)["area_name"]]
    (one,) = [one for one in found if any(one.needs.values())]
    assert set(one.kinds) == {"housework", "meal_delivery"}
    assert one.needs["outing"] == one.resources["outing"] == 1 and one.needs["watch"] == 0
    assert set(one.needs) == set(one.resources) == set(KIND_WORDS)
    areas = json.loads(dump_needs(town, division, found))["features"]
    told = [one["properties"] for one in areas]
    assert sorted(one["rank"] for one in told) == [0] * (len(told) - 1) + [2]
    assert [one["gap"] for one in told] == [one["rank"] > 0 for one in told]
    assert "ごみ" not in json.dumps(told, ensure_ascii=False)


def test_a_division_there_is_not_is_refused_and_the_legend_has_words(held):
    with pytest.raises(InputError):
        find_unmet(*held, "ない分け方", TODAY, "ja")
    assert "資源が1つもない地区" in needs_legend("ja") and "unmet" not in needs_legend("en")
