"""What a set of routes is (経路の宣言)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.routing import BaseRoute

    from geo.base.words import Words

SeenBy = Literal["everyone", "signed in"]
KeptBy = Literal["nobody", "anybody"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """Addresses the app answers beside its pages (経路).

    Attributes
    ----------
    make
        Gives the routes.
    seen_by
        Who is answered. The gate lets nobody else through, whatever is said here: a test holds
        the two together.
    kept_by
        Whether browsers and proxies may keep an answer without asking again: ``anybody`` for
        program files alone, the same everywhere. The gate keeps everything else from being
        kept, whatever is said here.
    """

    id: str
    words: Words
    make: Callable[[], Sequence[BaseRoute]]
    seen_by: SeenBy
    kept_by: KeptBy = "nobody"
