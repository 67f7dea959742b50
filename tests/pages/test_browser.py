"""The app in a real browser with every other host blocked, as a council sees it."""

import os
import re

from browser_town import MARKS, WAIT, drawn, map_frame
from playwright.sync_api import expect
from served_process import answering, free_port, start_kayoi

from geo.cli import main

pytestmark = MARKS


def test_the_demo_prints_its_address_and_folder(tmp_path):
    town, told, port = tmp_path / "town", tmp_path / "told.txt", free_port()
    address = f"http://127.0.0.1:{port}"
    with told.open("w") as out:
        server = start_kayoi(
            "demo", "--no-browser", "--port", str(port), "--out", str(town), stdout=out,
            env={**os.environ, "KAYOI_LANG": "ja"},
        )  # fmt: skip
        with answering(server, address):
            said = told.read_text(encoding="utf-8")
    assert address in said and str(town) in said
    assert (town / "town.toml").is_file()


def test_the_sentence_map_and_table_of_the_coverage_agree(visit):
    page = visit("/coverage")
    frame = map_frame(page)
    frame.wait_for_selector(".kz-plate", timeout=30_000)
    sentence = page.inner_text(".kz-read")
    gap = int(re.search(r"通いの場がない65歳以上：\s*([\d,]+)", sentence)[1].replace(",", ""))
    assert gap > 0 and frame.locator(".kz-plate").count() == 5  # a quarter of 21 areas
    assert frame.locator(".kz-site").count() >= 12
    expect(frame.locator("path[fill='url(#kz-gap)']")).to_have_count(5)
    assert drawn(page, frame, ".leaflet-streets-pane canvas", 0), "streets within reach are drawn"
    expect(page.locator(".kz-as")).to_contain_text("坂と信号待ちは入れていない", timeout=WAIT)
    expect(page.locator(".kz-table tbody tr")).to_have_count(12, timeout=WAIT)
    expect(page.locator(".kz-table tbody td").first).to_have_text("1")
    page.get_by_role("radio", name="割合が低い順").click()
    page.wait_for_function(
        "() => document.querySelector('.kz-table tbody td').innerText.trim() !== '1'"
    )
    page.get_by_role("radio", name="250").click()
    page.wait_for_function(
        "gap => !document.querySelector('.kz-read').innerText.includes(gap)",
        arg=f"{gap:,}",
        timeout=30_000,
    )
    less = page.inner_text(".kz-read")
    assert int(re.search(r"：\s*([\d,]+)", less)[1].replace(",", "")) > gap


def test_a_tap_on_an_area_tells_its_figures(visit):
    page = visit("/coverage")
    frame = map_frame(page)
    frame.wait_for_selector(".kz-plate", timeout=30_000)
    plate = frame.locator(".kz-plate span", has_text="1").first.bounding_box()
    page.mouse.click(plate["x"] + 20, plate["y"] + 60)
    page.wait_for_selector(".st-key-card_area", timeout=30_000)
    expect(page.locator(".st-key-card_area")).to_contain_text("届かない人", timeout=WAIT)


def test_the_exported_file_is_that_of_the_command_line(visit, demo_folder, tmp_path):
    page = visit("/export")
    page.wait_for_selector("[data-testid=stDownloadButton] button", timeout=30_000)
    stamp = re.compile(r'"made_at": "[^"]+"')
    commands = {
        0: ["coverage", "--division", "町丁目", "--why", "--out", "{out}"],
        2: [
            "coverage",
            "--division",
            "町丁目",
            "--out",
            str(tmp_path / "x.geojson"),
            "--cells",
            "{out}",
        ],
        4: ["reach", "--within", "500m", "--out", "{out}"],
    }
    for button, command in commands.items():
        with page.expect_download(timeout=60_000) as waiting:
            page.locator("[data-testid=stDownloadButton] button").nth(button).click()
        out = tmp_path / f"{button}.geojson"
        arguments = [a.replace("{out}", str(out)) for a in command]
        assert main([*arguments, "--town", str(demo_folder), "--keys", "ja"]) == 0
        own, app = out.read_text(encoding="utf-8"), waiting.value.path().read_text(encoding="utf-8")
        assert stamp.sub("", own) == stamp.sub("", app) and stamp.search(app)


def test_a_tap_or_enter_on_a_site_tells_what_it_is(visit):
    page = visit("/map")
    frame = map_frame(page)
    frame.wait_for_selector(".kz-site", timeout=30_000)
    page.wait_for_timeout(1500)
    frame.locator(".kz-site[role=button]").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".st-key-card_map", timeout=30_000)
    expect(page.locator(".st-key-card_map")).to_contain_text("踏査に加える", timeout=WAIT)


def test_a_layer_that_does_not_arrive_is_told_on_the_map(browser, demo_address):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.route("**/answer/areas.geojson*", lambda route: route.abort())
    page = context.new_page()
    page.goto(demo_address + "/coverage")
    frame = map_frame(page)
    expect(frame.locator(".kz-missing")).to_contain_text("読みこめませんでした", timeout=WAIT)
    context.close()


def test_slopes_rests_and_the_band_are_drawn_and_told(visit):
    page = visit("/coverage")
    page.wait_for_selector(".kz-read")
    page.locator(".st-key-q_walking summary").click()
    for switch in ("坂と階段を入れる", "休む所が要る", "わからない所で数字がどれだけ変わるか"):
        page.locator("label", has_text=switch).first.click()
        title = page.locator(".st-key-q_walking summary")
        word = {"坂": "坂", "休": "休む所", "わ": "わからない所"}[switch[0]]
        expect(title).to_contain_text(word, timeout=WAIT)
    expect(page.locator(".kz-read")).to_contain_text("ベンチがあれば届く人", timeout=WAIT)
    expect(page.locator(".kz-read")).to_contain_text("分からない所しだいで", timeout=WAIT)
    expect(page.locator(".kz-benches tbody tr")).to_have_count(5, timeout=WAIT)
    frame = map_frame(page)
    frame.wait_for_selector(".kz-bench", timeout=WAIT)
    frame.wait_for_selector("path[fill='url(#kz-rest)']", timeout=WAIT)
    expect(page.locator(".kz-legend").first).to_contain_text("ここにベンチがあれば", timeout=WAIT)
    heights = page.evaluate(
        "[...document.querySelectorAll('.st-key-q_walking label')].map(e => e.getBoundingClientRect().height)"
    )
    assert heights
