"""A week's table in sentences: which day and half of the day reaches whom (曜日ごとの文)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.analysis.week import ANY, DAYS, UNKNOWN, halves_of
from geo.base.words import Words
from geo.say.sentence import say_salon, say_share, say_walk
from geo.say.siting import REACH_IS_NOT_GOING
from geo.say.straight import FLATTERS, say_flattered
from geo.tables.tables import people_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from geo.analysis.week import Week
    from geo.coverage.question import Question

    Named = Mapping[str, Mapping[str, Words]]

HOW_OFTEN: Final = Words(
    "月1回の通いの場も、その曜日に数えている。毎週あるとはかぎらないので、週1回以上のものだけの人数を並べた",
    "a salon once a month counts on its weekday too; as it is not there every week, those reached by "
    "one that is are told beside",
)
EVENINGS: Final = Words(
    "午後は12時以後に始まるもの。夜のものもふくむ",
    "afternoons are all that begin at noon or later, evenings among them",
)
NOT_ADDED: Final = Words(
    "曜日や時間帯の人数は、足し算にならない（同じ人が何度も入る）",
    "the figures of days and hours do not add up: the same people are in several",
)


def say_week(week: Week, question: Question, words: Named) -> list[Words]:
    """Return a week's table: what it tells, a line a weekday, the best and the emptiest half-day (一週間の文).

    Parameters
    ----------
    words
        What parts, weekdays, halves of the day, contents and people are called: ``part weekday half
        at_least content whom``, each by id.
    """
    who, walk, salon = people_words(question.people), say_walk(question), say_salon(question)
    known = week.coverage.totals["within"] + week.coverage.totals["outside"]
    on = Words("", "") if question.straight else Words("道につながる ", " on the network")
    head = Words(
        f"その曜日・時間帯に開く{salon.ja}が{walk.ja}にある{who.ja}（{on.ja}{known:,}人のうち。"
        "かっこの中は、その時間帯に週1回以上開くものだけで）",
        f"People ({who.en}) with {salon.en} {walk.en} that meets then, of {known:,}{on.en} "
        "(in brackets: with one that meets then every week)",
    )
    days = [one for one in DAYS if one not in (ANY, UNKNOWN)]
    return [
        head,
        *(_say_day(week, day, words) for day in days),
        *_say_ends(week, words),
        *say_unknown_days(week),
        *([EVENINGS] if "night" in halves_of(week) else []),
        HOW_OFTEN,
        NOT_ADDED,
        *say_flattered(question),
        REACH_IS_NOT_GOING,
    ]


def say_week_aloud(week: Week, question: Question, words: Named) -> list[Words]:
    """Return a week in one or two sentences that can be read aloud: the most and the fewest (読み上げる文).

    Parameters
    ----------
    words
        As `say_week`.
    """
    who, walk, salon = people_words(question.people), say_walk(question), say_salon(question)
    known = week.coverage.totals["within"] + week.coverage.totals["outside"]
    some = _half_days(week)
    most, fewest = int(some["within"].max()), int(some["within"].min())
    share = [say_share(float(some["share"].max()), lang) for lang in ("ja", "en")]
    head = Words(
        f"{who.ja} {known:,}人のうち、その時間に開く{salon.ja}が{walk.ja}にある人は、",
        f"Of {known:,} people ({who.en}), those with {salon.en} {walk.en} that meets then: ",
    )
    if most == fewest:
        return [
            Words(
                f"{head.ja}どの曜日の午前・午後も {most:,}人（{share[0]}）です",
                f"{head.en}{most:,} ({share[1]}) on every morning and afternoon",
            ),
            *say_flattered(question),
        ]
    best, least = (_names(some[some["within"] == one], words) for one in (most, fewest))
    return [
        Words(
            f"{head.ja}{best.ja}がいちばん多く、{most:,}人（{share[0]}）です",
            f"{head.en}most on {best.en}, {most:,} ({share[1]})",
        ),
        Words(
            f"いちばん少ないのは{least.ja}で、{fewest:,}人です",
            f"Fewest on {least.en}: {fewest:,}",
        ),
        *say_flattered(question),
    ]


def days_known(week: Week) -> bool:
    """Say whether any 通いの場 surely meets on some weekday (曜日の分かる所があるか)."""
    table = week.table
    some = (table["part"] == "time") & ~table["weekday"].isin([UNKNOWN, ANY])
    return bool((table["salons"][some] > 0).any())


def _say_day(week: Week, day: str, words: Named) -> Words:
    parts = [
        (words["half"][half], week.row(weekday=day, half=half), week.row(
            weekday=day, half=half, at_least="weekly"))
        for half in halves_of(week)
        if half != ANY and (half not in (UNKNOWN, "night") or week.row(weekday=day, half=half)["salons"])
    ]  # fmt: skip
    ja = "、".join(
        f"{name.ja} {_people(row)}人（{_people(weekly)}人）" for name, row, weekly in parts
    )
    en = ", ".join(f"{name.en} {_people(row)} ({_people(weekly)})" for name, row, weekly in parts)
    called = words["weekday"][day]
    return Words(f"{called.ja}: {ja}", f"{called.en}: {en}")


def _say_ends(week: Week, words: Named) -> list[Words]:
    """Return the half-day that reaches most people, and those that reach the fewest."""
    some = _half_days(week)
    most, fewest = some["within"].max(), some["within"].min()
    if most == fewest:
        return []
    lines = []
    for figure, ja, en in ((most, "いちばん多いのは", "Most are reached on"),
                           (fewest, "いちばん少ないのは", "Fewest on")):  # fmt: skip
        at = some[some["within"] == figure]
        named = _names(at, words)
        share = [say_share(float(at["share"].iloc[0]), lang) for lang in ("ja", "en")]
        lines.append(
            Words(
                f"{ja}{named.ja}の {figure:,}人（{share[0]}）",
                f"{en} {named.en}: {figure:,} ({share[1]})",
            )
        )
    return lines


def _half_days(week: Week) -> pd.DataFrame:
    """Return the rows of the week's mornings and afternoons, however often."""
    table = week.table
    return table[
        (table["part"] == "time") & table["half"].isin(["am", "pm"]) & (table["at_least"] == ANY)
        & ~table["weekday"].isin([UNKNOWN, ANY])
    ]  # fmt: skip


def _names(rows: pd.DataFrame, words: Named) -> Words:
    """Return the half-days of some rows; whole days together."""
    short = {half: words["half"][half] for half in ("am", "pm")}
    halves: dict[str, list[str]] = {}
    for day, half in zip(rows["weekday"], rows["half"], strict=True):
        halves.setdefault(day, []).append(half)
    ja, en = [], []
    for day, found in halves.items():
        called = words["weekday"][day]
        whole = len(found) == len(short)
        ja.append(f"{called.ja}の{'午前・午後' if whole else short[found[0]].ja}")
        en.append(called.en if whole else f"{called.en} {short[found[0]].en}")
    return Words("と".join(ja), " and ".join(en))


def say_unknown_days(week: Week) -> list[Words]:
    """Return how many 通いの場 no weekday counts, nothing where there are none (曜日の分からない所)."""
    row = week.row(weekday=UNKNOWN)
    if not row["salons"]:
        return []
    count, people = int(row["salons"]), _people(row)
    return [
        Words(
            f"曜日の分からない通いの場 {count}か所（{people}人に届く）は、どの曜日にも数えていない",
            f"{count} salons whose day is not known (they reach {people}) are in no weekday",
        )
    ]


def _people(row: pd.Series) -> str:
    return f"{int(row['within']):,}"


def week_means(week: Week) -> list[Words]:
    """Return how the table is to be read, for files (表の読み方)."""
    straight = [FLATTERS] if week.coverage.question.straight else []
    return [*straight, EVENINGS, HOW_OFTEN, NOT_ADDED, REACH_IS_NOT_GOING]
