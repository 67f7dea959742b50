"""同じ所か in the field app, without signal: a tap each, あとで among them, and what it leaves behind."""

from browser_town import MARKS, WAIT
from field_look import go, pack_of
from field_town import held_by, prepare
from playwright.sync_api import expect

pytestmark = MARKS


def test_later_puts_a_question_last_keeps_it_on_the_device_and_sends_nothing(tablet):
    page = prepare(tablet)
    asked = pack_of(page)["asked"]
    site = next(one["site_id"] for one in asked if one["inside"] == "benches/b2")
    things = [one["inside"] for one in asked if one["site_id"] == site]
    tablet.context.set_offline(True)
    go(page, f"#/site/{site}", ".card.same")
    cards = page.locator(".card.same")
    expect(cards).to_have_count(len(things), timeout=WAIT)
    first, second = (cards.nth(at).locator("p").first.inner_text() for at in (0, 1))
    assert "のベンチ1」と同じ所か" in first and "のベンチ2」と同じ所か" in second
    cards.first.get_by_role("button", name="あとで").click()
    expect(page.locator("#told")).to_contain_text("あとで答える", timeout=WAIT)
    expect(cards.last).to_contain_text("「あとで」にした", timeout=WAIT)
    expect(page.locator(".facts ~ .card.same")).to_have_count(1)
    assert held_by(page, "outbox") == []

    page.reload()
    expect(cards.last).to_contain_text(first, timeout=WAIT)
    expect(cards.last).to_contain_text("「あとで」にした")
    assert cards.last.get_by_role("button").all_inner_texts() == ["同じ", "ちがう"]
    cards.last.get_by_role("button", name="同じ").click()
    expect(cards).to_have_count(len(things) - 1, timeout=WAIT)
    (row,) = held_by(page, "outbox")
    assert row["submission"]["claim"]["same"] is True
    assert row["submission"]["claim"]["inside"] == "benches/b1"
