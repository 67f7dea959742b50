"""What sites answer, as tests in SQL (答えの条件).

Answers lie in `site.flat`, a value by path. What is asked of things inside a site (the groups of
a venue, the benches of a park) is asked of one and the same thing: exercise on Tuesdays is a
group that does exercise and meets on Tuesdays.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import false, text

from geo.schedule import Times, fit_schedule
from surveys.declaration.field import UNKNOWN
from surveys.record.answers import QUESTION_KEY
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement, Connection

    from geo.schedule import Fits, Half
    from surveys.declaration.field import Field

Edge = float | str | None
Limits = tuple[Edge, Edge]
# Of a thing inside a site: one that is over meets no more.
_STATE: Final = "state"
_OVER: Final = "ended"
# After every sign a date or a time may go on with, so that 「2026-11 まで」 holds all of November.
_LAST: Final = "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWhen:
    """When a site is to meet (開く時).

    Attributes
    ----------
    weekdays
        0 for Monday … 6 for Sunday, any of which; none means any.
    half
        ``am`` begins before noon, ``pm`` at noon or later; None for any.
    unclear
        Also those of which it is not told.
    """

    weekdays: tuple[int, ...] = ()
    half: Half | None = None
    unclear: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is wished (何も望まないか)."""
        return not self.weekdays and self.half is None


ANY_TIME: Final = OpenWhen()


@dataclass(slots=True)
class _Sql:
    """One test as SQL, and the values it takes."""

    sqlite: bool
    values: dict[str, Any] = field(default_factory=dict)

    def bind(self, value: object) -> str:
        name = f"a{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def made(self, sql: str) -> ColumnElement[bool]:
        return text(sql).bindparams(**self.values)  # type: ignore[return-value]


def schedule_keys() -> dict[str, dict[str, Field]]:
    """Return the questions of days and times, by record type (日時の項目).

    Examples
    --------
    >>> list(schedule_keys()["salon"]), "bench" in schedule_keys()
    (['activities/schedule'], False)
    """
    out: dict[str, dict[str, Field]] = defaultdict(dict)
    for type_ in RECORD_TYPES.values():
        for one in type_.fields:
            if one.kind == "schedule":
                out[type_.id][one.id] = one
            for inner in one.item.fields if one.item else ():
                if inner.kind == "schedule":
                    out[type_.id][f"{one.id}/{inner.id}"] = inner
    return dict(out)


def is_over(thing: Mapping[str, Any]) -> bool:
    """Say whether a thing inside a site is no more: a group that ended (終わったか)."""
    return thing.get(_STATE) == _OVER


def answers_test(
    connection: Connection,
    choices: Mapping[str, tuple[str, ...]],
    limits: Mapping[str, Limits],
    when: OpenWhen,
) -> ColumnElement[bool] | None:
    """Return the test of what is answered, None where nothing is asked (答えの条件).

    Parameters
    ----------
    choices
        By question (`toilet`, `activities/content`): ids any of which is answered.
    limits
        By question: the least and the most, each itself included; numbers for numbers, texts
        for dates, months and times.
    """
    asked = {key: ids for key, ids in choices.items() if ids}
    if not all(QUESTION_KEY.fullmatch(key) for key in (*asked, *limits)):
        return false()
    sql = _Sql(sqlite=connection.dialect.name == "sqlite")
    by_field: dict[str, list[tuple[str, str]]] = defaultdict(list)
    alone: list[str] = []
    for key in dict.fromkeys((*asked, *limits)):
        where, slash, inner = key.partition("/")
        at = _inside(sql, inner) if slash else _value(sql, f"'{where}'")
        tests = [_has_any(sql, at, asked[key])] if key in asked else []
        tests += [_is_between(sql, at, limits[key])] if key in limits else []
        if slash:
            by_field[where] += [(inner, one) for one in tests]
        else:
            alone += tests
    for where, found in by_field.items():
        alone.append(_thing(sql, where, [one for _, one in found]))
    if not when.empty:
        alone.append(_meets(connection, sql, when, by_field))
    return sql.made(" AND ".join(f"({one})" for one in alone)) if alone else None


def something_told(connection: Connection) -> ColumnElement[bool]:
    """Return the test that leaves out what undone imports left, a state and no more (残りでない).

    As `Site.left_over`, and those nothing at all is told of.
    """
    if connection.dialect.name == "sqlite":
        keys = "SELECT key AS k FROM json_each(site.flat)"
        has_state = "json_extract(site.flat, '$.\"' || k || '/state\"') IS NOT NULL"
    else:
        keys = "SELECT jsonb_object_keys(site.flat) AS k"
        has_state = "jsonb_exists(site.flat, k || '/state')"
    return text(  # type: ignore[return-value]
        "(site.visits > 0 OR site.shape IS NOT NULL OR EXISTS "  # noqa: S608 - our own words
        f"(SELECT 1 FROM ({keys}) AS told WHERE k <> '@status' "
        f"AND k NOT LIKE '%/state' AND NOT {has_state}))"
    )


def _value(sql: _Sql, path: str) -> str:
    """Return the value at a path, itself an SQL text."""
    if sql.sqlite:
        return f"json_extract(site.flat, '$.\"' || {path} || '\"')"
    return f"(site.flat -> ({path}))"


def _inside(sql: _Sql, inner: str) -> str:
    return _value(sql, f"i.key || '/{inner}'")


def _thing(sql: _Sql, where: str, tests: list[str]) -> str:
    """Return the test for one thing of a list that stands all tests."""
    each = "json_each(site.flat)" if sql.sqlite else "jsonb_each(site.flat)"
    head = (
        f"SELECT 1 FROM {each} AS i WHERE i.key LIKE '{where}/%' AND i.key NOT LIKE '{where}/%/%'"  # noqa: S608 - a checked key
    )
    return f"EXISTS ({' AND '.join([head, *(f'({one})' for one in tests)])})"


def _has_any(sql: _Sql, at: str, ids: tuple[str, ...]) -> str:
    if sql.sqlite:
        path = at.removeprefix("json_extract(site.flat, ").removesuffix(")")
        names = ", ".join(sql.bind(one) for one in ids)
        return (
            f"EXISTS (SELECT 1 FROM json_each(site.flat, {path}) AS c WHERE c.value IN ({names}))"  # noqa: S608 - bound
        )
    return " OR ".join(f"coalesce(jsonb_exists({at}, {sql.bind(one)}), false)" for one in ids)


def _is_between(sql: _Sql, at: str, limits: Limits) -> str:
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


def _meets(
    connection: Connection,
    sql: _Sql,
    when: OpenWhen,
    by_field: Mapping[str, list[tuple[str, str]]],
) -> str:
    ways = []
    for type_id, keys in schedule_keys().items():
        for key, asked in keys.items():
            where, slash, inner = key.partition("/")
            at = _inside(sql, inner) if slash else _value(sql, f"'{where}'")
            tests = [_is_one_of(sql, at, _fitting(connection, type_id, key, when))]
            if when.unclear:
                empty = ["[]", f'"{UNKNOWN}"', UNKNOWN]
                tests.append(_is_one_of(sql, at, empty))
                # Not told of a group is not told; not asked of a park is no when.
                tests += [f"{at} IS NULL"] if asked.first else []
            either = " OR ".join(tests)
            if slash:
                others = by_field.get(where, [])
                same = [one for _, one in others]
                if all(name != _STATE for name, _ in others):
                    state = _inside(sql, _STATE)
                    over = f"'{_OVER}'" if sql.sqlite else f"to_jsonb('{_OVER}'::text)"
                    same.append(f"{state} IS NULL OR {state} <> {over}")
                either = _thing(sql, where, [either, *same])
            ways.append(f"site.type = '{type_id}' AND ({either})")
    return " OR ".join(f"({one})" for one in ways)


def _is_one_of(sql: _Sql, at: str, texts: list[str]) -> str:
    held = sql.bind(json.dumps(texts, ensure_ascii=False))
    if sql.sqlite:
        return f"{at} IN (SELECT value FROM json_each({held}))"  # noqa: S608 - bound
    return f"CAST({at} AS text) IN (SELECT jsonb_array_elements_text(CAST({held} AS jsonb)))"


def _fitting(connection: Connection, type_id: str, key: str, when: OpenWhen) -> list[str]:
    """Return the schedules of the register that meet as wished, as they are kept."""
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
    wished = ("yes", "maybe") if when.unclear else ("yes",)
    days = when.weekdays or (None,)
    return [one for one in found if any(_fits(one, day, when.half) in wished for day in days)]


@lru_cache(maxsize=20_000)
def _fits(kept: str, weekday: int | None, half: Half | None) -> Fits:
    return fit_schedule(json.loads(kept), Times(weekday=weekday, half=half)).fits
