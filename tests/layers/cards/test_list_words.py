"""What a list is asked for, in words and in its address; and what its rows say."""

from dataclasses import fields
from datetime import date

import pytest
from register_fixtures import new_version
from starlette.datastructures import QueryParams

from geo.base.problems import InputError
from geo.schedule import parse_schedule
from layers.asked import Asked
from layers.cards.list_asked import choices_known, find_question, kinds_known, offered
from layers.cards.list_html import list_html
from layers.cards.list_query import dump_query, is_part, parse_query, read_edge
from layers.cards.list_words import ORDER_SAID, ORDER_WORDS, cleared, list_chips, say_range
from layers.cards.open_lines import open_lines, tells_times
from surveys.declaration.field import RANGED
from surveys.store.answered import OpenWhen
from surveys.store.listing import SiteQuery
from surveys.store.register import open_register
from surveys.store.site_order import ORDERS
from surveys.types import RECORD_TYPES


@pytest.fixture
def register(tmp_path):
    made = open_register(tmp_path)
    yield made
    made.engine.dispose()


FULL = SiteQuery(
    types=("salon",), words="桜", statuses=(), due_by="2026-11-21", differing=True,
    when=OpenWhen(weekdays=(1, 3), half="am", unclear=True), open_to="西町",
    choices={"activities/content": ("exercise", "hobby"), "toilet": ("western",)},
    limits={"activities/fee_yen": (None, 100.0), "activities/subsidy_until": ("2027-04", None)},
)  # fmt: skip
AREA = (("町丁目", "99001"), "西町")


def test_each_filter_has_a_chip_that_says_it():
    assert [one.words.ja for one in list_chips(FULL, AREA)] == [
        "「桜」", "通いの場", "西町", "閉まった所・撤去した所も", "令和8年11月21日までに確認する所",
        "人によって答えがちがう所", "火曜日", "木曜日", "午前", "日時がはっきりしない所もふくむ",
        "西町の人が利用できる",
        "体操", "趣味活動", "トイレ：洋式あり", "参加費 100円まで", "補助の終わり 令和9年4月から",
    ]  # fmt: skip
    assert list_chips(SiteQuery()) == []


def test_a_chip_dropped_leaves_the_others_and_dropped_one_by_one_none():
    params, count = dict(QueryParams(dump_query(FULL, AREA[0]))), len(list_chips(FULL, AREA))
    area = AREA
    while count:
        chip = list_chips(parse_query(params), area)[0]
        params[chip.part] = chip.left
        area = None if chip.part == "area" else area
        assert len(list_chips(parse_query(params), area)) == count - 1
        count -= 1
    assert parse_query(params) == SiteQuery()


def test_all_filters_go_and_the_order_stays():
    assert (
        cleared(SiteQuery(words="桜", order="seen"), "学区")
        == "areas=%E5%AD%A6%E5%8C%BA&order=seen"
    )


def test_no_part_of_a_list_is_called_as_one_of_the_question_of_walking():
    parts = dict(QueryParams(dump_query(FULL, AREA[0], "x") + "&areas=x&batch=b&walk=w&order=seen"))
    assert all(is_part(name) for name in parts)
    assert not [one.name for one in fields(Asked) if is_part(one.name)]


def test_every_order_is_called_and_said():
    assert set(ORDER_WORDS) == set(ORDER_SAID) == set(ORDERS)


@pytest.mark.parametrize("type_", RECORD_TYPES.values(), ids=list(RECORD_TYPES))
def test_what_a_declaration_says_is_filtered_can_be_asked_for(type_):
    fields = {one.id: one for one in type_.fields}
    fields |= {f"{one.id}/{i.id}": i for one in type_.fields if one.item for i in one.item.fields}
    told = {
        key for key, one in fields.items() if one.filtered and (one.choices or one.kind in RANGED)
    }
    assert told == {one.key for one in offered(type_)}
    for one in offered(type_):
        if one.field.choices:
            params = {f"f.{one.key}": one.field.choices[0].id}
        else:
            low = {"number": f"{one.field.low:g}", "time": "09:30"}.get(one.field.kind, "2026")
            params = {f"r.{one.key}": f"{low}.."}
        query = parse_query({"type": type_.id, **params})
        assert parse_query(dict(QueryParams(dump_query(query)))) == query
        assert len(list_chips(query)) == 2


def test_a_question_inside_a_thing_says_of_which_thing_it_is():
    assert find_question("benches/seat_cm").words.ja == "ベンチの座面の高さ"
    assert find_question("activities/fee_yen").words.ja == "参加費"
    assert find_question("nothing") is None
    assert "unknown" in choices_known()["toilet"] and kinds_known()["tatami_count"] == "number"


@pytest.mark.parametrize(
    ("key", "low", "high", "ja"),
    [
        ("activities/fee_yen", 0.0, 0.0, "参加費 0円"),
        ("tatami_count", 8.5, None, "広さ 8.5畳から"),
        ("activities/subsidy_until", None, "2027-03-31", "補助の終わり 令和9年3月31日まで"),
        ("opened", "1980", "1990", "できた年月 昭和55年（1980年）から平成2年（1990年）まで"),
    ],
)
def test_a_range_is_said_with_its_unit_and_era(key, low, high, ja):
    assert say_range(find_question(key), low, high).ja == ja


@pytest.mark.parametrize(
    "params",
    [{"days": "today"}, {"hours": "night"}, {"r.fee": "1.."}, {"r.tatami_count": "8"},
        {"r.tatami_count": ".."}, {"r.tatami_count": "nan.."}, {"r.opened": "1980-13.."},
        {"r.activities/subsidy_until": "2027-02-30.."}, {"r.open_at": "25:00.."}, {"r.toilet": "1.."}],
)  # fmt: skip
def test_what_is_no_day_and_no_range_is_refused(params):
    with pytest.raises(InputError):
        parse_query(params)


def test_an_end_may_be_a_year_a_month_or_a_day():
    assert [read_edge("date", text) for text in ("2027", "2027-03", "2027-03-31")] == [
        "2027", "2027-03", "2027-03-31",
    ]  # fmt: skip


def salon(register, **answers):
    register.save(new_version("s1", {"name": "<b>会館</b>", **answers}, type="salon"))
    return register.site("s1")


TUESDAYS = parse_schedule("毎週火曜 10:00～11:30")


def test_a_row_says_the_days_hours_and_fee_of_each_group_that_meets(register):
    site = salon(register, activities=[
        {"_id": "a", "group": "体操の会", "schedule": TUESDAYS, "fee_yen": 0},
        {"_id": "b", "group": "茶話会", "fee_yen": 100},
        {"_id": "c", "group": "前の会", "schedule": TUESDAYS, "state": "ended"},
    ])  # fmt: skip
    assert open_lines(site, "ja") == ["体操の会：毎週火曜日 10:00～11:30　無料", "茶話会：100円"]
    assert open_lines(site, "en")[0] == "体操の会: every Tue 10:00–11:30 · free"
    assert open_lines(site, "ja", most=1) == ["ほか2つ"]


def test_one_group_goes_without_its_name_and_without_times_it_is_said(register):
    site = salon(register, activities=[{"_id": "a", "group": "体操の会"}])
    assert open_lines(site, "ja") == ["日時は未確認"]
    assert tells_times(["salon"]) and not tells_times(["bench"])


def test_a_row_is_marked_where_one_came_back_to_and_its_texts_stay_text(register):
    site = salon(register, activities=[{"_id": "a", "schedule": TUESDAYS, "group": "<i>x"}])
    html = list_html(
        [site],
        "ja",
        today=date(2026, 11, 21),
        areas={"s1": "<u>西町"},
        link=lambda _: "名前",
        here="s1",
    )
    assert "kz-here" in html and "data-row='s1'" in html and "data-head='日時・費用'" in html
    assert "毎週火曜日" in html and "<u>" not in html and "<i>" not in html
    without = list_html(
        [site], "ja", today=date(2026, 11, 21), areas={}, link=lambda _: "名前", times=False
    )
    assert "日時・費用" not in without and "kz-here" not in without
