"""Which columns of a table tell how many people, and of what age (年齢の列)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words
from geo.people.table import Counts
from geo.sources.age_columns import Bands, find_bands, read_heads, say_alone, smells_of_age
from geo.sources.age_heads import ALLS, OVER_65, OVER_75, UNKNOWN
from geo.sources.tabular import column_key, parse_count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["ALLS", "OVER_65", "OVER_75", "UNKNOWN", "AgeColumns", "find_ages"]

_AGED, _OLDEST = 65, 75
# A table of single years tells a hundred lines; of so many, those of five years are kept.
_MANY, _STEP = 25, 5
_OF_PEOPLE: Final = re.compile(r"人口|人数|pop|people|jinko|男|女|male|man")
_NOT_USED: Final = Words("（この行は使いませんでした）", " (row not used)")

Fault = tuple[str, str, Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeColumns:
    """The columns of each age group; a group is the sum of its columns (年齢ごとの列).

    Attributes
    ----------
    alls, unknown
        Names of the columns added up; `unknown` is empty when the file does not tell.
    lines
        By age, the columns of people of that age and over.
    classes
        Columns of all ages without a gap, when the file has them: they and `unknown` must make
        `alls`.
    checks
        What two ways of adding must agree in: what it is called, and both ways' columns.
    every, others
        All columns that are read, and the ages beside 65 and 75 from which on people are told.
    """

    alls: tuple[str, ...]
    lines: Mapping[int, tuple[str, ...]]
    unknown: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    checks: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()
    every: tuple[str, ...] = field(init=False)
    others: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Name all columns that are read, each once, and the ages beside 65 and 75, ascending."""
        groups = (self.alls, self.unknown, self.classes, *self.lines.values())
        every = tuple(dict.fromkeys(column for group in groups for column in group))
        object.__setattr__(self, "every", every)
        others = tuple(sorted(age for age in self.lines if age not in (_AGED, _OLDEST)))
        object.__setattr__(self, "others", others)

    @property
    def has_65(self) -> bool:
        """Whether 65 and over is told (65歳以上が分かるか)."""
        return _AGED in self.lines

    @property
    def has_75(self) -> bool:
        """Whether 75 and over is told (75歳以上が分かるか)."""
        return _OLDEST in self.lines and self.has_65

    def read(self, cells: Mapping[str, str]) -> Counts | Fault:
        """Return the people of one row, or the column, value and reason of its fault (読む)."""
        values: dict[str, int] = {}
        for column in self.every:
            if not cells[column] and column in self.unknown:
                values[column] = 0  # nobody of unknown age is often left blank
                continue
            value = _count(cells, column)
            if not isinstance(value, int):
                return value
            values[column] = value
        return self._check(cells, values)

    def read_some(self, cells: Mapping[str, str]) -> Counts:
        """Return the people on a row as far as they can be read (読めるだけの人数)."""

        def some(group: tuple[str, ...]) -> int:
            return sum(c for c in (_count(cells, one) for one in group) if isinstance(c, int))

        return self._counts(
            some(self.alls), some(self.unknown), {a: some(g) for a, g in self.lines.items()}
        )

    def differ(self, cells: Mapping[str, str]) -> list[str]:
        """Return what of the checks does not agree in a row (合わないもの)."""
        out = []
        for name, one, other in self.checks:
            values = [[_count(cells, column) for column in group] for group in (one, other)]
            told = [[v for v in group if isinstance(v, int)] for group in values]
            if list(map(len, told)) == list(map(len, values)) and sum(told[0]) != sum(told[1]):
                out.append(name)
        return out

    def is_label_row(self, cells: Mapping[str, str], key: str) -> bool:
        """Say whether a row is a second header, as e-Stat's tables have (二段目の見出しか)."""
        texts = [cells[c] for c in (*self.alls, *self.lines.get(_AGED, ()))]
        return not cells[key] and all(t and not re.search(r"^[\d,.*X-]+$", t) for t in texts)

    def _counts(self, everyone: int, unknown: int, over: Mapping[int, int]) -> Counts:
        return Counts(
            all_=everyone,
            over65=over.get(_AGED, 0),
            over75=over.get(_OLDEST, 0) if self.has_75 else 0,
            unknown=unknown,
            lines=tuple((age, over[age]) for age in self.others),
        )

    def _check(self, cells: Mapping[str, str], values: Mapping[str, int]) -> Counts | Fault:
        everyone, unknown, known = (
            sum(values[c] for c in group) for group in (self.alls, self.unknown, self.classes)
        )
        column, value = self.alls[0], cells[self.alls[0]]
        if self.classes and not self.unknown and self.alls != self.classes and everyone > known:
            unknown = everyone - known
        elif self.classes and everyone != known + unknown:
            return column, value, _say(
                f"年齢ごとの人数の計（{known + unknown}人）と総人口が合いません",
                f"the ages add up to {known + unknown}, not to the total",
            )  # fmt: skip
        over = {age: sum(values[c] for c in group) for age, group in self.lines.items()}
        below, before = everyone - unknown, 0
        for age in sorted(over):
            if over[age] <= below:
                below, before = over[age], age
                continue
            at = self.lines[age][0]
            if before:
                reason = _say(
                    f"{age}歳以上が{before}歳以上（{below}人）より多くなっています",
                    f"more of {age} and over than of {before} and over ({below})",
                )
            else:
                reason = _say(
                    f"{age}歳以上と年齢不詳が総人口（{everyone}人）より多くなっています",
                    f"more of {age} and over and of unknown age than people in all ({everyone})",
                )
            return at, cells[at], reason
        return self._counts(everyone, unknown, over)


def find_ages(
    columns: Sequence[str], file: str, labels: Mapping[str, str] | None = None
) -> AgeColumns:
    """Return the columns that tell ages (年齢の列を探す).

    Parameters
    ----------
    columns
        The table's columns: groups (65歳以上), bands (65～74歳) or classes of any width, of both
        sexes together or of men and women, which are added up, whatever the last open class.
    labels
        What columns are called beside their names, as e-Stat's second heading does.

    Raises
    ------
    InputError
        No column of all people; ages that cannot be read; one sex without the other; a heading
        that stands twice.

    Examples
    --------
    >>> ages = find_ages(["地域名", "総人口", "65歳以上", "75歳以上", "年齢不詳"], "a.csv")
    >>> ages.alls, ages.lines[65], ages.lines[75], ages.unknown
    (('総人口',), ('65歳以上',), ('75歳以上',), ('年齢不詳',))
    """
    heads = read_heads(columns, labels or {}, file)
    bands = find_bands(heads)
    unknown = heads.unknown
    alls = heads.alls or ((*bands.whole, *unknown) if bands.whole else ())
    lines = _keep(bands)
    if heads.alone and (not alls or _AGED not in lines):
        raise InputError(say_alone(file, heads.alone))
    gap = _AGED not in lines and (_OLDEST in lines or smells_of_age(columns, heads, lines))
    # A column called 計 alone may count anything.
    people = bool(bands.lines) or any(_OF_PEOPLE.search(column_key(one)) for one in alls)
    if not alls or gap or not people:
        raise InputError(
            Words(
                f"ファイル {file} に「総人口」と「65歳以上」の列（または5歳階級の列）がありません。"
                f"ある列: {'、'.join(columns)}。列の名前を直してください。",
                f"{file} has no columns for all people and for those of 65 and over (nor five-year "
                f"classes); it has: {', '.join(columns)}. Rename them.",
            )
        )
    found = AgeColumns(alls=alls, lines=lines, unknown=unknown, classes=bands.whole)
    checks = [
        (f"{age}歳以上", one, bands.lines[age])
        for age, one in bands.opened.items()
        if age in lines and set(one) != set(bands.lines[age])
    ]
    if heads.by_sex and heads.by_sex != alls and heads.alls:
        checks.append(("総人口", alls, heads.by_sex))
    return replace(found, checks=tuple(checks))


def _keep(bands: Bands) -> dict[int, tuple[str, ...]]:
    """Return the lines of ages that are kept: all, or of very many those of five years."""
    ages = sorted(bands.lines)
    if len(ages) > _MANY:
        ages = [age for age in ages if age % _STEP == 0]
    return {age: bands.lines[age] for age in ages}


def _count(cells: Mapping[str, str], column: str) -> int | Fault:
    text = cells[column]
    if text.isascii() and text.isdigit():  # nearly all
        return int(text)
    try:
        value = parse_count(text)
    except InputError as error:
        return column, text, Words(error.words.ja + _NOT_USED.ja, error.words.en + _NOT_USED.en)
    if value is None and text:
        return column, text, _say(
            "人数が伏せられています（秘匿）。国勢調査では合算先の地区に含まれています。推し量ることはしません",
            "the number is kept secret; census tables add it to another area; it is not guessed",
        )  # fmt: skip
    if value is None:
        return column, text, _say("人数が空です", "the number is missing")
    if value < 0:
        return column, text, _say("人数が負です", "a number below zero")
    return value


def _say(ja: str, en: str) -> Words:
    return Words(ja + _NOT_USED.ja, en + _NOT_USED.en)
