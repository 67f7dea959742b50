"""The way to the page that counts who is within reach (数える画面へ)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from pages.parts.frame.declared import find_pages
from pages.parts.frame.office import address, button_link

if TYPE_CHECKING:
    from geo.base.words import Lang
    from geo.town import Town


def show_way_to_coverage(town: Town, lang: Lang) -> None:
    """Show the way to the page that counts who is within reach, by its name in this town (数える画面へ)."""
    page = find_pages()["coverage"]
    name = (town.streetless and page.straight) or page.words
    words = Words(f"{name.ja}を見る", f"See {name.en}")
    button_link(address("coverage", lang), words, lang)
