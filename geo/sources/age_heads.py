"""What a heading says of age and sex: 「65～74歳（男）」, 「老年人口（65歳以上）」, 「man14」 (年齢の見出しを読む)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.sources.tabular import column_key

if TYPE_CHECKING:
    from collections.abc import Callable

Sex = Literal["", "男", "女"]
Told = Literal["all", "band", "unknown"]
ALLS: Final = (
    "総人口", "人口総数", "人口", "総数", "人口計", "人口合計", "総人口数", "合計", "計", "people_all",
    "total", "population", "total_population", "pop", "pop_total", "totalPopulation", "JINKO",
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

_BOTH = re.compile(r"男女(?:合計|総数|計)?")
_SEX = re.compile(
    r"男性|女性|男子|女子|男|女|(?<![a-z])(?:females?|males?|wom[ae]n|m[ae]n)(?![a-z])"
)
_N = r"(?<![0-9])([0-9]{1,3})(?![0-9])歳?"
_TO = r"(?:以上|から)?[-~〜～―–_]?"
# The first form that fits tells the age; a number after it ends the band, None leaves it open.
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[..., tuple[int, int | None]]], ...]] = (
    (re.compile(rf"{_N}{_TO}{_N}未満"), lambda low, end: (low, end - 1)),
    (re.compile(rf"{_N}(?:(?:以上|から)?[-~〜～―–_]|から|to){_N}(?:以下|まで)?"), lambda low, top: (low, top)),
    (re.compile(rf"{_N}以上{_N}以下"), lambda low, top: (low, top)),
    (re.compile(rf"{_N}代以上"), lambda low: (low, None)),
    (re.compile(rf"{_N}代"), lambda low: (low, low + 9)),
    (re.compile(rf"{_N}(?:以上|以降|\+|_?over|plus|_?andover|[~〜～―–-](?![0-9]))"), lambda low: (low, None)),
    (re.compile(rf"over_?{_N}"), lambda low: (low, None)),
    (re.compile(r"(?:pop|people)_?([4-9][0-9]|1[0-9]{2})(?![0-9])"), lambda low: (low, None)),
    (re.compile(rf"{_N}未満"), lambda end: (0, end - 1)),
    (re.compile(rf"{_N}以下"), lambda top: (0, top)),
    (re.compile(r"(?<![0-9])([0-9]{1,3})歳児?"), lambda age: (age, age)),
)  # fmt: skip
_NAMED: Final[tuple[tuple[str, tuple[int, int | None]], ...]] = (
    ("後期高齢者", (75, None)), ("前期高齢者", (65, 74)), ("高齢者", (65, None)),
    ("老年人口", (65, None)), ("年少人口", (0, 14)), ("生産年齢人口", (15, 64)),
)  # fmt: skip
_NOT_TOLD = re.compile(r"(?:年齢)?(?:不詳|不明)者?|unknown")
# What a heading may hold beside age and sex and still count people.
_FILLER = re.compile(
    r"(?:総人口|人口|総数|合計|計|人数|者数|数|総|人|者|年齢|住基|住民基本台帳|people|population|pop|total|ages?|含む|[「」、,])*"
)
_MARKS: Final = re.compile(r"[()\[\]_・/:の\-]")
_TURN = re.compile(r"(.+)_[0-9]{1,2}")
_ALL_KEYS: Final = frozenset(map(column_key, ALLS))


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeHead:
    """What one column counts (列が数えているもの).

    Attributes
    ----------
    told
        ``all`` for every age, ``band`` for some, ``unknown`` for people of unknown age.
    sex
        "" for both together.
    low, high
        Years, both within; `high` is None for "and over".
    """

    told: Told
    sex: Sex = ""
    low: int = 0
    high: int | None = None


def read_head(heading: str) -> AgeHead | None:
    """Return what a heading says of age and sex, None where it counts no people (見出しを読む).

    Examples
    --------
    >>> read_head("65～74歳（男）")
    AgeHead(told='band', sex='男', low=65, high=74)
    >>> read_head("老年人口（65歳以上）"), read_head("65歳以上の割合")
    (AgeHead(told='band', sex='', low=65, high=None), None)
    """
    key = column_key(heading)
    if key in _ALL_KEYS or _BOTH.fullmatch(key):
        return AgeHead(told="all")
    rest = _BOTH.sub("", key)
    sexes = {("男" if one[0] in "男m" else "女") for one in _SEX.findall(rest)}
    if len(sexes) > 1:
        return None
    sex: Sex = "男" if "男" in sexes else "女" if sexes else ""
    rest = _SEX.sub("", rest)
    band, rest = _take_age(rest)
    if band is not None:
        filled = _FILLER.fullmatch(_MARKS.sub("", _drop_names(rest)))
        return AgeHead(told="band", sex=sex, low=band[0], high=band[1]) if filled else None
    return _read_plain(_MARKS.sub("", rest), sex)


def _read_plain(plain: str, sex: Sex) -> AgeHead | None:
    """Return what a heading without an age in numbers says."""
    if _NOT_TOLD.search(plain) and _FILLER.fullmatch(_NOT_TOLD.sub("", plain, count=1)):
        total = plain.startswith(("総数", "計", "人口総数")) and "含む" in plain
        return AgeHead(told="all" if total else "unknown", sex=sex)
    named = next(((name, *band) for name, band in _NAMED if name in plain), None)
    if named is not None and not any(sign.isdecimal() for sign in plain):
        filled = _FILLER.fullmatch(plain.replace(named[0], "", 1))
        return AgeHead(told="band", sex=sex, low=named[1], high=named[2]) if filled else None
    total = plain in _ALL_KEYS or (bool(sex) and plain in ("", "人", "数", "人数", "総"))
    return AgeHead(told="all", sex=sex) if total else None


def repeats(heading: str, columns: frozenset[str]) -> str:
    """Return the heading that stands twice, "" for one that stands once (二度ある見出し).

    Examples
    --------
    >>> repeats("65歳以上_2", frozenset(("65歳以上", "65歳以上_2")))
    '65歳以上'
    """
    found = _TURN.fullmatch(heading)
    return found[1] if found and found[1] in columns else ""


def _take_age(text: str) -> tuple[tuple[int, int | None] | None, str]:
    for form, made in _FORMS:
        if found := form.search(text):
            low, high = made(*(int(one) for one in found.groups()))
            if high is None or low <= high:
                return (low, high), text[: found.start()] + text[found.end() :]
            return None, text
    return None, text


def _drop_names(text: str) -> str:
    for name, _ in _NAMED:
        text = text.replace(name, "")
    return text
