"""Where a town's data comes from, in one line (出典の一行)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from geo.base.dates import parse_date, say_date
from geo.base.problems import InputError
from geo.base.words import Words

if TYPE_CHECKING:
    from geo.base.words import Lang
    from geo.town import Town


def credit_line(town: Town, lang: Lang) -> str:
    """Return where the town's data comes from, in one line (出典の一行)."""
    seen: list[str] = []
    for one in town.credits:
        text = one.credit or one.name
        day = one.date
        with suppress(InputError):  # a year or a period stands as it is
            day = say_date(parse_date(day), lang) if day else ""
        text += (f"（{day}）" if lang == "ja" else f" ({day})") if day else ""
        if text not in seen:
            seen.append(text)
    return Words("出典：", "Sources: ").say(lang) + "・".join(seen)
