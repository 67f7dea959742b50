"""Which columns of a table tell how many people, and of what age (年齢の列)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words
from geo.people.table import Counts
from geo.sources.tabular import column_key, find_column, parse_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ALLS: Final = (
    "総人口", "人口総数", "人口", "総数", "人口計", "人口合計", "総人口数", "合計", "計", "people_all",
    "total", "population", "total_population", "pop", "pop_total",
)  # fmt: skip
OVER_65: Final = (
    "65歳以上", "65歳以上人口", "65歳以上の人口", "65歳以上人口総数", "65歳以上総数", "65歳以上計", "高齢者人口",
    "高齢者数", "老年人口", "高齢者", "people_65", "65+", "over65", "over_65", "pop65", "65over", "age65plus",
)  # fmt: skip
OVER_75: Final = (
    "75歳以上", "75歳以上人口", "75歳以上の人口", "75歳以上人口総数", "75歳以上総数", "75歳以上計", "後期高齢者人口",
    "後期高齢者数", "後期高齢者", "people_75", "75+", "over75", "over_75", "pop75", "75over", "age75plus",
)  # fmt: skip
UNKNOWN: Final = ("年齢不詳", "不詳", "年齢不詳者", "年齢不詳人口", "people_unknown", "unknown")
# Items of e-Stat tables: all ages, 65 and over, 75 and over (国勢調査 2020 小地域・地域メッシュ).
ESTAT: Final[dict[str, tuple[int, int, int]]] = {
    "T001082": (1, 19, 20), "T001141": (1, 19, 22), "T001142": (1, 19, 22), "T001231": (1, 19, 22),
}  # fmt: skip
_CLASS = re.compile(r"(\d{1,3})[-~〜～―–](\d{1,3})歳?(?:の?(男性|女性|男|女))?(?:人口)?")
_OPEN = re.compile(r"(\d{1,3})歳以上(?:の?(男性|女性|男|女))?(?:人口)?")
_NOT_TOLD = re.compile(r"(年齢)?不詳(者)?の?(男性|女性|男|女)")
# A sex at either end of a column's name, with the marks around it.
_SEX = re.compile(
    r"(?:^|(?<=[0-9a-z上口数者計 ・_(\[/の-]))(男性|女性|男子|女子|男|女|female|male)"
    r"(?:人口|人数|数)?(?=$|[)\]_・/ のー\-0-9])"
)
_NO_END, _OLDEST = 999, 150
_NOT_USED: Final = Words("（この行は使いませんでした）", " (row not used)")

Fault = tuple[str, str, Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeColumns:
    """The columns of each age group; a group is the sum of its columns (年齢ごとの列).

    Attributes
    ----------
    alls, over65, over75, unknown
        Names of the columns added up; empty when the file does not tell.
    classes
        Every age class, when the file has them: they and `unknown` must make `alls`.
    has_75
        Whether 75 and over is told.
    """

    alls: tuple[str, ...]
    over65: tuple[str, ...]
    over75: tuple[str, ...]
    unknown: tuple[str, ...]
    classes: tuple[str, ...] = ()
    has_75: bool = True

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
        everyone, over65, over75, unknown = (
            sum(c for c in (_count(cells, one) for one in group) if isinstance(c, int))
            for group in (self.alls, self.over65, self.over75, self.unknown)
        )
        return Counts(all_=everyone, over65=over65, over75=over75, unknown=unknown)

    @property
    def every(self) -> tuple[str, ...]:
        """All columns that are read (読む列)."""
        groups = (self.alls, self.over65, self.over75, self.unknown, self.classes)
        return tuple(dict.fromkeys(column for group in groups for column in group))

    def is_label_row(self, cells: Mapping[str, str], key: str) -> bool:
        """Say whether a row is a second header, as e-Stat's tables have (二段目の見出しか)."""
        texts = [cells[c] for c in (*self.alls, *self.over65)]
        return not cells[key] and all(t and not re.search(r"^[\d,.*X-]+$", t) for t in texts)

    def _check(self, cells: Mapping[str, str], values: Mapping[str, int]) -> Counts | Fault:
        sums = [sum(values[c] for c in group) for group in (self.alls, self.over65, self.over75)]
        unknown = sum(values[c] for c in self.unknown)
        everyone, over65, over75 = sums
        known = sum(values[c] for c in self.classes)
        column, value = self.alls[0], cells[self.alls[0]]
        if self.classes and not self.unknown and self.alls != self.classes and everyone > known:
            unknown = everyone - known
        elif self.classes and everyone != known + unknown:
            return column, value, _say(
                f"年齢ごとの人数の計（{known + unknown}人）と総人口が合いません",
                f"the ages add up to {known + unknown}, not to the total",
            )  # fmt: skip
        if over65 + unknown > everyone:
            return self.over65[0], cells[self.over65[0]], _say(
                f"65歳以上と年齢不詳が総人口（{everyone}人）より多くなっています",
                f"more of 65 and over and of unknown age than people in all ({everyone})",
            )  # fmt: skip
        if over75 > over65:
            return self.over75[0], cells[self.over75[0]], _say(
                f"75歳以上が65歳以上（{over65}人）より多くなっています",
                f"more of 75 and over than of 65 and over ({over65})",
            )  # fmt: skip
        return Counts(all_=everyone, over65=over65, over75=over75, unknown=unknown)


def find_ages(columns: Sequence[str], file: str) -> AgeColumns:
    """Return the columns that tell ages (年齢の列を探す).

    Parameters
    ----------
    columns
        The table's columns. Named groups go before classes; five-year classes of men and
        women are added up, whatever their last open class (85, 95 or 100 and over).

    Raises
    ------
    InputError
        When neither 65 and over nor the classes for it are there.

    Examples
    --------
    >>> ages = find_ages(["地域名", "総人口", "65歳以上", "75歳以上", "年齢不詳"], "a.csv")
    >>> ages.alls, ages.over65, ages.over75, ages.unknown
    (('総人口',), ('65歳以上',), ('75歳以上',), ('年齢不詳',))
    """
    if estat := _find_estat(columns):
        return estat
    classes = _find_classes(columns)
    unknown = tuple(c for c in columns if _NOT_TOLD.fullmatch(column_key(c)))
    unknown = unknown or _one(columns, UNKNOWN)
    alls = _one(columns, ALLS) or (*classes, *unknown)
    over65 = _one(columns, OVER_65) if not classes else ()
    over75 = _one(columns, OVER_75) if not classes else ()
    alls = alls or sexed_columns(columns, ("", *ALLS)) or _tiling(columns)
    if not classes:
        over65 = over65 or sexed_columns(columns, OVER_65)
        over75 = over75 or sexed_columns(columns, OVER_75)
    over65 = over65 or tuple(c for c, low in classes.items() if low >= 65)  # noqa: PLR2004 - the age
    over75 = over75 or tuple(c for c, low in classes.items() if low >= 75)  # noqa: PLR2004 - the age
    if not alls or not over65:
        raise InputError(
            Words(
                f"ファイル {file} に「総人口」と「65歳以上」の列（または5歳階級の列）がありません。"
                f"ある列: {'、'.join(columns)}。列の名前を直してください。",
                f"{file} has no columns for all people and for those of 65 and over (nor five-year "
                f"classes); it has: {', '.join(columns)}. Rename them.",
            )
        )
    return AgeColumns(
        alls=alls, over65=over65, over75=over75, unknown=unknown,
        classes=tuple(classes), has_75=bool(over75),
    )  # fmt: skip


def sexed_columns(columns: Sequence[str], names: Iterable[str]) -> tuple[str, ...]:
    """Return the columns of men and of women of a group, or none (男女に分かれた列).

    Examples
    --------
    >>> sexed_columns(["町名", "65歳以上（男）", "65歳以上（女）"], OVER_65)
    ('65歳以上（男）', '65歳以上（女）')
    """
    found: dict[tuple[str, str], str] = {}
    for column in columns:
        key = column_key(column)
        sex = _SEX.search(key)
        if sex is None:
            continue
        base = _SEX.sub("", key, count=1).strip("()[]_-・/:、の")
        found.setdefault((base, "男" if sex[1][:1] in "男m" else "女"), column)
    for name in map(column_key, names):
        men, women = found.get((name, "男")), found.get((name, "女"))
        if men is not None and women is not None:
            return men, women
    return ()


def _tiling(columns: Sequence[str]) -> tuple[str, ...]:
    """Return bands of ages from 0 on that follow each other without a gap, or none."""
    bands: list[tuple[int, int, str]] = []
    for column in columns:
        key = column_key(column)
        if found := _CLASS.fullmatch(key):
            bands.append((int(found[1]), int(found[2]), column))
        elif (opened := _OPEN.fullmatch(key)) and not opened[2]:
            bands.append((int(opened[1]), _NO_END, column))
    tiles: list[str] = []
    age = 0
    while age <= _OLDEST:
        found_one = next((one for one in sorted(bands) if one[0] == age), None)
        if found_one is None:
            return ()
        tiles.append(found_one[2])
        age = found_one[1] + 1
    return tuple(tiles)


def _one(columns: Sequence[str], names: tuple[str, ...]) -> tuple[str, ...]:
    found = find_column(columns, names)
    return () if found is None else (found,)


def _find_classes(columns: Sequence[str]) -> dict[str, int]:
    closed: dict[str, int] = {}
    top = -1
    for column in columns:
        if found := _CLASS.fullmatch(column_key(column)):
            closed[column] = int(found[1])
            top = max(top, int(found[2]))
    # "65歳以上" beside the classes is a sum of them; the class goes on where they end.
    opened = {
        c: top + 1
        for c in columns
        if (found := _OPEN.fullmatch(column_key(c))) and int(found[1]) == top + 1
    }
    lows = {*closed.values(), *opened.values()}
    # Bands such as 0-14 and 15-64 alone tell nothing past 65, nor do classes that miss an age.
    whole = closed and opened and 0 in lows and {65, 75} <= lows
    return closed | opened if whole else {}


def _find_estat(columns: Sequence[str]) -> AgeColumns | None:
    by_key = {column_key(c): c for c in columns}
    for table, items in ESTAT.items():
        found = [by_key.get(f"{table.casefold()}{item:03d}") for item in items]
        alls, over65, over75 = found
        if alls and over65 and over75:
            return AgeColumns(alls=(alls,), over65=(over65,), over75=(over75,), unknown=())
    return None


def _count(cells: Mapping[str, str], column: str) -> int | Fault:
    text = cells[column]
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
