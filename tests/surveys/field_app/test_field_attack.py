"""What a device, a saved file or a record's text may try on the office's page and the pack."""

import base64
import json
from itertools import pairwise

import pytest
from long_texts import LONG_CONTACTS
from received_page import sending_device, text_of, town_register, visit  # noqa: F401 - fixtures
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from sync_device import Device, submission

from pages.parts.received.file import say_result
from surveys.api import bodies
from surveys.api.arriving import Arriving
from surveys.record.private_text import says_contact
from surveys.store.bring_back import BroughtBack
from surveys.store.devices import list_tracks
from surveys.store.field_receipts import list_received
from surveys.sync.saved_file import parse_saved_file

HOSTILE = "\u202e<img src=x onerror=alert(1)>{{7*191}}${7*191}**b**</p><script>1</script>"
POINTS = [[139.89, 35.64, 5, "2026-11-21T01:00:00Z"], [139.9, 35.65, 5, "2026-11-21T01:00:09Z"]]


@pytest.mark.parametrize("day", ["0001-01-01", "1970-01-01", "9999-12-31"])
def test_a_device_whose_clock_is_years_off_does_not_blank_the_page(device, day):
    device.hello(
        records=1, walk_title=HOSTILE, erased_at=f"{day}T23:59:59Z", photos=0, drafts=0, sites=3
    )
    assert device.receipt(["0" * 32], day=day)["matches"] is False
    assert device.track("t1", POINTS, day=day).status_code == 200
    for lang, missing in (("ja", "足りない"), ("en", "missing")):
        said = text_of(visit(lang=lang))
        assert "<img" not in said and "1337" not in said and missing in said
        assert "\u202e" not in said


def test_every_text_of_a_held_record_reaches_the_office_as_text(device, register):
    for more in (
        {"title": HOSTILE, "label": HOSTILE[:30], "type": HOSTILE[:30]},
        {"title": HOSTILE, "patch": {HOSTILE: 1, "benches/<b>/x": 1}},
        {"title": HOSTILE, "patch": {"toilet": HOSTILE, "benches/a1": 1, "benches/a1/back": HOSTILE}},
        {"title": HOSTILE, "site_id": HOSTILE, "record_id": HOSTILE, "by": HOSTILE},
        {"title": HOSTILE, "patch": {"photos": [{"id": "0" * 64, "caption": HOSTILE}]}},
    ):  # fmt: skip
        assert device.record(submission(**more), query="?wait=no").json()["state"] == "held"
    broken = HOSTILE.encode() * 3
    assert device.photo(broken).json()["state"] == "held"
    assert len(list_received(register, state="held")) == 5
    for lang in ("ja", "en"):
        said = text_of(visit(lang=lang))
        assert "<img" not in said and "<script" not in said and "onerror" in said
        assert "1337" not in said and "\u202e" not in said


# ---- the saved file -----------------------------------------------------------------------


def file_of(rows, photos=(), **more):
    return json.dumps(
        {"format": 1, "device": {"id": "d" * 32}, "submissions": rows, "photos": list(photos)}
        | more
    ).encode()


def test_records_of_a_file_come_each_after_the_one_it_follows():
    rows = [submission() for _ in range(300)]
    for before, one in pairwise(rows):
        one["after"] = before["id"]
    saved = parse_saved_file(file_of(rows[::-1]))
    assert [one.id for one in saved.sent] == [one["id"] for one in rows]


def test_records_that_follow_each_other_in_a_ring_are_all_read():
    rows = [submission() for _ in range(4)]
    for at, one in enumerate(rows):
        one["after"] = rows[at - 1]["id"]
    rows.append(submission(after=rows[0]["id"]))
    rows.append(rows[0])
    saved = parse_saved_file(file_of(rows))
    assert sorted(one.id for one in saved.sent) == sorted(one["id"] for one in rows)


def test_one_endless_number_costs_no_other_record_of_a_file():
    good = submission()
    text = (
        file_of([good, submission(base=77)])
        .decode()
        .replace('"base": 77', '"base": ' + "7" * 5_000)
    )
    saved = parse_saved_file(text.encode())
    assert saved.sent[0].submission is not None and len(saved.sent) == 2
    assert saved.sent[1].submission is None and saved.sent[1].faults


@pytest.mark.timeout(60)
def test_ten_thousand_broken_photos_are_told_in_a_few_lines():
    broken = [{"id": "0" * 64, "base64": base64.b64encode(b"x").decode()}] * 10_000
    faults = parse_saved_file(file_of([], broken)).faults
    assert len(faults) == 10_000
    said = say_result(BroughtBack(new=0, again=0, held=0, photos=0, faults=faults))
    assert len(said.ja) < 2_000 and "ほか 9,980件" in said.ja and "9,980 more" in said.en


# ---- bodies --------------------------------------------------------------------------------


def test_a_body_that_says_it_is_too_large_is_not_read(monkeypatch, tmp_path):
    read = []

    async def take(request: Request):
        stream = request.stream

        async def watched():
            async for part in stream():
                read.append(part)
                yield part

        monkeypatch.setattr(request, "stream", watched)
        try:
            async with Arriving(tmp_path, 10) as came:
                await came.take(request)
                return PlainTextResponse(str(came.size))
        except bodies.TooLargeError:
            return PlainTextResponse("too large", 413)

    client = TestClient(Starlette(routes=[Route("/", take, methods=["PUT"])]))
    assert client.put("/", content=b"x" * 11).status_code == 413 and not read
    assert client.put("/", content=iter([b"x"] * 11)).status_code == 413 and read
    for told in ("9" * 5_000, b"\xb2", "-1", "1e9", ""):
        answer = client.put("/", content=b"x", headers={"Content-Length": told})
        assert answer.status_code in (200, 413), told


# ---- the pack ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["電話 22-3456", "TEL:32-1234", "☎32−1234", "携帯は１２３４５６７８", "ＦＡＸ ２２－３４５６",
     "090,1234,5678", "090、1234、5678", "0 9 0 1 2 3 4 5 6 7 8", "0-９-０-1-2-3-4-5-6-7-8",
     "0081-90-1234-5678", "010-81-90-1234-5678"],
)  # fmt: skip
def test_numbers_in_odd_writings_stay_in_the_office(text):
    assert says_contact(text) and says_contact(f"鍵は当番へ。{text}（朝だけ）")


@pytest.mark.parametrize(
    "text",
    ["電話 2026-11-21に確認", "電話で2026年に確認", "自宅から徒歩15分", "電話1台", "0, 5, 10, 15, 20",
     "0 5 1 0 1 5", "08:05,08:15,08:25", "連絡先 2026/11/21", "hotel 1234", "電話ボックス 0123",
     "138.0965432,34.7154321", "0時10、20、30、45"],
)  # fmt: skip
def test_figures_near_the_words_for_a_telephone_are_carried_all_the_same(text):
    assert not says_contact(text)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", LONG_CONTACTS, ids=lambda text: text[:6])
def test_looking_for_numbers_does_not_hang_on_hostile_text(text):
    says_contact(text)


# ---- lines walked ----------------------------------------------------------------------------


def test_a_device_neither_changes_nor_deletes_another_devices_line(device, register):
    other = Device(device.client, "e" * 32)
    own, path = POINTS[:1], "/api/v1/field/tracks/t1"
    device.track("t1", POINTS)
    assert other.track("t1", own).json() == {"id": "t1", "again": False}
    assert other.track("t1", own).json() == {"id": "t1", "again": True}
    kept = {one.device_id: len(one.points) for one in list_tracks(register)}
    assert kept == {device.id: 2, other.id: 1}
    device.client.delete(path, headers={"X-Kayoi-Device": other.id})
    assert [one.device_id for one in list_tracks(register)] == [device.id]
    assert device.client.delete(path).status_code == 200  # no device named
    assert device.client.delete(path, headers={"X-Kayoi-Device": "x"}).status_code == 200
    assert len(list_tracks(register)) == 1
    device.client.delete(path, headers={"X-Kayoi-Device": device.id})
    assert list_tracks(register) == []
