"""Coverage measures, one file each (指標).

A new measure is one new file here with a ``MEASURE``; it is then computed, shown, exported
and tested like the others.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.base.words import Words
    from geo.measures.measure import Measure, Walks


def _found() -> dict[str, Measure]:
    measures = {}
    for module in pkgutil.iter_modules(__path__):
        if module.name != "measure":
            found: Measure = importlib.import_module(f"{__name__}.{module.name}").MEASURE
            if found.id != module.name:
                raise ValueError(f"geo/measures/{module.name}.py declares the id {found.id!r}")
            measures[found.id] = found
    return dict(sorted(measures.items(), key=lambda item: item[1].order))


MEASURES: dict[str, Measure] = _found()


def measure_notes(walks: Walks) -> dict[str, Words]:
    """Return what must be told beside the figures of these walks, by measure (但し書き)."""
    notes = ((measure.id, measure.note(walks)) for measure in MEASURES.values())
    return {id_: words for id_, words in notes if words is not None}
