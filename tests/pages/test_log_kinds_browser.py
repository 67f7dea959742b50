"""種類を決める in a real browser: renamed, saved, followed by list and form, and taken back."""

import pytest
from browser_town import MARKS, WAIT
from playwright.sync_api import expect

from surveys.store.own_choices import type_of
from surveys.store.register import open_register

pytestmark = MARKS
WORD = "寄り合い<b>・{{7*7}}"


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def test_a_renamed_kind_stands_in_filter_and_form_and_goes_back(visit):
    page = visit("/activities?kinds=1")
    expect(page.get_by_label("8番目の名前")).to_have_value("会議・研修・調査・イベント")
    page.get_by_label("8番目の名前").fill(WORD)
    page.keyboard.press("Tab")
    expect(page.get_by_text("まだ保存していません")).to_have_count(1, timeout=WAIT)
    press(page, "種類を保存する")
    expect(page.get_by_text("種類を保存しました")).to_have_count(1, timeout=WAIT)
    form = visit("/record?type=activity")
    form.get_by_role("combobox", name="種類").click()  # so many that they are a list
    expect(form.get_by_role("option", name=WORD)).to_have_count(1, timeout=WAIT)
    press(page, "はじめの10種類（大田原市）に戻す")
    expect(page.get_by_text("種類をもとに戻しました")).to_have_count(1, timeout=WAIT)
    # What stood there before goes when the page is drawn whole.
    expect(page.get_by_label("8番目の名前")).to_have_count(1, timeout=WAIT)
    expect(page.get_by_label("8番目の名前")).to_have_value("会議・研修・調査・イベント")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_what_is_pressed_is_large_enough_and_nothing_is_wider_than_the_screen(
    visit, demo_folder, width, height
):
    register = open_register(demo_folder)
    kinds = type_of(register, "activity").field("kind").offered
    register.engine.dispose()
    page = visit("/activities?kinds=1")
    page.set_viewport_size({"width": width, "height": height})
    expect(page.get_by_role("button", name="上へ")).to_have_count(len(kinds), timeout=WAIT)
    for name in ("上へ", "下へ", "使わない", "種類を足す"):
        box = page.get_by_role("button", name=name).first.bounding_box()
        assert box["height"] >= 48, name
        assert box["x"] >= 0 and box["x"] + box["width"] <= width, name
    assert page.evaluate("document.documentElement.scrollWidth") <= width
