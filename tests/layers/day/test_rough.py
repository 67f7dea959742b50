"""A 通いの場 known to its 町丁目 alone: no door, in no figure, told with the figure, found for a tap."""

from dataclasses import replace

import pytest
from import_fixtures import Desk, site_named
from own_lists import PLAIN, TODAY, day, own_town

from layers.surveyed.addresses import find_rough, known_town
from surveys.imports.importing import apply_plan
from surveys.store.listing import SiteQuery, list_sites

LIST = "名称,住所,曜日,時間\n朝の会,おもちゃ市東町1-2,毎週月曜日,10:00〜11:30\n昼の会,,毎週火曜日,10:00〜11:30\n"


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    yield made
    made.book.engine.dispose()


@pytest.fixture
def town():
    plain = own_town()
    areas = plain.areas.assign(division="町丁目", area_name="東町")
    return replace(plain, name="おもちゃ市", areas=areas)


def test_it_is_in_no_figure_and_told_with_it(desk, town, tmp_path):
    known = known_town(town, tmp_path)
    made, _ = desk.read(LIST, type_id="salon", books=known.books, border=known.border)
    apply_plan(desk.book, made)
    asked = day(town, desk.book, TODAY)
    assert asked.salons.empty
    assert site_named(desk.book, "朝の会").place is None
    said = " ".join(one.ja for one in asked.say_salons())
    assert "場所が町丁目までしか分からない 1 は数えない" in said
    assert "場所の分からない 1 は数えない" in said
    assert asked.ask(replace(PLAIN, division="町丁目")).totals["within"] == 0


def test_its_address_tells_where_the_map_opens_and_it_is_listed_until_it_is_placed(desk, town):
    desk.take(LIST, type_id="salon")
    desk.take("名称,緯度,経度\n夜の会,35.0002,138.0002\n", type_id="salon", file="b.csv")
    sites, total = list_sites(desk.book, SiteQuery(placeless=True, order="number"))
    assert (total, [one.title for one in sites]) == (2, ["朝の会", "昼の会"])
    hits = find_rough(town, {one.id: str(one.answer("address") or "") for one in sites})
    assert [hit.town for hit in hits.values()] == ["東町"]
    (hit,) = hits.values()
    x_m, y_m = town.plane.to_m([hit.lon], [hit.lat])
    assert (x_m[0], y_m[0]) == pytest.approx((200, 200), abs=1)


def test_what_needs_no_place_is_not_among_those_to_be_put_on_the_map(desk):
    desk.take("名称,サービス内容\n配食の店,弁当を届ける\n", type_id="resource")
    assert list_sites(desk.book, SiteQuery())[1] == 1
    assert list_sites(desk.book, SiteQuery(placeless=True))[1] == 0
