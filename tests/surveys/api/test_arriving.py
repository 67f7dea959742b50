"""Bodies on their way: counted before they are held, on disk when large, gone when not taken."""

import asyncio
import errno
import shutil
import stat

import pytest
from sync_device import Device, client_of, photo, sha, submission

from surveys.api.arriving import Arriving
from surveys.api.bodies import TooLargeError
from surveys.api.taking import Coming
from surveys.record.cannot_keep import CannotKeepError
from surveys.store.devices import Contact

BLOCK = b"x" * 50_000


class Request:
    """A request of so many parts; what was asked for is counted."""

    def __init__(self, *parts, told=None):
        self.parts, self.read = parts, 0
        self.headers = {} if told is None else {"content-length": str(told)}

    async def stream(self):
        for part in self.parts:
            self.read += 1
            yield part


def take(folder, request, most=10_000_000, look=lambda _came: None):
    async def run():
        async with Arriving(folder, most) as came:
            await came.take(request)
            look(came)

    asyncio.run(run())


def test_a_small_body_is_no_file(tmp_path):
    def look(came):
        assert (came.data, came.size, came.sha256) == (b"abc", 3, sha(b"abc"))
        assert not list(tmp_path.iterdir())

    take(tmp_path, Request(b"a", b"bc"), look=look)


def test_a_large_one_is_a_file_nobody_else_may_read_and_gone_afterwards(tmp_path):
    whole = BLOCK * 60

    def look(came):
        assert came.data.read_bytes() == whole and came.sha256 == sha(whole)
        assert came.data.suffix == ".part"
        assert stat.S_IMODE(came.data.stat().st_mode) == 0o600

    take(tmp_path / "new", Request(*[BLOCK] * 60), look=look)
    assert not list((tmp_path / "new").iterdir())


def test_no_more_than_a_block_is_ever_in_memory(tmp_path):
    most = []

    class Watched(Request):
        async def stream(self):
            async for part in super().stream():
                yield part
                most.append(len(self.came._held))

    async def run():
        request = Watched(*[BLOCK] * 200)
        async with Arriving(tmp_path, 20_000_000) as came:
            request.came = came
            await came.take(request)

    asyncio.run(run())
    assert max(most) < (1 << 18) + len(BLOCK)


@pytest.mark.parametrize("told", [None, 5], ids=["says nothing", "says less"])
def test_a_body_that_is_too_large_is_left_where_that_is_seen(tmp_path, told):
    request = Request(*[BLOCK] * 100, told=told)
    with pytest.raises(TooLargeError):
        take(tmp_path, request, most=120_000)
    assert request.read == 3 and not list(tmp_path.iterdir())


def test_one_that_breaks_off_leaves_nothing(tmp_path):
    class Broken(Request):
        async def stream(self):
            async for part in super().stream():
                yield part
            raise ConnectionError

    with pytest.raises(ConnectionError):
        take(tmp_path, Broken(*[BLOCK] * 40))
    assert not list(tmp_path.iterdir())


def test_a_disk_with_little_room_is_told_before_it_is_full(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": 500_000_000}))
    with pytest.raises(CannotKeepError) as told:
        take(tmp_path, Request(*[BLOCK] * 3))
    assert told.value.full and not list(tmp_path.iterdir())


def test_a_disk_that_fills_up_meanwhile_is_told_too(tmp_path, monkeypatch):
    class Full:
        def write(self, _block):
            raise OSError(errno.ENOSPC, "no space")

        def close(self):
            pass

    monkeypatch.setattr(Arriving, "_open", lambda _: Full())
    with pytest.raises(CannotKeepError) as told:
        take(tmp_path, Request(*[BLOCK] * 3))
    assert told.value.full


def test_what_is_on_its_way_is_counted_by_device_and_account():
    coming, one = Coming(), Contact(device_id="d1", account_id="u", now="")
    other = Contact(device_id="d2", account_id="u", now="")
    coming.add(one, 7)
    coming.add(other, 5)
    assert (coming.of(one), coming.of(other)) == ((7, 12), (5, 12))
    coming.add(one, -7)
    coming.add(other, -5)
    assert coming.of(one) == (0, 0)


def test_a_photo_of_any_size_comes_by_the_same_way(register):
    with client_of(register) as client:
        device = Device(client)
        for data in (photo(3), photo(4) + b"\0" * 200_000, b"no photo" * 30_000, b"no photo"):
            first, second = device.photo(data).json(), device.photo(data).json()
            state = "held" if data.startswith(b"no") else "kept"
            assert (first["state"], first["again"], second["again"]) == (state, False, True)
        assert device.photo(photo(5), id_="0" * 64).json()["damaged"] is True
    assert not list(register.photos.arriving.glob("*"))


def test_a_record_larger_than_memory_holds_is_read_whole(register):
    with client_of(register) as client:
        one = submission(note="長い" * 60_000)
        assert Device(client).record(one).status_code == 200
        assert Device(client).raw("f" * 32, '{"a":"' + "x" * 2_100_000 + '"}').status_code == 400
    assert not list(register.photos.arriving.glob("*"))
