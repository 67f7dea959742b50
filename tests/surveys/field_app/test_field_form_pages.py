"""The field app's forms: things, faults, hostile words, and what a thumb and a reader need."""

import pytest
from browser_town import MARKS
from form_page import HOSTILE, PHONE, TALL, WHOLE, WIDE, answers, form_address, form_page, tap  # noqa: F401 - fixtures
from where import TESTS

from surveys.types import EVERY_TYPE

AXE = TESTS / "js" / "node_modules" / "axe-core" / "axe.min.js"

pytestmark = MARKS


def test_things_are_added_copied_removed_and_brought_back(page):
    page.evaluate(
        "begin('park', {benches: [{_id: 'a1', back: 'yes', seat_cm: 42, note: '南', point: [139.9, 35.6]}]})"
    )
    page.locator("[data-path=benches]").get_by_text("前と同じものをたす").click()
    first, second = answers(page)["benches"]
    assert second == {"_id": second["_id"], "back": "yes", "seat_cm": 42}
    assert page.evaluate("window.opened") == [f"benches/{second['_id']}"]
    assert page.locator("h2").inner_text().startswith("ベンチ 2")
    page.get_by_text("このベンチをはずす").click()
    assert answers(page)["benches"] == [first]
    page.get_by_text("もどす", exact=True).click()
    assert answers(page)["benches"] == [first, second]
    assert page.locator("[data-path=benches] .q-count").inner_text() == "2台"


def test_one_added_by_mistake_and_removed_does_not_come_to_none(page):
    page.evaluate("begin('park')")
    page.get_by_text("ベンチを1台たす").click()
    assert len(answers(page)["benches"]) == 1
    page.get_by_text("このベンチをはずす").click()
    assert answers(page) == {}
    tap(page, "benches", "なし")
    assert answers(page) == {"benches": []}
    tap(page, "benches", "不明")
    assert answers(page) == {"benches": "unknown"}


def test_a_step_in_a_new_thing_begins_where_the_last_one_stands(page):
    page.evaluate("begin('park', {benches: [{_id: 'a1', seat_cm: 42}, {_id: 'a2'}]})")
    page.evaluate("form.show('benches/a2')")
    page.locator("[data-path='benches/a2/seat_cm'] .step").last.click()
    assert answers(page)["benches"][1] == {"_id": "a2", "seat_cm": 42}


def test_a_schedule_is_written_by_thumb_and_what_cannot_be_is_kept(page):
    odd = {"freq": "text", "text": "満月の夜"}
    page.evaluate("odd => begin('salon', {activities: [{_id: 'g', schedule: [odd]}]})", odd)
    page.evaluate("form.show('activities/g')")
    page.get_by_text("日時をたす").click()
    rule = page.locator(".rule").last
    rule.get_by_text("第何週").click()
    for words in ("火", "第1", "第3"):
        rule.get_by_role("button", name=words, exact=True).click()
    rule.get_by_label("始まり").select_option("10:00")
    rule.get_by_label("終わり").select_option("11:30")
    schedule = page.evaluate("window.checked('salon').answers.activities[0].schedule")
    assert schedule == [
        odd,
        {"freq": "nth", "weekdays": [1], "nth": [1, 3], "start": "10:00", "end": "11:30"},
    ]
    assert (
        "第1・3火曜日 10:00～11:30"
        in page.locator("[data-path='activities/g/schedule']").inner_text()
    )
    rule.get_by_text("毎週", exact=True).click()
    assert answers(page)["activities"][0]["schedule"][1] == {
        "freq": "weekly", "weekdays": [1], "start": "10:00", "end": "11:30",
    }  # fmt: skip


def test_a_phrase_is_read_said_and_dated_under_the_question(page):
    page.evaluate("begin('salon', {activities: [{_id: 'g'}]})")
    page.evaluate("form.show('activities/g')")
    question = page.locator("[data-path='activities/g/schedule']")
    for phrase in ("第2・4木曜 10:00～11:30（8月を除く）", "週１回程度", "満月の夜"):
        question.get_by_label("書いてある日時").fill(phrase)
        question.get_by_role("button", name="読みとる").click()
    schedule = page.evaluate("window.checked('salon').answers.activities[0].schedule")
    assert schedule == [
        {"freq": "nth", "weekdays": [3], "nth": [2, 4], "start": "10:00", "end": "11:30", "except_months": [8]},
        {"freq": "weekly", "about": "about"},
        {"freq": "text", "text": "満月の夜"},
    ]  # fmt: skip
    said = question.locator(".said").last.inner_text()
    assert "毎月第2・4木曜日 10:00～11:30（8月を除く）／週1回程度" in said
    assert said.count("（木） 10:00～11:30") == 5
    assert "回数は分からないものとします：満月の夜" in said
    assert question.get_by_text("ここでは直せない書き方です").count() == 3


def test_faults_stand_at_their_questions_and_the_first_is_reached(page):
    page.evaluate("begin('park', {benches: [{_id: 'a1', seat_cm: 5}], area_m2: -1})")
    page.evaluate("""form.showFaults([
        {path: 'benches/a1/seat_cm', words: {ja: '低すぎます。', en: 'low'}},
        {path: 'area_m2', words: {ja: '<b>だめ</b>', en: 'no'}}])""")
    where = page.locator("[data-path='benches/a1/seat_cm']")
    assert (
        page.evaluate("document.activeElement.closest('.q').dataset.path") == "benches/a1/seat_cm"
    )
    assert where.locator(".q-fault").inner_text() == "低すぎます。"
    assert "q-benches-a1-seat_cm-fault" in where.locator("input").get_attribute("aria-describedby")
    page.locator(".fault-link").last.click()
    assert page.evaluate("document.activeElement.closest('.q').dataset.path") == "area_m2"
    assert page.locator("[data-path=area_m2] .q-fault").inner_text() == "<b>だめ</b>"
    page.locator("[data-path=area_m2] input").fill("5")
    assert page.locator(".fault-link").count() == 1


def test_the_page_that_was_open_comes_back_with_its_place(page):
    page.evaluate("begin('park', {benches: [{_id: 'a1'}]}, {id: 'same'})")
    page.evaluate("form.show('')")
    page.locator(".fold").first.click()
    page.evaluate("scrollTo(0, 700)")
    page.evaluate("form.show('benches/a1')")
    page.evaluate("begin('park', {benches: [{_id: 'a1'}]}, {id: 'same'}), form.show('benches/a1')")
    assert page.locator("h2").inner_text().startswith("ベンチ 1")
    page.evaluate("form.show('')")
    assert page.evaluate("[scrollY > 200, document.querySelector('.rest').hidden]") == [True, False]


def test_questions_of_the_office_are_not_asked(page):
    page.evaluate("begin('park', {}, {withheld: ['toilet']})")
    assert page.locator("[data-path=toilet]").count() == 0
    assert "事務所" in page.locator(".form .q-note").first.inner_text()


def test_missing_counts_what_is_asked_first_in_things_too(page):
    page.evaluate(
        "begin('park', {name: 'a', toilet: 'none', entrance_step: 'unknown', shelter: 'no', water: 'no'})"
    )
    assert page.evaluate("form.missing()") == 1
    page.get_by_text("ベンチを1台たす").click()
    assert page.evaluate("form.missing()") == 4


def test_hostile_words_never_become_markup(page):
    page.evaluate(
        """hostile => {
        const words = { ja: hostile, en: hostile };
        const field = (id, kind, more = {}) => ({ id, words, kind, choices: [], unit: hostile,
            low: 0, high: 9, decimals: 0,
            help: words, first: true, item: null, unknown: true, ...more });
        begin({ id: "x", words, sheet: words, shapes: ["point"], pin_needed: false, marker: null, order: 1, fields: [
            field("name", "text"), field("a", "choice", { choices: [{ id: "y", words }] }), field("b", "number"),
            field("c", "areas"), field("d", "sites"), field("e", "photos"), field("f", "schedule"),
            field("g", "items", { item: { words, counter: words, marker: "none", fields: [field("n", "note")] } }),
        ] }, { name: hostile, a: hostile, b: hostile, c: [hostile], d: [hostile],
            e: [{ id: "ab".repeat(32), caption: hostile }],
            f: [{ freq: "text", text: hostile }, { freq: "weekly", venue: hostile, dates: [hostile] }],
            g: [{ _id: "1", n: hostile }] });
        form.showFaults([{ path: "a", words }, { path: hostile, words }]);
        form.show("g/1");
    }""",
        HOSTILE,
    )
    page.wait_for_timeout(100)
    assert page.evaluate(
        "[window.hurt, document.querySelectorAll('#form img, #form script').length]"
    ) == [None, 0]
    assert HOSTILE in page.locator("#form").inner_text()


SMALL = """() => [...document.querySelectorAll(
    "#form :is(button, input, select, textarea, label.shoot, label.filechoice)")]
    .filter((one) => one.getClientRects().length && !one.closest("[hidden]"))
    .map((one) => [one.className, one.textContent, one.getBoundingClientRect()])
    .filter(([, , box]) => box.width < 47.9 || box.height < 47.9 || box.right > innerWidth + 0.5)
    .map(([name, words, box]) => `${name} ${words} ${box.width}×${box.height}`)"""


@pytest.mark.parametrize("size", [TALL, PHONE, WIDE])
@pytest.mark.parametrize("type_", sorted(EVERY_TYPE))
def test_every_target_takes_a_thumb(page, type_, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("id => begin(id)", type_)
    page.locator(".fold").first.click()
    assert page.evaluate(SMALL) == []
    choice = page.evaluate(
        "Math.min(56, ...[...document.querySelectorAll('.answer')].map((one) => one.offsetHeight).filter(Boolean))"
    )
    assert choice == 56
    for field in [one for one in EVERY_TYPE[type_].fields if one.item]:
        page.evaluate("key => form.show(key)", field.id)
        page.locator(f"[data-path={field.id}] .more .act").first.click()
        folded = not all(one.first for one in field.item.fields)
        assert page.locator(".item-view .fold").count() == folded
        if folded:
            page.locator(".item-view .fold").click()
        if (times := page.locator(".item-view").get_by_text("日時をたす")).count():
            times.first.click()
        assert page.evaluate(SMALL) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_text("もどる").click()


@pytest.mark.parametrize("type_", ["park", "salon"])
@pytest.mark.usefixtures("js_packages")
def test_axe_finds_nothing_serious(page, type_):
    page.evaluate("a => begin('park', a)", WHOLE) if type_ == "park" else page.evaluate(
        "begin('salon', {activities: [{_id: 'g', schedule: [{freq: 'weekly'}]}]})"
    )
    page.evaluate(AXE.read_text())
    for path in ("", "benches/a1" if type_ == "park" else "activities/g"):
        page.evaluate("path => form.show(path)", path)
        page.locator(".fold:visible").first.click()
        page.locator(".q-ask:visible").first.click()
        found = page.evaluate("axe.run('#form').then((all) => all.violations)")
        serious = [one for one in found if one["impact"] in ("serious", "critical")]
        assert [
            (one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in serious
        ] == []
