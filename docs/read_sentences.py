"""Every sentence people read, and where it stands: in Python, JavaScript, HTML and TOML."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[1]
ROOMS: Final = ("geo", "layers", "pages", "start", "surveys")
_READ: Final = frozenset({".py", ".js", ".html", ".toml"})
_MADE: Final = frozenset({"node_modules", "dist"})
_JAPANESE: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_MOSTLY: Final = 0.3  # of its letters: an English text may name a page 資料のありか
# Rows whose first three are id, Japanese and English; the rest is what others write.
_ROWS: Final = {"options": 3, "also": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One text: the file, the line, the name it stands under, and both languages.

    `en` is empty where the code has a Japanese text by itself: a heading of a file others read, a
    word that is looked for, a name of the demo town.
    """

    path: str
    line: int
    name: str
    ja: str
    en: str


def read_sentences(root: Path = ROOT) -> list[Sentence]:
    """Return every sentence of the code, in the order of files and lines."""
    found = [
        one
        for path in sorted(_files(root))
        for one in read_file(path, path.relative_to(root).as_posix())
    ]
    return sorted(found, key=lambda one: (one.path, one.line))


def _files(root: Path) -> Iterator[Path]:
    for room in ROOMS:
        for path in (root / room).rglob("*"):
            if path.suffix in _READ and not _MADE & set(path.parts):
                yield path


def read_file(path: Path, name: str) -> Iterator[Sentence]:
    """Yield the sentences of one file, called `name`."""
    text = path.read_text(encoding="utf-8")
    match path.suffix:
        case ".py":
            yield from _Python(name).read(ast.parse(text))
        case ".toml":
            yield from _by_pattern(_TOML, text, name)
        case _:
            yield from _by_pattern(_CALLED, _without_comments(text), name)


# A string of JavaScript, also one with values in it; and two after one another.
_TEXT: Final = r"""(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)"""
_JOINED: Final = rf"{_TEXT}(?:\s*(?:\+|~)\s*(?:{_TEXT}|[\w.$\[\]()]+))*"
_CALLED: Final = re.compile(
    rf"(?:\bja:\s*)?(?P<ja>{_JOINED})\s*,\s*(?:en:\s*)?(?P<en>{_JOINED})|(?P<alone>{_TEXT})"
)
_TOML: Final = re.compile(
    r"(?:(?P<name>\w+) = )?\{ ja = (?P<ja>\"(?:[^\"\\]|\\.)*\"), en = (?P<en>\"(?:[^\"\\]|\\.)*\") \}"
)


def _by_pattern(pattern: re.Pattern[str], text: str, path: str) -> Iterator[Sentence]:
    at = 0
    while (one := pattern.search(text, at)) is not None:
        told = one.groupdict()
        ja, en = told["ja"] or told["alone"], told["en"] or ""
        line = text.count("\n", 0, one.start()) + 1
        if en and not (_is_japanese(ja) and not _is_japanese(en)):
            # Not a pair: its first text by itself, and the second is looked at again.
            en, at = "", one.end("ja")
        else:
            at = one.end()
        if _JAPANESE.search(ja):
            yield Sentence(
                path=path, line=line, name=told.get("name") or "", ja=_bare(ja), en=_bare(en)
            )


def _bare(text: str) -> str:
    return text[1:-1] if re.fullmatch(_TEXT, text) else text


def _without_comments(text: str) -> str:
    text = re.sub(r"/\*.*?\*/", lambda one: "\n" * one.group().count("\n"), text, flags=re.DOTALL)
    return re.sub(r"(?m)(^|\s)//.*$", "", text)


def _is_japanese(text: str) -> bool:
    letters = [one for one in text if one.isalpha()]
    return bool(letters) and len(_JAPANESE.findall(text)) > _MOSTLY * len(letters)


class _Python:
    """One module, walked from its top with the names it stands under."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.left: set[int] = set()

    def read(self, tree: ast.Module) -> Iterator[Sentence]:
        for node in ast.walk(tree):
            self._leave(node)
        yield from self._walk(tree, ())

    def _leave(self, node: ast.AST) -> None:
        """Leave out docstrings, and what only others write."""
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            self.left.add(id(node.value))
        elif isinstance(node, ast.keyword) and node.arg == "aliases":
            self.left |= {id(one) for one in ast.walk(node.value)}
        elif isinstance(node, ast.Call) and _called(node) in _ROWS:
            first = _ROWS[_called(node)]
            rows = [one.elts for one in node.args if isinstance(one, ast.Tuple)]
            for row in rows or [node.args]:
                self.left |= {id(one) for one in row[first:]}

    def _walk(self, node: ast.AST, under: tuple[str, ...]) -> Iterator[Sentence]:
        if id(node) in self.left:
            return
        yield from self._pairs(node, under)
        if isinstance(node, ast.Constant | ast.JoinedStr):
            if id(node) not in self.left and _JAPANESE.search(_written(node)):
                yield self._one(node, under, _said(node), "")
            if isinstance(node, ast.Constant):
                return
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if key is not None:
                    yield from self._walk(key, under)
                named = key.value if isinstance(key, ast.Constant) else ""
                yield from self._walk(value, (*under, str(named)))
            return
        for child in ast.iter_child_nodes(node):
            if not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
                yield from self._walk(child, (*under, *_named(node)))

    def _pairs(self, node: ast.AST, under: tuple[str, ...]) -> Iterator[Sentence]:
        if isinstance(node, ast.Call):
            texts = [*node.args]
            if _called(node) == "Words":
                texts += [one.value for one in node.keywords]
                yield self._words(node, texts, under)
                return
        elif isinstance(node, ast.Tuple | ast.List):
            texts = node.elts
        else:
            return
        for ja, en in pairwise(texts):
            if id(ja) in self.left or not (_is_text(ja) and _is_text(en)):
                continue
            first, second = _said(ja), _said(en)
            if _is_japanese(first) and second and not _is_japanese(second):
                self.left |= {id(ja), id(en)}
                yield self._one(ja, under, first, second)

    def _words(self, node: ast.Call, texts: list[ast.expr], under: tuple[str, ...]) -> Sentence:
        self.left |= {id(one) for text in texts for one in ast.walk(text) if _is_text(one)}
        said = [_said(one) for one in texts]
        return self._one(node, under, said[0] if said else "", said[1] if said[1:] else "")

    def _one(self, node: ast.expr, under: tuple[str, ...], ja: str, en: str) -> Sentence:
        name = ".".join(filter(None, under))
        return Sentence(path=self.path, line=node.lineno, name=name, ja=ja, en=en)


def _called(node: ast.Call) -> str:
    func = node.func
    return func.id if isinstance(func, ast.Name) else getattr(func, "attr", "")


def _named(node: ast.AST) -> tuple[str, ...]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AsyncFunctionDef(name=name):
            return (name,)
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return (name,)
        case ast.keyword(arg=str(name)):
            return (name,)
    return ()


def _is_text(node: ast.AST) -> bool:
    match node:
        case ast.JoinedStr() | ast.Constant(value=str()):
            return True
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return _is_text(left) or _is_text(right)
        case ast.IfExp(body=body, orelse=other):
            return _is_text(body) or _is_text(other)
    return False


def _written(node: ast.Constant | ast.JoinedStr) -> str:
    """Return what stands in a text itself, without the values put into it."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(one.value) for one in parts if isinstance(one, ast.Constant))


def _said(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=value):
            return str(value)
        case ast.JoinedStr(values=parts):
            return "".join(_said(one) for one in parts)
        case ast.FormattedValue(value=value):
            return "{" + ast.unparse(value) + "}"
        case ast.BinOp(op=ast.Add(), left=left, right=right) if _is_text(node):
            return _said(left) + _said(right)
        case ast.IfExp(body=body, orelse=other, test=test) if _is_text(node):
            return f"〈{ast.unparse(test)}: {_said(body)} | {_said(other)}〉"
    return "{" + ast.unparse(node) + "}"
