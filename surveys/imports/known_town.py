"""What is known of the town a file is brought into (取りこむ先の街)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.addressed.book import Books

if TYPE_CHECKING:
    import shapely

    from surveys.imports.asked import InTown


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTown:
    """A town as far as a file is held against it (街について分かること).

    Attributes
    ----------
    in_town
        Says of a place whether it lies in the town; ``None`` where no town is known.
    border
        The town in degrees: it says of metres without a zone which may be meant.
    books
        Where the town itself knows addresses to be.
    """

    in_town: InTown | None = None
    border: shapely.Geometry | None = None
    books: Books = Books(books=())  # noqa: RUF009 - frozen, and nobody's to change


NO_TOWN: Final = KnownTown()
