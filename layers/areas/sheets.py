"""What many sheets of one run are made from, each part once (シートのもと)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from layers.areas.map import AreaMaps
from layers.areas.things import Things

if TYPE_CHECKING:
    from pathlib import Path

    from layers.areas.run import Run


@dataclass(frozen=True, kw_only=True, eq=False)
class Shared:
    """Answers, places and maps of one run (シートのもと).

    Attributes
    ----------
    folder
        The town's, for its base map.
    """

    run: Run
    folder: Path

    @cached_property
    def things(self) -> Things:
        """All that stands in the town (街にあるもの)."""
        return Things(self.run.day)

    @cached_property
    def maps(self) -> AreaMaps:
        """The areas' maps (地図)."""
        return AreaMaps(self.run, self.things, self.folder)
