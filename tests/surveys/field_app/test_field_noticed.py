"""Names and numbers noticed while a log is written outdoors, the very same as on the server."""

import json
import random
import sys

import pytest
from browser_town import MARKS, WAIT
from field_look import AXE, PHONE, Desk, go, look
from field_town import held_by, prepare
from form_page import HOSTILE, answers, form_address, form_page, wait  # noqa: F401 - fixtures
from playwright.sync_api import expect
from where import ROOT

from surveys.record.privacy import INSTEAD, notice

sys.path.insert(0, str(ROOT / "benchmarks"))
from privacy import MADE, make_line

pytestmark = MARKS

LOG = "activity"
# Pieces of which strange texts are made: every edge of the patterns, signs of two units among them.
PIECES = [
    *"田中佐々木　 さん様氏殿くんちゃんさま民生委員会長森林タナカたなか〇一九十０９-ー−‐",
    *"（）()@.,、。・のノ|\n\t\r\u0085\u2003",
    "090", "1234", "5678", "03-", "+81 ", "010-81", "85歳", "９１才", "丁目", "番地", "203号室", "tel",
    "TEL", "Ph", "phone", "電話", "📞", "☎", "〒279-0004", "2026-12-02", "10:30", "a@example.jp", "[at]",
    "0" * 12, "f" * 36, "𠮷", "𝟎", "😀", "㈱", "ｶﾞ", "ﾀﾅｶ", "ヶ", "以上", "町", "字", "皆", "奥", "ば", "と",
    "堂", "子", "٣", "é", "ſ", "\u2028", "\ufeff", "[", "]", "{{", "$", "\\",
]  # fmt: skip
ASK = """async texts => {
    const {notice} = await import('/field/app/js/noticing.js');
    return texts.map(notice);
}"""


def strange(rng, most=30):
    return "".join(rng.choice(PIECES) for _ in range(rng.randrange(1, most)))


def corpus():
    rng = random.Random(33)  # noqa: S311 - samples, no secrets
    made = [make_line(rng) for _ in range(3 * MADE)]
    files = [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]
    ordinary = [line for one in sorted(files) for line in one.read_text("utf-8").splitlines()]
    odd = [strange(rng) for _ in range(4000)]
    return [*made, *ordinary, *odd, "。".join(made), "\n".join(ordinary[:300]), "".join(odd[:400])]


def as_units(text, at):
    """Where a sign stands, counted as JavaScript counts."""
    return len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


def test_the_browser_notices_the_very_same_places(page):
    texts = corpus()
    ours = [
        [
            {"kind": one.kind, "start": as_units(text, one.start), "end": as_units(text, one.end), "text": one.text}
            for one in notice(text)
        ]
        for text in texts
    ]  # fmt: skip
    assert sum(map(bool, ours)) > 2 * MADE and sum(not one for one in ours) > 2 * MADE
    assert {one["kind"] for found in ours for one in found} == set(INSTEAD)
    theirs = page.evaluate(ASK, texts)
    differ = [
        (text, our, their)
        for text, our, their in zip(texts, ours, theirs, strict=True)
        if our != their
    ]
    assert differ == []


def test_what_is_noticed_stands_under_its_own_question_in_both_languages(page):
    page.evaluate(f"begin('{LOG}')")
    box = page.locator("#q-note-box")
    box.fill("民生委員さんと話した")
    box.blur()
    place = page.locator("#q-note .q-noticed")
    assert place.get_attribute("role") == "status" and place.inner_text() == ""
    box.fill("田中さん、０９０－１２３４－５６７８、田中さん")
    box.blur()
    said = place.inner_text()
    assert said.count("「田中さん」") == 1 and INSTEAD["name"].ja in said
    assert "「０９０－１２３４－５６７８」" in said and INSTEAD["phone"].ja in said
    assert "このままでも保存できる" in said and "。。" not in said
    expect(page.locator("#q-action .q-noticed")).to_have_text("", use_inner_text=True)
    assert answers(page)["note"] == "田中さん、０９０－１２３４－５６７８、田中さん"
    page.evaluate("import('/field/app/js/words.js').then(one => one.setLang('en'))")
    box.fill("佐藤さん")
    box.blur()
    wait(
        page,
        f"document.querySelector('#q-note .q-noticed').innerText.includes({json.dumps(INSTEAD['name'].en)})",
    )
    box.fill("")
    box.blur()
    expect(place).to_have_text("", use_inner_text=True)


def test_it_comes_while_one_writes_but_never_within_a_composition(page):
    page.evaluate(f"begin('{LOG}')")
    page.locator("#q-name-box").focus()
    page.evaluate("""() => {
        const box = document.activeElement;
        box.dispatchEvent(new CompositionEvent("compositionstart"));
        box.value = "田中さん";
        box.dispatchEvent(new InputEvent("input", { isComposing: true, bubbles: true }));
    }""")
    page.wait_for_timeout(800)
    expect(page.locator("#q-name .q-noticed")).to_have_text("", use_inner_text=True)
    page.evaluate("document.activeElement.dispatchEvent(new CompositionEvent('compositionend'))")
    wait(page, "document.querySelector('#q-name .q-noticed').innerText.includes('田中さん')")
    assert page.evaluate("document.activeElement.id") == "q-name-box"


def test_a_draft_opened_again_says_it_at_once_and_hostile_text_stays_text(page):
    text = f"{HOSTILE}\u202e田中さんと{'、'.join(f'佐藤{at}' for at in range(3))}"
    page.evaluate(f"text => begin('{LOG}', {{note: text}})", text)
    expect(page.locator("#q-note .q-noticed")).to_contain_text("「田中さん」", use_inner_text=True)
    assert page.evaluate("window.hurt") is None


def test_no_other_paper_is_looked_at(page):
    page.evaluate("begin('salon', {note: '田中さん'})")
    page.locator(".fold").first.click()
    expect(page.locator("#q-note")).to_have_count(1)
    expect(page.locator(".q-noticed")).to_have_count(0)


def test_a_browser_that_knows_no_such_pattern_notices_nothing_and_works(browser, address):
    context = browser.new_context()
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script("""{
        const Known = RegExp;
        window.RegExp = function (source, flags) {
            if (String(source).includes("(?<!")) { throw new SyntaxError("Invalid group specifier name"); }
            return new Known(source, flags);
        };
        window.RegExp.prototype = Known.prototype;
    }""")
    page.goto(address)
    wait(page, "window.ready === true")
    assert page.evaluate(ASK, ["田中さん"]) == [[]]
    page.evaluate(f"begin('{LOG}')")
    page.locator("#q-note-box").fill("田中さん")
    page.locator("#q-note-box").blur()
    assert answers(page) == {"note": "田中さん"}
    assert page.locator(".q-noticed").count() == 0 and faults == []
    context.close()


@pytest.fixture
def phone(browser, field_town):
    made = Desk(browser, field_town.address, PHONE)
    yield made
    made.context.close()
    assert made.faults == []


def test_offline_on_a_telephone_it_is_noticed_saved_sent_and_told_in_the_receipt(
    phone, field_town, js_packages
):
    page = prepare(phone)
    go(page, "#/", ".button.log")
    phone.context.set_offline(True)
    page.locator(".button.log").click()
    page.wait_for_selector("#q-note-box", timeout=WAIT)
    page.locator("#q-name-box").fill("見守りの相談")
    page.locator("#q-note-box").click()
    page.keyboard.type("民生委員さんと話した。")
    page.locator("#q-action-box").click()
    expect(page.locator("#q-note .q-noticed")).to_have_text("", timeout=WAIT)
    page.keyboard.type("榊原さんに電話した。")
    noticed = page.locator("#q-action .q-noticed")
    expect(noticed).to_contain_text("「榊原さん」", timeout=WAIT)
    page.evaluate(AXE.read_text())
    assert look(page, "a text that names somebody") == []
    page.locator("#foot .full").click()
    page.wait_for_function("() => location.hash.startsWith('#/saved/')", timeout=WAIT)
    card = page.locator("[data-key=noticed]")
    expect(card).to_contain_text("残すわけを事務所で聞く", timeout=WAIT)
    expect(card).to_contain_text("「榊原さん」", timeout=WAIT)
    assert look(page, "saved with a name") == []
    go(page, "#/send", "[data-key=asked]")
    (day,) = held_by(page, "log")
    (record,) = [one for one in day["records"] if one.get("noticed")]
    expect(page.locator("[data-key=asked]")).to_contain_text(record["label"], timeout=WAIT)
    assert look(page, "receipt with a name") == []
    phone.context.set_offline(False)
    page.locator("#foot .full").click()
    page.wait_for_selector("h3 + p:has-text('＝')", timeout=WAIT)
    # What a device wrote is never refused, and the receipt still tells what is asked about.
    expect(page.locator("[data-key=asked]")).to_contain_text(record["label"], timeout=WAIT)
    register = field_town.register()
    try:
        kept = register.versions(record["site_id"])
        assert kept
    finally:
        register.engine.dispose()


def test_a_log_without_names_has_no_card(phone):
    page = prepare(phone)
    go(page, "#/", ".button.log")
    page.locator(".button.log").click()
    page.wait_for_selector("#q-note-box", timeout=WAIT)
    page.locator("#q-name-box").fill("民生委員さんの会議")
    page.locator("#foot .full").click()
    page.wait_for_function("() => location.hash.startsWith('#/saved/')", timeout=WAIT)
    page.wait_for_selector(".facts", timeout=WAIT)
    expect(page.locator("[data-key=noticed]")).to_have_count(0, timeout=WAIT)
