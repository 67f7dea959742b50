"""Started and stopped for real, with a small server in the app's place."""

import json
import re
import shutil
import signal
import subprocess
import sys

import pytest
from served_process import free_port
from starting.carried import make_stamp, read_carried
from starting.environment import MAKING, READY
from starting.serving import answers
from where import ROOT

# Stands for `python -m geo.cli serve --open`: says its address as the app does, and answers.
APP = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
assert sys.argv[1:] == ["serve", "--open"], sys.argv
class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"ok")
    def log_message(self, *_): pass
print("街のフォルダ: /どこか")
print("開いてください: http://127.0.0.1:PORT/（終わるときは Ctrl+C）", flush=True)
HTTPServer(("127.0.0.1", PORT), Page).serve_forever()
"""


class Desk:
    """One person's machine: a set, an environment that stands ready, a home."""

    def __init__(self, folder, app):
        self.set = folder / "一式 (1)"
        self.home = folder / "利用者 山田"
        (self.set / "wheels").mkdir(parents=True)
        shutil.copytree(ROOT / "start", self.set / "start")
        (self.set / "constraints.txt").write_text("", encoding="utf-8")
        (self.set / "wheels" / "kayoi_map-0.1.0-py3-none-any.whl").write_bytes(b"")
        self.own = self.home / ".local" / "share" / "kayoi-map"
        env = self.own / f"env-{make_stamp(read_carried(self.set))}"
        made = [sys.executable, "-m", "venv", "--without-pip", env]
        subprocess.run(made, check=True)
        packages = next(env.glob("lib/python*/site-packages"))
        (packages / "geo").mkdir()
        (packages / "geo" / "cli.py").write_text(app, encoding="utf-8")
        (env / MAKING).write_text("", encoding="utf-8")
        stamp = env.name.removeprefix("env-")
        (env / READY).write_text(json.dumps({"stamp": stamp}), encoding="utf-8")
        self.path = self.home / "bin"  # neither git nor make
        self.path.mkdir()
        (self.path / "python3").symlink_to(sys.executable)
        for name in ("sh", "dirname", "cat", "uname"):
            (self.path / name).symlink_to(shutil.which(name))
        self.windows = []

    def command(self, door, *more, lang="ja_JP.UTF-8"):
        environment = {
            "PATH": str(self.path),
            "HOME": str(self.home),
            "LANG": lang,
            "BROWSER": "true",
        }
        script = self.set / "start" / f"{door}-linux.sh"
        return {"args": [script, *more], "env": environment, "stdin": subprocess.DEVNULL}

    def open_window(self, door="start", *more):
        window = subprocess.Popen(
            **self.command(door, *more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8",
        )  # fmt: skip
        self.windows.append(window)
        return window

    def do(self, door, *more, lang="ja_JP.UTF-8"):
        return subprocess.run(
            **self.command(door, *more, lang=lang), capture_output=True, text=True,
            encoding="utf-8", check=False,
        )  # fmt: skip


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def desk(tmp_path, port):
    desk = Desk(tmp_path, APP.replace("PORT", str(port)))
    yield desk
    desk.do("stop")
    for window in desk.windows:
        window.wait()
        window.stdout.close()


def read_until(window, words):
    said = ""
    for line in window.stdout:
        said += line
        if words in line:
            return said
    raise AssertionError(said)


def test_started_shown_again_and_stopped(desk, port):
    window = desk.open_window()
    said = read_until(window, f"http://127.0.0.1:{port}/")
    assert "街のフォルダ: /どこか" in said and "かよいマップが動いています" in said
    again = desk.do("start", lang="en_US.UTF-8")
    assert again.returncode == 0 and "running already" in again.stdout
    stopped = desk.do("stop")
    assert stopped.returncode == 0 and "とめました" in stopped.stdout
    assert "閉じてかまいません" in window.communicate()[0] and window.returncode == 0
    assert "動いていません" in desk.do("stop").stdout
    assert json.loads((desk.own / "used.json").read_text("utf-8"))["version"] == "0.1.0"


def test_a_window_told_to_end_ends_its_server_first(desk, port):
    window = desk.open_window()
    read_until(window, f"http://127.0.0.1:{port}/")
    window.send_signal(signal.SIGHUP)  # as a terminal that is closed does
    window.communicate()
    assert window.returncode == 0 and not answers(f"http://127.0.0.1:{port}/")


def test_a_server_whose_window_was_killed_is_found_and_ended(desk, port):
    window = desk.open_window()
    read_until(window, f"http://127.0.0.1:{port}/")
    window.kill()
    window.wait()
    assert "もう動いています" in desk.do("start").stdout
    assert "とめました" in desk.do("stop").stdout
    assert not answers(f"http://127.0.0.1:{port}/")


def test_an_older_version_is_not_started_unasked(desk):
    (desk.own / "used.json").write_text('{"version": "0.2.0"}', encoding="utf-8")
    refused = desk.do("start")
    assert refused.returncode == 1 and "0.2.0" in refused.stdout
    assert not (desk.own / "running.json").exists()
    read_until(desk.open_window("start", "--older"), "動いています")


def test_another_folders_version_is_not_mixed_with_it(desk, tmp_path):
    read_until(desk.open_window(), "動いています")
    first, desk.set = desk.set, tmp_path / "新しい版"
    shutil.copytree(first, desk.set)
    told = desk.do("start")
    assert told.returncode == 1 and str(first) in told.stdout


def test_what_the_app_says_when_it_cannot_start_is_shown(tmp_path):
    desk = Desk(tmp_path, 'import sys; sys.exit("kayoi serve: 街のファイルがこわれています")')
    told = desk.do("start")
    assert told.returncode == 1 and "街のファイルがこわれています" in told.stdout
    assert "log.txt" in told.stdout and not (desk.own / "running.json").exists()


def test_without_a_python_it_says_where_to_get_one(desk):
    (desk.path / "python3").unlink()
    finder = desk.set / "start" / "with-python.sh"
    # Leaves out where else it looks: this machine may have one there.
    finder.write_text(re.sub(r" /\S+/python3(\.\d+)?", "", finder.read_text("utf-8")), "utf-8")
    told = desk.do("start")
    (desk.path / "python3").symlink_to(sys.executable)
    assert told.returncode == 1 and "python.org" in told.stdout
