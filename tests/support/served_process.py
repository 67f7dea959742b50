"""A server of our own in a process of its own, and the wait until it answers."""

import http.client
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

LONGEST_START_S = 120
STEP_S = 0.1


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_kayoi(*words, **how):
    """Start a command of ours."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([sys.executable, "-m", "geo.cli", *words], **(quiet | how))


@contextmanager
def answering(server, address, trusted: ssl.SSLContext | None = None):
    """Wait until a server says that it is well, and stop it afterwards, whatever happened."""
    try:
        wait_until_it_answers(server, address, trusted)
        yield server
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_until_it_answers(server, address, trusted: ssl.SSLContext | None = None):
    """Wait until a server says that it is well; one that ended or never answers is a failure."""
    for _ in range(int(LONGEST_START_S / STEP_S)):
        assert server.poll() is None, f"the server ended with {server.returncode}"
        try:
            with urllib.request.urlopen(
                address + "/_stcore/health", timeout=LONGEST_START_S, context=trusted
            ):
                return
        except (OSError, http.client.HTTPException):
            time.sleep(STEP_S)
    raise AssertionError("the server did not start")
