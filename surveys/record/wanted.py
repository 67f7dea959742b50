"""Which 通いの場 one asks about: when they meet, what is done there, and for whom (選ぶ通いの場)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from geo.schedule import Times
from geo.schedule.grammar import GRAMMAR
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.schedule import Half, Often
    from surveys.declaration.field import Choice

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY_WORDS: Final = tuple(
    Words(f"{ja}曜", f"{en}s")
    for ja, en in zip(
        GRAMMAR["words"]["days_ja"],
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        strict=True,
    )
)
HALF_WORDS: Final[Mapping[Half, Words]] = {
    "am": Words("午前", "mornings"),
    "pm": Words("午後", "afternoons"),
    "night": Words("夜（18時から）", "evenings from 6 pm"),
}
OFTEN_WORDS: Final[Mapping[Often, Words]] = {
    "weekly": Words("週1回以上", "at least weekly"),
    "twice": Words("月2回以上", "at least twice a month"),
    "monthly": Words("月1回以上", "at least monthly"),
}


def _contents() -> Mapping[str, Choice]:
    (item,) = (one.item for one in RECORD_TYPES["salon"].fields if one.id == "activities")
    if item is None:
        raise ValueError("the groups of a 通いの場 have fields of their own")
    (field,) = (one for one in item.fields if one.id == "content")
    return {one.id: one for one in field.choices}


_ANY: Final = Times()
# The salon sheet's own choices, in its order.
CONTENTS: Final = _contents()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which 通いの場 count, and for whom; nothing wished counts all (選ぶ通いの場).

    Attributes
    ----------
    times
        On which weekday, in which half of the day, how often.
    content
        Ids of what is done there, any of which will do; none for whatever it is.
    eligible
        Whether a 通いの場 for the people of some areas counts for them alone.
    """

    times: Times = _ANY
    content: tuple[str, ...] = ()
    eligible: bool = False

    @property
    def of_groups(self) -> bool:
        """Whether anything is wished of the groups that meet (集まりを選ぶか)."""
        return bool(self.content) or not self.times.empty

    @property
    def parts(self) -> dict[str, object]:
        """What is wished, by the name a command, an address and a file have for it (選んだもの)."""
        told = {
            "weekday": None if self.times.weekday is None else WEEKDAYS[self.times.weekday],
            "half": self.times.half,
            "at_least": self.times.at_least,
            "content": list(self.content) or None,
            "eligible": self.eligible or None,
        }
        return {name: value for name, value in told.items() if value is not None}

    def say_which(self) -> Words | None:
        """Return the 通いの場 asked about, before the word itself; None for all (どんな通いの場か).

        Examples
        --------
        >>> parse_wanted(weekday="火", half="am", content="exercise,tea").say_which().ja
        '火曜の午前に体操か茶話会のある'
        >>> parse_wanted(weekday="火", at_least="weekly").say_which().ja
        '火曜に週1回以上開く'
        """
        when, often, what = self._say_when(), self._say_often(), self._say_content()
        parts = [one for one in (when, often, what) if one]
        if not parts:
            return None
        ja = (f"{when.ja}に" if when else "") + (often.ja if often else "")
        ja += f"{'、' if often else ''}{what.ja}のある" if what else "開く"
        return Words(ja, ", ".join(one.en for one in parts))

    def say(self) -> list[Words]:
        """Return what is wished, in a sentence; none where nothing is (選び方の文).

        Examples
        --------
        >>> parse_wanted(weekday="tue", at_least="weekly", eligible=True).say()[0].ja
        '火曜に週1回以上開く通いの場だけ。利用できる地区の人だけで数える'
        """
        which = self.say_which()
        said = [] if which is None else [
            Words(f"{which.ja}通いの場だけ", f"Only salons: {which.en}")
        ]  # fmt: skip
        if self.eligible:
            said.append(
                Words(
                    "利用できる地区の人だけで数える", "each counts only for people of its own areas"
                )
            )
        if not said:
            return []
        return [Words("。".join(one.ja for one in said), "; ".join(one.en for one in said))]

    def _say_when(self) -> Words | None:
        times = self.times
        day = None if times.weekday is None else WEEKDAY_WORDS[times.weekday]
        half = None if times.half is None else HALF_WORDS[times.half]
        if day and half:
            return Words(f"{day.ja}の{half.ja}", f"{day.en.removesuffix('s')} {half.en}")
        return day or half

    def _say_often(self) -> Words | None:
        return None if self.times.at_least is None else OFTEN_WORDS[self.times.at_least]

    def _say_content(self) -> Words | None:
        words = [CONTENTS[id_].words for id_ in self.content]
        if not words:
            return None
        return Words("か".join(one.ja for one in words), " or ".join(one.en for one in words))


EVERY_SALON: Final = Wanted()


def parse_wanted(
    *, weekday: str = "", half: str = "", at_least: str = "", content: str = "",
    eligible: bool = False,
) -> Wanted:  # fmt: skip
    """Return which 通いの場 are asked about, from plain texts; "" wishes nothing (選び方を読む).

    Parameters
    ----------
    weekday
        月 … 日 (also 火曜, 火曜日), or mon … sun.
    half, at_least
        ``am``, ``pm`` or ``night``; ``weekly``, ``twice`` or ``monthly``.
    content
        Ids of the salon sheet's contents, with commas between.

    Instead of an id its words will do, in either language.

    Raises
    ------
    InputError
        When one is none of these; what there is is told.
    """
    times = Times(
        weekday=_weekday(weekday),
        half=cast("Half | None", _one_of(half, HALF_WORDS, Words("午前・午後", "half of the day"))),
        at_least=cast("Often | None", _one_of(at_least, OFTEN_WORDS, Words("回数", "how often"))),
    )
    return Wanted(times=times, content=_content(content), eligible=eligible)


def _weekday(text: str) -> int | None:
    said = tidy(text).casefold()
    if not said:
        return None
    days: Sequence[str] = GRAMMAR["words"]["days_ja"]
    short = said.removesuffix("日") if len(said) > 1 else said
    short = short.removesuffix("曜")
    named = [one.en.removesuffix("s").casefold() for one in WEEKDAY_WORDS]
    for known in (WEEKDAYS, days, named):
        if short in known:
            return list(known).index(short)
    raise InputError(
        Words(
            f"曜日「{text}」が読めません。{'・'.join(days)} か {'・'.join(WEEKDAYS)} のどれかで書いてください",
            f"cannot read the weekday {text!r}; write one of {', '.join(WEEKDAYS)}",
        )
    )


def _one_of(text: str, known: Mapping[Any, Words], what: Words) -> str | None:
    said = tidy(text)
    if not said:
        return None
    found = _by_words(known).get(said.casefold())
    if found is None:
        ja = "・".join(f"{id_}（{words.ja}）" for id_, words in known.items())
        en = ", ".join(f"{id_} ({words.en})" for id_, words in known.items())
        raise InputError(
            Words(
                f"{what.ja}の「{text}」は分かりません。{ja} のどれかで書いてください",
                f"{what.en}: {text!r} is not known; write one of {en}",
            )
        )
    return found


def _by_words(known: Mapping[Any, Words]) -> dict[str, str]:
    """Return each id by itself and by its words in either language (ことばからid)."""
    return {
        tidy(name).casefold(): id_
        for id_, words in known.items()
        for name in (words.en, words.ja, id_)
    }


def _content(text: str) -> tuple[str, ...]:
    ids = _by_words({id_: one.words for id_, one in CONTENTS.items()})
    whole = tidy(text).casefold()
    if whole in ids:  # the words of a choice may hold a comma
        return (ids[whole],)
    said = [one for one in map(tidy, tidy(text).replace("、", ",").split(",")) if one]
    unknown = [one for one in said if one.casefold() not in ids]
    if unknown:
        ja = "、".join(f"{id_}（{one.words.ja}）" for id_, one in CONTENTS.items())
        en = ", ".join(f"{id_} ({one.words.en})" for id_, one in CONTENTS.items())
        raise InputError(
            Words(
                f"内容「{'・'.join(unknown)}」はありません。あるもの: {ja}",
                f"there is no content {', '.join(map(repr, unknown))}; there are: {en}",
            )
        )
    wished = {ids[one.casefold()] for one in said}
    return tuple(id_ for id_ in CONTENTS if id_ in wished)
