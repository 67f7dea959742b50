"""Days, months and hours as people write them."""

import contextlib
import csv
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.base.dates import parse_date, parse_month, parse_time, parse_window, say_age, say_date
from geo.base.problems import InputError

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "day", "why"),
    [
        ("2026-11-21", DAY, "ISO"),
        ("2026/11/21", DAY, ""),
        ("2026.11.21", DAY, ""),
        ("20261121", DAY, "no signs between"),
        ("2026年11月21日", DAY, ""),
        ("２０２６年１１月２１日", DAY, "wide digits"),
        ("2026 年 11 月 21 日", DAY, "spaces"),
        ("2026年11⽉21⽇", DAY, "signs from a PDF that only look like kanji"),
        ("2026−11−21", DAY, "minus signs"),
        ("2026/11/21（土）", DAY, "weekday"),
        ("2026年11月21日土曜日", DAY, "weekday without brackets"),
        ("2026年11月21日(土・祝)", DAY, "weekday and holiday"),
        ("2026-11-21 00:00:00", DAY, "as Excel gives"),
        ("2026/11/21 0:00", DAY, "as Excel shows"),
        ("2026-11-21T09:30:00", DAY, "ISO with an hour"),
        ("令和8年11月21日", DAY, ""),
        ("令和八年十一月二十一日", DAY, "kanji numbers"),
        ("R8.11.21", DAY, ""),
        ("r8/11/21", DAY, "small letter"),
        ("Ｒ８－１１－２１", DAY, "wide"),
        ("令8.11.21", DAY, ""),
        ("㋿8年11月21日", DAY, "the era as one sign"),
        ("平成31年4月30日", date(2019, 4, 30), "the era's last day"),
        ("令和元年5月1日", date(2019, 5, 1), "the era's first day"),
        ("R元.5.1", date(2019, 5, 1), "元 after a letter"),
        ("H30.1.5", date(2018, 1, 5), ""),
        ("昭和64年1月7日", date(1989, 1, 7), "the era's last day"),
        ("S63.4.1", date(1988, 4, 1), ""),
        ("昭和元年12月25日", date(1926, 12, 25), "the era's first day"),
        ("大正15年12月25日", date(1926, 12, 25), "the same day by its other name"),
        ("T1.7.30", date(1912, 7, 30), ""),
        ("明治6年1月1日", date(1873, 1, 1), "the first day of today's calendar"),
        ("2028-02-29", date(2028, 2, 29), "leap day"),
    ],
)
def test_a_date_is_read(text, day, why):
    assert parse_date(text) == day, why


@pytest.mark.parametrize(
    ("text", "told", "why"),
    [
        ("令和元年4月30日", "令和", "令和 began on 1 May"),
        ("平成31年5月1日", "平成", "平成 had ended"),
        ("昭和64年1月8日", "昭和", "平成 had begun"),
        ("S99.1.1", "昭和", "no such year of 昭和"),
        ("大正元年7月29日", "大正", "still 明治"),
        ("明治5年1月1日", "旧暦", "counted by the moon"),
        ("26/11/21", "年", "2026, 平成26 or 令和26?"),
        ("8.11.21", "年", "which era?"),
        ("8年11月21日", "日付", "which era?"),
        ("11月21日", "日付", "no year"),
        ("2026-02-30", "暦", "no such day"),
        ("2026-13-01", "暦", "no such month"),
        ("20260231", "暦", "no such day"),
        ("令和0年5月1日", "暦", "no year 0"),
        ("2026-11/21", "日付", "mixed signs"),
        ("2026年11月", "日付", "no day"),
        ("2026年度", "日付", "a fiscal year"),
        ("2026-11-21T00:00:00Z", "日付", "an instant elsewhere, perhaps another day here"),
        ("2026-11-21 99:99", "日付", "no such hour"),
        ("46347", "日付", "a spreadsheet's day number"),
        ("٢٠٢٦-١١-٢١", "日付", "digits of another script"),
        ("", "日付", "nothing"),
        ("未定", "日付", "prose"),
    ],
)
def test_a_text_that_is_no_date_is_refused_and_named(text, told, why):
    with pytest.raises(InputError) as caught:
        parse_date(text)
    assert told in caught.value.words.ja and text in caught.value.words.ja, why
    assert text in caught.value.words.en


@given(st.dates())
def test_a_day_said_in_japanese_reads_back(day):
    assert parse_date(say_date(day, "ja")) == day
    assert parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("day", "ja", "en"),
    [
        (DAY, "令和8年11月21日", "21 Nov 2026"),
        (date(2019, 5, 1), "令和元年5月1日", "1 May 2019"),
        (date(2019, 4, 30), "平成31年4月30日", "30 Apr 2019"),
        (date(1926, 12, 25), "昭和元年12月25日", "25 Dec 1926"),
        (date(1926, 12, 24), "大正15年12月24日", "24 Dec 1926"),
        (date(1872, 12, 31), "1872年12月31日", "31 Dec 1872"),
    ],
)
def test_a_day_is_said(day, ja, en):
    assert (say_date(day, "ja"), say_date(day, "en")) == (ja, en)


@pytest.mark.parametrize(
    ("text", "month", "why"),
    [
        ("昭和55年", (1980, None), ""),
        ("昭和五十五年", (1980, None), "kanji numbers"),
        ("S55", (1980, None), ""),
        ("1980", (1980, None), "a bare year"),
        ("1980年", (1980, None), ""),
        ("1980.0", (1980, None), "a number out of a spreadsheet"),
        ("S55.4", (1980, 4), ""),
        ("1980年4月", (1980, 4), ""),
        ("1980-04", (1980, 4), ""),
        ("昭和55年4月1日", (1980, 4), "a whole date"),
        ("1980-04-01 00:00:00", (1980, 4), "a whole date as Excel gives"),
        ("平成元年", (1989, None), ""),
        ("昭和64年", (1989, None), "seven days long"),
        ("明治元年", (1868, None), "a year alone needs no calendar"),
        ("令和元年5月", (2019, 5), ""),
    ],
)
def test_a_year_or_month_is_read(text, month, why):
    assert parse_month(text) == month, why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("55", "which era?"),
        ("昭和65年", "平成 2"),
        ("昭和64年2月", "平成 元年"),
        ("平成31年5月", "令和 元年"),
        ("令和元年4月", "平成 31"),
        ("令和0年", "no year 0"),
        ("昭和55年度", "April to March"),
        ("昭和55年頃", "about"),
        ("1980年13月", "no such month"),
        ("1980-0", "no such month"),
        ("1980年0月", "no such month"),
        ("0000", "no such year"),
        ("198004", "six digits"),
        ("", "nothing"),
    ],
)
def test_a_text_that_is_no_month_is_refused(text, why):
    with pytest.raises(InputError):
        parse_month(text)


@pytest.mark.parametrize(
    ("text", "time", "why"),
    [
        ("9:05", "09:05", ""),
        ("９：０５", "09:05", "wide"),
        ("09:05:00", "09:05", "as Excel gives"),
        ("9時5分", "09:05", ""),
        ("13時", "13:00", ""),
        ("午後1時半", "13:30", ""),
        ("午後１時３０分", "13:30", ""),
        ("午前10時", "10:00", ""),
        ("午後0時30分", "12:30", "the plain way for after noon"),
        ("正午", "12:00", ""),
        ("PM 1:30", "13:30", ""),
        ("am9:00", "09:00", ""),
        ("0:00", "00:00", ""),
        ("24:00", "24:00", "the day's end"),
    ],
)
def test_a_time_is_read(text, time, why):
    assert parse_time(text) == time, why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("24:01", "past the day's end"),
        ("25:00", "no such hour"),
        ("9:60", "no such minute"),
        ("9", "hours of what?"),
        ("9:5", "five or fifty?"),
        ("午後12時", "noon or midnight?"),
        ("午前12時", "noon or midnight?"),
        ("午後13時", "13 is afternoon already"),
        ("前日17:00", "an hour of another day"),
        ("あり", "prose"),
        ("", "nothing"),
    ],
)
def test_a_text_that_is_no_time_is_refused(text, why):
    with pytest.raises(InputError):
        parse_time(text)


@pytest.mark.parametrize(
    ("text", "window", "why"),
    [
        ("8:10～8:20", ("08:10", "08:20"), "a real demand taxi"),
        ("10:00-12:00", ("10:00", "12:00"), ""),
        ("10:00－12:00", ("10:00", "12:00"), "wide dash"),
        ("10:00–12:00", ("10:00", "12:00"), "en dash"),
        ("10:00ー12:00", ("10:00", "12:00"), "the long vowel sign as a dash"),
        ("10:00~12:00", ("10:00", "12:00"), "tilde"),
        ("10時〜11時半", ("10:00", "11:30"), "wave dash"),
        ("午前10時〜午後3時", ("10:00", "15:00"), ""),
        ("10時から12時まで", ("10:00", "12:00"), ""),
        ("午後1時〜3時半", ("13:00", "15:30"), "午後 holds on"),
        ("午後1時～15時", ("13:00", "15:00"), "unless it cannot"),
        ("午後0時～1時", ("12:00", "13:00"), ""),
        ("01:30～03:00", ("01:30", "03:00"), "a leading zero means the night"),
        ("22:00～24:00", ("22:00", "24:00"), "the day's end"),
    ],
)
def test_a_window_is_read(text, window, why):
    assert parse_window(text) == window, why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1:30～3:00", "night or afternoon?"),
        ("10:00～3:00", "night or afternoon?"),
        ("午前10時～3時", "ends before it starts"),
        ("12:00～10:00", "ends before it starts"),
        ("10:00～10:00", "no time at all"),
        ("10:00～", "no end"),
        ("10:00", "one hour"),
        ("10:00～12:00～13:00", "three hours"),
        ("", "nothing"),
    ],
)
def test_a_text_that_is_no_window_is_refused(text, why):
    with pytest.raises(InputError):
        parse_window(text)


@given(st.text())
def test_any_other_text_is_refused_and_never_breaks(text):
    for parse in (parse_date, parse_month, parse_time, parse_window):
        with contextlib.suppress(InputError):
            assert parse(text)


@pytest.mark.parametrize(
    ("since", "ja", "en"),
    [
        (DAY, "今日", "today"),
        (date(2026, 11, 20), "1日前", "1 day ago"),
        (date(2026, 11, 18), "3日前", "3 days ago"),
        (date(2026, 10, 22), "30日前", "30 days ago"),
        (date(2026, 10, 21), "1か月前", "1 month ago"),
        (date(2026, 9, 1), "2か月前", "2 months ago"),
        (date(2025, 11, 21), "1年前", "1 year ago"),
        (date(2025, 7, 21), "1年4か月前", "1 year 4 months ago"),
        (date(2024, 11, 22), "1年11か月前", "1 year 11 months ago"),
        (date(2026, 11, 24), "3日後", "in 3 days"),
    ],
)
def test_an_age_is_said_in_whole_units(since, ja, en):
    assert (say_age(since, DAY, "ja"), say_age(since, DAY, "en")) == (ja, en)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.integers(1, 27))
def test_days_short_of_a_month_are_counted_as_days(day, days):
    assert say_age(day, day + timedelta(days), "ja") == f"{days}日前"


@pytest.mark.data
def test_the_years_and_hours_of_a_real_city_are_read(data):
    path = data / "yaizu/facilities/公園一覧/222127_park_info.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        years = [row["供用開始年"] for row in csv.DictReader(file) if row["供用開始年"].strip()]
    assert len(years) > 50
    assert all(1868 <= parse_month(year)[0] <= 2026 for year in years)
