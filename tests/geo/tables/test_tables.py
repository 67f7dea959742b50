"""The tables' doors: what is let in, what is refused, and what is said."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.base.problems import InputError, Problem, dump_problems
from geo.base.words import Words
from geo.tables.tables import SITE_WORDS, check_areas, check_cells, check_sites
from geo.tables.tables import SITES as SITES_COLUMNS
from geo.toy import toy_cells, toy_sites
from surveys.types import RECORD_TYPES

CELLS, SITES = toy_cells([(0, 0), (1, 1)]), toy_sites([(0, 0), (1, 1)])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cell_id": ["a", "a"]}, "repeated"),
        ({"people_65": [-1, 3]}, "75\\+ ≤ 65\\+|below zero"),
        ({"people_75": [11, 3]}, "75\\+ ≤ 65\\+"),
        ({"people_65": [1.5, 2.5]}, "whole numbers"),
        ({"x_m": [np.nan, 0.0]}, "not a number"),
        ({"placed_by": ["guess", "point"]}, "not known"),
    ],
)
def test_cells_that_cannot_be_are_refused_with_the_reason(change, said):
    with pytest.raises(InputError, match=said):
        check_cells(CELLS.assign(**change))


def test_a_missing_column_is_named():
    with pytest.raises(InputError, match="x_m"):
        check_cells(CELLS.drop(columns="x_m"))


def test_good_tables_come_back_as_they_went_in():
    sites = check_sites(SITES)
    assert check_cells(CELLS) is CELLS and check_sites(sites) is sites


def test_sites_from_before_sessions_and_capacity_have_neither_known():
    before = SITES.drop(columns=["sessions_per_month", "capacity"], errors="ignore")
    sites = check_sites(before)
    assert list(sites) == list(SITES_COLUMNS) and "capacity" not in before
    assert sites[["sessions_per_month", "capacity"]].isna().all(axis=None)


@pytest.mark.parametrize("column", ["sessions_per_month", "capacity"])
@pytest.mark.parametrize(
    ("value", "good"), [(0.5, True), (np.nan, True), (0, False), (-1, False), (np.inf, False)]
)
def test_what_a_site_offers_is_above_zero_or_not_known(column, value, good):
    sites = check_sites(SITES).assign(**{column: [1.0, value]})
    if good:
        assert check_sites(sites) is sites
    else:
        with pytest.raises(InputError, match=f"{column}, row 2"):
            check_sites(sites)


def test_a_site_of_an_unknown_kind_is_refused():
    with pytest.raises(InputError, match="not known"):
        check_sites(SITES.assign(kind="castle"))


def test_areas_are_valid_polygons_with_an_id_of_their_own():
    frame = {"area_id": ["1", "1"], "area_name": "a", "division": "d", "tier": ""}
    areas = gpd.GeoDataFrame(frame, geometry=[shapely.box(0, 0, 1, 1)] * 2)
    with pytest.raises(InputError, match="repeated"):
        check_areas(areas)
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    with pytest.raises(InputError, match="valid polygon"):
        check_areas(areas.assign(area_id=["1", "2"]).set_geometry([bow, bow]))


def test_an_input_error_is_also_a_value_error_and_speaks_both_languages():
    error = InputError(Words("だめ", "no"))
    assert isinstance(error, ValueError) and error.words.ja == "だめ"


def test_listed_problems_cannot_run_in_a_spreadsheet():
    problem = Problem(
        file="a.csv", row=2, column="名称", value="=cmd()", reason=Words("理由", "why")
    )
    assert "'=cmd()" in dump_problems([problem])
    assert problem.say("ja") == "a.csv 2行目 「名称」（=cmd()）: 理由"


def test_a_kind_has_the_same_words_on_every_floor():
    assert all(RECORD_TYPES[kind].words == words for kind, words in SITE_WORDS.items())
