"""Words people read, always in both languages (ことば)."""

from __future__ import annotations

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


def count_in_english(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun, which is singular for one (英語の数).

    Parameters
    ----------
    many
        The plural; the noun with an s unless given.

    Examples
    --------
    >>> count_in_english(1, "site"), count_in_english(1200, "entry", "entries")
    ('1 site', '1,200 entries')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
