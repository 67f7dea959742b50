"""A page that holds nothing but the field app's map or its place card, served and opened."""

import http.server
import json
import shutil
import threading
from contextlib import contextmanager
from functools import partial

import geopandas as gpd
import pytest
import shapely
from browser_town import WAIT
from where import TESTS

from layers.served.tiles import save_base_tiles
from surveys.declaration.declaration import dump_declaration
from surveys.types import RECORD_TYPES

HERE = TESTS
APP = HERE.parent / "surveys" / "field_app"
LIB = HERE.parent / "layers" / "assets" / "dist"
WEST, SOUTH, EAST, NORTH = 139.88, 35.64, 139.92, 35.67
HOSTILE = (
    '<img src=x onerror="window.hacked=1">{{7*7}}${window.hacked=1}\'"'
    "<script>window.hacked=1</script>"
)
POLICY = "default-src 'self'; img-src 'self' blob: data:"
# The real module reads Cache Storage; here the map lies beside the page.
PACK_JS = """
export async function baseMapFile() {
  if (new URLSearchParams(location.search).has("nomap")) { return null; }
  return (await fetch("/base.pmtiles")).blob();
}
"""
PAGE = """<!doctype html><html lang="ja"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/field/app/style.css"><link rel="stylesheet" href="/field/app/css/map.css">
<link rel="stylesheet" href="/page.css"><body><main id="main"><div id="place"></div></main>
<script type="module" src="/page.js"></script></body></html>"""
PAGE_CSS = """
body { display: block; } main { padding: 0; }
#place.full { height: 100vh; } #place.card { padding: 16px; max-width: 640px; }
"""
PAGE_JS = """
import { drawMap } from "/field/app/js/map.js";
import { askPlace } from "/field/app/js/placing.js";
const place = document.getElementById("place");
const states = (o) => new Map(Object.entries(o ?? {}));
window.chosen = []; window.tapped = []; window.changes = [];
window.openMap = async (o) => {
  place.className = "full";
  window.walkMap = await drawMap(place, {
    ...o, states: states(o.states), onChoose: (id) => window.chosen.push(id),
    onTap: (lon, lat) => window.tapped.push([lon, lat]),
  });
};
window.ask = (o) => {
  place.className = "card";
  window.card = askPlace(place, {
    ...o, onChange: (...one) => window.changes.push(one), nearby: () => o.pack.sites,
    onChoose: (id) => window.chosen.push(id),
  });
};
window.setStates = (o) => window.walkMap.setStates(states(o));
document.documentElement.dataset.ready = "yes";
"""


def _tiles(path):
    streets = [
        ("road", f"通り{n}", n % 3 + 3, shapely.LineString([(WEST, y), (EAST, y)]))
        for n, y in enumerate([35.645, 35.65, 35.655, 35.66])
    ]
    green = ("green", "みどり公園", 0, shapely.box(139.899, 35.653, 139.9, 35.654))
    rows = [*streets, green, ("water", "", 0, shapely.box(WEST, SOUTH, 139.885, NORTH))]
    base = gpd.GeoDataFrame(
        [{"k": k, "name": n, "rank": r, "geometry": g} for k, n, r, g in rows], crs="EPSG:4326"
    )
    save_base_tiles(base, shapely.box(WEST, SOUTH, EAST, NORTH), path)


def declared_types():
    return [json.loads(json.dumps(dump_declaration(type_))) for type_ in RECORD_TYPES.values()]


@contextmanager
def served(folder):
    """Serve the page; gives its address."""
    shutil.copytree(APP, folder / "field" / "app", ignore=shutil.ignore_patterns("*.py", "*.ts"))
    shutil.copytree(LIB, folder / "field" / "lib")
    (folder / "field" / "app" / "js" / "pack.js").write_text(PACK_JS)
    for name, text in {"index.html": PAGE, "page.css": PAGE_CSS, "page.js": PAGE_JS}.items():
        (folder / name).write_text(text, encoding="utf-8")
    _tiles(folder / "base.pmtiles")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_told):
            pass

        def end_headers(self):
            self.send_header("Content-Security-Policy", POLICY)
            super().end_headers()

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def pages(browser, address):
    """Gives what opens the page; nothing on it may fail or be refused by its policy."""
    made, faults = [], []

    def go(query="", *, width=800, height=1280, here=None):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            has_touch=True,
            permissions=["geolocation"] if here else [],
            geolocation=here,
        )
        made.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.goto(f"{address}/index.html{query}")
        page.wait_for_selector("html[data-ready=yes]", state="attached", timeout=WAIT)
        return page

    try:
        yield go
    finally:
        for context in made:
            context.close()
    assert [fault for fault in faults if "favicon" not in fault and "404" not in fault] == []


# A receiver that answers when told to: several fixes a test, each with its own radius.
RECEIVER = """() => {
  const watches = new Map();
  let next = 1;
  Object.defineProperty(navigator, "geolocation", { configurable: true, value: {
    watchPosition: (ok, bad) => { watches.set(next, { ok, bad }); return next++; },
    clearWatch: (id) => watches.delete(id),
  } });
  window.watching = () => watches.size;
  window.fix = (longitude, latitude, accuracy) => [...watches.values()].forEach(({ ok }) => ok(
    { coords: { longitude, latitude, accuracy }, timestamp: Date.now() }));
  window.fail = (code) => [...watches.values()].forEach(({ bad }) => bad({ code }));
}"""
TOO_SMALL = """() => [...document.querySelectorAll("#place button, #place [role=button]")]
  .filter((one) => one.offsetParent).map((one) => [one.textContent, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 47.9 || box.height < 47.9)
  .map(([text, box]) => `${text} ${box.width}x${box.height}`)"""


def open_map(page, pack, **more):
    page.evaluate("(o) => window.openMap(o)", {"pack": pack, **more})


def ask(page, types, kind, place=None, *, sites=(), fresh=True):
    options = {
        "type": type_of(types, kind),
        "draft": draft(kind, place, fresh=fresh),
        "pack": pack(types, list(sites)),
    }
    page.evaluate("(o) => window.ask(o)", options)
    wait_drawn(page)


def tap(page, x, y):
    """Press the map at a share of its width and height."""
    box = page.locator(".map-ground").bounding_box()
    page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
    # Two presses at once are Leaflet's double click, which zooms.
    page.wait_for_timeout(350)


def changes(page):
    return page.evaluate("window.changes")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def site(number, type_, lon, lat, **more):
    return {
        "id": f"s{number}", "number": number, "type": type_, "title": f"場所{number}", "area": "",
        "head": 1, "status": "", "seen_on": "", "due_on": "", "flat": {}, "withheld": [],
        "place": {"type": "Point", "coordinates": [lon, lat]}, "lon": lon, "lat": lat, **more,
    }  # fmt: skip


def pack(types, sites, walk=None):
    return {
        "format": 1, "made_at": "", "stamp": "1", "types_version": "", "types": types,
        "town": {"name": "町", "west": WEST, "south": SOUTH, "east": EAST, "north": NORTH,
                 "credit": "© OpenStreetMap contributors"},
        "walk": walk, "walks": [], "sites": sites, "total": len(sites),
        "base": {"url": "", "bytes": 0, "stamp": "1"},
    }  # fmt: skip


def walk_pack(types):
    sites = [
        site(1, "park", 139.8985, 35.6545), site(2, "bench", 139.9, 35.6535),
        site(3, "toilet", 139.9012, 35.6548), site(4, "bus_stop", 139.9022, 35.6538),
        site(5, "salon", 139.9005, 35.6555),
        site(6, "slope", 139.9015, 35.6528, place={
            "type": "LineString", "coordinates": [[139.901, 35.6526], [139.902, 35.653]]}),
    ]  # fmt: skip
    line = {
        "type": "LineString",
        "coordinates": [[139.8985, 35.6545], [139.9, 35.6535], [139.9022, 35.6538]],
    }
    walk = {"id": "w", "title": "", "on": "", "surveyors": "", "area": "",
            "places": ["s1", "s2", "s3", "s4"], "line": line}  # fmt: skip
    return pack(types, sites, walk)


def draft(type_, place=None, *, fresh=True):
    return {
        "id": "d",
        "type": type_,
        "site_id": "new",
        "fresh": fresh,
        "place": place,
        "position": None,
    }


def type_of(types, id_):
    return next(one for one in types if one["id"] == id_)


def wait_drawn(page):
    page.wait_for_selector(".map[data-base=drawn]", timeout=WAIT)


@pytest.fixture(scope="module", name="types")
def map_types():
    return declared_types()


@pytest.fixture(scope="module", name="address")
def map_address(tmp_path_factory):
    with served(tmp_path_factory.mktemp("field")) as found:
        yield found


@pytest.fixture(name="open_page")
def open_map_page(browser, address):
    with pages(browser, address) as go:
        yield go
