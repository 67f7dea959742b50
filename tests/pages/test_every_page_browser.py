"""Every page in a real browser, opened once and looked at in every way.

It keeps to its policy, what is pressed is large enough at every size, a reader hears what it is,
and reload, links and the other language keep the question of its address.
"""

from urllib.parse import parse_qsl, urlsplit

import pytest
from browser_town import MARKS, WAIT, asked_at, drawn, map_frame, settled
from field_look import AXE, GRAVE
from playwright.sync_api import expect

from layers.routes.parts.wrong_address import HEAD
from pages.parts.frame.declared import find_pages
from surveys.store.listing import SiteQuery, list_sites
from surveys.store.register import open_register

pytestmark = MARKS
PAGES = find_pages()
WITH_A_MAP = {"coverage", "map", "sites", "before_after", "karte", "record"}
TITLES = {
    "today": ("きょう、何をするか", "What is there to do today?"),
    "coverage": ("通いの場まで、歩いて通えるのは何人か", "How many can walk to a salon?"),
    "map": ("この街には、何がどこにあるか", ""),
    "export": ("どの数字を、どのファイルで渡すか", ""),
}  # fmt: skip
ASKED = {"people": "75", "walker": "slow", "within": "10min", "rest": "200", "weekday": "tue"}
# What else an address says of its page.
MORE = {
    "karte": "site={park}", "record": "type=park", "walks": "walk={walk}",
    "map": "view=walk&at=area:99201008000",
}  # fmt: skip
SIZES = ((1280, 800), (800, 1280), (390, 844))
# Told to the test from every frame, whatever the page does with its console.
LISTEN = """
window.kayoiRefused = [];
addEventListener("securitypolicyviolation", (e) => window.kayoiRefused.push(
    `${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
"""
# Inside a box that is large enough lies what opens it; signs on a map stand as near as their places do.
SMALL = """() => [...document.querySelectorAll(
        '[data-testid=stTopNavLink], ' +
        '[data-testid=stMain] :is(button,a,summary,[role=radio],[role=button],[data-testid=stTextInputRootElement],' +
        '[data-testid=stSelectbox] [role=group],[data-testid=stNumberInputContainer])')]
      .filter((one) => one.offsetParent && one.tabIndex >= 0 &&
        !one.closest('.leaflet-pane,.leaflet-control-attribution'))
      .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
      .filter(([, box]) => Math.min(box.width, box.height) < 47.5)
      .map(([what, box]) => `${what} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
HEARD = """() => axe.run(document, {resultTypes: ['violations']}).then(all => all.violations.map(
    one => [one.impact, one.id, one.nodes.map(node => node.html.slice(0, 120)).slice(0, 3)]))"""


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
    """The id of a park and of a walk of the demo."""
    register = open_register(demo_folder)
    found = {type_: list_sites(register, SiteQuery(types=(type_,)), limit=1)[0][0].id
             for type_ in ("park", "walk")}  # fmt: skip
    register.engine.dispose()
    return found


def links_of(page):
    """Return the questions our links to other pages carry, without the first page's and files'."""
    hrefs = page.locator("[data-testid=stMain] a[target=_self]").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    ways = [urlsplit(one) for one in hrefs]
    return [dict(parse_qsl(one.query)) for one in ways if one.path.strip("/") in PAGES]


def hold_sizes(page):
    """Hold that nothing to press is small and nothing is wider than the screen."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)
        settled(page)
        for _ in range(15):  # what is still unfolding has not its size yet
            small = page.evaluate(SMALL)
            if not small:
                break
            page.wait_for_timeout(400)
        assert small == []
        wide = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth")
        assert wide <= width
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert [one for one in page.evaluate(HEARD) if one[0] in GRAVE] == []
    page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})


@pytest.mark.parametrize("id_", PAGES)
@pytest.mark.usefixtures("watched", "js_packages")
def test_a_page_keeps_its_policy_its_sizes_and_its_question(visit, ids, id_):
    # The first page asks nothing: what is asked at its address is led on to the coverage.
    asked = ASKED if id_ != "today" else {}
    query = "&".join([f"{name}={text}" for name, text in asked.items()])
    more = MORE.get(id_, "").format(**ids)
    page = visit(
        f"/{id_ if asked else ''}?{query}&{more}"
    )  # a shared link, in a session of its own
    settled(page)
    if id_ in WITH_A_MAP:
        map_frame(page)
    if id_ in {"coverage", "map"}:
        assert drawn(page, page, ".leaflet-tile-pane canvas", 5), "the base map is drawn"
    title, english = TITLES.get(id_, ("", ""))
    expect(page.locator("h1").first).to_contain_text(title)
    assert "Traceback" not in page.inner_text("body")
    hold_sizes(page)
    assert refused(page) == []
    page.reload()
    settled(page)
    assert asked_at(page, ASKED) == asked
    assert all(asked.items() <= said.items() for said in links_of(page))
    groups = page.locator("[data-testid=stTopNavSection]").first
    page.locator(".st-key-lang_control").get_by_role("radio", name="English").click()
    expect(groups).to_contain_text("Map", timeout=WAIT)
    settled(page)
    expect(page.locator("h1").first).to_contain_text(english)
    assert asked_at(page, ASKED) == asked and "lang=en" in page.url
    assert all({**asked, "lang": "en"}.items() <= said.items() for said in links_of(page))
    page.go_back()
    expect(groups).to_contain_text("地図", timeout=WAIT)
    assert asked_at(page, ASKED) == asked and "lang" not in page.url
    assert refused(page) == []


@pytest.mark.parametrize("path", ["/field/", "/print/form/park", "/print/list", "/auth/login"])
@pytest.mark.usefixtures("watched")
def test_what_is_no_page_of_streamlit_keeps_to_its_policy_too(visit, path):
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
    expect(page.locator("h1")).to_have_text(HEAD.ja, use_inner_text=True)
    white = "getComputedStyle(document.querySelector('header')).color"
    assert page.evaluate(white) == "rgb(255, 255, 255)"
    page.locator("main a").first.click()
    page.wait_for_selector("[data-testid=stMain] h1", timeout=60_000)
    assert refused(page) == []
    page.close()
