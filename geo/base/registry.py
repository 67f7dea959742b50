"""Kinds of things found by scanning their room, so that a new one is one new file (登録簿)."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from types import ModuleType


class Known(Protocol):
    """What is known by an id (idのあるもの)."""

    @property
    def id(self) -> str:
        """Its name (id)."""


class Placed(Known, Protocol):
    """What stands in an order as well (順のあるもの)."""

    @property
    def order(self) -> int:
        """Its place among the others (順)."""


_Known = TypeVar("_Known", bound=Known)
_Placed = TypeVar("_Placed", bound=Placed)


def by_id(entries: Iterable[_Known]) -> dict[str, _Known]:
    """Return entries written in one table, by their ids (表から集める).

    Raises
    ------
    ValueError
        When two have one id: the first would be gone without a word.

    Examples
    --------
    >>> from geo.walk.walkers import WALKERS
    >>> by_id([WALKERS["slow"], WALKERS["slow"]])
    Traceback (most recent call last):
    ...
    ValueError: two of Walker have the id 'slow'; give one of them another
    """
    found: dict[str, _Known] = {}
    for one in entries:
        if one.id in found:
            kind = type(one).__name__
            raise ValueError(f"two of {kind} have the id {one.id!r}; give one of them another")
        found[one.id] = one
    return found


def in_order(entries: Mapping[str, _Placed]) -> dict[str, _Placed]:
    """Return entries as they stand, by the ``order`` each declares (順に並べる).

    Raises
    ------
    ValueError
        When two declare one place: which came first would be chance.

    Examples
    --------
    >>> from geo.measures import MEASURES
    >>> list(in_order({id_: MEASURES[id_] for id_ in ("outside", "share")}))
    ['share', 'outside']
    """
    found = dict(sorted(entries.items(), key=lambda item: item[1].order))
    taken: dict[int, str] = {}
    for id_, one in found.items():
        if one.order in taken:
            raise ValueError(
                f"{taken[one.order]} and {id_} both declare order={one.order}; give the new one a"
                f" number that is free (taken: {', '.join(str(n.order) for n in found.values())})"
            )
        taken[one.order] = id_
    return found


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
    ['activity', 'bench']
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


def read_entries(
    folder: Path, attribute: str, makers: Mapping[str, Callable[..., Any]]
) -> dict[str, Any]:
    """Return what each file of a folder declares, without running it (走らせずに集める).

    For files that are scripts: what they declare stands in one assignment made of texts, numbers
    and calls of `makers`.

    Parameters
    ----------
    folder
        Where the files are; those that begin with ``_`` declare nothing.
    makers
        What may be called, by the name the files know it by.

    Raises
    ------
    ValueError
        When a file declares nothing, an id that is not its own name, or by other means.
    """
    found: dict[str, Any] = {}
    for path in sorted(folder.glob("[!_]*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        value = next((node.value for node in tree.body if _assigns(node, attribute)), None)
        if value is None:
            raise ValueError(
                f"{path.name} declares no {attribute}; write one, as its neighbours do"
            )
        entry = _read(value, makers, path.name)
        if entry.id != path.stem:
            raise ValueError(f"{path.name} declares the id {entry.id!r}, not its own name")
        found[path.stem] = entry
    return found


def _assigns(node: ast.stmt, name: str) -> TypeGuard[ast.Assign | ast.AnnAssign]:
    if isinstance(node, ast.Assign):
        return any(isinstance(one, ast.Name) and one.id == name for one in node.targets)
    return isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == name


def _read(node: ast.expr, makers: Mapping[str, Callable[..., Any]], file: str) -> Any:  # noqa: ANN401 - whatever is declared
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers:
        more = {one.arg: _read(one.value, makers, file) for one in node.keywords if one.arg}
        return makers[node.func.id](*(_read(one, makers, file) for one in node.args), **more)
    try:
        return ast.literal_eval(node)
    except ValueError:
        raise ValueError(
            f"{file} line {node.lineno}: only texts, numbers and {', '.join(makers)}(…) are read"
        ) from None
