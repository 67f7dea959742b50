"""What sites answer, as tests in SQL (答えの条件).

Answers lie in `site.flat`, a value by path. What is asked of things inside a site (the groups of
a venue, the benches of a park) is asked of one and the same thing: exercise on Tuesdays is a
group that does exercise and meets on Tuesdays.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import false, text

from geo.base.text import tidy
from geo.schedule import Times, fit_schedule
from surveys.declaration.field import UNKNOWN
from surveys.record.answers import QUESTION_KEY
from surveys.record.meeting import ANYWHERE
from surveys.store.answer_sql import (
    Sql,
    has_any,
    is_between,
    is_one_of,
    kept_lists,
    one_thing,
    value_at,
    value_inside,
)
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import ColumnElement, Connection

    from geo.schedule import Fits, Half
    from surveys.declaration.field import Field
    from surveys.store.answer_sql import Limits

# Of a thing inside a site: one that is over meets no more.
_STATE: Final = "state"
_OVER: Final = "ended"


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


@cache
def schedule_keys() -> dict[str, dict[str, Field]]:
    """Return the questions of days and times, by record type (日時の項目).

    Examples
    --------
    >>> list(schedule_keys()["salon"]), "bench" in schedule_keys()
    (['activities/schedule'], False)
    """
    return _keys_of(lambda one: one.kind == "schedule")


@cache
def whom_keys() -> dict[str, dict[str, Field]]:
    """Return the questions of which areas' people may come, by record type (利用できる地区の項目).

    Examples
    --------
    >>> whom_keys()["salon"].keys(), "concern" in whom_keys()
    (dict_keys(['activities/area']), False)
    """
    return _keys_of(lambda one: one.kind == "areas" and one.filtered)


def _keys_of(is_it: Callable[[Field], bool]) -> dict[str, dict[str, Field]]:
    out: dict[str, dict[str, Field]] = defaultdict(dict)
    for type_ in RECORD_TYPES.values():
        for one in type_.fields:
            if is_it(one):
                out[type_.id][one.id] = one
            for inner in one.item.fields if one.item else ():
                if is_it(inner):
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
    open_to: frozenset[str] = frozenset(),
) -> ColumnElement[bool] | None:
    """Return the test of what is answered, None where nothing is asked (答えの条件).

    Parameters
    ----------
    choices
        By question (`toilet`, `activities/content`): ids any of which is answered.
    limits
        By question: the least and the most, each itself included; numbers for numbers, texts
        for dates, months and times.
    open_to
        Names of areas, tidied, any of whose people may come; none asks nothing. Where nobody said
        who may come, anybody may, as coverage counts it (`surveys.record.meeting`).
    """
    asked = {key: ids for key, ids in choices.items() if ids}
    if not all(QUESTION_KEY.fullmatch(key) for key in (*asked, *limits)):
        return false()
    sql = Sql(sqlite=connection.dialect.name == "sqlite")
    by_field: dict[str, list[tuple[str, str]]] = defaultdict(list)
    alone: list[str] = []
    for key in dict.fromkeys((*asked, *limits)):
        where, slash, inner = key.partition("/")
        at = value_inside(sql, inner) if slash else value_at(sql, f"'{where}'")
        tests = [has_any(sql, at, asked[key])] if key in asked else []
        tests += [is_between(sql, at, limits[key])] if key in limits else []
        if slash:
            by_field[where] += [(inner, one) for one in tests]
        else:
            alone += tests
    for where, found in by_field.items():
        alone.append(one_thing(sql, where, [one for _, one in found]))
    wishes: list[_Wish] = []
    if not when.empty:
        wishes.append((schedule_keys(), partial(_meets, connection, sql, when)))
    if open_to:
        wishes.append((whom_keys(), partial(_is_open, connection, sql, open_to | ANYWHERE)))
    if wishes:
        alone.append(_as_wished(sql, wishes, by_field))
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


# A question of days, or of who may come, of a record type; and the test of its value.
_Wish = tuple[dict[str, dict[str, "Field"]], "Callable[[str, str, Field, str], str]"]


def _as_wished(sql: Sql, wishes: list[_Wish], by_field: Mapping[str, list[tuple[str, str]]]) -> str:
    """Return the test of all wishes at once: of a thing's own, of one and the same thing."""
    ways = []
    for type_id in RECORD_TYPES:
        for chosen in product(*(keys.get(type_id, {}).items() for keys, _ in wishes)):
            own: list[str] = []
            inside: dict[str, list[str]] = defaultdict(list)
            for (key, asked), (_, test) in zip(chosen, wishes, strict=True):
                where, slash, inner = key.partition("/")
                at = value_inside(sql, inner) if slash else value_at(sql, f"'{where}'")
                (inside[where] if slash else own).append(test(type_id, key, asked, at))
            for where, tests in inside.items():
                others = by_field.get(where, [])
                said = one_thing(sql, where, [*tests, *_still(sql, others)])
                # Of a venue nobody told any group of, nobody said who may not come.
                untold = all(keys is whom_keys() for keys, _ in wishes) and not others
                own.append(f"{said} OR NOT {one_thing(sql, where, [])}" if untold else said)
            ways.append(" AND ".join([f"site.type = '{type_id}'", *(f"({one})" for one in own)]))
    return " OR ".join(f"({one})" for one in ways)


def _still(sql: Sql, others: list[tuple[str, str]]) -> list[str]:
    """Return the tests that go with a wish: what else is asked, and that it is not over."""
    same = [one for _, one in others]
    if any(name == _STATE for name, _ in others):
        return same
    state = value_inside(sql, _STATE)
    over = f"'{_OVER}'" if sql.sqlite else f"to_jsonb('{_OVER}'::text)"
    return [*same, f"{state} IS NULL OR {state} <> {over}"]


def _meets(
    connection: Connection, sql: Sql, when: OpenWhen, type_id: str, key: str, asked: Field, at: str
) -> str:
    wished = ("yes", "maybe") if when.unclear else ("yes",)
    fitting = [
        one for one in kept_lists(connection, type_id, key)
        if any(_fits(one, day, when.half) in wished for day in when.weekdays or (None,))
    ]  # fmt: skip
    tests = [is_one_of(sql, at, fitting)]
    if when.unclear:
        tests.append(is_one_of(sql, at, ["[]", f'"{UNKNOWN}"', UNKNOWN]))
        # Not told of a group is not told; not asked of a park is no when.
        tests += [f"{at} IS NULL"] if asked.first else []
    return " OR ".join(tests)


def _is_open(
    connection: Connection,
    sql: Sql,
    names: frozenset[str],
    type_id: str,
    key: str,
    _: Field,
    at: str,
) -> str:
    """Return the test that people of any of some areas may come: nobody said who, or one is named."""
    named = [
        one for one in kept_lists(connection, type_id, key)
        if names & {tidy(str(name)) for name in json.loads(one)}
    ]  # fmt: skip
    return f"{at} IS NULL OR {is_one_of(sql, at, ['[]', *named])}"


@lru_cache(maxsize=20_000)
def _fits(kept: str, weekday: int | None, half: Half | None) -> Fits:
    return fit_schedule(json.loads(kept), Times(weekday=weekday, half=half)).fits
