"""Small faults put into a module, one at a time: what a test should notice."""

import ast
import copy
from dataclasses import dataclass

_FLIPPED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_SWAPPED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv,
}  # fmt: skip
_DROPPED = (ast.Expr, ast.AugAssign, ast.Raise, ast.Continue, ast.Break, ast.Delete)
# What a person reads is other tests' business; a type is the type checker's.
_WORDED = ("Words", "InputError", "ValueError", "Problem", "Literal", "NewType", "TypeVar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One fault: the line it is on, what stood there and stands there now, the whole text."""

    module: str
    line: int
    text: str
    change: str
    source: str
    statement: int | None  # the line its statement begins on; None where it runs at import


def mutants_of(module, source):
    """All faults of a module, in the order of its lines.

    >>> [one.change for one in mutants_of("m.py", "def f(x):\\n    return x < 1\\n")]
    ['return x < 1 → return None', 'x < 1 → x <= 1', '1 → 2']
    """
    tree = ast.parse(source)
    found = [
        _put(module, source, node, after, statement)
        for node, statement in _walk(tree, None, inside=False)
        for after in _faults(node)
    ]
    return sorted(found, key=lambda one: one.line)


def marked(module, source):
    """The module with a call of `came_by` before each statement of its functions."""
    tree = ast.parse(source)
    for function in [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]:
        _mark(module, function)
    return ast.unparse(ast.fix_missing_locations(tree))


def _mark(module, node):
    for name in ("body", "orelse", "finalbody"):
        made = []
        for child in getattr(node, name, []):
            said = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            if not said and not isinstance(child, ast.FunctionDef | ast.ClassDef):
                made.append(ast.parse(f"came_by({module!r}, {child.lineno})").body[0])
                _mark(module, child)
            made.append(child)
        if made:
            setattr(node, name, made)
    for inner in [*getattr(node, "handlers", []), *getattr(node, "cases", [])]:
        _mark(module, inner)


def _walk(node, statement, *, inside):
    """Every node that is code, and the line of its statement if that is in a function."""
    if isinstance(node, ast.JoinedStr):
        return
    if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in _WORDED:
        return
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    if inside and isinstance(node, ast.stmt):
        statement = node.lineno
    yield node, statement
    within = inside or isinstance(node, ast.FunctionDef | ast.Lambda)
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "type_params", "bases"}:
            continue
        if isinstance(node, ast.Subscript) and name == "slice" and not inside:
            continue  # dict[str, int]
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk(child, statement, inside=within)


def _faults(node):  # noqa: C901 - a case each
    match node:
        case ast.Compare(ops=[op]) if type(op) in _FLIPPED:
            yield _with(node, ops=[_FLIPPED[type(op)]()])
        case ast.BoolOp():
            yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        case ast.BinOp() if type(node.op) in _SWAPPED:
            yield _with(node, op=_SWAPPED[type(node.op)]())
        case ast.UnaryOp(op=ast.Not() | ast.Invert()):
            yield node.operand
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int() | float()):
            yield ast.Constant(node.value + 1)
        case ast.If() | ast.While() | ast.IfExp():
            yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))
        case ast.Return(value=value) if not (value is None or _is_none(value)):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Constant() | ast.Yield() | ast.YieldFrom()):
            return
        case _ if isinstance(node, _DROPPED) or _is_set_inside(node):
            yield ast.Pass()


def _is_none(value):
    return isinstance(value, ast.Constant) and value.value is None


def _is_set_inside(node):
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript)


def _with(node, **fields):
    made = copy.copy(node)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def _put(module, source, node, after, statement):
    """The module with one node in another's place, all else to the letter."""
    if isinstance(node, ast.If | ast.While | ast.IfExp):  # the condition only, not its branches
        node, after = node.test, after.test
    lines = source.encode().splitlines(keepends=True)
    start = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
    end = sum(map(len, lines[: node.end_lineno - 1])) + node.end_col_offset
    new = ast.unparse(after)
    if isinstance(after, ast.expr) and not isinstance(after, ast.Constant | ast.Name):
        new = f"({new})"
    data = source.encode()
    made = (data[:start] + new.encode() + data[end:]).decode()
    return Mutant(
        module=module, line=node.lineno, text=lines[node.lineno - 1].decode().strip(),
        change=f"{ast.unparse(node)} → {ast.unparse(after)}", source=made, statement=statement,
    )  # fmt: skip
