"""How much a device and an account may send in a day: told before, and never of what was taken."""

import pytest
from register_fixtures import open_sqlite
from sync_device import DEVICE, Device, client_of, submission
from sync_device import photo as picture

from surveys.api import sync, taking
from surveys.store import quota
from surveys.store.devices import Contact
from surveys.store.quota import FULL, Allowance, Used, find_used

NOW = "2026-11-21T01:42:00.000Z"
SIZE = 70_000


def photo(number):
    """Return a photo, each of the same size and of another picture."""
    return picture(20 * number).ljust(SIZE, b"\0")


@pytest.fixture
def allowed(monkeypatch):
    """Let a device send so much, an account twice that."""

    def allow(photos, records=100):
        small = Allowance(
            device_bytes=photos * SIZE, account_bytes=2 * photos * SIZE,
            device_records=records, account_records=2 * records,
        )  # fmt: skip

        def used(register, contact, **more):
            return find_used(register, contact, allowance=small, **more)

        monkeypatch.setattr(taking, "find_used", used)
        monkeypatch.setattr(sync, "find_used", used)

    return allow


@pytest.mark.parametrize(
    ("photos", "records", "said"),
    [(0, 0, None), (0.79, 0.5, None), (0.8, 0, "80％"), (0.1, 0.95, "95％"), (1, 0, "こえました")],
)
def test_it_is_told_before_it_is_too_much(photos, records, said):
    words = Used(photos=photos, records=records).words()
    assert words is None if said is None else said in words.ja


def test_a_device_is_told_and_then_refused_and_nothing_taken_is_refused_later(register, allowed):
    allowed(5)
    with client_of(register) as client:
        device = Device(client)
        assert device.hello().json()["quota"]["words"] is None
        sent = [device.photo(photo(n)) for n in range(4)]
        assert [one.status_code for one in sent] == [200] * 4
        assert "80％" in sent[-1].json()["quota"]["words"]["ja"]
        assert "80％" in device.hello().json()["quota"]["words"]["ja"]
        device.photo(photo(4))
        late = device.photo(photo(5))
        assert late.status_code == 429 and late.headers["retry-after"]
        assert late.json()["error"] == {"ja": FULL.ja, "en": FULL.en}
        assert device.hello().json()["quota"]["words"]["ja"] == FULL.ja
        assert all(device.photo(photo(n)).json()["again"] for n in range(5))
        # Writing goes on: its own allowance is another.
        assert device.record(submission()).json()["state"] == "kept"


def test_records_have_an_allowance_of_their_own(register, allowed):
    allowed(5, records=3)
    with client_of(register) as client:
        device = Device(client)
        sent = [submission() for _ in range(4)]
        assert [device.record(one).status_code for one in sent] == [200] * 3 + [429]
        assert device.record(sent[0]).json()["again"]
        assert device.photo(photo(1)).status_code == 200


def test_an_account_of_many_devices_has_one_allowance(register, allowed):
    allowed(2)
    with client_of(register, user="u1") as client:
        devices = [Device(client, one * 32) for one in "abcde"]
        sent = [one.photo(photo(10 * n + k)) for n, one in enumerate(devices) for k in range(2)]
        assert [one.status_code for one in sent] == [200] * 4 + [429] * 6


def test_yesterday_does_not_count(tmp_path):
    register = open_sqlite(tmp_path)
    with client_of(register) as client:
        Device(client).photo(photo(1))
    for now, some in (
        (NOW, True),
        ("2026-11-22T01:41:00.000Z", True),
        ("2026-11-22T01:43:00.000Z", False),
    ):
        used = find_used(register, Contact(device_id=DEVICE, account_id=None, now=now))
        assert (used.photos > 0) is some
    register.engine.dispose()


def test_what_is_on_its_way_counts_as_if_it_were_here(register):
    contact = Contact(device_id=DEVICE, account_id="u", now=NOW)
    most = quota.ALLOWANCE
    half = (most.device_bytes // 2, most.account_bytes * 3 // 4)
    assert find_used(register, contact, coming=half).photos == pytest.approx(0.75)
