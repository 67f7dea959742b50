"""Files of addresses in every layout come to the same book; anything else is refused in words."""

import json
import statistics

import pytest
import shapely

from geo.base.addressed.book import DOORS
from geo.base.addressed.files import read_address_files
from geo.base.problems import InputError

OLD = json.dumps([{"town": "猫実一丁目", "koaza": "", "lat": 35.66, "lng": 139.9}])
NEW = json.dumps(
    {
        "meta": {"updated": 1},
        "data": [
            {"machiaza_id": "0020001", "oaza_cho": "猫実", "chome": "一丁目", "point": [139.9, 35.66]},
            {"machiaza_id": "0030000", "oaza_cho": "無い町"},
        ],
    }
)  # fmt: skip
HEAD = "都道府県コード,都道府県名,市区町村コード,市区町村名,大字町丁目名,小字・通称名,緯度,経度\n"
CSV = HEAD + "12,千葉県,12227,浦安市,猫実一丁目,,35.66,139.9\n"
DOORS_TXT = (
    f"猫実一丁目,100,60\n=END={' ' * 40}\n住居表示,猫実一丁目\nblk_num,rsdt_num,rsdt_num2,lng,lat\n"
    "1,1,,139.9001,35.6601\n\n住居表示,猫実二丁目\nblk_num,rsdt_num,rsdt_num2,lng,lat\n1,2,,139.91,35.67\n"
)
BLOCKS = (
    "都道府県名,市区町村名,大字・丁目名,小字・通称名,街区符号・地番,座標系番号,Ｘ座標,Ｙ座標,緯度,経度\n"
    "千葉県,浦安市,猫実一丁目,,1,9,0,0,35.6601,139.9001\n"
)


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        ("浦安市.json", OLD, "utf-8"),
        ("浦安市.json", NEW, "utf-8"),
        ("latest.csv", CSV, "utf-8-sig"),
        ("latest.csv", CSV, "cp932"),
    ],
)
def test_each_layout_tells_the_neighbourhood_and_its_municipality(name, text, encoding):
    books = read_address_files([(name, text.encode(encoding))])
    hit = books.find("千葉県浦安市猫実1-1-1")
    assert (hit.level, hit.lon, hit.lat) == ("town", 139.9, 35.66)
    assert books.find("市川市猫実1-1-1") is None
    assert books.sources == ("Geolonia 住所データ（CC BY 4.0）",)


def test_doors_join_the_neighbourhoods_of_the_same_municipality():
    files = [("浦安市.json", NEW.encode()), ("浦安市-住居表示.txt", DOORS_TXT.encode())]
    books = read_address_files(files)
    assert len(books.books) == 1
    assert books.find("猫実1-1-1").level == "number"
    # A file of doors alone knows its neighbourhoods by them.
    alone = read_address_files(files[1:])
    assert (alone.find("猫実2-1-2").level, alone.find("猫実2-8").level) == ("number", "town")


def test_blocks_of_the_ministry_are_doors():
    books = read_address_files([("12227_2023.csv", BLOCKS.encode("cp932"))])
    assert (books.find("猫実1-1-5").level, books.sources) == (
        "block",
        ("位置参照情報（国土交通省）",),
    )


def test_of_several_municipalities_the_one_in_the_town_is_taken():
    both = (CSV + "12,千葉県,12203,市川市,猫実一丁目,,35.72,139.93\n").encode()
    hit = read_address_files([("latest.csv", both)], shapely.box(139.92, 35.7, 139.94, 35.74)).find(
        "猫実1-1"
    )
    assert hit.lon == 139.93
    with pytest.raises(InputError, match="2 municipalities"):
        read_address_files([("latest.csv", both)], shapely.box(0, 0, 1, 1))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", b"[1, 2]"),
        ("a.json", b"{"),
        ("a.json", b"[" * 200_000),
        ("a.csv", "名称,住所\n西町,1\n".encode()),
        ("a.csv", b"\xff\xfe\x00\x81"),
        ("a.csv", (HEAD + "12,千葉県,12227,浦安市,猫実,,x,nan\n").encode()),
        ("a.txt", b""),
    ],
)
def test_what_is_no_file_of_addresses_is_refused(name, data):
    with pytest.raises(InputError, match="cannot be read as a file of addresses"):
        read_address_files([(name, data)])


# Real lists with addresses and coordinates: the address alone is looked up, and held against them.
REAL = [
    ("浦安市", "shelters/122271_evacuation.json", 0.95, 260),
    ("高松市", "shelters/372013_evacuation.json", 0.95, 700),
]


@pytest.mark.parametrize(("city", "path", "share", "median_m"), REAL)
def test_real_addresses_lie_in_the_neighbourhood_that_is_found(data, city, path, share, median_m):
    file = data / "addresses" / f"{city}.json"
    books = read_address_files([(file.name, file.read_bytes())])
    told = json.loads((data / path).read_text("utf-8"))["features"]
    rows = [(one["properties"]["住所"], one["geometry"]["coordinates"]) for one in told]
    hits = [(books.find(address), at) for address, at in rows]
    good = [(hit, at) for hit, at in hits if hit is not None]
    assert len(good) >= share * len(rows)
    assert not any(hit.level in DOORS for hit, _ in good)  # these files hold no doors
    far = [
        ((hit.lon - lon) ** 2 * 0.67 + (hit.lat - lat) ** 2) ** 0.5 * 111_000
        for hit, (lon, lat) in good
    ]
    assert statistics.median(far) < median_m
