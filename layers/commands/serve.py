"""``kayoi serve``: show a town in the browser (街を見せるコマンド)."""

from __future__ import annotations

import importlib.util
import logging
import os
import socket
import sys
import threading
import time
import urllib.request
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from geo.problems import InputError
from geo.sources.town_folder import load_town
from geo.words import Words
from layers.live import VARIABLE
from layers.prepare import prepare_tiles

if TYPE_CHECKING:
    import argparse

    from geo.words import Lang

WORDS = Words("街を、ブラウザで見られるようにします", "show a town in the browser")
HOST, PORT = "127.0.0.1", 8501
_OWN = ("127.0.0.1", "localhost", "::1")


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    folder = Words("街のフォルダ", "the town's folder").say(lang)
    parser.add_argument("--town", type=Path, required=True, metavar="DIR", help=folder)
    add_server_arguments(parser, lang)


def add_server_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare where the app listens (待ち受ける場所)."""
    port = Words(f"ポート番号（ふつうは {PORT}）", f"port ({PORT} if not given)").say(lang)
    parser.add_argument("--port", type=int, default=None, metavar="P", help=port)
    host = Words(
        "待ち受けるアドレス。ふつうはこの機械の中だけ（127.0.0.1）",
        "address to listen on; this machine alone by default",
    )
    parser.add_argument("--host", default=HOST, metavar="ADDRESS", help=host.say(lang))


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Serve until stopped (実行)."""
    serve_town(args.town, host=args.host, port=args.port, lang=lang, browser=False)


def serve_town(folder: Path, *, host: str, port: int | None, lang: Lang, browser: bool) -> None:
    """Prepare the map, print the address, and serve until stopped (街を見せる).

    Without a port the first free one from 8501 on is taken.

    Raises
    ------
    InputError
        When the folder holds no town, or the port is taken or no port.
    """
    folder = folder.resolve()
    load_town(folder)
    port = choose_port(host, port)
    prepare_tiles(folder, lambda words: print(words.say(lang) + " …", file=sys.stderr, flush=True))
    os.environ[VARIABLE] = str(folder)
    address = f"http://{host}:{port}/"
    print(Words(f"街のフォルダ: {folder}", f"the town's folder: {folder}").say(lang))
    words = Words(
        f"開いてください: {address}（終わるときは Ctrl+C）", f"open {address} (Ctrl+C to stop)"
    )
    print(words.say(lang), flush=True)
    if host not in _OWN:
        open_to_all = Words(
            "注意: この機械の外からも、だれでも調査の記録と写真を見て、書きかえられます（ログインはありません）",
            "note: anyone who reaches this address reads and changes the survey records and photos"
            " (there is no sign-in)",
        )
        print(open_to_all.say(lang), file=sys.stderr, flush=True)
    if browser:
        threading.Thread(target=_open_when_ready, args=(address,), daemon=True).start()
    # Streamlit sets the loggers' levels anew when it starts; a filter stays.
    for name in ("uvicorn", "uvicorn.access", "uvicorn.error"):
        logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.WARNING)
    os.environ.setdefault("STREAMLIT_SERVER_HEADLESS", "true")
    os.environ.setdefault("STREAMLIT_BROWSER_GATHER_USAGE_STATS", "false")
    # A served town's pages do not change under their readers.
    os.environ.setdefault("STREAMLIT_SERVER_FILE_WATCHER_TYPE", "none")
    where = importlib.util.find_spec("app")
    if where is None or where.origin is None:
        raise InputError(Words("app.py が見つかりません", "app.py is not installed"))
    sys.path.insert(0, str(Path(where.origin).parent))
    uvicorn.run("app:app", host=host, port=port)


def choose_port(host: str, port: int | None) -> int:
    """Return the port asked for if it is free, or the first free one (ポートを選ぶ)."""
    most = 65535
    if port is not None and not 0 < port <= most:
        raise InputError(Words(f"ポート番号 {port} は使えません", f"{port} is no port number"))
    for number in [port] if port else range(PORT, PORT + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, number))
            except OSError:
                continue
            return number
    raise InputError(
        Words(
            f"ポート {port or PORT} はほかのものが使っています。--port で別の番号を渡してください",
            f"port {port or PORT} is taken; give another with --port",
        )
    )


def _open_when_ready(address: str) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(address + "_stcore/health", timeout=1):  # noqa: S310 - our own address
                webbrowser.open(address)
                return
        except OSError:
            time.sleep(0.25)
