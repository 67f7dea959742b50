"""A device that sends as the field app does, and what it sends."""

import asyncio
import base64
import hashlib
import io
import json
import random
import threading
from datetime import UTC, datetime

from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from surveys.api.sync import make_sync_routes

NOW = datetime(2026, 11, 21, 1, 42, tzinfo=UTC)
TODAY = "2026-11-21"
DEVICE = "d" * 32


def client_of(register, *, user=None, now=NOW):
    """Return a client of the API on one register."""
    routes = make_sync_routes(lambda: register, lambda _request: user, now=lambda: now)
    return TestClient(Starlette(routes=routes), base_url="http://localhost")


class Direct:
    """Calls the API without a client's own cost: a thousand ways of sending in seconds."""

    def __init__(self, register):
        self.app = Starlette(routes=make_sync_routes(lambda: register, now=lambda: NOW))
        # A loop on a thread of its own: a browser's tests leave one running on this thread.
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()

    def close(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def put(self, path, **more):
        return self._call("PUT", path, **more)

    def post(self, path, **more):
        return self._call("POST", path, **more)

    def _call(self, method, path, *, headers=None, json=None, content=b""):
        headers = dict(headers or {})
        if json is not None:
            content = dump(json).encode()
            headers["Content-Type"] = "application/json"
        scope = {
            "type": "http", "method": method, "path": path, "query_string": b"", "scheme": "http",
            "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
            "server": ("localhost", 80), "client": ("localhost", 1), "http_version": "1.1",
        }  # fmt: skip
        return asyncio.run_coroutine_threadsafe(self._answer(scope, content), self.loop).result()

    async def _answer(self, scope, content):
        came = []

        async def receive():
            return {"type": "http.request", "body": content, "more_body": False}

        async def send(message):
            came.append(message)

        await self.app(scope, receive, send)
        body = b"".join(one.get("body", b"") for one in came[1:])
        return Said(came[0]["status"], body.decode())


class Said:
    """What the API said."""

    def __init__(self, status_code, text):
        self.status_code, self.text = status_code, text

    def json(self):
        return json.loads(self.text)


def hex_id(rng):
    return f"{rng.getrandbits(128):032x}"


def photo(number):
    data = io.BytesIO()
    Image.new("RGB", (8, 8), (number % 256, number // 256 % 256, 80)).save(data, "JPEG")
    return data.getvalue()


def sha(data):
    return hashlib.sha256(data).hexdigest()


def submission(rng=None, **more):
    """Return a submission about a new park."""
    rng = rng or random.Random()  # noqa: S311 - no secret
    id_ = more.get("id") or hex_id(rng)
    return {
        "format": 1, "id": id_, "label": "A-1", "record_id": id_, "site_id": hex_id(rng),
        "type": "park", "kind": "visit", "title": "西公園", "walk_id": None,
        "made_at": "2026-11-21T01:00:00.000Z", "device_at": "2026-11-21T01:00:00.000Z",
        "clock_off_s": 0, "on": TODAY, "by": "生活支援コーディネーター", "source": "surveyed",
        "sure": "sure", "base": 0, "after": None, "patch": {"name": "西公園"},
        "place": {"type": "Point", "coordinates": [139.8956, 35.6449]}, "position": None,
        "note": "", "types_version": "1", "photos": [],
    } | more  # fmt: skip


class Device:
    """Sends photos and records, and remembers what was acknowledged."""

    def __init__(self, client, id_=DEVICE):
        self.client, self.id = client, id_

    def _put(self, path, **more):
        headers = {"X-Kayoi-Device": self.id} | more.pop("headers", {})
        return self.client.put(f"/api/v1/field/{path}", headers=headers, **more)

    def hello(self, **holds):
        body = {"holds": holds, "clock": "2026-11-21T01:42:00Z"}
        return self._put(f"devices/{self.id}", json=body)

    def photo(self, data, id_=None):
        return self._put(
            f"photos/{id_ or sha(data)}", content=data, headers={"Content-Type": "image/jpeg"}
        )

    def record(self, one, *, query=""):
        return self._put(f"records/{one['id']}{query}", json=one)

    def raw(self, id_, text):
        headers = {"Content-Type": "application/json"}
        return self._put(f"records/{id_}", content=text, headers=headers)

    def receipt(self, records, photos=(), day=TODAY):
        body = {"device_id": self.id, "day": day, "records": list(records), "photos": list(photos)}
        return self.client.post("/api/v1/field/receipts", json=body).json()

    def track(self, id_, points, day=TODAY):
        return self._put(f"tracks/{id_}", json={"walk_id": None, "day": day, "points": points})


def dump(value):
    return json.dumps(value, ensure_ascii=False)


def saved(submissions, photos=(), **more):
    """Return the file a device without signal saves of what it holds."""
    shots = [
        {"id": sha(one), "media": "image/jpeg", "base64": base64.b64encode(one).decode()}
        for one in photos
    ]
    whole = {
        "format": 1,
        "made_at": "2026-11-21T01:42:00.000Z",
        "device": {"id": "d" * 32, "code": "A"},
    }
    return json.dumps(whole | {"submissions": submissions, "photos": shots} | more).encode()
