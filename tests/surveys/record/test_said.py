"""Days and numbers as they are said, held against what 池田町 printed (`surveys.record.said`)."""

import pytest

from surveys.record.said import SaidDay, SaidNumber, read_said_day, read_said_number


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("H27.４.28", "2015-04-28", ""),  # a day, in the widths as printed
        ("H27.９.15\n〜25", "2015-09-15", "2015-09-25"),  # the day of the same month alone
        ("H27.10.６~７", "2015-10-06", "2015-10-07"),
        ("H28.２.22〜23", "2016-02-22", "2016-02-23"),
        ("2026年12月30日～1月4日", "2026-12-30", "2027-01-04"),  # into the next year
        ("令和8年4月1日（水）から3日まで", "2026-04-01", "2026-04-03"),
        ("2026-04-01～2026-04-01", "2026-04-01", ""),  # a span of one day is a day
    ],
)
def test_a_day_and_a_span_are_read_whole(text, first, last):
    assert read_said_day(text) == SaidDay(first=first, last=last, whole=True)


@pytest.mark.parametrize(
    "text", ["9月16日", "●月16日", "H27.５", "令和8年度中", "", "春ごろ", "12/3"]
)
def test_what_is_no_whole_day_is_not_guessed(text):
    assert read_said_day(text) == SaidDay()


@pytest.mark.parametrize("text", ["令和8年10月3日～1日", "令和8年2月27日〜30日", "R8.4.1～5～9"])
def test_a_span_that_cannot_be_leaves_the_words_to_say_it(text):
    assert not read_said_day(text).whole and read_said_day(text).last == ""


def test_what_is_planned_says_so_with_its_day_or_without():
    assert read_said_day("令和8年10月3日（予定）") == SaidDay(
        first="2026-10-03", planned=True, whole=True
    )
    assert read_said_day("未定") == SaidDay(planned=True)


@pytest.mark.parametrize(
    ("text", "number", "about", "total"),
    [
        ("約20名", 20, True, False), ("延べ1,097人", 1097, False, True), ("６名", 6, False, False),
        ("約260名", 260, True, False), ("30人程度", 30, True, False), ("のべ約40人", 40, True, True),
        ("計10箇所", None, False, False), ("20～30名", None, False, False), ("多数", None, False, False),
    ],
)  # fmt: skip
def test_about_and_counted_each_time_stand_beside_the_number(text, number, about, total):
    assert read_said_number(text) == SaidNumber(number=number, about=about, total=total)
