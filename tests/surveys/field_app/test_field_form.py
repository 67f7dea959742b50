"""The field app's forms: every kind of answer, in Chromium."""

import pytest
from browser_town import MARKS
from form_page import HOSTILE, WHOLE, answers, form_address, form_page, tap, wait  # noqa: F401 - fixtures
from playwright.sync_api import expect

pytestmark = MARKS


def test_a_choice_is_kept_at_one_tap_and_taken_back_by_a_second(page):
    page.evaluate("begin('park', {name: '公園'})")
    expect(page.locator(".answer[aria-pressed=true]")).to_have_count(0)
    tap(page, "toilet", "使える")
    assert answers(page) == {"name": "公園", "toilet": "usable"}
    tap(page, "toilet", "不明")
    assert answers(page)["toilet"] == "unknown"
    expect(page.locator("[data-path=toilet] [aria-pressed=true]")).to_have_count(1)
    tap(page, "toilet", "不明")
    assert answers(page) == {"name": "公園"}
    assert page.evaluate("[window.saves, JSON.stringify(window.first.answers)]") == [
        3,
        '{"name":"公園"}',
    ]


def test_a_hidden_choice_is_offered_to_nobody_and_can_be_taken_back_where_it_was_chosen(page):
    page.evaluate("""async () => {
        window.hiding = (await (await fetch("/types.json")).json()).find((one) => one.id === "park");
        hiding.fields.find((one) => one.id === "toilet").choices.find((one) => one.id === "hard").hidden = true;
    }""")
    offered = page.locator("[data-path=toilet] .answer")
    page.evaluate("begin(hiding)")
    without = offered.all_inner_texts()
    assert "使いにくい" not in without
    assert "使える" in without
    page.evaluate("begin(hiding, {toilet: 'hard'})")
    assert offered.all_inner_texts() == [*without, "使いにくい"]
    tap(page, "toilet", "使いにくい")
    assert answers(page) == {}
    assert offered.all_inner_texts() == without


def test_arrows_move_among_choices_and_choose_nothing(page):
    page.evaluate("begin('park')")
    page.locator("[data-path=toilet] .answer").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == "使いにくい"
    assert answers(page) == {}
    page.keyboard.press("Enter")
    assert answers(page) == {"toilet": "hard"}


def test_nothing_is_kept_or_drawn_anew_while_kana_are_composed(page):
    page.evaluate("begin('park')")
    box = page.locator("[data-path=name] input")
    box.focus()
    page.evaluate("""() => {
        window.box = document.activeElement;
        box.dispatchEvent(new CompositionEvent("compositionstart"));
        for (const text of ["し", "しお", "しおか"]) {
            box.value = text;
            box.dispatchEvent(new InputEvent("input", { isComposing: true, bubbles: true }));
            box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true }));
        }
    }""")
    assert page.evaluate("[window.saves, box === document.activeElement, box.value]") == [
        0,
        True,
        "しおか",
    ]
    page.evaluate(
        "() => { box.value = '汐香'; box.dispatchEvent(new CompositionEvent('compositionend')); }"
    )
    assert answers(page) == {"name": "汐香"}
    page.keyboard.type("園")
    assert page.evaluate("[box.isConnected, box === document.activeElement]") == [True, True]
    assert answers(page) == {"name": "汐香園"}
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.q').dataset.path") == "toilet"


def test_a_draft_from_outside_never_changes_a_box_somebody_writes_in(page):
    page.evaluate("begin('park')")
    page.locator("[data-path=name] input").fill("書きかけ")
    page.evaluate("form.setDraft({...window.draft, answers: {name: '別', water: 'yes'}})")
    assert page.locator("[data-path=name] input").input_value() == "書きかけ"
    expect(page.locator("[data-path=water] [aria-pressed=true]")).to_have_text(
        "あり", use_inner_text=True
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("３", 3),  # a Japanese keyboard's digits
        (" 1，2 ", 12),  # full-width thousands
        ("0", 0),
        ("", None),
        ("約3", "約3"),  # kept as typed and told, not lost
        ("99", 99),  # out of bounds: kept and told
    ],
)
def test_a_number_is_read_in_any_width(page, typed, kept):
    page.evaluate("begin('bus_stop', {bench_count: 5})")
    box = page.locator("[data-path=bench_count] input")
    box.fill(typed)
    box.blur()
    assert answers(page).get("bench_count") == kept
    told = page.locator("[data-path=bench_count] .q-fault").is_visible()
    assert told == (kept in ("約3", 99))


def test_steps_begin_at_the_low_bound_and_hold_to_repeat(page):
    page.evaluate("begin('bus_stop')")
    more = page.locator("[data-path=bench_count] .step").last
    more.click()
    assert answers(page) == {"bench_count": 0}
    more.click()
    assert answers(page) == {"bench_count": 1}
    more.hover()
    page.mouse.down()
    wait(page, "window.draft.answers.bench_count >= 4")
    page.mouse.up()
    held = answers(page)["bench_count"]
    page.wait_for_timeout(400)
    assert answers(page)["bench_count"] <= held + 1


def test_photos_come_with_captions_and_go_for_good_only_later(page):
    page.evaluate("begin('park')")
    choose = page.locator("#q-photos-box-choose")
    named = [
        {"name": f"{one}.gif", "mimeType": "image/gif", "buffer": b"x"}
        for one in ("a", "broken", "b")
    ]
    choose.set_input_files(named)
    wait(page, "window.draft.answers.photos?.length === 2")
    expect(page.locator("[data-path=photos] [role=alert]")).to_contain_text(
        "空き容量", use_inner_text=True
    )
    page.locator(".shot input").first.fill(HOSTILE)
    first, second = answers(page)["photos"]
    assert first["caption"] == HOSTILE
    page.locator(".shot").first.get_by_text("はずす").click()
    assert answers(page)["photos"] == [second]
    wait(page, "window.dropped.length === 1")
    assert page.evaluate("window.dropped") == [first["id"]], "at once: the app may end any moment"
    page.get_by_text("もどす", exact=True).click()
    wait(page, "window.draft.answers.photos.length === 2")
    assert answers(page)["photos"] == [first, second]
    page.locator(".shot").first.get_by_text("はずす").click()
    page.evaluate("form.close()")
    assert page.evaluate("window.dropped") == [first["id"], first["id"]]
    expect(page.get_by_text("もどす", exact=True)).to_have_count(0)


def test_months_days_and_areas_are_kept_as_the_check_keeps_them(page):
    page.evaluate("begin('salon', {activities: [{_id: 'g'}]})")
    page.evaluate("form.show('activities/g/started')")
    started = page.locator("[data-path='activities/g/started']")
    started.locator("select").first.select_option("1980")
    assert answers(page)["activities"][0]["started"] == "1980"
    started.locator("select").last.select_option("04")
    expect(started).to_contain_text("昭和55年4月", use_inner_text=True)
    area = page.locator("[data-path='activities/g/area']")
    area.locator("input").fill("北栄")
    area.locator("input").press("Enter")
    area.locator("input").fill("猫実")
    area.locator("input").blur()
    kept = page.evaluate("window.checked('salon')")
    assert kept == {
        "answers": {"activities": [{"_id": "g", "area": ["北栄", "猫実"], "started": "1980-04"}]},
        "faults": [],
    }


def test_answers_pass_the_check_as_they_stand_after_a_look_around(page):
    page.evaluate("a => begin('park', a)", WHOLE)
    page.locator(".fold").first.click()
    page.evaluate("form.show('benches/a1')")
    page.locator(".item-view .fold").click()
    for box in page.locator("input.box:visible, textarea:visible").all():
        box.focus()
    page.get_by_text("もどる").click()
    for box in page.locator("input.box:visible, textarea:visible").all():
        box.focus()
    assert page.evaluate("window.saves") == 0
    kept = page.evaluate("window.checked('park')")
    assert kept["faults"] == []
    assert kept["answers"] == WHOLE
