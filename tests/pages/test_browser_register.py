"""The register in a real browser: written, looked at, settled, brought in and printed."""

import re

import pytest
import shapely
from browser_town import MARKS, WAIT, map_frame
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect
from register_strategies import HOSTILE

from geo.base import marks
from surveys.photos.draw import draw_scene
from surveys.record.compose import Written, compose
from surveys.record.history import NOTHING, Origin
from surveys.record.site import find_type
from surveys.store.listing import SiteQuery, list_sites
from surveys.store.register import open_register

pytestmark = MARKS
SEEN = Origin(source="surveyed", sure="sure", by="生活支援コーディネーター", on="2026-11-01")


@pytest.fixture
def town_register(demo_address, demo_folder):
    """The served town's register, opened beside the server."""
    made = open_register(demo_folder)
    yield made
    made.engine.dispose()


def settle(page):
    """Wait until the page has answered what was done last."""
    page.wait_for_timeout(200)
    page.wait_for_function(
        "() => !document.querySelector('[data-testid=stApp][data-test-script-state=running]')",
        timeout=WAIT,
    )
    page.wait_for_timeout(200)


def press(page, name, which=0):
    page.get_by_role("button", name=name).nth(which).click()
    settle(page)


def choose(place, label, choice):
    group = place.get_by_role("radiogroup", name=label)
    group.get_by_role("radio", name=choice, exact=True).click()
    settle(getattr(place, "page", place))


def write(place, label, text):
    place.get_by_label(label, exact=True).fill(text)
    page = getattr(place, "page", place)
    page.keyboard.press("Tab")
    settle(page)


def card(page, field, number):
    return page.locator(f"[class*='_{field}_'][class*=st-key-card]").nth(number - 1)


def reload(page):
    page.reload()
    page.wait_for_selector("text=公園カルテを書く", timeout=WAIT)
    page.wait_for_selector(".kz-itemhead", timeout=WAIT)
    settle(page)


def attach(page, scope, number):
    picture = {
        "name": f"p{number}.png",
        "mimeType": "image/png",
        "buffer": draw_scene("bench", seed=number),
    }
    # A page that is being drawn anew drops the field, and the file in it: a person would try again.
    for tries in (1, 2, 3):
        scope.locator("input[type=file]").last.set_input_files(picture)
        try:
            page.wait_for_function(
                "n => document.querySelectorAll(\"img[src^='/photos/']\").length >= n",
                arg=number,
                timeout=WAIT / 3,
            )
            break
        except PlaywrightTimeout:
            if tries == 3:
                raise
            settle(page)
    settle(page)


def add_site(register, site_id, type_id, answers, at=(139.5, 35.3), **more):
    type_ = find_type(type_id)
    written = Written(
        version_id=f"v-{site_id}", record_id=f"v-{site_id}", site_id=site_id, kind="visit", origin=SEEN,
        made_at="2026-11-01T00:00:00Z", answers=answers, place=shapely.Point(*at), **more,
    )  # fmt: skip
    version, faults = compose(type_, NOTHING, written)
    assert faults == []
    return register.save(version)


def test_a_whole_park_is_written_with_two_reloads_and_nothing_is_lost(visit, town_register):
    page = visit("/record?type=park")
    page.wait_for_selector("text=公園カルテを書く", timeout=WAIT)
    settle(page)
    write(page, "名前", "こかげ児童公園")
    choose(page, "トイレ", "使える")
    box = page.locator(".kz-map").first.bounding_box()
    map_frame(page)
    page.mouse.click(box["x"] + 220, box["y"] + 180)
    expect(page.get_by_text("場所を決めました")).to_be_visible(timeout=WAIT)
    for number in range(1, 7):
        press(page, "＋ ベンチを1台たす")
        choose(card(page, "benches", number), "背もたれ", "あり" if number % 2 else "なし")
    reload(page)
    expect(page.locator("[class*='_benches_'][class*=st-key-card]")).to_have_count(6, timeout=WAIT)
    press(page, "＋ トイレを1か所たす")
    press(page, "＋ 坂・段差・階段を1か所たす")
    press(page, "前と同じものをたす", which=2)
    last = page.locator(".st-key-card_last")
    for number in (1, 2, 3):
        attach(page, last, number)
    reload(page)
    write(last, "気づいたこと", "ベンチ1は体操の帰りに使う人が多い。{{7*191}} =1+1")
    press(page, "保存する")
    expect(page.locator(".kz-saved")).to_contain_text("保存済み", timeout=WAIT)
    sites, total = list_sites(town_register, SiteQuery(words="こかげ児童公園"))
    assert total == 1
    answers = sites[0].answers
    assert [one["back"] for one in answers["benches"]] == ["yes", "no"] * 3
    assert (
        len(answers["toilets"]) == 1 and len(answers["slopes"]) == 2 and len(answers["photos"]) == 3
    )
    assert answers["toilet"] == "usable" and answers["note"].endswith("{{7*191}} =1+1")
    assert sites[0].place.geom_type == "Point"
    assert all(town_register.photos.has(one["id"]) for one in answers["photos"])
    page.get_by_role("link", name="カルテを見る").click()
    expect(page.locator("h1")).to_have_text("こかげ児童公園", timeout=WAIT)
    expect(page.locator(".kz-facts").last).to_contain_text("{{7*191}} =1+1", timeout=WAIT)


def test_the_list_finds_filters_and_hands_on(visit):
    page = visit("/sites")
    page.wait_for_selector(".kz-list tbody tr", timeout=WAIT)
    frame = map_frame(page)
    frame.wait_for_selector(".kz-site", timeout=WAIT)
    before = int(page.locator(".kz-read b").first.inner_text().replace(",", ""))
    page.get_by_label("ことばでさがす").fill("中央")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "n => parseInt(document.querySelector('.kz-read b').innerText) < n",
        arg=before,
        timeout=WAIT,
    )
    expect(page.locator(".kz-list")).to_contain_text("中央公園", timeout=WAIT)
    settle(page)
    with page.expect_download(timeout=WAIT) as waiting:
        page.locator("[data-testid=stDownloadButton] button").first.click()
    assert waiting.value.path().read_bytes()[:2] == b"PK"


def test_two_who_differ_are_shown_and_one_press_settles_each(visit, town_register):
    sites, total = list_sites(town_register, SiteQuery(differing=True))
    assert total == 1
    page = visit(f"/karte?site={sites[0].id}")
    page.wait_for_selector("text=2人が別のことを書きました", timeout=WAIT)
    differing = len(sites[0].state.conflicts)
    for left in range(differing, 0, -1):
        expect(page.locator("[class*=st-key-card_differ]")).to_have_count(left, timeout=WAIT)
        page.locator("[class*=st-key-card_differ]").first.get_by_role(
            "button", name="これにする"
        ).nth(1).click()
        expect(page.locator("[class*=st-key-card_differ]")).to_have_count(left - 1, timeout=WAIT)
    assert not town_register.site(sites[0].id).state.conflicts


def test_a_site_is_confirmed_by_one_tap(visit, town_register):
    site = list_sites(town_register, SiteQuery(types=("park",)))[0][0]
    page = visit(f"/karte?site={site.id}")
    page.get_by_role("button", name="確認した、変わりなし").click(timeout=WAIT)
    expect(page.locator(".kz-sub")).to_contain_text("今日", timeout=WAIT)
    after = town_register.site(site.id)
    assert after.state.visits == site.state.visits + 1
    assert after.state.flat == site.state.flat


def test_hostile_text_is_shown_as_typed_and_breaks_nothing(visit, town_register):
    texts = [text for text in HOSTILE if len(text) < 200]
    home = list_sites(town_register, SiteQuery(words="中央公園"))[0][0].place
    for at, text in enumerate(texts):
        name = f"わな{at} {text}"
        add_site(
            town_register,
            f"trap{at}",
            "park",
            {"name": name, "note": text},
            (home.x + at * 1e-4, home.y),
        )
    page = visit("/sites")
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.get_by_label("ことばでさがす").fill("わな")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => document.querySelector('.kz-list')?.innerText.includes('わな0')", timeout=WAIT
    )
    frame = map_frame(page)
    groups, signs = frame.locator(".kz-group"), frame.locator(".kz-site")
    for _ in range(20):  # they lie side by side: a group's sign leads nearer
        if signs.count() and not groups.count():
            break
        if groups.count():
            groups.first.click()
        page.wait_for_timeout(900)  # while it is drawn anew there are neither
    frame.wait_for_selector(".kz-site", timeout=WAIT)
    titles = frame.eval_on_selector_all(".kz-site", "all => all.map(one => one.title)")
    shown = page.inner_text(".kz-list")
    assert any("{{7*191}}" in title for title in titles)
    assert "1337" not in shown and not any("1337" in title for title in titles)
    folded = re.sub(r"\s+", "", shown)
    sites, _ = list_sites(town_register, SiteQuery(words="わな"), limit=30)  # the first page
    assert all(re.sub(r"\s+", "", marks.shown(site.title)) in folded for site in sites)
    page.goto(page.url.split("/sites")[0] + "/karte?site=trap0")
    page.wait_for_selector(".kz-facts", timeout=WAIT)
    page.goto(page.url.split("/karte")[0] + "/print/karte/trap0")
    assert dialogs == [] and page.evaluate("window.__ran === undefined")


@pytest.mark.parametrize("kind", ["karte", "walk", "list", "form"])
def test_sheets_print_without_scripts_on_a4(visit, town_register, kind):
    site = list_sites(town_register, SiteQuery(words="中央公園"))[0][0]
    walk = next(
        id_
        for id_ in town_register.site_ids()
        if "walk" in id_ or town_register.site(id_).type.id == "walk"
    )
    path = {
        "karte": f"/print/karte/{site.id}", "walk": f"/print/walk/{walk}", "list": "/print/list?type=toilet",
        "form": "/print/form/park",
    }[kind]  # fmt: skip
    page = visit("/record")
    answer = page.request.get(page.url.split("/record")[0] + path, max_retries=2)
    assert answer.ok and "<script" not in answer.text()
    page.goto(page.url.split("/record")[0] + path)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert 1 <= pages <= {"karte": 3, "walk": 4, "list": 3, "form": 3}[kind]
    assert page.evaluate(
        "[...document.images].every((one) => one.complete && one.naturalWidth > 0)"
    )
