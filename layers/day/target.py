"""How near the town wants a 通いの場 to everybody: as it is asked, else as it was kept (町の目標)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.walk.ranges import parse_range
from surveys.store.target import find_target

if TYPE_CHECKING:
    from geo.walk.ranges import WalkingRange
    from surveys.store.register import Register


def read_target(text: str, register: Register | None) -> WalkingRange | None:
    """Return the range asked for, ``10min`` or ``500m``, else the town's own; None without either (目標を読む).

    Raises
    ------
    InputError
        When it cannot be read.
    """
    said = text or (find_target(register) if register is not None else "")
    return parse_range(said) if said else None
