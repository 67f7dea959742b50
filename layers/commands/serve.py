"""``kayoi serve``: show a town in the browser (街を見せるコマンド)."""

from __future__ import annotations

import errno
import importlib.util
import os
import socket
import ssl
import sys
import threading
import time
import urllib.request
import webbrowser
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from uvicorn import Config

from geo.base.private import FOLDER_MODE, close_all
from geo.base.problems import InputError
from geo.base.settings import PROXY, SIGN_IN, TOWN
from geo.base.words import Words
from geo.sources.editions import take_next
from geo.sources.own_folder import HOME, check_home, default_folder, holds_town
from geo.sources.town_folder import load_town
from layers.commands.certificate import check_pair
from layers.commands.own_list import settle_town
from layers.door.bounds import make_bounds
from layers.door.door import open_listeners
from layers.door.files import WANTED, raise_file_limit
from layers.door.memory import bound_memory
from layers.door.seldom import quieten
from layers.door.server import LARGEST_HEAD, GuardedServer
from layers.served.account import sign_in_needed
from layers.served.prepare import prepare_tiles
from surveys.api.gate import user_of
from surveys.store.accounts import has_users
from surveys.store.register import FOLDER, open_register
from surveys.store.sweeping import sweep_parts

if TYPE_CHECKING:
    import argparse

    from geo.base.words import Lang
    from layers.door.bounds import Bounds

WORDS = Words("街を、ブラウザで見られるようにします", "show a town in the browser")
HOST, PORT = "127.0.0.1", 8501
TRUSTED_PROXIES = "127.0.0.1,::1"
IN_THE_CLEAR = Words(
    "注意: 通信が暗号化されていません（http）。パスワードと記録が、途中で読まれるおそれがあります。"
    "タブレットの野外アプリも、電波のない所では使えません。--cert と --key を渡すか、"
    "https の中継（リバースプロキシ）を前に置いてください",
    "warning: this is http. Passwords and records travel in the clear, and tablets cannot work"
    " offline. Give --cert and --key, or put an https proxy in front",
)
_NO_TOWN = Words(
    "街はまだありません。開いた画面の「まちをつくる」でつくれます",
    "there is no town yet; the page that opens makes one",
)
_OWN = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Where the app listens, and whom it lets in (待ち受け方).

    Attributes
    ----------
    port
        ``None`` takes the first free one from 8501 on.
    cert, key
        Both for https, neither for http.
    sign_in
        Ask for it even where this machine alone could go without.
    """

    host: str = HOST
    port: int | None = None
    cert: Path | None = None
    key: Path | None = None
    sign_in: bool = False


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    folder = Words(
        f"街のフォルダ。なければ、前に選んだものか、ホームの {HOME}。街がまだなくても開き、画面でつくれる",
        f"the town's folder; without it the one chosen before, or {HOME} in your home. One without a "
        "town opens, too: it is made in the browser",
    )
    parser.add_argument("--town", type=Path, default=None, metavar="DIR", help=folder.say(lang))
    browser = Words("ブラウザを開く", "open the browser").say(lang)
    parser.add_argument("--open", action="store_true", help=browser)
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
    cert = Words("https の証明書（PEM）", "certificate for https (PEM)").say(lang)
    parser.add_argument("--cert", type=Path, default=None, metavar="FILE", help=cert)
    key = Words("証明書の鍵（PEM）", "the certificate's key (PEM)").say(lang)
    parser.add_argument("--key", type=Path, default=None, metavar="FILE", help=key)
    sign_in = Words(
        "この機械の中だけでも、サインインを求める", "ask for sign-in even on this machine alone"
    )
    parser.add_argument("--sign-in", action="store_true", help=sign_in.say(lang))


def read_listening(args: argparse.Namespace) -> Listening:
    """Return what the arguments say about where to listen (待ち受け方を読む)."""
    return Listening(
        host=args.host, port=args.port, cert=args.cert, key=args.key, sign_in=args.sign_in
    )


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Serve until stopped (実行)."""
    folder = check_home(args.town or default_folder())
    serve_town(folder, read_listening(args), lang=lang, browser=args.open)


def serve_town(folder: Path, listening: Listening, *, lang: Lang, browser: bool) -> None:
    """Prepare the map, print the address, and serve until stopped (街を見せる).

    Raises
    ------
    InputError
        When the town cannot be read, the port is taken or no port, the certificate cannot be
        used, or others could reach the app and nobody has an account.
    """
    folder = folder.resolve()
    take_next(folder)  # a change that was stopped half way
    town = load_town(folder) if holds_town(folder) else None
    if town is None:
        folder.mkdir(parents=True, exist_ok=True)
    host, secure = listening.host, check_pair(listening.cert, listening.key)
    os.environ[SIGN_IN.name] = "needed" if needs_sign_in(folder, listening) else "off"
    # Records, photos and fingerprints of passwords lie there: they are their owner's alone.
    close_all((folder / FOLDER).resolve())
    sweep_parts(folder, now=time.time())
    port = choose_port(host, listening.port)
    if town is not None:
        settle_town(folder, town, lang)
        prepare_tiles(
            folder, lambda words: print(words.say(lang) + " …", file=sys.stderr, flush=True)
        )
    os.environ[TOWN.name] = str(folder)
    name = f"[{host}]" if ":" in host else host
    address = f"{'https' if secure else 'http'}://{name}:{port}/"
    print(Words(f"街のフォルダ: {folder}", f"the town's folder: {folder}").say(lang))
    if town is None:
        print(_NO_TOWN.say(lang))
    words = Words(
        f"開いてください: {address}（終わるときは Ctrl+C）", f"open {address} (Ctrl+C to stop)"
    )
    print(words.say(lang), flush=True)
    bounds = _tell_bounds(lang)
    if host not in _OWN and not secure:
        print(IN_THE_CLEAR.say(lang), file=sys.stderr, flush=True)
    if browser:
        threading.Thread(target=_open_when_ready, args=(address,), daemon=True).start()
    _run(listening, port, bounds)


def _tell_bounds(lang: Lang) -> Bounds:
    files = raise_file_limit()
    bounds = make_bounds(files or WANTED)
    told = Words(
        f"同時の接続は {bounds.connections:,} まで、ひとつのアドレスから {bounds.of_one:,} まで",
        f"up to {bounds.connections:,} connections at once, {bounds.of_one:,} from one address",
    )
    if files is not None:
        told = Words(f"{told.ja}（開けるファイル {files:,}）", f"{told.en} ({files:,} open files)")
    print(told.say(lang), flush=True)
    return bounds


def needs_sign_in(folder: Path, listening: Listening) -> bool:
    """Say whether people must sign in: off this machine always (サインインが要るか).

    Raises
    ------
    InputError
        When others could reach the app and there is no account yet.
    """
    register = open_register(folder)
    try:
        somebody = has_users(register)
    finally:
        register.engine.dispose()
    if listening.host not in _OWN and not somebody:
        raise InputError(
            Words(
                f"ほかの機械から使うには、先に利用者をつくってください: kayoi user add 名前 --town {folder}",
                f"before others may reach it, make an account: kayoi user add NAME --town {folder}",
            )
        )
    asked = listening.sign_in or os.environ.get(SIGN_IN.name) == "needed"
    return somebody or asked or listening.host not in _OWN


def _run(listening: Listening, port: int, bounds: Bounds) -> None:
    try:
        listeners = open_listeners(listening.host, port)
    except OSError as error:  # taken since it was chosen
        raise InputError(_not_to_be_had(listening.host, port, error)) from error
    os.umask(~FOLDER_MODE & 0o777)  # whatever is written from here on
    bound_memory()
    # Streamlit sets the loggers' levels anew when it starts; a filter stays.
    quieten()
    os.environ.setdefault("STREAMLIT_SERVER_HEADLESS", "true")
    os.environ.setdefault("STREAMLIT_BROWSER_GATHER_USAGE_STATS", "false")
    # A served town's pages do not change under their readers.
    os.environ.setdefault("STREAMLIT_SERVER_FILE_WATCHER_TYPE", "none")
    where = importlib.util.find_spec("app")
    if where is None or where.origin is None:
        raise InputError(Words("app.py が見つかりません", "app.py is not installed"))
    sys.path.insert(0, str(Path(where.origin).parent))
    proxies = [one.strip() for one in PROXY.read().split(",") if one.strip()]
    config = Config(
        "app:app",
        loop="asyncio",  # the one whose sockets the door knows how to count
        ssl_certfile=listening.cert,
        ssl_keyfile=listening.key,
        h11_max_incomplete_event_size=LARGEST_HEAD,
        # A proxy on this machine says who asks and whether by https; nobody else is believed
        # that was not named.
        proxy_headers=True,
        forwarded_allow_ips=",".join([TRUSTED_PROXIES, *proxies]),
    )
    server = GuardedServer(
        config, bounds, lambda scope: user_of(scope) is not None or not sign_in_needed(),
        proxies=proxies,
    )  # fmt: skip
    with suppress(KeyboardInterrupt):
        server.run(sockets=listeners)


def choose_port(host: str, port: int | None) -> int:
    """Return the port asked for if it is free, or the first free one (ポートを選ぶ)."""
    most = 65535
    if port is not None and not 0 < port <= most:
        raise InputError(Words(f"ポート番号 {port} は使えません", f"{port} is no port number"))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    fault = OSError()
    for number in [port] if port else range(PORT, PORT + 50):
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, number))
            except OSError as error:
                fault = error
                continue
            return number
    raise InputError(_not_to_be_had(host, port or PORT, fault))


def _not_to_be_had(host: str, port: int, fault: OSError) -> Words:
    if isinstance(fault, socket.gaierror) or fault.errno == errno.EADDRNOTAVAIL:
        return Words(
            f"アドレス {host} は、この機械のものではありません。--host を確かめてください",
            f"{host} is no address of this machine; check --host",
        )
    return Words(
        f"ポート {port} はほかのものが使っています。--port で別の番号を渡してください",
        f"port {port} is taken; give another with --port",
    )


def _open_when_ready(address: str) -> None:
    # Whether the certificate is trusted is the browser's to judge.
    ready = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    ready.check_hostname, ready.verify_mode = False, ssl.CERT_NONE
    for _ in range(120):
        try:
            with urllib.request.urlopen(address + "_stcore/health", timeout=1, context=ready):  # noqa: S310 - our own address
                webbrowser.open(address)
                return
        except OSError:
            time.sleep(0.25)
