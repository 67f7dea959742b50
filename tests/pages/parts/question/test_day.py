"""A day is typed by era or in figures, or chosen from a calendar, and said in the other writing."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from geo.base.dates import say_date


def page_of(lang="ja", first=None):
    def script(lang, first):
        from datetime import date

        import streamlit as st

        from pages.parts.question.day import ask_day

        if "d" not in st.session_state and first:
            st.session_state["d"] = first
        given = ask_day("日", "d", lang, between=(date(1900, 1, 1), date(2100, 12, 31)))
        st.text(repr(given))

    return AppTest.from_function(script, args=(lang, first)).run()


def said(page):
    return " ".join(one.body for one in page.get("html"))


@pytest.mark.parametrize(
    "text",
    ["令和8年11月21日", "R8.11.21", "2026-11-21", "Ｒ８．１１．２１", "2026/11/21", "20261121"],
)
def test_a_day_may_be_written_as_people_write_it(text):
    page = page_of()
    page.text_input(key="d:text").set_value(text).run()
    assert not page.exception
    assert page.text[0].value == repr(date(2026, 11, 21))
    assert page.text_input(key="d:text").value == "令和8年11月21日" and "2026-11-21" in said(page)


def test_the_calendar_and_the_text_say_the_same():
    page = page_of(first=date(2019, 5, 1))
    assert page.text_input(key="d:text").value == "令和元年5月1日"
    page.date_input(key="d").set_value(date(2026, 11, 21)).run()
    assert page.text_input(key="d:text").value == "令和8年11月21日"
    page.text_input(key="d:text").set_value("").run()
    assert page.text[0].value == "None" and page.date_input(key="d").value is None


@pytest.mark.parametrize(
    ("text", "told"),
    [("8.11.21", "年が決められません"), ("2200-01-01", "選べません"), ("<b>", "&#60;b&#62;")],
)
def test_what_is_no_day_is_told_and_leaves_the_day_as_it_was(text, told):
    page = page_of(first=date(2026, 11, 21))
    page.text_input(key="d:text").set_value(text).run()
    assert not page.exception
    assert page.text[0].value == repr(date(2026, 11, 21)) and told in said(page)
    assert page.text_input(key="d:text").value == text


def test_in_english_it_is_written_in_figures_with_the_era_beneath():
    page = page_of("en", date(2026, 11, 21))
    assert page.text_input(key="d:text").value == "2026-11-21" and "令和8年11月21日" in said(page)


def test_a_day_without_a_year_is_of_the_year_nearest_to_today_and_shown_whole(monkeypatch):
    for today, text, wanted in (
        ("2026-12-03", "12月5日", date(2026, 12, 5)),
        ("2026-12-03", "1/7", date(2027, 1, 7)),
        ("2027-01-04", "12月28日", date(2026, 12, 28)),
        ("2026-12-03", "２月２９日", date(2028, 2, 29)),
    ):
        monkeypatch.setattr("pages.parts.question.day.today_in_japan", lambda today=today: today)
        page = page_of()
        page.text_input(key="d:text").set_value(text).run()
        assert page.text[0].value == repr(wanted)
        assert page.text_input(key="d:text").value == say_date(wanted, "ja")
    page.text_input(key="d:text").set_value("13月40日").run()
    assert "kz-fault" in said(page)
