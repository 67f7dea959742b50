"""A connection ends with its session, silent or not, and nothing passes it afterwards."""

import asyncio
import threading

import pytest
from sign_in_desk import FORM, OWN, SOCKET
from starlette.websockets import WebSocketDisconnect

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.api.open_sockets import OpenSockets
from surveys.api.socket_guard import SocketGuard
from surveys.store import accounts as store

AT = "2026-11-21T09:00:00.000Z"
CLOSE = {"type": "websocket.close", "code": 4401}


class Line:
    """A connection whose other end says only what it is told to."""

    def __init__(self):
        self.said, self.words = [], asyncio.Queue()

    async def receive(self):
        return await self.words.get()

    async def send(self, message):
        self.said.append(message)

    def guard(self):
        return SocketGuard(self.receive, self.send, code=4401)


def all_stand(ids):
    return ids


def none_stands(_ids):
    return ()


# ---- one connection ------------------------------------------------------------------------


def test_a_connection_passes_messages_both_ways_while_its_session_stands():
    async def run():
        line = Line()
        guard = line.guard()
        line.words.put_nowait({"type": "websocket.receive", "text": "a"})
        await guard.send({"type": "websocket.send", "text": "b"})
        return await guard.receive(), line.said

    heard, said = asyncio.run(run())
    assert heard["text"] == "a" and said == [{"type": "websocket.send", "text": "b"}]


def test_a_silent_connection_is_closed_while_the_app_waits_for_a_word():
    async def run():
        line = Line()
        guard = line.guard()
        waiting = asyncio.create_task(guard.receive())
        await asyncio.sleep(0)
        threading.Thread(target=guard.end).start()
        return await waiting, line.said

    heard, said = asyncio.run(run())
    assert heard == {"type": "websocket.disconnect", "code": 4401} and said == [CLOSE]


def test_nothing_goes_out_or_comes_in_once_the_session_ended():
    async def run():
        line = Line()
        guard = line.guard()
        line.words.put_nowait({"type": "websocket.receive", "text": "save"})
        guard.end()
        with pytest.raises(OSError, match="ended"):
            await guard.send({"type": "websocket.send", "bytes": b"drawn"})
        return (await guard.receive())["type"], line.said

    assert asyncio.run(run()) == ("websocket.disconnect", [CLOSE])


def test_a_connection_the_app_closed_itself_is_not_closed_twice():
    async def run():
        line = Line()

        async def closed(_message):
            raise RuntimeError("sent after close")

        guard = SocketGuard(line.receive, closed, code=4401)
        guard.end()
        return (await guard.receive())["type"]

    assert asyncio.run(run()) == "websocket.disconnect"


def test_an_end_after_its_loop_stopped_is_no_fault():
    async def make():
        return Line().guard()

    asyncio.run(make()).end()


# ---- all of them ---------------------------------------------------------------------------


def test_one_look_asks_for_all_connections_and_ends_those_of_ended_sessions():
    asked = []

    def find(ids):
        asked.append(sorted(ids))
        return {"b"}

    async def run():
        sockets = OpenSockets(find, every_s=3600)
        lines = {name: Line() for name in ("a1", "a2", "b")}
        guards = {name: line.guard() for name, line in lines.items()}
        for name, guard in guards.items():
            sockets.join(name[0], guard)
        assert sockets.look() == 1
        for name, guard in guards.items():
            if name != "b":
                assert (await guard.receive())["type"] == "websocket.disconnect"
            sockets.leave(name[0], guard)
        assert sockets.look() == 0
        sockets.look_soon()
        return [line.said for line in lines.values()]

    assert asyncio.run(run()) == [[CLOSE], [CLOSE], []]
    assert asked == [["a", "b"]]  # without connections nothing is asked


def test_a_register_that_is_away_ends_nobodys_session_and_stops_no_watch():
    away, again = [True], threading.Event()

    def find(_ids):
        if away.pop() if away else False:
            raise InputError(Words("忙しい", "busy"))
        again.set()
        return ()

    async def run():
        line = Line()
        guard = line.guard()
        sockets = OpenSockets(find, every_s=0.01)
        sockets.join("a", guard)
        heard = await guard.receive()
        sockets.leave("a", guard)
        return heard["type"]

    assert asyncio.run(run()) == "websocket.disconnect" and again.is_set()


def test_a_look_that_fails_in_no_foreseen_way_is_told_and_the_next_one_made(caplog):
    failing = [True]

    def find(_ids):
        if failing:
            failing.pop()
            raise ZeroDivisionError
        return ()

    async def run():
        line = Line()
        guard = line.guard()
        sockets = OpenSockets(find, every_s=0.01)
        sockets.join("a", guard)
        heard = await guard.receive()
        sockets.leave("a", guard)
        return heard["type"]

    assert asyncio.run(run()) == "websocket.disconnect"
    assert "could not be looked at" in caplog.text


# ---- through the gate ----------------------------------------------------------------------


def end_elsewhere(door, _client):
    store.disable_account(door.register, "u1", AT)


def change_password(door, _client):
    store.change_password(door.register, "u1", "x", at=AT, try_keys=[])


def sign_out(_door, client):
    assert client.post("/auth/logout", headers=OWN | FORM).status_code == 303


def let_time_pass(door, _client):
    door.clock.now = door.clock.now.replace(year=2027)


@pytest.mark.parametrize("leave", [end_elsewhere, change_password, sign_out, let_time_pass])
def test_an_open_silent_socket_is_closed_when_its_session_ends_in_any_way(door, leave):
    client = door.open()
    door.sign_in(client)
    with client.websocket_connect(SOCKET) as socket:
        socket.send_text("a")
        assert socket.receive_text() == "a"
        leave(door, client)
        with pytest.raises(WebSocketDisconnect) as ended:
            socket.receive_text()
    assert ended.value.code == 4401


def test_another_persons_socket_stays_open(door):
    client, other = door.open(), door.open()
    door.sign_in(client)
    door.sign_in(other)
    with client.websocket_connect(SOCKET) as socket, other.websocket_connect(SOCKET) as stays:
        sign_out(door, client)
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()
        stays.send_text("b")
        assert stays.receive_text() == "b"
