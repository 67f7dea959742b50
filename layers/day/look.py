"""What changed in the list that counts since somebody last looked (前に見たときから)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from surveys.record.as_of import say_moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.day.day import Day

_NAMED: Final = 3
_GONE: Final = Words("数えなくなった", "counted no more")


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceLook:
    """The 通いの場 that count now and did not then, and those that did (前に見たときから).

    Attributes
    ----------
    at
        When somebody last looked, in UTC.
    new
        Their names.
    gone
        Their names, and why they count no more.
    """

    at: str
    new: tuple[str, ...]
    gone: tuple[tuple[str, Words], ...]

    def say(self) -> Words | None:
        """Return it in a sentence, ``None`` when nothing changed (文で言う).

        Examples
        --------
        >>> one = SinceLook(at="2026-11-21T01:05:00.000Z", new=("朝の会",), gone=())
        >>> one.say().ja
        '前に見たとき（令和8年11月21日 10:05）から：新しい1（朝の会）'
        """
        if not self.new and not self.gone:
            return None
        at = say_moment(self.at)
        why = [Words(f"{name} {one.ja}", f"{name}: {one.en}") for name, one in self.gone]
        told_ja, told_en = [], []
        for names, word in (
            ([Words(name, name) for name in self.new], Words("新しい", "new")),
            (why, _GONE),
        ):
            if names:
                told_ja.append(f"{word.ja}{len(names)}（{_list(names, 'ja')}）")
                told_en.append(f"{len(names)} {word.en} ({_list(names, 'en')})")
        return Words(
            f"前に見たとき（{at.ja}）から：{'、'.join(told_ja)}",
            f"Since you last looked ({at.en}): {', '.join(told_en)}",
        )


def names_counted(day: Day) -> dict[str, str]:
    """Return the names of the 通いの場 that count on a day, by id (数える通いの場の名前)."""
    rows = day.counted[["site_id", "name"]].itertuples(index=False, name=None)
    return {str(id_): str(name) for id_, name in rows}


def since_look(at: str, then: Mapping[str, str], day: Day) -> SinceLook:
    """Return what changed since a look, by the list of a day (前に見たときからの変化).

    Parameters
    ----------
    at, then
        When somebody looked, and the names of those that counted then, by id.
    """
    now = names_counted(day)
    why = {one.site_id: one.venue.why for one in day.listed.listed}
    return SinceLook(
        at=at,
        new=tuple(name for id_, name in now.items() if id_ not in then),
        gone=tuple(
            (name, why[id_] if why.get(id_, Words("", "")).ja else _GONE)
            for id_, name in then.items()
            if id_ not in now
        ),
    )


def _list(names: Sequence[Words], lang: str) -> str:
    told = [one.ja if lang == "ja" else one.en for one in names[:_NAMED]]
    more = len(names) - len(told)
    if lang == "ja":
        return "、".join(told) + (f" ほか{more}" if more else "")
    return "; ".join(told) + (f" and {more} more" if more else "")
