"""Columns of ages put together: both sexes of a band, bands end to end (年齢の列をつなぐ)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.age_heads import ALLS, AgeHead, read_head, repeats
from geo.sources.tabular import column_key

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

Band = tuple[int, "int | None"]
_NEARLY_ALL: Final = 99  # a closed class up to here is the last one, too
_SINGLE_LEAST: Final = 66  # bare numbers 0 to 65 and on are ages
_BARE = re.compile(r"([0-9]{1,3})(以上|\+|~)?")
_OF_SEX = re.compile(r"(man|woman|men|women|male|female)_?([0-9]{1,2})")
_MAN: Final = frozenset(("man", "men", "male"))
# Five-year classes by number: the last is open, at 75 (16 classes), 85 (18), 95 (20) or 100 (21).
_NUMBERED: Final = (16, 18, 20, 21)
_AGE_SIGNS = re.compile(r"歳|高齢|老年|(?<![0-9])[6-9][05](?![0-9])|代(?:$|[男女以])")
_NO_COUNT = re.compile(r"率|割合|比|[%％]|世帯|コード|code|年度|年月|番号")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """What a table's columns count (列が数えているもの).

    Attributes
    ----------
    alls, unknown
        Columns of everybody, of both sexes together or of each; and of unknown age.
    by_sex
        The columns of men and women of all ages, where there are both.
    bands
        Columns by band; of each both sexes together or one of each.
    alone
        Columns of one sex whose other is not there, and which nothing else tells.
    """

    alls: tuple[str, ...]
    unknown: tuple[str, ...]
    by_sex: tuple[str, ...]
    bands: Mapping[Band, tuple[str, ...]]
    alone: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Bands of ages end to end (つながった年齢).

    Attributes
    ----------
    lines
        By age, the columns that together are everybody of that age and over, the finest way.
    opened
        By age, the columns of an open band that tells it by itself.
    whole
        The columns of all ages from 0 on, empty where there is a gap.
    """

    lines: Mapping[int, tuple[str, ...]]
    opened: Mapping[int, tuple[str, ...]]
    whole: tuple[str, ...]


def read_heads(columns: Sequence[str], labels: Mapping[str, str], file: str) -> Heads:
    """Return what each column counts (列を読む).

    Raises
    ------
    InputError
        A column of people stands twice: perhaps of men and of women.
    """
    slots = _fill_slots(columns, labels, file)
    order = {column: at for at, column in enumerate(columns)}

    def both(slot: Mapping[str, str]) -> tuple[str, ...]:
        if "" in slot:
            return (slot[""],)
        pair = (slot.get("男"), slot.get("女"))
        return (
            tuple(sorted((one for one in pair if one), key=order.__getitem__)) if all(pair) else ()
        )

    bands, alone = {}, []
    for (told, band), slot in slots.items():
        if told == "band":
            if found := both(slot):
                bands[band] = found
            else:
                alone += list(slot.values())
    everyone, untold = (slots.get((told, (0, None)), {}) for told in ("all", "unknown"))
    alls = both(everyone)
    if everyone and not alls:
        alone += list(everyone.values())
    pair = tuple(everyone[sex] for sex in ("男", "女") if sex in everyone)
    return Heads(
        alls=alls, unknown=both(untold) or tuple(untold.values()), bands=bands,
        by_sex=pair if len(pair) > 1 else (), alone=tuple(sorted(alone, key=order.__getitem__)),
    )  # fmt: skip


def _fill_slots(
    columns: Sequence[str], labels: Mapping[str, str], file: str
) -> dict[tuple[str, Band], dict[str, str]]:
    """Return the column of each sex, by what it tells and its band."""
    slots: dict[tuple[str, Band], dict[str, str]] = {}
    twice: list[str] = []
    names = frozenset(columns)
    special = _numbered(columns) | _bare_ages(columns)
    ranks = {column_key(one): at for at, one in enumerate(ALLS)}
    for column in sorted(columns, key=lambda one: ranks.get(column_key(one), len(ALLS))):
        own = labels.get(column, column)
        if (first := repeats(own, names)) and read_head(first):
            twice.append(first)
            continue
        head = special.get(column) or read_head(own)
        if head is not None:
            band = (head.low, head.high)
            slots.setdefault((head.told, band), {}).setdefault(head.sex, column)
    if twice:
        raise InputError(_say_twice(file, list(dict.fromkeys(twice))))
    return slots


def find_bands(heads: Heads) -> Bands:
    """Return the bands that follow each other without a gap (年齢をつなぐ).

    Examples
    --------
    >>> heads = read_heads(["0～64歳", "65～74歳", "75歳以上"], {}, "a.csv")
    >>> find_bands(heads).lines[65]
    ('65～74歳', '75歳以上')
    """
    reach: dict[int, list[tuple[str, ...]]] = {}
    lows = sorted({low for low, _ in heads.bands}, reverse=True)
    for low in lows:
        ways: list[list[tuple[str, ...]]] = []
        for (start, high), own in heads.bands.items():
            if start != low:
                continue
            last = high is not None and high >= _NEARLY_ALL and high + 1 not in reach
            if high is None or last:
                ways.append([own])
            elif high + 1 in reach:
                ways.append([own, *reach[high + 1]])
        if ways:
            reach[low] = max(ways, key=len)
    flat = {low: tuple(one for own in way for one in own) for low, way in reach.items()}
    opened = {low: own for (low, high), own in heads.bands.items() if high is None}
    return Bands(
        lines={low: way for low, way in sorted(flat.items()) if low > 0},
        opened=opened,
        whole=flat.get(0, ()),
    )


def smells_of_age(columns: Sequence[str], heads: Heads, lines: Collection[int]) -> bool:
    """Say whether columns seem to tell ages that were not understood (読めない年齢の列があるか)."""
    if lines:
        return False
    read = {*heads.alls, *heads.unknown, *(one for own in heads.bands.values() for one in own)}
    keys = [column_key(one) for one in columns if one not in read]
    return bool(heads.bands) or any(
        _AGE_SIGNS.search(key) and not _NO_COUNT.search(key) for key in keys
    )


def say_alone(file: str, alone: Sequence[str]) -> Words:
    """Return why a table of one sex is not read (男女の片方だけの表)."""
    listed, more = "、".join(alone[:3]), len(alone) - 3
    ja = f"（ほか{more}列）" if more > 0 else ""
    return Words(
        f"ファイル {file} の「{listed}」{ja}は男女の片方だけで、もう片方の列がありません。"
        "片方だけを全員の人数として数えることはしません。男女の両方か、計の列を入れてください",
        f"{file}: {listed} {'and others ' if more > 0 else ''}count one sex, and the other's columns are "
        "not there; one sex is never taken for everybody. Add both, or columns of the total",
    )


def _say_twice(file: str, twice: Sequence[str]) -> Words:
    listed = "、".join(twice[:3])
    return Words(
        f"ファイル {file} に「{listed}」という見出しが二度以上あります。男女に分かれた表なら見出しに男・女を書き、"
        "左右に並んだ表なら上下につないでください（片方だけを数えることはしません）",
        f"{file} has the heading {listed} more than once. If it is parted by sex, write the sex into the "
        "headings; if tables stand side by side, put them below each other (neither is counted alone)",
    )


def _numbered(columns: Sequence[str]) -> dict[str, AgeHead]:
    """Return columns man1 … man18 and woman1 … woman18, five-year classes by number."""
    found: dict[tuple[str, int], str] = {}
    for column in columns:
        if one := _OF_SEX.fullmatch(column_key(column)):
            found["男" if one[1] in _MAN else "女", int(one[2])] = column
    counts = [{n for s, n in found if s == sex} for sex in ("男", "女")]
    last = max((n for one in counts for n in one), default=0)
    if last not in _NUMBERED or any(one and one != set(range(1, last + 1)) for one in counts):
        return {}
    return {
        column: AgeHead(
            told="band", sex="男" if sex == "男" else "女", low=5 * (n - 1),
            high=None if n == last else 5 * n - 1,
        )
        for (sex, n), column in found.items()
    }  # fmt: skip


def _bare_ages(columns: Sequence[str]) -> dict[str, AgeHead]:
    """Return columns called 0, 1, 2 … and on, where they are a whole run of ages."""
    found = {
        int(one[1]): (column, bool(one[2]))
        for column in columns
        if (one := _BARE.fullmatch(column_key(column)))
    }
    if not found or set(found) != set(range(max(found) + 1)) or len(found) < _SINGLE_LEAST:
        return {}
    return {
        column: AgeHead(told="band", low=age, high=None if opened else age)
        for age, (column, opened) in found.items()
    }
