"""What no program can open: a file that waits, moved there whole, and found again."""

import errno
import hashlib

import pytest
from sqlalchemy import insert, select
from sync_device import Device, client_of, sha

from surveys.photos import waiting
from surveys.photos.waiting import WaitingShelf
from surveys.record.cannot_keep import CannotKeepError
from surveys.store.checking import check_register
from surveys.store.devices import Contact
from surveys.store.engine import reading, writing
from surveys.store.field_receipts import make_receipt
from surveys.store.field_tables import RECEIVED_PHOTO
from surveys.store.received_photos import load_held_photo

DATA = b"no photo at all" * 10_000
ID = hashlib.sha256(DATA).hexdigest()
CONTACT = Contact(device_id="d" * 32, account_id=None, now="2026-11-21T01:42:00.000Z")


@pytest.fixture
def shelf(tmp_path):
    return WaitingShelf(tmp_path / "waiting")


def test_a_file_is_moved_and_bytes_are_written(shelf, tmp_path):
    came = tmp_path / "came.part"
    came.write_bytes(DATA)
    shelf.keep(ID, came)
    assert not came.exists() and shelf.load(ID) == DATA and shelf.is_whole(ID)
    other = hashlib.sha256(b"x").hexdigest()
    shelf.keep(other, b"x")
    assert sorted([ID, other]) == sorted(shelf.ids())


def test_one_that_is_not_here_or_damaged_is_not_whole(shelf):
    assert not shelf.has(ID) and shelf.load(ID) is None and not shelf.is_whole(ID)
    shelf.keep(ID, DATA)
    shelf.path_of(ID).write_bytes(DATA[1:])
    assert shelf.has(ID) and not shelf.is_whole(ID)


@pytest.mark.parametrize("id_", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_no_other_path_can_be_asked_for(shelf, id_):
    assert not shelf.has(id_) and shelf.load(id_) is None
    with pytest.raises(ValueError, match=r".*"):
        shelf.path_of(id_)


@pytest.mark.parametrize(("number", "full"), [(errno.ENOSPC, True), (errno.EACCES, False)])
def test_a_folder_that_cannot_be_written_is_told_in_words(shelf, monkeypatch, number, full):
    def fails(_folder):
        raise OSError(number, "no")

    monkeypatch.setattr(waiting, "make_folder", fails)
    with pytest.raises(CannotKeepError) as told:
        shelf.keep(ID, DATA)
    assert told.value.full is full


def test_an_unreadable_photo_is_a_file_and_no_row_of_forty_megabytes(register):
    with client_of(register) as client:
        assert Device(client).photo(DATA).json()["state"] == "held"
    with reading(register.engine) as connection:
        row = connection.execute(select(RECEIVED_PHOTO)).mappings().one()
    assert row["data"] is None and row["size"] == len(DATA)
    assert register.photos.waiting.load(ID) == DATA == load_held_photo(register, ID)
    assert check_register(register) == []


def test_a_receipt_counts_the_file_and_misses_it_when_it_is_gone(register):
    with client_of(register) as client:
        Device(client).photo(DATA)
        told = make_receipt(register, CONTACT, "2026-11-21", [], [ID])
        assert told["matches"]
        register.photos.waiting.path_of(ID).unlink()
        told = make_receipt(register, CONTACT, "2026-11-21", [], [ID])
        assert told["missing"]["photos"] == [ID]
        assert ID[:12] in check_register(register)[0].ja
        # Sent again, it is put back.
        assert not Device(client).photo(DATA).json()["again"]
    assert check_register(register) == []


def test_one_from_before_there_was_a_folder_is_still_here(register):
    row = {"id": sha(DATA), "device_id": "d" * 32, "received_at": CONTACT.now, "size": len(DATA),
           "fault": {"ja": "だめ", "en": "no"}, "data": DATA}  # fmt: skip
    with writing(register.engine) as connection:
        connection.execute(insert(RECEIVED_PHOTO).values(row))
    assert load_held_photo(register, ID) == DATA
    assert make_receipt(register, CONTACT, "2026-11-21", [], [ID])["matches"]
    assert check_register(register) == []
