"""What a record's thing is called: by its site, and of several by its number."""

import pytest
import shapely
from register_fixtures import new_version, open_sqlite

from geo.base.words import Words
from layers.day.called import item_of, say_site, say_thing, say_way

HERE = shapely.Point(139.0, 35.0)


@pytest.fixture
def sites(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    register = open_sqlite(tmp_path)
    two = {"name": "西公園", "benches": [{"_id": "x"}, {"_id": "y"}], "toilets": [{"_id": "x"}]}
    register.save(new_version("p", two, type="park", place=HERE))
    register.save(new_version("q", {"benches": [{"_id": "x"}]}, type="park", place=HERE))
    yield register.sites_of(["p", "q"])
    register.engine.dispose()


@pytest.mark.parametrize(
    ("site", "inside", "ja", "en"),
    [
        ("p", "", "西公園", "西公園"),
        ("p", "benches/x", "西公園のベンチ1", "Bench 1 of 西公園"),
        ("p", "benches/y", "西公園のベンチ2", "Bench 2 of 西公園"),
        ("p", "toilets/x", "西公園のトイレ", "Toilet of 西公園"),
        ("p", "benches/gone", "西公園のベンチ", "Bench of 西公園"),
        ("p", "notes/x", "西公園", "西公園"),
        ("q", "", "公園 2", "Park 2"),
        ("q", "benches/x", "公園 2のベンチ", "Bench of Park 2"),
    ],
)
def test_two_benches_of_a_park_are_told_apart(sites, site, inside, ja, en):
    assert say_thing(sites[site], inside) == Words(ja, en)


def test_a_thing_that_is_not_there_is_none(sites):
    assert item_of(sites["p"], "benches/x") == {"_id": "x"}
    assert item_of(sites["p"], "benches/z") is None and item_of(sites["q"], "toilets/x") is None
    assert say_site(sites["q"]).ja == "公園 2"


def test_a_place_is_told_by_metres_and_direction_from_its_record():
    park = Words("西公園の印", "the sign of 西公園")
    assert say_way(-12.4, 0.0, park).ja == "西公園の印から西へ 12m"
    assert say_way(0.2, 0.3, park) == Words(
        "西公園の印と同じ場所", "just where the sign of 西公園 is"
    )
