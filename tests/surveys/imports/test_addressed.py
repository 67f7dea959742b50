"""A list with addresses and no coordinates: doors are places, a 町丁目 is told and is none."""

from dataclasses import replace

from import_fixtures import diff, export, row_of, site_named

from geo.base.addressed.book import AddressBook, Books, DoorLines, TownPoint
from surveys.record.history import PLACE
from surveys.record.home import is_home

BOOK = AddressBook(
    towns=(TownPoint(name="猫実一丁目", lon=139.9, lat=35.65),),
    doors=(
        DoorLines(
            town="猫実一丁目", parcels=False,
            lines=("blk_num,rsdt_num,rsdt_num2,lng,lat", "2,3,,139.9001,35.6501"),
        ),
    ),
    source="ためしの住所",
)  # fmt: skip
BOOKS = Books(books=(BOOK,))
LIST = (
    "名称,住所,曜日,時間\n朝の会,浦安市猫実1-2-3,毎週月曜日,10:00〜11:30\n"
    "昼の会,浦安市猫実1-8-1,毎週火曜日,10:00〜11:30\n夜の会,浦安市海楽1-1,毎週水曜日,10:00〜11:30\n"
)


def test_only_a_door_gives_a_place_and_it_is_marked_as_inferred(plan):
    made = plan(LIST, type_id="salon", books=BOOKS)
    row = row_of(made, "朝の会")
    place = diff(row)[PLACE]
    assert (place.x, place.y) == (139.9001, 35.6501)
    assert row.version.origins[PLACE]["sure"] == "inferred"
    assert row.version.note == "公園.csv・住所から置いた場所（番地・号まで）"
    assert all(PLACE not in diff(row_of(made, one)) for one in ("昼の会", "夜の会"))
    assert row_of(made, "昼の会").version.note == "公園.csv・住所は町丁目まで（猫実一丁目）"
    said = "\n".join(one.ja for one in made.said)
    assert "住所から場所を置いた所 1（番地・号まで 1）" in said
    assert "住所が町丁目までしか分からない所 1" in said and "3行目「昼の会」猫実一丁目" in said
    assert "住所から場所が分からない所 1（4行目「夜の会」）" in said
    assert "住所の場所の出典：ためしの住所" in said


def test_a_whole_address_is_not_called_rough_where_the_town_knows_no_numbers(plan):
    bare = Books(books=tuple(replace(one, doors=()) for one in BOOKS.books))
    said = "\n".join(one.ja for one in plan(LIST, type_id="salon", books=bare).said)
    assert "番地の場所のデータ（住所のファイル）がないので、町丁目までしか分からない所" in said
    assert "住所が町丁目までしか分からない所" not in said


def test_a_place_that_is_told_stays_and_an_address_moves_nobody(take, book):
    take(
        "名称,住所,緯度,経度\n朝の会,浦安市猫実1-2-3,35.6601,139.9105\n",
        type_id="salon",
        books=BOOKS,
    )
    assert site_named(book, "朝の会").place.x == 139.9105
    take("名称,住所\n朝の会,浦安市猫実1-2-3\n", type_id="salon", books=BOOKS)
    assert site_named(book, "朝の会").place.x == 139.9105


def test_a_second_list_finds_the_site_its_address_had_placed(take, book):
    for _ in range(2):
        take("名称,住所\n朝の会,浦安市猫実1-2-3\n", type_id="salon", books=BOOKS)
    assert len(book.site_ids()) == 1


def test_without_books_nothing_is_placed(plan):
    made = plan(LIST, type_id="salon")
    assert not any("住所" in one.ja for one in made.said)


def test_a_home_placed_by_its_address_is_told_by_its_square_alone(take, book):
    take(
        "サロン名,開催日時,会場,住所\n茶の間,毎週火曜 10:00～11:00,佐藤宅,浦安市猫実1-2-3\n",
        type_id="salon",
        books=BOOKS,
    )
    (site,) = map(book.site, book.site_ids())
    assert (site.place.x, site.place.y) == (139.9001, 35.6501) and is_home(site)
    told = export(book, "salon").decode("utf-8-sig")
    assert "139.9001" not in told and "35.6501" not in told
    assert "猫実1-2-3" not in told
