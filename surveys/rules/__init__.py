"""How real files are understood, one file a layout (ファイルの読み取りの決まり)."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from surveys.rules.rule import Rule


def _found() -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for module in pkgutil.iter_modules(__path__):
        found: Rule = importlib.import_module(f"{__name__}.{module.name}").RULE
        if found.id != module.name:
            raise ValueError(f"surveys/rules/{module.name}.py declares the id {found.id!r}")
        rules[found.id] = found
    return rules


RULES: dict[str, Rule] = _found()
