"""An address is found at its door or its 町丁目, never at another's, and never between two."""

import pytest

from geo.base.addressed.book import AddressBook, Books, DoorLines, TownPoint
from geo.base.addressed.spelling import plain_address, usual_city

TOWNS = (
    "猫実一丁目", "猫実二丁目", "西町", "港", "港町", "霞ヶ丘町", "大字中里", "一番町", "中里上",
    "塩浜第一号", "本町", "本町一丁目", "本町二丁目", "春日町", "春日町川尻",
)  # fmt: skip
HOUSES = DoorLines(
    town="猫実一丁目", parcels=False,
    lines=(
        "blk_num,rsdt_num,rsdt_num2,lng,lat", "2,3,,139.9001,35.6501", "2,5,,139.9003,35.6503",
        "4,1,2,139.9010,35.6510", "9,1,,,",
    ),
)  # fmt: skip
PARCELS = DoorLines(
    town="西町", parcels=True,
    lines=("prc_num1,prc_num2,prc_num3,lng,lat", "12,,,139.95,35.66", "13,4,,139.96,35.67"),
)  # fmt: skip
BOOK = AddressBook(
    towns=tuple(TownPoint(name=one, lon=139.0 + at, lat=35.0) for at, one in enumerate(TOWNS)),
    doors=(HOUSES, PARCELS),
    cities=("浦安市",),
    prefecture="千葉県",
)


def found(text):
    hit = BOOK.find(text)
    return None if hit is None else (hit.level, hit.town)


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("千葉県浦安市猫実二丁目7番1号", "猫実二丁目"),
        ("浦安市猫実２ー７－１", "猫実二丁目"),  # a long vowel and a full-width stroke
        ("〒279-0004 浦安市 猫実2丁目 7-1 会館2階", "猫実二丁目"),
        ("猫実2", "猫実二丁目"),
        ("港町3-1", "港町"),  # the longer name
        ("港3-1", "港"),
        ("霞が丘町5", "霞ヶ丘町"),
        ("中里123番地", "大字中里"),
        ("大字中里字上 5", "中里上"),  # a 小字 the book has
        ("大字中里字東 5", "大字中里"),  # and one it has not
        ("一番町8", "一番町"),
        ("塩浜第１号 4-1", "塩浜第一号"),
        ("春日町川尻1", "春日町川尻"),
        ("春日町1", "春日町"),
        ("本町", "本町"),
        ("西町2丁目3-1", "西町"),  # finer than the book
        ("本町1-2-3", "本町一丁目"),
        ("西町（公民館）", "西町"),
    ],
)
def test_a_neighbourhood_is_found_in_every_spelling(text, town):
    assert found(text) == ("town", town)


@pytest.mark.parametrize(
    "text",
    [
        "市川市西町1",  # another municipality's
        "東京都浦安市西町1",  # another prefecture's
        "本町1-2",  # 本町1番地2, or 本町一丁目2番
        "猫実",  # which 丁目?
        "猫実5-1",  # none of that number
        "西町通り商店街",  # a name that only begins so
        "港南台1",
        "公民館",
        "",
    ],
)
def test_what_could_be_two_places_or_another_towns_is_not_found(text):
    assert found(text) is None


@pytest.mark.parametrize(
    ("text", "level", "lon", "lat"),
    [
        ("猫実1-2-3", "number", 139.9001, 35.6501),
        ("猫実一丁目２番５号", "number", 139.9003, 35.6503),
        ("猫実1-2-3-101", "number", 139.9001, 35.6501),  # a room
        ("猫実1丁目2番", "block", 139.9002, 35.6502),  # the middle of its doors
        ("猫実1-2-99", "block", 139.9002, 35.6502),
        ("西町12", "number", 139.95, 35.66),
        ("西町13番地の4", "number", 139.96, 35.67),
        ("西町13", "town", 141.0, 35.0),  # a parcel that was parted: anywhere in it
        ("西町12-1", "town", 141.0, 35.0),
        ("猫実1-9-1", "town", 139.0, 35.0),  # a door without a place
        ("猫実1-7-1", "town", 139.0, 35.0),
    ],
)
def test_a_door_is_its_number_or_its_block_and_a_parcel_only_itself(text, level, lon, lat):
    hit = BOOK.find(text)
    assert (hit.level, hit.lon, hit.lat) == (level, pytest.approx(lon), pytest.approx(lat))


def test_two_of_one_name_are_neither():
    twice = tuple(TownPoint(name=one, lon=139.0, lat=35.0) for one in ("本町", "大字本町"))
    assert AddressBook(towns=twice).find("本町1") is None


def test_a_list_tells_its_municipality_where_the_book_does_not():
    book = AddressBook(towns=BOOK.towns)
    told = ["浦安市西町1", "浦安市港2", "市川市西町3"]
    assert book.find("浦安市西町1") is None
    known = book.of_list(told)
    assert [one and one.town for one in map(known.find, told)] == ["西町", "港", None]
    # All of one 町: it is no municipality, but what is looked for.
    assert AddressBook(towns=BOOK.towns).of_list(["西町1", "西町2"]).find("西町2").town == "西町"


def test_a_door_in_any_book_goes_before_a_neighbourhood():
    rough = AddressBook(towns=(TownPoint(name="猫実１丁目", lon=1.0, lat=1.0),))
    both = Books(books=(rough, BOOK))
    assert both.find("猫実1-2-3").level == "number"
    assert both.find("猫実1-7-1").lon == 1.0


def test_plain_address_is_one_for_both_sides():
    for one in ("西町1-2", "西町１－２", "西町１ー２", "西町1‐2", "西町1〜2"):
        assert plain_address(one) == "西町1-2"
    assert plain_address("字ノ上二十一番地") == "字ノ上21番地"
    assert usual_city(["北安曇郡池田町会染1", "池田町会染2"]) == "池田町"
