"""The two things a double click asks for: start and stop (はじめる・とめる)."""

from __future__ import annotations

import webbrowser
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from starting.carried import read_carried
from starting.environment import find_ready, make_environment, take_away_old
from starting.places import APP, open_own, own_folder
from starting.serving import Server, answers
from starting.state import Running, State, is_older
from starting.stopping import Asked, stop
from starting.telling import StoppedError, make_teller

if TYPE_CHECKING:
    from starting.carried import Carried
    from starting.installing import Pause
    from starting.telling import Teller


def run(arguments: list[str]) -> int:
    """Do what was asked for; 0 when it was done (実行)."""
    teller = make_teller()
    try:
        state = State(open_own(own_folder()))
        if arguments == ["stop"]:
            code = stop(state, teller)
        elif arguments[:1] == ["start"] and set(arguments[1:]) <= {"--older"}:
            code = start(state, teller, older="--older" in arguments)
        else:
            teller.tell("使い方: start.py start または stop", "usage: start.py start, or stop")
            return 2
    except StoppedError as error:
        teller.tell(f"\n{error.ja}", f"\n{error.en}")
        code = 1
    except OSError as error:
        what = f"{error.filename or ''} {error.strerror or error}".strip()
        teller.tell(
            f"\nファイルを読み書きできませんでした： {what}\nもう一度はじめてください。",
            f"\nA file could not be read or written: {what}\nStart again.",
        )
        code = 1
    if code or arguments[:1] == ["stop"]:  # the window would be gone before it is read
        teller.ask("\nEnter を押すと、この窓を閉じます。", "\nPress Enter to close this window.")
    return code


def start(state: State, teller: Teller, *, app: Path = APP, older: bool = False) -> int:
    """Start it, or show what runs already (はじめる).

    Raises
    ------
    StoppedError
        With what to do, in words.
    """
    carried = read_carried(app)
    teller.tell(f"かよいマップ {carried.version}", f"Kayoi Map {carried.version}")
    locks = state.begin()
    if locks is None:
        return show_running(state, carried, teller)
    try:
        if not (older or _may_be_older(state, carried, teller)):
            return 1
        with Asked(state) as pause:
            return _serve(state, carried, teller, pause, locks[1].number)
    finally:
        state.running.unlink(missing_ok=True)
        state.asked_to_stop.unlink(missing_ok=True)
        for lock in reversed(locks):
            lock.let_go()


def _serve(state: State, carried: Carried, teller: Teller, pause: Pause, handed: int) -> int:
    running = Running(folder=str(carried.folder), version=carried.version, edition=carried.edition)
    state.write_running(running)
    python = find_ready(state.folder, carried)
    if python is None:
        python = make_environment(state.folder, carried, teller, state.log, pause)
    teller.tell("・はじめています …", "- starting …")
    server = Server(python, state.log, handed, teller.lang)
    running = replace(running, server=server.process.pid)
    state.write_running(running)
    try:
        if server.await_page(teller, pause):
            state.write_running(replace(running, address=server.address))
            newest = max_used(state.read_used(), (carried.version, carried.edition))
            state.write_used(*newest)
            _tell_it_runs(server.address, teller)
            take_away_old(state.folder)
            server.watch(pause)
    finally:
        ended = server.end(teller)
    if not ended:
        raise StoppedError(
            "まだ終わっていません。書いているものがあるのかもしれません。少し待って、もう一度「とめる」を押してください。",
            "It has not ended yet; it may be writing. Wait a little, then stop it again.",
        )
    teller.tell(
        "かよいマップをとめました。この窓は閉じてかまいません。",
        "Kayoi Map has stopped. This window may be closed.",
    )
    return 0


def max_used(one: tuple[str, str], other: tuple[str, str]) -> tuple[str, str]:
    """Return the newer of two versions (新しい方)."""
    return other if is_older(one, other) or not one[0] else one


def _tell_it_runs(address: str, teller: Teller) -> None:
    ja, en = teller.so_far()
    teller.tell(
        f"\nかよいマップが動いています（ここまで {ja}）\n"
        f"　{address}\n"
        "ブラウザが開かないときは、上のアドレスをブラウザに入れてください。\n"
        "この窓は、使うあいだ開いたままにしてください。\n"
        "終わるとき：「とめる」（stop）をダブルクリックするか、この窓で Ctrl と C を一緒に押します。",
        f"\nKayoi Map is running ({en} so far)\n"
        f"  {address}\n"
        "If no browser opens, type this address into one.\n"
        "Leave this window open while you use it.\n"
        "To end: double-click the stop file, or press Ctrl and C in this window.",
    )


def show_running(state: State, carried: Carried, teller: Teller) -> int:
    """Open the browser on what runs already; begin nothing (もう動いている).

    Raises
    ------
    StoppedError
        When another folder's version runs, or it does not answer.
    """
    running = state.read_running()
    if running and Path(running.folder) != carried.folder and running.folder:
        raise StoppedError(
            f"別のフォルダのかよいマップ（{running.version}）が動いています：\n{running.folder}\n"
            "先にそれを「とめる」でとめてから、もう一度はじめてください。",
            f"Kayoi Map {running.version} of another folder is running:\n{running.folder}\n"
            "Stop that first (the stop file), then start again.",
        )
    if running and running.address and answers(running.address):
        webbrowser.open(running.address)
        teller.tell(
            f"もう動いています。ブラウザで開きます： {running.address}",
            f"It is running already; the browser opens {running.address}",
        )
        return 0
    raise StoppedError(
        "別の窓が、いま用意をしているか、終わるところです。その窓が終わるのを待ってください。\n"
        "その窓が見つからないときは「とめる」を押してから、もう一度はじめてください。",
        "Another window is getting ready, or ending; wait for it.\n"
        "If there is no such window, use the stop file, then start again.",
    )


def _may_be_older(state: State, carried: Carried, teller: Teller) -> bool:
    used, mine = state.read_used(), (carried.version, carried.edition)
    if not is_older(mine, used):
        return True
    named = [" ".join(filter(None, one)) for one in (used, mine)]
    teller.tell(
        f"この前は、もっと新しい版（{named[0]}）を使っていました。このフォルダの版は {named[1]} です。\n"
        "古い版で開くと、新しい版で書いたものが見えなかったり、開けなかったりするかもしれません。\n"
        "新しい版のフォルダの「はじめる」を使ってください。",
        f"A newer version ({named[0]}) was used here last; this folder holds {named[1]}.\n"
        "The older one may not show, or not open, what the newer one wrote.\n"
        "Use the start file in the newer folder.",
    )
    return teller.ask(
        "それでも古い版ではじめるなら「はい」と入れて Enter、やめるなら、そのまま Enter：",
        "To start the older one all the same, type yes and press Enter; to leave it, press Enter:",
    )
