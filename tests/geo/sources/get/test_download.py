"""One file from a server that is slow, cuts, moves, errs or lies (`geo.sources.get.download`)."""

import hashlib
import json
from dataclasses import replace

import pytest
from stand_in import Answer, stand_in

from geo.base.problems import InputError
from geo.sources.get.declared import ADDRESSES, TABLE, read_table
from geo.sources.get.download import download
from geo.sources.get.line import AGENT, Line, NotGot, Stopped

BODY = bytes(range(256)) * 2_000  # 512,000 bytes
CHUNK = 1 << 16
N03 = "/n03/12.zip"


class Desk:
    """A line to a stand-in, with what was said and how long was waited."""

    def __init__(self, server, host, folder, sha256=""):
        self.server, self.folder = server, folder
        self.said, self.waited, self.bytes = [], [], []
        text = TABLE.read_text(encoding="utf-8")
        url = ADDRESSES.addresses[0].url
        text = text.replace(url, f"http://{host}{N03}")
        self.table = read_table(text, plain_hosts=frozenset({host}))
        prints = {"12.zip": sha256} if sha256 else {}
        self.address = replace(self.table.addresses[0], sha256=prints)
        self.part = folder / "12.zip.part"
        self.stop_after = None

    def fetch(self):
        line = Line(
            table=self.table, say=lambda words: self.said.append(words.ja),
            stop=lambda: self.stop_after is not None and len(self.bytes) >= self.stop_after,
            progress=lambda name, done, total: self.bytes.append((name, done, total)),
            sleep=self.waited.append,
        )  # fmt: skip
        return download(self.address.url, self.part, self.address, line, name="12.zip")


@pytest.fixture
def server():
    with stand_in() as found:
        yield found


@pytest.fixture
def desk(server, tmp_path):
    return Desk(*server, tmp_path)


def refused(desk, *words):
    with pytest.raises(NotGot) as caught:
        desk.fetch()
    for word in words:
        assert word in caught.value.words.ja, caught.value.words.ja
    assert caught.value.words.en.isascii() or "基盤" in caught.value.words.en
    return caught.value


def test_a_file_comes_whole_and_says_how_far_it_is(desk):
    desk.server.give(N03, Answer(BODY))
    got = desk.fetch()
    assert desk.part.read_bytes() == BODY and got.etag == '"one"' and got.size == len(BODY)
    assert desk.bytes[0][0] == "12.zip" and desk.bytes[-1][1:] == (len(BODY), len(BODY))
    assert [one.name for one in desk.folder.iterdir()] == ["12.zip.part"]
    (_, headers) = desk.server.asked[0]
    assert headers["User-Agent"] == AGENT and "Range" not in headers
    assert not desk.waited  # nothing to wait for before the first


def test_a_cut_line_goes_on_where_it_was(desk):
    desk.server.give(N03, Answer(BODY, cut_after=200_000), Answer(BODY))
    desk.fetch()
    assert desk.part.read_bytes() == BODY
    have = int(desk.server.asked[1][1]["Range"].removeprefix("bytes=").rstrip("-"))
    assert 0 < have <= 200_000 and desk.server.asked[1][1]["If-Range"] == '"one"'
    assert "途中で切れました" in desk.said[0] and "秒待って" in desk.said[0]
    assert sum(desk.waited) == pytest.approx(3 + 1)  # after the failure, and between two requests


def test_a_run_that_was_stopped_goes_on_in_the_next(desk):
    desk.server.give(N03, Answer(BODY))
    desk.stop_after = 2
    with pytest.raises(Stopped):
        desk.fetch()
    have = desk.part.stat().st_size
    assert 0 < have < len(BODY)
    assert json.loads((desk.folder / "12.zip.part.json").read_text())["etag"] == '"one"'
    desk.stop_after = None
    desk.fetch()
    assert desk.part.read_bytes() == BODY
    assert desk.server.asked[1][1]["Range"] == f"bytes={have}-"


@pytest.mark.parametrize(
    "second",
    [Answer(BODY[::-1], etag='"two"'), Answer(BODY[::-1], ranges=False),
     Answer(BODY[::-1], status=206, headers={"Content-Range": f"bytes 0-9/{len(BODY)}"})],
    ids=["a newer file", "ranges ignored", "another range"],
)  # fmt: skip
def test_what_is_not_the_same_file_is_begun_anew(desk, second):
    desk.server.give(N03, Answer(BODY, cut_after=200_000), second, Answer(BODY[::-1]))
    desk.fetch()
    assert desk.part.read_bytes() == BODY[::-1]


def test_what_came_whole_before_the_run_ended_is_not_asked_for_again(desk):
    desk.server.give(N03, Answer(BODY))
    desk.fetch()
    told = {
        "asked": desk.address.url,
        "url": "",
        "etag": '"one"',
        "last_modified": "",
        "size": len(BODY),
    }
    (desk.folder / "12.zip.part.json").write_text(json.dumps(told))
    desk.fetch()
    assert len(desk.server.asked) == 1


def test_a_part_without_a_mark_is_begun_anew(desk):
    desk.part.write_bytes(b"x" * 1000)
    desk.server.give(N03, Answer(BODY))
    desk.fetch()
    assert "Range" not in desk.server.asked[0][1] and desk.part.read_bytes() == BODY


def test_a_slow_line_is_heard_as_it_comes_and_a_stop_is_heard_at_once(desk):
    desk.server.give(N03, Answer(BODY, drip=4_000))
    desk.stop_after = 3
    with pytest.raises(Stopped):
        desk.fetch()
    # A busy machine reads late, and so more at a time, a chunk at most.
    assert 0 < desk.part.stat().st_size < 3 * CHUNK
    desk.stop_after = None
    desk.fetch()
    assert desk.part.read_bytes() == BODY and len(desk.bytes) > len(BODY) / CHUNK + 3


def test_a_server_that_falls_silent_counts_as_cut(desk):
    desk.table = replace(desk.table, manner=replace(desk.table.manner, timeout_s=0.1))
    desk.server.give(N03, Answer(BODY, silent_s=0.5), Answer(BODY))
    desk.fetch()
    assert desk.part.read_bytes() == BODY and "途中で切れました" in desk.said[0]


def test_a_busy_server_is_asked_again_when_it_says(desk):
    busy = Answer(status=429, headers={"Retry-After": "20"})
    desk.server.give(N03, busy, Answer(status=500), Answer(BODY))
    desk.fetch()
    assert sum(desk.waited) == pytest.approx(20 + 1 + 6 + 1)
    assert "（429）" in desk.said[0] and "（500）" in desk.said[1]


def test_a_server_that_asks_for_too_long_is_left_alone(desk):
    desk.server.give(N03, Answer(status=503, headers={"Retry-After": "900"}))
    refused(desk, "15分ほど待って")
    assert len(desk.server.asked) == 1


def test_it_gives_up_after_some_tries_with_growing_waits(desk):
    desk.server.give(N03, Answer(BODY, cut_after=1_000))
    refused(desk, "途中で切れました", "続きから始まります")
    assert len(desk.server.asked) == desk.table.manner.tries == 4
    assert sum(desk.waited) == pytest.approx(3 + 6 + 12 + 3 * 1)
    assert desk.part.stat().st_size > 0  # kept for another day


@pytest.mark.parametrize("status", [404, 410])
def test_an_address_that_is_gone_says_which_page_to_open(desk, status):
    desk.server.give(N03, Answer(status=status))
    assert refused(desk, "アドレスが変わった", "KsjTmplt-N03-2026.html").gone
    assert len(desk.server.asked) == 1


def test_a_move_on_the_same_server_is_followed_and_one_elsewhere_is_not(desk, server):
    _, host = server
    desk.server.give(N03, Answer(status=301, headers={"Location": "/new/12.zip"}))
    desk.server.give("/new/12.zip", Answer(BODY))
    assert desk.fetch().url == f"http://{host}/new/12.zip"
    for away in ("http://example.com/12.zip", "https://evil.example/12.zip", "file:///etc/passwd"):
        desk.server.give(N03, Answer(status=302, headers={"Location": away}))
        refused(desk, "この表にない所", "KsjTmplt-N03-2026.html")
    desk.server.give(N03, Answer(status=302, headers={"Location": N03}))
    refused(desk, "この表にない所")  # round and round


def test_a_page_in_place_of_a_file_is_refused(desk):
    page = b"\xef\xbb\xbf\n<!DOCTYPE html><html><body>maintenance</body></html>"
    desk.server.give(N03, Answer(page, headers={"Content-Type": "text/html"}))
    refused(desk, "画面（HTML）が返って", "開いて")
    assert not list(desk.folder.iterdir())


def test_a_wrong_fingerprint_is_refused_and_a_right_one_taken(server, tmp_path):
    found, host = server
    found.give(N03, Answer(BODY))
    refused(Desk(found, host, tmp_path, "0" * 64), "指紋", "使いません")
    assert not list(tmp_path.iterdir())
    right = Desk(found, host, tmp_path, hashlib.sha256(BODY).hexdigest())
    right.fetch()
    assert right.part.read_bytes() == BODY


def test_a_full_disk_says_so_and_keeps_what_came(desk, monkeypatch):
    desk.server.give(N03, Answer(BODY))
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Free", (), {"free": 1000})())
    with pytest.raises(InputError, match="disk is full"):
        desk.fetch()


def test_no_server_at_all_is_said_so(desk, server, tmp_path):
    with stand_in() as (_, closed):
        pass
    away = Desk(desk.server, closed, tmp_path)
    refused(away, "127.0.0.1 につながりません")
