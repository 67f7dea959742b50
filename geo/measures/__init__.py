"""Coverage measures, one file each (指標).

A new measure is one new file here with a ``MEASURE``; it is then computed, shown, exported
and tested like the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.registry import find_entries, in_order

if TYPE_CHECKING:
    from geo.base.words import Words
    from geo.measures.measure import Measure, Walks


MEASURES: dict[str, Measure] = in_order(
    find_entries(__name__, "MEASURE", beside=("floating_catchment", "measure", "unit"))
)


def measure_notes(walks: Walks) -> dict[str, Words]:
    """Return what must be told beside the figures of these walks, by measure (但し書き)."""
    notes = ((measure.id, measure.note(walks)) for measure in MEASURES.values())
    return {id_: words for id_, words in notes if words is not None}
