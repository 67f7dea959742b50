"""A stop that is safe: what runs is asked to end, and waited for (とめる)."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from starting.telling import StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from starting.state import State
    from starting.telling import Teller

TURN_S: Final = 0.25
_PATIENCE_S: Final = 150


def stop(state: State, teller: Teller) -> int:
    """Ask what runs to end, and wait until it has (とめる)."""
    if not state.is_running():
        teller.tell("かよいマップは動いていません。", "Kayoi Map is not running.")
        return 0
    teller.tell("かよいマップをとめています …", "Stopping Kayoi Map …")
    state.asked_to_stop.write_text("", encoding="utf-8")
    _stop_left_behind(state)
    until = time.monotonic() + _PATIENCE_S
    while state.is_running():
        if time.monotonic() > until:
            raise StoppedError(
                "まだ終わっていません。少し待って、もう一度押してください。\n"
                "それでも終わらないときは、黒い窓を閉じてください。保存した記録は残っています。",
                "It has not ended yet. Wait a little, then try again.\n"
                "If it still has not, close its window. What was saved stays.",
            )
        time.sleep(TURN_S)
    teller.tell(
        "とめました。記録と街は、そのまま残っています。",
        "Stopped. Records and town are as they were.",
    )
    return 0


def _stop_left_behind(state: State) -> None:
    # The window is gone, and the server, which holds the lock it was handed, is not: the process
    # it wrote down is alive, and so its number is still its own.
    window = state.begin_window()
    running = state.read_running()
    try:
        if window and running and running.server and sys.platform != "win32":
            with suppress(ProcessLookupError, PermissionError):
                os.kill(running.server, signal.SIGTERM)
    finally:
        if window:
            window.let_go()


class Asked:
    """Whether somebody asked to stop: by the stop file, Ctrl+C, or closing the window (とめる合図)."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.asked = False
        self._before: dict[int, object] = {}

    def __enter__(self) -> Callable[[], bool]:
        """Listen from now on."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
            number = getattr(signal, name, None)
            if number is not None:
                self._before[number] = signal.signal(number, self._ask)
        return self.wait

    def __exit__(self, *_: object) -> None:
        """Leave the signals as they were."""
        for number, before in self._before.items():
            signal.signal(number, before)  # type: ignore[arg-type]

    def _ask(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.asked = True

    def wait(self) -> bool:
        """Wait a moment; return whether to stop (待つ)."""
        time.sleep(TURN_S)
        self.asked = self.asked or self.state.asked_to_stop.exists()
        return self.asked
