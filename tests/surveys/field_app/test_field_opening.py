"""The field app opens on the walk of the day, asks once who writes, and ties a new bench to the map; without signal."""

from browser_town import MARKS, WAIT
from field_look import go, pack_of
from field_town import ROLE, held_by, prepare, show_town
from field_writing import begin, save, wait_until_sent
from playwright.sync_api import expect

from surveys.store.claims import list_claims

pytestmark = MARKS


def test_it_opens_on_the_nearest_walk_and_the_town_waits_behind_a_second_button(tablet):
    page = prepare(tablet, town=False)
    (nearest, *others) = pack_of(page)["walks"]
    expect(page.locator("#headsub")).to_have_text(nearest["title"])
    tablet.context.set_offline(True)
    page.reload()
    expect(page.locator(".upnext")).to_be_visible(timeout=WAIT)
    assert page.get_by_role("heading", name="だれが書きますか").count() == 0, "asked once"
    show_town(page)
    page.reload()
    expect(page.locator("#seek")).to_be_visible(timeout=WAIT)
    go(page, "#/walk", "#main button.row")
    page.locator("#main button.row").filter(has_text=others[0]["title"]).click()
    expect(page.locator("#headsub")).to_have_text(others[0]["title"], timeout=WAIT)
    page.reload()
    expect(page.locator("#headsub")).to_have_text(others[0]["title"], timeout=WAIT)


def test_a_new_bench_is_tied_to_the_maps_outdoors_and_the_register_has_the_answers(
    tablet, field_town
):
    page = prepare(tablet, town=False)
    pack = pack_of(page)
    first, second = sorted(
        (one for one in pack["free"] if one["kind"] == "bench"), key=lambda one: one["lon"]
    )[-2:]
    tablet.context.set_offline(True)
    at = {"longitude": first["lon"] - 0.0001, "latitude": first["lat"], "accuracy": 6}
    tablet.context.set_geolocation(at)
    go(page, "#/", ".upnext")
    page.wait_for_timeout(500)
    begin(page, name="地図のベンチ")
    card = page.locator(".tie .card")
    expect(card).to_contain_text("同じ所か", timeout=WAIT)
    expect(card).to_contain_text("ほかに1か所")
    card.get_by_role("button", name="あとで").click()
    expect(card).to_have_attribute("data-key", second["place_id"], timeout=WAIT)
    card.get_by_role("button", name="ちがう").click()
    expect(card).to_contain_text("「あとで」にした", timeout=WAIT)
    page.reload()
    expect(card).to_contain_text("「あとで」にした", timeout=WAIT)
    card.get_by_role("button", name="これと同じ").click()
    expect(card).to_contain_text("と同じ所", timeout=WAIT)
    save(page)
    (row,) = held_by(page, "outbox")
    said = {(one["place_id"], one["same"]) for one in row["submission"]["claims"]}
    assert said == {(second["place_id"], False), (first["place_id"], True)}
    tablet.context.set_offline(False)
    wait_until_sent(page)
    register = field_town.register()
    try:
        kept = [one for one in list_claims(register) if one.site_id == row["submission"]["site_id"]]
        assert {(one.place_id, one.same, one.by) for one in kept} == {
            (second["place_id"], False, ROLE), (first["place_id"], True, ROLE),
        }  # fmt: skip
    finally:
        register.engine.dispose()
