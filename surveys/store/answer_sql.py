"""The pieces of SQL that ask what a site's answers are, for both databases (答えの条件の SQL).

Answers lie in `site.flat`, a value by path. A name of a path is a checked key or our own; every
value is bound.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from surveys.declaration.field import UNKNOWN

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

Edge = float | str | None
Limits = tuple[Edge, Edge]
# After every sign a date or a time may go on with, so that 「2026-11 まで」 holds all of November.
_LAST: Final = "~"


@dataclass(slots=True)
class Sql:
    """One test as SQL, and the values it takes (ひとつの条件)."""

    sqlite: bool
    values: dict[str, Any] = field(default_factory=dict)

    def bind(self, value: object) -> str:
        """Return the name by which a value stands in the SQL (値を結ぶ)."""
        name = f"a{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def made(self, sql: str) -> ColumnElement[bool]:
        """Return the whole test (条件にする)."""
        return text(sql).bindparams(**self.values)  # type: ignore[return-value]


def value_at(sql: Sql, path: str) -> str:
    """Return the value at a path, itself an SQL text (値)."""
    if sql.sqlite:
        return f"json_extract(site.flat, '$.\"' || {path} || '\"')"
    return f"(site.flat -> ({path}))"


def value_inside(sql: Sql, inner: str) -> str:
    """Return the value of a question of the thing in hand, as `one_thing` calls it (中の値)."""
    return value_at(sql, f"i.key || '/{inner}'")


def one_thing(sql: Sql, where: str, tests: list[str]) -> str:
    """Return the test for one thing of a list that stands all tests (一つのものの条件)."""
    each = "json_each(site.flat)" if sql.sqlite else "jsonb_each(site.flat)"
    head = (
        f"SELECT 1 FROM {each} AS i WHERE i.key LIKE '{where}/%' AND i.key NOT LIKE '{where}/%/%'"  # noqa: S608 - a checked key
    )
    return f"EXISTS ({' AND '.join([head, *(f'({one})' for one in tests)])})"


def has_any(sql: Sql, at: str, ids: tuple[str, ...]) -> str:
    """Return the test that any of some choices is answered (どれかを答えた)."""
    if sql.sqlite:
        path = at.removeprefix("json_extract(site.flat, ").removesuffix(")")
        names = ", ".join(sql.bind(one) for one in ids)
        return (
            f"EXISTS (SELECT 1 FROM json_each(site.flat, {path}) AS c WHERE c.value IN ({names}))"  # noqa: S608 - bound
        )
    return " OR ".join(f"coalesce(jsonb_exists({at}, {sql.bind(one)}), false)" for one in ids)


def is_between(sql: Sql, at: str, limits: Limits) -> str:
    """Return the test that a number, or a date or time, is within limits (範囲)."""
    low, high = limits
    numbers = isinstance(low, float | int) or isinstance(high, float | int)
    if sql.sqlite:
        value, kind = at, f"typeof({at})"
        is_it = f"{kind} IN ('integer', 'real')" if numbers else f"{kind} = 'text'"
    else:
        value, kind = f"({at} #>> '{{}}')", f"jsonb_typeof({at})"
        is_it = f"{kind} = '{'number' if numbers else 'string'}'"
        value = f"CAST({value} AS double precision)" if numbers else f'{value} COLLATE "C"'
    tests = [] if numbers else [f"{value} <> '{UNKNOWN}'"]
    tests += [] if low is None else [f"{value} >= {sql.bind(low)}"]
    if high is not None:
        tests.append(f"{value} <= {sql.bind(high if numbers else f'{high}{_LAST}')}")
    return f"CASE WHEN {is_it} THEN {' AND '.join(tests) or 'true'} ELSE false END"


def is_one_of(sql: Sql, at: str, texts: list[str]) -> str:
    """Return the test that a value is kept as one of some texts (どれかである)."""
    held = sql.bind(json.dumps(texts, ensure_ascii=False))
    if sql.sqlite:
        return f"{at} IN (SELECT value FROM json_each({held}))"  # noqa: S608 - bound
    return f"CAST({at} AS text) IN (SELECT jsonb_array_elements_text(CAST({held} AS jsonb)))"


def kept_lists(connection: Connection, type_id: str, key: str) -> list[str]:
    """Return the different lists a question of one type is answered by, as they are kept (答えの並び)."""
    where, _, inner = key.partition("/")
    path = f"'{where}/%/{inner}'" if inner else f"'{where}'"
    if connection.dialect.name == "sqlite":
        each, value = "json_each(site.flat)", "f.value"
        is_list = "f.type = 'array'"
    else:
        each, value = "jsonb_each(site.flat)", "CAST(f.value AS text)"
        is_list = "jsonb_typeof(f.value) = 'array'"
    found = connection.scalars(
        text(
            f"SELECT DISTINCT {value} FROM site, {each} AS f "  # noqa: S608 - of the declaration
            f"WHERE site.type = :type AND f.key LIKE {path} AND {is_list}"
        ),
        {"type": type_id},
    )
    return [str(one) for one in found]
