"""Whether the app may listen, or does so already (ポート)."""

from __future__ import annotations

import json
import socket
import ssl
import urllib.request
from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from layers.doctor.parts.declare import Check, Finding, careful, good, mend

if TYPE_CHECKING:
    from layers.doctor.parts.declare import Subject

_WAIT_S: Final = 2
_LARGEST: Final = 10_000
_ANY: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - asked about, not bound
_MOST: Final = 65535


def look(subject: Subject) -> list[Finding]:
    """Bind the port for a moment, or ask who is there (ポートを見る)."""
    host, port = subject.host, subject.port
    if not 0 < port <= _MOST:
        return [mend(f"ポート番号 {port} は使えません", f"{port} is no port number")]
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        if is_ours(_ANY.get(host, host), port):
            return [
                good(f"{port} では、かよいマップが動いています", f"Kayoi Map is running on {port}")
            ]
        if isinstance(error, socket.gaierror):
            return [mend(f"アドレス {host} は、この機械のものではありません",
                         f"{host} is no address of this machine")]  # fmt: skip
        return [careful(
            f"{port} は使えません（{error.strerror}）。kayoi serve は、--port がなければ次の空きを使います",
            f"{port} is not to be had ({error.strerror}); without --port kayoi serve takes the next free one",
        )]  # fmt: skip
    return [good(f"{host} の {port} は空いています", f"{port} of {host} is free")]


def is_ours(host: str, port: int) -> bool:
    """Say whether Kayoi Map answers there, over http or https (かよいマップか)."""
    name = f"[{host}]" if ":" in host else host
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    asks = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trusting)
    )
    for scheme in ("http", "https"):
        try:
            with asks.open(f"{scheme}://{name}:{port}/auth/me", timeout=_WAIT_S) as answer:
                told = json.loads(answer.read(_LARGEST))
        except (OSError, ValueError):
            continue
        if isinstance(told, dict) and {"required", "account"} <= told.keys():
            return True
    return False


CHECK = Check(id="port", order=100, words=Words("ポート", "Port"), look=look)
