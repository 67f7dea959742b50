"""The area's sheet says what every page and file says, for every age, walker and area."""

import random
import re
from dataclasses import replace

import pytest
from area_sheets import number, said, tables
from sheet_fixtures import checked, frame, point, put, text_of

from geo.base.problems import InputError
from geo.coverage.asking import parse_question
from geo.say.masked import MASKED
from geo.say.sentence import say_share, share_within
from geo.sources.town_folder import load_town
from geo.town import WHOLE
from layers.areas.now import shared_of
from layers.areas.place import place_of
from layers.asked import make_question, read_asked
from layers.day.told import Told
from layers.sheets.area import SHEET, draw_area
from layers.sheets.parts.area_asked import read_audience, read_compare, read_size
from surveys.store.register import open_register

TODAY = "2026-11-25"
COLUMNS = ("people", "within", "outside", "off_network")


@pytest.fixture(scope="module")
def demo(demo_town):
    register = open_register(demo_town, f"sqlite:///{demo_town}/register/register.db")
    yield demo_town, load_town(demo_town), register
    register.engine.dispose()


@pytest.fixture(scope="module")
def told(demo):
    return Told(town=demo[1], register=demo[2])


def shared(told, demo, *, audience="office", compare="", beside="", **query):
    return shared_of(
        told,
        demo[0],
        read_asked(query),
        audience=audience,
        compare=compare,
        beside=beside,
        today=TODAY,
    )


def sheet(told, demo, area_id, *, division="町丁目", **more):
    made = shared(told, demo, division=division, **more)
    return draw_area(frame(*demo), made, place_of(told.town, division, area_id))


def draws(town, count):
    """Areas and questions at random; the numbers are the same each time."""
    rng = random.Random(20261125)  # noqa: S311 - the same draws each time
    for _ in range(count):
        division = rng.choice(town.divisions)
        area_id = str(rng.choice(list(town.division(division)["area_id"])))
        yield division, area_id, {
            "within": rng.choice(["250m", "500m", "800m", "7min", "12min"]),
            "walker": rng.choice(["elderly", "general", "slow", "cane"]),
            "people": rng.choice(["65", "75", "all"]),
            "slopes": rng.choice(["", "on"]) if town.relief is not None else "",
            "rest": rng.choice(["", "", "200"]),
        }  # fmt: skip


def test_every_number_of_a_sheet_is_the_pages_for_many_areas_and_questions(told, demo):
    for division, area_id, query in draws(told.town, 12):
        made = shared(told, demo, division=division, **query)
        page = draw_area(frame(*demo), made, place_of(told.town, division, area_id))
        shown, day = tables(page), made.run.day
        question = make_question(replace(read_asked(query), division=division), told.town)
        for age, cells in zip(made.run.ages, shown["年齢ごとの人数"][1:], strict=True):
            answer = day.ask(replace(question, people=age))
            (row,) = answer.areas[answer.areas["area_id"] == area_id].to_dict("records")
            assert [number(one) for one in cells[1:5]] == [row[one] for one in COLUMNS]
            assert cells[5] == say_share(row["share"], "ja")
        for asked, cells in zip(made.run.walkers, shown["歩く人ごとの、届く割合"][1:], strict=True):
            answer = day.ask(asked)
            (row,) = answer.areas[answer.areas["area_id"] == area_id].to_dict("records")
            assert number(cells[2]) == row["outside"]
            assert cells[3] == say_share(row["share"], "ja")
            assert cells[-1] == say_share(share_within(answer), "ja")
            around = next(
                (one for one in place_of(told.town, division, area_id).around
                 if one.division == made.run.larger), None,
            )  # fmt: skip
            if around is not None:
                there = day.ask(replace(asked, division=around.division))
                (row,) = there.areas[there.areas["area_id"] == around.area_id].to_dict("records")
                assert cells[4] == say_share(row["share"], "ja")


def test_the_sentence_is_the_one_of_the_page_for_the_areas_own_people(told, demo):
    page = sheet(told, demo, "99201004000", people="65", walker="elderly", within="500m")
    assert said(page) == [
        "65歳以上の129人のうち、100.0％は、徒歩500m以内に通いの場があります。",
        "徒歩500m以内に通いの場がない65歳以上：0人（0.0％）",
    ]


def test_the_parts_of_an_area_add_up_to_it(told, demo):
    coarse = next(one for one in told.town.divisions if one not in ("町丁目", WHOLE))
    for area_id in told.town.division(coarse)["area_id"]:
        shown = tables(sheet(told, demo, area_id, division=coarse))
        *parts, total = shown["町丁目ごとの内訳"][1:]
        for column in range(1, 5):
            assert sum(number(one[column]) for one in parts) == number(total[column])
        own = next(one for one in shown["年齢ごとの人数"] if one[0] == "65歳以上")
        assert total[1:] == own[1:]


def test_of_how_many_areas_it_holds_and_of_which(told, demo):
    text = text_of(sheet(told, demo, "all", division=WHOLE))
    of = len(told.town.division("町丁目"))
    assert re.search(rf"{of}地区のうち[0-9]+地区（[0-9.]+％）で、通いの場がありません", text)
    assert "汐見野市ぜんたい" in text


def test_an_area_of_choice_stands_beside_with_its_own_share(told, demo):
    page = sheet(told, demo, "99201004000", beside="町丁目/緑ヶ丘三丁目", within="300m")
    head, *rows = tables(page)["歩く人ごとの、届く割合"]
    assert head[3:] == ["この地区", "緑ヶ丘三丁目", "汐見野市ぜんたい"]
    made = shared(told, demo, within="300m")
    for asked, cells in zip(made.run.walkers, rows, strict=True):
        areas = made.run.day.ask(replace(asked, division="町丁目")).areas
        (row,) = areas[areas["area_name"] == "緑ヶ丘三丁目"].to_dict("records")
        assert cells[4] == say_share(row["share"], "ja")
    with pytest.raises(InputError) as caught:
        shared(told, demo, beside="ない町")
    assert "ない町" in caught.value.words.ja


def test_a_council_sees_no_count_below_ten_and_no_concern(told, demo):
    found, masked = 0, 0
    for area_id in told.town.division("町丁目")["area_id"]:
        page = sheet(told, demo, area_id, audience="council")
        for table in tables(page).values():
            for row in table[1:]:
                for cell in row[1:]:
                    found += 1
                    masked += cell == MASKED.ja
                    if cell.endswith("人"):
                        assert number(cell) == 0 or number(cell) >= 10
        text = text_of(page)
        assert "協議体の資料" in text and "庁内用" not in text.replace("庁内用の紙", "")
        for site in told.register_titles("concern") if hasattr(told, "register_titles") else ():
            assert site not in text
    assert 0 < masked < found


def test_since_a_day_those_gained_and_lost_are_told_with_the_reason(told, demo):
    page = sheet(told, demo, "99201004000", compare="2026-08-01")
    (line,) = re.findall(r"令和8年8月1日から、[^<]*", page)
    assert "新しく届く" in line and "届かなくなる" in line
    council = sheet(told, demo, "99201004000", compare="2026-08-01", audience="council")
    (line,) = re.findall(r"令和8年8月1日から、[^<]*", council)
    assert not re.search(r"[0-9]人", line)


@pytest.mark.parametrize(
    ("read", "text"),
    [(read_audience, "mayor"), (read_size, "B5"),
     (lambda one: read_compare(one, TODAY), "2027-01-01")],
)  # fmt: skip
def test_what_is_not_known_is_refused_with_what_is(read, text):
    with pytest.raises(InputError) as caught:
        read(text)
    assert caught.value.words.ja and caught.value.words.en


def test_a3_has_the_larger_map(told, demo):
    held = frame(*demo)
    pages = {size: SHEET.draw(held, {"id": "99201004000"}, {"size": size}) for size in ("A4", "A3")}
    assert "width='180mm'" in pages["A4"] and "width='267mm'" in pages["A3"]
    assert "@page{size:A3}" in pages["A3"]


def test_a_private_home_is_told_without_its_door(small_town):
    register = open_register(small_town, f"sqlite:///{small_town}/register/register.db")
    home = {"name": "田中の家のサロン", "venue": "home"}
    put(register, "salon", "home", home, place=point(2.1337, 2.1337))
    held = frame(small_town, load_town(small_town), register)
    page = SHEET.draw(held, {"id": "99001"}, {})
    assert "個人の家" in text_of(page) and "点線の四角" in text_of(page)
    # The sign of a 通いの場 stands for the other one alone.
    assert len(re.findall(r"href='#kz-sign-salon[a-z-]*'", page)) == 1
    register.engine.dispose()


def test_an_area_without_anything_says_so(small_town):
    held = frame(small_town, load_town(small_town), open_register(small_town))
    text = text_of(SHEET.draw(held, {"id": "99002"}, {"people": "75", "within": "5min"}))
    assert (
        "この地区に、地区" not in text
        and checked(SHEET.draw(held, {"id": "99002"}, {})) is not None
    )
    question = parse_question(division="町丁目", people="75", walker="elderly", within="5min")
    assert question.limit_m == 300


def test_where_nobody_can_be_counted_that_is_said_in_place_of_a_share(told, demo):
    made = shared(told, demo, people="75", within="500m")
    place = place_of(told.town, "町丁目", "99201004000")
    nobody = replace(place, inside=place.inside & False)
    assert said(draw_area(frame(*demo), made, nobody)) == [
        "この地区に住む75歳以上の人は、人口の表では0人です。"
    ]
    away = made.run.coverage().cells["status"].to_numpy() == "off_network"
    if away.any():
        lines = said(draw_area(frame(*demo), made, replace(place, inside=away)))
        assert "どれも道につながらない" in lines[0]
