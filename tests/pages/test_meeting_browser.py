"""A meeting is led by the keys of a presenter's remote, and its picture is saved as a PNG."""

from browser_town import MARKS, WAIT
from playwright.sync_api import expect

from pages.parts.meeting.concerns import ASKED

pytestmark = MARKS


def test_a_remote_leads_through_a_meeting_and_out_of_it(visit):
    page = visit("/meeting?step=1&plans=none")
    title = page.locator("h1")
    expect(title).to_contain_text("歩いて通えるのは何人か", timeout=2 * WAIT)
    expect(page.locator("[data-testid=stHeader]")).to_be_hidden()
    still = page.locator("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_selector("[data-keys=on]", state="attached", timeout=2 * WAIT)
    for key, step, said in (("PageDown", 2, "なぜ届かないか"), ("Space", 3, "どの案で進めるか"),
                            ("ArrowRight", 4, ASKED.ja), ("PageUp", 3, "どの案で進めるか"),
                            ("ArrowLeft", 2, "なぜ届かないか")):  # fmt: skip
        # A key pressed while a step is still drawn is nobody's.
        expect(still).to_have_count(1, timeout=2 * WAIT)
        page.keyboard.press(key)
        page.wait_for_url(f"**step={step}*", timeout=WAIT)
        expect(title).to_contain_text(said, timeout=2 * WAIT)
    page.go_back()
    expect(title).to_contain_text("どの案で進めるか", timeout=2 * WAIT)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="協議体で映す")).to_be_visible(timeout=2 * WAIT)
    page.goto(page.url.split("/meeting")[0] + "/week?picture=on")
    shown = page.locator(".kz-picture-shown")
    expect(shown).to_be_visible(timeout=2 * WAIT)
    with page.expect_download(timeout=WAIT) as saving:
        page.get_by_role("button", name="PNG で保存する").click()
    assert saving.value.suggested_filename.endswith("_week.png")
    content = saving.value.path().read_bytes()
    assert content.startswith(b"\x89PNG") and content[16:24] == b"\x00\x00\x07\x80\x00\x00\x04\x38"
