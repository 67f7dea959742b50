"""What a town has of each kind of file, and where it lies (街に入っている資料)."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from geo.base.dates import parse_date, say_date
from geo.base.prefectures import PREFECTURES
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.where.declared import Lies
from geo.tables.tables import SITE_WORDS
from geo.town import WHOLE, Credit

if TYPE_CHECKING:
    from geo.sources.where.declared import FileKind
    from geo.town import Town

_KEY: Final = re.compile(r"[0-9]{9,12}")  # KEY_CODE of the census: prefecture, city, area
_SCHOOL: Final = re.compile("学校区|学区|校区|小学校|中学校|A27|A32")
_NAMED: Final = re.compile(rf"({'|'.join(PREFECTURES)})?(.{{1,8}}[市区町村])")
_NO_DATE: Final = Words("いつのものかは書かれていない", "its date is not told")


def lies_in(town: Town | None) -> Lies:
    """Return where a town lies, as its name and its areas' census keys tell (街のある所).

    Examples
    --------
    >>> lies_in(None)
    Lies(prefecture='', city='')
    """
    if town is None:
        return Lies()
    named = _NAMED.fullmatch(town.name)
    keys = [one for one in town.areas["area_id"].astype(str) if _KEY.fullmatch(one)]
    numbers = {int(one[:2]) for one in keys}
    told = named[1] if named and named[1] else ""
    if not told and len(numbers) == 1 and 1 <= (number := numbers.pop()) <= len(PREFECTURES):
        told = PREFECTURES[number - 1]
    return Lies(prefecture=told, city=named[2] if named else "")


def held_of(kind: FileKind, town: Town) -> tuple[Words, ...]:
    """Return what a town has of a kind of file, a line each; none where it has nothing (入っている資料).

    Neighbourhoods and school areas are told apart by the division's name; people by neighbourhood
    and by square by whether a division's own table gave them.
    """
    if kind.sites:
        counts = town.sites["kind"].value_counts()
        return tuple(
            Words(f"{SITE_WORDS[one].ja} {n:,}か所", f"{SITE_WORDS[one].en}: {n:,}")
            for one in SITE_WORDS
            if one in kind.sites and (n := int(counts.get(one, 0)))
        )
    credits_ = [one for one in town.credits if one.role == kind.role]
    if kind.role == "division":
        return _divisions(kind, town, credits_)
    if kind.role == "people" and bool(town.people_division) != (kind.id == "people"):
        return ()
    return tuple(dict.fromkeys(_say(one, kind) for one in credits_))


def _divisions(kind: FileKind, town: Town, credits_: list[Credit]) -> tuple[Words, ...]:
    """Return the divisions of a kind, with the date of the source of that name, or of them all."""
    days = {one.name: one for one in credits_}
    shared = {one.date for one in credits_}
    alike = shared.pop() if len(shared) == 1 else ""
    schools = kind.id == "schools"
    return tuple(
        _say(Credit(role="division", name=name, date=days[name].date if name in days else alike,
                    licence="", credit=""), kind)
        for name in town.divisions
        if name != WHOLE and bool(_SCHOOL.search(name)) == schools
    )  # fmt: skip


def _say(credit: Credit, kind: FileKind) -> Words:
    day = Words(credit.date, credit.date) if credit.date else _NO_DATE
    with suppress(InputError):  # a year or a period stands as it is
        if credit.date:
            on = parse_date(credit.date)
            day = Words(say_date(on, "ja"), say_date(on, "en"))
    name = credit.name or credit.credit
    return Words(f"{name or kind.words.ja}（{day.ja}）", f"{name or kind.words.en} ({day.en})")
