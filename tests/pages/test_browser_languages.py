"""The language switched and switched back: what was chosen stays chosen, and no page breaks.

The browser sends what is chosen in the words it was shown in: `pages.parts.frame.choices`.
"""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from browser_town import MARKS, WAIT, settled
from playwright.sync_api import expect

pytestmark = MARKS
ASKED = "weekday=tue&half=am&walker=slow&people=75"
PAGES = {
    "coverage": ASKED,
    "gaps": ASKED,
    "areas": ASKED,
    "plans": ASKED,
    "near": "",
    "sites": "order=changed",
    "reports": "form=quarter",
    "map": "",
}


@pytest.mark.parametrize("path", PAGES)
def test_there_and_back_all_that_was_chosen_stays(visit, path):
    page = visit(f"/{path}?{PAGES[path]}")
    settled(page)
    for language, said in (
        ("English", "lang=en"),
        ("日本語", "^(?!.*lang=en)"),
        ("English", "lang=en"),
    ):
        page.locator(".st-key-lang_control").get_by_text(language, exact=True).click()
        expect(page).to_have_url(re.compile(said), timeout=WAIT)
        settled(page)
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
    chosen = parse_qs(urlsplit(page.url).query)
    asked = parse_qs(PAGES[path])
    assert {name: chosen.get(name) for name in asked} == asked
    assert all(text[0].isascii() for name, text in chosen.items() if name != "areas"), chosen
