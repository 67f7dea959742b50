"""What a town itself knows of addresses: files it was built with, and its 町丁目 (街の住所録)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geo.base.addressed.book import Books
from geo.base.problems import InputError
from geo.sources.addresses import area_book, kept_books
from layers.surveyed.areas import lies_in
from surveys.imports.known_town import KnownTown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geo.base.addressed.book import AddressBook, Hit
    from geo.town import Town


def known_town(town: Town, folder: Path) -> KnownTown:
    """Return what a file that is brought in is held against (取りこむ先の街).

    Parameters
    ----------
    folder
        The town's: the files of addresses it was built with lie there. One that cannot be read
        any more tells of none.
    """
    border = town.plane.to_degrees(town.border)
    try:
        kept = kept_books(folder, border=border)
    except (InputError, OSError):
        kept = ()
    own = _own(town)
    books = Books(books=(*kept, *(() if own is None else (own,))))
    return KnownTown(in_town=lies_in(town), border=border, books=books)


def find_rough(town: Town, addresses: Mapping[str, str]) -> dict[str, Hit]:
    """Return by key the 町丁目 of addresses, as far as the town's areas tell (住所の町丁目).

    The point of a hit only stands for the 町丁目: nobody walks to it.
    """
    told = {key: text for key, text in addresses.items() if text}
    own = _own(town) if told else None
    if own is None:
        return {}
    book = own.of_list(told.values())
    hits = ((key, book.find(text)) for key, text in told.items())
    return {key: hit for key, hit in hits if hit is not None}


@lru_cache(maxsize=2)
def _own(town: Town) -> AddressBook | None:
    return area_book(town.areas, town.name, town.plane)
