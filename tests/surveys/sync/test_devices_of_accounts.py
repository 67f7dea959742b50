"""A device is its account's: whoever else knows its id sees, changes and deletes nothing of it."""

import pytest
from sqlalchemy import select
from sync_device import DEVICE, TODAY, Device, client_of, photo, saved, sha, submission

from surveys.api.sync import make_sync_routes
from surveys.store.bring_back import bring_back
from surveys.store.devices import Contact, list_devices, list_tracks
from surveys.store.engine import reading
from surveys.store.field_receipts import list_receipts, list_received
from surveys.store.field_tables import DEVICE as DEVICES
from surveys.store.field_tables import FIELD_RECEIPT, RECEIVED, RECEIVED_PHOTO, TRACK
from surveys.sync.saved_file import parse_saved_file

AT = "2026-11-21T01:42:00.000Z"
LINE = [[139.9, 35.6, 5, AT], [139.9, 35.609, 5, AT]]
TABLES = (DEVICES, RECEIVED, RECEIVED_PHOTO, FIELD_RECEIPT, TRACK)
HELD = submission(id="8e" * 16, type="castle", title="城")
SHOT, BROKEN = photo(7), b"no photo at all"


@pytest.fixture
def by(register):
    """Return the same tablet with somebody signed in on it."""
    opened = []

    def signed_in(user, id_=DEVICE):
        client = client_of(register, user=user)
        opened.append(client)
        return Device(client.__enter__(), id_)

    yield signed_in
    for client in opened:
        client.__exit__(None, None, None)


def everything(register):
    with reading(register.engine) as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in TABLES
        }


def work(device):
    """All a device ever says."""
    device.hello(records=3, photos=2, drafts=1, walk_title="東町")
    device.photo(SHOT)
    device.photo(BROKEN)
    device.record(HELD)
    device.track("t1", LINE)
    device.receipt([HELD["id"]], [sha(SHOT)])


def empty_hello(device):
    return device.hello(records=0, photos=0)


def another_record(device):
    return device.record(HELD | {"title": "別の城"})


def same_record(device):
    return device.record(HELD)


def same_photos(device):
    return device.photo(SHOT), device.photo(BROKEN)


def shorter_track(device):
    return device.track("t1", LINE[:1])


def delete_track(device):
    answer = device.client.delete("/api/v1/field/tracks/t1", headers={"X-Kayoi-Device": device.id})
    assert answer.status_code == 403 and "ほかの人" in answer.json()["error"]["ja"]
    return answer


def other_receipt(device):
    return device.receipt(["e" * 32], [], day=TODAY)


# What could be tried at each address; a new address has to be tried too.
TRIED = {
    ("/api/v1/field/devices/{id}", "PUT"): empty_hello,
    ("/api/v1/field/photos/{id}", "PUT"): same_photos,
    ("/api/v1/field/records/{id}", "PUT"): another_record,
    ("/api/v1/field/tracks/{id}", "PUT"): shorter_track,
    ("/api/v1/field/tracks/{id}", "DELETE"): delete_track,
    ("/api/v1/field/receipts", "POST"): other_receipt,
}


def test_every_address_a_device_asks_is_tried_below(register):
    routes = make_sync_routes(lambda: register)
    assert {(one.path, method) for one in routes for method in one.methods} == set(TRIED)


@pytest.mark.parametrize("attack", [*TRIED.values(), same_record])
@pytest.mark.parametrize("first", [True, False])
def test_another_account_with_the_same_device_id_changes_nothing_of_it(register, by, attack, first):
    if not first:  # nor by having been there before
        empty_hello(by("u2"))
    work(by("u1"))
    before = everything(register)
    attack(by("u2"))
    after = everything(register)
    for name, rows in before.items():
        own = [one for one in rows if one.get("account_id") != "u2"]
        assert own and all(one in after[name] for one in own), (name, own, after[name])


def test_whoever_else_signs_in_on_a_tablet_has_a_letter_of_their_own_and_gets_it_again(by):
    assert [by(user).hello().json()["code"] for user in ("u1", "u2", "u1", "u2")] == list("ABAB")


def test_a_device_of_the_time_before_accounts_is_the_first_accounts(register, by):
    by(None).hello(records=3)
    by("u1").hello(records=2)
    by("u2").hello(records=0)
    (one, other) = sorted(list_devices(register), key=lambda each: each.code)
    assert (one.id, one.account_id, one.holds["records"]) == (DEVICE, "u1", 2)
    assert (other.account_id, other.code) == ("u2", "B")
    by(None).hello(records=1)  # sign-in is off again: the machine is one person's
    assert {each.account_id for each in list_devices(register)} == {"u1", "u2"}


def test_what_two_people_sent_from_one_tablet_is_told_apart(register, by):
    for user, id_ in (("u1", "1" * 32), ("u2", "2" * 32)):
        by(user).record(submission(id=id_))
        by(user).receipt([id_])
    rows = {one.id: (one.account_id, one.device_id) for one in list_received(register)}
    assert rows["1" * 32] == ("u1", DEVICE)
    assert rows["2" * 32][0] == "u2" and rows["2" * 32][1] != DEVICE
    assert len(list_receipts(register)) == 2


def test_the_device_is_told_its_receipt_under_the_id_it_has(by):
    by("u1").hello()
    assert by("u2").receipt([])["device_id"] == DEVICE


def test_who_owns_a_line_deletes_it_also_when_another_came_first(register, by):
    by("u2").track("t1", LINE)
    by("u1").track("t1", LINE[:1])
    assert len(list_tracks(register)) == 2
    headers = {"X-Kayoi-Device": DEVICE}
    by("u2").client.delete("/api/v1/field/tracks/t1", headers=headers)
    assert [one.account_id for one in list_tracks(register)] == ["u1"]
    assert by("u1").client.delete("/api/v1/field/tracks/t1", headers=headers).status_code == 200
    assert list_tracks(register) == []


def test_a_record_that_follows_somebody_elses_does_not_overwrite_it_unsaid(register, by):
    """The id of a device is no proof that its writer had seen what it sent before."""
    first = submission(id="1" * 32, site_id="5" * 32)
    by("u1").record(first)
    second = submission(id="2" * 32, site_id="5" * 32, after="1" * 32, patch={"name": "ちがう公園"})
    del second["place"]
    assert by("u2").record(second).json()["conflicts"] == ["name"]
    third = submission(id="3" * 32, site_id="7" * 32)
    by("u1").record(third)
    fourth = submission(id="4" * 32, site_id="7" * 32, after="3" * 32, patch={"name": "公園二"})
    del fourth["place"]
    assert by("u1").record(fourth).json()["conflicts"] == []


def test_a_file_brought_to_the_office_makes_the_device_nobody_elses(register, by):
    by("u1").hello(records=3)
    contact = Contact(device_id="", account_id="office", now=AT)
    file = saved([submission(id="1" * 32)], device={"id": DEVICE, "code": "A"})
    bring_back(register, parse_saved_file(file), contact)
    (device,) = list_devices(register)
    assert (device.account_id, device.holds["records"]) == ("u1", 3)
    (row,) = list_received(register)
    assert (row.account_id, row.device_id) == ("office", DEVICE)
