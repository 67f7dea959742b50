"""Where a report's things lie: the areas of a division, and how each is found (報告の地区)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from surveys.record.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The areas a report counts by (報告の地区).

    Attributes
    ----------
    division
        Its name; "" where entries are taken by the names they say.
    areas
        Names in their order; empty where entries are taken by the names they say.
    areas_of
        From sites with their answers to the names of the areas each is of, in the same order; none
        where it is not known.
    """

    division: str
    areas: tuple[str, ...]
    areas_of: Callable[[Sequence[tuple[Site, Mapping[str, Any]]]], list[tuple[str, ...]]]


def said_areas(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the areas a record says it is about, as it names them (書いてある地区)."""
    said = answers.get("area")
    return tuple(map(str, said)) if isinstance(said, list) else ()


AS_SAID: Final = Ground(
    division="", areas=(), areas_of=lambda told: [said_areas(one) for _, one in told]
)
