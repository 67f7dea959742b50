"""Of which municipality a map is: chosen, asked about, and never a prefecture by mistake."""

import geopandas as gpd
import pytest
from shapely.geometry import box

from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.area_parts import join_parts, name_areas
from geo.sources.border import read_border
from geo.sources.boundaries import read_division
from geo.sources.cities import code_of_city
from geo.sources.city_rows import check_one_city, cities_of, is_elsewhere
from geo.sources.municipality import Municipality, whole_city
from geo.sources.shapes import only_areas

STEP = 0.001
WEST, SOUTH = 138.3, 34.86


def square(column, size=1.0):
    west = WEST + column * STEP
    return box(west, SOUTH, west + size * STEP, SOUTH + size * STEP)


def save(path, count=None, size=1.0, **columns):
    count = count or len(next(iter(columns.values())))
    shapes = [square(at, size) for at in range(count)]
    gpd.GeoDataFrame(columns, geometry=shapes, crs=4326).to_file(path)
    return path


def squares(border):
    return round(border.shape.area / STEP**2, 3)


def said(notices):
    return "\n".join(n.ja if isinstance(n, Words) else n.say("ja") for n in notices)


OLD = {
    "N03_003": ["静岡市", "静岡市", None, "榛原郡"],
    "N03_004": ["葵区", "駿河区", "焼津市", "吉田町"],
}
NEW = {
    "N03_003": [None, None, None, "榛原郡"],
    "N03_004": ["静岡市", "静岡市", "焼津市", "吉田町"],
    "N03_005": ["葵区", "駿河区", None, None],
}
ESTAT = {"CITY_NAME": ["静岡市葵区", "静岡市駿河区", "焼津市", "吉田町"]}
CENSUS_2015 = {
    "GST_NAME": ["静岡市", "静岡市", "焼津市", "榛原郡"],
    "CSS_NAME": ["葵区", "駿河区", None, "吉田町"],
}
NAMED = {"name": ["静岡県静岡市葵区", "静岡県静岡市駿河区", "静岡県焼津市", "静岡県榛原郡吉田町"]}
CODES = {"N03_007": ["22101", "22102", "22212", "22424"]}


@pytest.mark.parametrize(
    ("choice", "areas", "called"),
    [
        ("静岡市", 2, "静岡市（22100）"),
        ("22100", 2, "静岡市（22100）"),
        ("221007", 2, "静岡市（22100）"),
        ("葵区", 1, "静岡市葵区（22101）"),
        ("静岡市駿河区", 1, "静岡市駿河区（22102）"),
        ("静岡県焼津市", 1, "焼津市（22212）"),
        ("榛原郡吉田町", 1, "吉田町（22424）"),
        ("22424", 1, "吉田町（22424）"),
    ],
)
@pytest.mark.parametrize(
    "columns", [OLD, NEW, ESTAT, CENSUS_2015], ids=["N03 before 2024", "N03", "e-Stat", "e-Stat 2015"]
)  # fmt: skip
def test_one_municipality_is_taken_by_code_or_name_its_wards_joined(
    tmp_path, columns, choice, areas, called
):
    border = read_border(save(tmp_path / "a.gpkg", **columns, **CODES), choice)
    assert squares(border) == areas
    assert border.city and border.city.say() == called


@pytest.mark.parametrize(("code", "areas"), [("22212", 1), ("222127", 1), ("22100", 2)])
@pytest.mark.parametrize("columns", [OLD, NEW, ESTAT], ids=["N03 before 2024", "N03", "e-Stat"])
def test_a_code_is_known_where_the_file_has_names_alone(tmp_path, columns, code, areas):
    assert squares(read_border(save(tmp_path / "a.gpkg", **columns), code)) == areas
    with pytest.raises(InputError, match="no municipality '12227'"):
        read_border(save(tmp_path / "a.gpkg", **columns), "12227")


def test_without_a_choice_it_is_asked_and_all_are_listed(tmp_path):
    for columns in (OLD, NEW | CODES, ESTAT, CODES, NAMED):
        with pytest.raises(InputError) as error:
            read_border(save(tmp_path / "a.gpkg", **columns))
        assert "3の市区町村" in error.value.words.ja
    with pytest.raises(InputError, match="no municipality '島田市'"):
        read_border(save(tmp_path / "a.gpkg", **OLD), "島田市")


def test_a_name_of_two_cities_wards_is_asked_about(tmp_path):
    columns = {
        "N03_003": ["大阪市", "堺市"],
        "N03_004": ["北区", "北区"],
        "N03_007": ["27127", "27146"],
    }
    with pytest.raises(InputError, match="several called '北区'"):
        read_border(save(tmp_path / "a.gpkg", **columns), "北区")
    assert squares(read_border(save(tmp_path / "a.gpkg", **columns), "堺市")) == 1


def test_the_key_of_a_small_area_tells_its_city(tmp_path):
    path = save(tmp_path / "a.gpkg", KEY_CODE=["222120010", "22212002001"], S_NAME=["一", "二"])
    assert read_border(path).city == Municipality(code="22212", name="")


@pytest.mark.parametrize(
    ("columns", "size"),
    [
        ({"N03_001": ["静岡県"], "N03_004": [None], "N03_007": ["22000"]}, 1.0),
        ({"PREF_NAME": ["静岡県"]}, 1.0),
        ({"名前": ["京都府"]}, 1.0),
        ({"id": [1]}, 550.0),
    ],
)
def test_a_prefecture_is_not_taken_for_the_town(tmp_path, columns, size):
    path = save(tmp_path / "a.gpkg", size=size, **columns)
    with pytest.raises(InputError) as error:
        read_border(path)
    assert "--accept kind" in error.value.words.ja
    assert squares(read_border(path, any_kind=True)) == size**2


def test_a_prefecture_beside_a_citys_name_is_no_prefecture(tmp_path):
    path = save(tmp_path / "a.gpkg", 県=["静岡県"], 市=["焼津市"])
    assert squares(read_border(path)) == 1
    abroad = gpd.GeoDataFrame(geometry=[box(20, 67, 21.5, 68)], crs=4326)
    abroad.to_file(tmp_path / "kiruna.gpkg")
    assert read_border(tmp_path / "kiruna.gpkg").shape.area == pytest.approx(1.5)


# --- divisions ------------------------------------------------------------------------------


SCHOOLS = {
    "A27_001": ["22212", "22212", "22424", "22101"],
    "A27_004": ["中央小学校", "南小学校", "中央小学校", "中央小学校"],
}


def test_schools_of_other_cities_are_left_out_by_their_code(tmp_path):
    path = save(tmp_path / "a.gpkg", **SCHOOLS)
    own = Municipality(code="22212", name="焼津市")
    # The border reaches over all four: what tells them apart is the code alone.
    found = read_division(path, name="x", column="A27_004", border=square(0, 5), own=own)
    assert found.areas["area_name"].tolist() == ["中央小学校", "南小学校"]
    assert found.areas.geometry[0].equals(square(0))
    assert [name for _, name in found.outside] == ["中央小学校"]
    assert "ほかの市区町村" in said(found.notices)


def test_a_namesake_beyond_the_border_is_not_joined_to_the_towns_own(tmp_path):
    path = save(tmp_path / "a.gpkg", name=["本町", "南町", "本町", "北町", "北町"])
    found = read_division(path, name="x", column="name", border=square(0, 2))
    assert found.areas["area_name"].tolist() == ["本町", "南町"]
    assert found.areas.geometry[0].equals(square(0))
    assert "同じ名前なので" in said(found.notices)
    assert [name for _, name in found.outside] == ["北町"]


def test_areas_of_several_municipalities_are_no_town_unless_it_is_said(tmp_path):
    path = save(tmp_path / "a.gpkg", **SCHOOLS)
    with pytest.raises(InputError) as error:
        read_division(path, name="x", column="A27_004")
    assert "3の市区町村" in error.value.words.ja and "--border" in error.value.words.ja
    assert len(read_division(path, name="x", column="A27_004", any_kind=True).areas) == 2
    one = save(tmp_path / "b.gpkg", KEY_CODE=["22101001", "22102001"], S_NAME=["一", "二"])
    found = read_division(one, name="x", column="S_NAME")
    assert found.city == Municipality(code="22100", name="")


def test_the_name_column_of_the_census_before_2020_is_found(tmp_path):
    path = save(tmp_path / "a.gpkg", KEY_CODE=["222120010"], MOJI=["本町"])
    assert read_division(path, name="x", column="S_NAME").areas["area_name"].tolist() == ["本町"]


def test_parts_by_name_are_told_and_parts_by_code_are_not(tmp_path):
    frame = gpd.read_file(save(tmp_path / "a.gpkg", 名=["西", "西"], KEY_CODE=["1", "1"]))
    frame["_row"] = [1, 2]
    notices = []
    parts = name_areas(only_areas(frame), "名", "a", notices)
    assert len(join_parts(parts, "a", None, notices)) == 1 and not notices


def test_who_says_nothing_is_not_elsewhere(tmp_path):
    frame = gpd.read_file(save(tmp_path / "a.gpkg", **(NEW | CODES)))
    assert is_elsewhere(frame, Municipality(code="22100", name="静岡市")).tolist() == [
        False, False, True, True,
    ]  # fmt: skip
    assert not is_elsewhere(frame, Municipality(code="22213", name="掛川市")).any()
    assert not is_elsewhere(frame, None).any()
    assert whole_city(cities_of(frame)[:2]).code == code_of_city("静岡市")
    assert check_one_city(frame[:2], "a").name == "静岡市"
