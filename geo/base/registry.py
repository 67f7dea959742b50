"""Kinds of things found by scanning their room, so that a new one is one new file (登録簿)."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType


def find_entries(
    room: ModuleType | str, attribute: str, *, beside: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return what each module of a room declares, by the module's name (部屋から集める).

    Parameters
    ----------
    room
        The package, or its name.
    attribute
        What every module of it declares, such as ``MEASURE``.
    beside
        Modules of the room that declare nothing: what the others are made with. Packages inside
        the room never declare anything.

    Raises
    ------
    ValueError
        When a module declares nothing, or an id that is not its own name.

    Examples
    --------
    >>> list(find_entries("surveys.types", "TYPE"))[:2]
    ['bench', 'bus_stop']
    """
    package = importlib.import_module(room) if isinstance(room, str) else room
    found: dict[str, Any] = {}
    for module in pkgutil.iter_modules(package.__path__):
        if module.ispkg or module.name in beside:
            continue
        where = f"{package.__name__}.{module.name}"
        entry = getattr(importlib.import_module(where), attribute, None)
        if entry is None:
            raise ValueError(f"{where} declares no {attribute}; write one, as its neighbours do")
        if getattr(entry, "id", module.name) != module.name:
            raise ValueError(f"{where} declares the id {entry.id!r}, not its own name")
        found[module.name] = entry
    return found
