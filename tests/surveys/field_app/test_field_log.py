"""A log entry on a telephone, without signal and without a place: kept, sent, in the receipt, on its page alone."""

import pytest
from browser_town import MARKS, WAIT
from field_look import AXE, PHONE, Desk, go, look
from field_town import prepare
from playwright.sync_api import expect

from surveys.store.log import LogQuery, list_entries

pytestmark = MARKS

MOST_TAPS = 12
TYPED = {
    "name": "西の台の話し合い", "spent_min": "90", "note": "買い物に困る地区について話した。",
    "action": "移動販売に聞くと伝えた。", "thought": "意見が具体的で良かった。", "next_step": "業者に電話",
}  # fmt: skip


class Taps:
    """Counts every press, as a finger would make it."""

    def __init__(self):
        self.count = 0

    def on(self, place):
        place.scroll_into_view_if_needed(timeout=WAIT)
        place.click(timeout=WAIT)
        self.count += 1


@pytest.fixture
def phone(browser, field_town):
    made = Desk(browser, field_town.address, PHONE)
    yield made
    made.context.close()
    assert made.faults == []


def test_an_entry_is_written_offline_within_twelve_taps_and_is_in_the_receipt(
    phone, field_town, js_packages
):
    page = prepare(phone)
    go(page, "#/", ".button.log")
    phone.context.set_offline(True)
    taps = Taps()
    taps.on(page.locator(".button.log"))
    page.wait_for_selector(".form .q", timeout=WAIT)
    page.evaluate(AXE.read_text())
    assert look(page, "a log's form") == []
    # The day stands there, and no map is in the way.
    assert page.locator("#q-on-box").input_value().startswith("令和")
    expect(page.locator(".placing")).to_have_count(0, timeout=WAIT)
    taps.on(page.locator("#q-kind button", has_text="会議・研修・調査・イベント"))
    for id_, text in TYPED.items():
        taps.on(page.locator(f"#q-{id_}-box"))
        page.keyboard.type(text)
    taps.on(page.locator("#foot .full"))
    page.wait_for_function("() => location.hash.startsWith('#/saved/')", timeout=WAIT)
    assert taps.count <= MOST_TAPS, taps.count
    assert look(page, "saved") == []
    go(page, "#/", "[data-key=logs]")
    expect(page.locator("[data-key=logs] .name")).to_have_text("西の台の話し合い", timeout=WAIT)
    assert look(page, "home with a log") == []
    phone.context.set_offline(False)
    go(page, "#/send", ".card")
    page.locator("#foot .full").click()
    page.wait_for_selector("h3 + p:has-text('＝')", timeout=WAIT)
    register = field_town.register()
    try:
        (entry,), total = list_entries(register, LogQuery(words="西の台の話し合い"), limit=5)
        assert total == 1 and entry.place is None
        assert entry.answers["spent_min"] == 90 and entry.answers["kind"] == "meeting"
        assert {key: entry.answers[key] for key in TYPED if key != "spent_min"} == {
            key: text for key, text in TYPED.items() if key != "spent_min"
        }
        assert register.site(entry.id) is None
        assert all(one.walk_id is None for one in register.versions(entry.id))
    finally:
        register.engine.dispose()


def test_a_place_is_added_by_who_wants_one(phone):
    page = prepare(phone)
    go(page, "#/new", ".kinds .button")
    page.locator(".kinds .button.log").click()
    page.wait_for_selector(".form .q", timeout=WAIT)
    page.get_by_role("button", name="場所をつける").click()
    page.wait_for_selector(".placing", timeout=WAIT)


def test_no_tap_on_the_map_makes_a_log(phone):
    page = prepare(phone)
    go(page, "#/map", ".leaflet-container")
    page.locator(".leaflet-container").click(position={"x": 30, "y": 320})
    page.wait_for_selector(".chosen .kinds .button", timeout=WAIT)
    expect(page.locator(".chosen .button", has_text="活動記録")).to_have_count(0, timeout=WAIT)
