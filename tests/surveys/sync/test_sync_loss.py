"""Ways in which a record, a photo or a receipt went astray at the server; each was one."""

import base64
import json

import pytest
from sync_device import DEVICE, NOW, Device, client_of, photo, sha, submission

from surveys.api.taking import moment_text
from surveys.store.bring_back import bring_back
from surveys.store.devices import Contact
from surveys.store.field_receipts import list_received
from surveys.store.settling import settle_held
from surveys.sync.saved_file import parse_saved_file

CONTACT = Contact(device_id=DEVICE, account_id=None, now=moment_text(NOW))
PHOTO = photo(1)


@pytest.fixture
def device(register):
    with client_of(register) as client:
        yield Device(client)


def speaking_of(*ids, **more):
    patch = {"name": "公園", "photos": [{"id": one, "caption": ""} for one in ids]}
    return submission(patch=patch, photos=list(ids), **more)


def saved(submissions, photos=()):
    shots = [
        {"id": sha(one), "media": "image/jpeg", "base64": base64.b64encode(one).decode()}
        for one in photos
    ]
    whole = {"format": 1, "device": {"id": DEVICE, "code": ""}}
    return parse_saved_file(
        json.dumps(whole | {"submissions": submissions, "photos": shots}).encode()
    )


def test_a_record_read_in_from_a_file_and_then_sent_under_its_new_label_is_one(device, register):
    one = speaking_of(sha(PHOTO), label="?-1121-01")
    bring_back(register, saved([one], [PHOTO]), CONTACT)
    for sent in (one | {"label": "A-1121-01"}, one | {"photos": []}):
        said = device.record(sent).json()
        assert said["state"] == "kept" and said["again"]
    assert [row.id for row in list_received(register)] == [one["id"]]
    assert len(register.versions(one["site_id"])) == 1


def test_what_a_record_says_still_tells_two_of_one_id_apart(device):
    one = submission()
    device.record(one)
    assert device.record(one | {"patch": {"name": "別"}}).json()["state"] == "held"


@pytest.mark.parametrize(
    "damage", [lambda data: b"", lambda data: data[:-9], lambda data: data[::-1]]
)
def test_a_damaged_photo_is_told_missing_and_mended_when_sent_again(device, register, damage):
    one = speaking_of(sha(PHOTO))
    device.photo(PHOTO)
    device.record(one)
    for path in register.photos.folder.rglob("*.jpg"):
        path.write_bytes(damage(path.read_bytes()))
    told = device.receipt([one["id"]], [sha(PHOTO)])
    assert not told["matches"] and told["missing"]["photos"] == [sha(PHOTO)]
    assert device.photo(PHOTO).json()["again"] is False
    assert device.receipt([one["id"]], [sha(PHOTO)])["matches"]
    assert register.photos.check() == []


def test_one_lost_photo_takes_no_other_along_when_the_rest_is_recorded(register):
    lost = "a" * 64
    one = speaking_of(sha(PHOTO), lost)
    assert bring_back(register, saved([one], [PHOTO]), CONTACT).held == 1
    said = settle_held(register, one["id"], now=CONTACT.now, move=True)
    assert said.state == "kept"
    (kept,) = register.site(one["site_id"]).state.flat["photos"]
    assert register.photos.has(kept["id"])
    assert [fault["path"] for fault in said.faults] == ["photos"]
    assert lost[:8] in said.faults[0]["words"]["ja"]
