"""A tablet that shares its browser, and a look at the screen that is open on it."""

from browser_town import WAIT
from field_town import HERE
from playwright.sync_api import expect
from where import TESTS

AXE = TESTS / "js" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = {"serious", "critical"}
SMALLEST = 48
TALL, PHONE = (800, 1280), (390, 844)
# Signs on the map stand as near as the places do; a picture's own file input lies under its button.
TARGETS = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=file]), select, textarea, summary, label.shoot, label.filechoice')]
  .filter(one => one.getClientRects().length && !one.closest('.leaflet-pane'))
  .map(one => ({what: one.outerHTML.slice(0, 90), box: one.getBoundingClientRect()}))
  .filter(({box}) => Math.min(box.width, box.height) < 47.5)
  .map(({what, box}) => `${what} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Desk:
    """A browser context of its own, used as field_town.Tablet is."""

    def __init__(self, chrome, address, size=TALL):
        self.address, self.faults = address, []
        self.context = chrome.new_context(
            viewport={"width": size[0], "height": size[1]},
            geolocation=HERE,
            permissions=["geolocation"],
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
        )

    def open(self, at="/field/"):
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", lambda dialog: self.faults.append(dialog.message) or dialog.dismiss())
        page.goto(self.address + at)
        return page


def go(page, address, ready="#head h1"):
    """Open a screen by its address and wait until it is drawn."""
    page.evaluate("address => { location.hash = address; }", address)
    page.wait_for_function(
        "() => document.activeElement === document.querySelector('#head h1')", timeout=WAIT
    )
    page.wait_for_selector(ready, timeout=WAIT)


def speak(page, lang):
    if lang == "en":
        go(page, "#/settings")
        page.get_by_role("button", name="English").click()
        expect(page.locator("#head h1")).to_have_text("Settings", timeout=WAIT)


def look(page, name):
    """What is wrong with the screen that is open."""
    found = page.evaluate(
        "() => axe.run(document, {resultTypes: ['violations']}).then(all => all.violations.map("
        "one => [one.impact, one.id, one.nodes.map(node => node.html.slice(0, 120)).slice(0, 3)]))"
    )
    wrong = [f"{name}: {one}" for one in found if one[0] in GRAVE]
    wrong += [f"{name}: {one}" for one in page.evaluate(TARGETS)]
    wider = page.evaluate(OVERFLOW)
    return [*wrong, f"{name}: {wider} px too wide"] if wider > 0 else wrong


def pack_of(page):
    return page.evaluate("() => fetch('/api/v1/field/pack').then(answer => answer.json())")


def start(page, kind):
    """Begin a record of a kind by its place among the buttons."""
    go(page, "#/new")
    page.locator(".kinds .button").nth(kind).click()
    page.wait_for_function("() => location.hash.startsWith('#/draft/')", timeout=WAIT)
    page.wait_for_selector(".form .q", timeout=WAIT)


def save(page):
    page.locator("#foot .full").click()
    page.wait_for_function("() => location.hash.startsWith('#/saved/')", timeout=WAIT)
    page.wait_for_selector(".facts", timeout=WAIT)
