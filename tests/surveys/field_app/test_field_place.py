"""The field app's place card, in Chromium, on a page of its own."""

import pytest
from browser_town import MARKS
from field_map_page import (  # noqa: F401 - the fixtures among them
    HOSTILE,
    RECEIVER,
    TOO_SMALL,
    ask,
    changes,
    draft,
    map_address,
    map_types,
    open_map_page,
    pack,
    press,
    site,
    tap,
    type_of,
    wait_drawn,
)
from playwright.sync_api import expect


class TestPlaceCard:
    """Asking where a site is."""

    pytestmark = MARKS

    def test_a_tap_is_marked_as_by_hand_and_taken_back(self, open_page, types):
        page = open_page()
        ask(page, types, "bench")
        assert page.inner_text(".placing-said") == "場所はまだない"
        tap(page, 0.5, 0.5)
        [[place, position]] = changes(page)
        assert place["coordinates"] == [position["lon"], position["lat"]]
        assert (position["by"], position["accuracy_m"], position["count"]) == ("hand", 0, 0)
        assert "手入力" in page.inner_text(".placing-said")
        press(page, "もどす")
        assert changes(page)[-1] == [None, None]
        assert page.inner_text(".placing-said") == "場所はまだない"

    def test_a_new_place_is_looked_for_where_one_stands(self, open_page, types):
        page = open_page()
        here = {"by": "gps", "lon": 139.9, "lat": 35.655, "accuracy_m": 9, "count": 1, "at": ""}
        options = {
            "type": type_of(types, "bench"),
            "draft": draft("bench"),
            "pack": pack(types, []),
        }
        page.evaluate("(o) => window.ask(o)", {**options, "here": here})
        wait_drawn(page)
        tap(page, 0.5, 0.5)
        [[place, _]] = changes(page)
        assert place["coordinates"] == pytest.approx([139.9, 35.655], abs=2e-5)

    def test_a_map_too_wide_to_be_exact_says_so(self, open_page, types):
        page = open_page()
        ask(page, types, "bench")
        assert "もっと近づける" in page.inner_text(".placing-hint")

    def test_a_stray_touch_does_not_move_a_place_that_is_there(self, open_page, types):
        page = open_page()
        there = {"type": "Point", "coordinates": [139.9, 35.655]}
        ask(page, types, "bench", there)
        tap(page, 0.3, 0.3)
        assert changes(page) == []
        press(page, "地図で決める")
        tap(page, 0.3, 0.3)
        [[place, _]] = changes(page)
        assert place["coordinates"] != there["coordinates"]

    def test_the_pin_is_dragged(self, open_page, types):
        page = open_page()
        ask(page, types, "bench", {"type": "Point", "coordinates": [139.9, 35.655]})
        press(page, "地図で決める")
        box = page.locator(".map-pin").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 60, y, steps=6)
        page.mouse.up()
        [[place, position]] = changes(page)
        assert place["coordinates"][0] > 139.9001
        assert abs(place["coordinates"][1] - 35.655) < 2e-5
        assert position["by"] == "hand"

    def test_ten_seconds_of_fixes_become_one_place(self, open_page, types):
        page = open_page()
        page.evaluate(RECEIVER)
        page.clock.install()
        ask(page, types, "bench")
        press(page, "今いる所にする")
        for n in range(12):
            page.evaluate("(n) => window.fix(139.9 + n * 1e-6, 35.655, 8)", n)
        assert page.inner_text(".measuring-text").startswith("12回・半径")
        page.clock.run_for(11_000)
        [[place, position]] = changes(page)
        assert (position["by"], position["count"], position["accuracy_m"]) == ("gps", 12, 4.5)
        assert place == {"type": "Point", "coordinates": [139.9000055, 35.655]}
        assert page.evaluate("window.watching()") == 0
        press(page, "続ける")
        page.evaluate("window.fix(139.9, 35.655, 8)")
        press(page, "ここで決める")
        assert changes(page)[-1][1]["count"] == 13
        press(page, "これでよい")
        assert page.inner_text(".placing-said").startswith("場所：今いる所（13回・半径")

    def test_a_bad_position_is_not_taken_by_itself(self, open_page, types):
        page = open_page()
        page.evaluate(RECEIVER)
        ask(page, types, "bench")
        press(page, "今いる所にする")
        page.evaluate("window.fix(139.9, 35.655, 150)")
        press(page, "ここで決める")
        assert changes(page) == []
        assert "地図で決めることをすすめます" in page.inner_text(".measuring-note")
        press(page, "それでも使う")
        assert changes(page)[0][1]["accuracy_m"] == 150

    def test_a_receiver_that_says_no_leads_to_the_map(self, open_page, types):
        page = open_page()
        page.evaluate(RECEIVER)
        ask(page, types, "bench")
        press(page, "今いる所にする")
        page.evaluate("window.fail(1)")
        assert "許されていません" in page.inner_text(".measuring-note")
        press(page, "地図で決める")
        tap(page, 0.5, 0.5)
        assert changes(page)[0][1]["by"] == "hand"

    def test_a_slope_is_walked(self, open_page, types):
        page = open_page()
        page.evaluate(RECEIVER)
        ask(page, types, "slope")
        if page.locator(".placing-shapes:visible").count():
            press(page, "線")
        press(page, "歩いて書く")
        for lon, accuracy in [
            (139.9, 8),
            (139.90001, 8),
            (139.9001, 60),
            (139.9002, 9),
            (139.9004, 5),
        ]:
            page.evaluate("([lon, accuracy]) => window.fix(lon, 35.655, accuracy)", [lon, accuracy])
        press(page, "やめる")
        place, position = changes(page)[-1]
        assert place == {
            "type": "LineString",
            "coordinates": [[139.9, 35.655], [139.9002, 35.655], [139.9004, 35.655]],
        }
        assert (position["by"], position["count"], position["accuracy_m"]) == ("gps", 3, 9)
        assert page.evaluate("window.watching()") == 0
        press(page, "もどす")
        assert len(changes(page)[-1][0]["coordinates"]) == 2

    def test_an_area_closes_itself(self, open_page, types):
        page = open_page()
        kind = next(one for one in types if "area" in one["shapes"])
        ask(page, types, kind["id"])
        if len(kind["shapes"]) > 1:
            press(page, "面")
        for x, y in [(0.3, 0.3), (0.6, 0.3), (0.6, 0.7)]:
            tap(page, x, y)
        place, position = changes(page)[-1]
        ring = place["coordinates"][0]
        assert (place["type"], len(ring), ring[0] == ring[-1]) == ("Polygon", 4, True)
        assert position["by"] == "hand"
        press(page, "場所をなくす")
        assert changes(page)[-1] == [None, None]

    def test_the_same_kind_of_site_nearby_is_told_and_can_be_gone_to(self, open_page, types):
        page = open_page()
        there = {"type": "Point", "coordinates": [139.9, 35.655]}
        sites = [
            site(1, "bench", 139.9001, 35.655, title=HOSTILE), site(2, "park", 139.9, 35.655),
            site(3, "bench", 139.9004, 35.655),
        ]  # fmt: skip
        ask(page, types, "bench", there, sites=sites)
        assert f"近くに「{HOSTILE}」（直線で9m）がある" in page.inner_text(".placing-near")
        expect(page.locator(".placing-same")).to_have_count(1)
        press(page, "そちらに書く")
        assert page.evaluate("window.chosen") == ["s1"]
        assert page.evaluate("window.hacked") is None

    def test_a_site_that_is_known_is_not_called_its_own_double(self, open_page, types):
        page = open_page()
        there = {"type": "Point", "coordinates": [139.9, 35.655]}
        ask(page, types, "bench", there, sites=[site(1, "bench", 139.9, 35.655)], fresh=False)
        expect(page.locator(".placing-same")).to_have_count(0)

    def test_taking_the_card_away_stops_the_receiver(self, open_page, types):
        page = open_page()
        page.evaluate(RECEIVER)
        ask(page, types, "bench")
        press(page, "今いる所にする")
        assert page.evaluate("window.watching()") == 1
        page.evaluate("window.card.remove()")
        assert page.evaluate(
            "[window.watching(), document.getElementById('place').childElementCount]"
        ) == [0, 0]

    @pytest.mark.parametrize(("width", "height"), [(800, 1280), (390, 844)])
    def test_everything_pressed_is_48_pixels_or_more(self, open_page, types, width, height):
        page = open_page(width=width, height=height)
        page.evaluate(RECEIVER)
        ask(page, types, "slope", sites=[site(1, "bench", 139.9, 35.655)])
        assert page.evaluate(TOO_SMALL) == []
        assert 300 <= page.locator(".placing-map").bounding_box()["height"] <= 360
        assert page.evaluate("document.documentElement.scrollWidth") <= width
