"""Which language words are said in (どの言語で言うか)."""

from __future__ import annotations

import locale
import os
from typing import TYPE_CHECKING

from geo.base.settings import LANG

if TYPE_CHECKING:
    from geo.base.words import Lang


def app_lang() -> Lang:
    """Return the app's language before a visitor chooses: ``KAYOI_LANG``, else Japanese (アプリの言語).

    The command line follows the locale; the app does not, because the machine that serves it is
    seldom the one it is read on.
    """
    return "en" if LANG.read().lower().startswith("en") else "ja"


def choose_lang(wanted: str | None = None) -> Lang:
    """Return the user's language (使う人の言語).

    Parameters
    ----------
    wanted
        A language asked for; ``None`` reads ``KAYOI_LANG``, then the locale, else Japanese.

    Examples
    --------
    >>> choose_lang("en_GB.UTF-8")
    'en'
    """
    code = wanted or LANG.read()
    if not code:
        code = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or ""
        code = code or os.environ.get("LANG") or locale.getlocale()[0] or "ja"
    return "en" if code.lower().startswith("en") else "ja"
