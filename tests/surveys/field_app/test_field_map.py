"""The field app's map, in Chromium, on a page of its own."""

import itertools

import pytest
from browser_town import MARKS, WAIT
from field_map_page import (  # noqa: F401 - the fixtures among them
    APP,
    EAST,
    HOSTILE,
    NORTH,
    RECEIVER,
    SOUTH,
    TOO_SMALL,
    WEST,
    map_address,
    map_types,
    open_map,
    open_map_page,
    pack,
    press,
    site,
    tap,
    wait_drawn,
    walk_pack,
)
from playwright.sync_api import expect

from layers.maps import palette

# ---- without a browser ---------------------------------------------------------------------


def test_the_map_has_the_colours_of_the_pages():
    text = (APP / "js" / "map_style.js").read_text(encoding="utf-8")
    block = text.split("export const COLOURS = {")[1].split("}")[0]
    own = dict(
        item.strip().split(": ") for item in block.replace("\n", " ").split(",") if item.strip()
    )
    assert {
        key: value.strip('"') for key, value in own.items()
    }.items() <= palette.MAP_COLOURS.items()
    assert len(own) > 10


# Every rule of both maps, asked at every zoom about every kind of thing there is.
SAME_RULES = """async (colours) => {
  const style = await import("/field/app/js/map_style.js");
  const real = protomapsL;
  let theirs;
  protomapsL = { ...real, leafletLayer: (options) => { theirs = options; } };
  kayoi.base({ url: "", colours, attribution: "" });
  protomapsL = real;
  const kinds = ["land", "green", "water", "building", "river", "path", "steps", "rail", "place", "road"];
  const things = kinds.flatMap((k) => [1, 2, 3, 4, 5].flatMap((rank) => ["", "名"]
    .map((name) => ({ props: { k, rank, name } }))));
  const said = (value, z) => typeof value === "function" ? said(value(z, things[0]), z)
    : Array.isArray(value) ? value.map((one) => said(one, z))
    : value && typeof value === "object"
      ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, said(one, z)])) : value;
  const spell = (rules) => rules.flatMap((rule) => [9, 13, 15, 16, 18].map((z) => JSON.stringify([
    z, rule.dataLayer, rule.minzoom || 0, things.map((thing) => Number(Boolean(rule.filter(z, thing)))).join(""),
    said({ ...rule.symbolizer }, z)])));
  return { theirs: [...spell(theirs.paintRules), ...spell(theirs.labelRules)],
    ours: [...spell(style.paintRules(protomapsL)), ...spell(style.labelRules(protomapsL))] };
}"""
HERE_FIX = {"longitude": 139.8995, "latitude": 35.654, "accuracy": 8}


class TestWalkMap:
    """What the walk's map shows and answers."""

    pytestmark = MARKS

    def test_the_ground_is_painted_by_the_rules_of_the_pages_maps(self, open_page):
        page = open_page()
        open_map(page, pack([], []))
        wait_drawn(page)
        page.add_script_tag(url="/field/lib/kayoi/kayoi.js")
        same = page.evaluate(SAME_RULES, palette.MAP_COLOURS)
        assert same["theirs"] == same["ours"]
        assert len(same["ours"]) > 100

    def test_signs_say_kind_name_state_and_number(self, open_page, types):
        page = open_page()
        open_map(page, walk_pack(types), states={"s1": "seen", "s2": "draft", "s3": "absent"})
        wait_drawn(page)
        labels = page.eval_on_selector_all(".map-sign", "all => all.map((one) => one.ariaLabel)")
        assert "1番目　公園　場所1　書いた" in labels
        assert "2番目　ベンチ　場所2　途中" in labels
        assert "3番目　トイレ　場所3　閉まった" in labels
        assert any(label.startswith("通いの場") and label.endswith("まだ") for label in labels)
        expect(page.locator(".map-mark")).to_have_count(3)

    def test_a_state_that_changes_shows_at_once(self, open_page, types):
        page = open_page()
        open_map(page, walk_pack(types))
        expect(page.locator(".map-is-seen")).to_have_count(0)
        page.evaluate("window.setStates({ s4: 'seen' })")
        assert page.get_attribute(".map-is-seen", "data-site") == "s4"

    def test_a_sign_opens_by_finger_and_by_key(self, open_page, types):
        page = open_page()
        open_map(page, walk_pack(types))
        page.locator("[data-site=s3]").click()
        page.locator("[data-site=s1]").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("window.chosen") == ["s3", "s1"]
        assert page.evaluate("window.tapped") == []

    def test_a_tap_beside_the_signs_gives_its_place_to_seven_decimals(self, open_page, types):
        page = open_page()
        open_map(page, walk_pack(types))
        tap(page, 0.5, 0.85)
        [[lon, lat]] = page.evaluate("window.tapped")
        assert (WEST < lon < EAST, SOUTH < lat < NORTH) == (True, True)
        assert (round(lon, 7), round(lat, 7)) == (lon, lat)

    def test_hostile_titles_stay_texts(self, open_page, types):
        page = open_page(here=HERE_FIX)
        hostile = walk_pack(types)
        for one in hostile["sites"]:
            one["title"] = HOSTILE
        hostile["town"]["credit"] = HOSTILE
        open_map(
            page,
            hostile,
            here={"by": "gps", "lon": 139.9, "lat": 35.654, "accuracy_m": 9, "count": 1, "at": ""},
        )
        wait_drawn(page)
        page.wait_for_timeout(200)
        assert page.evaluate("window.hacked") is None
        assert HOSTILE in page.inner_text(".map-next")
        assert page.inner_text(".map-credit") == HOSTILE
        # However many lines it has, no button stands over it.
        low, high = (page.locator(one).bounding_box() for one in (".map-credit", ".map-tools"))
        assert high["y"] + high["height"] <= low["y"]
        expect(page.locator("#place img, #place script")).to_have_count(0)

    def test_without_a_base_map_the_signs_stand_on_paper_and_it_is_said(self, open_page, types):
        page = open_page("?nomap")
        open_map(page, walk_pack(types))
        page.wait_for_selector(".map-none", timeout=WAIT)
        assert page.inner_text(".map-none") == "地図はまだこの端末にない"
        expect(page.locator(".map-sign")).to_have_count(6)

    def test_two_thousand_sites_never_draw_more_signs_than_there_is_room_for(
        self, open_page, types
    ):
        page = open_page(width=390, height=844)
        spots = itertools.product(range(50), range(40))
        sites = [
            site(n, "bench", WEST + x * 0.0008, SOUTH + y * 0.00075)
            for n, (x, y) in enumerate(spots)
        ]
        open_map(page, pack(types, sites))
        wait_drawn(page)
        counts = page.eval_on_selector_all(
            ".map-plate", "all => all.map((one) => Number(one.textContent))"
        )
        single = page.locator(".map-sign:not(.map-plate)").count()
        assert 0 < len(counts) + single < 140
        boxes = [page.locator(".map-plate b").nth(n).bounding_box() for n in range(len(counts))]
        apart = [
            abs(a["x"] - b["x"]) >= 39 or abs(a["y"] - b["y"]) >= 39
            for a, b in itertools.combinations(boxes, 2)
        ]
        assert all(apart)
        assert sum(counts) + single > 1900
        before = page.evaluate(
            "document.querySelectorAll('.map-plate')[0].getAttribute('aria-label')"
        )
        assert "か所" in before
        for _ in range(5):
            press(page, "近づく")
            page.wait_for_timeout(400)
        expect(page.locator(".map-plate")).to_have_count(0)
        assert page.locator(".map-sign").count() > 0

    def test_where_one_stands_and_which_way_to_go_is_said(self, open_page, types):
        page = open_page(here=HERE_FIX)
        open_map(page, walk_pack(types), states={"s1": "seen"})
        assert page.locator(".map-next").is_hidden()
        page.get_by_role("button", name="今いる所へ").click()
        page.wait_for_selector(".map-here", state="attached", timeout=WAIT)
        assert page.inner_text(".map-next").split() == ["場所2", "南東へ", "直線で72m"]

    def test_a_refused_position_is_told_in_words(self, open_page, types):
        page = open_page()
        page.evaluate(RECEIVER)
        open_map(page, walk_pack(types))
        page.get_by_role("button", name="今いる所へ").click()
        page.evaluate("window.fail(1)")
        assert "許されていません" in page.inner_text(".map-note")
        assert page.evaluate("window.watching()") == 0

    @pytest.mark.parametrize(("width", "height"), [(800, 1280), (390, 844)])
    def test_everything_pressed_is_48_pixels_or_more(self, open_page, types, width, height):
        page = open_page(width=width, height=height)
        open_map(
            page,
            walk_pack(types),
            here={"by": "gps", "lon": 139.9, "lat": 35.654, "accuracy_m": 9, "count": 1, "at": ""},
        )
        wait_drawn(page)
        assert page.evaluate(TOO_SMALL) == []
        expect(page.locator("#place [role=button]:visible")).to_have_count(6)
