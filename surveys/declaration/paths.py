"""Answers taken apart into one value a path, and put together again (答えの道すじ).

A *path* names one value: ``kana``, ``benches/a1`` (that the bench is there, and its place in the
order) or ``benches/a1/back``; two people who answer different paths never meet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surveys.declaration.field import Field
    from surveys.declaration.record_type import RecordType

Answers = dict[str, Any]
Flat = dict[str, Any]


def flatten(type_: RecordType, answers: Mapping[str, Any]) -> Flat:
    """Return checked answers as one value a path (道すじに分ける).

    The place of an item in the order is the value of its own path.
    """
    flat: Flat = {}
    items = {one.id for one in type_.fields if one.kind == "items"}
    for key, value in answers.items():
        if key in items and isinstance(value, list) and value:
            for order, item in enumerate(value, start=1):
                flat[f"{key}/{item['_id']}"] = order
                for inner, part in item.items():
                    if inner != "_id":
                        flat[f"{key}/{item['_id']}/{inner}"] = part
        else:
            flat[key] = value
    return flat


def assemble(type_: RecordType, flat: Mapping[str, Any]) -> Answers:
    """Return answers from values by path, the inverse of `flatten` (組み立てる)."""
    out: Answers = {}
    for field in type_.fields:
        if field.kind != "items":
            if field.id in flat:
                out[field.id] = flat[field.id]
            continue
        found = _items(field, flat)
        if found:
            out[field.id] = found
        elif field.id in flat:
            out[field.id] = flat[field.id]
    return out


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Flat:
    """Return what turns one flat into the other; ``None`` takes a value away (ちがい).

    An item that goes takes what is inside it along unsaid, so that bringing it back brings all.

    Examples
    --------
    >>> changes({"a": 1, "b": 2}, {"a": 1, "c": 3})
    {'b': None, 'c': 3}
    >>> changes({"benches/x": 1, "benches/x/back": "yes"}, {})
    {'benches/x': None}
    """
    gone: Flat = {
        path: None
        for path in before
        if path not in after and not (item_of(path) and item_of(path) not in after)
    }
    return gone | {
        path: value
        for path, value in after.items()
        if path not in before or not same(before[path], value)
    }


def item_of(path: str) -> str:
    """Return the item's own path of a value inside it, or "" (どの物の答えか).

    Examples
    --------
    >>> item_of("benches/x/back"), item_of("benches/x"), item_of("name")
    ('benches/x', '', '')
    """
    head, _, inner = path.rpartition("/")
    return head if inner and "/" in head else ""


def question_of(path: str) -> str:
    """Return the question a path answers, whichever thing it is of (どの項目の答えか).

    Examples
    --------
    >>> question_of("benches/x/back"), question_of("benches/x"), question_of("name")
    ('benches/back', 'benches', 'name')
    """
    key, _, rest = path.partition("/")
    inner = rest.partition("/")[2]
    return f"{key}/{inner}" if inner else key


def same(one: object, other: object) -> bool:
    """Say whether two answers are one; 1 and 1.0 are, 1 and True are not (同じ答えか)."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return one == other


def field_at(type_: RecordType, path: str) -> tuple[Field, Field | None]:
    """Return the field of a path, and the field inside its item if the path goes there (項目を探す).

    Raises
    ------
    KeyError
        When the type does not ask it.
    """
    key, _, rest = path.partition("/")
    field = type_.field(key)
    inner = rest.partition("/")[2]
    if not inner:
        return field, None
    if field.item is None:
        raise KeyError(path)
    for one in field.item.fields:
        if one.id == inner:
            return field, one
    raise KeyError(path)


def known_paths(type_: RecordType, flat: Mapping[str, Any]) -> Flat:
    """Return only what the declaration of today still asks (いまの調査票にある答え)."""
    kept: Flat = {}
    for path, value in flat.items():
        try:
            field_at(type_, path)
        except KeyError:
            continue
        kept[path] = value
    return kept


def _items(field: Field, flat: Mapping[str, Any]) -> list[Answers]:
    head = field.id + "/"
    orders = {
        path[len(head) :]: value
        for path, value in flat.items()
        if path.startswith(head) and "/" not in path[len(head) :]
    }
    asked = field.item.fields if field.item else ()
    out = []
    for id_ in sorted(orders, key=lambda one: (orders[one], one)):
        item: Answers = {"_id": id_}
        for one in asked:
            path = f"{head}{id_}/{one.id}"
            if path in flat:
                item[one.id] = flat[path]
        out.append(item)
    return out
