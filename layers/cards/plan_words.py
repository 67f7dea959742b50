"""What a plan changes, as a person would say it (変えることの言い方)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from layers.cards.street_place import find_place
from surveys.record.plan import DO_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.words import Lang
    from layers.day.day import Day
    from layers.day.plan_shares import Share
    from surveys.record.plan import Change


SEVERAL: Final = Words("いくつかが合わさって", "Several together")
SHARES_MEAN: Final = Words(
    "その変更だけをとりやめたら、どうなるかで数えます。どれか一つあればよい人と、二つ以上がそろって届く人は"
    "「いくつかが合わさって」に入ります",
    "Counted by what would be without that change alone. Whom any of several would bring, and whom "
    "only two or more bring, stand under “several together”",
)


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


def number_changes(day: Day, changes: tuple[Change, ...], division: str, lang: Lang) -> list[str]:
    """Return what each change of a plan is, with its number (番号つきの変えること)."""
    names = named(day, changes)
    return [
        f"{number}. {say_change(day, one, names, division, lang)}"
        for number, one in enumerate(changes, 1)
    ]


def say_shares(called: Sequence[str], each: Sequence[Share], together: Share) -> list[Words]:
    """Return what each change of a plan decides, and what several do together, a line each (なぜ).

    Parameters
    ----------
    called
        As `number_changes`; none with `each` of fewer than two, for one change does all there is.
    """
    if len(each) < 2:  # noqa: PLR2004 - one change does all there is
        return []
    lines = [(Words(name, name), one) for name, one in zip(called, each, strict=True)]
    lines.append((SEVERAL, together))
    return [
        SHARES_MEAN,
        *(
            Words(
                f"{name.ja}：新しく届く {one.gained:,}人、届かなくなる {one.lost:,}人、"
                f"これがあるので届いたまま {one.stay:,}人",
                f"{name.en}: {one.gained:,} gained, {one.lost:,} lost, {one.stay:,} within still by this",
            )
            for name, one in lines
        ),
    ]


def name_of(day: Day, site_id: str) -> str:
    """Return what a 通いの場 or stop is called, its id where it has no name (名前)."""
    sites = day.town.sites
    names = sites["name"][sites["site_id"] == site_id]
    return str(names.iloc[0]) if len(names) else site_id


def named(day: Day, changes: tuple[Change, ...]) -> dict[str, str]:
    """Return what the 通いの場 and stops of a plan are called, by id (名前)."""
    return {one.site_id: name_of(day, one.site_id) for one in changes if one.site_id}
