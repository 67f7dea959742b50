"""Every check, and how all are asked (確かめのすべて)."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Final

import layers.doctor
from geo.base.problems import InputError
from geo.base.registry import find_entries, in_order
from geo.base.words import Words
from layers.doctor.parts.declare import Finding
from layers.doctor.parts.secrets import hide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.doctor.parts.declare import Check, Subject

_ROOM: Final = "layers.doctor"
_BESIDE: Final = ("all",)


def find_checks() -> dict[str, Check]:
    """Return every check by its id, in order (確かめを集める)."""
    return in_order(find_entries("layers.doctor", "CHECK", beside=_BESIDE))


def look_over(subject: Subject) -> Iterator[tuple[Words, Finding]]:
    """Yield what each check looked at and found (見てまわる).

    A check that cannot be loaded, as a package is missing, or that fails, is a finding too: the
    others go on.
    """
    checks: list[Check] = []
    for module in pkgutil.iter_modules(layers.doctor.__path__):
        if module.ispkg or module.name in _BESIDE:
            continue
        try:
            checks.append(importlib.import_module(f"{_ROOM}.{module.name}").CHECK)
        except Exception as error:  # noqa: BLE001 - whatever a broken package raises
            yield Words(module.name, module.name), hide_finding(_broken(error), subject)
    for check in sorted(checks, key=lambda one: one.order):
        try:
            found = check.look(subject)
        except InputError as error:
            found = [Finding("mend", error.words)]
        except Exception as error:  # noqa: BLE001 - one check must not end the others
            found = [_broken(error)]
        for one in found:
            yield check.words, hide_finding(one, subject)


def hide_finding(finding: Finding, subject: Subject) -> Finding:
    """Return a finding with no password in it (ふせたことば)."""
    return Finding(finding.state, hide(finding.words, subject.environment))


def _broken(error: Exception) -> Finding:
    said = f"{type(error).__name__}: {error}".splitlines()[0]
    return Finding("mend", Words(
        f"確かめられません（{said}）。かよいマップを入れなおしてください",
        f"it cannot be looked at ({said}); install Kayoi Map again",
    ))  # fmt: skip
