"""Record types, one file of plain data each (調査票の一覧)."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from surveys.declaration.record_type import RecordType


def _found() -> dict[str, RecordType]:
    types: dict[str, RecordType] = {}
    for module in pkgutil.iter_modules(__path__):
        found: RecordType = importlib.import_module(f"{__name__}.{module.name}").TYPE
        if found.id != module.name:
            raise ValueError(f"surveys/types/{module.name}.py declares the id {found.id!r}")
        types[found.id] = found
    return dict(sorted(types.items(), key=lambda item: item[1].order))


RECORD_TYPES: dict[str, RecordType] = _found()
