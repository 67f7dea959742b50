"""The question of a visit and the one in the address are one question, whichever way it is come to."""

from dataclasses import replace

import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from geo.coverage.asking import TRIPS
from geo.walk.walkers import WALKERS
from layers.asked import RESTS, TOILETS, Asked, read_asked
from pages.parts.question.address import first_asked, read_said, said_of
from pages.parts.question.question import METRES, MINUTES, asked_before, put_asked
from surveys.record.wanted import CONTENTS, HALF_WORDS, OFTEN_WORDS, WEEKDAYS


class Town:
    divisions = ("町丁目", "小学校区&x=1")
    relief = object()
    streetless = False
    facts = {"ages": ["85"]}  # noqa: RUF012 - nobody changes it


class Flat(Town):
    relief = None


TODAY = "2026-12-01"
SPEEDS = st.integers(10, 300).map(lambda hundredths: f"{hundredths / 100:.2f}")
CUSTOM = st.builds(
    lambda speed, steps, more: "custom:" + ",".join(filter(None, (f"speed={speed}", steps, more))),
    SPEEDS, st.sampled_from(("", "steps=bar")), st.sampled_from(("", "slope=energy,bar=12")),
)  # fmt: skip
RANGES = st.one_of(
    st.sampled_from((*METRES, *MINUTES)),
    st.integers(1, 20_000).map("{}m".format),
    st.integers(1, 300).map("{}min".format),
)


def some(*known):
    return st.sampled_from(("", *map(str, known)))


@st.composite
def questions(draw):
    asked = Asked(
        people=draw(st.sampled_from(("65", "75", "85", "all"))),
        walker=draw(st.one_of(st.sampled_from(sorted(WALKERS)), CUSTOM)),
        within=draw(RANGES), division=draw(st.sampled_from(Town.divisions)),
        slopes=draw(some("on")), trip=draw(some(*(one for one in TRIPS if one != "there"))),
        rest=draw(some(*RESTS, 175)), toilet=draw(some(*TOILETS, 450)), band=draw(some("on")),
        on=draw(some("2025-04-01", "2026-11-30")), weekday=draw(some(*WEEKDAYS)),
        half=draw(some(*HALF_WORDS)), at_least=draw(some(*OFTEN_WORDS)),
        content=draw(st.lists(st.sampled_from(list(CONTENTS)), unique=True, max_size=3).map(
            lambda chosen: ",".join(one for one in CONTENTS if one in chosen))),
        eligible=draw(some("on")),
    )  # fmt: skip
    # What has nothing to stand on is asked by nobody.
    if not asked.slopes:
        asked = replace(asked, trip="")
    return asked if asked.slopes or asked.with_stops else replace(asked, band="")


@given(questions())
def test_a_question_comes_back_from_the_pages_address_and_is_what_the_answers_take_it_for(asked):
    said = said_of(asked, Town)
    assert read_said(said, Town, TODAY) == (asked, [])
    taken = read_asked(said)
    assert replace(taken, division=taken.division or Town.divisions[0]) == asked
    assert said_of(first_asked(Town), Town) == {}


@given(questions(), questions())
def test_what_an_address_asks_is_what_the_widgets_then_ask_whatever_they_asked_before(one, other):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streamlit, "session_state", {})
        put_asked(other)
        put_asked(one)
        assert asked_before(Town) == one


@pytest.mark.parametrize(
    ("said", "used", "why"),
    [
        ({"people": "20", "within": "800m"}, {"within": "800m"}, "20歳以上の人数がない"),
        ({"walker": "custom:speed=9"}, {}, "speed=9"),
        ({"within": "とおく"}, {}, "徒歩圏「とおく」"),
        ({"division": "他の区"}, {}, "地区の分け方「他の区」"),
        ({"on": "2027-01-01", "slopes": "on"}, {"slopes": "on"}, "まだ来ていない日"),
        ({"rest": "15", "toilet": "500"}, {"toilet": "500"}, "15"),
        ({"eligible": "yes", "half": "am"}, {"half": "am"}, "「yes」"),
    ],
)
def test_what_cannot_be_asked_is_told_and_the_rest_is_used(said, used, why):
    found, (fault,) = read_said(said, Town, TODAY)
    assert said_of(found, Town) == used and why in fault.ja and fault.en


def test_slopes_are_not_asked_of_a_town_without_heights():
    found, (fault,) = read_said({"slopes": "on", "people": "75"}, Flat, TODAY)
    assert said_of(found, Flat) == {"people": "75"} and "高さ" in fault.ja


def page():
    import streamlit as st

    from pages.parts.question.address import question_said, settle_question
    from pages.parts.question.question import ask_question
    from pages.parts.question.visit import begin_visit

    class Town:
        divisions = ("町丁目", "小学校区")
        relief = None
        streetless = False
        facts = {"ages": ["55", "67", "85"]}  # noqa: RUF012 - nobody changes it

    begin_visit()
    settle_question(Town, "ja")
    st.session_state["asked"] = ask_question(Town, "ja").query
    st.session_state["carried"] = question_said()


def opened(**said):
    at = AppTest.from_function(page, default_timeout=30)
    for name, text in said.items():
        at.query_params[name] = text
    return ran(at)


def ran(at):
    at.run()
    assert not at.exception
    return at


def address_of(at):
    return {
        one: text[-1] if isinstance(text, list) else text for one, text in at.query_params.items()
    }


def warned(at):
    return [one.value for one in at.warning]


def test_every_choice_is_written_and_every_address_is_shown():
    at = opened(people="75", within="300m", walker="custom:speed=0.63,bar=12", site="s1")
    assert not warned(at) and at.number_input(key="q_speed").value == 0.63
    assert at.selectbox(key="q_metres").value == "300m"
    assert address_of(at)["walker"] == "custom:speed=0.63,bar=12"  # left as it was asked
    at.toggle(key="q_resting").set_value(True)
    ran(at)
    now = address_of(at)
    assert now["rest"] == "150" and now["site"] == "s1" and now["people"] == "75"
    assert at.session_state["carried"] == {one: now[one] for one in now if one != "site"}
    at.button_group(key="q_people").set_value("65")
    ran(at)
    assert "people" not in address_of(at) and "people=65" in at.session_state["asked"]


def test_ages_the_town_tells_are_offered_and_any_other_of_them_may_be_asked():
    at = opened()
    assert at.button_group(key="q_people").options == [
        "55歳以上",
        "65歳以上",
        "75歳以上",
        "85歳以上",
        "全員",
    ]
    at = opened(people="67")
    assert at.selectbox(key="q_people").value == "67" and "people=67" in at.session_state["asked"]
    told = opened(people="72")
    said = " ".join(one.proto.body for one in told.get("html"))
    assert "72歳以上" in said and "67歳以上" in said and "people=65" not in said


def test_back_is_followed_also_to_an_address_that_says_less():
    at = opened(people="75", weekday="tue")
    del at.query_params["weekday"]
    ran(at)
    assert "weekday" not in at.session_state["asked"] and "people=75" in at.session_state["asked"]
    assert address_of(at) == {"people": "75"} and not warned(at)


def test_a_page_opened_without_a_question_asks_the_visits_and_says_it():
    at = AppTest.from_function(page, default_timeout=30)
    at.session_state["q_people"], at.session_state["q_who"] = "75", "slow"
    ran(at)
    assert address_of(at) == {"people": "75", "walker": "slow"}


def test_a_part_that_cannot_be_used_stays_and_is_said_until_something_is_chosen():
    at = opened(people="<20>", within="10min")
    told = [one.proto.body for one in at.get("html") if "使っていません" in one.proto.body]
    assert len(told) == 1 and "<20>" not in told[0]
    assert address_of(ran(at))["people"] == "<20>" and "within=10min" in at.session_state["asked"]
    at.selectbox(key="q_who").select("slow")
    assert address_of(ran(at)) == {"within": "10min", "walker": "slow"}
    assert not [one for one in at.get("html") if "使っていません" in one.proto.body]
