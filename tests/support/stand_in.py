"""A server on this machine that answers as the offices' do, or as badly as one wants."""

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    """One answer: by default the whole file, or the range that is asked for."""

    body: bytes = b""
    status: int = 200
    headers: dict = field(default_factory=dict)
    etag: str = '"one"'
    ranges: bool = True
    cut_after: int | None = None  # bytes, after which the line is dropped
    drip: int = 0  # bytes at a time, with a breath between
    silent_s: float = 0.0  # after the head


class StandIn:
    """What it answers by path, in turn; the last answer of a path is given again and again."""

    def __init__(self):
        self.answers = {}
        self.asked = []
        self.running = 0
        self.most_at_once = 0
        self._lock = threading.Lock()

    def give(self, path, *answers):
        self.answers[path] = list(answers)

    def next(self, handler):
        path = handler.path.partition("?")[0]
        with self._lock:
            self.asked.append((handler.path, dict(handler.headers)))
            left = self.answers.get(path) or self.answers.get("*") or [Answer(status=404)]
            return left.pop(0) if len(left) > 1 else left[0]

    @contextmanager
    def one(self):
        with self._lock:
            self.running += 1
            self.most_at_once = max(self.most_at_once, self.running)
        try:
            yield
        finally:
            with self._lock:
                self.running -= 1

    def paths(self):
        return [path.partition("?")[0] for path, _ in self.asked]


class _Handler(BaseHTTPRequestHandler):
    stand_in = None

    def log_message(self, *_):
        pass

    def do_GET(self):
        with self.stand_in.one():
            self._answer(self.stand_in.next(self))

    def _answer(self, one):
        body, status = one.body, one.status
        extra = dict(one.headers)
        asked = self.headers.get("Range", "")
        if status == 200 and one.etag:
            extra["ETag"] = one.etag
        if status == 200 and one.ranges and asked and self.headers.get("If-Range") == one.etag:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            if start >= len(body):
                status, body = 416, b""
            else:
                extra["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
                status, body = 206, body[start:]
        self.send_response(status)
        extra.setdefault("Content-Length", str(len(body)))
        for name, value in extra.items():
            self.send_header(name, value)
        self.end_headers()
        time.sleep(one.silent_s)
        body = body if one.cut_after is None else body[: one.cut_after]
        step = one.drip or len(body) or 1
        for at in range(0, len(body), step):
            self.wfile.write(body[at : at + step])
            if one.drip:
                time.sleep(0.002)
        if one.cut_after is not None:
            self.wfile.flush()
            self.close_connection = True


@contextmanager
def stand_in():
    """Serve on a free port of the loopback; yield the stand-in and its host and port."""
    found = StandIn()
    handler = type("Handler", (_Handler,), {"stand_in": found})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # somebody left in the middle
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield found, f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
