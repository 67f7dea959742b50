"""Troubles outdoors in a real browser: each ends with everything kept, and in plain words."""

import json
import re
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from browser_town import MARKS, WAIT
from field_town import Tablet, held_by, picture, prepare
from field_writing import answer, begin, open_sending, received, save, send_now, wait_until_sent
from playwright.sync_api import expect

pytestmark = MARKS

DAY_MS = 86_400_000
ROOM = 1_000_000_000
# So long it goes by the room it found last.
CHROMIUM_BELIEVES_MS = 31_000
# The clock of a device that is off by what the test says, read anew at each start.
CLOCK = """(() => {
  const off = Number(localStorage.getItem("off") ?? "OFF"), Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) { if (given.length) { super(...given); } else { super(Real.now() + off); } }
    static now() { return Real.now() + off; }
  };
})()"""


def give_room(wire, tablet, size):
    """Say how much of the device's disk the app may use."""
    wire.send("Storage.overrideQuotaForOrigin", {"origin": tablet.address, "quotaSize": size})


def test_a_full_disk_is_said_and_with_room_again_all_goes_on(tablet, field_town):
    page = prepare(tablet)
    begin(page, name="満杯のベンチ")
    answer(page, "背もたれ", "あり")
    page.locator(".shoot input[type=file]").set_input_files(picture(1))
    expect(page.locator(".shot:not(.busy)")).to_have_count(1, timeout=WAIT)
    wire = tablet.context.new_cdp_session(page)
    give_room(wire, tablet, 1)
    page.wait_for_timeout(CHROMIUM_BELIEVES_MS)
    page.locator(".shoot input[type=file]").set_input_files(picture(2))
    expect(page.locator(".q-fault").get_by_text("この端末の空きがなくなりました")).to_be_visible(
        timeout=WAIT
    )
    assert len(held_by(page, "photos")) == 1
    page.get_by_label("気づいたこと", exact=True).fill("坂の上" * 300)
    answer(page, "ひじかけ", "あり")
    expect(page.locator("#headsub")).to_have_text("まだ保存できていない", timeout=WAIT)
    expect(page.locator("#told")).to_contain_text("この端末の空きがなくなりました")
    (draft,) = held_by(page, "drafts")
    assert draft["answers"]["back"] == "yes", "what was kept before is still there"
    page.get_by_role("button", name="保存する").click()
    expect(page.locator("#told")).to_contain_text("空きがなくなりました", timeout=WAIT)
    assert held_by(page, "outbox") == [] and len(held_by(page, "drafts")) == 1
    give_room(wire, tablet, ROOM)
    page.locator(".shoot input[type=file]").set_input_files(picture(2))
    expect(page.locator(".shot:not(.busy)")).to_have_count(2, timeout=WAIT)
    expect(page.locator("#headsub")).to_contain_text("この端末に保存した", timeout=WAIT)
    tablet.kill()
    page = tablet.open()
    page.get_by_text("の続きを書く").click()
    save(page)
    wait_until_sent(page)
    (one,) = received(field_town, "満杯のベンチ")
    patch = one["payload"]["patch"]
    assert one["state"] == "kept" and len(patch["photos"]) == 2
    assert (patch["back"], patch["armrest"]) == ("yes", "yes")
    assert patch["note"] == "坂の上" * 300


@pytest.mark.parametrize(
    "script",
    [
        "delete globalThis.indexedDB; Object.defineProperty(globalThis, 'indexedDB', {value: undefined})",
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }",
        """const real = IDBFactory.prototype.open; IDBFactory.prototype.open = function (...given) {
             const asked = real.apply(this, given);
             asked.addEventListener("upgradeneeded", () => asked.transaction.abort());
             return asked; }""",
    ],
    ids=["missing", "throwing", "failing"],
)
def test_a_browser_that_gives_no_store_says_what_to_do(tablet, script):
    tablet.open("/field/manifest.webmanifest")
    tablet.context.add_init_script(script)
    page = tablet.open()
    trouble = page.locator("#main .trouble[role=alert]")
    expect(trouble).to_contain_text("書きためる場所を開けませんでした", timeout=WAIT)
    expect(trouble).to_contain_text("プライベートブラウズを使っていないか")
    expect(trouble).to_contain_text("画面を開き直してください")
    # What a library leaves lying when its opening was ended is not a script of ours that failed.
    tablet.faults.clear()


@pytest.mark.parametrize("off", [DAY_MS, -DAY_MS], ids=["ahead", "behind"])
def test_a_clock_a_day_wrong_dates_nothing_wrong_and_is_told(tablet, field_town, off):
    name = f"時計のベンチ{off}"
    tablet.open("/field/manifest.webmanifest")
    tablet.context.add_init_script(CLOCK.replace("OFF", str(off)))
    page = prepare(tablet)
    tablet.context.set_offline(True)
    begin(page, name=name)
    answer(page, "背もたれ", "なし")
    save(page)
    open_sending(page)
    expect(page.get_by_text("この端末の時計が、サーバーと約1日ちがう")).to_be_visible(timeout=WAIT)
    # Somebody sets the clock right between the walk and the sending.
    page.evaluate("localStorage.setItem('off', '0')")
    tablet.context.set_offline(False)
    page.reload()
    wait_until_sent(page)
    expect(page.get_by_text("この端末の時計が")).to_have_count(0)
    (one,) = received(field_town, name)
    payload, now = one["payload"], datetime.now(UTC)
    made, raw = (datetime.fromisoformat(payload[key]) for key in ("made_at", "device_at"))
    assert abs(made - now) < timedelta(minutes=5)
    assert abs(raw - made - timedelta(milliseconds=off)) < timedelta(seconds=10)
    assert payload["on"] == (made + timedelta(hours=9)).date().isoformat() == one["day"]
    assert one["state"] == "kept"
    assert [fault["words"]["ja"] for fault in one["faults"]] == ["端末の時計が1日ずれていました"]
    office = tablet.context.new_page()
    office.goto(field_town.address + "/received")
    expect(office.get_by_text("端末の時計が1日ずれていました").first).to_be_visible(
        timeout=2 * WAIT
    )


@pytest.mark.parametrize("off", [DAY_MS, -DAY_MS], ids=["ahead", "behind"])
def test_a_clock_that_goes_wrong_outdoors_is_found_when_sending(tablet, field_town, off):
    name = f"狂った時計のベンチ{off}"
    tablet.open("/field/manifest.webmanifest")
    tablet.context.add_init_script(CLOCK.replace("OFF", "0"))
    page = prepare(tablet)
    tablet.context.set_offline(True)
    page.evaluate("off => localStorage.setItem('off', String(off))", off)
    page.reload()
    begin(page, name=name)
    save(page)
    tablet.context.set_offline(False)
    wait_until_sent(page)
    expect(page.get_by_text("この端末の時計が、サーバーと約1日ちがう")).to_be_visible(timeout=WAIT)
    (one,) = received(field_town, name)
    assert one["state"] == "kept"
    assert abs(datetime.fromisoformat(one["payload"]["device_at"]) - datetime.now(UTC)) > timedelta(
        hours=23
    )


def always(route, _request, **said):
    """Answer as something between the device and its server would."""
    route.fulfill(headers={"Location": "http://127.0.0.1:9/"}, **said)


def test_a_hotels_page_and_a_server_that_fails_are_no_receipt(tablet, field_town):
    page = prepare(tablet)
    hello = "<html><body>Welcome to the hotel</body></html>"
    api = re.compile("/api/v1/field/")
    page.route(api, lambda route: route.fulfill(status=200, content_type="text/html", body=hello))
    begin(page, name="ホテルのベンチ")
    page.locator(".shoot input[type=file]").set_input_files(picture(7))
    expect(page.locator(".shot:not(.busy)")).to_have_count(1, timeout=WAIT)
    save(page)
    for status, media, body in (
        (200, "text/html", hello),
        (200, "application/json", '{"state": "yes"}'),
        (302, "text/html", ""),
        (503, "application/json", '{"error": {"ja": "だめ", "en": "no"}}'),
        (507, "application/json", '{"error": {"ja": "満杯", "en": "full"}}'),
        (503, "text/html", "<h1>503</h1>"),
    ):
        page.unroute(api)
        page.route(
            api,
            partial(always, status=status, content_type=media, body=body),
        )
        send_now(page)
        expect(page.get_by_text("送っていない　記録 1件・写真 1枚")).to_be_visible(timeout=WAIT)
        expect(page.get_by_text("書いたものは端末に残り").first).to_be_visible(timeout=WAIT)
        expect(page.locator("#chip")).to_contain_text("この端末に保存・送っていない 1件")
        (row,) = held_by(page, "outbox")
        assert row["state"] in ("waiting", "trying") and len(held_by(page, "photos")) == 1
    page.unroute(api)
    wait_until_sent(page)
    (one,) = received(field_town, "ホテルのベンチ")
    assert one["state"] == "kept" and len(one["payload"]["photos"]) == 1


def test_a_refused_position_is_said_and_the_map_does_as_well(tablet, field_town, tmp_path):
    other = Tablet(tablet.playwright, tablet.chromium, tmp_path / "no-position", tablet.address)
    try:
        page = other.open()
        other.context.clear_permissions()
        wire = other.context.new_cdp_session(page)
        wire.send(
            "Browser.setPermission",
            {"permission": {"name": "geolocation"}, "setting": "denied", "origin": other.address},
        )
        page = prepare(other)
        begin(page, name="地図のベンチ")
        page.get_by_role("button", name="今いる所にする").click()
        expect(page.get_by_text("位置を使うことが許されていません").first).to_be_visible(
            timeout=WAIT
        )
        page.get_by_role("button", name="地図で決める").click()
        page.locator(".placing-map canvas").first.wait_for(timeout=WAIT)
        page.locator(".placing-map").click(position={"x": 200, "y": 150})
        expect(page.get_by_text("場所：手入力（地図で決めた）")).to_be_visible(timeout=WAIT)
        save(page)
        page.goto(field_town.address + "/field/#/concern")
        expect(page.get_by_text("位置を使うことが許されていません")).to_be_visible(timeout=WAIT)
        page.locator(".tags button").first.click()
        expect(page.get_by_text("この端末に保存した").first).to_be_visible(timeout=WAIT)
        wait_until_sent(page)
        assert other.faults == []
    finally:
        other.close()
    (one,) = received(field_town, "地図のベンチ")
    assert one["payload"]["place"]["type"] == "Point"
    assert one["payload"]["position"]["by"] == "hand"
    (noted,) = field_town.rows("select * from received where type = 'concern'")
    assert noted["state"] == "kept" and "place" not in json.loads(noted["payload"])


def test_a_screen_left_while_it_still_reads_draws_over_no_other(tablet):
    page = prepare(tablet)
    site = held_by(page, "pack")[0]["sites"][0]["id"]
    for wait in (0, 1, 2, 3, 5, 8, 13, 21):
        page.evaluate(
            """([site, wait]) => {
              location.hash = `#/site/${site}`;
              setTimeout(() => { location.hash = '#/send'; }, wait);
            }""",
            [site, wait],
        )
        page.wait_for_timeout(250)
        expect(page.get_by_role("button", name="今すぐ送る")).to_be_visible(timeout=2000)
        expect(page.locator("#head h1")).to_have_text("送る・受け取り", timeout=2000)
