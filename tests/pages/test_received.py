"""The page of what devices sent."""

import json

from received_page import sending_device, text_of, town_register, visit  # noqa: F401 - fixtures
from register_fixtures import new_version
from sync_device import photo, saved, sha, submission

from pages.parts.received.tracks import dump_tracks
from surveys.store.bring_back import bring_back
from surveys.store.devices import Contact, Track, list_tracks
from surveys.store.field_receipts import list_received
from surveys.sync.saved_file import parse_saved_file


def press(page, key):
    page.button(key=key).click().run()
    assert not page.exception, page.exception
    return page


def test_where_nothing_came_there_is_a_sentence_and_a_way_to_begin(register):
    text = text_of(visit())
    assert "まだ何も届いていません" in text and "/field/" in text
    assert "Nothing has come" in text_of(visit(lang="en"))


def test_a_receipt_is_told_in_words_green_when_all_is_here_and_red_when_not(device):
    one, shot = submission(), photo(1)
    device.photo(shot)
    device.record(one)
    device.receipt([one["id"]], [sha(shot)])
    text = text_of(visit())
    assert "端末A　令和8年11月21日　端末 1件・写真 1枚 ＝ サーバー 1件・1枚" in text
    assert one["id"] in text and sha(shot) in text, "the numbers of all that came"
    assert "color:#2C6E49" in text and "style='color:#B8431A" not in text
    device.receipt([one["id"], "e" * 32], [sha(shot)])
    text = text_of(visit())
    assert "≠ サーバー 1件・1枚" in text and "style='color:#B8431A" in text and "e" * 32 in text


def test_what_a_device_still_holds_is_told(device):
    device.hello(records=3, photos=2, drafts=1, sites=40, walk_title="<b>東町</b>")
    text = text_of(visit())
    assert "端末Aに まだ 記録3件・写真2枚・書きかけ1件 残っている" in text
    assert "<b>東町" not in text and "40か所" in text


def test_a_held_record_is_moved_into_the_findings_and_kept(device, register):
    one = submission(title="{{7*7}}<script>", patch={"name": "公園", "toilet": "old_choice"})
    device.record(one)
    page = visit()
    assert "トイレ：選択肢にありません" in text_of(page) and "<script>" not in text_of(page)
    press(page, f"rc_again_{one['id']}")
    assert "預かったまま" in text_of(page)
    press(page, f"rc_move_{one['id']}")
    number = register.site(one["site_id"]).number
    assert f"地点 {number} に記録しました" in text_of(page)
    assert list_received(register, state="held") == []
    assert "old_choice" in register.versions(one["site_id"])[0].patch["note"]


def test_a_record_of_an_unknown_type_offers_no_moving(device):
    one = submission(type="spaceship")
    device.record(one)
    keys = [button.key for button in visit(lang="en").button]
    assert f"rc_again_{one['id']}" in keys and f"rc_move_{one['id']}" not in keys


def test_a_photo_nobody_can_open_is_shown(device):
    device.photo(b"no photo")
    assert "写真として読めません" in text_of(visit())


def test_the_sites_where_records_met_are_linked(device, register):
    register.save(new_version("s1", {"name": "元"}))
    register.save(new_version("s1", {"name": "役所"}, before=register.site("s1").state))
    one = submission(site_id="s1", base=1, patch={"name": "端末"})
    del one["place"]
    device.record(one)
    text = text_of(visit())
    assert "site=s1" in text and "端末Aの記録と、ほかの記録がちがう" in text


def test_a_track_is_shown_and_deleted(device, register):
    moment = "2026-11-21T01:00:00Z"
    device.track("t1", [[139.9, 35.6, 5, moment], [139.9, 35.609, 5, moment]])
    page = visit()
    assert "1.0km・2点" in text_of(page)
    press(page, "rc_untrack_t1")
    assert list_tracks(register) == [] and "歩いた跡を消しました" in text_of(page)


def test_a_file_taken_in_is_told_as_it_came_out(device, register):
    contact = Contact(device_id="", account_id=None, now="2026-11-21T01:42:00.000Z")
    rows = [submission(title="書きかけの公園", unfinished=True)]
    bring_back(register, parse_saved_file(saved(rows)), contact)
    text = text_of(visit())
    assert "書きかけの公園" in text and "途中の記録です" in text


def test_lines_walked_become_geojson_without_heights_and_moments():
    moment = "2026-11-21T01:00:00Z"
    tracks = [
        Track(
            id=id_, device_id="d", account_id=None, walk_id=walk, day="2026-11-21",
            received_at=moment, points=points,
        )
        for id_, walk, points in (
            ("t1", None, [[139.9, 35.6, 5, moment], [139.9, 35.609, 5, moment]]),
            ("t2", "w", [[139.9, 35.6, 5, moment]]),
        )
    ]  # fmt: skip
    told = json.loads(dump_tracks(tracks))
    assert told["type"] == "FeatureCollection"
    (line,) = told["features"]  # one point is no line
    assert line["id"] == "t1"
    assert line["properties"] == {"day": "2026-11-21", "walk_id": None, "points": 2}
    assert line["geometry"]["coordinates"] == [[139.9, 35.6], [139.9, 35.609]]
