"""How many are worked on at once: strangers never take the places of those who signed in."""

import asyncio

import pytest

from surveys.accounts.user import User
from surveys.api.at_once import BUSY, AtOnce


class Held:
    """An app whose requests end when the test says so."""

    def __init__(self):
        self.inside = 0
        self.gate = asyncio.Event()

    async def __call__(self, scope, receive, send):
        self.inside += 1
        await self.gate.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


def scope(user="", address="192.0.2.1", kind="http"):
    found = {"type": kind, "method": "GET", "path": "/", "headers": [], "client": (address, 1)}
    return found | ({"kayoi.user": User(id=user, name=user)} if user else {})


async def ask(app, *scopes):
    """Return the statuses of requests that are all under way at once."""
    said = []

    async def one(asked):
        async def send(message):
            if message["type"] == "http.response.start":
                said.append((message["status"], dict(message["headers"])))
            elif message["body"]:
                said[-1] = (*said[-1], message["body"].decode())

        await app(asked, None, send)

    tasks = [asyncio.create_task(one(asked)) for asked in scopes]
    for _ in range(5):
        await asyncio.sleep(0)
    app.app.gate.set()
    await asyncio.gather(*tasks)
    return said


def limited():
    return AtOnce(Held(), most=3, of_one=2, strangers=4, of_one_stranger=2)


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ([scope(address="a")] * 3, 1), ([scope(address=one) for one in "abcdef"], 2),
        ([scope("x")] * 3, 1), ([scope(one) for one in "xyzw"], 1),
        ([scope(address=one) for one in "abcdef"] + [scope("x")], 2),
        ([scope(address="a", kind="websocket")] * 9, 0),
    ],
)  # fmt: skip
def test_what_is_too_much_is_told_to_come_again(asked, refused):
    async def run():
        app = limited()
        said = await ask(app, *asked)
        late = [one for one in said if one[0] == 503]
        assert len(late) == refused
        for _, headers, body in late:
            assert headers[b"retry-after"] == b"5"
            assert BUSY.ja in body and BUSY.en in body
        assert not app._ones and not any(app._all.values())

    asyncio.run(run())


def test_one_that_failed_is_not_counted_on():
    async def fails(_scope, _receive, _send):
        raise ValueError("of the app")

    async def run():
        app = AtOnce(fails, strangers=1)
        for _ in range(3):
            with pytest.raises(ValueError, match="of the app"):
                await app(scope(), None, None)
        assert not app._ones

    asyncio.run(run())
