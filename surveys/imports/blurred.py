"""What was blurred on the way out is not taken on the way in: a home's place, what names somebody (ぼかした行)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.base.words import Words
from surveys.declaration.paths import item_of
from surveys.record.history import PLACE
from surveys.record.privacy import is_watched, watched, without_private
from surveys.record.veil import tells_place, veil_answers

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from surveys.declaration.paths import Flat
    from surveys.declaration.record_type import RecordType
    from surveys.imports.plan import Change
    from surveys.record.portable import Incoming


def blind(one: Incoming, type_: RecordType) -> Incoming:
    """Return a row without its place, its address, and the points inside it (場所を読まない)."""
    answers = veil_answers(type_, one.site.answers, "")
    return replace(
        one, site=replace(one.site, place=None, answers=answers),
        given=frozenset(key for key in one.given if not tells_place(type_, key)),
    )  # fmt: skip


def keep_places(
    type_: RecordType, was: Flat, flat: Flat, held: Sequence[Change]
) -> tuple[Flat, list[Change]]:
    """Return answers with what told a place before left as it was, held or not (場所を言う答えを残す)."""
    out = {path: value for path, value in flat.items() if not tells_place(type_, path)}
    for path, value in was.items():
        item = item_of(path)
        if path != PLACE and tells_place(type_, path) and (not item or item in out):
            out[path] = value
    return out, [one for one in held if not tells_place(type_, one.path)]


def keep_named(type_: RecordType, was: Flat, flat: Flat) -> Flat:
    """Return answers with each text as it was that differs only in what was hidden of persons (伏せた文を残す)."""
    asked = watched(type_)
    return {
        path: was[path] if path in was and _is_hidden(asked, path, was[path], value) else value
        for path, value in flat.items()
    }


def _is_hidden(asked: Collection[str], path: str, was: object, value: object) -> bool:
    texts = isinstance(was, str) and isinstance(value, str) and value != was
    return texts and is_watched(asked, path) and value == without_private(str(was))


def say_blurred(count: int) -> list[Words]:
    """Return how many rows were read without their place, [] for none (ぼかした行の数)."""
    if not count:
        return []
    return [
        Words(
            f"個人の家 {count}か所は、位置をぼかした行なので、場所と住所は読まず、一覧のままにします",
            f"{count} rows tell a private home by its square: place and address are not taken, "
            "and stay as the register has them",
        )
    ]
