"""Every screen of the field app: read aloud, by keyboard alone, small, large, and fed with hostile texts."""

import json
import re

import pytest
from browser_town import MARKS, WAIT
from field_look import AXE, OVERFLOW, PHONE, TALL, Desk, go, look, pack_of, save, speak, start
from field_town import HERE, picture, prepare, say_who, show_town
from playwright.sync_api import expect
from register_strategies import HOSTILE

from geo.base import marks

pytestmark = MARKS

SIZES = {"ja": TALL, "en": PHONE}


@pytest.fixture(scope="module")
def chrome(browser, js_packages):
    """One browser for all of this file, and the judge of what it shows."""
    return browser


@pytest.fixture
def desk(chrome, field_town):
    """A function that opens a tablet of a size; nothing may have failed on any."""
    made = []

    def new(size=TALL):
        made.append(Desk(chrome, field_town.address, size))
        return made[-1]

    yield new
    for one in made:
        one.context.close()
        assert one.faults == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_screen_has_a_grave_fault_a_small_target_or_too_much_width(desk, lang):
    tablet = desk(SIZES[lang])
    page = tablet.open()
    page.wait_for_selector(".steps-said", timeout=WAIT)
    page.evaluate(AXE.read_text())
    speak(page, lang)
    go(page, "#/")
    wrong = look(page, "first run")
    page.locator("#main .button.full").click()
    page.wait_for_selector(".finds .button", timeout=WAIT)
    wrong += look(page, "who writes")
    say_who(page)
    wrong += look(page, "walk of the day")
    show_town(page)
    wrong += look(page, "near")
    pack = pack_of(page)
    site = next(one["id"] for one in pack["sites"] if one["type"] == "park")
    for address, ready in (
        ("#/walk", "#main .row"), (f"#/site/{site}", ".facts"), (f"#/gone/{site}", "#reason"),
        ("#/concern", ".tags"), ("#/new", ".kinds"), ("#/settings", ".facts"), ("#/send", ".card"),
        ("#/site/none", ".nothing"), ("#/saved/none", ".nothing"), ("#/map", ".leaflet-container"),
    ):  # fmt: skip
        go(page, address, ready)
        wrong += look(page, address)
    wrong += look_at_forms(page, len(pack["types"]))
    go(page, "#/", ".begun")
    wrong += look(page, "drafts")
    wrong += look_at_sending(tablet, page)
    go(page, "#/walk", "#main button.row")
    page.locator("#main button.row").first.click()
    page.wait_for_selector(".upnext", timeout=WAIT)
    wrong += look(page, "walk")
    place = pack_of(page)["walks"][0]["places"][0]
    go(page, f"#/unseen/{place}", "#reason")
    wrong += look(page, "unseen")
    assert wrong == []


def test_the_look_itself_sees_what_is_wrong(desk):
    page = desk().open()
    page.wait_for_selector(".steps-said", timeout=WAIT)
    page.evaluate(AXE.read_text())
    assert look(page, "as it is") == []
    page.evaluate(
        """() => { const small = document.createElement('button');
        small.style.cssText = 'width: 2000px; flex: none; height: 20px; color: #eee; background: #fff';
        document.querySelector('#main').append(small); }"""
    )
    told = " ".join(look(page, "spoilt"))
    assert "button-name" in told and "2000x20" in told and "px too wide" in told


def look_at_forms(page, kinds):
    wrong = []
    for kind in range(kinds):
        start(page, kind)
        wrong += look(page, f"form {kind}")
        if page.locator(".k-items .more .act").count() and kind < 2:
            page.locator(".k-items .more .act").first.click()
            page.wait_for_selector(".item-view .q", timeout=WAIT)
            wrong += look(page, f"a thing of form {kind}")
    return wrong


def refusing(status):
    """Answers every request of the field app with an error."""
    body = json.dumps({"error": {"ja": "今は書けません。", "en": "It cannot be written now."}})
    return lambda route: route.fulfill(status=status, body=body, content_type="application/json")


def look_at_sending(tablet, page):
    wrong = []
    tablet.context.route("**/api/v1/field/**", lambda route: route.abort())
    start(page, 3)
    page.locator(".shoot input").set_input_files(picture(1))
    expect(page.locator(".shot:not(.busy)")).to_have_count(1, timeout=WAIT)
    wrong += look(page, "photo")
    save(page)
    wrong += look(page, "saved, unsent")
    for name, status in (("signed out", 401), ("trouble", 503)):
        tablet.context.unroute("**/api/v1/field/**")
        tablet.context.route("**/api/v1/field/**", refusing(status))
        go(page, "#/send", ".card")
        page.locator("#foot .full").click()
        page.wait_for_selector("#chip.bad", timeout=WAIT)
        wrong += look(page, f"send, {name}")
        go(page, "#/", ".below .card")
    tablet.context.unroute("**/api/v1/field/**")
    go(page, "#/send", ".card")
    page.locator("#foot .full").click()
    page.wait_for_selector("h3 + p:has-text('＝')", timeout=WAIT)
    wrong += look(page, "sent")
    go(page, "#/", ".below .card.good")
    return wrong + look(page, "home, all sent")


def tab_to(page, name, key="Tab"):
    """Press Tab until what has the focus is called so."""
    for _ in range(120):
        page.keyboard.press(key)
        told = page.evaluate(
            "() => { const one = document.activeElement; const label = one.labels?.[0];"
            " return (one.getAttribute('aria-label') || label?.textContent || one.textContent || '').trim(); }"
        )
        if re.search(name, told):
            return
    raise AssertionError(f"{name} was not reached by {key}")


def test_a_bench_is_written_and_sent_by_keyboard_alone(desk):
    page = prepare(desk())
    tab_to(page, "^今いる所で書く$")
    page.keyboard.press("Enter")
    expect(page.locator("#head h1")).to_be_focused(timeout=WAIT)
    tab_to(page, "^ベンチ$")
    page.keyboard.press("Enter")
    page.wait_for_selector(".form .q", timeout=WAIT)
    expect(page.locator("#head h1")).to_be_focused(timeout=WAIT)
    tab_to(page, "^名前$")
    page.keyboard.type("坂の上のベンチ")
    tab_to(page, "^あり$")
    page.keyboard.press("Space")
    tab_to(page, "座面の高さ.*ふやす|^座面の高さ$")
    page.keyboard.type("42")
    tab_to(page, "^なし$")
    page.keyboard.press("Space")
    tab_to(page, "^保存する$")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.startsWith('#/saved/')", timeout=WAIT)
    expect(page.locator("#head h1")).to_be_focused(timeout=WAIT)
    tab_to(page, "送る画面を開く", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#head h1")).to_have_text("送る・受け取り", timeout=WAIT)
    expect(page.locator("#head h1")).to_be_focused(timeout=WAIT)
    tab_to(page, "^今すぐ送る$")
    page.keyboard.press("Enter")
    expect(page.get_by_text("＝ サーバー")).to_be_visible(timeout=WAIT)


def test_a_row_keeps_focus_and_place_while_the_position_changes(desk):
    tablet = desk()
    page = prepare(tablet)
    row = page.locator("#main .rows .row").nth(7)
    row.focus()
    page.evaluate("() => { globalThis.held = document.activeElement; scrollTo(0, 150); }")
    before = page.locator("#main .rows").first.inner_text()
    tablet.context.set_geolocation({**HERE, "longitude": HERE["longitude"] + 0.0006})
    page.wait_for_function(
        "before => document.querySelector('#main .rows').innerText !== before", arg=before
    )
    assert page.evaluate("() => document.activeElement === held && scrollY") == 150


def test_what_was_opened_on_the_sending_screen_stays_open(desk):
    tablet = desk()
    page = prepare(tablet)
    start(page, 2)
    page.get_by_label("名前", exact=True).fill("開いたままの所")
    save(page)
    go(page, "#/send", "details")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    tablet.context.set_offline(True)
    expect(page.locator("#chip")).to_contain_text("圏外")
    tablet.context.set_offline(False)
    page.locator("#foot .full").click()
    expect(page.get_by_text("＝ サーバー").first).to_be_visible(timeout=WAIT)
    expect(page.locator("details[open]")).to_have_count(1)


@pytest.mark.parametrize("size", [TALL, PHONE])
def test_text_twice_as_large_can_still_be_used(desk, size):
    page = prepare(desk(size))
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    for address in ("#/", "#/new", "#/concern", "#/settings", "#/send", "#/walk"):
        go(page, address)
        page.wait_for_timeout(150)
        assert page.evaluate(OVERFLOW) <= 0, address
        room = page.evaluate(
            "() => document.querySelector('#bottom').getBoundingClientRect().top"
            " - document.querySelector('#head').getBoundingClientRect().bottom"
        )
        assert room > size[1] / 4, f"{address} leaves {room} px for what is read"
    start(page, 2)
    assert page.evaluate(OVERFLOW) <= 0
    page.get_by_role("button", name="保存する").click(trial=True)


def test_the_message_never_hides_the_last_row(desk):
    page = prepare(desk())
    expect(page.locator(".toast")).to_be_visible()
    page.evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")
    last = page.locator("#main .button, #main .row, #main .text-button").last.bounding_box()
    assert last["y"] + last["height"] <= page.locator(".toast").bounding_box()["y"]


def test_the_way_walked_is_seen_to_be_recorded_on_every_screen(desk):
    page = prepare(desk())
    expect(page.locator("#tracking")).to_be_hidden()
    go(page, "#/settings")
    page.get_by_role("group", name="歩いた跡").get_by_role(
        "button", name="する", exact=True
    ).click()
    for address in ("#/", "#/new", "#/map"):
        go(page, address)
        expect(page.locator("#tracking")).to_have_text("歩いた跡を記録中")


def test_neither_place_nor_name_is_asked_for_before_the_office_has_to(desk):
    tablet = desk()
    tablet.context.clear_permissions()
    page = prepare(tablet)
    start(page, 2)
    page.locator("#foot .full").click()
    expect(page.locator(".faults")).to_contain_text("場所か名前", timeout=WAIT)
    head = page.locator("#head").bounding_box()
    assert page.locator(".faults").bounding_box()["y"] >= head["y"] + head["height"]
    page.get_by_label("名前", exact=True).fill("坂の下のベンチ")
    save(page)


def test_hostile_texts_are_shown_sign_for_sign_and_nothing_runs(desk):
    texts = [one for one in HOSTILE if len(one) < 100] + ["<img src=x onerror=globalThis.hacked=1>"]
    tablet = desk(PHONE)
    page = tablet.open()

    def poison(route):
        body = route.fetch().json()
        for at, site in enumerate(body["sites"]):
            site["title"] = site["area"] = texts[at % len(texts)]
            site["flat"]["note"] = texts[at % len(texts)]
        for at, walk in enumerate(body["walks"]):
            walk["title"] = walk["area"] = texts[-1 - at]
        route.fulfill(json=body, headers={"content-type": "application/json"})

    tablet.context.route("**/api/v1/field/pack*", poison)
    page.get_by_role("button", name="この端末に入れる").click()
    say_who(page)
    pack = pack_of(page)
    assert page.locator("#headsub").text_content() in {marks.shown(one) for one in texts}
    show_town(page)
    while (more := page.get_by_role("button", name="もっと見る")).is_visible():
        more.click()
    shown = page.locator("#main .rows .name").evaluate_all("all => all.map(one => one.textContent)")
    assert sorted(shown) == sorted(marks.shown(one["title"]) for one in pack["sites"])
    assert page.evaluate(OVERFLOW) <= 0
    for site in pack["sites"][: len(texts)]:
        go(page, f"#/site/{site['id']}", ".sitehead")
        assert page.locator("#head h1").text_content() == marks.shown(site["title"])
        assert page.evaluate(OVERFLOW) <= 0, site["title"]
    go(page, "#/walk", "#main button.row")
    told = page.locator("#main button.row .name").evaluate_all(
        "all => all.map(one => one.textContent)"
    )
    assert told[:-1] == [marks.shown(one["title"]) for one in pack["walks"]]
    check_own_texts(page, texts[-1])
    assert page.evaluate("() => globalThis.hacked") is None


def check_own_texts(page, text):
    start(page, 2)
    page.get_by_label("名前", exact=True).fill(text)
    page.get_by_label("気づいたこと", exact=True).fill(text)
    page.locator(".shoot input").set_input_files(picture(5))
    page.get_by_label("写真の説明").fill(text)
    save(page)
    assert text in page.locator(".done").text_content()
    go(page, "#/send", ".card")
    page.locator("summary").first.click()
    assert text in page.locator("#main").text_content()
