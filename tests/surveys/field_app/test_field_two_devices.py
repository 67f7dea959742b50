"""Two devices on one site, an older declaration, a saved file: both sides are kept, and told."""

import json
import re

import pytest
from browser_town import MARKS, WAIT
from field_town import Tablet, held_by, picture, prepare
from field_writing import (
    answer,
    begin,
    open_sending,
    received,
    save,
    send_now,
    wait_until_sent,
)
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

pytestmark = MARKS

# The declaration the device carries gets a question and a choice its server does not know.
OTHER_DECLARATION = """() => new Promise((give, fail) => {
  const asked = indexedDB.open("kayoi-field");
  asked.onerror = () => fail(asked.error);
  asked.onsuccess = () => {
    const rows = asked.result.transaction("pack", "readwrite").objectStore("pack");
    const got = rows.get("pack");
    got.onsuccess = () => {
      const pack = got.result, type = pack.types.find((one) => one.id === "bench");
      const back = type.fields.find((one) => one.id === "back");
      back.choices.push({id: "half", words: {ja: "半分だけ", en: "half"}});
      type.fields.splice(1, 0, {...back, id: "heated", words: {ja: "あたたかさ", en: "warmth"},
        choices: [{id: "warm", words: {ja: "ぬくい", en: "warm"}}]});
      pack.types_version = "another";
      rows.put(pack, "pack").onsuccess = () => { asked.result.close(); give(); };
    };
  };
})"""


@pytest.fixture
def second(tablet, field_town, tmp_path):
    made = Tablet(tablet.playwright, tablet.chromium, tmp_path / "second", field_town.address)
    yield made
    made.close()
    assert made.faults == []


def write_at(page, site_id, answers, note=""):
    """Write a record about a site that is carried, and keep it on the device."""
    page.goto(re.sub("#.*", "", page.url) + f"#/site/{site_id}")
    page.get_by_role("button", name="書く", exact=True).click()
    page.wait_for_function("() => location.hash.startsWith('#/draft/')", timeout=WAIT)
    for question, choice in answers:
        answer(page, question, choice)
    if note:
        page.get_by_label("気づいたこと", exact=True).fill(note)
    save(page)


def a_bench(page):
    """The first carried bench on which all that is pressed below is new."""
    (pack,) = held_by(page, "pack")
    return next(
        one["id"]
        for one in pack["sites"]
        if one["type"] == "bench"
        and one["flat"].get("back") == "yes"
        and one["flat"].get("condition") != "unusable"
        and one["flat"].get("armrest") != "unknown"
    )


def site_of(field_town, site_id):
    register = field_town.register()
    try:
        return register.site(site_id)
    finally:
        register.engine.dispose()


def test_an_answer_nobody_asks_any_more_is_kept_through_later_edits(tablet, field_town):
    page = prepare(tablet)
    page.evaluate(OTHER_DECLARATION)
    page.reload()
    begin(page, name="あたたかいベンチ")
    answer(page, "あたたかさ", "ぬくい")
    save(page)
    wait_until_sent(page)
    (one,) = received(field_town, "あたたかいベンチ")
    site_id = one["site_id"]
    assert one["state"] == "kept" and one["payload"]["patch"]["heated"] == "warm"
    assert site_of(field_town, site_id).state.flat["heated"] == "warm"
    # A later visit with today's declaration.
    page.goto(field_town.address + "/field/#/walk")
    page.get_by_role("button", name=re.compile("踏査を決めずに歩く")).click()
    page.wait_for_function("() => location.hash === '#/'", timeout=WAIT)
    write_at(page, site_id, [("背もたれ", "あり")])
    wait_until_sent(page)
    site = site_of(field_town, site_id)
    assert (site.state.flat["heated"], site.state.flat["back"]) == ("warm", "yes")


def test_a_choice_the_server_does_not_know_is_held_and_moved_into_the_findings(tablet, field_town):
    page = prepare(tablet)
    page.evaluate(OTHER_DECLARATION)
    page.reload()
    begin(page, name="半分のベンチ")
    answer(page, "背もたれ", "半分だけ")
    answer(page, "ひじかけ", "なし")
    save(page)
    wait_until_sent(page)
    expect(page.get_by_text("うち1件は、事務所で確かめてから記録になる")).to_be_visible(
        timeout=WAIT
    )
    (one,) = received(field_town, "半分のベンチ")
    assert one["state"] == "held" and one["payload"]["patch"]["back"] == "half"
    office = tablet.context.new_page()
    office.goto(field_town.address + "/received")
    card = office.locator(f".st-key-card_held_{one['id']}")
    expect(card).to_contain_text("半分のベンチ", timeout=2 * WAIT)
    expect(card.locator(".kz-fault")).to_contain_text("背もたれ")
    card.get_by_role("button", name="使えない答えを気づいたことに移して記録する").click()
    expect(office.get_by_text(re.compile(r"地点 \d+ に記録しました"))).to_be_visible(
        timeout=2 * WAIT
    )
    (one,) = received(field_town, "半分のベンチ")
    site = site_of(field_town, one["site_id"])
    assert one["state"] == "kept" and site.state.flat["armrest"] == "no"
    assert "back" not in site.state.flat and "half" in site.state.flat["note"]


def test_two_devices_on_one_site_keep_both_sides_and_one_press_settles(tablet, second, field_town):
    first_page, second_page = prepare(tablet), prepare(second)
    site_id = a_bench(first_page)
    before = site_of(field_town, site_id)
    for one in (tablet, second):
        one.context.set_offline(True)
    write_at(first_page, site_id, [("背もたれ", "なし"), ("いたみ", "使えない")])
    write_at(
        second_page, site_id, [("背もたれ", "不明"), ("ひじかけ", "不明")], note="二台目が見た"
    )
    for one, page in ((tablet, first_page), (second, second_page)):
        one.context.set_offline(False)
        wait_until_sent(page)
    site = site_of(field_town, site_id)
    assert list(site.state.conflicts) == ["back"]
    assert site.state.flat["condition"] == "unusable" and site.state.flat["armrest"] == "unknown"
    assert site.state.flat["note"] == "二台目が見た"
    (row,) = held_by(second_page, "outbox")
    assert row["answer"]["conflicts"] == ["back"]
    second_page.goto(field_town.address + f"/field/#/saved/{row['id']}")
    told = second_page.get_by_text("ほかの人の記録とちがう所があり、事務所で決める")
    expect(told).to_be_visible(timeout=WAIT)
    office = tablet.context.new_page()
    office.goto(field_town.address + "/received")
    expect(office.get_by_text("差分", exact=True)).to_be_visible(timeout=2 * WAIT)
    office.goto(field_town.address + f"/karte?site={site_id}")
    cards = office.locator("[class*=st-key-card_differ]")
    expect(cards).to_have_count(1, timeout=2 * WAIT)
    expect(cards.first).to_contain_text("なし")
    expect(cards.first).to_contain_text("不明")
    cards.first.get_by_role("button", name="これにする").first.click()
    expect(cards).to_have_count(0, timeout=2 * WAIT)
    settled = site_of(field_town, site_id)
    assert not settled.state.conflicts and settled.state.flat["back"] in ("no", "unknown")
    assert settled.state.head > before.state.head


def test_the_same_new_bench_of_two_devices_is_two_and_the_next_one_is_told(
    tablet, second, field_town
):
    pages = prepare(tablet), prepare(second)
    for one, page in zip((tablet, second), pages, strict=True):
        one.context.set_offline(True)
        begin(page, name="ふたりが見たベンチ")
        page.get_by_role("button", name="今いる所にする").click()
        page.get_by_role("button", name="ここで決める").click()
        save(page)
        one.context.set_offline(False)
        wait_until_sent(page)
    rows = received(field_town, "ふたりが見たベンチ")
    assert {one["state"] for one in rows} == {"kept"}
    assert len({one["site_id"] for one in rows}) == 2
    page = pages[0]
    page.goto(field_town.address + "/field/#/walk")
    page.get_by_role("button", name=re.compile("踏査を決めずに歩く")).click()
    page.wait_for_function("() => location.hash === '#/'", timeout=WAIT)
    begin(page, name="三つ目のベンチ")
    page.get_by_role("button", name="今いる所にする").click()
    page.get_by_role("button", name="ここで決める").click()
    near = page.get_by_text(re.compile("近くに「ふたりが見たベンチ」"))
    expect(near).to_have_count(2, timeout=WAIT)


def take_in(office, file, said):
    """Give the office's page a file; one that a page being drawn anew dropped is given again."""
    for tries in (1, 2, 3):
        given = office.locator("input[type=file]")
        try:
            expect(given).to_have_count(1, timeout=2 * WAIT)
            given.set_input_files(file)
            office.get_by_role("button", name="読みこむ", exact=True).click(timeout=WAIT)
            expect(office.get_by_text(said)).to_be_visible(timeout=WAIT)
        except (AssertionError, PlaywrightError):
            if tries == 3:
                raise
        else:
            return


def test_a_file_from_the_device_and_the_device_itself_come_to_one(tablet, field_town, tmp_path):
    page = prepare(tablet)
    tablet.context.set_offline(True)
    begin(page, name="ファイルのベンチ")
    page.locator(".shoot input[type=file]").set_input_files(picture(31))
    expect(page.locator(".shot:not(.busy)")).to_have_count(1, timeout=WAIT)
    save(page)
    begin(page, name="途中のベンチ")
    open_sending(page)
    with page.expect_download(timeout=WAIT) as waiting:
        page.get_by_role("button", name="ファイルに保存する").click()
    expect(page.locator("#told")).to_contain_text("記録2件・写真1枚を", timeout=WAIT)
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert len(json.loads(file.read_text())["submissions"]) == 2
    tablet.context.set_offline(False)
    page.goto("about:blank")
    office = tablet.context.new_page()
    office.goto(field_town.address + "/received")
    for said in (
        "新しく記録 1件・もう届いていた 0件・預かった 1件",
        "新しく記録 0件・もう届いていた 2件・預かった 0件",
    ):
        take_in(office, file, said)
    page = tablet.open()
    wait_until_sent(page)
    (one,) = received(field_town, "ファイルのベンチ")
    assert one["state"] == "kept"
    versions = field_town.rows("select id from version")
    assert versions.count({"id": one["id"]}) == 1
    (photo,) = one["payload"]["photos"]
    assert {"id": photo} in field_town.rows("select id from received_photo")
    page.goto(field_town.address + "/field/#/")
    page.get_by_text("の続きを書く").click()
    save(page)
    send_now(page)
    expect(page.get_by_text("送っていないものはない")).to_be_visible(timeout=WAIT)
    (draft,) = field_town.rows("select * from received where id like '%-%'")
    assert draft["state"] == "held", "as nobody had finished it"
    assert json.loads(draft["payload"])["patch"]["name"] == "途中のベンチ"
    (one,) = [one for one in received(field_town, "途中のベンチ") if one["id"] != draft["id"]]
    assert one["state"] == "kept"
