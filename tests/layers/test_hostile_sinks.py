"""What people wrote, and what others put into files, comes out as the signs it is."""

import shutil
import subprocess
import sys
from html import unescape

import pytest
from register_fixtures import new_version
from served_process import answering, free_port
from sheet_fixtures import fill_texts, point, put
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from where import ROOT

from layers.cards.site_html import photos_html
from layers.routes.answers import make_answer_routes
from layers.routes.register import make_register_routes
from layers.routes.sheets import make_sheet_routes
from layers.routes.sites import make_site_routes
from layers.served.register import register_now
from layers.served.town import VARIABLE, town_now
from pages.parts.frame.declared import find_pages
from pages.parts.frame.frame import no_markdown
from surveys.record.walk import WALK
from surveys.store.checking import check_register
from surveys.store.drafts import Draft, keep_draft
from surveys.store.listing import SiteQuery, list_sites
from surveys.store.tables import SITE, VERSION
from surveys.types import RECORD_TYPES

LONG = 10_000
MARKDOWN = (
    "![a](http://evil.invalid/i.png)", "[a](javascript:alert(1))", "<img src=http://evil.invalid/h.png>",
    ":material/delete:", ":streamlit: :smile: :red[x] :blue-badge[y] :small[z]", "$x$ $$y$$",
    "a -> b <- c -- d <-> e >= f <= g ~= h",
    "www.evil.invalid https://evil.invalid/x a@evil.invalid", "{{7*191}} {% x %}", "1. x", "# x", "- x",
    "> x", "| a | b |",
    "`x` **b** ~~s~~ _i_", "&lt;b&gt; &amp; &copy; &#60;", "[^1]: x",
    r"a\b \$x", "10:30～12:00", "１００％の　坂（東）",
)  # fmt: skip


# ---- pages ---------------------------------------------------------------------------------


def test_a_label_is_one_line():
    assert no_markdown("公園\n\n# 見出し\n- x") == r"公園 \# 見出し \- x"


SCRIPT = """
import streamlit as st
from pages.parts.frame.frame import no_markdown, pick
st.title("はじめ", anchor=False)
for at, one in enumerate({texts!r}):
    st.title(no_markdown(one), anchor=False)
    st.checkbox(no_markdown(one), key=f"c{{at}}")
    st.error(no_markdown(one))
    # A key with the text itself would be the widget's class.
    pick_words = {{"one": one, "two": "x"}}
    from geo.base.words import Words
    pick(Words("選ぶ", "Choose"), list(pick_words), pick_words, f"p{{at}}", "ja", "one")
"""


@pytest.fixture
def script_address(tmp_path):
    """The address of a page of labels only."""
    script = tmp_path / "labels.py"
    script.write_text(SCRIPT.format(texts=MARKDOWN), encoding="utf-8")
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port),
         "--server.headless", "true", "--browser.gatherUsageStats", "false"],
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin", "HOME": str(tmp_path)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    found = f"http://127.0.0.1:{port}"
    with answering(server, found):
        yield found


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_label_is_drawn_as_markdown_or_asks_another_host(browser, script_address):
    context = browser.new_context()
    asked = []

    def guard(route):
        own = route.request.url.startswith((script_address, "data:", "blob:"))
        if not own:
            asked.append(route.request.url)
        route.continue_() if own else route.abort()

    context.route("**/*", guard)
    page = context.new_page()
    page.goto(script_address)
    for sign in (
        "h1",
        *(f"[data-testid={one}]" for one in ("stAlert", "stCheckbox", "stButtonGroup")),
    ):
        count = len(MARKDOWN) + (sign == "h1")
        page.wait_for_function(
            f"() => document.querySelectorAll('{sign}').length === {count}", timeout=60_000
        )
    page.wait_for_timeout(500)
    drawn = {
        "h1": page.locator("h1").all_inner_texts()[1:],
        "checkbox": page.locator("[data-testid=stCheckbox]").all_inner_texts(),
        "alert": page.locator("[data-testid=stAlert]").all_inner_texts(),
        "pick": [
            one.split("\n")[0]
            for one in page.locator("[data-testid=stButtonGroup] button:first-child").all_inner_texts()
        ],
    }  # fmt: skip
    for texts in drawn.values():
        assert [one.replace("\u2060", "").strip() for one in texts] == list(MARKDOWN)
    held = "[data-testid=stMain] :is(h1, label, [data-testid=stAlert], button) "
    assert page.locator(f"{held} :is(a, img, code, em, strong, .katex)").count() == 0
    context.close()
    assert asked == []


@pytest.fixture
def town(built_towns, tmp_path, monkeypatch):
    folder = shutil.copytree(built_towns.small(), tmp_path / "town")
    monkeypatch.setenv(VARIABLE, str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield folder
    register_now().engine.dispose()


def test_an_area_named_in_markdown_is_one_to_choose_and_no_picture(town, monkeypatch):
    register = register_now()
    name = "![a](http://evil.invalid/i.png)"
    found = town_now().areas
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(found, "area_name", [name] * len(found))
        draft = Draft(id="d1", type="walk", changed_at="x", answers={"area": name})
        keep_draft(register, draft)
        page = AppTest.from_file(str(ROOT / "pages" / "walks.py"), default_timeout=60)
        page.query_params["draft"] = "d1"
        page.run()
    assert not page.exception
    options = [
        one.content for group in page.get("button_group") for one in group.proto.options
    ]  # fmt: skip
    assert any("evil" in one for one in options)
    assert not [one for one in options if "](" in one]


@pytest.mark.parametrize("query", [{"draft": "d9"}, {"draft": "dw"}, {"site": "w1"}])
def test_a_draft_or_site_of_another_kind_is_told_and_no_crash(town, query):
    register = register_now()
    for id_, type_ in (("d9", "spaceship"), ("dw", "walk")):
        keep_draft(register, Draft(id=id_, type=type_, changed_at="x", answers={"name": "x"}))
    put(register, "walk", "w1", {"name": "踏査"}, place=None)
    page = AppTest.from_file(str(ROOT / "pages" / "record.py"), default_timeout=60)
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception


def test_a_photo_of_a_hostile_backup_is_no_markup(town):
    register = register_now()
    put(register, "park", "p1", {"name": "公園", "photos": [{"id": "ab" * 32, "caption": "<b>"}]},
        place=point(1, 1))  # fmt: skip
    site = register.site("p1")
    for path, value in site.state.flat.items():
        if path.startswith("photos"):
            site.state.flat[path] = [
                {**one, "id": "x'><img src=http://evil.invalid>"} for one in value
            ]
    page = photos_html(site, "ja")
    assert "evil.invalid" in page and "<img src=http" not in page and "x'" not in page


# ---- marks nobody sees ---------------------------------------------------------------------
# Every kind of record holds them in every text, the town in its names; no page, sheet or feed of
# the map lets them work.

MARKS = "\u202e\u2066\u2067\u200f\u061c\u200b\u2028"
TURNED = f"サロン{MARKS}06:51"


@pytest.fixture
def marked(town, monkeypatch):
    """The town with marks in all that people wrote, and an id of each kind."""
    register = register_now()
    now = town_now()
    for table, column in ((now.areas, "area_name"), (now.sites, "name")):
        monkeypatch.setitem(table, column, [f"{TURNED}{at}" for at in range(len(table))])
    ids = {}
    for number, type_ in enumerate((*RECORD_TYPES.values(), WALK)):
        bare = type_.id in ("concern", WALK.id)
        ids[type_.id] = f"s{number}"
        place = None if bare else point(1 + number % 7, 2)
        put(register, type_.id, ids[type_.id], fill_texts(type_, TURNED), place=place, by=TURNED)
    draft = Draft(id="d1", type="salon", changed_at="2026-11-21T10:00:00Z",
                  answers={"name": TURNED, "note": TURNED})  # fmt: skip
    keep_draft(register, draft)
    return ids


def said_by(page):
    """Every text a page sends to the browser, but what stands in a box to be typed over."""

    def walk(block):
        for one in getattr(block, "children", {}).values():
            yield from walk(one)
        proto = getattr(block, "proto", None)
        if proto is None:
            return
        body = proto.SerializeToString()
        if type(proto).__name__ in ("TextInput", "TextArea"):
            for written in (proto.default, proto.value):
                body = body.replace(written.encode(), b"")
        yield unescape(body.decode("utf-8", "replace"))

    return list(walk(page._tree))


WAYS_IN = [
    *((id_, {}) for id_ in find_pages()),
    *(("karte", {"site": type_}) for type_ in RECORD_TYPES),
    *(("record", {"site": type_}) for type_ in ("salon", "park", "concern")),
    ("walks", {"walk": "walk"}), ("record", {"draft": "d1"}), ("sites", {"type": "salon"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("id_", "query"), WAYS_IN, ids=[f"{one}-{'-'.join(q.values())}" for one, q in WAYS_IN]
)
def test_no_page_lets_a_mark_of_a_record_work(marked, monkeypatch, id_, query):
    page = AppTest.from_file(str(ROOT / "pages" / f"{id_}.py"), default_timeout=120)
    for key, value in query.items():
        page.query_params[key] = marked.get(value, value)
    page.run()
    assert not page.exception
    for said in said_by(page):
        # Our own headings say where they may break; nobody else's U+200B stands before a U+2028.
        assert not set(said) & (set(MARKS) - {"\u200b"}), said[:3000]


@pytest.mark.parametrize(
    "path",
    ["/print/karte/{salon}", "/print/karte/{park}", "/print/list", "/print/form/salon", "/print/walk/{walk}",
     "/register/pins.geojson", "/answer/sites.geojson", "/answer/areas.geojson"],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_sheet_and_no_feed_of_the_map_lets_a_mark_work(marked, client, path, lang):
    found = client.get(path.format(**marked) + f"?lang={lang}")
    assert found.status_code == 200, found.text[:300]
    assert not set(unescape(found.text)) & set(MARKS)
    assert "form" in path or "areas" in path or "［U+202E］" in unescape(found.text)


# ---- routes --------------------------------------------------------------------------------


@pytest.fixture
def client(town):
    with TestClient(
        Starlette(
            routes=[
                *make_register_routes(),
                *make_sheet_routes(),
                *make_site_routes(),
                *make_answer_routes(),
            ]
        ),
        raise_server_exceptions=False,
    ) as made:
        yield made  # fmt: skip


MANY = ",".join(f"c{number}" for number in range(900))


@pytest.mark.parametrize(
    "query",
    [
        f"f.toilet={MANY}", "&".join(f"f.k{number}=a" for number in range(900)), "area=" + "x/" * LONG,
        "f." + "k" * LONG + "=a", "due=" + "9" * LONG, "type=" + "x," * LONG, "f.toilet=' OR 1=1 --",
        "f.a%25' OR '1'='1=none", "f.toilet/%25=none", "order=name;DROP TABLE site",
    ],
)  # fmt: skip
def test_a_query_no_list_asks_is_refused_in_a_few_words(client, query):
    put(register_now(), "park", "p1", {"name": "公園"}, place=point(1, 1))
    for path in ("/register/pins.geojson", "/print/list"):
        found = client.get(f"{path}?{query}")
        assert found.status_code == 400 and "Traceback" not in found.text
        assert len(found.text) < 9000  # the sheet's own style with it


@pytest.mark.parametrize(
    "path",
    ["/print/karte/%00", "/print/karte/%ED%A0%80", "/print/walk/" + "a" * LONG, "/photos/" + "a" * LONG,
     "/print/form/%2e%2e%2f", "/photos/..%2f..%2fregister.db", "/print/karte/..%2f..%2fregister.db",
     "/print/karte/{{7*191}}", "/print/karte/%3Cscript%3E"],
)  # fmt: skip
def test_an_id_nobody_has_is_not_found_and_never_repeated(client, path):
    found = client.get(path)
    assert found.status_code == 404
    assert "script>" not in found.text and "1337" not in found.text and "/tmp" not in found.text  # noqa: S108


@pytest.mark.parametrize("path", ["/print/list", "/register/pins.geojson", "/photos/x.jpg"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_routes_only_give(client, path, method):
    assert client.request(method, path).status_code == 405


def test_nothing_of_a_record_stays_on_a_shared_machine(client):
    put(register_now(), "park", "p1", {"name": "公園"}, place=point(1, 1))
    for path in ("/print/karte/p1", "/print/list", "/print/form/park", "/print/karte/none"):
        headers = client.get(path).headers
        assert headers["cache-control"] == "private, no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_signs_are_sent_again_only_when_they_changed(client):
    register = register_now()
    put(register, "park", "p1", {"name": "公園"}, place=point(1, 1))
    first = client.get("/register/pins.geojson?v=1")
    tag = {"If-None-Match": first.headers["etag"]}
    again = client.get("/register/pins.geojson?v=2", headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/register/pins.geojson?type=bench", headers=tag).status_code == 200
    put(register, "park", "p2", {"name": "公園"}, place=point(2, 1))
    fresh = client.get("/register/pins.geojson", headers=tag)
    assert fresh.status_code == 200
    before = {one["id"] for one in first.json()["features"]}
    assert {one["id"] for one in fresh.json()["features"]} - before == {"p2"}
    head = client.head("/register/pins.geojson")
    assert head.status_code == 200 and head.headers["etag"] == fresh.headers["etag"]


def test_a_printed_list_says_every_choice_it_was_narrowed_by(client):
    asked = "type=park&f.benches/back=yes&f.toilet=unknown,usable&lang=en"
    page = client.get(f"/print/list?{asked}").text
    said = ("bench: Backrest: yes", "Toilet: not known", "Toilet: usable")
    assert all(one in page for one in said)


def test_a_site_of_a_kind_only_a_newer_release_knows_is_kept_and_not_shown(client):
    register = register_now()
    put(register, "park", "p1", {"name": "公園"}, place=point(1, 1))
    with register.engine.begin() as connection:
        for table in (SITE, VERSION):
            connection.execute(table.update().values(type="spaceship"))
    assert register.site("p1") is None and register.sites_of(["p1"]) == {}
    assert client.get("/print/karte/p1").status_code == 404
    assert client.get("/register/pins.geojson").json()["features"] == []
    assert any("知らない種類" in one.ja for one in check_register(register))
    with register.engine.connect() as connection:
        kept = connection.execute(text("SELECT count(*) FROM site")).scalar()
    assert kept == len(register.site_ids()) > 1  # those the town was built with, too


def test_a_search_for_signs_no_text_holds_is_no_fault_of_the_database(register):
    register.save(new_version(answers={"name": "西%_公園"}))
    for words, count in (("\x00西", 1), ("\x00", 1), ("%", 1), ("%_公", 1), ("西_公", 0), ("'", 0)):
        assert list_sites(register, SiteQuery(words=words))[1] == count, words
