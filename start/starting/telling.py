"""Words on the window a double click opens (窓に出すことば)."""

from __future__ import annotations

import io
import locale
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class StoppedError(Exception):
    """Nothing further can be done; what to do is said in both languages (止まったわけ)."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.ja, self.en = ja, en


def choose_lang(environment: Mapping[str, str] | None = None) -> str:
    """Return ``ja``, or ``en`` where the machine speaks English, as the app does (ことば).

    Examples
    --------
    >>> choose_lang({"LANG": "en_GB.UTF-8"}), choose_lang({"LANG": "ja_JP.UTF-8"})
    ('en', 'ja')
    """
    found = os.environ if environment is None else environment
    names = ("KAYOI_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    code = next((found[name] for name in names if found.get(name)), "")
    if not code and sys.platform == "win32":  # elsewhere no word of it means Japanese
        code = locale.getlocale()[0] or ""
    return "en" if code.lower().startswith("en") else "ja"


@dataclass(kw_only=True)
class Teller:
    """Says what happens, and for how long already (話し手).

    Attributes
    ----------
    answers
        Who answers what is asked; ``None`` where nobody sits at the window.
    """

    lang: str
    out: TextIO
    answers: Callable[[str], str] | None = None
    clock: Callable[[], float] = time.monotonic
    began: float = field(default_factory=time.monotonic)

    def tell(self, ja: str, en: str) -> None:
        """Write one line (言う)."""
        with suppress(OSError, ValueError):  # the window may be closed; what runs is still ended
            self.out.write((en if self.lang == "en" else ja) + "\n")
            self.out.flush()

    def ask(self, ja: str, en: str) -> bool:
        """Return whether the answer is yes; nobody there means no (聞く)."""
        if self.answers is None:
            return False
        try:
            answer = self.answers((en if self.lang == "en" else ja) + " ")
        except (EOFError, OSError):
            return False
        return answer.strip().lower() in {"はい", "y", "yes"}

    def so_far(self) -> tuple[str, str]:
        """Return how long it has taken, in both languages (ここまで)."""
        return span(self.clock() - self.began)


def span(seconds: float) -> tuple[str, str]:
    """Return a length of time in words (長さ).

    Examples
    --------
    >>> span(8.4), span(130)
    (('8秒', '8 s'), ('2分10秒', '2 min 10 s'))
    """
    minutes, rest = divmod(int(seconds), 60)
    if not minutes:
        return f"{rest}秒", f"{rest} s"
    return f"{minutes}分{rest:02d}秒", f"{minutes} min {rest:02d} s"


def make_teller() -> Teller:
    """Return the one for this window (この窓の話し手)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sitting = sys.stdin is not None and sys.stdin.isatty()
    return Teller(lang=choose_lang(), out=sys.stdout, answers=input if sitting else None)
