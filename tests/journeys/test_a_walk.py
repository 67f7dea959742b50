"""A walk: a gap, a plan on paper, outdoors without signal, the register, and whom it moved."""

import re
from dataclasses import dataclass

import pytest
from browser_town import MARKS, WAIT, map_frame
from field_town import ROLE, held_by, picture, prepare
from field_writing import answer, begin, received, save, wait_until_sent
from playwright.sync_api import expect

from surveys.record.walk import WALK
from surveys.store.listing import SiteQuery, list_sites

pytestmark = MARKS

NAME = "届かない所を歩く"
PARK_NOTE, BENCH, SALON = "木かげが増えた。", "坂の途中のベンチ", "新しい朝の会"
WHY_CLOSED = "3月で終わったと貼り紙。"
WHY_UNSEEN = "橋が工事中。"
RECORDS, PHOTOS = 5, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A place of the register before the walk."""

    id: str
    title: str
    place: object


@pytest.fixture
def known(field_town):
    """A park and a salon that the register knows."""
    register = field_town.register()
    try:
        found = [
            list_sites(register, SiteQuery(types=(type_,)))[0][0]
            for type_ in ("park", "salon", "shop")
        ]
        return [Known(id=one.id, title=one.title, place=one.place) for one in found]
    finally:
        register.engine.dispose()


@pytest.fixture
def office(browser, field_town):
    """The office's browser; nothing on its pages may fail."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def test_what_was_found_outdoors_is_in_the_register(office, tablet, field_town, known):
    find_the_gap(office, field_town)
    walk_id = plan_the_walk(office, field_town, known)
    print_the_plan(office, field_town, walk_id, known)
    page = take_along(tablet, known)
    field_town.kill()
    write_outdoors(page, known)
    field_town.start()
    wait_until_sent(page)
    see_the_receipt(office, field_town)
    see_the_list(office, field_town)
    see_what_became_of_each(office, field_town, walk_id, known)
    see_how_far_the_walk_is(office, field_town, walk_id)
    see_that_the_sentence_moved(office, field_town, known)


def find_the_gap(office, field_town):
    """The sentence says how many are out of reach, the first area of the table says where."""
    office.goto(field_town.address + "/coverage")
    sentence = office.locator(".kz-read").first
    expect(sentence).to_contain_text(
        re.compile(r"通いの場がない65歳以上：\s*[1-9]"), timeout=2 * WAIT
    )
    expect(office.locator(".kz-table tbody tr").first).to_be_visible(timeout=WAIT)
    frame = map_frame(office)
    frame.wait_for_selector(".kz-plate", timeout=WAIT)
    plate = frame.locator(".kz-plate span", has_text="1").first.bounding_box()
    office.mouse.click(plate["x"] + 20, plate["y"] + 60)
    expect(office.locator(".st-key-card_area")).to_contain_text("届かない人", timeout=WAIT)


def plan_the_walk(office, field_town, known):
    """Plan a walk to the places known there; returns its id."""
    office.goto(field_town.address + "/walks")
    office.get_by_role("button", name="踏査を計画する").click(timeout=2 * WAIT)
    expect(office.locator("h1")).to_have_text("どこを、どの順に歩くか", timeout=WAIT)
    office.get_by_label(WALK.field("name").words.ja).first.fill(NAME)
    office.keyboard.press("Tab")
    settle(office)
    office.get_by_text("記録のある所すべて", exact=True).click()
    settle(office)
    for count, one in enumerate(known, start=1):
        office.get_by_label("ことばでさがす").fill(one.title)
        office.keyboard.press("Enter")
        settle(office)
        choices = office.locator(".st-key-walk_lists [data-testid=stCheckbox] label")
        choices.filter(has_text=one.title).first.click(timeout=WAIT)
        expect(office.locator(".kz-read b").first).to_have_text(str(count), timeout=WAIT)
    settle(office)
    office.get_by_role("button", name="保存する").click()
    expect(office.locator("h1")).to_have_text(NAME, timeout=WAIT)
    return re.search(r"walk=([^&]+)", office.url)[1]


def settle(page):
    """Wait until the page has answered what was done last."""
    page.wait_for_timeout(300)
    page.wait_for_function(
        "() => !document.querySelector('[data-testid=stApp][data-test-script-state=running]')",
        timeout=WAIT,
    )


def print_the_plan(office, field_town, walk_id, known):
    expect(office.get_by_role("link", name="印刷する").first).to_be_visible(timeout=WAIT)
    office.goto(f"{field_town.address}/print/walk/{walk_id}?lang=ja")
    sheet = office.inner_text("body")
    assert all(text in sheet for text in (NAME, *(one.title for one in known)))
    pages = office.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pages)) >= 1


def take_along(tablet, known):
    page = prepare(tablet)
    at = known[0].place.centroid
    tablet.context.set_geolocation({"longitude": at.x, "latitude": at.y, "accuracy": 6})
    go(page, "#/walk")
    page.get_by_role("button", name=re.compile(NAME)).click()
    page.wait_for_function("() => location.hash === '#/'", timeout=WAIT)
    (pack,) = held_by(page, "pack")
    assert pack["walk"]["title"] == NAME
    assert set(pack["walk"]["places"]) == {one.id for one in known}
    expect(page.locator("#head h1")).to_contain_text(f"{len(known)}か所", timeout=WAIT)
    expect(page.locator(".counted")).to_contain_text(f"予定した{len(known)}か所のうち 0か所")
    return page


def go(page, address):
    page.goto(re.sub("#.*", "", page.url) + address)


def write_outdoors(page, known):
    """A park seen, a bench and a salon found, a salon that is no more, a shop nobody got to."""
    park, closed, shop = known
    go(page, f"#/site/{park.id}")
    page.get_by_role("button", name="書く", exact=True).click()
    page.wait_for_function("() => location.hash.startsWith('#/draft/')", timeout=WAIT)
    page.get_by_label("気づいたこと", exact=True).fill(PARK_NOTE)
    save(page)
    begin(page, "ベンチ", BENCH)
    answer(page, "背もたれ", "あり")
    page.locator(".shoot input[type=file]").set_input_files(picture(7))
    expect(page.locator(".shot:not(.busy)")).to_have_count(1, timeout=WAIT)
    save(page)
    begin(page, "通いの場", SALON)
    answer(page, "入口の段差", "なし")
    save(page)
    go(page, f"#/site/{closed.id}")
    page.locator("a, button").filter(has_text="ない・閉まった").first.click()
    page.locator("#reason").fill(WHY_CLOSED)
    page.get_by_role("button", name="閉まった").click()
    expect(page.get_by_text("閉まった、と保存した")).to_be_visible(timeout=WAIT)
    go(page, f"#/site/{shop.id}")
    page.get_by_role("link", name="見られなかった").click()
    page.locator("#reason").fill(WHY_UNSEEN)
    page.get_by_role("button", name="通れなかった").click()
    expect(page.locator(".counted")).to_have_text(
        "予定した3か所のうち 1か所を見た・1か所は閉まった・見つからない・1か所は見られなかった",
        timeout=WAIT,
    )
    heads = page.locator("#main h2").all_inner_texts()
    assert [one for one in heads if "か所" in one] == [
        "閉まった・見つからない所　1か所", "途中でたした所　2か所",
    ]  # fmt: skip


def see_the_receipt(office, field_town):
    office.goto(field_town.address + "/received")
    told = f"端末 {RECORDS}件・写真 {PHOTOS}枚 ＝ サーバー {RECORDS}件・{PHOTOS}枚"
    expect(office.get_by_text(told).first).to_be_visible(timeout=2 * WAIT)


def see_the_list(office, field_town):
    for name in (BENCH, SALON):
        office.goto(field_town.address + "/sites")
        office.get_by_label("ことばでさがす").fill(name, timeout=2 * WAIT)
        office.keyboard.press("Enter")
        expect(office.locator(".kz-list tbody tr")).to_have_count(1, timeout=WAIT)
        expect(office.locator(".kz-list")).to_contain_text(name, timeout=WAIT)


def see_what_became_of_each(office, field_town, walk_id, known):
    park, closed, _ = known
    (bench,), (salon,) = (received(field_town, name) for name in (BENCH, SALON))
    for site_id, title, told in (
        (park.id, park.title, PARK_NOTE),
        (bench["site_id"], BENCH, "背もたれ"),
        (salon["site_id"], SALON, "入口の段差"),
        (closed.id, closed.title, WHY_CLOSED),
    ):
        office.goto(f"{field_town.address}/karte?site={site_id}")
        expect(office.locator("h1")).to_have_text(title, timeout=2 * WAIT)
        expect(office.locator("[data-testid=stMain]")).to_contain_text(told, timeout=WAIT)
    register = field_town.register()
    try:
        assert register.site(closed.id).state.status["is"] == "closed"
        of_walk = {one.site_id for one in register.versions_of_walk(walk_id)}
        assert of_walk == {park.id, closed.id, bench["site_id"], salon["site_id"]}
        wrote = {one.origin.by for one in register.versions_of_walk(walk_id)}
        assert wrote == {ROLE}, "histories say who wrote: the role that was asked for once"
        (photo,) = register.site(bench["site_id"]).answers["photos"]
        assert register.photos.has(photo["id"])
    finally:
        register.engine.dispose()


def see_how_far_the_walk_is(office, field_town, walk_id):
    """All that was planned is told of, what was added and found closed stands apart."""
    office.goto(f"{field_town.address}/walks?walk={walk_id}")
    main = office.locator("[data-testid=stMain]")
    expect(main.locator(".kz-sub")).to_contain_text("おわった", timeout=2 * WAIT)
    expect(main.locator(".kz-read")).to_have_text(
        "予定した3か所のうち、見た所 1か所、閉まった・見つからない所 1か所、見られなかった所 1か所。"
        "ほかに、途中でたした所 2か所。"
    )
    expect(main.locator("h3.kz-items")).to_have_text(
        ["予定した所　2か所", "途中でたした所　2か所", "閉まった・見つからない所　1か所"],
        timeout=WAIT,
    )
    expect(main).to_contain_text(f"通れなかった：{WHY_UNSEEN}")


def see_that_the_sentence_moved(office, field_town, known):
    """Back at the figures: what is new and gone since the first look, and whom that concerns."""
    office.goto(field_town.address + "/coverage")
    told = office.locator(".st-key-card_since")
    expect(told).to_contain_text(f"新しい1（{SALON}）", timeout=2 * WAIT)
    expect(told).to_contain_text(f"数えなくなった1（{known[1].title} 閉まった）")
    told.get_by_role("link", name="だれに届くようになったか").click()
    expect(office.locator("h1")).to_have_text(
        "だれに届くようになり、だれに届かなくなったか", timeout=2 * WAIT
    )
    expect(office.locator(".st-key-why")).to_contain_text(known[1].title, timeout=2 * WAIT)
    office.go_back()
    told.get_by_role("button", name="見た").click(timeout=2 * WAIT)
    expect(told).to_have_count(0, timeout=WAIT)
