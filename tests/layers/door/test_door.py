"""The door with real sockets: times far shorter than served ones, and no clock is read."""

import asyncio
import contextlib
import dataclasses
import inspect
import shutil
import ssl
import subprocess
from asyncio.sslproto import SSLProtocol

import h11
import pytest
from uvicorn import Config, Server
from uvicorn.protocols.http import h11_impl

from layers.door.bounds import Bounds
from layers.door.door import open_listeners
from layers.door.full import FULL, dump_full
from layers.door.guarded import Guarded
from layers.door.server import VISIT, GuardedServer

SHORT = 0.3
BOUNDS = Bounds(
    connections=12, known=4, of_one=6, greeting_s=SHORT, first_s=SHORT, head_s=SHORT,
    unsigned_s=SHORT, window_s=SHORT, window_bytes=20, rest_s=SHORT, answer_s=SHORT, own_grace_s=60, grace_s=60,
    sweep_s=0.02,
)  # fmt: skip
LONG = 60.0
PATIENT = dataclasses.replace(BOUNDS, first_s=LONG, head_s=LONG, greeting_s=LONG, unsigned_s=LONG)
ASK = b"GET / HTTP/1.1\r\nhost: here\r\n\r\n"
SLOW = b"PUT /slow HTTP/1.1\r\nhost: here\r\ncontent-length: 400\r\n"


async def app(scope, receive, send):
    """Say how long the body was; keep a websocket until it is closed."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] != "websocket.disconnect":
            await send({"type": "websocket.send", "text": message["text"]})
        return
    size, more = 0, scope["path"] != "/early"
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message["body"]), message["more_body"]
    assert VISIT not in scope["state"]
    body = str(size).encode()
    start = {"type": "http.response.start", "status": 200}
    await send({**start, "headers": [(b"content-length", str(len(body)).encode())]})
    await send({"type": "http.response.body", "body": body})


def is_known(scope):
    return (b"x-known", b"yes") in scope["headers"]


@contextlib.asynccontextmanager
async def serving(bounds=BOUNDS, **more):
    listeners = open_listeners("127.0.0.1", 0)
    port = listeners[0].getsockname()[1]
    config = Config(app, lifespan="off", log_config=None, timeout_keep_alive=60, **more)
    server = GuardedServer(config, bounds, is_known)
    running = asyncio.create_task(server.serve(sockets=listeners))
    await until(lambda: getattr(server, "servers", None))
    server.port, server.called = port, []
    try:
        yield server
    finally:
        for writer in server.called:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
        server.should_exit = server.force_exit = True
        await running


async def call(server, *, secure=None, address="127.0.0.1"):
    called = await asyncio.open_connection(
        "127.0.0.1", server.port, ssl=secure, local_addr=None if secure else (address, 0)
    )
    server.called.append(called[1])
    return called


async def read_all(reader):
    with contextlib.suppress(ConnectionError):
        return await reader.read()
    return b""


async def answered(server, **how):
    reader, writer = await call(server, **how)
    writer.write(ASK)
    found = await reader.readuntil(b"\r\n")
    writer.close()
    return found


async def introduce(server):
    """Let somebody sign in from the address the tests call from."""
    reader, writer = await call(server)
    writer.write(ASK.replace(b"\r\n\r\n", b"\r\nx-known: yes\r\n\r\n"))
    await reader.readuntil(b"\r\n\r\n")
    writer.close()


async def until(true):
    while not true():  # noqa: ASYNC110 - what is waited for has no event
        await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET / HT", b"GET / HTTP/1.1\r\nhost: here\r\nx-a", SLOW + b"\r\n" + b"x" * 10],
    ids=["silent", "half a line", "half a head", "half a body of a stranger"],
)
def test_who_keeps_the_server_waiting_is_cut_and_forgotten(sent):
    async def run():
        async with serving() as server:
            reader, writer = await call(server)
            writer.write(sent)
            assert await read_all(reader) == b""
            await until(lambda: len(server.visits) == 0)
            assert b" 200 " in await answered(server)

    asyncio.run(run())


def test_a_head_that_drips_is_cut_however_steadily_it_does():
    async def run():
        async with serving() as server:
            reader, writer = await call(server)

            async def drip():
                with contextlib.suppress(ConnectionError):
                    for sign in ASK + b"x" * 1_000:
                        writer.write(bytes([sign]) if sign != 0x0D else b"a")
                        await asyncio.sleep(0.01)

            dripping = asyncio.create_task(drip())
            assert b" 200 " not in await read_all(reader)
            dripping.cancel()

    asyncio.run(run())


def test_a_head_without_end_is_refused():
    async def run():
        async with serving(PATIENT, h11_max_incomplete_event_size=16_384) as server:
            reader, writer = await call(server)
            writer.write(b"GET / HTTP/1.1\r\nhost: here\r\nx: " + b"a" * 40_000)
            assert b" 400 " in await reader.readuntil(b"\r\n")

    asyncio.run(run())


def test_a_slow_body_of_somebody_known_lives_as_long_as_it_goes_on():
    async def run():
        async with serving() as server:
            await introduce(server)
            reader, writer = await call(server)
            writer.write(SLOW + b"x-known: yes\r\n\r\n")
            for _ in range(20):  # 0.8 s, nearly three times as long as a window
                writer.write(b"x" * 20)
                await asyncio.sleep(0.04)
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")

    asyncio.run(run())


def test_a_strangers_body_that_is_not_whole_does_not_begin_the_app(monkeypatch):
    begun = []
    whole = app

    async def watched(scope, receive, send):
        begun.append(scope["path"])
        await whole(scope, receive, send)

    monkeypatch.setitem(globals(), "app", watched)

    async def run():
        async with serving() as server:
            reader, writer = await call(server)
            writer.write(SLOW + b"\r\n" + b"x" * 399)
            await read_all(reader)
            assert not begun
            for size in (3, 40_000):
                reader, writer = await call(server)
                head = b"PUT /whole HTTP/1.1\r\nhost: here\r\ncontent-length: %d\r\n\r\n"
                writer.write(head % size + b"x" * size)
                await reader.readuntil(b"\r\n\r\n")
                assert await reader.readexactly(len(str(size))) == b"%d" % size
            assert begun == ["/whole"] * 2

    asyncio.run(run())


def test_a_body_of_somebody_known_that_stands_still_is_cut():
    async def run():
        async with serving() as server:
            await introduce(server)
            reader, writer = await call(server)
            writer.write(SLOW + b"x-known: yes\r\n\r\n" + b"x" * 10)
            assert await read_all(reader) == b""

    asyncio.run(run())


def test_the_rest_of_a_body_that_was_answered_may_not_drip_for_ever():
    async def run():
        async with serving() as server:
            await introduce(server)
            reader, writer = await call(server)
            writer.write(SLOW.replace(b"/slow", b"/early") + b"\r\n")

            async def drip():
                with contextlib.suppress(ConnectionError):
                    while True:
                        writer.write(b"x")
                        await asyncio.sleep(0.05)

            # Read as it comes: whoever drips on into a closed connection is told of a reset,
            # and then what came before can be read no more.
            assert b" 200 " in await reader.readline()
            dripping = asyncio.create_task(drip())
            await read_all(reader)  # which ends: the connection is cut
            dripping.cancel()

    asyncio.run(run())


def test_a_pages_connection_outlives_every_bound():
    from websockets.asyncio.client import connect

    async def run():
        async with serving() as server, connect(f"ws://127.0.0.1:{server.port}/") as page:
            assert [one.stage for one in server.visits._all] == ["socket"]
            await asyncio.sleep(3 * SHORT)
            await page.send("still here")
            assert await page.recv() == "still here"
            await page.close()
            await until(lambda: len(server.visits) == 0)

    asyncio.run(run())


def test_where_it_is_full_the_new_one_alone_is_told_in_both_languages():
    async def run():
        async with serving(PATIENT) as server:
            held = [await call(server) for _ in range(BOUNDS.of_one)]
            await until(lambda: len(server.visits) == BOUNDS.of_one)
            reader, writer = await call(server)
            writer.write(ASK)
            said = await read_all(reader)
            assert said == dump_full()
            assert b" 503 " in said and b"retry-after: " in said
            assert FULL.ja in said.decode() and FULL.en in said.decode()
            for reader, writer in held:
                writer.write(ASK)
                assert b" 200 " in await reader.readuntil(b"\r\n")

    asyncio.run(run())


def test_refused_in_great_numbers_all_are_ended_and_nothing_is_left_over():
    async def run():
        async with serving(PATIENT) as server:
            held = [await call(server) for _ in range(BOUNDS.of_one)]
            await until(lambda: len(server.visits) == BOUNDS.of_one)
            refused = [await call(server) for _ in range(80)]
            for reader, _ in refused:
                assert await read_all(reader) in (b"", dump_full())
            door = server.servers[0]
            for _, writer in [*held, *refused]:
                writer.close()
            await until(lambda: len(server.visits) == 0 and door._told == 0)
            assert b" 200 " in await answered(server)

    asyncio.run(run())


def test_known_addresses_are_served_while_others_hold_all_the_rest():
    async def run():
        async with serving(PATIENT) as server:
            await introduce(server)
            await until(lambda: len(server.visits) == 0)
            others = [await call(server, address=f"127.0.0.{n}") for n in (2, 2, 2, 2, 3, 3, 3, 3)]
            await until(lambda: len(server.visits) == 8)
            assert b" 503 " in await answered(server, address="127.0.0.4")
            assert b" 200 " in await answered(server)
            for _, one in others:
                one.close()

    asyncio.run(run())


def test_the_oldest_silent_one_makes_room_for_somebody_who_speaks():
    async def run():
        async with serving(dataclasses.replace(PATIENT, own_grace_s=0.0)) as server:
            held = [await call(server) for _ in range(3 * BOUNDS.of_one)]
            assert b" 200 " in await answered(server)
            assert await read_all(held[0][0]) == b""
            for _, writer in held:
                writer.close()

    asyncio.run(run())


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here")
    folder = tmp_path_factory.mktemp("pair")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-keyout", folder / "a.key", "-out", folder / "a.crt", "-days", "2", "-subj", "/CN=localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    return {"ssl_certfile": folder / "a.crt", "ssl_keyfile": folder / "a.key"}


@pytest.mark.parametrize("sent", [b"", b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\n\r\n"])
def test_a_handshake_that_is_never_finished_is_cut_and_forgotten(pair, sent):
    async def run():
        async with serving(
            dataclasses.replace(BOUNDS, first_s=LONG, head_s=LONG), **pair
        ) as server:
            reader, writer = await call(server)
            writer.write(sent)
            await read_all(reader)
            await until(lambda: len(server.visits) == 0)
            assert b" 200 " in await answered(server, secure=trusting())

    asyncio.run(run())


def test_over_https_the_same_bounds_hold(pair):
    async def run():
        async with serving(PATIENT, **pair) as server:
            held = [await call(server) for _ in range(BOUNDS.of_one)]
            await until(lambda: len(server.visits) == BOUNDS.of_one)
            assert b" 503 " in await answered(server, secure=trusting())
            for _, writer in held:
                writer.close()
            await until(lambda: len(server.visits) == 0)
        async with serving(**pair) as server:
            reader, _ = await call(server, secure=trusting())
            await read_all(reader)
            await until(lambda: len(server.visits) == 0)

    asyncio.run(run())


def trusting():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def test_what_the_door_stands_on_in_uvicorn_is_there():
    """Not promised by uvicorn: when this fails, read layers/door/guarded.py and server.py anew."""
    cycle = h11_impl.RequestResponseCycle.__init__
    source = inspect.getsource(h11_impl)
    assert "self.more_body" in inspect.getsource(cycle)
    assert "self.response_complete" in inspect.getsource(cycle)
    assert "on_response=self.on_response_complete" in source
    assert "self.handle_websocket_upgrade(event)" in source
    assert "app_state=self.app_state" in source and "self.app_state.copy()" in source
    made = inspect.signature(Guarded.__mro__[1].__init__).parameters
    assert {"config", "server_state", "app_state"} <= made.keys()
    assert h11.IDLE is not h11.SEND_BODY
    startup = inspect.getsource(Server.startup)
    assert "await self.lifespan.startup()" in startup and "for sock in sockets:" in startup
    assert "server.close()" in inspect.getsource(Server.shutdown)
    assert "server.wait_closed()" in inspect.getsource(Server._wait_tasks_to_complete)


def test_a_connection_over_tls_has_a_small_buffer_to_read_into():
    """asyncio's own inside: 256 kB each would be kept for whoever came and went."""
    assert SSLProtocol.max_size == 32_768
    made = SSLProtocol.__new__(SSLProtocol)
    made._ssl_buffer = bytearray()
    assert len(made.get_buffer(-1)) == SSLProtocol.max_size
