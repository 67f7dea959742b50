"""Photos a file names and this register has not: left out, and said (ここにない写真)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo.base.words import Words
from surveys.record.answers import all_photos

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from surveys.declaration.record_type import RecordType
    from surveys.record.portable import Incoming
    from surveys.record.site import Site
    from surveys.store.register import Register


def leave_absent(
    register: Register, type_: RecordType, incoming: Sequence[Incoming], sites: Iterable[Site]
) -> tuple[list[Incoming], list[Words]]:
    """Return rows without the photos that are nowhere here, and a sentence of how many (写真を除く).

    A file carries a photo's name, not its picture. A name without a picture would be a damaged
    photo to every check after; one the register's own sites name stays.

    Parameters
    ----------
    sites
        Those of the type the register has.
    """
    named = {photo["id"] for one in incoming for _, photo in all_photos(type_, one.site.answers)}
    absent = {id_ for id_ in named if not register.photos.has(id_)}
    if absent:
        absent -= {photo["id"] for site in sites for _, photo in all_photos(type_, site.answers)}
    if not absent:
        return list(incoming), []
    words = Words(
        f"写真 {len(absent)}枚は、名前だけで写真そのものがファイルにないので、入れません。"
        "写真ごと移すには控え（バックアップ）を使ってください",
        f"{len(absent)} photos are named by the file and not in it: they are left out; a backup"
        " carries photos",
    )
    return [_without(one, absent.__contains__) for one in incoming], [words]


def _without(one: Incoming, is_absent: Callable[[str], bool]) -> Incoming:
    answers = {key: _strip(value, is_absent) for key, value in one.site.answers.items()}
    gone = {key for key, value in one.site.answers.items() if value and not answers[key]}
    kept = {key: value for key, value in answers.items() if key not in gone}
    return replace(one, site=replace(one.site, answers=kept), given=one.given - gone)


def _strip(value: Any, is_absent: Callable[[str], bool]) -> Any:  # noqa: ANN401 - an answer is any JSON value
    if isinstance(value, dict):
        inner = {key: _strip(one, is_absent) for key, one in value.items()}
        return {key: one for key, one in inner.items() if one or not value[key]}
    if isinstance(value, list):
        return [_strip(one, is_absent) for one in value if not _is_photo(one, is_absent)]
    return value


def _is_photo(value: object, is_absent: Callable[[str], bool]) -> bool:
    return isinstance(value, dict) and "caption" in value and is_absent(str(value.get("id")))
