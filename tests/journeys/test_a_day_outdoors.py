"""A day outdoors in a real browser: server dead, browser killed, and nothing lost or doubled."""

import json
import re
import time

from browser_town import MARKS, WAIT
from field_town import ROLE, held_by, picture, prepare
from playwright.sync_api import expect

from surveys.record.answers import all_photos
from surveys.record.site import find_type

pytestmark = MARKS

# Five types, their buttons, and one answer of each that is a single tap.
TYPES = (
    ("公園", "トイレ", "使える"),
    ("ベンチ", "背もたれ", "あり"),
    ("トイレ", "車いす用", "なし"),
    ("坂・段差", "手すり", "片側"),
    ("買い物先", "電動シニアカー", "不明"),
)
RECORDS, PHOTOS = 30, 40
RELOADS = (4, 9, 15, 21, 27)
REOPENED = 12
BROWSER_KILLS = (1, 3, 6, 8, 11, 14, 18, 22, 25, 29)
# What the server had received when it was killed, four times during the sync.
SERVER_KILLS = (2, 7, 12, 17)


def write_one(page, number, photos):
    """One record of the next type, with its photos, saved; returns when the device says so."""
    kind, question, answer = TYPES[number % len(TYPES)]
    page.goto(re.sub("#.*", "", page.url) + "#/new")
    page.get_by_role("button", name=kind, exact=True).click()
    page.wait_for_function("() => location.hash.startsWith('#/draft/')", timeout=WAIT)
    page.get_by_label("名前", exact=True).fill(f"踏査の{kind}{number}")
    group = page.get_by_role("group", name=re.compile(question)).first
    group.get_by_role("button", name=answer, exact=True).click()
    if kind == "坂・段差":
        page.get_by_role("button", name="点", exact=True).click()
        page.get_by_role("button", name="今いる所にする").click()
        page.get_by_role("button", name="ここで決める").click()
    for photo in range(photos):
        add_photo(page, number * 10 + photo, photo + 1)
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_text("この端末に保存した").first).to_be_visible(timeout=WAIT)
    page.wait_for_function("() => location.hash.startsWith('#/saved/')", timeout=WAIT)


def add_photo(page, seed, count):
    page.locator(".shoot input[type=file]").set_input_files(picture(seed))
    expect(page.locator(".shot:not(.busy)")).to_have_count(count, timeout=WAIT)


def test_a_day_of_thirty_records_and_forty_photos_survives_everything(tablet, field_town):
    before = {name: field_town.count(name) for name in ("version", "site")}
    page = prepare(tablet)
    field_town.kill()
    for number in range(RECORDS):
        write_one(page, number, 2 if number % 3 == 0 else 1)
        if number in BROWSER_KILLS:
            tablet.kill()
            page = tablet.open()
        elif number in RELOADS:
            page.reload()
        elif number == REOPENED:
            other = tablet.context.new_page()
            page.close()
            other.goto(field_town.address + "/field/")
            page = tablet.page = other
    page.goto(field_town.address + "/field/#/send")
    unsent = f"送っていない　記録 {RECORDS}件・写真 {PHOTOS}枚"
    expect(page.get_by_text(unsent)).to_be_visible(timeout=WAIT)
    assert field_town.count("received") == 0
    send_through_four_deaths(page, field_town)
    told = f"端末 {RECORDS}件・写真 {PHOTOS}枚 ＝ サーバー {RECORDS}件・{PHOTOS}枚"
    expect(page.get_by_text(told)).to_be_visible(timeout=2 * WAIT)
    check_the_register(field_town, before)
    office = tablet.context.new_page()
    office.goto(field_town.address + "/received")
    expect(office.get_by_text(told).first).to_be_visible(timeout=2 * WAIT)
    assert held_by(page, "outbox") == [] or all(
        one["state"] in ("kept", "held") for one in held_by(page, "outbox")
    )


def send_through_four_deaths(page, field_town):
    # A slow line, as outdoors: else all of it could be sent between two looks.
    line = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 150, "downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", slow)
    send = page.get_by_role("button", name="今すぐ送る")
    for had in SERVER_KILLS:
        field_town.start()
        send.dispatch_event("click")  # it may be sending already: the button waits then
        for _ in range(6000):
            if field_town.count("received") >= had:
                break
            time.sleep(0.01)
        field_town.kill()
        assert had <= field_town.count("received") < RECORDS, "killed in the middle of the sync"
        page.wait_for_timeout(300)
    line.send("Network.emulateNetworkConditions", {**slow, "latency": 0})
    field_town.start()
    send.dispatch_event("click")


def check_the_register(field_town, before):
    received = field_town.rows("select id, state, seq, payload from received")
    assert len(received) == RECORDS and {one["state"] for one in received} == {"kept"}
    # Asked once, in the morning; neither kill nor reload has it forgotten, nor the walk that is open.
    payloads = [json.loads(one["payload"]) for one in received]
    assert {one["by"] for one in payloads} == {ROLE}
    assert len({one["walk_id"] for one in payloads} - {None}) == 1
    assert field_town.count("version") - before["version"] == RECORDS
    assert field_town.count("site") - before["site"] == RECORDS
    sent = {id_ for one in received for id_ in json.loads(one["payload"])["photos"]}
    shelf = {one["id"]: one["kept_id"] for one in field_town.rows("select * from received_photo")}
    assert set(shelf) == sent and len(sent) == PHOTOS
    register = field_town.register()
    try:
        wanted = set()
        for row in field_town.rows(
            "select site_id, seq from version where id in (select id from received)"
        ):
            site = register.site(row["site_id"])
            photos = all_photos(find_type(site.type.id), site.answers)
            wanted |= {photo["id"] for _, photo in photos}
        assert wanted == set(shelf.values()) and len(wanted) == PHOTOS, "no photo is an orphan"
        assert all(register.photos.load(one) for one in wanted)
    finally:
        register.engine.dispose()
