"""How well people and areas fit stands on the card that brought the question."""

from given_files import drop, small_files

from geo.sources.recipe import SourceFile
from layers.making.choose import choose
from layers.making.draft import read_draft
from layers.making.matching import leave_waiting, match_parts
from layers.making.sources import Parts, join_parts


def parts_of(folder):
    draft = read_draft(folder)
    return join_parts(draft, choose(draft, None), None)


def test_it_stands_on_the_table_of_people_or_else_on_the_new_areas(tmp_path):
    files = small_files(tmp_path / "files")
    town = tmp_path / "town"
    (people,) = drop(town, files["people.csv"])
    assert match_parts(town, parts_of(town), "街") == {}, "there is no ground yet"
    (cho,) = drop(town, files["cho.geojson"])
    found = match_parts(town, parts_of(town), "街")
    assert list(found) == [people.id] and found[people.id].good
    new = [one for one in parts_of(town).new if one.given.id == cho.id]
    stays = SourceFile(role="people", file=f"making/{people.path}")
    found = match_parts(town, Parts(new=tuple(new), stays=(stays,), goes=()), "街")
    assert list(found) == [cho.id] and found[cho.id].good


def test_people_that_fit_no_area_wait_only_where_there_are_no_areas(tmp_path):
    files = small_files(tmp_path / "files")
    town = tmp_path / "town"
    drop(town, files["people.csv"], files["border.geojson"])
    parts = parts_of(town)
    used = leave_waiting(parts, match_parts(town, parts, "街"))
    assert used.roles() == {"border"} and parts.roles() == {"border", "people"}
    drop(town, files["cho.geojson"])
    parts = parts_of(town)
    assert leave_waiting(parts, match_parts(town, parts, "街")) is parts
