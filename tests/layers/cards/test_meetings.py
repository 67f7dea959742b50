"""What a schedule comes to on the page of a site."""

from datetime import date

from sheet_fixtures import put

from geo.schedule import parse_schedule
from layers.cards.meetings import say_meetings, say_meetings_of
from layers.cards.site_html import facts_html, things_html

DAY = date(2026, 11, 30)


def test_unknown_is_said_and_is_no_number():
    assert say_meetings(parse_schedule("気が向いた日"), DAY, "ja") == ["回数は分かりません"]
    assert say_meetings([], DAY, "ja") == []


def test_a_days_list_names_what_is_not_taken_away():
    said = say_meetings(parse_schedule("毎週月曜（祝日を除く）"), DAY, "en")
    assert said[0] == "about 4.3 times a month (before days off)"
    assert said[1].startswith("Next: Mon 30 Nov; Mon 7 Dec") and said[1].count("Mon") == 5
    assert said[2] == "Days off (祝日) are not taken away."


def test_the_page_of_a_site_shows_the_next_days_of_its_own_and_of_its_groups(register):
    times = parse_schedule("毎週火曜 9:00～12:00")
    put(register, "resource", "r", {"name": "窓口", "schedule": times})
    groups = [{"_id": "a", "schedule": parse_schedule("毎月31日")}]
    put(register, "salon", "s", {"name": "会館", "activities": groups})
    facts = facts_html(register.site("r"), "ja", {}, {}, today=DAY)
    assert "12月1日（火） 09:00～12:00" in facts and "月およそ4.3回" in facts
    things = things_html(register.site("s"), "ja", {}, today=DAY)
    assert "次は 12月31日（木）、1月31日（日）" in things


def test_a_group_being_prepared_tells_no_next_days(register):
    times = parse_schedule("毎週火曜")
    groups = [{"_id": "a", "state": "planned", "schedule": times}]
    put(register, "salon", "s", {"name": "会館", "activities": groups})
    things = things_html(register.site("s"), "ja", {}, today=DAY)
    assert "次は" not in things and "準備中（まだ開いていません）" in things
    assert say_meetings_of({"state": "active"}, times, DAY, "ja") == say_meetings(times, DAY, "ja")


def test_a_fee_of_a_group_stands_with_what_it_is_for(register):
    groups = [{"_id": "a", "fee_yen": 100, "fee_unit": "month"}, {"_id": "b", "fee_unit": "actual"}]
    put(register, "salon", "s", {"name": "会館", "activities": groups})
    things = things_html(register.site("s"), "ja", {}, today=DAY)
    assert "<td>100円（1か月）</td>" in things and "<td>実費</td>" in things
    assert "参加費の単位" not in things
