"""How the numbers of a people table were read, where a reader could have done otherwise (数えかた)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.age_heads import read_head
from geo.sources.people_sheets import SHEET
from geo.sources.tabular import DASHES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.sources.ages import AgeColumns
    from geo.sources.people_rows import PeopleRow
    from geo.sources.tabular import Table

_SHOWN: Final = 3
# 男鹿市 is no sex: a mark, an edge or 人口 stands around it.
_ONE_SEX = re.compile(
    r"(?:^|[(\[（【_\-・ 　])[男女]性?(?:のみ|だけ)?(?:$|[)\]）】_\-・. 　])|[男女]性?(?:人口|のみ|だけ)"
)
_BOTH = re.compile(r"男女|男.?[・、/]?.?女")
_AGED, _OLDEST = 65, 75


def say_counted(table: Table, ages: AgeColumns, rows: Sequence[PeopleRow]) -> list[Words]:
    """Return what was added up, read as nobody, is not told, or does not agree (数えかたを言う)."""
    refuse_one_sex(table, ages)
    file, said = table.file, []
    used = [one for one in ages.classes if one in {*ages.lines.get(_AGED, ()), *ages.classes}]
    summed = len(ages.lines.get(_AGED, ())) > 1 and len(ages.lines.get(_OLDEST, ())) > 0
    if used and summed and set(ages.lines[_AGED]) <= set(used):
        said.append(
            Words(
                f"{file} は年齢の階級の列（「{used[0]}」から「{used[-1]}」まで{len(used)}列）を"
                "足して、65歳以上・75歳以上の人数にしました",
                f"{file}: people of 65 and over and of 75 and over are the sums of its "
                f"{len(used)} columns of age classes ({used[0]} to {used[-1]})",
            )
        )
    dashes = sum(int(table.frame[column].isin(DASHES).sum()) for column in ages.every)
    if dashes:
        said.append(
            Words(
                f"{file} の人数の「-」{dashes:,}か所は、0人と読みました（e-Statの書き方）",
                f"{file}: {dashes:,} numbers written “-” were read as 0, as e-Stat writes it",
            )
        )
    return [
        *said,
        *_say_unknown(file, ages, rows),
        *_say_apart(file, rows),
        *_say_missing(file, ages),
    ]


def refuse_one_sex(table: Table, ages: AgeColumns) -> None:
    """Refuse a table whose title or file's name speaks of one sex alone (題が男女の片方).

    Raises
    ------
    InputError
        It would be counted as everybody, and half of the people would be dropped unseen.
    """
    if any((head := read_head(column)) and head.sex for column in ages.every):
        return
    if SHEET in table.frame.columns:  # each sheet has a title of its own; their labels are asked
        return
    texts = [table.file, *(one.value for one in table.aside)]
    found = next((text for text in texts if _ONE_SEX.search(text) and not _BOTH.search(text)), "")
    if not found:
        return
    raise InputError(
        Words(
            f"{table.file} の「{found}」は、男女の片方だけの表のようです。男女の計の表を使ってください。"
            "全員の人数なら、題やファイル名からそのことばを消してください",
            f"{table.file}: {found!r} seems to be a table of one sex; use the table of both. If it "
            "counts everybody, take those words out of its title or name",
        )
    )


def _say_unknown(file: str, ages: AgeColumns, rows: Sequence[PeopleRow]) -> list[Words]:
    people = sum(row.counts.unknown for row in rows if row.counts is not None)
    if ages.unknown or not people:
        return []
    return [
        Words(
            f"{file} の総人口は、年齢ごとの人数の計より{people:,}人多いので、その人は年齢不詳としました",
            f"{file}: the totals are {people:,} more than the ages add up to; their age is not known",
        )
    ]


def _say_apart(file: str, rows: Sequence[PeopleRow]) -> list[Words]:
    apart: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        for name in row.differs:
            apart[name].append(row.name or row.key)
    return [
        Words(
            f"{file} の{len(names):,}地区（{'、'.join(names[:_SHOWN])}）で、「{what}」の列と、分かれた列を"
            "足した人数が合いません",
            f"{file}: in {len(names):,} areas ({', '.join(names[:_SHOWN])}) the column {what} is not the "
            "sum of its parts",
        )
        for what, names in apart.items()
    ]


def _say_missing(file: str, ages: AgeColumns) -> list[Words]:
    if ages.has_75:
        return []
    others = "、".join(f"{age}歳以上" for age in ages.others)
    there = "、".join(f"{age}+" for age in ages.others)
    if ages.has_65:
        return [
            Words(
                f"{file} には75歳以上の人数がありません。75歳以上は「データなし」とします（0人ではありません）",
                f"{file} does not tell people of 75 and over; they are not known (not zero)",
            )
        ]
    return [
        Words(
            f"{file} には65歳以上・75歳以上の人数がありません。「データなし」とします（0人ではありません）。"
            f"数えられるのは、すべての年齢{'と、' + others if others else ''}です",
            f"{file} does not tell people of 65 and over, nor of 75; they are not known (not zero). All "
            f"ages {'and ' + there + ' ' if there else ''}can be counted",
        )
    ]
