"""What a plan changes, as a person would say it (変えることの言い方)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.cards.street_place import find_place
from surveys.record.plan import DO_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.words import Lang
    from layers.day.day import Day
    from surveys.record.plan import Change


def say_change(day: Day, one: Change, names: Mapping[str, str], division: str, lang: Lang) -> str:
    """Return what one change is, as a person would say it (変えることの言い方)."""
    what = DO_WORDS[one.do].say(lang)
    parts = (
        [f"「{names[one.site_id]}」" if lang == "ja" else names[one.site_id]] if one.site_id else []
    )
    if one.name:
        parts.append(one.name)
    if one.schedule:
        parts.append(one.schedule)
    if one.grade is not None:
        parts.append(f"{one.grade:g}％" if lang == "ja" else f"{one.grade:g}%")
    if one.at is not None:
        parts.append(find_place(day.town, division, *one.at).say(lang))
    sep = "：" if lang == "ja" else ": "
    return what + sep + ("、" if lang == "ja" else ", ").join(parts)


def name_of(day: Day, site_id: str) -> str:
    """Return what a 通いの場 or stop is called, its id where it has no name (名前)."""
    sites = day.town.sites
    names = sites["name"][sites["site_id"] == site_id]
    return str(names.iloc[0]) if len(names) else site_id


def named(day: Day, changes: tuple[Change, ...]) -> dict[str, str]:
    """Return what the 通いの場 and stops of a plan are called, by id (名前)."""
    return {one.site_id: name_of(day, one.site_id) for one in changes if one.site_id}
