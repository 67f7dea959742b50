"""How many rows of people fit the ground is told before a build, by numbers, with what to do."""

import csv

import pytest
from town_fixtures import EAST, WEST, write_town

from geo.sources.ground import counted_areas, lay_areas, lay_border, read_ground
from geo.sources.people_match import match_people
from geo.sources.recipe import Options, Recipe, SourceFile

CHO = SourceFile(role="division", file="cho.geojson", division="町丁目", column="S_NAME")
BORDER = SourceFile(role="border", file="border.geojson")
PEOPLE = SourceFile(role="people", file="people.csv")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    found = tmp_path_factory.mktemp("files")
    write_town(found)
    return found


def recipe(*sources):
    return Recipe(name="小さな街", options=Options(), sources=sources)


def write(folder, rows, head=("S_NAME", "総人口", "65歳以上", "75歳以上")):
    with (folder / "other.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return SourceFile(role="people", file="other.csv")


def test_all_rows_fit(folder):
    found = match_people(folder, recipe(BORDER, CHO, PEOPLE))
    assert found.good
    assert found.words.ja == "表の2行のうち2行が、地区（町丁目、2地区）と合いました。"
    assert found.words.en == "2 of 2 rows fit the areas (町丁目: 2 areas)."


def test_no_row_fits_and_what_to_do(folder):
    people = write(folder, [["遠町", 10, 5, 2], ["別町", 20, 6, 3], ["他町", 30, 7, 4]])
    found = match_people(folder, recipe(CHO, people))
    assert not found.good
    assert found.words.ja.startswith(
        "表の3行のうち、地区と合う行が1つもありません（表は「遠町・別町」など、地図は「西町一丁目・東町一丁目」など）"
    )
    assert "「地区の名前の列」を選び直す" in found.words.ja
    assert "None of 3 rows" in found.words.en


def test_few_rows_fit(folder):
    people = write(folder, [[WEST, 10, 5, 2], ["別町", 20, 6, 3], ["他町", 30, 7, 4]])
    found = match_people(folder, recipe(BORDER, CHO, people))
    assert not found.good
    assert "表の3行のうち1行が" in found.words.ja
    assert "合わない2行（別町、他町 など）の50人は数えません" in found.words.ja
    assert "1地区は、表に行がない" in found.words.ja and "選び直す" in found.words.ja


def test_a_row_that_does_not_fit_is_told_of_a_table_that_does(folder):
    people = write(folder, [[WEST, 10, 5, 2], [EAST, 20, 6, 3], ["他町", 30, 7, 4]])
    found = match_people(folder, recipe(BORDER, CHO, people))
    assert found.good and "合わない1行（他町 など）の30人" in found.words.ja
    assert "選び直す" not in found.words.ja


def test_people_by_area_without_areas(folder):
    found = match_people(folder, recipe(BORDER, PEOPLE))
    assert not found.good and "地区の分け方がまだありません" in found.words.ja


def test_people_by_name_without_areas_stand_where_the_table_says_they_are(folder):
    rows = [["遠町", 10, 5, 2, "35.001,138.601"], ["別町", 20, 6, 3, "35.001,138.602"]]
    people = write(folder, rows, ("町名", "総人口", "65歳以上", "75歳以上", "location"))
    found = match_people(folder, recipe(BORDER, people))
    assert found.good and "2地点が、街の中にあります" in found.words.ja
    # Where there are areas none of which it fits, that is said, and nothing is put beside them.
    assert (
        "地区と合う行が1つもありません"
        in match_people(folder, recipe(BORDER, CHO, people)).words.ja
    )


@pytest.mark.parametrize(("lat", "good"), [(35.001, True), (36.5, False)])
def test_points_in_and_beyond_the_town(folder, lat, good):
    people = write(
        folder, [[lat, 138.601, 10, 5], [lat, 138.602, 10, 5]],
        head=("緯度", "経度", "総人口", "65歳以上"),
    )  # fmt: skip
    found = match_people(folder, recipe(BORDER, people))
    assert found.good is good
    said = "2地点が、街の中にあります" if good else "表の2地点は、どれも街の境の外"
    assert said in found.words.ja


def test_a_table_that_cannot_be_read_says_that_no_town_can_be_made(folder):
    people = write(folder, [["x", "y"]], head=("a", "b"))
    found = match_people(folder, recipe(BORDER, CHO, people))
    assert not found.good and found.words.ja.startswith("このままでは街をつくれません。")


def test_nothing_is_said_without_ground_or_people(folder):
    assert match_people(folder, recipe(PEOPLE)) is None
    assert match_people(folder, recipe(BORDER, CHO)) is None


def test_the_whole_town_is_counted_only_where_there_is_no_other_area(folder):
    from geo.base.place import choose_plane

    for sources, names in (((BORDER, CHO), [WEST, EAST]), ((BORDER,), ["小さな街"])):
        told = recipe(*sources)
        ground = read_ground(folder, told)
        middle = ground.border.centroid
        plane = choose_plane(middle.x, middle.y)
        areas = lay_areas(ground.divisions, told, lay_border(ground.border, plane), plane)
        assert list(counted_areas(areas)["area_name"]) == names
