"""A list of 通いの場 without coordinates at ``kayoi build``: only doors count."""

import pandas as pd
import pytest
import shapely

from geo.base.addressed.book import AddressBook, Books, DoorLines, TownPoint
from geo.base.problems import InputError
from geo.sources.sites import load_sites

BOOKS = Books(
    books=(
        AddressBook(
            towns=(TownPoint(name="西町", lon=139.9, lat=35.65),),
            doors=(
                DoorLines(
                    town="西町", parcels=True, lines=("prc_num1,lng,lat", "12,139.9001,35.6501")
                ),
            ),
        ),
    )
)
LIST = "名称,所在地\n朝の会,西町12\n昼の会,西町99\n夜の会,東町1\n"


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(LIST, "utf-8")
    return file


def test_a_row_is_placed_at_its_door_and_the_others_are_told(path):
    sites, problems = load_sites(path, books=BOOKS)
    assert sites[["name", "lon", "lat"]].to_numpy().tolist() == [["朝の会", 139.9001, 35.6501]]
    said = {one.row: one.reason.ja for one in problems}
    assert said[2] == "住所から場所を置きました（番地・号まで）"
    assert said[3].startswith("住所が町丁目までしか分からないので、数えません")
    assert said[4].startswith("緯度・経度がないか")
    assert not any("使わなかった列" in one.reason.ja for one in problems)


def test_without_a_book_the_columns_are_asked_for(path):
    with pytest.raises(InputError, match="no columns for latitude"):
        load_sites(path)


def test_coordinates_go_before_the_address(tmp_path):
    file = tmp_path / "b.csv"
    file.write_text("名称,所在地,緯度,経度\n朝の会,西町12,35.66012,139.95012\n", "utf-8")
    sites, problems = load_sites(file, books=BOOKS)
    assert sites["lon"].tolist() == [139.95012]
    assert any("使わなかった列: 所在地" in one.reason.ja for one in problems)


def test_only_a_division_by_neighbourhood_is_a_book():
    import geopandas as gpd

    from geo.base.place import choose_plane
    from geo.sources.addresses import area_book

    plane = choose_plane(139.77, 35.68)
    shapes = [shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)]
    table = pd.DataFrame({"area_id": ["1", "2"], "area_name": ["中央", "西町"], "tier": ""})
    for division, there in (("日常生活圏域", False), ("町丁目", True)):
        areas = gpd.GeoDataFrame(table.assign(division=division), geometry=shapes, crs=plane.crs)
        book = area_book(areas, "試験市", plane)
        assert (book is not None) is there
    hit = book.find("試験市西町3-1")
    x_m, y_m = plane.to_m([hit.lon], [hit.lat])
    assert shapes[1].contains(shapely.Point(x_m[0], y_m[0])) and hit.level == "town"
    assert book.find("隣市西町3-1") is None
