"""No page asks for what its policy forbids, and each is drawn all the same; in a real browser."""

import pytest
from browser_town import MARKS, WAIT, map_frame

from layers.routes.parts.wrong_address import HEAD
from pages.parts.frame.declared import find_pages
from surveys.store.listing import SiteQuery, list_sites
from surveys.store.register import open_register

pytestmark = MARKS
WITH_A_MAP = {"coverage", "map", "sites", "before_after", "karte", "record"}
# Told to the test from every frame, whatever the page does with its console.
LISTEN = """
window.kayoiRefused = [];
addEventListener("securitypolicyviolation", (e) => window.kayoiRefused.push(
    `${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
"""


@pytest.fixture(scope="module")
def watched(window):
    window.add_init_script(LISTEN)
    return window


def refused(page):
    return [
        line for frame in page.frames for line in frame.evaluate("window.kayoiRefused || ['none']")
    ]


@pytest.fixture(scope="module")
def ids(demo_folder):
    """The id of a site of each kind of the demo."""
    register = open_register(demo_folder)
    found = {}
    for types in ((), ("walk",)):
        sites, _ = list_sites(register, SiteQuery(types=types), limit=400)
        found |= {site.type.id: site.id for site in sites}
    register.engine.dispose()
    return found


@pytest.mark.parametrize("id_", find_pages())
def test_a_page_keeps_to_its_policy_and_is_drawn(watched, visit, ids, id_):
    query = {
        "karte": f"?site={ids['park']}", "record": "?type=park", "walks": f"?walk={ids['walk']}",
    }  # fmt: skip
    page = visit(f"/{id_ if id_ != 'today' else ''}{query.get(id_, '')}")
    page.wait_for_selector("[data-testid=stMain] h1", timeout=WAIT)
    if id_ in WITH_A_MAP:
        map_frame(page)
    page.wait_for_timeout(1500)
    assert refused(page) == []


@pytest.mark.parametrize("path", ["/field/", "/print/form/park", "/print/list", "/auth/login"])
def test_what_is_no_page_of_streamlit_keeps_to_its_policy_too(watched, visit, path):
    page = visit(path)
    page.wait_for_timeout(1500)
    assert refused(page) == []


def test_a_policy_bites_where_a_script_is_put_in(watched, demo_address):
    page = watched.new_page()
    page.goto(f"{demo_address}/sites")
    page.wait_for_selector("[data-testid=stMain] h1", timeout=60_000)
    page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.kayoiRan = true";
        document.body.append(script);
        const away = document.createElement("img");
        away.src = "http://evil.invalid/x.png";
        document.body.append(away);
    }""")
    page.wait_for_function("() => window.kayoiRefused.length > 1", timeout=WAIT)
    assert page.evaluate("window.kayoiRan") is None
    assert sorted(one.split()[0] for one in refused(page)) == ["img-src", "script-src-elem"]
    page.close()


def test_a_wrong_address_is_drawn_with_its_style_and_leads_back(watched, demo_address):
    page = watched.new_page()
    page.goto(f"{demo_address}/nope?lang=ja")
    assert page.locator("h1").inner_text() == HEAD.ja
    white = "getComputedStyle(document.querySelector('header')).color"
    assert page.evaluate(white) == "rgb(255, 255, 255)"
    page.locator("main a").first.click()
    page.wait_for_selector("[data-testid=stMain] h1", timeout=60_000)
    assert refused(page) == []
    page.close()
