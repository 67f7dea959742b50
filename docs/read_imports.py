"""Which module of the house imports which, read from the files alone (だれがだれを使うか)."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT: Final = Path(__file__).parents[1]
FLOORS: Final = ("geo", "surveys", "layers", "pages")
_APART: Final = {"assets", "migrations"}  # loaded by their paths, not by their names

When = Literal["load", "call", "types"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One import of one module by another (輸入).

    Attributes
    ----------
    importer, imported
        Dotted names; what is imported may be of another's library.
    when
        As the module loads, when one of its functions is called, or for types only.
    """

    importer: str
    imported: str
    when: When
    line: int


def read_modules(root: Path = ROOT) -> dict[str, Path]:
    """Return the file of every module of the four floors, by dotted name (モジュールの一覧)."""
    found = {}
    for floor in FLOORS:
        for path in sorted((root / floor).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            if not _APART & set(parts):
                found[".".join(parts).removesuffix(".__init__")] = path
    return found


def read_imports(modules: Mapping[str, Path]) -> list[Import]:
    """Return every import written in the modules (輸入の一覧).

    What is loaded by a name made at run time, as registries do, is not seen.
    """
    return [
        Import(importer=name, imported=imported, when=when, line=node.lineno)
        for name, path in modules.items()
        for node, when in _walk(ast.parse(path.read_text(encoding="utf-8")), "load")
        for imported in _targets(node, modules)
    ]


def _walk(node: ast.AST, when: When) -> Iterator[tuple[ast.Import | ast.ImportFrom, When]]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield node, when
        return
    if isinstance(node, ast.If) and _asks_types(node.test):
        for inner in node.body:
            yield from _walk(inner, "types")
        for inner in node.orelse:
            yield from _walk(inner, when)
        return
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and when == "load":
        when = "call"
    for inner in ast.iter_child_nodes(node):
        yield from _walk(inner, when)


def _asks_types(test: ast.expr) -> bool:
    return ast.unparse(test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}


def _targets(node: ast.Import | ast.ImportFrom, modules: Mapping[str, Path]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (one.name for one in node.names)
        return
    if node.level or not node.module:
        raise ValueError(f"line {node.lineno}: a relative import; name the module whole")
    for one in node.names:
        inner = f"{node.module}.{one.name}"
        yield inner if inner in modules else node.module
