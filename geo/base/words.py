"""Words people read, always in both languages (ことば)."""

from __future__ import annotations

import locale
import os
from dataclasses import dataclass
from typing import Literal

Lang = Literal["ja", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """One text in Japanese and English (日英の文).

    Neither language has a default: forgetting one fails when the module is imported.

    Examples
    --------
    >>> Words("通いの場", "salon").say("en")
    'salon'
    >>> Words("{n}人", "{n} people").fill(n=3).ja
    '3人'
    """

    ja: str
    en: str

    def say(self, lang: Lang) -> str:
        """Return the text in `lang` (その言語の文)."""
        return self.ja if lang == "ja" else self.en

    def fill(self, **values: object) -> Words:
        """Return the words with ``{name}`` places filled in (値を入れる)."""
        return Words(self.ja.format(**values), self.en.format(**values))


def app_lang() -> Lang:
    """Return the app's language before a visitor chooses: ``KAYOI_LANG``, else Japanese (アプリの言語).

    The command line follows the locale; the app does not, because the machine that serves it is
    seldom the one it is read on.
    """
    return "en" if os.environ.get("KAYOI_LANG", "ja").lower().startswith("en") else "ja"


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
    code = wanted or os.environ.get("KAYOI_LANG") or ""
    if not code:
        code = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or ""
        code = code or os.environ.get("LANG") or locale.getlocale()[0] or "ja"
    return "en" if code.lower().startswith("en") else "ja"
